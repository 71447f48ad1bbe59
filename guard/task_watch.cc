#include "guard/task_watch.h"

#include <signal.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "guard/snapshot.h"

namespace composelint::guard {

namespace {

using nlohmann::json;

std::string text_of(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<int> number_of(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string label(std::string_view name, const std::string& value) {
  return "label=" + std::string(name) + "=" + value;
}

std::string project_of(const GuardedCommand& command) {
  return command.project ? command.project->project.name.value : std::string();
}

std::vector<std::string> inner_words(const GuardedCommand& command) {
  if (!command.call().is("exec") || command.service_at == 0) return {};
  return {command.argv.begin() + static_cast<std::ptrdiff_t>(command.service_at) + 1,
          command.argv.end()};
}

std::vector<std::string> events_of(const GuardedCommand& command, const std::string& run_id,
                                   const std::string& since) {
  std::vector<std::string> argv = command.docker;
  argv.insert(argv.end(), {"events", "--since", since, "--filter", "type=container", "--format",
                           "{{json .}}", "--filter"});
  if (!command.call().is("exec")) {
    argv.push_back(label(kRunLabel, run_id));
    return argv;
  }
  argv.push_back(label("com.docker.compose.service", command.argv[command.service_at]));
  if (const std::string project = project_of(command); !project.empty()) {
    argv.insert(argv.end(), {"--filter", label("com.docker.compose.project", project)});
  }
  return argv;
}

}  // namespace

TaskEvents::TaskEvents(const std::vector<std::string>& words) {
  for (const std::string& word : words) exec_text_ += (exec_text_.empty() ? "" : " ") + word;
}

void TaskEvents::read(std::string_view line) {
  const json event = json::parse(line, nullptr, false);
  if (!event.is_object()) return;
  const std::string action = text_of(event, "Action");
  const auto actor = event.find("Actor");
  if (action.empty() || actor == event.end() || !actor->is_object()) return;
  const json attributes = actor->value("Attributes", json::object());
  if (!attributes.is_object()) return;
  const std::string code = text_of(attributes, "exitCode");
  if (!exec_text_.empty()) {
    read_exec(action, text_of(attributes, "execID"), code);
    return;
  }
  news_.container = text_of(*actor, "ID");
  news_.started = news_.started || action == "start";
  news_.removed = news_.removed || action == "destroy";
  if (action == "die") news_.code = number_of(code);
}

void TaskEvents::read_exec(const std::string& action, const std::string& exec,
                           const std::string& code) {
  if (action == "exec_create: " + exec_text_) {
    two_alike_ = two_alike_ || (!exec_id_.empty() && exec_id_ != exec);
    if (exec_id_.empty()) exec_id_ = exec;
  }
  if (exec.empty() || exec != exec_id_) return;
  news_.started = news_.started || action.starts_with("exec_start");
  if (action == "exec_die" && !two_alike_) news_.code = number_of(code);
}

TaskWatch::TaskWatch(const GuardedCommand& command, const std::string& run_id, std::string since,
                     Processes& processes)
    : processes_(processes),
      argv_(events_of(command, run_id, since)),
      events_(inner_words(command)) {
  listen();
}

TaskWatch::~TaskWatch() {
  if (child_) child_->send(SIGKILL);
}

void TaskWatch::listen() {
  Streams streams;
  streams.in = ChildStream::kNull;
  streams.out = ChildStream::kPipe;
  streams.err = ChildStream::kNull;
  streams.aside = true;
  Result<std::unique_ptr<Child>> child = processes_.start({argv_, ""}, streams);
  child_ = child ? std::move(*child) : nullptr;
}

void TaskWatch::update(std::chrono::milliseconds uptime) {
  constexpr std::chrono::milliseconds kPause{1000};
  if (listened_.count() < 0) listened_ = uptime;
  const bool over = child_ == nullptr || child_->ended().has_value();
  while (child_ != nullptr) {
    const std::optional<std::string> line = child_->line();
    if (!line) break;
    events_.read(*line);
  }
  if (!over || uptime - listened_ < kPause) return;
  listened_ = uptime;
  listen();
}

FoundContainer find_container(const std::vector<std::string>& docker, const std::string& run_id,
                              Processes& processes) {
  std::vector<std::string> argv = docker;
  argv.insert(argv.end(), {"ps", "-a", "--no-trunc", "--filter", label(kRunLabel, run_id),
                           "--format", "{{.ID}} {{.State}} {{.Status}}"});
  const Command command{argv, ""};
  const Captured answer = processes.capture({&command, 1}, {}).front();
  FoundContainer found;
  if (!answer.end.ok()) return found;
  const std::string line = answer.out.substr(0, answer.out.find('\n'));
  const std::size_t first = line.find(' ');
  if (first == std::string::npos) {
    found.state = FoundContainer::State::kNone;
    return found;
  }
  found.id = line.substr(0, first);
  const std::string rest = line.substr(first + 1);
  const bool over = rest.starts_with("exited") || rest.starts_with("dead");
  found.state = over ? FoundContainer::State::kEnded : FoundContainer::State::kRunning;
  // "exited Exited (137) 2 seconds ago"
  const std::size_t open = rest.find('(');
  const std::size_t close = rest.find(')', open == std::string::npos ? 0 : open);
  if (over && open != std::string::npos && close != std::string::npos) {
    found.code = number_of(std::string_view(rest).substr(open + 1, close - open - 1)).value_or(0);
  }
  return found;
}

std::string engine_time(const std::vector<std::string>& docker, Processes& processes) {
  std::vector<std::string> argv = docker;
  argv.insert(argv.end(), {"info", "--format", "{{.SystemTime}}"});
  const Command command{argv, ""};
  const Captured answer = processes.capture({&command, 1}, {}).front();
  if (!answer.end.ok()) return "";
  return answer.out.substr(0, answer.out.find('\n'));
}

}  // namespace composelint::guard
