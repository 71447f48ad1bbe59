#include "analyzer/timeline/build.h"

#include <utility>

#include "analyzer/timeline/questions.h"
#include "analyzer/timeline/walker.h"

namespace composelint::timeline {

bool shebang_sets_errexit(const std::string& shebang) {
  for (std::size_t at = shebang.find(" -"); at != std::string::npos;
       at = shebang.find(" -", at + 1)) {
    for (std::size_t i = at + 2; i < shebang.size() && shebang[i] != ' '; ++i) {
      if (shebang[i] == '-') break;
      if (shebang[i] == 'e') return true;
    }
  }
  return false;
}

Walker::Walker(const BuildRequest& request, const Bind& bind, const BuildLimits& limits)
    : request_(request), bind_(bind), limits_(limits), script_path_(request.script_path) {}

Timeline Walker::build() {
  const hosts::Task& task = *request_.task;
  timeline_.file = request_.file;
  timeline_.task = task.name;
  if (!task.blocks.empty()) timeline_.script = &task.blocks.front()->script;
  Surroundings top;
  // The status of the last command is the block's own.
  top.status = StatusUse::kStops;
  walk_blocks(task.blocks, {}, top);
  timeline_.assigned.assign(assigned_.begin(), assigned_.end());
  mark_questions(timeline_);
  return std::move(timeline_);
}

// A library of functions is worth reading, too: each on its own, with nothing known of its caller.
// They see the variables of the whole script, from a directory of their own.
void Walker::walk_uncalled_functions(const hosts::Block& block) {
  state_.ended = Ended::kNo;
  state_.directory = block.directory;
  state_.directory_stack.clear();
  std::vector<Condition> outside = std::exchange(conditions_, {});
  detached_ = true;
  for (const std::string& name : std::vector<std::string>(shell_.order)) {
    if (shell_.called.contains(name)) continue;
    const auto found = shell_.functions.find(name);
    if (found == shell_.functions.end() || found->second.file != block.script.file) continue;
    const FunctionDefinition definition = found->second.definition;
    const State before = state_;
    // Another entry to the script: nothing of the main line is before it.
    conditions_ = {{open_branch({}, 2, BranchKind::kUncalled), 0}};
    timeline_.branches.back().name = name;
    frames_.push_back({{}, name, FrameKind::kFunction, {}});
    state_.scope.enter_function({});
    Surroundings around;
    around.status = StatusUse::kDecides;  // the caller's business
    walk_list(*definition.body, around);
    frames_.pop_back();
    state_ = before;
  }
  detached_ = false;
  conditions_ = std::move(outside);
}

Timeline build(const BuildRequest& request, const Bind& bind, const BuildLimits& limits) {
  return Walker(request, bind, limits).build();
}

}  // namespace composelint::timeline
