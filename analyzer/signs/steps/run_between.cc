#include "analyzer/signs/steps/run_between.h"

#include <composelint/contains.h>
#include <composelint/shell.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace composelint {

namespace {

// The calls on the way to the step, outermost first, and the step itself.
std::vector<Span> way_to(const Step& step, Span itself) {
  std::vector<Span> out = step.called_from;
  out.push_back(itself);
  return out;
}

// The function of the script in which a place lies; none where that is not known.
Span function_around(const Timeline& timeline, Span place) {
  if (timeline.script == nullptr) return {};
  for (const Command& command : timeline.script->commands) {
    if (command.as<FunctionDefinition>() != nullptr && contains(command.span, place)) {
      return command.span;
    }
  }
  return {};
}

// Functions that are called there: where a name stands in a comment or a message, nothing is.
void add_called(const Timeline& timeline, std::vector<Span>& places) {
  const std::vector<Span> own = places;
  const auto stands_there = [&](Span call) {
    return std::any_of(own.begin(), own.end(), [&](Span place) { return contains(place, call); });
  };
  for (const Step& step : timeline.steps) {
    const auto& calls = step.called_from;
    if (std::none_of(calls.begin(), calls.end(), stands_there)) continue;
    const Span function = function_around(timeline, step.span);
    if (function && std::find(places.begin(), places.end(), function) == places.end()) {
      places.push_back(function);
    }
  }
}

}  // namespace

bool runs_inside(const Step& step, Span test) {
  return contains(test, step.span) || std::any_of(step.called_from.begin(), step.called_from.end(),
                                                  [&](Span call) { return contains(test, call); });
}

std::vector<Span> run_between(const Timeline& timeline, const Step& first, const Step& second) {
  Span left = first.span;
  Span right = second.span;
  // Both stand in a text that is handed over in one word: `remote 'pull; up -d'`. Two calls of one
  // wrapper part where it is called.
  if (left == right && first.called_from == second.called_from && !first.argv.empty() &&
      !second.argv.empty()) {
    left = first.argv.back().place();
    right = second.argv.front().place();
  }
  const std::vector<Span> from = way_to(first, left);
  const std::vector<Span> to = way_to(second, right);
  std::size_t parting = 0;
  while (parting < from.size() && parting < to.size() && from[parting] == to[parting]) ++parting;
  if (parting == from.size() || parting == to.size()) return {};
  left = from[parting];
  right = to[parting];
  if (!left || left.file != right.file || left.end > right.begin) return {};
  std::vector<Span> out = {{left.file, left.end, right.begin}};
  for (std::size_t i = parting + 1; i < from.size(); ++i) {
    const Span function = function_around(timeline, from[i]);
    if (!function) return {};
    out.push_back({function.file, from[i].end, function.end});
  }
  for (std::size_t i = parting + 1; i < to.size(); ++i) {
    const Span function = function_around(timeline, to[i]);
    if (!function) return {};
    out.push_back({function.file, function.begin, to[i].begin});
  }
  add_called(timeline, out);
  return out;
}

}  // namespace composelint
