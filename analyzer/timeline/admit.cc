#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/timeline/walker.h"

namespace composelint::timeline {

namespace {

// What a test that a script goes on behind lets a variable be.
struct Admitted {
  std::string variable;
  std::vector<std::pair<std::string, Span>> values;
};

using Words = std::vector<const Word*>;

// `$stage`, `"${stage}"`, and nothing beside it.
const std::string* plain_variable(const Word& word) {
  if (word.parts.size() != 1) return nullptr;
  const ParameterExpansion& asked = word.parts.front().parameter;
  const bool plain = word.parts.front().kind == WordPartKind::kParameter && asked.op.empty() &&
                     asked.subscript.empty() && !asked.length && !asked.indirect;
  return plain ? &asked.name : nullptr;
}

bool is_plain_value(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

// `^(blue|green)$`
std::vector<std::pair<std::string, Span>> alternatives(const Word& pattern) {
  std::vector<std::pair<std::string, Span>> out;
  const std::string_view text = pattern.span.text();
  if (text.size() < 5 || !text.starts_with("^(") || !text.ends_with(")$")) return out;
  for (std::size_t at = 2; at < text.size() - 1;) {
    const std::size_t end = text.find_first_of("|)", at);
    const std::string_view value = text.substr(at, end - at);
    if (!is_plain_value(value)) return {};
    const std::uint32_t begin = pattern.span.begin + static_cast<std::uint32_t>(at);
    out.push_back({std::string(value),
                   {pattern.span.file, begin, begin + static_cast<std::uint32_t>(value.size())}});
    at = end + 1;
  }
  return out;
}

std::optional<Admitted> of_comparison(Words test, bool holds) {
  if (test.size() == 4 && test[0]->span.text() == "!") {
    holds = !holds;
    test.erase(test.begin());
  }
  if (test.size() != 3) return std::nullopt;
  const std::string* variable = plain_variable(*test[0]);
  if (variable == nullptr) return std::nullopt;
  const std::string_view op = test[1]->span.text();
  if (op == "=~" && holds) {
    Admitted out{*variable, alternatives(*test[2])};
    return out.values.empty() ? std::nullopt : std::optional(std::move(out));
  }
  const bool equal = holds ? op == "=" || op == "==" : op == "!=";
  const std::string value = test[2]->literal_text();
  if (!equal || !test[2]->literal() || !is_plain_value(value)) return std::nullopt;
  return Admitted{*variable, {{value, test[2]->span}}};
}

// Each of them is one way to hold; all of one variable.
std::optional<Admitted> joined(const std::vector<std::optional<Admitted>>& ways) {
  Admitted out;
  for (const std::optional<Admitted>& way : ways) {
    if (!way || (!out.variable.empty() && out.variable != way->variable)) return std::nullopt;
    out.variable = way->variable;
    out.values.insert(out.values.end(), way->values.begin(), way->values.end());
  }
  return ways.empty() ? std::nullopt : std::optional(std::move(out));
}

std::optional<Admitted> of_brackets(const SimpleCommand& test, bool holds) {
  if (test.words.size() < 4) return std::nullopt;
  const std::string name = test.words.front().literal_text();
  if (name != "[" && name != "[[" && name != "test") return std::nullopt;
  const std::size_t end = test.words.size() - (name == "test" ? 0 : 1);
  std::vector<Words> parts(1);
  const std::string_view between = holds ? "||" : "&&";
  for (std::size_t i = 1; i < end; ++i) {
    if (name == "[[" && test.words[i].span.text() == between) {
      parts.emplace_back();
    } else {
      parts.back().push_back(&test.words[i]);
    }
  }
  std::vector<std::optional<Admitted>> ways;
  for (const Words& part : parts) ways.push_back(of_comparison(part, holds));
  return joined(ways);
}

std::optional<Admitted> where(const Command& test, bool holds) {
  if (const auto* simple = test.as<SimpleCommand>()) return of_brackets(*simple, holds);
  if (const auto* pipeline = test.as<Pipeline>()) {
    if (pipeline->commands.size() != 1) return std::nullopt;
    return where(pipeline->commands.front(), holds != pipeline->negated);
  }
  const auto* list = test.as<AndOrList>();
  if (list == nullptr) return std::nullopt;
  const ListOperator between = holds ? ListOperator::kOr : ListOperator::kAnd;
  if (std::any_of(list->operators.begin(), list->operators.end(),
                  [&](ListOperator each) { return each != between; })) {
    return std::nullopt;
  }
  std::vector<std::optional<Admitted>> ways;
  for (const Command& each : list->commands) ways.push_back(where(each, holds));
  return joined(ways);
}

void admit(const std::optional<Admitted>& admitted, shell::Scope& scope) {
  const shell::Variable* variable = admitted ? scope.find(admitted->variable) : nullptr;
  if (variable == nullptr || variable->values.size() != 1 || variable->maybe_unset) return;
  const shell::Value& value = *variable->values.front();
  if (value.array || value.elements.size() != 1 || !shell::is_known(value.elements.front())) return;
  const std::string text = shell::known_text(value.elements.front());
  if (text.empty()) return;  // `${1:-}`: nobody takes that for a value
  std::vector<shell::Value> values;
  for (const auto& [own, span] : admitted->values) {
    if (own == text) return;
    shell::Text admissible = shell::known(own, span);
    for (shell::Piece& piece : admissible) piece.exact = span.text() == own;
    values.push_back(shell::Value::scalar(std::move(admissible), span));
  }
  scope.set(admitted->variable, std::move(values));
}

}  // namespace

// `stage=${1:-none}; [[ $stage =~ ^(blue|green)$ ]] || exit 1`: the default is there to be refused,
// and what stands behind has one of the others.
void Walker::admit_where(const std::vector<Command>& tests, bool hold) {
  if (state_.ended != Ended::kNo) return;
  std::vector<std::optional<Admitted>> ways;
  for (const Command& test : tests) ways.push_back(where(test, hold));
  admit(joined(ways), state_.scope);
}

// `[ "$stage" = blue ] || [ "$stage" = green ] || exit 1`
void Walker::admit_behind(const AndOrList& list) {
  const ListOperator between = list.operators.front();
  if (std::any_of(list.operators.begin(), list.operators.end(),
                  [&](ListOperator each) { return each != between; })) {
    return;
  }
  admit_where({list.commands.begin(), list.commands.end() - 1}, between == ListOperator::kOr);
}

void Walker::admit_where(const CaseClause& clause, const std::vector<bool>& left) {
  const std::string* variable = plain_variable(clause.subject);
  if (variable == nullptr || state_.ended != Ended::kNo || !left.back()) return;
  Admitted out{*variable, {}};
  for (std::size_t i = 0; i + 1 < clause.items.size(); ++i) {
    for (const Word& word : clause.items[i].patterns) {
      if (left[i]) continue;
      if (!word.literal() || !is_plain_value(word.literal_text())) return;
      out.values.push_back({word.literal_text(), word.span});
    }
  }
  if (!out.values.empty()) admit(out, state_.scope);
}

}  // namespace composelint::timeline
