#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "analyzer/report/display.h"
#include "guard/corridor.h"
#include "guard/process_identity.h"
#include "guard/words.h"
#include "guard/writer_pause.h"

namespace composelint::guard {

namespace {

constexpr std::string_view kVerified = "verified";

bool is_well(const std::vector<Answer>& answers) {
  return std::none_of(answers.begin(), answers.end(),
                      [](const Answer& each) { return blocks(each); });
}

bool output_is_whole(const std::vector<Answer>& answers) {
  return std::none_of(answers.begin(), answers.end(), [](const Answer& answer) {
    return answer.claim == name_of(Claim::kOutputChecked) && blocks(answer);
  });
}

}  // namespace

int Corridor::run_it() {
  auto id = new_run_id();
  if (!id) return refuse(GuardExit::kNoJournal, id.failure().message + "; nothing has been run");
  JournalRun run = journal_run();
  run.id = *id;
  run.answers = masked(decision_.answers);
  std::optional<OutputFile> output;
  if (options_.output) {
    auto created = OutputFile::create(*options_.output, *id);
    if (!created) return trouble(created.failure().message + "; nothing has been run");
    output.emplace(std::move(*created));
    run.output = *options_.output;
    run.output_temporary = output->temporary();
  }
  // From here on there is something to be put back.
  processes_.hold_signals();
  if (auto failure = journal_->begin(run)) {
    if (output) output->drop();
    return refuse(GuardExit::kNoJournal, failure->message + "; nothing has been run");
  }
  WriterPause writers(*command_, *journal_, *id, processes_);
  if (options_.pause_writers) {
    const std::vector<std::string> services = writers_to_pause(facts());
    if (services.empty()) say("--pause-writers: no writer is at work; guard.writers names them");
    if (auto failure = writers.pause(services)) {
      if (output) output->drop();
      run.ended = around_.now();
      run.end = "blocked";
      static_cast<void>(journal_->end(run));
      return refuse(GuardExit::kBlocked, mask_.text(failure->message) + "; nothing has been run");
    }
  }
  if (const int signal = processes_.wait({}, std::chrono::milliseconds(0)); signal > 0) {
    if (output) output->drop();
    static_cast<void>(writers.resume());
    run.ended = around_.now();
    run.end = "blocked";
    static_cast<void>(journal_->end(run));
    say("told to end before it began; nothing has been run");
    return 128 + signal;
  }
  const int descriptor = output ? output->descriptor() : nested_ ? STDERR_FILENO : -1;
  // Who reads the pipe has begun by the time that the dump has ended, and waits for more.
  const auto find_sink = [&] {
    const bool piped = around_.stream(STDOUT_FILENO).is == StreamIs::kPipe && !nested_ && !output;
    if (piped && run.effect == to_string(Effect::kDumps)) run.output = around_.sink_of_output();
  };
  ExecutionRequest request{*command_, labelled(*command_, command_->argv, *id), *id, descriptor,
                           options_.timeout};
  request.progress = output.has_value();
  // Whether that can be written makes no difference to a task that is at work.
  request.entered = [&](const std::string& container, const std::vector<std::string>& processes) {
    static_cast<void>(journal_->entered(*id, container, processes));
  };
  const TaskOutcome outcome = doors_.execute(request, processes_, around_);
  const bool through = outcome.end == TaskEnd::kEnded && outcome.code == 0 && !outcome.stopped;
  std::vector<Answer> verification;
  if (through) {
    verification = doors_.verify(
        {*command_, snapshot_, outcome, settings_->policy(), *id,
         output ? output->temporary() : run.output, options_.settle, writers.paused()},
        processes_, around_);
  } else if (outcome.end == TaskEnd::kEnded && outcome.stopped) {
    verification.push_back({"ran-to-its-end", Truth::kRefuted, Severity::kError,
                            "the task was ended before it was through, whatever status it gives"});
  }
  if (through && !outcome.output_whole) {
    const bool kept = output || !run.output.empty();
    verification.push_back({std::string(name_of(Claim::kOutputChecked)), Truth::kRefuted,
                            kept ? Severity::kError : Severity::kWarning,
                            "the client ended before it had brought all of the output"});
  }
  // Not before: it is whole when its writer has seen the end of the pipe, which a later step
  // judges.
  find_sink();
  if (auto failure = writers.resume()) {
    verification.push_back({std::string(name_of(Claim::kWritersResumed)), Truth::kRefuted,
                            Severity::kError, failure->message, "composelint guard recover"});
  }
  if (output) {
    if (through && output_is_whole(verification)) {
      if (auto failure = output->keep()) {
        verification.push_back({std::string(name_of(Claim::kOutputChecked)), Truth::kRefuted,
                                Severity::kError, failure->message, ""});
        output->drop();
      }
    } else {
      output->drop();
      say(*options_.output + " is as it was: what was written is not whole");
    }
  }
  return finish(outcome, std::move(verification), std::move(run));
}

int Corridor::finish(const TaskOutcome& outcome, std::vector<Answer> verification, JournalRun run) {
  const bool well = is_well(verification);
  int code = outcome.code;
  bool open = false;
  switch (outcome.end) {
    case TaskEnd::kEnded:
      run.verified = code == 0 && well;
      run.end = run.verified ? std::string(kVerified) : code == 0 ? "not-verified" : "failed";
      if (code == 0 && !well) code = static_cast<int>(GuardExit::kNotVerified);
      break;
    case TaskEnd::kNeverStarted: run.end = "failed"; break;
    case TaskEnd::kStillRunning:
    case TaskEnd::kUnknown:
      // It is left open: nothing else may run before somebody has seen to it.
      open = true;
      code = static_cast<int>(GuardExit::kLost);
      break;
  }
  std::string failure;
  if (!open) {
    run.ended = around_.now();
    run.code = outcome.code;
    const std::vector<Answer> after = masked(verification);
    run.answers.insert(run.answers.end(), after.begin(), after.end());
    if (auto unwritten = journal_->end(run)) failure = unwritten->message;
  }
  Told all = told();
  all.outcome = &outcome;
  all.verification = verification.empty() ? nullptr : &verification;
  all.exit_code = code;
  if (!options_.json) around_.say(outcome_text(all));
  document(all);
  if (!failure.empty()) say("the end of the run could not be written down: " + failure);
  if (code == static_cast<int>(GuardExit::kNotVerified) && outcome.code == 0) {
    say("the command ended with 0, and what came of it is not as it should be");
  }
  if (open) {
    const bool told_already = std::any_of(
        outcome.notes.begin(), outcome.notes.end(),
        [](const std::string& note) { return note.find("still runs") != std::string::npos; });
    const std::string task = told_already ? "" : "the task still runs; ";
    say(outcome.end == TaskEnd::kStillRunning
            ? task + "composelint guard recover says how it ends"
            : "how the task ended is not known; composelint guard recover asks again");
  }
  return code;
}

JournalRun Corridor::journal_run() const {
  JournalRun run;
  run.project = project_name();
  run.engine = snapshot_.engine.endpoint;
  run.directory = around_.working_directory();
  run.argv = mask_.argv(command_->argv);
  run.docker = mask_.argv(command_->docker);
  run.user = around_.user();
  const ComposeInvocation& call = command_->call();
  run.verb = call.verb;
  if (const Argument* service = call.service()) run.service = service->text;
  run.effect = to_string(call.effect);
  run.effect_name = call.effect_name;
  run.session = options_.session;
  // `… pg_dump > backup.sql`: what is in the file then is what the dump is worth later.
  const StreamFact out = around_.stream(STDOUT_FILENO);
  if (call.effect == Effect::kDumps && out.is == StreamIs::kFile && !nested_) run.output = out.path;
  run.started = around_.now();
  run.pid = ::getpid();
  run.boot = boot_id();
  run.ticks = began(run.pid);
  return run;
}

std::vector<Answer> Corridor::masked(std::vector<Answer> answers) const {
  for (Answer& answer : answers) {
    answer.note = mask_.text(answer.note);
    answer.remedy = mask_.text(answer.remedy);
    answer.origin = mask_.text(answer.origin);
  }
  return answers;
}

std::string Corridor::project_name() const {
  const Project* project = command_->call().target.project;
  return project == nullptr ? "" : project->name.value;
}

Told Corridor::told() const {
  Told all{*command_, snapshot_, decision_, mask_};
  all.given = given_;
  all.verbose = options_.verbose;
  const auto no_colour = around_.variable("NO_COLOR");
  const auto terminal = around_.variable("TERM");
  all.colour = around_.terminal().err && (!no_colour || no_colour->empty()) &&
               (!terminal || *terminal != "dumb");
  return all;
}

// To where it does not mix with what the command writes.
void Corridor::document(const Told& told) {
  if (!options_.json) return;
  const std::string text = json_document(told);
  if (options_.dry_run || options_.output) {
    around_.print(text);
  } else {
    around_.say(text);
  }
}

void Corridor::show(const std::string& plan) {
  if (options_.json || plan_shown_) return;
  plan_shown_ = true;
  around_.say(plan);
}

void Corridor::say(const std::string& message) {
  around_.say("composelint: " + mask_.text(message) + "\n");
}

int Corridor::refuse(GuardExit code, const std::string& message) {
  if (!options_.json) say(message);
  return static_cast<int>(code);
}

int Corridor::trouble(const std::string& message) {
  say(message);
  return static_cast<int>(ExitCode::kTrouble);
}

}  // namespace composelint::guard
