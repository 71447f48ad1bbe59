// From the nodes of the grammar's tree to the nouns of POSIX.
#pragma once

#include <tree_sitter/api.h>

#include <string_view>
#include <vector>

#include "analyzer/shell/grammar.h"

extern "C" const TSLanguage* tree_sitter_bash(void);

namespace composelint::shell {

class Grouping {
 public:
  Grouping(Outline& outline, const text::SpanMap& map, std::uint32_t depth, GrammarResult& result)
      : outline_(outline), map_(map), depth_left_(depth), result_(result) {}

  void group(TSNode root);

 private:
  void add_child(TSNode node, std::vector<Command>& commands);
  void add_statement(TSNode node, std::vector<Command>& commands);
  void add_lost(TSNode node, std::vector<Command>& commands);
  void add_unused();
  [[nodiscard]] Command statement(TSNode node, bool in_pipeline);
  [[nodiscard]] Command bare_statement(TSNode node);
  [[nodiscard]] Command simple(TSNode node);
  void fill_list(TSNode node, AndOrList& list);
  [[nodiscard]] Pipeline pipeline(TSNode node);
  [[nodiscard]] Group body(TSNode node);
  [[nodiscard]] IfClause if_clause(TSNode node);
  void fill_branch(TSNode node, IfClause& clause);
  [[nodiscard]] LoopClause loop(TSNode node);
  [[nodiscard]] ForClause for_clause(TSNode node);
  [[nodiscard]] CaseClause case_clause(TSNode node);
  [[nodiscard]] CaseClause::Item case_item(TSNode node);
  [[nodiscard]] FunctionDefinition function(TSNode node);
  void take_redirects(TSNode node, Command& command);

  [[nodiscard]] Token* token_at(TSNode node);
  [[nodiscard]] Span span(TSNode node) const;
  [[nodiscard]] bool negated(TSNode node) const;

  Outline& outline_;
  const text::SpanMap& map_;
  std::uint32_t depth_left_;
  GrammarResult& result_;
};

}  // namespace composelint::shell
