#include "analyzer/shell/grammar_nodes.h"

#include <algorithm>
#include <utility>

namespace composelint::shell {
namespace {

std::string_view type(TSNode node) {
  return ts_node_type(node);
}

// All children in order, without the cost of finding each from the first on.
template <typename Visit>
void each_child(TSNode node, Visit visit) {
  TSTreeCursor cursor = ts_tree_cursor_new(node);
  if (ts_tree_cursor_goto_first_child(&cursor)) {
    do {
      visit(ts_tree_cursor_current_node(&cursor));
    } while (ts_tree_cursor_goto_next_sibling(&cursor));
  }
  ts_tree_cursor_delete(&cursor);
}

bool is_lost(TSNode node) {
  return ts_node_is_missing(node) || type(node) == "ERROR";
}

}  // namespace

void Grouping::group(TSNode root) {
  if (type(root) == "ERROR") {
    add_lost(root, result_.commands);
  } else {
    each_child(root, [&](TSNode child) { add_child(child, result_.commands); });
  }
  if (ts_node_has_error(root)) add_unused();
}

// No simple command is lost with the structure around it.
void Grouping::add_unused() {
  for (Token& token : outline_.tokens) {
    if (!std::exchange(token.simple, false)) continue;
    result_.commands.push_back(std::move(token.command));
  }
}

void Grouping::add_child(TSNode node, std::vector<Command>& commands) {
  if (is_lost(node)) {
    add_lost(node, commands);
  } else if (ts_node_is_named(node)) {
    add_statement(node, commands);
  } else if (type(node) == "&" && !commands.empty()) {
    commands.back().background = true;
  }
}

void Grouping::add_statement(TSNode node, std::vector<Command>& commands) {
  commands.push_back(statement(node, false));
}

void Grouping::add_lost(TSNode node, std::vector<Command>& commands) {
  Command& lost = commands.emplace_back();
  lost.span = span(node);
  lost.form = Unparsed{};
  result_.unparsed.push_back(lost.span);
  const std::uint32_t begin = ts_node_start_byte(node);
  const std::uint32_t end = ts_node_end_byte(node);
  auto token = std::lower_bound(outline_.tokens.begin(), outline_.tokens.end(), begin,
                                [](const Token& t, std::uint32_t at) { return t.begin < at; });
  for (; token != outline_.tokens.end() && token->begin < end; ++token) {
    if (std::exchange(token->simple, false)) commands.push_back(std::move(token->command));
  }
}

Command Grouping::statement(TSNode node, bool in_pipeline) {
  if (depth_left_ == 0) {
    result_.exhausted = true;
    return {};
  }
  --depth_left_;
  Command command = bare_statement(node);
  ++depth_left_;
  if (in_pipeline || type(node) == "pipeline" || type(node) == "list" || !negated(node)) {
    return command;
  }
  if (Pipeline* read = std::get_if<Pipeline>(&command.form)) {
    read->negated = true;
    return command;
  }
  Command outer;
  outer.span = command.span;
  Pipeline pipeline;
  pipeline.negated = true;
  pipeline.commands.push_back(std::move(command));
  outer.form = std::move(pipeline);
  return outer;
}

Command Grouping::bare_statement(TSNode node) {
  const std::string_view kind = type(node);
  if (kind == "command") return simple(node);
  Command command;
  command.span = span(node);
  if (kind == "list") {
    AndOrList list;
    fill_list(node, list);
    command.form = std::move(list);
    return command;
  }
  if (kind == "pipeline") {
    command.form = pipeline(node);
    return command;
  }
  if (kind == "subshell" || kind == "compound_statement") {
    command.form = body(node);
  } else if (kind == "if_statement") {
    command.form = if_clause(node);
  } else if (kind == "while_statement") {
    command.form = loop(node);
  } else if (kind == "for_statement") {
    command.form = for_clause(node);
  } else if (kind == "case_statement") {
    command.form = case_clause(node);
  } else if (kind == "function_definition") {
    command.form = function(node);
  } else {
    result_.unparsed.push_back(command.span);
    command.form = Unparsed{};
  }
  take_redirects(node, command);
  return command;
}

Command Grouping::simple(TSNode node) {
  Token* token = token_at(node);
  if (token != nullptr && std::exchange(token->simple, false)) return std::move(token->command);
  Command lost;
  lost.span = span(node);
  lost.form = Unparsed{};
  result_.unparsed.push_back(lost.span);
  return lost;
}

// `a && b || c` nests to the left; a long one must not cost stack.
void Grouping::fill_list(TSNode node, AndOrList& list) {
  std::vector<TSNode> rights;
  std::vector<ListOperator> operators;
  while (type(node) == "list") {
    TSNode left = node;
    TSNode right = node;
    ListOperator op = ListOperator::kAnd;
    bool first = true;
    each_child(node, [&](TSNode child) {
      if (is_lost(child)) {
        result_.unparsed.push_back(span(child));
      } else if (!ts_node_is_named(child)) {
        op = type(child) == "||" ? ListOperator::kOr : ListOperator::kAnd;
      } else {
        (first ? left : right) = child;
        first = false;
      }
    });
    if (ts_node_eq(left, node) || ts_node_eq(right, node)) break;
    rights.push_back(right);
    operators.push_back(op);
    node = left;
  }
  if (type(node) == "list") {
    // One side is missing: the operator keeps its place between two commands.
    Command& lost = list.commands.emplace_back();
    lost.span = span(node);
    lost.form = Unparsed{};
  } else {
    list.commands.push_back(statement(node, false));
  }
  for (std::size_t i = rights.size(); i-- > 0;) {
    if (type(rights[i]) == "list") {
      // `a && b || c` read as `a && (b || c)`: the shell knows no such order
      AndOrList inner;
      fill_list(rights[i], inner);
      list.operators.push_back(operators[i]);
      list.operators.insert(list.operators.end(), inner.operators.begin(), inner.operators.end());
      std::move(inner.commands.begin(), inner.commands.end(), std::back_inserter(list.commands));
      continue;
    }
    list.operators.push_back(operators[i]);
    list.commands.push_back(statement(rights[i], false));
  }
}

Pipeline Grouping::pipeline(TSNode node) {
  Pipeline pipeline;
  pipeline.negated = negated(node);
  each_child(node, [&](TSNode child) {
    if (is_lost(child)) {
      add_lost(child, pipeline.commands);
    } else if (ts_node_is_named(child)) {
      add_to_pipeline(pipeline, statement(child, true));
    } else if (!pipeline.commands.empty() &&
               std::binary_search(outline_.both_streams.begin(), outline_.both_streams.end(),
                                  ts_node_start_byte(child))) {
      last_of(pipeline.commands.back()).redirects.push_back(both_streams(span(child)));
    }
  });
  return pipeline;
}

Group Grouping::body(TSNode node) {
  Group group;
  group.subshell = type(node) == "subshell";
  each_child(node, [&](TSNode child) { add_child(child, group.body); });
  return group;
}

IfClause Grouping::if_clause(TSNode node) {
  IfClause clause;
  fill_branch(node, clause);
  return clause;
}

void Grouping::fill_branch(TSNode node, IfClause& clause) {
  const std::size_t index = clause.branches.size();
  clause.branches.emplace_back();
  bool in_condition = type(node) != "else_clause";
  each_child(node, [&](TSNode child) {
    const std::string_view kind = type(child);
    if (kind == "elif_clause" || kind == "else_clause") {
      fill_branch(child, clause);
    } else if (kind == "then" && !ts_node_is_missing(child)) {
      in_condition = false;
    } else {
      IfClause::Branch& branch = clause.branches[index];
      std::vector<Command>& part = in_condition ? branch.condition : branch.body;
      std::vector<Command> own = std::exchange(part, {});
      add_child(child, own);
      IfClause::Branch& same = clause.branches[index];
      (in_condition ? same.condition : same.body) = std::move(own);
    }
  });
}

LoopClause Grouping::loop(TSNode node) {
  LoopClause loop;
  each_child(node, [&](TSNode child) {
    const std::string_view kind = type(child);
    if (kind == "until") loop.until = true;
    if (kind == "do_group") {
      each_child(child, [&](TSNode inner) { add_child(inner, loop.body); });
    } else {
      add_child(child, loop.condition);
    }
  });
  return loop;
}

ForClause Grouping::for_clause(TSNode node) {
  ForClause loop;
  bool has_name = false;
  each_child(node, [&](TSNode child) {
    if (is_lost(child)) {
      add_lost(child, loop.body);
    } else if (type(child) == "do_group") {
      each_child(child, [&](TSNode inner) { add_child(inner, loop.body); });
    } else if (Token* token = ts_node_is_named(child) ? token_at(child) : nullptr) {
      if (!std::exchange(has_name, true)) {
        loop.name = token->name;
        loop.over_arguments = token->over_arguments;
      } else {
        loop.words = std::move(token->words);
      }
    }
  });
  return loop;
}

CaseClause Grouping::case_clause(TSNode node) {
  CaseClause clause;
  each_child(node, [&](TSNode child) {
    if (type(child) == "case_item") {
      clause.items.push_back(case_item(child));
    } else if (is_lost(child)) {
      CaseClause::Item lost;
      add_lost(child, lost.body);
      clause.items.push_back(std::move(lost));
    } else if (Token* token = ts_node_is_named(child) ? token_at(child) : nullptr) {
      if (!token->words.empty()) clause.subject = std::move(token->words[0]);
    }
  });
  return clause;
}

CaseClause::Item Grouping::case_item(TSNode node) {
  CaseClause::Item item;
  bool in_pattern = true;
  each_child(node, [&](TSNode child) {
    const std::string_view kind = type(child);
    if (kind == ";;") {
      item.falls_through = std::binary_search(
          outline_.falls_through.begin(), outline_.falls_through.end(), ts_node_start_byte(child));
    }
    if (kind == ")") in_pattern = false;
    if (!in_pattern) return add_child(child, item.body);
    Token* token = ts_node_is_named(child) && !is_lost(child) ? token_at(child) : nullptr;
    if (token != nullptr)
      item.patterns = std::move(token->words);
    else if (is_lost(child))
      add_lost(child, item.body);
  });
  return item;
}

FunctionDefinition Grouping::function(TSNode node) {
  FunctionDefinition function;
  auto commands = std::make_shared<std::vector<Command>>();
  bool has_name = false;
  each_child(node, [&](TSNode child) {
    if (is_lost(child)) return add_lost(child, *commands);
    if (!ts_node_is_named(child)) return;
    if (!std::exchange(has_name, true)) {
      const Token* token = token_at(child);
      if (token != nullptr) function.name = token->name;
      return;
    }
    Command command = statement(child, true);
    Group* group = std::get_if<Group>(&command.form);
    if (group == nullptr || !command.redirects.empty()) {
      commands->push_back(std::move(command));
      return;
    }
    function.subshell = group->subshell;
    *commands = std::move(group->body);
  });
  function.body = std::move(commands);
  return function;
}

void Grouping::take_redirects(TSNode node, Command& command) {
  const std::uint32_t end = ts_node_end_byte(node);
  const auto found = std::lower_bound(
      outline_.redirects.begin(), outline_.redirects.end(), end,
      [](const CompoundRedirects& redirects, std::uint32_t at) { return redirects.end < at; });
  if (found == outline_.redirects.end() || found->end != end || found->redirects.empty()) return;
  command.redirects = std::move(found->redirects);
  found->redirects.clear();
  command.span = join(command.span, command.redirects.back().span);
}

Token* Grouping::token_at(TSNode node) {
  const std::uint32_t begin = ts_node_start_byte(node);
  const auto found =
      std::lower_bound(outline_.tokens.begin(), outline_.tokens.end(), begin,
                       [](const Token& token, std::uint32_t at) { return token.begin < at; });
  return found != outline_.tokens.end() && found->begin == begin ? &*found : nullptr;
}

Span Grouping::span(TSNode node) const {
  // What the reader closed itself is in the outline alone.
  const std::uint32_t begin = outline_.begin + ts_node_start_byte(node);
  const std::uint32_t end = outline_.begin + ts_node_end_byte(node);
  return map_.span(std::min(begin, outline_.end), std::min(end, outline_.end));
}

bool Grouping::negated(TSNode node) const {
  return std::binary_search(outline_.negated.begin(), outline_.negated.end(),
                            ts_node_start_byte(node));
}

}  // namespace composelint::shell
