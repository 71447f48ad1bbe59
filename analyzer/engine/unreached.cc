#include "analyzer/engine/unreached.h"

#include <composelint/contains.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <string_view>

#include "analyzer/signs/words/allowed_there.h"

namespace composelint::engine {

namespace {

bool is_one_of(std::string_view rule, const auto& rules) {
  return std::find(rules.begin(), rules.end(), rule) != rules.end();
}

// Compose takes nothing of the call.
bool is_refusal(const Finding& finding) {
  static constexpr std::array<std::string_view, 3> kRefusals = {
      "compose-file-missing", "invalid-compose-cli", "unknown-service"};
  return finding.severity == Severity::kError && is_one_of(finding.rule, kRefusals) &&
         !is_allowed_there(finding.span, finding.rule);
}

// True of the line as it is written.
bool holds_anyway(const Finding& finding) {
  static constexpr std::array<std::string_view, 7> kWritten = {
      "compose-file-missing", "compose-v1",      "credential-in-url",     "invalid-compose-cli",
      "literal-secret",       "unknown-service", "secret-on-command-line"};
  return finding.context == to_string(Context::kDocs) || is_one_of(finding.rule, kWritten);
}

// Where the step stands in the flow: the calls on the way, then itself.
std::vector<Span> way_to(const Step& step) {
  std::vector<Span> way = step.called_from;
  way.push_back(step.span);
  return way;
}

// Later as it is written: what a trap holds stands above, and runs whatever comes.
bool is_written_behind(const Step& earlier, const Step& later) {
  const std::vector<Span> from = way_to(earlier);
  const std::vector<Span> to = way_to(later);
  for (std::size_t i = 0; i < std::min(from.size(), to.size()); ++i) {
    if (from[i] == to[i]) continue;
    return from[i].file == to[i].file && from[i].end <= to[i].begin;
  }
  return false;
}

// By timeline, the steps at which the script ends.
using Ends = std::map<const Timeline*, std::vector<std::size_t>>;

bool is_refused(const Step& step, const std::vector<const Finding*>& refusals) {
  return step.call && std::any_of(refusals.begin(), refusals.end(), [&](const Finding* finding) {
           return contains(step.call->span, finding->span);
         });
}

Ends ends_of(const WorkspaceFacts& facts, const std::vector<const Finding*>& refusals) {
  Ends ends;
  for (const TaskView& task : facts.tasks) {
    const Timeline& timeline = *task.timeline;
    for (std::size_t i = 0; i < timeline.steps.size(); ++i) {
      const Step& step = timeline.steps[i];
      // `version=$(docker compose version …)`: what an older release takes may be asked so.
      const bool asks = step.out.kind == StreamKind::kCaptured;
      if (step.status != StatusUse::kStops || step.place != Place::kHost || step.background ||
          asks) {
        continue;
      }
      if (is_refused(step, refusals)) ends[&timeline].push_back(i);
    }
  }
  return ends;
}

std::size_t section_of(const Timeline& timeline, std::size_t step) {
  std::size_t at = 0;
  while (at + 1 < timeline.sections.size() && timeline.sections[at + 1].first <= step) ++at;
  return at;
}

bool is_unreached(const Timeline& timeline, std::size_t step, const Ends& ends) {
  const auto known = ends.find(&timeline);
  return known != ends.end() &&
         std::any_of(known->second.begin(), known->second.end(), [&](std::size_t end) {
           return timeline.reach(end, step) == Reach::kAlways &&
                  section_of(timeline, end) == section_of(timeline, step) &&
                  timeline.steps[end].errexit == timeline.steps[step].errexit &&
                  is_written_behind(timeline.steps[end], timeline.steps[step]);
         });
}

// A finding about a loop or a list stands at its head: what comes next is its first step.
bool is_about_unreached(const Finding& finding, const WorkspaceFacts& facts, const Ends& ends) {
  bool any = false;
  const auto all = [&](const auto& is_meant) {
    for (const TaskView& task : facts.tasks) {
      const std::vector<Step>& steps = task.timeline->steps;
      for (std::size_t i = 0; i < steps.size(); ++i) {
        if (steps[i].span.file != finding.span.file || !is_meant(steps[i])) continue;
        if (!is_unreached(*task.timeline, i, ends)) return false;
        any = true;
      }
    }
    return any;
  };
  const auto overlaps = [&](const Step& step) {
    return step.span.begin < std::max(finding.span.end, finding.span.begin + 1) &&
           finding.span.begin < step.span.end;
  };
  if (all(overlaps)) return true;
  if (any) return false;
  std::uint32_t next = ~0U;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (step.span.file != finding.span.file) continue;
      if (overlaps(step)) return false;
      if (step.span.begin >= finding.span.begin) next = std::min(next, step.span.begin);
    }
  }
  return all([&](const Step& step) { return step.span.begin == next; });
}

}  // namespace

std::vector<Finding> take_unreached(const WorkspaceFacts& facts, std::vector<Finding>& findings) {
  std::vector<const Finding*> refusals;
  for (const Finding& finding : findings) {
    if (is_refusal(finding)) refusals.push_back(&finding);
  }
  const Ends ends = ends_of(facts, refusals);
  if (ends.empty()) return {};
  const auto unreached =
      std::stable_partition(findings.begin(), findings.end(), [&](const Finding& finding) {
        return !finding.span || holds_anyway(finding) || !is_about_unreached(finding, facts, ends);
      });
  std::vector<Finding> taken(std::make_move_iterator(unreached),
                             std::make_move_iterator(findings.end()));
  findings.erase(unreached, findings.end());
  return taken;
}

}  // namespace composelint::engine
