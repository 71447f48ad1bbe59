#include <map>
#include <string>
#include <vector>

#include "analyzer/compose/project_model.h"

namespace composelint::compose {

namespace {

// A walk along dependencies without recursion: hostile projects chain thousands of services.
class CycleSearch {
 public:
  explicit CycleSearch(const Value& services) : services_(services) {
    for (const Member& service : services.members) index_[service.key] = &service;
  }

  // The services of a cycle in order, the first one again at the end; empty when there is none.
  std::vector<std::string> find();

 private:
  enum class State { kNew, kOpen, kDone };
  struct Step {
    const Member* service;
    std::size_t next = 0;
  };

  std::vector<std::string> from(const Member& start);

  const Value& services_;
  std::map<std::string, const Member*, std::less<>> index_;
  std::map<const Member*, State> states_;
};

std::vector<std::string> CycleSearch::from(const Member& start) {
  std::vector<Step> path{{&start}};
  states_[&start] = State::kOpen;
  while (!path.empty()) {
    Step& step = path.back();
    const Value* depends_on = step.service->value.find("depends_on");
    if (depends_on == nullptr || step.next >= depends_on->members.size()) {
      states_[step.service] = State::kDone;
      path.pop_back();
      continue;
    }
    const auto found = index_.find(depends_on->members[step.next++].key);
    if (found == index_.end()) continue;
    State& state = states_[found->second];
    if (state == State::kDone) continue;
    if (state == State::kNew) {
      state = State::kOpen;
      path.push_back({found->second});
      continue;
    }
    std::vector<std::string> cycle;
    bool within = false;
    for (const Step& one : path) {
      within = within || one.service == found->second;
      if (within) cycle.push_back(one.service->key);
    }
    cycle.push_back(found->first);
    return cycle;
  }
  return {};
}

std::vector<std::string> CycleSearch::find() {
  for (const Member& service : services_.members) {
    if (states_[&service] != State::kNew) continue;
    std::vector<std::string> cycle = from(service);
    if (!cycle.empty()) return cycle;
  }
  return {};
}

}  // namespace

MaybeFailure check_cycles(const ProjectModel& project, Load& load) {
  const std::vector<std::string> cycle = CycleSearch(project.services).find();
  if (cycle.empty()) return std::nullopt;
  std::string message = "dependency cycle detected: ";
  for (std::size_t i = 0; i < cycle.size(); ++i) {
    if (i != 0) message += " -> ";
    message += cycle[i];
  }
  const Member* first = project.services.member(cycle.front());
  return load.refuse({FailureCode::kInvalid, message, first == nullptr ? Span() : first->span});
}

}  // namespace composelint::compose
