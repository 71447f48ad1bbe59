#include "analyzer/signs/steps/slept_inside.h"

#include <composelint/script_text.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/database_client.h"
#include "analyzer/signs/data/database_use.h"
#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/stacks/waiting.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

// Starts it, and comes back before it answers.
bool starts_unawaited(const ComposeInvocation& call, const Service& service) {
  const bool up = call.is("up") && call.has("--detach");
  if (call.opaque_options || call.has("--wait")) return false;
  if (!up && !call.is("run") && !call.is("start") && !call.is("restart")) return false;
  const auto started = started_by(call);
  return !awaited_by(started, service) &&
         std::any_of(started.begin(), started.end(),
                     [&](const Service* one) { return one->name == service.name; });
}

// A pause that is part of a loop, or beside something that asks.
bool asks_in_text(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kAsks = {"until ",  "while ", "for ",  "wait",
                                                            "isready", "retr",   "nc -z", "ping"};
  return std::any_of(kAsks.begin(), kAsks.end(),
                     [&](std::string_view word) { return text.find(word) != text.npos; });
}

}  // namespace

std::optional<SleptInside> slept_inside(const Timeline& timeline, const Step& step) {
  const bool runs = step.call && !step.call->inner.empty() && step.place != Place::kContainer;
  if (!runs || step.status == StatusUse::kDiscarded) {
    return std::nullopt;
  }
  const ComposeInvocation& call = *step.call;
  const auto [project, user] = works_in(timeline, step);
  const auto shell = shell_script_in(call.inner);
  if (user == nullptr || !shell || call.opaque_options) return std::nullopt;
  const Argument& script = call.inner[shell->at];
  const bool client = has_client(script.text);
  const bool data = step.effect == Effect::kMigrates || step.effect == Effect::kImports;
  if ((!client && !data) || asks_in_text(script.text)) return std::nullopt;
  const std::vector<TextCommand> commands = read_script_text(script);
  if (commands.size() < 2 || program_name(commands.front()) != "sleep" ||
      commands.front().words.size() < 2) {
    return std::nullopt;
  }
  const Service* service = database_of(*user, *project);
  if (service == nullptr && data) service = only_database_beside(*user, *project);
  if (service == nullptr) return std::nullopt;
  const auto starts = [&](const Step& other) {
    return other.call && same_place(other, step) && same_stack(*other.call, call) &&
           starts_unawaited(*other.call, *service);
  };
  const Step* start = call.is("run") && starts(step) ? &step : last_before(timeline, step, starts);
  if (start == nullptr) return std::nullopt;
  const Step* waited = last_before(timeline, step, [&](const Step& other) {
    return waits(timeline, other) != Waits::kNo || other.asks ||
           (other.call && (other.call->has("--wait") || other.call->is("exec")));
  });
  if (waited != nullptr) return std::nullopt;
  std::string task;
  for (const TextWord& word : commands[1].words) {
    if (!word.known || task.size() > 20) break;
    task += (task.empty() ? "" : " ") + word.text;
  }
  return SleptInside{start, service, "sleep " + commands.front().words[1].text, std::move(task),
                     commands.front().span ? commands.front().span : script.place()};
}

}  // namespace composelint
