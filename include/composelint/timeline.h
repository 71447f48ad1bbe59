// The steps of a script in the order in which they would run: functions put in where they are
// called, every step with the conditions it stands under.
#pragma once

#include <composelint/shell.h>
#include <composelint/step.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

enum class BranchKind {
  kIf,         // arm 0: it holds, 1: it does not
  kCase,       // an arm a pattern
  kAnd,        // arm 0: what stands before it succeeded
  kOr,         // arm 0: it failed
  kFor,        // each word of a list; one arm where the list is not empty
  kWhile,      // `until` as well
  kHost,       // a condition of the host: `if:`, `rules:`
  kOnFailure,  // a block of the host that runs when one before it failed
  kLeft,       // a way left the loop or the function before this point
  kUncalled,   // a function that nothing here calls
  kValue,      // one of several values of a variable
};

struct Branch {
  Span span;
  std::uint32_t arms = 0;  // the ways there are, the empty "none of them" included
  // By arm: steps with an index below this are not reached through it (exit, return, exec); those
  // behind the shell that it leaves are. 0: it comes out again.
  std::vector<std::size_t> leaves;
  BranchKind kind = BranchKind::kIf;
  // What decides: the test, the subject of `case`, the left side of && and ||, the list of `for`.
  Span condition;
  std::vector<Span> patterns;  // of `case`, by arm
  std::string name;            // of a function that nothing calls

  [[nodiscard]] bool leads_to(std::uint32_t arm, std::size_t step) const {
    return step >= leaves[arm];
  }
};

// How sure it is that one step ran when another is reached.
enum class Reach { kNever, kMaybe, kAlways };

// A shell of its own: a recipe line, a step of a job, a script as a whole.
struct Section {
  std::string name;  // may be empty
  Span span;
  std::size_t first = 0;  // index of its first step; it ends where the next begins
};

struct Timeline {
  const SourceFile* file = nullptr;  // that holds the task
  const Script* script = nullptr;    // of the first section
  std::string task;                  // a target, a job; empty for a script
  std::vector<Section> sections;     // at least one where there are steps
  std::vector<Step> steps;
  std::vector<Branch> branches;
  std::vector<const SourceFile*>
      sourced;  // files read on the way in a shell of this one, each once
  // Variables that something here sets (assignments, read, for, declare, …), whatever to; sorted.
  std::vector<std::string> assigned;
  bool truncated = false;  // a bound on inlining or steps was reached; later steps are missing

  [[nodiscard]] bool assigns(std::string_view variable) const {
    return std::binary_search(assigned.begin(), assigned.end(), variable);
  }
  // Whether `earlier` ran whenever `later` is reached. Both are indices into `steps`.
  [[nodiscard]] Reach reach(std::size_t earlier, std::size_t later) const;
};

}  // namespace composelint
