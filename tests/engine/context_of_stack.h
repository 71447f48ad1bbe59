// The context of a finding about a stack that is left to run, and what decided it.
#pragma once

#include <composelint/rule_context.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/engine/check.h"
#include "tests/engine/tree.h"

namespace composelint::engine {

// Holds for stacks that are left to run, and is told of each.
inline void on_project(const Project& project, RuleContext& context) {
  Finding& finding = context.report(project.services.front().span, "x", {"x"});
  finding.confidence = Confidence::kLow;
}
inline constexpr Example kExamples[] = {{.unsafe = "", .safe = "", .is_compose = true}};
inline constexpr Rule kRule = {.slug = "left-to-run",
                               .since = "0.1.0",
                               .severity = {.docs = Severity::kNote},
                               .summary = "x",
                               .rationale = "x",
                               .silent_on = "x",
                               .examples = kExamples,
                               .on_project = on_project};

using Files = std::vector<std::pair<std::string, std::string>>;

// Of the first file, which is a compose file: "ops: `app` has restart: always".
inline std::string context_of_stack(const Files& files, const std::string& root = "/repo",
                                    std::optional<Context> given = std::nullopt) {
  Tree tree;
  tree.file(root + "/.git/HEAD", "");
  for (const auto& [path, text] : files) tree.file(root + "/" + path, text);
  CheckRequest request;
  request.paths = {"."};
  request.working_directory = root;
  request.context = given;
  const Rule* const rules[] = {&kRule};
  const Outcome outcome = check(request, tree, rules);
  for (const Finding& finding : outcome.run.findings) {
    if (finding.span.file->path() != files.front().first) continue;
    const auto cue =
        outcome.run.context_cues.find({finding.span.file, finding.span.begin, finding.context});
    return finding.context + ": " + (cue == outcome.run.context_cues.end() ? "" : cue->second);
  }
  return "nothing";
}

inline constexpr const char* kNothing = "dev: nothing shows that the stack is left to run";

inline std::string app(const std::string& rest) {
  return "services:\n  app:\n    image: example/app\n    " + rest + "\n";
}

}  // namespace composelint::engine
