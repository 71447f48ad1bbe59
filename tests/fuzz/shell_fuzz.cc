// shell/parser: any bytes as a script.
#include <array>
#include <variant>

#include "analyzer/shell/parser.h"
#include "tests/fuzz/target.h"

namespace composelint::fuzz {
namespace {

constexpr std::array<std::string_view, 2> kNames = {"*.sh", "*.bash"};

void look(const std::vector<Command>& commands);

void look(const Command& command) {
  require_inside(command.span, "a command");
  for (const IoRedirect& redirect : command.redirects) require_inside(redirect.span, redirect.op);
  if (const auto* simple = command.as<SimpleCommand>()) {
    for (const Assignment& assignment : simple->assignments) {
      require_inside(assignment.span, assignment.name);
    }
    for (const Word& word : simple->words) require_inside(word.span, "a word");
  } else if (const auto* pipeline = command.as<Pipeline>()) {
    require(!pipeline->commands.empty(), "a pipeline has a command");
    look(pipeline->commands);
  } else if (const auto* list = command.as<AndOrList>()) {
    require(list->operators.size() + 1 == list->commands.size(), "an operator between commands");
    look(list->commands);
  } else if (const auto* group = command.as<Group>()) {
    look(group->body);
  } else if (const auto* clause = command.as<IfClause>()) {
    for (const IfClause::Branch& branch : clause->branches) {
      look(branch.condition);
      look(branch.body);
    }
  } else if (const auto* loop = command.as<LoopClause>()) {
    look(loop->condition);
    look(loop->body);
  } else if (const auto* each = command.as<ForClause>()) {
    look(each->body);
  } else if (const auto* choice = command.as<CaseClause>()) {
    for (const CaseClause::Item& item : choice->items) look(item.body);
  } else if (const auto* function = command.as<FunctionDefinition>()) {
    require(function->body != nullptr, "a function has a body", function->name);
    look(*function->body);
  }
}

void look(const std::vector<Command>& commands) {
  for (const Command& command : commands) look(command);
}

}  // namespace

std::span<const std::string_view> names() {
  return kNames;
}

void try_one(const Input& input) {
  const SourceFile file(input.name, std::string(input.text));
  const Result<Script> script = shell::parse_script(shell::whole_file(file));
  if (!script) {
    require(!script.failure().message.empty(), "a failure says why");
    return;
  }
  for (const Span& lost : script->unparsed) require_inside(lost, "what could not be read");
  for (const Comment& comment : script->comments) require_inside(comment.span, "a comment");
  look(script->commands);
}

}  // namespace composelint::fuzz
