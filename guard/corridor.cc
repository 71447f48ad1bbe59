#include "guard/corridor.h"

#include <composelint/nearest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "analyzer/report/display.h"
#include "guard/findings.h"
#include "guard/process_identity.h"
#include "guard/repair.h"
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
  if (auto ended = understand_command()) return *ended;
  if (command_->business == Business::kNone) return pass();
  if (auto ended = look()) return *ended;
  if (auto ended = repair()) return *ended;
  if (options_.dry_run) return show_plan();
  if (auto ended = take_backups()) return *ended;
  if (auto ended = enter()) return *ended;
  if (auto ended = decide_on_it()) return *ended;
  const bool asks = decision_.verdict == Verdict::kAsk;
  if (auto ended = asks ? ask_person() : Ended{}) return *ended;
  if (auto ended = look_again(asks)) return *ended;
  return run_it();
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
  settings_ = std::make_unique<Settings>(options_, around_, files_);
  const auto read = [this]() -> MaybeFailure {
    auto command = understand(options_.command, around_, settings_->config(), files_);
    if (!command) return command.failure();
    command_ = std::move(*command);
    return std::nullopt;
  };
  if (auto failure = read()) return trouble(failure->message);
  if (command_->business == Business::kNone) return std::nullopt;
  const Project* project = command_->call().target.project;
  if (project != nullptr && !options_.policy_file && settings_->hear(project->directory)) {
    if (auto failure = read()) return trouble(failure->message);
  }
  mask_.hide_values(around_.environment(), command_->call().target.project);
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

// As if guard were not there.
int Corridor::pass() {
  if (nested_) return run_within();
  if (options_.dry_run) {
    around_.say("composelint: this only looks, or is no compose command: guard lets it pass\n");
    return 0;
  }
  if (options_.output) return trouble("--output is for commands that guard takes: run and exec");
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
    if (signal > 0 && !processes_.whole_group()) one->send(signal);
  }
}

SnapshotWish Corridor::wish() const {
  SnapshotWish wish;
  wish.dry_runs = wish.image = command_->business == Business::kTask;
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
    Told all = told();
    all.exit_code = static_cast<int>(GuardExit::kNoEngine);
    document(all);
    return refuse(GuardExit::kNoEngine, "the engine does not answer: nothing has been run");
  }
  return std::nullopt;
}

LiveFacts Corridor::facts() const {
  return {
      *command_,        snapshot_,      settings_->policy(), history_, options_.attestations,
      options_.session, around_.user(), around_.now(),       files_,   around_.working_directory()};
}

void Corridor::judge_it() {
  const engine::RuleSet rules(all_rules(), settings_->config(), choice_,
                              around_.working_directory());
  decision_ = judge(facts(), rules, options_);
}

Corridor::Ended Corridor::repair() {
  if (!options_.fix) return std::nullopt;
  constexpr int kMostRounds = 8;
  for (int round = 0; round < kMostRounds; ++round) {
    judge_it();
    const auto argv = repaired(*command_, decision_.findings);
    if (!argv) break;
    auto command = understand(*argv, around_, settings_->config(), files_);
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
  Told all = told();
  all.verbose = true;
  const bool blocks = decision_.verdict == Verdict::kBlock;
  all.exit_code = blocks ? static_cast<int>(GuardExit::kBlocked) : 0;
  if (options_.json) {
    document(all);
    return *all.exit_code;
  }
  around_.say(plan_text(all));
  const std::string verdict = blocks ? "it would be blocked"
                              : decision_.verdict == Verdict::kAsk
                                  ? "it would be asked about, and run after a yes"
                                  : "it would run";
  around_.say("composelint: " + verdict + "; nothing has been run\n");
  return *all.exit_code;
}

// First against those with the same state, which say more of themselves, and then all others.
Corridor::Ended Corridor::lock() {
  const auto held_by = [this](const LockHolder& holder) {
    std::string who = "another guarded command";
    if (holder.pid != 0) {
      who = fmt::format("{} (process {} on {})", holder.user, holder.pid, holder.host);
      who += holder.command.empty() ? ", who keeps another journal" : ": " + holder.command;
    }
    return refuse(GuardExit::kLocked,
                  project_name() + " is held by " + who + "; nothing has been run");
  };
  LockHolder me;
  me.user = around_.user();
  me.command = command_text(mask_.argv(command_->argv)).text;
  me.since = around_.now();
  auto taken = ProjectLock::take(state_directory_, snapshot_.engine.endpoint, project_name(), me);
  if (!taken) {
    return refuse(GuardExit::kNoJournal, taken.failure().message + "; nothing has been run");
  }
  if (const auto* holder = std::get_if<LockHolder>(&*taken)) return held_by(*holder);
  lock_.emplace(std::move(*std::get_if<ProjectLock>(&*taken)));
  if (!doors_.hold) return std::nullopt;
  auto machine = doors_.hold(snapshot_.engine.endpoint, project_name());
  if (!machine) {
    return refuse(GuardExit::kNoJournal, machine.failure().message + "; nothing has been run");
  }
  if (const auto* holder = std::get_if<LockHolder>(&*machine)) return held_by(*holder);
  machine_lock_.emplace(std::move(*std::get_if<MachineLock>(&*machine)));
  return std::nullopt;
}

Corridor::Ended Corridor::enter() {
  state_directory_ = state_directory(settings_->policy(), around_);
  if (state_directory_.empty()) {
    return refuse(GuardExit::kNoJournal,
                  "there is no place for the journal: neither a home directory nor "
                  "XDG_STATE_HOME, nor guard.state-directory in the configuration; nothing has "
                  "been run");
  }
  if (auto ended = lock()) return ended;
  auto journal = Journal::open(state_directory_);
  if (!journal) {
    return refuse(GuardExit::kNoJournal, journal.failure().message + "; nothing has been run");
  }
  journal_.emplace(std::move(*journal));
  auto reading = journal_->read_recent();
  if (!reading) {
    return refuse(GuardExit::kNoJournal, reading.failure().message + "; nothing has been run");
  }
  history_ = std::move(reading->runs);
  // Somebody may have been at work between the first look and the lock.
  const bool stale = std::any_of(history_.begin(), history_.end(), [&](const JournalRun& run) {
    return run.project == project_name() && std::max(run.started, run.ended) >= snapshot_.taken;
  });
  return stale ? look() : std::nullopt;
}

Corridor::Ended Corridor::decide_on_it() {
  judge_it();
  if (decision_.verdict == Verdict::kBlock) return blocked("blocked");
  if (options_.verbose) show(plan_text(told()));
  return std::nullopt;
}

int Corridor::blocked(const std::string& why) {
  decision_.verdict = Verdict::kBlock;
  const int code = static_cast<int>(GuardExit::kBlocked);
  show(plan_text(told()));
  // Whether that can be written down changes nothing.
  if (journal_) {
    JournalRun run = journal_run();
    if (auto id = new_run_id()) {
      run.id = *id;
      run.answers = masked(decision_.answers);
      if (!journal_->begin(run)) {
        run.ended = around_.now();
        run.end = "blocked";
        static_cast<void>(journal_->end(run));
      }
    }
  }
  Told all = told();
  all.exit_code = code;
  document(all);
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
    again.dry_runs = again.image = false;
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
