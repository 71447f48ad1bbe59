#include <algorithm>
#include <array>

#include "analyzer/timeline/tests.h"
#include "analyzer/timeline/walker.h"

namespace composelint::timeline {

namespace {

// Rounds of `while [ "$1" = -q ]; do shift; done`.
constexpr int kMaxRounds = 16;

// What a function makes of its own arguments is known where it is called; of other variables a
// value that is set in sight may be set anew out of sight.
bool asks_for_argument(const std::vector<Word>& test) {
  return std::any_of(test.begin(), test.end(), [](const Word& word) {
    return std::any_of(word.parts.begin(), word.parts.end(), [](const WordPart& part) {
      return part.kind == WordPartKind::kParameter && !part.parameter.length &&
             (is_number(part.parameter.name) || part.parameter.name == "#");
    });
  });
}

bool is_written(const Word& word, std::string_view text) {
  return word.span.text() == text;
}

// `[[ $target == prod && $local == 1 ]]` as tests of one thing each; the whole where it says more
// than that all of them hold.
std::vector<std::vector<Word>> conjunction(const std::vector<Word>& test, bool double_brackets) {
  const auto says_more = [](const Word& word) {
    return is_written(word, "||") || is_written(word, "(") || is_written(word, "=~");
  };
  if (!double_brackets || !is_written(test.back(), "]]") ||
      std::any_of(test.begin(), test.end(), says_more)) {
    return {test};
  }
  std::vector<std::vector<Word>> out = {{test.front()}};
  for (std::size_t i = 1; i < test.size(); ++i) {
    if (is_written(test[i], "&&")) {
      out.back().push_back(test.back());
      out.push_back({test.front()});
    } else {
      out.back().push_back(test[i]);
    }
  }
  return out;
}

}  // namespace

bool Walker::in_called_script() const {
  return std::any_of(frames_.begin(), frames_.end(),
                     [](const Frame& frame) { return frame.kind == FrameKind::kChild; });
}

// `NAME=${1:-}; [ "$NAME" = all ]`: the value stands in the call of this script.
bool Walker::asks_for_word_of_call(const std::vector<Argument>& argv) const {
  const auto child = std::find_if(frames_.rbegin(), frames_.rend(), [](const Frame& frame) {
    return frame.kind == FrameKind::kChild;
  });
  if (child == frames_.rend()) return false;
  const Span call = child->call;
  return std::any_of(argv.begin(), argv.end(), [&](const Argument& word) {
    // `stack=test; ./compose.sh "$stack"`
    const bool handed_on = child->words && std::find(child->words->begin(), child->words->end(),
                                                     word.text) != child->words->end();
    return std::any_of(word.runs.begin(), word.runs.end(), [&](const WrittenRun& run) {
      const bool within = call.begin <= run.span.begin && run.span.end <= call.end;
      return run.span.file == call.file && (within || handed_on);
    });
  });
}

// `[ -t 0 ]` behind a redirection of this script, or in one that is called with one. /dev/tty is a
// terminal all the same.
std::optional<bool> Walker::has_terminal(const SimpleCommand& test,
                                         const Surroundings& around) const {
  std::vector<std::string> words;
  for (const Word& word : test.words) words.push_back(word.literal_text());
  const bool negated = words.size() > 2 && words[1] == "!";
  const std::size_t at = negated ? 2 : 1;
  if (words.size() < at + 2 || words[at] != "-t" || words[at + 1] != "0") return std::nullopt;
  if (words.size() > at + 3) return std::nullopt;
  // Behind `exec </dev/tty` in a group that is fed, it is the later one that counts.
  const bool fed = around.in.kind != StreamKind::kInherited;
  if (fed && state_.in.kind != StreamKind::kInherited) return std::nullopt;
  const Stream& in = fed ? around.in : state_.in;
  const bool file =
      in.kind == StreamKind::kFile && in.target.known() && !in.target.text.starts_with("/dev/");
  if (!file && in.kind != StreamKind::kNull && in.kind != StreamKind::kPipe &&
      in.kind != StreamKind::kHere) {
    return std::nullopt;
  }
  return negated;
}

std::optional<bool> Walker::decided(const Command& command, const Surroundings& around) {
  const auto* test = command.as<SimpleCommand>();
  if (test == nullptr || test->words.size() < 3) return std::nullopt;
  const std::string name = test->words.front().literal_text();
  if (name != "[" && name != "[[" && name != "test") return std::nullopt;
  if (command.redirects.empty()) {
    if (const auto terminal = has_terminal(*test, around)) return terminal;
  }
  if ((!in_function() && !in_called_script()) || !state_.scope.positional().known) {
    return std::nullopt;
  }
  // One part that does not hold is enough, whatever the others are.
  bool all = true;
  for (const std::vector<Word>& part : conjunction(test->words, name == "[[")) {
    const std::optional<bool> holds = decided_test(part);
    if (holds && !*holds) return false;
    all &= holds.has_value();
  }
  return all ? std::optional(true) : std::nullopt;
}

std::optional<bool> Walker::decided_test(const std::vector<Word>& test) {
  const auto ways = shell::expand(test, state_.scope, context());
  if (ways.size() != 1) return std::nullopt;
  std::vector<Argument> argv = ways.front().arguments;
  if (std::any_of(argv.begin(), argv.end(), [](const Argument& word) { return !word.known(); })) {
    return std::nullopt;
  }
  if (!asks_for_argument(test) && !asks_for_word_of_call(argv)) return std::nullopt;
  const bool patterns = argv.front().is("[[");
  if (argv.back().is("]") || argv.back().is("]]")) argv.pop_back();
  if (argv.size() < 3) return std::nullopt;
  return compare(argv, patterns);
}

// `while [ "$1" = -q ]; do shift; done`
bool Walker::walk_decided_loop(const LoopClause& loop, const Surroundings& around) {
  if (loop.condition.size() != 1) return false;
  auto goes_on = decided(loop.condition.front(), around);
  if (!goes_on) return false;
  const std::size_t depth = conditions_.size();
  for (int round = 0; goes_on && *goes_on != loop.until && round < kMaxRounds; ++round) {
    if (!may_enter()) return true;
    walk_list(loop.body, around);
    const bool left = state_.ended != Ended::kNo;
    leave_loop(state_);
    if (!state_.left_function) conditions_.resize(depth);
    if (left) return true;
    goes_on = decided(loop.condition.front(), around);
  }
  return true;
}

}  // namespace composelint::timeline
