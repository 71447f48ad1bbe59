// Findings that weigh as their own file's place says: those in files that a task only follows, and
// those about projects.
#pragma once

#include <composelint/finding.h>

#include <string>
#include <vector>

#include "analyzer/engine/rule_set.h"
#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// Where nothing tells what the tasks of `file` are for, what they follow into another file weighs
// as that one's place says: `test-network/network.sh` tears down a test wherever it is called from.
void weigh_followed(const RuleSet& rules, const SourceFile& file, Workspace& workspace,
                    const std::string& working_directory, std::vector<Finding>& findings);

// A project's findings: `docker-compose.dev.yml` is a developer's, and so is a stack that runs from
// sources and what a README says is one. Of a generated file, errors alone are for whoever reads
// it.
void weigh_by_file(const RuleSet& rules, const Project& project, Workspace& workspace,
                   const std::string& working_directory, std::vector<Finding>& findings);

}  // namespace composelint::engine
