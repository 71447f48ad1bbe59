#include <algorithm>
#include <utility>

#include "analyzer/timeline/walker.h"

namespace composelint::timeline {

namespace {

constexpr std::size_t kMaxTurns = 32;
constexpr std::size_t kMaxWords = 64;

// `FILES="$FILES -f $f"`, `FILES+=(-f "$f")`: nothing runs in it, and each turn is known.
bool only_assigns(const std::vector<Command>& body) {
  return std::all_of(body.begin(), body.end(), [](const Command& command) {
    const auto* simple = command.as<SimpleCommand>();
    return simple != nullptr && simple->words.empty() && !simple->assignments.empty() &&
           std::none_of(simple->assignments.begin(), simple->assignments.end(),
                        [](const Assignment& each) {
                          const auto runs = [](const Word& word) {
                            return std::any_of(
                                word.parts.begin(), word.parts.end(), [](const WordPart& part) {
                                  return part.kind == WordPartKind::kCommandSubstitution;
                                });
                          };
                          return runs(each.value) ||
                                 std::any_of(each.elements.begin(), each.elements.end(), runs);
                        });
  });
}

}  // namespace

// `break` and `continue` stay inside.
void Walker::leave_loop(State& round) {
  if (round.ended == Ended::kLoop) round.ended = Ended::kNo;
  round.left_loop = false;
}

void Walker::walk_loop(const LoopClause& loop, Span span, const Surroundings& around) {
  if (walk_decided_loop(loop, around)) return;
  Surroundings test = around;
  test.tested = true;
  test.status = StatusUse::kDecides;
  walk_list(loop.condition, test);

  Surroundings body = around;
  body.status = status_in_list(around);
  const StreamKind in = around.in.kind;
  const bool fed = in == StreamKind::kFile || in == StreamKind::kPipe || in == StreamKind::kHere;
  const auto* first = loop.condition.empty() ? nullptr : loop.condition.back().as<SimpleCommand>();
  const bool reads =
      first != nullptr && !first->words.empty() && first->words.front().literal_text() == "read";
  body.in_stdin_loop = fed && reads;

  const std::uint32_t branch = open_branch(span, 2, BranchKind::kWhile, span_of(loop.condition));
  State skipped = state_;
  State round = walk_arm(state_, {branch, 0}, [&] { walk_list(loop.body, body); });
  leave_loop(round);
  std::vector<State> states;
  states.push_back(std::move(round));
  states.push_back(std::move(skipped));
  close_branch(branch, std::move(states));
}

// `select`, or a function whose name says so, puts a question to the operator.
void Walker::ask_operator(Span span) {
  if (timeline_.steps.size() >= limits_.steps) return;
  Step question;
  question.span = span;
  question.conditions = conditions_;
  question.detached = detached_;
  question.asks = true;
  timeline_.steps.push_back(std::move(question));
}

void Walker::walk_for(const ForClause& loop, Span span, const Surroundings& around) {
  for (const Word& word : loop.words) walk_substitutions_of(word, substitution_of(around));
  std::vector<shell::Expansion> ways = shell::expand(loop.words, state_.scope, context());
  const std::vector<Argument>& words = ways.front().arguments;
  const bool all_known =
      ways.size() == 1 && !words.empty() &&
      std::all_of(words.begin(), words.end(), [](const Argument& word) { return word.known(); });

  const bool select = span.text().starts_with("select");
  if (select) ask_operator(span);
  const Span list =
      loop.words.empty() ? Span{} : join(loop.words.front().span, loop.words.back().span);
  Surroundings body = around;
  body.status = status_in_list(around);
  State before = state_;
  if (all_known && !select && !loop.name.empty() && words.size() <= kMaxTurns &&
      only_assigns(loop.body)) {
    for (const Argument& word : words) {
      state_.scope.set(loop.name, shell::Value::scalar(shell::to_text(word)));
      walk_list(loop.body, body);
    }
    return;
  }
  if (!loop.name.empty()) {
    // Of a long list the first values are kept, and one unknown stands for the rest.
    if (all_known && words.size() <= kMaxWords) {
      shell::Scope joined = state_.scope;
      joined.set(loop.name, shell::Value::scalar(shell::to_text(words.front())));
      for (std::size_t i = 1; i < words.size(); ++i) {
        shell::Scope other = state_.scope;
        other.set(loop.name, shell::Value::scalar(shell::to_text(words[i])));
        joined.join(other);
      }
      state_.scope = std::move(joined);
    } else {
      state_.scope.forget(loop.name, span);
    }
  }
  if (all_known && !select) {  // runs at least once; a question may be left unanswered
    const std::size_t depth = conditions_.size();
    conditions_.push_back({open_branch(span, 1, BranchKind::kFor, list), 0});
    walk_list(loop.body, body);
    if (!state_.left_function) conditions_.resize(depth);
    leave_loop(state_);
    return;
  }
  const std::uint32_t branch = open_branch(span, 2, BranchKind::kFor, list);
  State round = walk_arm(state_, {branch, 0}, [&] { walk_list(loop.body, body); });
  leave_loop(round);
  std::vector<State> states;
  states.push_back(std::move(round));
  states.push_back(std::move(before));
  close_branch(branch, std::move(states));
}

}  // namespace composelint::timeline
