// A command of Compose as guard understands it, beside a compose file of a test.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "guard/command.h"
#include "guard/words.h"
#include "tests/compose/memory_files.h"
#include "tests/guard/fake_surroundings.h"

namespace composelint::guard {

inline std::unique_ptr<GuardedCommand> understood(
    const std::string& compose_file, const std::vector<std::string>& task, StreamIs in,
    const std::vector<std::pair<std::string, std::string>>& variables = {}) {
  const compose::MemoryFiles files(
      std::map<std::string, std::string>{{"/p/compose.yaml", compose_file}});
  FakeSurroundings around;
  around.directory = "/p";
  around.descriptors = {{0, {in, ""}}};
  around.variables = variables;
  std::vector<std::string> argv = {"docker", "compose"};
  argv.insert(argv.end(), task.begin(), task.end());
  auto command = understand(argv, around, {}, files);
  EXPECT_TRUE(command) << command_text(argv).text;
  return command ? std::move(*command) : nullptr;
}

}  // namespace composelint::guard
