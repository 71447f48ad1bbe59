#include "guard/writer_pause.h"

#include <composelint/service_role.h>

#include <algorithm>
#include <utility>

#include "guard/findings.h"
#include "guard/stack_view.h"

namespace composelint::guard {
namespace {

constexpr int kPauseTries = 3;

}  // namespace

std::vector<std::string> writers_to_pause(const LiveFacts& facts) {
  const auto concerned = concerned_services(facts.command);
  const bool starts_others =
      facts.command.call().is("run") && !facts.command.call().has("--no-deps");
  std::vector<std::string> out;
  for (const std::string& name : writers_of(StackView(facts))) {
    const auto live = facts.snapshot.live(name);
    const bool runs =
        std::any_of(live.begin(), live.end(), [](const Container* one) { return one->running(); });
    const Argument* target = facts.command.call().service();
    const bool needed =
        (target != nullptr && target->text == name && facts.command.call().is("exec")) ||
        (starts_others && std::any_of(concerned.begin(), concerned.end(), [&](const Service* each) {
           return each->name == name && (target == nullptr || target->text != name);
         }));
    if (runs && !needed) out.push_back(name);
  }
  return out;
}

namespace {

// A worker may well be made of a database's image.
bool serves_others(const Service& service, const Project& project) {
  if (role_of(service) != ServiceRole::kDatabase) return false;
  return std::any_of(project.services.begin(), project.services.end(), [&](const Service& other) {
    return std::any_of(other.depends_on.begin(), other.depends_on.end(),
                       [&](const DependsOn& each) { return each.service == service.name; });
  });
}

}  // namespace

std::string why_not_to_pause(const LiveFacts& facts) {
  const GuardedCommand& command = facts.command;
  const Project* project = command.call().target.project;
  const Argument* target = command.call().service();
  if (command.business != Business::kTask || target == nullptr) return "";
  const auto concerned = concerned_services(command);
  for (const std::string& name : facts.policy.writers) {
    const std::string front = "guard.writers names " + name + ", and pausing ";
    if (name == target->text) {
      // The container of `run` is another one.
      if (command.call().is("run")) continue;
      return front + "it would stop what `exec` enters";
    }
    const bool needed = std::any_of(concerned.begin(), concerned.end(),
                                    [&](const Service* each) { return each->name == name; });
    if (needed) return front + "it would take away what " + target->text + " depends on";
    const Service* declared = project == nullptr ? nullptr : project->service(name);
    if (declared != nullptr && serves_others(*declared, *project)) {
      return front + "a database stops whoever talks to it, the task and the backup too";
    }
    for (const BackupPolicy& backup : facts.policy.backups) {
      if (backup.service == name) return front + "it would stop the backup of it";
    }
  }
  return "";
}

WriterPause::~WriterPause() {
  static_cast<void>(resume());
}

MaybeFailure WriterPause::call(const std::string& verb) {
  Command command{command_.compose, ""};
  command.argv.push_back(verb);
  command.argv.insert(command.argv.end(), paused_.begin(), paused_.end());
  const std::vector<Captured> answers = processes_.capture({&command, 1}, Bounds{});
  if (answers.size() == 1 && answers.front().end.ok()) return std::nullopt;
  std::string why = answers.empty() ? "" : answers.front().err;
  while (!why.empty() && (why.back() == '\n' || why.back() == ' ')) why.pop_back();
  const std::size_t line = why.rfind('\n');
  if (line != std::string::npos) why.erase(0, line + 1);
  return Failure{FailureCode::kInvalid, "compose " + verb + " failed: " + why, {}};
}

MaybeFailure WriterPause::pause(const std::vector<std::string>& services) {
  if (services.empty()) return std::nullopt;
  // A container that is at work may not freeze within the time that the engine's runtime takes for
  // it; it is thawed then, and the next try mostly succeeds.
  MaybeFailure failure;
  for (int left = kPauseTries; left > 0; --left) {
    if (auto unwritten = journal_.paused(run_id_, services)) return unwritten;
    paused_ = services;
    failure = call("pause");
    if (!failure) return std::nullopt;
    static_cast<void>(resume());
    const bool busy = failure->message.find("unable to freeze") != std::string::npos;
    if (!busy || !paused_.empty()) break;
  }
  return failure;
}

MaybeFailure WriterPause::resume() {
  if (paused_.empty()) return std::nullopt;
  auto failure = call("unpause");
  // What did not go together may go one by one: one of them may be gone.
  if (failure) {
    std::vector<std::string> left;
    const std::vector<std::string> all = std::exchange(paused_, {});
    for (const std::string& service : all) {
      paused_ = {service};
      const auto why = call("unpause");
      // What could not be paused either runs as it did.
      const bool runs = why && why->message.find("is not paused") != std::string::npos;
      if (why && !runs) left.push_back(service);
    }
    paused_ = std::move(left);
    if (!paused_.empty()) return failure;
  }
  paused_.clear();
  return journal_.resumed(run_id_);
}

}  // namespace composelint::guard
