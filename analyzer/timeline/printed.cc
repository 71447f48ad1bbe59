#include "analyzer/timeline/printed.h"

#include <algorithm>
#include <utility>

namespace composelint::timeline {

namespace {

constexpr std::size_t kMaxWays = 8;
constexpr int kMaxDepth = 12;

// Its standard output does not come out: `>/dev/null`, `>&2`.
bool prints_elsewhere(const Command& command) {
  return std::any_of(
      command.redirects.begin(), command.redirects.end(), [](const IoRedirect& redirect) {
        const bool out = redirect.op == ">" || redirect.op == ">>" || redirect.op == ">|" ||
                         redirect.op == "&>" || redirect.op == "&>>" || redirect.op == ">&";
        return out && (redirect.fd < 0 || redirect.fd == 1);
      });
}

// `cat <<EOF`: the text that comes out as it is; null where it is no such command.
const Word* copied_text(const Command& command) {
  const auto* simple = command.as<SimpleCommand>();
  const bool cat = simple != nullptr && simple->words.size() == 1 &&
                   simple->words.front().literal_text() == "cat" && command.redirects.size() == 1;
  if (!cat) return nullptr;
  const IoRedirect& redirect = command.redirects.front();
  if (redirect.fd > 0) return nullptr;
  if (redirect.op == "<<<") return &redirect.target;
  return redirect.here ? &redirect.here->body : nullptr;
}

template <typename Way>
void split(std::vector<Way>& ways, bool wanted, std::vector<Way>& taken, std::vector<Way>& left) {
  using Status = decltype(Way::status);
  for (Way& way : ways) {
    const bool both = way.status == Status::kEither && !way.ended;
    const bool takes = !way.ended && (both || (way.status == Status::kOk) == wanted);
    if (!takes || both) {
      left.push_back(way);
      if (both) left.back().status = wanted ? Status::kFailed : Status::kOk;
    }
    if (!takes) continue;
    taken.push_back(std::move(way));
    taken.back().status = wanted ? Status::kOk : Status::kFailed;
  }
  ways.clear();
}

template <typename Way>
void add(std::vector<Way>& ways, std::vector<Way>&& more) {
  ways.insert(ways.end(), std::make_move_iterator(more.begin()),
              std::make_move_iterator(more.end()));
}

}  // namespace

std::vector<shell::Text> Printed::texts(const std::vector<Command>& commands,
                                        const shell::Scope& scope) {
  Ways ways = {Way{scope, around_.directory, {}, Status::kOk, false}};
  if (!run(commands, ways)) return {};
  std::vector<shell::Text> out;
  for (Way& way : ways) {
    // Where nothing is printed nothing is run.
    if (way.out.empty() || std::find(out.begin(), out.end(), way.out) != out.end()) continue;
    out.push_back(std::move(way.out));
  }
  if (out.size() > shell::Variable::kMaxValues) out.clear();
  return out;
}

bool Printed::merge(Ways& ways) {
  Ways kept;
  for (Way& way : ways) {
    const auto same = std::find_if(kept.begin(), kept.end(), [&](const Way& other) {
      return other.status == way.status && other.ended == way.ended && other.out == way.out;
    });
    if (same == kept.end()) {
      kept.push_back(std::move(way));
      continue;
    }
    same->scope.join(way.scope);
    if (same->directory != way.directory) same->directory.reset();
  }
  ways = std::move(kept);
  return ways.size() <= kMaxWays;
}

bool Printed::run(const std::vector<Command>& commands, Ways& ways) {
  for (const Command& command : commands) {
    Ways done;
    Ways open;
    for (Way& way : ways) (way.ended ? done : open).push_back(std::move(way));
    ways = std::move(done);
    if (open.empty()) return true;
    if (!run(command, open)) return false;
    add(ways, std::move(open));
    if (!merge(ways)) return false;
  }
  return true;
}

bool Printed::run(const Command& command, Ways& ways) {
  if (fuel_ == 0 || depth_ > kMaxDepth || command.background) return false;
  --fuel_;
  const bool silent = std::exchange(silent_, silent_ || prints_elsewhere(command));
  ++depth_;
  bool known = true;
  if (const Word* text = copied_text(command)) {
    known = silent_ || print_here(*text, ways);
  } else if (const auto* simple = command.as<SimpleCommand>()) {
    known = run_simple(*simple, ways);
  } else if (const auto* list = command.as<AndOrList>()) {
    known = run_and_or(*list, ways);
  } else if (const auto* clause = command.as<IfClause>()) {
    known = run_if(*clause, ways);
  } else if (const auto* choice = command.as<CaseClause>()) {
    known = run_case(*choice, ways);
  } else if (const auto* loop = command.as<ForClause>()) {
    known = run_for(*loop, ways);
  } else if (const auto* pipeline = command.as<Pipeline>()) {
    known = run_pipeline(*pipeline, ways);
  } else if (const auto* group = command.as<Group>()) {
    known = !(group->subshell && ways.size() > 1) && run(group->body, ways);
  } else {
    known = false;
  }
  --depth_;
  silent_ = silent;
  return known;
}

bool Printed::run_and_or(const AndOrList& list, Ways& ways) {
  if (!run(list.commands.front(), ways)) return false;
  for (std::size_t i = 1; i < list.commands.size(); ++i) {
    Ways taken;
    Ways left;
    split(ways, list.operators[i - 1] == ListOperator::kAnd, taken, left);
    if (!taken.empty() && !run(list.commands[i], taken)) return false;
    ways = std::move(left);
    add(ways, std::move(taken));
    if (!merge(ways)) return false;
  }
  return true;
}

bool Printed::run_if(const IfClause& clause, Ways& ways) {
  Ways done;
  for (const IfClause::Branch& branch : clause.branches) {
    if (ways.empty()) break;
    Ways taken;
    Ways left;
    if (branch.condition.empty()) {
      taken = std::exchange(ways, {});
    } else {
      if (!run(branch.condition, ways)) return false;
      split(ways, true, taken, left);
    }
    if (!run(branch.body, taken)) return false;
    add(done, std::move(taken));
    ways = std::move(left);
  }
  for (Way& way : ways) {
    if (!way.ended) way.status = Status::kOk;
  }
  add(ways, std::move(done));
  return merge(ways);
}

bool Printed::run_case(const CaseClause& clause, Ways& ways) {
  Ways done;
  bool catches_all = false;
  for (const CaseClause::Item& item : clause.items) {
    if (item.falls_through) return false;
    for (const Word& pattern : item.patterns) catches_all |= pattern.span.text() == "*";
    Ways taken = ways;
    if (!run(item.body, taken)) return false;
    add(done, std::move(taken));
    if (!merge(done)) return false;
  }
  if (!catches_all) add(done, std::move(ways));
  ways = std::move(done);
  return merge(ways);
}

// `for c in "docker compose" docker-compose; do $c version >/dev/null && echo "$c" && return; done`
bool Printed::run_for(const ForClause& loop, Ways& ways) {
  if (loop.name.empty() || ways.size() != 1) return false;
  const auto words = shell::expand(loop.words, ways.front().scope, around_.context);
  if (words.size() != 1 || words.front().arguments.size() > kMaxWays) return false;
  for (const Argument& word : words.front().arguments) {
    if (!word.known()) return false;
    for (Way& way : ways) {
      if (!way.ended) way.scope.set(loop.name, shell::Value::scalar(shell::to_text(word)));
    }
    if (!run(loop.body, ways)) return false;
  }
  return true;
}

bool Printed::print_here(const Word& text, Ways& ways) {
  for (Way& way : ways) {
    const std::vector<shell::Text> texts = shell::expand_text(text, way.scope, around_.context);
    if (texts.size() != 1) return false;
    way.out.insert(way.out.end(), texts.front().begin(), texts.front().end());
    way.status = Status::kOk;
  }
  return true;
}

// Only what the last command prints comes out, and that depends on the ones before.
bool Printed::run_pipeline(const Pipeline& pipeline, Ways& ways) {
  if (pipeline.commands.size() == 1) {
    if (!run(pipeline.commands.front(), ways)) return false;
    for (Way& way : ways) {
      if (way.ended || way.status == Status::kEither) continue;
      way.status = way.status == Status::kOk ? Status::kFailed : Status::kOk;
    }
    return true;
  }
  const auto* last = pipeline.commands.back().as<SimpleCommand>();
  const bool greps = last != nullptr && last->words.size() > 1 &&
                     last->words[0].literal_text() == "grep" &&
                     last->words[1].literal_text().find('q') != std::string::npos;
  if (!greps && !silent_ && !prints_elsewhere(pipeline.commands.back())) return false;
  for (Way& way : ways) way.status = Status::kEither;
  return true;
}

bool Printed::run_simple(const SimpleCommand& simple, Ways& ways) {
  Ways out;
  for (Way& way : ways) {
    if (simple.words.empty()) {
      for (const Assignment& assignment : simple.assignments) {
        shell::assign(assignment, way.scope, around_.context);
      }
      way.status = Status::kOk;
      out.push_back(std::move(way));
      continue;
    }
    for (shell::Expansion& turn : shell::expand(simple.words, way.scope, around_.context)) {
      Way copy = way;
      if (turn.arguments.empty() || !run_words(simple, turn.arguments, copy, out)) return false;
      if (out.size() > 2 * kMaxWays) return false;
    }
  }
  ways = std::move(out);
  return merge(ways);
}

bool Printed::run_function(const FunctionDefinition& function, const std::vector<Argument>& argv,
                           Way& way, Ways& out) {
  shell::Positional positional;
  positional.known = true;
  for (std::size_t i = 1; i < argv.size(); ++i) {
    positional.arguments.push_back(shell::to_text(argv[i]));
  }
  way.scope.enter_function(std::move(positional));
  Ways ways = {std::move(way)};
  if (!run(*function.body, ways)) return false;
  for (Way& each : ways) {
    each.scope.leave_function();
    each.ended = false;
    out.push_back(std::move(each));
  }
  return true;
}

}  // namespace composelint::timeline
