// Rules × facts × evidence -> findings.
#pragma once

#include <composelint/compose.h>
#include <composelint/evidence.h>
#include <composelint/finding.h>
#include <composelint/rule.h>
#include <composelint/timeline.h>

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace composelint::engine {

// One task of a file with all that is known of it.
struct TaskFacts {
  const Timeline* timeline = nullptr;
  Context context = Context::kOps;
  const EvidenceSource* evidence = nullptr;
  std::size_t first = 0;  // step of its own; those before are of tasks that are judged themselves
  // By step, where operations do less there than elsewhere in the task. May be empty.
  std::vector<std::optional<Context>> less = {};
};

// What a step of a task is for: it may weigh less than the task.
[[nodiscard]] Context context_of(const TaskFacts& task, const Step& step);

// Findings of all rules about the tasks of one file. A place that several calls of a function or
// several tasks lead to is reported once for each rule, as seriously as any of them has it.
[[nodiscard]] std::vector<Finding> evaluate(std::span<const Rule* const> rules,
                                            std::span<const TaskFacts> tasks);

// Findings of all rules about one project.
[[nodiscard]] std::vector<Finding> evaluate(std::span<const Rule* const> rules,
                                            const Project& project);

// What only the whole run shows.
[[nodiscard]] std::vector<Finding> evaluate(std::span<const Rule* const> rules,
                                            const WorkspaceFacts& workspace);

// What the rules about comments say of one.
[[nodiscard]] std::vector<Finding> evaluate(std::span<const Rule* const> rules,
                                            const AllowComment& comment);

// Leaves of findings of one rule at one place the gravest, and none that is off.
void drop_switched_off_and_repeated(std::vector<Finding>& findings);

}  // namespace composelint::engine
