#include "analyzer/shell/outline.h"

#include <iterator>
#include <utility>

namespace composelint::shell {

IoRedirect both_streams(const Span& place) {
  IoRedirect both;
  both.op = ">&";
  both.fd = 2;
  both.span = place;
  both.target.span = place;
  WordPart one;
  one.text = "1";
  one.span = place;
  both.target.parts.push_back(std::move(one));
  return both;
}

void add_to_pipeline(Pipeline& pipeline, Command command) {
  Pipeline* inner = std::get_if<Pipeline>(&command.form);
  if (inner == nullptr || inner->negated) {
    pipeline.commands.push_back(std::move(command));
    return;
  }
  std::move(inner->commands.begin(), inner->commands.end(), std::back_inserter(pipeline.commands));
}

Command& last_of(Command& command) {
  Pipeline* pipeline = std::get_if<Pipeline>(&command.form);
  return pipeline == nullptr || pipeline->commands.empty() ? command : pipeline->commands.back();
}

void extend_pipeline(Command& first, Command next) {
  const Span all = join(first.span, next.span);
  if (!std::holds_alternative<Pipeline>(first.form)) {
    Pipeline pipeline;
    pipeline.commands.push_back(std::exchange(first, Command{}));
    first.form = std::move(pipeline);
  }
  add_to_pipeline(std::get<Pipeline>(first.form), std::move(next));
  first.span = all;
}

}  // namespace composelint::shell
