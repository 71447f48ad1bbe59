#include "guard/corridor.h"

#include <composelint/nearest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "analyzer/report/display.h"
#include "analyzer/text/path.h"
#include "guard/findings.h"
#include "guard/plain_docker.h"
#include "guard/process_identity.h"
#include "guard/repair.h"
#include "guard/stack_view.h"
#include "guard/sudo_first.h"
#include "guard/words.h"

namespace composelint::guard {

Corridor::Corridor(const GuardOptions& options, Processes& processes, Surroundings& around,
                   const Doors& doors)
    : options_(options), processes_(processes), around_(around), doors_(doors) {}

Corridor::~Corridor() = default;

int guard_through(const GuardOptions& options, Processes& processes, Surroundings& around,
                  const Doors& doors) {
  return Corridor(options, processes, around, doors).run();
}

int Corridor::run() {
  const int code = walk();
  leave();
  tell_document(code);
  return code;
}

int Corridor::walk() {
  if (auto ended = understand_command()) return *ended;
  if (command_->business == Business::kNone) return pass();
  if (auto ended = look()) return *ended;
  if (auto ended = repair()) return *ended;
  if (options_.pause_writers) {
    if (const std::string why = why_not_to_pause(facts()); !why.empty()) {
      judge_it();
      return blocked("--pause-writers: " + why);
    }
  }
  if (options_.dry_run) return show_plan();
  // From here to the end nobody else is at work on the project, a backup included.
  if (auto ended = enter()) return *ended;
  if (auto ended = take_backups()) return *ended;
  if (auto ended = interrupted()) return *ended;
  if (auto ended = decide_on_it()) return *ended;
  const bool asks = decision_.verdict == Verdict::kAsk;
  if (auto ended = asks ? ask_person() : Ended{}) return *ended;
  if (auto ended = look_again(asks)) return *ended;
  return run_it();
}

// Whatever the way out, what was begun is put back and ended.
void Corridor::leave() {
  if (writers_) {
    if (auto failure = writers_->resume()) say("a writer is still paused: " + failure->message);
  }
  if (output_) output_->drop();
  if (!begun_) return;
  begun_->ended = around_.now();
  begun_->end = "blocked";
  begun_->answers = masked(decision_.answers);
  static_cast<void>(journal_->end(*begun_));
  begun_.reset();
}

Corridor::Ended Corridor::interrupted(std::chrono::milliseconds time) {
  const bool held = begun_ || nested() || !backups_.empty() || options_.backup || waits_since_;
  if (!held) return std::nullopt;
  const int signal = processes_.wait({}, time);
  if (signal <= 0) return std::nullopt;
  signal_ = signal;
  constexpr int kBySignal = 128;
  return refuse(kBySignal + signal, "told to end before it began; nothing has been run");
}

Corridor::Ended Corridor::understand_command() {
  const std::vector<std::string_view> claims = known_claims();
  for (const auto& [claim, why] : options_.attestations) {
    if (std::find(claims.begin(), claims.end(), claim) != claims.end()) continue;
    const auto meant = nearest(claim, claims);
    return trouble(fmt::format("--attest: there is no claim \"{}\"{}", claim,
                               meant.empty()
                                   ? fmt::format("; known are {}", fmt::join(claims, ", "))
                                   : fmt::format("; did you mean \"{}\"?", meant)));
  }
  hide_secrets(nullptr);
  settings_ = std::make_unique<Settings>(options_, around_, files_);
  const LookIs look = options_.output ? LookIs::kTask : LookIs::kPassed;
  const auto read = [&]() -> MaybeFailure {
    auto command = understand(options_.command, around_, settings_->config(), files_, look);
    if (!command) return command.failure();
    command_ = std::move(*command);
    return std::nullopt;
  };
  if (auto failure = read()) return trouble(failure->message);
  if (command_->business == Business::kNone) {
    if (options_.json) hide_secrets_of_a_look();
    return std::nullopt;
  }
  const Project* project = command_->call().target.project;
  if (project != nullptr && !options_.policy_file && settings_->hear(project->directory)) {
    if (auto failure = read()) return trouble(failure->message);
    project = command_->call().target.project;  // the one before is gone
  }
  hide_secrets(project);
  for (const Notification& problem : settings_->problems()) {
    std::string place = problem.path;
    if (problem.span) place += fmt::format(":{}", problem.span.file->line_of(problem.span.begin));
    say(place + ": " + problem.message);
  }
  if (!settings_->problems().empty()) {
    return trouble("nothing is run under a policy that cannot be read");
  }
  if (options_.output && command_->business == Business::kStack) {
    return trouble("--output is for the output of run and exec");
  }
  return std::nullopt;
}

// Its words are told in the document, and its project has not been read.
void Corridor::hide_secrets_of_a_look() {
  auto whole = understand(options_.command, around_, settings_->config(), files_, LookIs::kTask);
  if (!whole || (*whole)->step == nullptr || !(*whole)->step->call) return;
  std::swap(command_, *whole);
  hide_secrets(command_->call().target.project);
  std::swap(command_, *whole);
}

void Corridor::hide_secrets(const Project* project) {
  mask_.hide_values(around_.environment(), project);
  mask_.hide_argv(options_.command);
  // Where Compose would refuse them the project cannot tell of them.
  std::vector<std::string> env_files = {".env"};
  for (std::size_t i = 0; i < options_.command.size(); ++i) {
    const std::string& word = options_.command[i];
    for (const std::string_view option : {"--env-file", "--env-from-file"}) {
      if (word == option && i + 1 < options_.command.size()) {
        env_files.push_back(options_.command[i + 1]);
      } else if (word.starts_with(option) && word.substr(option.size()).starts_with('=')) {
        env_files.push_back(word.substr(option.size() + 1));
      }
    }
  }
  for (std::string& file : env_files) file = text::join_path(around_.working_directory(), file);
  mask_.hide_env_files(project, env_files, files_);
  const SourceFile* const refused = command_ == nullptr ? nullptr : command_->refused;
  if (refused != nullptr) mask_.hide_refused(refused->bytes());
  const Value* const model = command_ == nullptr ? nullptr : command_->model();
  if (project != nullptr && model != nullptr) {
    mask_.hide_model(around_.environment(), *model, project->directory, files_);
  }
}

// As if guard were not there.
int Corridor::pass() {
  const std::string why =
      why_not_by_plain_docker(options_, *settings_, processes_, around_, files_);
  if (!why.empty()) return refuse(GuardExit::kBlocked, why + "; nothing has been run");
  if (nested()) return run_within();
  if (options_.dry_run) {
    return refuse(0, "this only looks, or is no compose command: guard lets it pass");
  }
  if (options_.output) return trouble("--output is for commands that guard takes: run and exec");
  // There is nobody any more to tell it afterwards; of the steps of a script those count that guard
  // takes.
  if (options_.json && options_.session.empty()) {
    reason_ = "this only looks, or is no compose command: guard lets it pass";
    tell_document(0);
  }
  const int error = around_.replace_process(command_->argv);
  say(fmt::format("{}: {}", command_->argv.front(), std::strerror(error)));
  return error == ENOENT ? 127 : 126;
}

int Corridor::run_within() {
  Streams streams;
  streams.in = ChildStream::kNull;
  streams.out = ChildStream::kDescriptor;
  streams.out_descriptor = 2;
  auto child = processes_.start({command_->argv, ""}, streams);
  if (!child) {
    say(child.failure().message);
    return 127;
  }
  Child* const one = child->get();
  while (true) {
    if (const auto end = one->ended()) return end->shell_status();
    const int signal = processes_.wait({&one, 1}, std::chrono::milliseconds(60'000));
    if (signal > 0) signal_ = signal;
    if (signal > 0 && !processes_.whole_group()) one->send(signal);
  }
}

SnapshotWish Corridor::wish() const {
  SnapshotWish wish;
  wish.dry_runs = wish.image = command_->business == Business::kTask;
  // What has to be older than a restore point.
  const bool asked_for = !settings_->policy().environments.empty() && may_change_data(*command_);
  wish.volumes = asked_for || stake_of(*command_->step) == Stake::kData ||
                 !command_->starts_change.empty() || !command_->loss.what.empty();
  if (const Project* project = command_->call().target.project) {
    for (const Service& service : project->services) {
      if (service.active) wish.log_services.push_back(service.name);
    }
  }
  return wish;
}

Corridor::Ended Corridor::look() {
  if (const std::string why = ready_sudo(*command_, processes_, around_); !why.empty()) {
    return refuse(GuardExit::kNoEngine, why + "; nothing has been run");
  }
  snapshot_ = doors_.snapshot(*command_, wish(), processes_, around_);
  fingerprint_ = fingerprint(snapshot_, *command_);
  if (!snapshot_.engine.reachable) {
    judge_it();
    decision_.verdict = Verdict::kBlock;
    show(plan_text(told()));
    return refuse(GuardExit::kNoEngine, "the engine does not answer: nothing has been run");
  }
  return std::nullopt;
}

LiveFacts Corridor::facts() const {
  return {
      *command_,        snapshot_,      settings_->policy(), history_, options_.attestations,
      options_.session, around_.user(), around_.now(),       files_,   around_.working_directory()};
}

Decision Corridor::judged(const LiveFacts& facts) const {
  const engine::RuleSet rules(all_rules(), settings_->config(), choice_,
                              around_.working_directory());
  return judge(facts, rules, options_);
}

Corridor::Ended Corridor::repair() {
  if (!options_.fix) return std::nullopt;
  constexpr int kMostRounds = 8;
  for (int round = 0; round < kMostRounds; ++round) {
    judge_it();
    const auto argv = repaired(*command_, decision_.findings);
    if (!argv) break;
    const LookIs as = options_.output ? LookIs::kTask : LookIs::kPassed;
    auto command = understand(*argv, around_, settings_->config(), files_, as);
    if (!command || (*command)->business == Business::kNone) break;
    if (given_.empty()) given_ = command_->argv;
    command_ = std::move(*command);
    // What it would touch may be something else now.
    if (auto ended = look()) return ended;
  }
  if (!given_.empty() && !options_.json) {
    around_.say("composelint: repaired: " +
                report::printable(command_text(mask_.argv(command_->argv)).text) + "\n");
  }
  return std::nullopt;
}

int Corridor::show_plan() {
  state_directory_ = state_directory(settings_->policy(), around_);
  if (!state_directory_.empty() &&
      files_.kind(state_directory_ + "/journal.jsonl") == FileKind::kRegular) {
    auto journal = Journal::open(state_directory_);
    if (journal) {
      if (auto reading = journal->read_recent()) history_ = std::move(reading->runs);
    }
  }
  judge_it();
  if (auto ended = plan_backups()) return *ended;
  Told all = told();
  all.verbose = true;
  const bool blocks = decision_.verdict == Verdict::kBlock;
  all.exit_code = blocks ? static_cast<int>(GuardExit::kBlocked) : 0;
  if (!options_.json) around_.say(plan_text(all));
  const std::string verdict = blocks ? "it would be blocked"
                              : decision_.verdict == Verdict::kAsk
                                  ? "it would be asked about, and run after a yes"
                                  : "it would run";
  return refuse(*all.exit_code, verdict + "; nothing has been run");
}

Corridor::Ended Corridor::decide_on_it() {
  judge_it();
  if (decision_.verdict == Verdict::kBlock) return blocked("blocked");
  if (options_.verbose) show(plan_text(told()));
  return std::nullopt;
}

int Corridor::blocked(const std::string& why) {
  decision_.verdict = Verdict::kBlock;
  show(plan_text(told()));
  // Whether that can be written down changes nothing.
  if (journal_ && !begun_) {
    JournalRun run = journal_run();
    run.answers = masked(decision_.answers);
    if (!journal_->begin(run)) begun_ = std::move(run);
  }
  return refuse(GuardExit::kBlocked, why + "; nothing has been run");
}

Corridor::Ended Corridor::ask_person() {
  const bool typed = decision_.confirm == Confirm::kTypeName;
  if (options_.yes && !typed) return std::nullopt;
  show(plan_text(told()));
  const std::string wanted = typed ? project_name() : "";
  std::string question;
  for (const std::string& reason : decision_.reasons) {
    if (reason.find("protected environment") != std::string::npos) {
      question += "composelint: " + mask_.text(reason) + "\n";
    }
  }
  question +=
      typed ? fmt::format("Type {} to run it: ", report::printable(wanted)) : "Run it? [y/N] ";
  const auto answer = around_.ask(question);
  if (!answer) {
    if (auto ended = interrupted()) return ended;
    return blocked(typed ? "the project's name has to be typed at a terminal, and there is none"
                         : "there is no terminal to ask at, and no --yes");
  }
  const bool agreed =
      typed ? *answer == wanted : (*answer == "y" || *answer == "Y" || *answer == "yes");
  if (!agreed) return blocked(typed ? "that is not " + wanted : "the answer was not yes");
  return std::nullopt;
}

// What runs is what was decided on.
Corridor::Ended Corridor::look_again(bool asked) {
  const std::string decided = fingerprint_;
  const Snapshot before = std::move(snapshot_);
  SnapshotWish again = wish();
  if (!asked) {
    again.dry_runs = again.image = again.volumes = false;
    again.log_services.clear();
  }
  snapshot_ = doors_.snapshot(*command_, again, processes_, around_);
  const bool same = fingerprint(snapshot_, *command_) == decided;
  if (!same) return blocked("the configuration has changed since it was looked at");
  if (asked) {
    // Minutes may have passed over the question.
    judge_it();
    if (decision_.verdict == Verdict::kBlock) return blocked("the stack has changed meanwhile");
  }
  // The baseline is what was there when it was decided.
  if (!asked) snapshot_ = before;
  return std::nullopt;
}

}  // namespace composelint::guard
