#include "dump.h"

namespace composelint::shell {
namespace {

std::string words(const std::vector<Word>& list) {
  std::string out;
  for (const Word& word : list) out += (out.empty() ? "" : " ") + dump(word);
  return out;
}

std::string parameter(const ParameterExpansion& parameter) {
  std::string out = "${";
  if (parameter.length) out += '#';
  if (parameter.indirect) out += '!';
  out += parameter.name;
  if (!parameter.subscript.empty()) out += "[" + parameter.subscript + "]";
  out += parameter.op;
  if (parameter.argument != nullptr) out += dump(*parameter.argument);
  return out + "}";
}

std::string part_text(const WordPart& part) {
  switch (part.kind) {
    case WordPartKind::kLiteral: return part.text;
    case WordPartKind::kParameter: return parameter(part.parameter);
    case WordPartKind::kCommandSubstitution: return "$(" + dump(part.commands) + ")";
    case WordPartKind::kArithmetic:
      return "$((" + part.text + (part.commands.empty() ? "" : " " + dump(part.commands)) + "))";
    case WordPartKind::kProcessSubstitution: return part.text + "(" + dump(part.commands) + ")";
    case WordPartKind::kGlob: return "<glob " + part.text + ">";
    case WordPartKind::kBrace: return "<brace " + part.text + ">";
    case WordPartKind::kTilde: return "<tilde " + part.text + ">";
    case WordPartKind::kForeign: return "<foreign " + part.text + ">";
  }
  return {};
}

std::string assignment(const Assignment& assignment) {
  std::string out = assignment.name;
  if (!assignment.subscript.empty()) out += "[" + assignment.subscript + "]";
  out += assignment.append ? "+=" : "=";
  return out + (assignment.array ? "(" + words(assignment.elements) + ")" : dump(assignment.value));
}

struct Form {
  std::string operator()(const SimpleCommand& simple) const {
    std::string out;
    for (const Assignment& each : simple.assignments) {
      out += (out.empty() ? "" : " ") + assignment(each);
    }
    const std::string rest = words(simple.words);
    return "[" + out + (out.empty() || rest.empty() ? "" : " ") + rest + "]";
  }
  std::string operator()(const Pipeline& pipeline) const {
    return std::string(pipeline.negated ? "(not " : "(pipe ") + dump(pipeline.commands) + ")";
  }
  std::string operator()(const AndOrList& list) const {
    std::string out = "(list ";
    for (std::size_t i = 0; i < list.commands.size(); ++i) {
      if (i > 0) out += list.operators[i - 1] == ListOperator::kAnd ? " && " : " || ";
      out += dump(list.commands[i]);
    }
    return out + ")";
  }
  std::string operator()(const Group& group) const {
    return group.subshell ? "(sub " + dump(group.body) + ")" : "{" + dump(group.body) + "}";
  }
  std::string operator()(const IfClause& clause) const {
    std::string out = "(if";
    for (const IfClause::Branch& branch : clause.branches) {
      if (branch.condition.empty())
        out += " else " + dump(branch.body);
      else
        out += " " + dump(branch.condition) + " then " + dump(branch.body);
    }
    return out + ")";
  }
  std::string operator()(const LoopClause& loop) const {
    return (loop.until ? "(until " : "(while ") + dump(loop.condition) + " do " + dump(loop.body) +
           ")";
  }
  std::string operator()(const ForClause& loop) const {
    return "(for " + loop.name + (loop.over_arguments ? "" : " in " + words(loop.words)) + " do " +
           dump(loop.body) + ")";
  }
  std::string operator()(const CaseClause& clause) const {
    std::string out = "(case " + dump(clause.subject);
    for (const CaseClause::Item& item : clause.items) {
      std::string patterns;
      for (const Word& pattern : item.patterns)
        patterns += (patterns.empty() ? "" : "|") + dump(pattern);
      out += " " + patterns + ") " + dump(item.body) + (item.falls_through ? ";&" : ";;");
    }
    return out + ")";
  }
  std::string operator()(const FunctionDefinition& function) const {
    return "(function " + function.name + (function.subshell ? " (sub) " : " ") +
           (function.body == nullptr ? "" : dump(*function.body)) + ")";
  }
  std::string operator()(const Unparsed&) const { return "(unparsed)"; }
};

}  // namespace

std::string dump(const Word& word) {
  std::string out;
  for (const WordPart& part : word.parts) {
    const std::string text = part_text(part);
    out += part.quoted ? "'" + text + "'" : text;
  }
  return out;
}

std::string dump(const Command& command) {
  std::string out = std::visit(Form{}, command.form);
  for (const IoRedirect& redirect : command.redirects) {
    out += " " + (redirect.fd < 0 ? "" : std::to_string(redirect.fd)) + redirect.op;
    if (redirect.here == nullptr)
      out += dump(redirect.target);
    else
      out += redirect.here->delimiter + ":" + dump(redirect.here->body);
  }
  if (command.background) out += " &";
  return out;
}

std::string dump(const std::vector<Command>& commands) {
  std::string out;
  for (const Command& command : commands) out += (out.empty() ? "" : "; ") + dump(command);
  return out;
}

}  // namespace composelint::shell
