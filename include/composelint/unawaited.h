// A database that is used right behind the call that starts it.
#pragma once

#include <composelint/databases.h>
#include <composelint/inner_command.h>
#include <composelint/lifecycle.h>
#include <composelint/waiting.h>

#include <array>
#include <optional>
#include <string_view>

namespace composelint {

struct Unawaited {
  const Step* start = nullptr;      // that starts it and comes back at once
  const Step* sleep = nullptr;      // the first fixed pause in between; null without one
  const Service* service = nullptr;  // that may not answer yet
};

namespace detail {

// Says itself that it tries again, or looks first.
[[nodiscard]] inline bool tries_again(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kWords = {
      "retry", "retries", "wait", "until ", "while ", "sleep ", "isready", "eventually"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

[[nodiscard]] inline bool tries_again(const Step& step) {
  return tries_again(step.span.text()) ||
         std::any_of(step.argv.begin(), step.argv.end(),
                     [](const Argument& word) { return tries_again(word.text); }) ||
         std::any_of(step.called_from.begin(), step.called_from.end(),
                     [](const Span& call) { return tries_again(call.text()); });
}

[[nodiscard]] inline bool has_client(std::string_view text) {
  static constexpr std::array<std::string_view, 14> kClients = {
      "psql",      "pg_dump",      "pg_restore", "createdb", "createuser", "mysql",  "mariadb",
      "mysqldump", "mariadb-dump", "mongosh",    "mongo",    "mongodump",  "cqlsh",  "mongorestore"};
  constexpr std::string_view kEnds = " \t\n;|&\"'`($)/";
  for (const std::string_view client : kClients) {
    for (std::size_t at = text.find(client); at != std::string_view::npos;
         at = text.find(client, at + 1)) {
      const std::size_t end = at + client.size();
      const bool begins = at == 0 || kEnds.find(text[at - 1]) != std::string_view::npos;
      if (begins && (end == text.size() || kEnds.find(text[end]) != std::string_view::npos)) {
        return true;
      }
    }
  }
  return false;
}

[[nodiscard]] inline bool runs_client(const std::vector<Argument>& words) {
  const auto shell = shell_script_in(words);
  if (shell) return has_client(words[shell->at].text);
  return !words.empty() && words.front().known() && has_client(words.front().text);
}

// Nobody is surprised when it fails: it asks, it is allowed to, or a loop comes back to it.
[[nodiscard]] inline bool may_fail(const Timeline& timeline, const Step& step) {
  if (step.status == StatusUse::kDiscarded || step.background) return true;
  const bool chained = std::none_of(
      timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
        return branch.kind != BranchKind::kAnd && branch.kind != BranchKind::kFor &&
               branch.kind != BranchKind::kCase && branch.kind != BranchKind::kLeft &&
               written_in(branch.condition, step);
      });
  if (step.status == StatusUse::kDecides && !chained) return true;
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const BranchKind kind = timeline.branches[way.branch].kind;
    return kind == BranchKind::kWhile || kind == BranchKind::kFor || kind == BranchKind::kOnFailure;
  });
}

}  // namespace detail

// The database that the step's command needs an answer from: the one that it runs in, or that of
// the service it runs in.
[[nodiscard]] inline const Service* needed_database(const Step& step) {
  const auto& call = step.call;
  if (!call || call->target.project == nullptr || call->opaque_options) return nullptr;
  const Argument* name = call->service();
  const Service* user = name == nullptr ? nullptr : call->target.project->service(name->text);
  if (user == nullptr || call->has("--detach")) return nullptr;
  const bool asked = step.effect == Effect::kShell && !(step.in.kind != StreamKind::kInherited);
  if (step.role == Role::kHealth || step.role == Role::kWaits || asked) return nullptr;
  const bool client = detail::runs_client(call->inner);
  if (starts_slowly(*user)) return call->is("exec") && client ? user : nullptr;
  const bool data = step.effect == Effect::kMigrates || step.effect == Effect::kImports;
  if (!client && (!data || step.role == Role::kMakesMigration)) return nullptr;
  return database_of(*user, *call->target.project);
}

// Only what is sure: the script starts the service whenever it gets to `use`, and nothing on the
// way waits for anything.
[[nodiscard]] inline std::optional<Unawaited> unawaited_use(const Timeline& timeline,
                                                            const Step& use) {
  const Service* service = use.place == Place::kContainer ? nullptr : needed_database(use);
  if (service == nullptr || detail::may_fail(timeline, use) || detail::tries_again(use)) {
    return std::nullopt;
  }
  if (use.call->is("run") && awaited_by(started_by(*use.call), *service)) return std::nullopt;
  const std::size_t here = index_of(timeline, use);
  Unawaited found;
  for (std::size_t i = 0; i < here; ++i) {
    const Step& step = timeline.steps[i];
    if (step.detached != use.detached || timeline.reach(i, here) == Reach::kNever) continue;
    if (found.start != nullptr) {
      if (sleeps(step) && found.sleep == nullptr) found.sleep = &step;
      if (waits(timeline, step) != Waits::kNo || step.asks || detail::may_hide_compose(step) ||
          needed_database(step) == service || step.effect == Effect::kShell) {
        return std::nullopt;
      }
    }
    if (!step.call || !same_stack(*step.call, *use.call) || !same_place(step, use)) continue;
    const ComposeInvocation& call = *step.call;
    if (call.opaque_options) return std::nullopt;
    if (!call.is("up") && !call.is("start") && !call.is("restart") && !call.is("run")) continue;
    const auto started = started_by(call);
    if (std::find(started.begin(), started.end(), service) == started.end()) continue;
    if (call.has("--wait") || awaited_by(started, *service)) return std::nullopt;
    const bool detaches = !call.is("up") || call.has("--detach");
    if (found.start == nullptr && detaches && !call.is("run") &&
        timeline.reach(i, here) == Reach::kAlways) {
      found.start = &step;
      found.service = service;
    }
  }
  return found.start == nullptr ? std::nullopt : std::optional(found);
}

}  // namespace composelint
