#include "guard/session.h"

#include <composelint/exit_code.h>

#include <cstdlib>

#include "analyzer/report/display.h"
#include "analyzer/text/path.h"
#include "guard/journal.h"
#include "guard/lines.h"
#include "guard/mask.h"
#include "guard/real_program.h"
#include "guard/report.h"
#include "guard/script_check.h"
#include "guard/script_command.h"
#include "guard/session_directory.h"

namespace composelint::guard {

namespace {

constexpr int kTrouble = static_cast<int>(ExitCode::kTrouble);

int complain(Surroundings& around, const std::string& message) {
  around.say("composelint: " + report::printable(message) + "\n");
  return kTrouble;
}

// The same where no step has been begun; those have documents of their own.
int end_with(const GuardOptions& options, Surroundings& around, int code,
             const std::string& message) {
  if (!options.json) {
    around.say("composelint: " + report::printable(message) + "\n");
    return code;
  }
  const std::string document = end_document(Mask().argv(options.command), code, message);
  options.dry_run ? around.print(document) : around.say(document);
  return code;
}

// Each line as the text of a shell, as those of a script that are shown are.
std::string masked_lines(std::string_view report) {
  const Mask mask;
  std::string out;
  while (!report.empty()) {
    out += mask.argv({std::string(take_line(report))}).front();
    out += '\n';
  }
  return out;
}

void tell(const ScriptCheck& check, const std::string& script, Surroundings& around) {
  if (!check.findings.empty()) {
    around.say("composelint: errors that can be seen in " + report::printable(script) +
               "; each compose call is judged again when it comes to it\n" +
               masked_lines(check.findings));
  }
  for (const auto* list : {&check.unseen, &check.around}) {
    for (const std::string& sentence : *list) {
      around.say("composelint: " + report::printable(sentence) + "\n");
    }
  }
}

void set_environment(const SessionDirectory& directory, const std::string& session) {
  const char* path = std::getenv("PATH");
  std::string first = directory.path();
  first.append(":").append(path == nullptr ? "/bin:/usr/bin" : path);
  ::setenv("PATH", first.c_str(), 1);
  ::setenv(std::string(kSessionVariable).c_str(), session.c_str(), 1);
}

int run_to_its_end(const ScriptCommand& script, Processes& processes, Surroundings& around) {
  Command command;
  command.argv = script.argv;
  const Result<std::unique_ptr<Child>> started = processes.start(command, {});
  if (!started) return complain(around, started.failure().message);
  Child* child = started->get();
  while (true) {
    if (const std::optional<End> end = child->ended()) return end->shell_status();
    // Its children it deals with itself, as it would without guard.
    if (const int signal = processes.wait(std::span(&child, 1), std::chrono::hours(1))) {
      if (!processes.whole_group()) child->send(signal);
    }
  }
}

constexpr const char* kNoOutput = "--output is for one command; a script redirects its own";

int run_session(const GuardOptions& options, const ScriptCommand& script, const ScriptCheck& check,
                Processes& processes, Surroundings& around) {
  const char* path = std::getenv("PATH");
  if (!options.json) tell(check, script.path, around);
  constexpr int kBlocked = static_cast<int>(GuardExit::kBlocked);
  if (!check.around.empty()) {
    return options.json ? end_with(options, around, kBlocked, check.around.front()) : kBlocked;
  }
  if (options.dry_run) {
    return end_with(options, around, check.findings.empty() ? 0 : kBlocked,
                    "nothing was run; each compose call of " + script.path +
                        " would be judged with the live stack");
  }

  GuardOptions session = options;
  const Result<std::string> id = new_run_id();
  if (!id) return complain(around, id.failure().message);
  session.session = *id;
  // A step may run in another directory.
  if (session.policy_file) {
    session.policy_file = text::join_path(around.working_directory(), *session.policy_file);
  }
  processes.hold_signals();  // from here on there is something to tidy up
  const Result<SessionDirectory> directory =
      SessionDirectory::make(temporary_directory(around.variable("TMPDIR")), path, session);
  if (!directory) return complain(around, directory.failure().message);
  set_environment(*directory, *id);
  return run_to_its_end(script, processes, around);
}

}  // namespace

int guard_script(const GuardOptions& options, Processes& processes, Surroundings& around) {
  if (options.output) return end_with(options, around, kTrouble, kNoOutput);
  const char* path = std::getenv("PATH");
  const Result<ScriptCommand> script = script_command(options.command, path);
  if (!script) return end_with(options, around, kTrouble, script.failure().message);
  return run_session(options, *script, check_script(script->path, path, around), processes, around);
}

int guard_behind(const GuardOptions& options, const ScriptBehind& behind, Processes& processes,
                 Surroundings& around) {
  if (options.output) return end_with(options, around, kTrouble, kNoOutput);
  const char* path = std::getenv("PATH");
  ScriptCheck check;
  if (!behind.script.empty()) check = check_script(behind.script, path, around);
  if (behind.make) check = check_make(behind.words, path, around);
  const std::string shown = behind.script.empty() ? behind.words.front() : behind.script;
  return run_session(options, {shown, options.command}, check, processes, around);
}

}  // namespace composelint::guard
