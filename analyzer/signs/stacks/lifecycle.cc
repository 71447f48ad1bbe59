#include "analyzer/signs/stacks/lifecycle.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/stacks/checkout_name.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

bool reaches_service(const ComposeInvocation& call, const Service& service) {
  if (call.operands.empty()) return service.active;
  return std::any_of(call.services.begin(), call.services.end(),
                     [&](const Argument& word) { return word.is(service.name.c_str()); });
}

namespace {

// `source .env`, `. ./prod.env`: sets variables, and does nothing.
bool reads_variables(const Step& step) {
  if (step.argv.size() < 2) return false;
  const bool sourced = step.argv.front().is("source") || step.argv.front().is(".");
  const std::string_view name = file_name(step.argv[1].text);
  return sourced && (name.starts_with(".env") || name.ends_with(".env"));
}

}  // namespace

bool may_hide_compose(const Step& step) {
  static constexpr std::array<std::string_view, 10> kRunners = {
      "make", "just", "task", "systemctl", "service", "npm", "yarn", "source", ".", "eval"};
  if (step.followed || step.call || step.argv.empty() || reads_variables(step)) return false;
  if (step.docker)
    return step.docker->is("container start") || step.docker->is("container restart");
  const Argument& program = step.argv.front();
  if (!program.known()) return true;
  return program.text.starts_with("./") || program.text.ends_with(".sh") ||
         std::find(kRunners.begin(), kRunners.end(), program.text) != kRunners.end();
}

namespace {

Life life_after(const ComposeInvocation& call) {
  static constexpr std::array<std::string_view, 4> kStarts = {"restart", "start", "unpause", "up"};
  static constexpr std::array<std::string_view, 3> kStops = {"down", "rm", "stop"};
  const auto among = [&](const auto& verbs) {
    return std::find(verbs.begin(), verbs.end(), call.verb) != verbs.end();
  };
  if (among(kStarts)) return Life::kUp;
  if (among(kStops) || (call.is("kill") && !call.has("--signal"))) return Life::kStopped;
  return call.is("pause") ? Life::kPaused : Life::kUnknown;
}

}  // namespace

LifeFact life_of(const Timeline& timeline, const Step& at, const Service& service,
                 const Project* of) {
  const std::size_t here = index_of(timeline, at);
  for (std::size_t i = here; i-- > 0;) {
    const Step& step = timeline.steps[i];
    if (step.detached != at.detached || timeline.reach(i, here) == Reach::kNever) continue;
    if (may_hide_compose(step)) return {};
    if (!step.call || !same_place(step, at)) continue;
    const ComposeInvocation& call = *step.call;
    const Project* other = call.target.project;
    if (other != nullptr && of != nullptr && other != of && !share_a_name(*other, *of)) {
      continue;
    }
    const Life after = life_after(call);
    // `up web` and `run web` start what web depends on.
    const bool starts =
        after == Life::kUp || call.is("run") || call.is("create") || call.verb.empty();
    const bool known = !call.opaque_options && call.target.project != nullptr;
    const bool named = known && reaches_service(call, service);
    if (!named && starts && !(known && call.has("--no-deps"))) return {};
    if (!named || after == Life::kUnknown) continue;
    if (timeline.reach(i, here) != Reach::kAlways) return {};
    return {after, &step};
  }
  return {};
}

LifeFact life_of(const Timeline& timeline, const Step& at, const Service& service,
                 const ComposeInvocation& by) {
  return life_of(timeline, at, service, by.target.project);
}

std::string line_of(const Step& step, const Span& here) {
  return line_of(asked_at(step, step.span), here);
}

}  // namespace composelint
