#include "analyzer/signs/reports/refusals.h"

#include <composelint/path_name.h>
#include <composelint/quoted.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>

#include "analyzer/signs/reports/added_to.h"
#include "analyzer/signs/reports/project_trouble.h"
#include "analyzer/signs/reports/refusal_words.h"
#include "analyzer/signs/stacks/anothers_input.h"
#include "analyzer/signs/stacks/extends_circle.h"
#include "analyzer/signs/stacks/import_conflict.h"
#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

bool is_duration(std::string_view message) {
  for (const char* key :
       {"interval", "start_period", "timeout", "stop_grace_period", "delay", "monitor", "window"}) {
    if (message.find("." + std::string(key) + " ") != std::string_view::npos) return true;
  }
  return false;
}

namespace {

// A value that does not fit is told of by the schema, and again by those who would use it.
bool is_told(const std::vector<Span>& told, const Span& span) {
  constexpr std::uint32_t kColon = 2;  // between a key and its value
  return std::any_of(told.begin(), told.end(), [&](const Span& before) {
    return before.file == span.file && before.begin <= span.end + kColon &&
           span.begin <= before.end + kColon;
  });
}

bool is_of_a_part(const ProjectProblem& problem, const Project& project) {
  if (is_in_a_volumes_text(problem.message)) return true;
  return problem.message == "empty compose file" && (project.partial || !project.default_files);
}

void add_refusal(const ProjectProblem& problem, Span place, std::string message,
                 std::vector<Refusal>& refusals) {
  // What names the attribute is about this one place.
  const bool of_the_value = message.starts_with("invalid ");
  const auto same = std::find_if(refusals.begin(), refusals.end(), [&](const Refusal& each) {
    return of_the_value && each.message == message && each.places.front().file == place.file;
  });
  if (same != refusals.end()) {
    same->places.push_back(place);
  } else {
    refusals.push_back({&problem, std::move(message), {place}});
  }
}

// The second service of a file that an included one has as well: it is told with the first.
bool add_conflict(Span place, std::vector<Refusal>& refusals) {
  for (Refusal& each : refusals) {
    if (!is_an_import_conflict(*each.problem) || each.places.front().file != place.file) continue;
    each.places.push_back(place);
    return true;
  }
  return false;
}

std::vector<Refusal> all_refusals_of(const Project& project) {
  std::vector<Refusal> refusals;
  std::vector<Span> told;
  const std::string circles = circles_of(project);
  std::string circle_told;
  bool old = false;
  for (const ProjectProblem& problem : project.problems) {
    if (trouble_of(problem) != Trouble::kRefused || is_of_a_part(problem, project)) continue;
    const Span place = place_of(problem, project);
    if (lays_over_the_import(problem, project)) continue;
    if (is_an_import_conflict(problem) && place && add_conflict(place, refusals)) continue;
    if (!place || is_told(told, place) || (old && is_old_format(problem.message))) continue;
    if (is_of_a_circle(circles, half_service(problem.message))) continue;
    if (problem.message.starts_with(kCircle)) {
      const std::string first = problem.message.substr(kCircle.size());
      if (is_of_a_circle(circle_told, first.substr(0, first.find(' ')))) continue;
      circle_told += first + "\n";
    }
    old |= is_old_format(problem.message);
    told.push_back(place);
    std::string message = short_message(problem.message);
    constexpr std::string_view kQuotes = "; put it in quotes";
    if (message.ends_with(kQuotes) && is_duration(problem.message)) {
      message.replace(message.size() - kQuotes.size(), kQuotes.size(),
                      "; a duration has a unit, as `10s`");
    }
    add_refusal(problem, place, std::move(message), refusals);
  }
  return refusals;
}

// What two files have of one service, and of others in the same way: one mend takes all of them.
std::vector<Refusal> told_once(std::vector<Refusal> refusals, const Project& project) {
  std::map<std::tuple<std::string, const SourceFile*, const SourceFile*>, std::size_t> first;
  std::map<std::size_t, std::vector<std::string>> others;
  std::vector<Refusal> out;
  for (Refusal& refusal : refusals) {
    const AddedTo added = added_to(*refusal.problem, project);
    if (added.service == nullptr) {
      out.push_back(std::move(refusal));
      continue;
    }
    const auto [known, fresh] =
        first.try_emplace({added.fault, refusal.places.front().file, added.other}, out.size());
    if (fresh) {
      refusal.message += "; one of them is in " + quoted(file_name(added.other->path()));
      out.push_back(std::move(refusal));
    } else {
      out[known->second].places.push_back(refusal.places.front());
      others[known->second].push_back(added.service->name);
    }
  }
  for (const auto& [at, names] : others) out[at].message += "; so it is with " + listed(names);
  return out;
}

}  // namespace

std::vector<Refusal> refusals_of(const Project& project) {
  return told_once(all_refusals_of(project), project);
}

}  // namespace composelint
