#include "guard/sudo_first.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "analyzer/text/path.h"

namespace composelint::guard {

namespace {

bool asks_for_password(const Captured& answer) {
  if (answer.end.ok() || answer.end.kind == EndKind::kNotStarted) return false;
  for (const char* words : {"password is required", "a terminal is required",
                            "Authentication required", "Authorization required"}) {
    if (answer.err.find(words) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

std::string ready_sudo(const GuardedCommand& command, Processes& processes, Surroundings& around) {
  const std::vector<std::string>& docker = command.docker;
  const auto at = std::find_if(docker.begin(), docker.end(), [](const std::string& word) {
    const std::string_view name = text::name_of(word);
    return name == "sudo" || name == "doas";
  });
  // What stands behind the program is its words, and none of them is another.
  if (at == docker.end() || command.verb_at == 0) return "";
  // The very program is asked for, as some may have no password for that one alone. Its version it
  // tells without an engine.
  Command silent;
  silent.argv.assign(docker.begin(), at + 1);
  silent.argv.emplace_back("-n");
  silent.argv.insert(silent.argv.end(), at + 1, docker.end());
  silent.argv.emplace_back("--version");
  const std::vector<Captured> answers = processes.capture({&silent, 1}, Bounds{});
  const std::string name(text::name_of(*at));
  if (!answers.empty() && answers.front().end.kind == EndKind::kNotStarted) {
    return name + " cannot be started";
  }
  if (answers.empty() || !asks_for_password(answers.front())) return "";
  const Terminal terminal = around.terminal();
  if (name != "sudo" || !terminal.in || !terminal.err) {
    return name + " wants a password, and " +
           (name == "sudo"
                ? "there is no terminal to ask for it at; `sudo -v` before, or a rule "
                  "without one (NOPASSWD), lets guard ask the engine"
                : "guard asks the engine several questions; start guard itself behind " + name);
  }
  std::vector<std::string> ask(docker.begin(), at + 1);
  ask.emplace_back("-v");
  auto child = processes.start({ask, ""}, {});
  if (!child) return child.failure().message;
  Child* const one = child->get();
  while (true) {
    if (const auto end = one->ended()) {
      return end->ok() ? "" : "sudo did not let guard ask the engine";
    }
    const int signal = processes.wait({&one, 1}, std::chrono::milliseconds(60'000));
    if (signal > 0 && !processes.whole_group()) one->send(signal);
  }
}

}  // namespace composelint::guard
