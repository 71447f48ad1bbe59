// What `config` and `diff` share: a call resolved within the surroundings of the process.
#pragma once

#include <composelint/compose.h>
#include <composelint/exit_code.h>
#include <composelint/result.h>

#include <string>

#include "analyzer/compose/loader.h"
#include "analyzer/text/disk_file_system.h"
#include "analyzer/text/source_store.h"
#include "cli/config_options.h"

namespace composelint::cli {

// What `options` ask of the loader, without the environment and standard input of the call.
[[nodiscard]] compose::LoadRequest load_request(const ConfigOptions& options,
                                                std::string working_directory);

// The files of one run; what is loaded points into them.
class ConfigCall {
 public:
  // `working_directory` is absolute.
  explicit ConfigCall(std::string working_directory)
      : working_directory_(std::move(working_directory)), store_(disk_, working_directory_) {}

  // Loads the project that `options` name, with the environment of the process.
  Result<compose::LoadedProject> load(const ConfigOptions& options);

 private:
  std::string working_directory_;
  text::DiskFileSystem disk_;
  text::SourceStore store_;
};

// "file:line:column: error: message" on standard error; the code to end with.
ExitCode report_refusal(const Failure& failure);
void report_warnings(const Project& project);

}  // namespace composelint::cli
