#include "guard/task_events.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "guard/json_text.h"

namespace composelint::guard {

namespace {

std::optional<int> number_of(const std::string& text) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (text.empty() || error != std::errc{} || stopped != end) return std::nullopt;
  return number;
}

// The engine writes the words joined by blanks, with a blank behind a single one.
std::string_view without_blanks(std::string_view text) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// What JSON makes of a word that is no UTF-8, so that both are compared alike.
std::string as_json_has_it(const std::string& text) {
  using nlohmann::json;
  const std::string dumped = json(text).dump(-1, ' ', false, json::error_handler_t::replace);
  const json back = read_json(dumped);
  return back.is_string() ? back.get<std::string>() : text;
}

}  // namespace

TaskEvents::TaskEvents(TaskKey key) : key_(std::move(key)) {
  for (const std::string& word : key_.inner) {
    if (!words_.empty()) words_ += ' ';
    words_ += as_json_has_it(word);
  }
  words_ = without_blanks(words_);
}

void TaskEvents::read(std::string_view line) {
  const nlohmann::json event = read_json(line);
  if (!event.is_object()) return;
  const std::string action = text_of(event, "Action");
  const nlohmann::json& actor = member(event, "Actor");
  const nlohmann::json& attributes = member(actor, "Attributes");
  const std::string id = text_of(actor, "ID");
  if (action.empty() || id.empty()) return;
  if (key_.exec) {
    const nlohmann::json& when = member(event, "timeNano");
    const std::int64_t time = when.is_number_integer() ? when.get<std::int64_t>() : 0;
    read_process(action, text_of(attributes, "execID"), id, time, text_of(attributes, "exitCode"));
    return;
  }
  if (action == "create" && container_.empty()) container_ = id;
  if (id != container_) return;
  if (action == "start") started_ = true;
  if (action == "destroy") removed_ = true;
  if (action == "die") {
    started_ = true;
    code_ = number_of(text_of(attributes, "exitCode"));
  }
}

void TaskEvents::read_process(std::string_view action, const std::string& id,
                              const std::string& container, std::int64_t time,
                              const std::string& code) {
  if (id.empty()) return;
  const auto known = std::find_if(processes_.begin(), processes_.end(),
                                  [&](const Process& each) { return each.id == id; });
  constexpr std::string_view kCreate = "exec_create: ";
  if (action.starts_with(kCreate)) {
    const bool ours = without_blanks(action.substr(kCreate.size())) == words_;
    if (ours && known == processes_.end()) processes_.push_back({id, container, time, false, {}});
    return;
  }
  if (known == processes_.end()) return;
  if (action.starts_with("exec_start")) known->started = true;
  if (action == "exec_die") {
    known->started = true;
    known->code = number_of(code);
  }
}

std::string TaskEvents::container() const {
  if (!key_.exec) return container_;
  const auto ours = candidates();
  return ours.empty() ? std::string() : ours.front()->container;
}

std::vector<const TaskEvents::Process*> TaskEvents::candidates() const {
  std::vector<const Process*> found;
  for (const Process& each : processes_) {
    const std::int64_t time = each.time - ahead_;
    if (time >= key_.from && (until_ == 0 || time <= until_)) found.push_back(&each);
  }
  return found;
}

bool TaskEvents::seen() const {
  return key_.exec ? !candidates().empty() : !container_.empty();
}

bool TaskEvents::started() const {
  if (!key_.exec) return started_;
  const auto ours = candidates();
  return std::any_of(ours.begin(), ours.end(), [](const Process* each) { return each->started; });
}

std::vector<std::string> TaskEvents::open() const {
  std::vector<std::string> ids;
  for (const Process* each : candidates()) {
    if (each->started && !each->code) ids.push_back(each->id);
  }
  return ids;
}

std::optional<int> TaskEvents::code(const std::optional<End>& client) const {
  if (!key_.exec) return code_;
  const auto ours = candidates();
  if (ours.empty()) return std::nullopt;
  if (ours.size() == 1) return ours.front()->code;
  const auto ended_with = [&](int code) {
    return [code](const Process* each) { return each->code == code; };
  };
  if (client && client->kind == EndKind::kExited) {
    const bool one_of_them = std::any_of(ours.begin(), ours.end(), ended_with(client->code));
    return one_of_them ? std::optional(client->code) : std::nullopt;
  }
  if (!client || !ours.front()->code) return std::nullopt;
  const int first = *ours.front()->code;
  return std::all_of(ours.begin(), ours.end(), ended_with(first)) ? std::optional(first)
                                                                  : std::nullopt;
}

bool TaskEvents::ambiguous(const std::optional<End>& client) const {
  const auto ours = candidates();
  return client && ours.size() > 1 && !code(client) &&
         std::all_of(ours.begin(), ours.end(),
                     [](const Process* each) { return each->code.has_value(); });
}

}  // namespace composelint::guard
