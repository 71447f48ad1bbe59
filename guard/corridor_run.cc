#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "analyzer/report/display.h"
#include "guard/corridor.h"
#include "guard/process_identity.h"
#include "guard/stack_view.h"
#include "guard/told_effect.h"
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

// Where nobody can tell whether the output is whole, a person may. The temporary file is gone when
// this is read.
void speak_of_output(std::vector<Answer>& answers, const LiveFacts& facts,
                     const std::string& temporary, const std::string& name) {
  for (Answer& answer : answers) {
    if (answer.claim != name_of(Claim::kOutputChecked)) continue;
    const std::size_t at = temporary.empty() ? std::string::npos : answer.note.find(temporary);
    if (at != std::string::npos) answer.note.replace(at, temporary.size(), name);
    if (answer.truth != Truth::kUnknown) continue;
    if (!temporary.empty()) {
      answer.remedy =
          "--attest output-checked=WHY keeps the file as it is; without that none is written";
    }
    attest(facts, answer);
  }
}

}  // namespace

Corridor::Ended Corridor::begin() {
  if (begun_) return std::nullopt;
  JournalRun run = journal_run();
  run.answers = masked(decision_.answers);
  if (options_.output) {
    auto created = OutputFile::create(*options_.output, run_id_);
    if (!created) return trouble(created.failure().message + "; nothing has been run");
    output_.emplace(std::move(*created));
    run.output = *options_.output;
    run.output_temporary = output_->temporary();
    // What the journal does not say nobody would find again.
    if (mask_.place(run.output_temporary) != run.output_temporary) {
      return trouble("--output: the name of the file holds a secret; nothing has been run");
    }
  }
  // From here on there is something to be put back.
  processes_.hold_signals();
  if (auto failure = journal_->begin(run)) {
    return refuse(GuardExit::kNoJournal, failure->message + "; nothing has been run");
  }
  begun_ = std::move(run);
  return std::nullopt;
}

Corridor::Ended Corridor::pause_writers() {
  if (!options_.pause_writers || writers_) return std::nullopt;
  const std::vector<std::string> services = writers_to_pause(facts());
  if (services.empty()) say("--pause-writers: no writer is at work; guard.writers names them");
  if (auto ended = begin()) return ended;
  writers_.emplace(*command_, *journal_, run_id_, processes_);
  if (auto failure = writers_->pause(services)) {
    return refuse(GuardExit::kBlocked, failure->message + "; nothing has been run");
  }
  return std::nullopt;
}

int Corridor::run_it() {
  if (auto ended = begin()) return *ended;
  if (auto ended = pause_writers()) return *ended;
  if (auto ended = interrupted()) return *ended;
  JournalRun& run = *begun_;
  run.answers = masked(decision_.answers);
  const int descriptor = output_ ? output_->descriptor() : nested() ? STDERR_FILENO : -1;
  // Who reads the pipe has begun by the time that the dump has ended, and waits for more.
  const auto find_sink = [&] {
    const bool piped = around_.stream(STDOUT_FILENO).is == StreamIs::kPipe && !nested() && !output_;
    if (piped && run.effect == to_string(Effect::kDumps))
      run.output = mask_.place(around_.sink_of_output());
  };
  ExecutionRequest request{*command_, labelled(*command_, command_->argv, run_id_), run_id_,
                           descriptor, options_.timeout};
  request.progress = output_.has_value();
  // Whether that can be written makes no difference to a task that is at work.
  request.entered = [&](const std::string& container, const std::vector<std::string>& processes) {
    static_cast<void>(journal_->entered(run_id_, container, processes));
  };
  outcome_ = doors_.execute(request, processes_, around_);
  const TaskOutcome& outcome = *outcome_;
  signal_ = outcome.signal;
  const bool through = outcome.end == TaskEnd::kEnded && outcome.code == 0 && !outcome.stopped;
  std::vector<Answer> verification;
  if (through) {
    verification = doors_.verify({*command_, snapshot_, outcome, settings_->policy(), run_id_,
                                  output_ ? output_->temporary() : run.output, options_.settle,
                                  writers_ ? writers_->paused() : std::vector<std::string>()},
                                 processes_, around_);
    speak_of_output(verification, facts(), output_ ? output_->temporary() : std::string(),
                    options_.output.value_or(""));
  } else if (outcome.end == TaskEnd::kEnded && outcome.stopped) {
    verification.push_back({"ran-to-its-end", Truth::kRefuted, Severity::kError,
                            "the task was ended before it was through, whatever status it gives"});
  }
  if (through && !outcome.output_whole) {
    const bool kept = output_ || !run.output.empty();
    verification.push_back({std::string(name_of(Claim::kOutputChecked)), Truth::kRefuted,
                            kept ? Severity::kError : Severity::kWarning,
                            "the client ended before it had brought all of the output"});
  }
  // Not before: it is whole when its writer has seen the end of the pipe, which a later step
  // judges.
  find_sink();
  if (auto failure = writers_ ? writers_->resume() : std::nullopt) {
    verification.push_back({std::string(name_of(Claim::kWritersResumed)), Truth::kRefuted,
                            Severity::kError, failure->message, "composelint guard recover"});
  }
  if (output_) {
    if (through && output_is_whole(verification)) {
      if (auto failure = output_->keep()) {
        verification.push_back({std::string(name_of(Claim::kOutputChecked)), Truth::kRefuted,
                                Severity::kError, failure->message, ""});
        output_->drop();
      }
    } else {
      output_->drop();
      say(*options_.output + " is as it was: what was written is not whole");
    }
    output_.reset();
  }
  return finish(std::move(verification));
}

int Corridor::finish(std::vector<Answer> verification) {
  const TaskOutcome& outcome = *outcome_;
  JournalRun run = std::move(*begun_);
  begun_.reset();
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
  verification_ = verification;
  if (!failure.empty()) say("the end of the run could not be written down: " + failure);
  if (code == static_cast<int>(GuardExit::kNotVerified) && outcome.code == 0) {
    return refuse(code, "the command ended with 0, and what came of it is not as it should be");
  }
  if (open) {
    const bool told_already = std::any_of(
        outcome.notes.begin(), outcome.notes.end(),
        [](const std::string& note) { return note.find("still runs") != std::string::npos; });
    const std::string task = told_already ? "" : "the task still runs; ";
    return refuse(code,
                  outcome.end == TaskEnd::kStillRunning
                      ? task + "composelint guard recover says how it ends"
                      : "how the task ended is not known; composelint guard recover asks again");
  }
  return code;
}

JournalRun Corridor::journal_run() const {
  JournalRun run;
  run.id = run_id_;
  run.project = project_name();
  run.engine = snapshot_.engine.endpoint;
  run.directory = mask_.place(around_.working_directory());
  run.argv = mask_.argv(command_->argv);
  run.docker = mask_.argv(command_->docker);
  run.user = around_.user();
  const ComposeInvocation& call = command_->call();
  run.verb = call.verb;
  if (const Argument* service = call.service()) run.service = mask_.place(service->text);
  const Effect effect = told_effect(*command_);
  run.effect = to_string(effect);
  if (effect == call.effect) run.effect_name = call.effect_name;
  run.session = options_.session;
  run.session_pid = options_.session_pid;
  run.session_ticks = options_.session_ticks;
  run.follows = follows(call);
  // `… pg_dump > backup.sql`: what is in the file then is what the dump is worth later.
  const StreamFact out = around_.stream(STDOUT_FILENO);
  if (call.effect == Effect::kDumps && out.is == StreamIs::kFile && !nested()) {
    run.output = mask_.place(out.path);
  }
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
void Corridor::tell_document(int code) {
  if (!options_.json || document_told_) return;
  document_told_ = true;
  std::vector<std::string> messages;
  for (const std::string& each : messages_) messages.push_back(mask_.text(each));
  if (command_ == nullptr || command_->business == Business::kNone) {
    document_ = end_document(mask_.argv(options_.command), code, mask_.text(reason_), messages);
  } else {
    Told all = told();
    all.outcome = outcome_ ? &*outcome_ : nullptr;
    all.verification = verification_.empty() ? nullptr : &verification_;
    all.exit_code = code;
    all.reason = reason_;
    all.messages = messages_;
    all.backups = backups_;
    document_ = json_document(all);
  }
  if (nested()) return;
  if (options_.dry_run || options_.output) {
    around_.print(document_);
  } else {
    around_.say(document_);
  }
}

void Corridor::show(const std::string& plan) {
  if (options_.json || plan_shown_) return;
  plan_shown_ = true;
  around_.say(plan);
}

void Corridor::say(const std::string& message) {
  if (options_.json) {
    messages_.push_back(message);
  } else {
    around_.say("composelint: " + mask_.text(message) + "\n");
  }
}

int Corridor::refuse(int code, const std::string& message) {
  reason_ = message;
  if (!options_.json) say(message);
  return code;
}

int Corridor::trouble(const std::string& message) {
  return refuse(static_cast<int>(ExitCode::kTrouble), message);
}

}  // namespace composelint::guard
