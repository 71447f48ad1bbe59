#include "analyzer/engine/outweighed.h"

#include <composelint/contains.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/stacks/for_staging.h"
#include "analyzer/signs/stacks/renewal.h"

namespace composelint::engine {

namespace {

struct Met {
  std::size_t task = 0;        // past the last one: nowhere
  const Step* step = nullptr;  // the first there
};

Met met_at(Span place, std::span<const TaskFacts> tasks) {
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    for (const Step& step : tasks[i].timeline->steps) {
      if (contains(step.span, place) || (step.call && contains(step.call->span, place))) {
        return {i, &step};
      }
    }
  }
  return {tasks.size(), nullptr};
}

// "also migration-unverified: nothing looks at the stack once a migration has run"
std::string also(const Rule& rule) {
  std::string text(rule.summary);
  if (!text.empty() && text.front() >= 'A' && text.front() <= 'Z') {
    text.front() = static_cast<char>(text.front() - 'A' + 'a');
  }
  return "also " + std::string(rule.slug) + ": " + text;
}

}  // namespace

void drop_outweighed(std::span<const Rule* const> rules, std::span<const TaskFacts> tasks,
                     std::vector<Finding>& findings) {
  std::map<std::string_view, const Rule*> expecting;
  for (const Rule* rule : rules) {
    if (rule->applies != nullptr) expecting.emplace(rule->slug, rule);
  }
  using Place = std::tuple<const SourceFile*, std::uint32_t, std::uint32_t>;
  const auto place_of = [](const Finding& finding) {
    return Place{finding.span.file, finding.span.begin, finding.span.end};
  };
  std::map<Place, std::size_t> gravest;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (!expecting.contains(findings[i].rule)) continue;
    std::size_t& known = gravest.try_emplace(place_of(findings[i]), i).first->second;
    if (findings[i].severity > findings[known].severity) known = i;
  }
  std::vector<bool> lighter(findings.size(), false);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (!expecting.contains(findings[i].rule)) continue;
    Finding& heaviest = findings[gravest[place_of(findings[i])]];
    lighter[i] = findings[i].severity < heaviest.severity;
    if (lighter[i] && findings[i].severity >= Severity::kWarning) {
      heaviest.related.push_back({findings[i].span, also(*expecting[findings[i].rule])});
    }
  }
  std::size_t next = 0;
  std::erase_if(findings, [&](const Finding&) { return lighter[next++]; });
  // What is told of a trial or a first start, and may be left out for that, is not told of what is
  // in use.
  using Said = std::tuple<std::string, std::size_t, bool, bool, std::vector<std::string>>;
  std::map<Said, std::size_t> first;
  std::vector<bool> repeats(findings.size(), false);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const Finding& finding = findings[i];
    if (!expecting.contains(finding.rule)) continue;
    const Met met = met_at(finding.span, tasks);
    if (met.step == nullptr) continue;
    const Timeline& timeline = *tasks[met.task].timeline;
    const bool trial = is_for_staging(*met.step) || is_called_a_trial(timeline, *met.step);
    const Said said(finding.rule, met.task, trial, is_of_a_renewal(timeline, *met.step),
                    finding.key);
    const auto [known, fresh] = first.try_emplace(said, i);
    repeats[i] = !fresh && findings[known->second].severity >= finding.severity;
    if (!repeats[i]) continue;
    findings[known->second].related.push_back({finding.span, std::string(kHereAsWell)});
  }
  std::size_t at = 0;
  std::erase_if(findings, [&](const Finding&) { return repeats[at++]; });
}

}  // namespace composelint::engine
