// Ways that part and meet again.
#include <algorithm>
#include <optional>
#include <utility>

#include "analyzer/timeline/walker.h"

namespace composelint::timeline {

void State::join(const State& other) {
  scope.join(other.scope);
  if (directory != other.directory) {
    directory.reset();
    why_no_directory.clear();
  }
  if (why_no_directory != other.why_no_directory) why_no_directory.clear();
  if (previous_directory != other.previous_directory) previous_directory.reset();
  if (directory_stack != other.directory_stack) directory_stack.clear();
  left_loop |= other.left_loop;
  left_function |= other.left_function;
  errexit = errexit && other.errexit;
  // `if (set -o pipefail) 2>/dev/null; then set -o pipefail; fi` is how careful scripts set it.
  pipefail = pipefail || other.pipefail;
}

std::uint32_t Walker::open_branch(Span span, std::uint32_t arms, BranchKind kind, Span condition) {
  timeline_.branches.push_back(
      {span, arms, std::vector<std::size_t>(arms, 0), kind, condition, {}, {}});
  return static_cast<std::uint32_t>(timeline_.branches.size() - 1);
}

// The ways meet again. An arm that left the script proves, for all that follows, that another was
// taken; one that only left the function or the loop makes the rest of that body conditional.
void Walker::close_branch(std::uint32_t branch, std::vector<State> arms) {
  std::optional<State> joined;
  Ended shallowest = Ended::kExit;
  bool left_loop = false;
  bool left_function = false;
  bool ended_well = false;
  bool exits = false;
  for (std::uint32_t arm = 0; arm < arms.size(); ++arm) {
    State& state = arms[arm];
    left_loop |= state.left_loop || state.ended == Ended::kLoop;
    left_function |= state.left_function || state.ended == Ended::kReturn;
    if (state.ended == Ended::kExit) {
      timeline_.branches[branch].leaves[arm] = kNever;
      if (state.ended_well) well_ended_.insert({branch, arm});
      ended_well |= state.ended_well;
      exits = true;
    }
    if (state.ended == Ended::kReturn) {
      returned_ ? returned_->join(state) : void(returned_ = state);
    }
    if (state.ended != Ended::kNo) {
      shallowest = std::min(shallowest, state.ended);
    } else if (joined) {
      joined->join(state);
    } else {
      joined = std::move(state);
    }
  }
  if (joined) {
    state_ = std::move(*joined);
  } else {
    state_.ended = shallowest;
    state_.ended_well = ended_well;
  }
  state_.left_loop = left_loop;
  state_.left_function = left_function;
  // `x || exit 0` ends this shell alone: whoever started it cannot tell whether the rest of it ran.
  // Neither can who goes on when it fails, nor what it does on every way out.
  const bool left_shell =
      (ended_well && others_follow_this_shell()) || (exits && (state_.goes_on || traps_exit()));
  if (joined && (left_loop || left_function || left_shell) && !is_left_already()) {
    const Span left = timeline_.branches[branch].span;
    conditions_.push_back({open_branch(left, 2, BranchKind::kLeft, left), 0});
  }
}

void Walker::come_back() {
  const bool returns = state_.ended == Ended::kExit && returned_;
  if (returns) state_ = std::move(*returned_);
  if (returns || state_.ended == Ended::kReturn) state_.ended = Ended::kNo;
}

// One condition for all ways out of a body: what stands behind the second has passed the first.
bool Walker::is_left_already() const {
  if (conditions_.size() <= floor_) return false;
  return timeline_.branches[conditions_.back().branch].kind == BranchKind::kLeft;
}

}  // namespace composelint::timeline
