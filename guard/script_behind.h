// A command that is no compose call and runs others: `./deploy.sh`, `sh -x deploy.sh`,
// `make deploy`. It is guarded as a script is, with the shims in its PATH.
#pragma once

#include <composelint/result.h>

#include <optional>
#include <string>
#include <vector>

#include "guard/surroundings.h"

namespace composelint::guard {

struct ScriptBehind {
  std::string script;              // a shell script that can be looked at before; empty: it is none
  bool make = false;               // a makefile says what is run
  std::vector<std::string> words;  // the program and its arguments, without what stands in front
};

// Nothing where `argv` is a compose call, docker itself, or a program that is no script and none of
// those that run commands of a file. Fails with kUsage where the shims would not be seen (`sudo
// ./deploy.sh`, `bash -l`, `env -i`), and where the commands are in no file (`sh -c './deploy.sh'`,
// `bash <deploy.sh`): the message says how to give it.
[[nodiscard]] Result<std::optional<ScriptBehind>> script_behind(
    const std::vector<std::string>& argv, const Surroundings& around);

}  // namespace composelint::guard
