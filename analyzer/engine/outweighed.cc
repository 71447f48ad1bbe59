#include "analyzer/engine/outweighed.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

namespace composelint::engine {

namespace {

constexpr std::size_t kMostRelated = 3;

bool holds(Span outer, Span inner) {
  return outer.file == inner.file && outer.begin <= inner.begin && inner.end <= outer.end;
}

// The first task that has a step there.
std::size_t task_of(Span place, std::span<const TaskFacts> tasks) {
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const std::vector<Step>& steps = tasks[i].timeline->steps;
    if (std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
          return holds(step.span, place) || (step.call && holds(step.call->span, place));
        })) {
      return i;
    }
  }
  return tasks.size();
}

}  // namespace

void drop_outweighed(std::span<const Rule* const> rules, std::span<const TaskFacts> tasks,
                     std::vector<Finding>& findings) {
  std::set<std::string_view> expecting;
  for (const Rule* rule : rules) {
    if (rule->applies != nullptr) expecting.insert(rule->slug);
  }
  using Place = std::tuple<const SourceFile*, std::uint32_t, std::uint32_t>;
  const auto place_of = [](const Finding& finding) {
    return Place{finding.span.file, finding.span.begin, finding.span.end};
  };
  std::map<Place, Severity> gravest;
  for (const Finding& finding : findings) {
    if (!expecting.contains(finding.rule)) continue;
    Severity& known = gravest.try_emplace(place_of(finding), finding.severity).first->second;
    known = std::max(known, finding.severity);
  }
  std::erase_if(findings, [&](const Finding& finding) {
    return expecting.contains(finding.rule) && finding.severity < gravest[place_of(finding)];
  });
  std::map<std::tuple<std::string, std::size_t, std::vector<std::string>>, std::size_t> first;
  std::vector<bool> repeats(findings.size(), false);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const Finding& finding = findings[i];
    if (!expecting.contains(finding.rule)) continue;
    const std::size_t task = task_of(finding.span, tasks);
    if (task == tasks.size()) continue;
    const auto [known, fresh] = first.try_emplace({finding.rule, task, finding.key}, i);
    repeats[i] = !fresh && findings[known->second].severity >= finding.severity;
    if (!repeats[i]) continue;
    std::vector<Related>& related = findings[known->second].related;
    if (related.size() < kMostRelated) related.push_back({finding.span, "here as well"});
  }
  std::size_t at = 0;
  std::erase_if(findings, [&](const Finding&) { return repeats[at++]; });
}

}  // namespace composelint::engine
