#include "analyzer/shell/assigned.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "analyzer/shell/characters.h"

namespace composelint::shell {

namespace {

using Names = std::set<std::string, std::less<>>;

void add_commands(const std::vector<Command>& commands, Names& names);

bool sets_its_operands(std::string_view builtin) {
  static constexpr std::array<std::string_view, 11> kBuiltins = {
      "read",    "export",    "local",   "declare", "typeset", "readonly",
      "mapfile", "readarray", "getopts", "printf",  "let"};
  return std::find(kBuiltins.begin(), kBuiltins.end(), builtin) != kBuiltins.end();
}

void add_simple(const SimpleCommand& simple, Names& names) {
  for (const Assignment& assignment : simple.assignments) names.insert(assignment.name);
  if (simple.words.empty() || !sets_its_operands(simple.words.front().literal_text())) return;
  for (std::size_t i = 1; i < simple.words.size(); ++i) {
    const std::string text = simple.words[i].literal_text();
    const std::size_t size = name_size(text);
    if (size > 0) names.insert(text.substr(0, size));
  }
}

struct Adder {
  Names& names;

  void operator()(const SimpleCommand& simple) const { add_simple(simple, names); }
  void operator()(const Pipeline& pipeline) const { add_commands(pipeline.commands, names); }
  void operator()(const AndOrList& list) const { add_commands(list.commands, names); }
  void operator()(const Group& group) const { add_commands(group.body, names); }
  void operator()(const IfClause& clause) const {
    for (const IfClause::Branch& branch : clause.branches) {
      add_commands(branch.condition, names);
      add_commands(branch.body, names);
    }
  }
  void operator()(const LoopClause& loop) const {
    add_commands(loop.condition, names);
    add_commands(loop.body, names);
  }
  void operator()(const ForClause& loop) const {
    if (!loop.name.empty()) names.insert(loop.name);
    add_commands(loop.body, names);
  }
  void operator()(const CaseClause& clause) const {
    for (const CaseClause::Item& item : clause.items) add_commands(item.body, names);
  }
  void operator()(const FunctionDefinition& function) const {
    if (function.body != nullptr) add_commands(*function.body, names);
  }
  void operator()(const Unparsed&) const {}
};

void add_commands(const std::vector<Command>& commands, Names& names) {
  for (const Command& command : commands) std::visit(Adder{names}, command.form);
}

}  // namespace

void add_assigned(const Script& script, Names& names) {
  add_commands(script.commands, names);
}

}  // namespace composelint::shell
