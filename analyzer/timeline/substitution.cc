#include "analyzer/timeline/printed.h"
#include "analyzer/timeline/walker.h"

namespace composelint::timeline {

std::vector<shell::Value> Walker::substitute(const WordPart& part, const shell::Scope& scope) {
  // The outermost substitution brings the fuel for all that are inside of it.
  constexpr std::size_t kFuel = 400;
  const bool outermost = substituting_ == 0;
  if (outermost) fuel_ = kFuel;
  if (substituting_ >= limits_.call_depth) return {};
  ++substituting_;
  const Printed::Surroundings around{
      state_.directory, request_.workspace_root,
      [this](std::string_view name) -> const FunctionDefinition* {
        const auto found = shell_.functions.find(name);
        return found == shell_.functions.end() ? nullptr : &found->second.definition;
      },
      context()};
  std::vector<shell::Value> values;
  for (shell::Text& text : Printed(around, fuel_).texts(part.commands, scope)) {
    values.push_back(shell::Value::scalar(std::move(text), part.span));
  }
  --substituting_;
  return values;
}

}  // namespace composelint::timeline
