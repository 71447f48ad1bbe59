#include "guard/journal_json.h"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "analyzer/text/utf8.h"

namespace composelint::guard {

namespace {

using nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr std::size_t kLongestNote = 200;
constexpr std::string_view kDigits = "0123456789abcdef";

constexpr std::array<std::pair<Truth, std::string_view>, 3> kTruths = {{
    {Truth::kRefuted, "refuted"},
    {Truth::kUnknown, "unknown"},
    {Truth::kSupported, "supported"},
}};
constexpr std::array<Severity, 4> kSeverities = {Severity::kOff, Severity::kNote,
                                                 Severity::kWarning, Severity::kError};

// Paths and words are bytes, JSON is Unicode. What is no UTF-8 is kept as hexadecimal digits.
ordered_json bytes(std::string_view text) {
  if (!text::first_invalid_utf8(text)) return std::string(text);
  std::string hex;
  hex.reserve(2 * text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kDigits[byte >> 4U];
    hex += kDigits[byte & 15U];
  }
  return {{"hex", std::move(hex)}};
}

ordered_json bytes(const std::vector<std::string>& words) {
  ordered_json list = ordered_json::array();
  for (const std::string& word : words) list.push_back(bytes(word));
  return list;
}

std::string from_hex(std::string_view hex) {
  std::string text;
  for (std::size_t at = 0; at + 1 < hex.size(); at += 2) {
    const std::size_t high = kDigits.find(hex[at]);
    const std::size_t low = kDigits.find(hex[at + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return {};
    text += static_cast<char>((high << 4U) | low);
  }
  return text;
}

std::string text_of(const ordered_json& value) {
  if (value.is_string()) return value.get_ref<const std::string&>();
  if (!value.is_object()) return {};
  const auto hex = value.find("hex");
  if (hex == value.end() || !hex->is_string()) return {};
  return from_hex(hex->get_ref<const std::string&>());
}

std::string text_of(const ordered_json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? std::string() : text_of(*found);
}

std::vector<std::string> words_of(const ordered_json& object, const char* key) {
  std::vector<std::string> words;
  const auto found = object.find(key);
  if (found == object.end() || !found->is_array()) return words;
  for (const ordered_json& word : *found) words.push_back(text_of(word));
  return words;
}

std::int64_t number_of(const ordered_json& object, const char* key, std::int64_t otherwise = 0) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_integer()) return otherwise;
  return found->get<std::int64_t>();
}

void put(ordered_json& object, const char* key, std::string_view text) {
  if (!text.empty()) object[key] = bytes(text);
}

// A cut in the middle of a character would make bytes of the whole.
std::string_view beginning(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  return text.substr(0, size);
}

ordered_json answers_json(const std::vector<Answer>& answers, std::size_t longest) {
  ordered_json list = ordered_json::array();
  for (const Answer& answer : answers) {
    ordered_json entry;
    entry["claim"] = bytes(beginning(answer.claim, longest));
    for (const auto& [truth, name] : kTruths) {
      if (truth == answer.truth) entry["truth"] = name;
    }
    entry["severity"] = to_string(answer.severity);
    put(entry, "note", beginning(answer.note, longest));
    put(entry, "remedy", beginning(answer.remedy, longest));
    put(entry, "origin", beginning(answer.origin, longest));
    if (answer.time != 0) entry["time"] = answer.time;
    list.push_back(std::move(entry));
  }
  return list;
}

std::vector<Answer> answers_of(const ordered_json& list) {
  std::vector<Answer> answers;
  for (const ordered_json& entry : list) {
    if (!entry.is_object()) continue;
    Answer answer;
    answer.claim = text_of(entry, "claim");
    answer.note = text_of(entry, "note");
    answer.remedy = text_of(entry, "remedy");
    answer.origin = text_of(entry, "origin");
    answer.time = number_of(entry, "time");
    const std::string truth = text_of(entry, "truth");
    for (const auto& [each, name] : kTruths) {
      if (name == truth) answer.truth = each;
    }
    const std::string severity = text_of(entry, "severity");
    for (const Severity each : kSeverities) {
      if (to_string(each) == severity) answer.severity = each;
    }
    answers.push_back(std::move(answer));
  }
  return answers;
}

std::string line_of(const ordered_json& object) {
  return object.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

ordered_json record(const char* kind, const std::string& id) {
  return {{"v", kVersion}, {"kind", kind}, {"id", bytes(id)}};
}

bool is_true(const ordered_json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_boolean() && found->get<bool>();
}

JournalRun begun(const ordered_json& object) {
  JournalRun run;
  run.id = text_of(object, "id");
  run.project = text_of(object, "project");
  run.engine = text_of(object, "engine");
  run.directory = text_of(object, "directory");
  run.argv = words_of(object, "argv");
  run.docker = words_of(object, "docker");
  run.user = text_of(object, "user");
  run.verb = text_of(object, "verb");
  run.service = text_of(object, "service");
  run.effect = text_of(object, "effect");
  run.effect_name = text_of(object, "effect-name");
  run.session = text_of(object, "session");
  run.session_pid = number_of(object, "session-pid");
  run.session_ticks = number_of(object, "session-ticks");
  run.follows = is_true(object, "follows");
  run.output = text_of(object, "output");
  run.output_temporary = text_of(object, "output-temporary");
  run.paused = words_of(object, "paused");
  run.started = number_of(object, "started");
  run.pid = number_of(object, "pid");
  run.boot = text_of(object, "boot");
  run.ticks = number_of(object, "ticks");
  const auto answers = object.find("answers");
  if (answers != object.end() && answers->is_array()) run.answers = answers_of(*answers);
  return run;
}

void ended(const ordered_json& object, JournalRun& run) {
  run.ended = number_of(object, "ended", 1);  // it has ended, whatever the clock said
  if (run.ended == 0) run.ended = 1;
  run.code = static_cast<int>(number_of(object, "code", -1));
  run.verified = is_true(object, "verified");
  run.end = text_of(object, "end");
  const std::string output = text_of(object, "output");
  if (!output.empty()) run.output = output;
  const auto answers = object.find("answers");
  if (answers != object.end() && answers->is_array()) run.answers = answers_of(*answers);
}

}  // namespace

std::string begin_line(const JournalRun& run) {
  ordered_json object = record("begin", run.id);
  object["started"] = run.started;
  put(object, "project", run.project);
  put(object, "engine", run.engine);
  put(object, "directory", run.directory);
  object["argv"] = bytes(run.argv);
  if (!run.docker.empty()) object["docker"] = bytes(run.docker);
  put(object, "user", run.user);
  put(object, "verb", run.verb);
  put(object, "service", run.service);
  put(object, "effect", run.effect);
  put(object, "effect-name", run.effect_name);
  put(object, "session", run.session);
  if (run.session_pid != 0) object["session-pid"] = run.session_pid;
  if (run.session_ticks != 0) object["session-ticks"] = run.session_ticks;
  if (run.follows) object["follows"] = true;
  put(object, "output", run.output);
  put(object, "output-temporary", run.output_temporary);
  if (!run.paused.empty()) object["paused"] = bytes(run.paused);
  object["pid"] = run.pid;
  put(object, "boot", run.boot);
  if (run.ticks != 0) object["ticks"] = run.ticks;
  if (!run.answers.empty()) {
    object["answers"] = answers_json(run.answers, std::string::npos);
  }
  return line_of(object);
}

std::string paused_line(const std::string& id, const std::vector<std::string>& services) {
  ordered_json object = record("paused", id);
  object["services"] = bytes(services);
  return line_of(object);
}

std::string resumed_line(const std::string& id) {
  return line_of(record("resumed", id));
}

std::string entered_line(const std::string& id, const std::string& container,
                         const std::vector<std::string>& processes) {
  ordered_json object = record("entered", id);
  object["container"] = bytes(container);
  object["processes"] = bytes(processes);
  return line_of(object);
}

std::string end_line(const JournalRun& run, std::size_t bound) {
  ordered_json object = record("end", run.id);
  object["ended"] = run.ended;
  object["code"] = run.code;
  object["verified"] = run.verified;
  put(object, "end", beginning(run.end, kLongestNote));
  // Where it fits: what the task's output was put into may be known only now.
  if (2 * run.output.size() < bound / 2) put(object, "output", run.output);
  const std::string bare = line_of(object);
  for (const std::size_t longest : {std::string::npos, kLongestNote}) {
    object["answers"] = answers_json(run.answers, longest);
    std::string line = line_of(object);
    if (line.size() <= bound) return line;
  }
  return bare;
}

void JournalLines::take(std::string_view line) {
  if (line.empty()) return;
  const ordered_json object = ordered_json::parse(line, nullptr, false);
  if (!object.is_object()) {
    ++reading_.torn;
    return;
  }
  if (number_of(object, "v") > kVersion) {
    ++reading_.newer;
    return;
  }
  const std::string kind = text_of(object, "kind");
  std::string id = text_of(object, "id");
  if (id.empty() || kind.empty()) {
    ++reading_.torn;
    return;
  }
  const auto known = by_id_.find(id);
  if (kind == "begin") {
    if (known != by_id_.end()) return;
    by_id_.emplace(std::move(id), reading_.runs.size());
    reading_.runs.push_back(begun(object));
    return;
  }
  if (known == by_id_.end()) return;  // it began before the part that is read
  JournalRun& run = reading_.runs[known->second];
  if (kind == "paused") run.paused = words_of(object, "services");
  if (kind == "resumed") run.paused.clear();
  if (kind == "entered") {
    run.container = text_of(object, "container");
    run.processes = words_of(object, "processes");
  }
  if (kind == "end") ended(object, run);
}

std::string holder_line(const SignedHolder& holder) {
  ordered_json object = {{"v", kVersion}, {"pid", holder.holder.pid}};
  put(object, "user", holder.holder.user);
  put(object, "host", holder.holder.host);
  put(object, "command", holder.holder.command);
  object["since"] = holder.holder.since;
  put(object, "run", holder.holder.run);
  if (!holder.holder.session.empty()) put(object, "session", holder.holder.session);
  if (holder.holder.follows) object["follows"] = true;
  put(object, "boot", holder.boot);
  object["ticks"] = holder.ticks;
  return line_of(object);
}

std::optional<SignedHolder> read_holder(std::string_view line) {
  const ordered_json object = ordered_json::parse(line, nullptr, false);
  if (!object.is_object()) return std::nullopt;
  SignedHolder holder;
  holder.holder.pid = number_of(object, "pid");
  holder.holder.user = text_of(object, "user");
  holder.holder.host = text_of(object, "host");
  holder.holder.command = text_of(object, "command");
  holder.holder.since = number_of(object, "since");
  holder.holder.run = text_of(object, "run");
  holder.holder.session = text_of(object, "session");
  holder.holder.follows = is_true(object, "follows");
  holder.boot = text_of(object, "boot");
  holder.ticks = number_of(object, "ticks");
  return holder;
}

}  // namespace composelint::guard
