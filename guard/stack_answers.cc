#include <algorithm>

#include "guard/stack_view.h"

namespace composelint::guard {

bool lacks_service(std::span<const Answer> answers) {
  return std::any_of(answers.begin(), answers.end(), [](const Answer& answer) {
    return answer.claim == "service-exists" && answer.truth == Truth::kRefuted;
  });
}

std::vector<Answer> ask_the_stack(const LiveFacts& facts) {
  const StackView view(facts);
  std::vector<Answer> answers;
  ask_engine(view, answers);
  ask_configuration(view, answers);
  // What is said of containers without an engine is said of nothing.
  if (facts.snapshot.engine.reachable) {
    ask_identity(view, answers);
    if (view.task && !view.service.empty()) {
      ask_service(view, answers);
      // Of a service that is not there nothing more is to be said.
      if (!lacks_service(answers)) ask_changes(view, answers);
    }
    ask_others(view, answers);
  }
  for (Answer& answer : answers) attest(facts, answer);
  return answers;
}

}  // namespace composelint::guard
