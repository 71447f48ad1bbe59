// Findings that weigh as their own file's place says: those in files that a task only follows, and
// those about projects.
#pragma once

#include <composelint/finding.h>
#include <composelint/run.h>

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analyzer/engine/rule_set.h"
#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// Where nothing tells what the tasks of `file` are for, what they follow into another file weighs
// as that one's place says: `test-network/network.sh` tears down a test wherever it is called from.
void weigh_followed(const RuleSet& rules, const SourceFile& file, Workspace& workspace,
                    const std::string& working_directory, std::vector<Finding>& findings);

// What the configuration or the command line says of a file (absolute), in place of all cues.
using ToldContext = std::function<std::optional<ContextCue>(const std::string& path)>;

// A project's findings: `docker-compose.dev.yml` is a developer's, and so is a stack that runs from
// sources and what a README says is one. Of a generated file, errors alone are for whoever reads
// it. A finding of low confidence is one about stacks that are left to run: where nothing shows
// that this is one, it weighs as a developer's. What decides goes to the cues of `run`.
void weigh_by_file(const RuleSet& rules, const Project& project, Workspace& workspace,
                   const std::string& working_directory, const ToldContext& told,
                   std::vector<Finding>& findings, Run& run);

// What is told of the whole run, where it stands in a compose file: one file, one context.
std::vector<Finding> weigh_by_projects(const RuleSet& rules,
                                       std::span<const Project* const> projects,
                                       Workspace& workspace, const std::string& working_directory,
                                       const ToldContext& told, std::vector<Finding> findings,
                                       Run& run);

}  // namespace composelint::engine
