#include <algorithm>
#include <utility>

#include "analyzer/shell/assigned.h"
#include "analyzer/shell/characters.h"
#include "analyzer/timeline/walker.h"

namespace composelint::timeline {

// What differs from one shell to the next is not carried over: each starts from what its host says.
void Walker::enter_block(const hosts::Block& block, shell::Scope variables) {
  state_ = State();
  state_.scope = std::move(variables);
  state_.directory = block.directory;
  state_.why_no_directory = block.why_no_directory.empty()
                                ? "the directory in which it starts is not known"
                                : block.why_no_directory;
  state_.place = block.place;
  state_.place_name = block.place_name;
  state_.errexit = block.errexit || shebang_sets_errexit(block.script.shebang);
  state_.pipefail = block.pipefail || block.script.shebang.find(" pipefail") != std::string::npos;
  shell_ = Shell();
  set_bash_source();
}

void Walker::walk_block(const hosts::Block& block, shell::Scope variables,
                        const Surroundings& around) {
  const bool own = frames_.empty();  // not one that a command of the task runs
  const hosts::Environment* const outer = std::exchange(environment_, &block.environment);
  enter_block(block, std::move(variables));
  note_assigned(block.script, block.text.text.empty() ? block.script.span.text() : block.text.text);
  if (own) timeline_.sections.push_back({block.name, block.script.span, timeline_.steps.size()});
  state_.goes_on = around.status != StatusUse::kStops;
  const std::size_t branch = timeline_.branches.size();
  const std::size_t depth = conditions_.size();
  const std::size_t floor = std::exchange(floor_, depth);
  walk_list(block.script.commands, own_program(around));
  run_traps(branch, depth);
  floor_ = floor;
  leave_shell(branch, around.status == StatusUse::kStops);
  conditions_.resize(depth);
  if (own) walk_uncalled_functions(block);
  environment_ = outer;
}

// Variables of the host count as far as the text speaks of them.
void Walker::note_assigned(const Script& script, std::string_view text) {
  shell::add_assigned(script, assigned_);
  if (environment_ == nullptr) return;
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at)) {
    at += at + 1 < text.size() && text[at + 1] == '{' ? 2 : 1;
    while (at < text.size() && (text[at] == '#' || text[at] == '!')) ++at;
    const std::string_view name = text.substr(at, shell::name_size(text.substr(at)));
    if (!name.empty() && environment_->has(name)) assigned_.emplace(name);
  }
}

namespace {

// Some block runs although one before it failed.
bool goes_on_after_failure(const std::vector<std::shared_ptr<const hosts::Block>>& blocks) {
  return std::any_of(blocks.begin(), blocks.end(), [&](const auto& block) {
    return block != blocks.front() &&
           (block->when == hosts::When::kAnyway || block->when == hosts::When::kOnFailure);
  });
}

}  // namespace

// What runs in its turn runs only while nothing has failed: seen from one that runs anyway it may
// have been skipped.
void Walker::enter_attempts(const hosts::Block& block, Attempts& attempts) {
  const bool in_turn = block.when == hosts::When::kInTurn || block.when == hosts::When::kMaybe;
  if (in_turn && attempts.goes_on) {
    if (!attempts.all) attempts.all = open_branch({}, 2, BranchKind::kLeft);
    conditions_.push_back({*attempts.all, 0});
  }
  for (const std::uint32_t group : block.caught_by) {
    const auto [place, added] = attempts.groups.try_emplace(group, 0);
    if (added) place->second = open_branch({}, 2, BranchKind::kLeft);
    conditions_.push_back({place->second, 0});
  }
}

void Walker::walk_blocks(const std::vector<std::shared_ptr<const hosts::Block>>& blocks,
                         const shell::Scope& inherited, const Surroundings& around) {
  // Mostly the same for all of them.
  const hosts::Block* last = nullptr;
  shell::Scope variables;
  Attempts attempts{goes_on_after_failure(blocks), {}, {}};
  for (const auto& block : blocks) {
    const shell::Scope& own = block->environment.variables();
    if (last == nullptr || !own.is_copy_of(last->environment.variables())) {
      variables = inherited;
      variables.overlay(own);
    }
    last = block.get();
    Surroundings here = around;
    if (block->failure_ignored) here.status = StatusUse::kDiscarded;
    const std::size_t depth = conditions_.size();
    enter_attempts(*block, attempts);
    if (block->when == hosts::When::kMaybe || block->when == hosts::When::kOnFailure) {
      const BranchKind kind =
          block->when == hosts::When::kMaybe ? BranchKind::kHost : BranchKind::kOnFailure;
      conditions_.push_back({open_branch(block->script.span, 2, kind), 0});
    }
    walk_block(*block, variables, here);
    conditions_.resize(depth);
  }
}

void Walker::leave_shell(std::size_t first_branch, bool stops) {
  for (std::size_t branch = first_branch; branch < timeline_.branches.size(); ++branch) {
    std::vector<std::size_t>& leaves = timeline_.branches[branch].leaves;
    for (std::uint32_t arm = 0; arm < leaves.size(); ++arm) {
      const bool well = well_ended_.contains({static_cast<std::uint32_t>(branch), arm});
      if (leaves[arm] == kNever && (well || !stops)) leaves[arm] = timeline_.steps.size();
    }
  }
}

// `make backup`, `npm run migrate`: shells of their own, with the exported variables.
bool Walker::run_tasks(const std::vector<Argument>& argv, const Command& command,
                       const Surroundings& around) {
  if (!request_.open_tasks || !state_.elsewhere.empty()) return false;
  for (const std::string& directory : start_directories()) {
    const std::optional<TaskCall> call = request_.open_tasks(argv, directory);
    if (!call) continue;
    if (frames_.size() >= limits_.call_depth) {
      timeline_.truncated = true;
      return false;
    }
    State before = state_;
    Shell own_shell = std::exchange(shell_, {});
    const std::string own_path = std::exchange(script_path_, call->path);
    bool followed = false;
    for (const hosts::Task* task : call->tasks) {
      const std::string name = call->path + "#" + task->name;
      const bool open_already = std::any_of(frames_.begin(), frames_.end(),
                                            [&](const Frame& frame) { return frame.name == name; });
      if (open_already || !may_enter()) continue;
      followed = true;
      frames_.push_back({command.span, name, FrameKind::kChild, {}});
      walk_blocks(task->blocks, before.scope.exported(), around);
      frames_.pop_back();
    }
    script_path_ = own_path;
    shell_ = std::move(own_shell);
    state_ = std::move(before);
    return followed;
  }
  return false;
}

}  // namespace composelint::timeline
