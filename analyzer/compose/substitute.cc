#include "analyzer/compose/substitute.h"

#include <composelint/variable_name.h>

#include <optional>
#include <utility>

namespace composelint::compose {

namespace {

// Nesting of defaults in one string. Every level costs a scan of what is left.
constexpr int kMaxDepth = 64;

std::size_t name_end(std::string_view text, std::size_t at) {
  if (at >= text.size() || !begins_a_name(text[at])) return at;
  return at + leading_name(text.substr(at)).size();
}

enum class Operator { kNone, kDefault, kPresence, kRequired };

struct Expression {
  std::string_view whole;  // "${X:-a}", without what follows the brace that closes it
  std::string_view name;
  std::string_view operand;  // behind the operator
  Operator op = Operator::kNone;
  bool also_empty = false;  // with ':': an empty value counts as none
};

// Where the first brace of `text` is closed. The character behind an opening brace is never looked
// at: that is how Compose counts.
std::optional<std::size_t> closing_brace(std::string_view text) {
  int open = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '}' && --open == 0) return i;
    if (text[i] == '{') {
      ++open;
      ++i;
    }
  }
  return std::nullopt;
}

Operator operator_of(char c) {
  if (c == '-') return Operator::kDefault;
  if (c == '+') return Operator::kPresence;
  return c == '?' ? Operator::kRequired : Operator::kNone;
}

// The braced expression at `at`, where "${" stands. An operand ends with its line: an expression
// over several lines is malformed.
std::optional<Expression> braced(std::string_view text, std::size_t at) {
  Expression found;
  const std::size_t begin = at + 2;
  std::size_t end = name_end(text, begin);
  if (end == begin || end >= text.size()) return std::nullopt;
  found.name = text.substr(begin, end - begin);
  if (text[end] == '}') {
    found.whole = text.substr(at, end + 1 - at);
    return found;
  }
  found.also_empty = text[end] == ':';
  if (found.also_empty) ++end;
  if (end >= text.size()) return std::nullopt;
  found.op = operator_of(text[end]);
  if (found.op == Operator::kNone) return std::nullopt;
  const std::string_view line = text.substr(at, text.find('\n', at) - at);
  const std::size_t last = line.rfind('}');
  if (last == std::string_view::npos || at + last <= end) return std::nullopt;
  const std::string_view reach = line.substr(0, last + 1);
  found.whole = reach.substr(0, closing_brace(reach).value_or(last) + 1);
  const std::size_t operand = end + 1 - at;
  found.operand = found.whole.substr(operand, found.whole.size() - 1 - operand);
  return found;
}

class Substitution {
 public:
  Substitution(const Lookup& lookup, Unset unset) : lookup_(lookup), unset_(unset) {}

  MaybeFailure run(std::string_view text, int depth, std::string& out);
  Substituted take(std::string text) {
    result_.text = std::move(text);
    return std::move(result_);
  }

 private:
  MaybeFailure expand(const Expression& found, int depth, std::string& out);
  const Variable* look_up(std::string_view name, bool by_default);
  void plain(std::string_view name, std::string_view written, std::string& out);
  MaybeFailure require(const Expression& found, const Variable* value, std::string_view reason,
                       std::string& out);

  const Lookup& lookup_;
  Unset unset_;
  Substituted result_;
};

const Variable* Substitution::look_up(std::string_view name, bool by_default) {
  const Variable* found = lookup_(name);
  result_.used.push_back(
      {std::string(name), found == nullptr ? Span() : found->span, found != nullptr, by_default});
  return found;
}

void Substitution::plain(std::string_view name, std::string_view written, std::string& out) {
  const Variable* value = look_up(name, false);
  if (value != nullptr) {
    out += value->value;
    return;
  }
  result_.unset.emplace_back(name);
  if (unset_ == Unset::kEmpty) return;
  out += written;
  result_.known = false;
}

MaybeFailure Substitution::require(const Expression& found, const Variable* value,
                                   std::string_view reason, std::string& out) {
  if (value != nullptr && !(found.also_empty && value->value.empty())) {
    out += value->value;
    return std::nullopt;
  }
  std::string message = "required variable " + std::string(found.name) + " is missing a value";
  if (!reason.empty()) message += ": " + std::string(reason);
  if (unset_ == Unset::kEmpty) return Failure{FailureCode::kInvalid, std::move(message), {}};
  result_.required.push_back(std::move(message));
  result_.known = false;
  out += found.whole;
  return std::nullopt;
}

// The operand is worked out whether or not it is needed, so that a mistake in it is always seen.
MaybeFailure Substitution::expand(const Expression& found, int depth, std::string& out) {
  if (found.op == Operator::kNone) {
    plain(found.name, found.whole, out);
    return std::nullopt;
  }
  const bool known_before = result_.known;
  std::string operand;
  if (MaybeFailure failure = run(found.operand, depth + 1, operand)) return failure;
  const bool operand_known = result_.known;
  result_.known = known_before;
  const Variable* value = look_up(found.name, false);
  const bool present = value != nullptr && !(found.also_empty && value->value.empty());
  if (found.op == Operator::kRequired) return require(found, value, operand, out);
  const bool takes_operand = (found.op == Operator::kDefault) != present;
  if (takes_operand) {
    out += operand;
    result_.known = known_before && operand_known;
    result_.used.back().by_default = true;
  } else if (value != nullptr) {
    out += value->value;
  }
  return std::nullopt;
}

MaybeFailure Substitution::run(std::string_view text, int depth, std::string& out) {
  if (depth > kMaxDepth) {
    return Failure{FailureCode::kLimit, "interpolation is nested too deeply", {}};
  }
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t dollar = text.find('$', at);
    out += text.substr(at, dollar - at);
    if (dollar == std::string_view::npos) return std::nullopt;
    const char next = dollar + 1 < text.size() ? text[dollar + 1] : '\0';
    if (next == '$') {
      out += '$';
      at = dollar + 2;
    } else if (begins_a_name(next)) {
      at = name_end(text, dollar + 1);
      plain(text.substr(dollar + 1, at - dollar - 1), text.substr(dollar, at - dollar), out);
    } else if (next == '{') {
      const std::optional<Expression> found = braced(text, dollar);
      if (!found) {
        return Failure{FailureCode::kInvalid,
                       "invalid interpolation format: \"" + std::string(text) +
                           "\"; you may need to escape any $ with another $",
                       {}};
      }
      if (MaybeFailure failure = expand(*found, depth, out)) return failure;
      at = dollar + found->whole.size();
    } else {
      out += '$';
      at = dollar + 1;
    }
  }
  return std::nullopt;
}

void mention(std::string_view text, int depth, std::vector<MentionedVariable>& out) {
  if (depth > kMaxDepth) return;
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at)) {
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (begins_a_name(next)) {
      const std::size_t end = name_end(text, at + 1);
      out.push_back({std::string(text.substr(at + 1, end - at - 1)), "", "", false});
      at = end;
      continue;
    }
    const std::optional<Expression> found = next == '{' ? braced(text, at) : std::nullopt;
    if (!found) {
      at += next == '$' ? 2 : 1;
      continue;
    }
    MentionedVariable variable{std::string(found->name), "", "", found->op == Operator::kRequired};
    if (found->op == Operator::kDefault) variable.default_value = found->operand;
    if (found->op == Operator::kPresence) variable.presence_value = found->operand;
    out.push_back(std::move(variable));
    if (found->op != Operator::kRequired) mention(found->operand, depth + 1, out);
    at += found->whole.size();
  }
}

}  // namespace

Result<Substituted> substitute(std::string_view text, const Lookup& lookup, Unset unset) {
  if (text.find('$') == std::string_view::npos)
    return Substituted{std::string(text), true, {}, {}, {}};
  Substitution substitution(lookup, unset);
  std::string out;
  if (MaybeFailure failure = substitution.run(text, 0, out)) return *failure;
  return substitution.take(std::move(out));
}

std::vector<MentionedVariable> mentioned_variables(std::string_view text) {
  std::vector<MentionedVariable> out;
  mention(text, 0, out);
  return out;
}

}  // namespace composelint::compose
