// A configuration's own rules, tried on the examples they give.
#pragma once

#include <composelint/file_system.h>
#include <composelint/rule.h>

#include <span>
#include <string>
#include <vector>

#include "analyzer/engine/check.h"

namespace composelint::engine {

struct ExampleTrial {
  std::string rule;
  std::size_t number = 0;     // of the example, from 1; 0: the rule has none
  bool unsafe_fires = false;  // has to be so
  bool safe_fires = false;    // must not

  [[nodiscard]] bool passed() const { return number == 0 || (unsafe_fires && !safe_fires); }
};

struct CustomTrials {
  Outcome outcome;                   // of reading the configuration; its notifications are trouble
  std::vector<ExampleTrial> trials;  // by rule
};

// The rules of the configuration that counts in `directory` (absolute), or of the chosen one. The
// examples are checked as files of that directory that are alone there, with its vocabulary.
[[nodiscard]] CustomTrials try_examples(const std::string& directory, const ConfigChoice& choice,
                                        const FileSystem& files,
                                        std::span<const Rule* const> built_in);

}  // namespace composelint::engine
