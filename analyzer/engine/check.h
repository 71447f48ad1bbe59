// The whole of `check`: paths in, a Run out.
#pragma once

#include <composelint/file_system.h>
#include <composelint/rule.h>
#include <composelint/run.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analyzer/engine/config.h"
#include "analyzer/engine/rule_set.h"

namespace composelint::engine {

struct CheckRequest {
  std::vector<std::string> paths;  // files and directories as the user wrote them, in any order
  std::optional<Context> context;  // takes the place of the cues of each script
  // A text that is on no disk, checked along with `paths`.
  std::optional<std::string> stdin_text;
  std::string stdin_filename;     // its name in reports; tells its kind and its directory
  std::string working_directory;  // absolute: relative paths start here, reports are relative to it
  ConfigChoice config;
  std::string today;            // "2026-12-31": what comments allow until an earlier day has ended
  bool inline_comments = true;  // what comments allow is allowed
  RuleChoice rules;
  bool on_this_machine = false;  // scripts run here: absolute paths in them lead where they say
  bool called_tasks = false;  // tasks that another one runs as well, each on its own
};

// Owns the sources, scripts, projects and timelines that a Run points into.
class Workspace;

struct Outcome {
  Outcome();
  Outcome(Outcome&&) noexcept;
  Outcome& operator=(Outcome&&) noexcept;
  ~Outcome();

  std::unique_ptr<Workspace> workspace;  // outlives `run`
  Run run;
  std::vector<const Rule*> rules;  // all that could have fired, by slug
  std::vector<std::shared_ptr<const CustomRule>> custom_rules;  // those among them
  std::optional<Severity> fail_on;  // as the start directory's configuration has it; kOff: never
};

// Never fails as a whole: what could not be read or understood is a Notification of the run.
[[nodiscard]] Outcome check(const CheckRequest& request, const FileSystem& files,
                            std::span<const Rule* const> rules);

}  // namespace composelint::engine
