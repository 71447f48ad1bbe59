#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "analyzer/timeline/asked_before.h"
#include "analyzer/timeline/status_check.h"
#include "analyzer/timeline/walker.h"

namespace composelint::timeline {

// Saying so and going on is throwing the status away, too; a function of the script's own is what
// stands in it.
bool Walker::only_says(const Command& command, bool inside) const {
  if (const auto* group = command.as<Group>()) return only_says(group->body, inside);
  const auto* simple = command.as<SimpleCommand>();
  if (simple == nullptr) return false;
  if (simple->words.empty()) return inside;
  static constexpr std::array<std::string_view, 9> kSaying = {
      "true", ":", "echo", "printf", "log", "warn", "info", "msg", "logger"};
  const std::string name = simple->words.front().literal_text();
  const auto own = shell_.functions.find(name);
  if (own != shell_.functions.end() && !inside)
    return only_says(*own->second.definition.body, true);
  return (inside && name == "local") ||
         std::any_of(kSaying.begin(), kSaying.end(), [&](std::string_view saying) {
           return name == saying || name.starts_with(std::string(saying) + "_");
         });
}

bool Walker::only_says(const std::vector<Command>& commands, bool inside) const {
  return std::all_of(commands.begin(), commands.end(),
                     [&](const Command& command) { return only_says(command, inside); });
}

Span span_of(const std::vector<Command>& commands) {
  return commands.empty() ? Span{} : join(commands.front().span, commands.back().span);
}

bool Walker::others_follow_this_shell() const {
  return request_.task->blocks.size() > 1 ||
         std::any_of(frames_.begin(), frames_.end(),
                     [](const Frame& frame) { return frame.kind == FrameKind::kChild; });
}

StatusUse Walker::status_in_list(const Commands& commands, std::size_t at,
                                 const Surroundings& around) const {
  const StatusUse plain = status_in_list(around);
  if (plain != StatusUse::kUnchecked) return plain;
  const StatusCheck check = check_behind(commands, at, [&](const std::string& name) {
    const auto found = shell_.functions.find(name);
    return found != shell_.functions.end() && ends_in_exit(*found->second.definition.body);
  });
  switch (check) {
    case StatusCheck::kExits: return around.shell;
    case StatusCheck::kExitsWell: return others_follow_this_shell() ? plain : around.shell;
    case StatusCheck::kReturns: return around.caller;
    case StatusCheck::kNone: break;
  }
  return plain;
}

void Walker::walk_list(const Commands& commands, const Surroundings& around) {
  for (std::size_t i = 0; i < commands.size() && state_.ended == Ended::kNo; ++i) {
    Surroundings here = around;
    if (i + 1 < commands.size()) {
      here.status = status_in_list(commands, i, around);
    }
    walk(commands[i], here);
  }
}

void Walker::walk(const Command& command, const Surroundings& around) {
  if (timeline_.steps.size() >= limits_.steps) {
    timeline_.truncated = true;
    return;
  }
  if (const auto* simple = command.as<SimpleCommand>()) {
    walk_simple(command, *simple, around);
    return;
  }
  if (const auto* definition = command.as<FunctionDefinition>()) {
    const Function function{*definition, command.span.file};
    if (shell_.functions.insert_or_assign(definition->name, function).second) {
      shell_.order.push_back(definition->name);
    }
    return;
  }
  Surroundings here = with_redirects(command, around);
  if (command.background) {
    here.background = true;
    here.status = here.shell = here.caller = StatusUse::kDiscarded;
  }
  for (const IoRedirect& redirect : command.redirects) walk_substitutions_of(redirect, around);
  if (const auto* pipeline = command.as<Pipeline>()) {
    walk_pipeline(*pipeline, here);
  } else if (const auto* list = command.as<AndOrList>()) {
    walk_and_or(*list, here);
  } else if (const auto* group = command.as<Group>()) {
    group->subshell ? walk_subshell(group->body, here) : walk_list(group->body, here);
  } else if (const auto* branch = command.as<IfClause>()) {
    walk_if(*branch, 0, command.span, here);
  } else if (const auto* loop = command.as<LoopClause>()) {
    walk_loop(*loop, command.span, here);
  } else if (const auto* each = command.as<ForClause>()) {
    walk_for(*each, command.span, here);
  } else if (const auto* choice = command.as<CaseClause>()) {
    walk_case(*choice, command.span, here);
  }
}

Surroundings Walker::own_shell(const Surroundings& around) {
  Surroundings out = around;
  out.shell = out.caller = around.status;
  return out;
}

// errexit acts in it, whatever tests its status.
Surroundings Walker::own_program(const Surroundings& around) {
  Surroundings out = own_shell(around);
  out.tested = false;
  return out;
}

void Walker::walk_subshell(const Commands& body, const Surroundings& around) {
  State before = state_;
  std::vector<Trap> traps = std::exchange(shell_.traps, {});
  const std::size_t depth = conditions_.size();
  const std::size_t branch = timeline_.branches.size();
  state_.goes_on = around.status != StatusUse::kStops;
  const std::size_t floor = std::exchange(floor_, depth);
  std::optional<State> returned = std::exchange(returned_, std::nullopt);
  walk_list(body, own_shell(around));
  returned_ = std::move(returned);
  run_traps(branch, depth);
  floor_ = floor;
  leave_shell(branch, around.status == StatusUse::kStops);
  conditions_.resize(depth);
  shell_.traps = std::move(traps);
  state_ = std::move(before);
}

void Walker::walk_pipeline(const Pipeline& pipeline, const Surroundings& around) {
  const std::size_t stages = pipeline.commands.size();
  Surroundings outer = around;
  if (pipeline.negated) outer.status = around.tested ? StatusUse::kDecides : StatusUse::kDiscarded;
  if (stages == 1) {
    walk(pipeline.commands.front(), outer);
    return;
  }
  const std::uint32_t number = ++pipelines_;
  for (std::size_t i = 0; i < stages; ++i) {
    Surroundings stage = outer;
    stage.pipeline = number;
    stage.last_in_pipeline = i + 1 == stages;
    if (i > 0) {
      stage.in = {StreamKind::kPipe, pipeline.commands[i - 1].span, {}};
      stage.fed = nullptr;
      stage.fed_text = nullptr;
      stage.fed_by = &pipeline.commands[i - 1];
    }
    if (i + 1 < stages) {
      stage.out = {StreamKind::kPipe, pipeline.commands[i + 1].span, {}};
      if (!state_.pipefail) stage.status = StatusUse::kMasked;
    }
    // Each stage runs in a shell of its own.
    State before = state_;
    const std::size_t depth = conditions_.size();
    std::optional<State> returned = std::exchange(returned_, std::nullopt);
    walk(pipeline.commands[i], own_shell(stage));
    returned_ = std::move(returned);
    conditions_.resize(depth);
    state_ = std::move(before);
  }
}

void Walker::walk_and_or(const AndOrList& list, const Surroundings& around) {
  const std::size_t depth = conditions_.size();
  struct Open {
    std::uint32_t branch;
    State skipped;
    std::size_t left;  // of what the operator asks about; it ends where the other side begins
    std::size_t right;
  };
  std::vector<Open> open;
  const auto close_all = [&] {
    for (; !open.empty(); open.pop_back()) {
      conditions_.resize(depth + open.size() - 1);
      std::vector<State> arms;
      arms.push_back(state_);
      arms.push_back(std::move(open.back().skipped));
      close_branch(open.back().branch, std::move(arms));
    }
  };

  std::size_t left_begin = timeline_.steps.size();
  for (std::size_t i = 0; i < list.commands.size(); ++i) {
    Surroundings here = around;
    const bool last = i + 1 == list.commands.size();
    if (!last) {
      here.tested = true;
      here.status = StatusUse::kDecides;
    }
    if (i == 0 && list.commands.size() == 2) {
      if (const auto holds = decided(list.commands[0], around)) {
        if (*holds == (list.operators[0] == ListOperator::kAnd)) walk(list.commands[1], around);
        return;
      }
    }
    if (i > 0) {
      const bool same_way = i > 1 && list.operators[i - 1] == ListOperator::kAnd &&
                            list.operators[i - 2] == ListOperator::kAnd;
      if (!same_way) close_all();
      if (state_.ended != Ended::kNo) break;
      const std::size_t left = same_way ? i - 1 : 0;  // what the operator asks about
      const bool is_and = list.operators[i - 1] == ListOperator::kAnd;
      const std::uint32_t branch =
          open_branch(list.commands[i].span, 2, is_and ? BranchKind::kAnd : BranchKind::kOr,
                      join(list.commands[left].span, list.commands[i - 1].span));
      open.push_back({branch, state_, left, i});
      conditions_.push_back({branch, 0});
    }
    const std::size_t begin = timeline_.steps.size();
    walk(list.commands[i], here);
    if (state_.ended == Ended::kExit) {
      // Whoever gets past it has skipped it.
      for (Open& way : open) {
        const std::size_t count = way.right - way.left;
        narrow(Tests(list.commands).subspan(way.left, count),
               Operators(list.operators).subspan(way.left, count - 1),
               list.operators[way.right - 1] == ListOperator::kOr, way.skipped.scope);
      }
    }
    if (i > 0 && list.operators[i - 1] == ListOperator::kOr) {
      settle_statuses(left_begin, begin, list.commands[i], around);
      left_begin = begin;
    }
  }
  close_all();
}

// `a || b`: what becomes of a's failure depends on what b is.
void Walker::settle_statuses(std::size_t from, std::size_t to, const Command& handler,
                             const Surroundings& around) {
  StatusUse use = StatusUse::kDecides;
  if (state_.ended == Ended::kExit) {
    // Whoever started this shell takes `exit 0` for success.
    use = state_.ended_well && others_follow_this_shell() ? StatusUse::kDiscarded : around.shell;
  } else if (state_.ended == Ended::kReturn) {
    use = state_.ended_well ? StatusUse::kDiscarded : around.caller;
  } else if (state_.ended == Ended::kLoop) {
    use = StatusUse::kDecides;
  } else if (only_says(handler)) {
    use = StatusUse::kDiscarded;
  }
  settle(from, to, use);
}

void Walker::settle(std::size_t from, std::size_t to, StatusUse use) {
  for (std::size_t i = from; i < to; ++i) {
    Step& step = timeline_.steps[i];
    if (step.status == StatusUse::kDecides) step.status = use;
  }
}

// `elif` is an if inside the else of the one before.
bool Walker::walk_if(const IfClause& clause, std::size_t first, Span span,
                     const Surroundings& around) {
  if (first >= clause.branches.size()) return false;
  // Each lies in the one before: nobody writes so many.
  constexpr std::size_t kMostArms = 300;
  if (first >= kMostArms) {
    timeline_.truncated = true;
    return false;
  }
  const IfClause::Branch& arm = clause.branches[first];
  if (arm.condition.empty()) {
    walk_list(arm.body, around);
    return state_.ended == Ended::kExit;
  }
  if (is_asked_before(clause, first)) return walk_if(clause, first + 1, span, around);
  if (const auto taken =
          arm.condition.size() == 1 ? decided(arm.condition[0], around) : std::nullopt) {
    if (!*taken) return walk_if(clause, first + 1, span, around);
    walk_list(arm.body, around);
    return state_.ended == Ended::kExit;
  }
  Surroundings test = around;
  test.tested = true;
  test.status = StatusUse::kDecides;
  const std::size_t tested = timeline_.steps.size();
  walk_list(arm.condition, test);
  // `if ! dump; then echo "it failed"; fi` goes on all the same.
  const bool last = first + 1 == clause.branches.size();
  const std::size_t body = timeline_.steps.size();
  const std::uint32_t branch = open_branch(span, 2, BranchKind::kIf, span_of(arm.condition));
  std::array<State, 2> ways = {state_, state_};
  std::array<std::vector<Narrowed>, 2> narrowed;
  if (arm.condition.size() == 1) {
    for (std::size_t i = 0; i < 2; ++i) {
      narrowed[i] = narrow(arm.condition, {}, i == 0, ways[i].scope);
    }
  }
  std::vector<State> states;
  states.push_back(walk_arm(std::move(ways[0]), {branch, 0}, [&] { walk_list(arm.body, around); }));
  if (last && states.front().ended == Ended::kNo && only_says(arm.body)) {
    settle(tested, body, StatusUse::kDiscarded);
  }
  bool exits = states.front().ended == Ended::kExit;
  states.push_back(walk_arm(std::move(ways[1]), {branch, 1},
                            [&] { exits |= walk_if(clause, first + 1, span, around); }));
  for (std::size_t i = 0; i < 2 && !exits; ++i) widen(narrowed[i], states[i].scope);
  close_branch(branch, std::move(states));
  return exits;
}

}  // namespace composelint::timeline
