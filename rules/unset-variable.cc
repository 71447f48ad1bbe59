#include <composelint/mentions.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/set_elsewhere.h>
#include <composelint/variable_place.h>
#include <composelint/wording.h>

#include <algorithm>
#include <set>

namespace composelint::rules {
namespace {

bool is_tag(const UnsetVariable& unset) {
  const std::string_view text = unset.span.text();
  const std::size_t at = text.find(unset.name);
  const std::size_t dollar = text.rfind('$', at);
  return unset.place.ends_with(".image") && unset.place.starts_with("services.") &&
         dollar != std::string_view::npos && dollar > 0 && text[dollar - 1] == ':' &&
         text.find(':', at) == std::string_view::npos;
}

void look_at(const Project& project, const WorkspaceFacts& facts, RuleContext& context) {
  if (project.unset.empty() || has_hidden_env_file(project)) return;
  std::set<std::string> seen;
  for (const UnsetVariable& unset : project.unset) {
    if (unset.place.empty() || !unset.span || comes_with_the_session(unset.name)) continue;
    const Span place = place_of_variable(unset);
    if (is_meant_literally(project, unset) || !seen.insert(unset.name).second) continue;
    if (std::binary_search(project.set_nearby.begin(), project.set_nearby.end(), unset.name) ||
        mentioned(facts, project, unset.name)) {
      continue;
    }
    const bool tag = is_tag(unset);
    Finding& finding = context.report(
        place,
        quoted(unset.name) + " is set nowhere in sight: " +
            (tag ? "the image has an empty tag, and Compose refuses it with \"invalid reference "
                   "format\""
                 : "Compose puts an empty string into " + quoted(unset.place) +
                       " and goes on with a warning"),
        {unset.place, unset.name});
    if (!tag) finding.severity = std::min(finding.severity, Severity::kWarning);
    if (project.env_files.empty()) continue;
    finding.related.push_back({{project.env_files.front(), 0, 0},
                               "the variables come from here, and it is not among them"});
  }
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  if (some_call_is_open(facts)) return;
  const auto lacking = [](const Project& project) -> auto& {
    return project.unset;
  };
  for (const Project* project : facts.projects) {
    const bool otherwise = lacks_less_elsewhere(*project, facts, lacking);
    if (!otherwise && is_in_use(facts, *project)) look_at(*project, facts, context);
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n  app:\n    image: example/app:${TAG}\n",
    .safe = "services:\n  app:\n    image: example/app:${TAG:-1.4}\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(unset_variable) = {
    .slug = "unset-variable",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kNote,
                 .ci = Severity::kNote,
                 .docs = Severity::kNote},
    .summary = "A variable of a compose file has no default and is set nowhere",
    .rationale =
        "Compose warns once (`The \"X\" variable is not set. Defaulting to a blank string.`), "
        "exits "
        "with 0 and goes on with an empty string (measured with 2.40.3): an empty password, host "
        "or path. An empty tag is refused. Where the stack's env file is in sight and lacks the "
        "variable, it was renamed on one side. `${X:?}` makes the lack an error, `${X:-}` says "
        "that it may be empty.",
    .silent_on =
        "Stacks with an env file that git ignores or that has a template: the values are "
        "elsewhere. "
        "Variables that a file with `env`, `vars` or `secret` in its name or any script, Makefile "
        "or workflow of the repository speaks of. Compose files that no call and no default search "
        "leads to. What a login session or a "
        "runner brings (`HOME`, `UID`, `CI_…`). Calls with an `--env-file` that is not known.",
    .examples = kExamples,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules
