#include <algorithm>
#include <utility>

#include "analyzer/shell/assigned.h"
#include "analyzer/timeline/walker.h"

namespace composelint::timeline {

// What differs from one shell to the next is not carried over: each starts from what its host says.
void Walker::enter_block(const hosts::Block& block, shell::Scope inherited) {
  state_ = State();
  state_.scope = std::move(inherited);
  state_.directory = block.directory;
  state_.place = block.place;
  state_.place_name = block.place_name;
  state_.errexit = block.errexit || shebang_sets_errexit(block.script.shebang);
  state_.pipefail = block.pipefail || block.script.shebang.find(" pipefail") != std::string::npos;
  for (const hosts::EnvironmentEntry& entry : block.environment) {
    state_.scope.set(entry.name, entry.value);
    state_.scope.set_exported(entry.name);
  }
  shell_ = Shell();
  set_bash_source();
}

void Walker::walk_block(const hosts::Block& block, shell::Scope inherited,
                        const Surroundings& around) {
  const bool own = frames_.empty();  // not one that a command of the task runs
  enter_block(block, std::move(inherited));
  shell::add_assigned(block.script, assigned_);
  for (const hosts::EnvironmentEntry& entry : block.environment) assigned_.insert(entry.name);
  if (own) timeline_.sections.push_back({block.name, block.script.span, timeline_.steps.size()});
  const std::size_t branch = timeline_.branches.size();
  const std::size_t depth = conditions_.size();
  walk_list(block.script.commands, around);
  run_traps(branch);
  leave_shell(branch, around.status == StatusUse::kStops);
  conditions_.resize(depth);
  if (own) walk_uncalled_functions(block);
}

void Walker::walk_blocks(const std::vector<std::shared_ptr<const hosts::Block>>& blocks,
                         const shell::Scope& inherited, const Surroundings& around) {
  for (const auto& block : blocks) {
    Surroundings here = around;
    if (block->failure_ignored) here.status = StatusUse::kDiscarded;
    const std::size_t depth = conditions_.size();
    if (block->when == hosts::When::kMaybe || block->when == hosts::When::kOnFailure) {
      const BranchKind kind =
          block->when == hosts::When::kMaybe ? BranchKind::kHost : BranchKind::kOnFailure;
      conditions_.push_back({open_branch(block->script.span, 2, kind), 0});
    }
    walk_block(*block, inherited, here);
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
  if (!request_.open_tasks || !state_.elsewhere.empty() || frames_.size() >= limits_.call_depth)
    return false;
  for (const std::string& directory : start_directories()) {
    const std::optional<TaskCall> call = request_.open_tasks(argv, directory);
    if (!call) continue;
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
      frames_.push_back({command.span, name, FrameKind::kChild});
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
