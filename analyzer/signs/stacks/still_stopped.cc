#include "analyzer/signs/stacks/still_stopped.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "analyzer/signs/stacks/writers.h"

namespace composelint {

namespace {

// What `up NAMES` starts besides: whatever they depend on.
void add_started(const ComposeInvocation& call, std::vector<std::string>& names) {
  for (const Argument& word : call.services) names.push_back(word.text);
  const Project* project = call.target.project;
  if (project == nullptr || call.has("--no-deps")) return;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Service* service = project->service(names[i]);
    if (service == nullptr) continue;
    for (const DependsOn& on : service->depends_on) {
      if (std::find(names.begin(), names.end(), on.service) == names.end()) {
        names.push_back(on.service);
      }
    }
  }
}

// `stop web worker` and `up -d web` behind it: the worker is still down.
bool leaves_some_stopped(const Step& back, const Step& out) {
  const ComposeInvocation& stops = *out.call;
  const ComposeInvocation& starts = *back.call;
  const auto known = [](const Argument& word) { return word.known(); };
  if (stops.is("down") || stops.services.empty() || starts.services.empty() ||
      !std::all_of(stops.services.begin(), stops.services.end(), known) ||
      !std::all_of(starts.services.begin(), starts.services.end(), known)) {
    return false;
  }
  std::vector<std::string> names;
  add_started(starts, names);
  return !std::all_of(stops.services.begin(), stops.services.end(), [&](const Argument& word) {
    return std::find(names.begin(), names.end(), word.text) != names.end();
  });
}

}  // namespace

bool brings_all_back(const Step& back, const Step& out) {
  return brings_back(back, out) && !leaves_some_stopped(back, out);
}

}  // namespace composelint
