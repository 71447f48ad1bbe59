#include <algorithm>
#include <set>

#include "analyzer/timeline/tests.h"
#include "analyzer/timeline/walker.h"

namespace composelint::timeline {

namespace {

bool is_test(const std::vector<Word>& words) {
  if (words.size() < 3) return false;
  const std::string name = words.front().literal_text();
  return name == "[" || name == "[[" || name == "test";
}

// The one command that this is, in braces as well; `negated` is turned with each `!`.
const Command& bare(const Command& command, bool& negated) {
  if (const auto* pipeline = command.as<Pipeline>(); pipeline && pipeline->commands.size() == 1) {
    negated ^= pipeline->negated;
    return bare(pipeline->commands.front(), negated);
  }
  if (const auto* group = command.as<Group>(); group && group->body.size() == 1) {
    return bare(group->body.front(), negated);
  }
  return command;
}

// The variables that the tests ask for as they are: `$env`, not `${env%%-*}`.
void add_names(std::span<const Command> tests, std::set<std::string>& names) {
  for (const Command& test : tests) {
    bool negated = false;
    const Command& command = bare(test, negated);
    if (const auto* list = command.as<AndOrList>()) add_names(list->commands, names);
    const auto* simple = command.as<SimpleCommand>();
    if (simple == nullptr || !is_test(simple->words)) continue;
    for (const Word& word : simple->words) {
      for (const WordPart& part : word.parts) {
        if (asks_plainly(part)) names.insert(part.parameter.name);
      }
    }
  }
}

std::optional<bool> joined(std::optional<bool> left, ListOperator sign, std::optional<bool> right) {
  const bool decides = sign == ListOperator::kOr;  // whatever the other side is
  if (left == decides || right == decides) return decides;
  return left && right ? std::optional(!decides) : std::nullopt;
}

}  // namespace

// [[ $a == x && $b == y || $c == z ]]: `&&` binds closer.
std::optional<bool> Walker::outcome_of_words(const std::vector<Word>& test,
                                             const shell::Scope& scope) {
  if (test.front().literal_text() != "[[") return outcome_of_one(test, scope);
  std::optional<bool> any = false;
  std::optional<bool> all = true;
  std::vector<Word> part = {test.front()};
  for (std::size_t i = 1; i < test.size(); ++i) {
    const std::string_view word = test[i].span.text();
    if (word == "(" || word == ")") return std::nullopt;
    const bool ends = word == "]]" || word == "||";
    if (!ends && word != "&&") {
      part.push_back(test[i]);
      continue;
    }
    part.push_back(test.back());
    all = joined(all, ListOperator::kAnd, outcome_of_one(part, scope));
    part = {test.front()};
    if (!ends) continue;
    any = joined(any, ListOperator::kOr, all);
    all = true;
  }
  return any;
}

std::optional<bool> Walker::outcome_of_one(const std::vector<Word>& test,
                                           const shell::Scope& scope) {
  const bool matches = std::any_of(test.begin(), test.end(),
                                   [](const Word& word) { return word.span.text() == "=~"; });
  if (matches) {
    // [[ $env =~ ^(dev|prod)$ ]], with `!` in front
    const bool negated = test[1].span.text() == "!";
    const std::size_t first = negated ? 2 : 1;
    if (test.size() != first + 4 || test[first + 1].span.text() != "=~") return std::nullopt;
    const auto text = shell::expand_argument(test[first], scope, context());
    if (text.size() != 1 || !text.front().known()) return std::nullopt;
    const auto holds = matches_expression(text.front().text, test[first + 2]);
    return holds ? std::optional(*holds != negated) : std::nullopt;
  }
  const auto ways = shell::expand(test, scope, context());
  if (ways.size() != 1) return std::nullopt;
  std::vector<Argument> argv = ways.front().arguments;
  if (std::any_of(argv.begin(), argv.end(), [](const Argument& word) { return !word.known(); })) {
    return std::nullopt;
  }
  const bool patterns = argv.front().is("[[");
  if (argv.back().is("]") || argv.back().is("]]")) argv.pop_back();
  return argv.size() < 3 ? std::nullopt : compare(argv, patterns);
}

std::optional<bool> Walker::outcome(const Command& test, const shell::Scope& scope) {
  bool negated = false;
  const Command& command = bare(test, negated);
  std::optional<bool> holds;
  if (const auto* list = command.as<AndOrList>()) {
    holds = outcome(list->commands, list->operators, scope);
  } else if (const auto* simple = command.as<SimpleCommand>();
             simple != nullptr && simple->assignments.empty() && is_test(simple->words)) {
    holds = outcome_of_words(simple->words, scope);
  }
  return holds ? std::optional(*holds != negated) : std::nullopt;
}

std::optional<bool> Walker::outcome(Tests tests, Operators operators, const shell::Scope& scope) {
  std::optional<bool> holds = outcome(tests.front(), scope);
  for (std::size_t i = 0; i < operators.size(); ++i) {
    holds = joined(holds, operators[i], outcome(tests[i + 1], scope));
  }
  return holds;
}

std::vector<Walker::Narrowed> Walker::narrow(Tests tests, Operators operators, bool holds,
                                             shell::Scope& scope) {
  std::set<std::string> names;
  add_names(tests, names);
  std::vector<Narrowed> out;
  for (const std::string& name : names) {
    const shell::Variable* found = scope.find(name);
    if (found == nullptr || found->maybe_unset || found->values.empty()) continue;
    const shell::Variable before = *found;
    std::vector<shell::Value> kept;
    for (const auto& value : before.values) {
      if (is_text(*value)) {
        shell::Scope trial = scope;
        trial.set(name, *value);
        if (outcome(tests, operators, trial) == !holds) continue;
      }
      kept.push_back(*value);
    }
    if (kept.size() == before.values.size()) continue;
    if (kept.empty()) {
      scope.forget(name);
    } else {
      scope.set(name, std::move(kept));
    }
    out.push_back({name, before, *scope.find(name)});
  }
  return out;
}

void Walker::widen(const std::vector<Narrowed>& narrowed, shell::Scope& scope) {
  for (const Narrowed& each : narrowed) {
    const shell::Variable* now = scope.find(each.name);
    if (now == nullptr || now->values != each.after.values) continue;
    std::vector<shell::Value> values;
    for (const auto& value : each.before.values) values.push_back(*value);
    scope.set(each.name, std::move(values));
  }
}

}  // namespace composelint::timeline
