// Where a script belongs: operations, development, continuous integration. The same slip weighs
// differently in each.
#pragma once

#include <composelint/rule.h>
#include <composelint/timeline.h>

#include <string>
#include <string_view>

#include "analyzer/hosts/host_file.h"

namespace composelint::engine {

struct ContextCue {
  Context context = Context::kOps;
  std::string cue;          // what decided it, for people: "directory tests"
  bool by_default = false;  // nothing did
  bool told = false;        // by people, in so many words
  bool by_call = false;     // one call did: others may be for something else
  bool for_all = false;     // of the README: whatever the files below it are called
  bool kept = false;        // for reference: nobody runs it
};

// `path` is relative to the workspace's root. Without any cue a script counts as operations: what
// is run by hand against a stack is what the rules are for.
struct ContextQuestion {
  std::string_view path;
  hosts::HostKind kind = hosts::HostKind::kShell;
  const hosts::Task* task = nullptr;
  const Timeline& timeline;
  const ContextCue* repository = nullptr;  // what its README says; null: nothing
  // Of a script that enters containers by plain docker: the stack that it lies in.
  const Project* around = nullptr;
};
[[nodiscard]] ContextCue context_of(const ContextQuestion& question);

// By ssh, or through the engine of another machine.
[[nodiscard]] bool acts_elsewhere(const ContextQuestion& question);

}  // namespace composelint::engine
