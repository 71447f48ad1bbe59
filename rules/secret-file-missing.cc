#include <composelint/mentions.h>
#include <composelint/missing_source.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>
#include <composelint/wording.h>

#include <algorithm>

namespace composelint::rules {
namespace {

const Member* member_at(const Value* section, const Span& span) {
  if (section == nullptr) return nullptr;
  for (const Member& member : section->members) {
    const Value* file = member.value.find("file");
    if (file != nullptr && file->span == span) return &member;
  }
  return nullptr;
}

// The first service that is given it.
const Service* user_of(const Project& project, std::string_view name) {
  for (const Service& service : project.services) {
    for (const std::string_view list : {"secrets", "configs", "build.secrets"}) {
      const Value* items = service.attribute(list);
      if (items == nullptr) continue;
      for (const Value& item : items->items) {
        if (item.text_of("source") == name) return &service;
      }
    }
  }
  return nullptr;
}

void look_at(const WorkspaceFacts& facts, const Project& project, RuleContext& context) {
  for (const ProjectProblem& problem : project.problems) {
    if (trouble_of(problem) != Trouble::kMissingSource) continue;
    const Member* member = member_at(project.secrets_model, problem.span);
    if (member == nullptr) member = member_at(project.configs_model, problem.span);
    const Service* user = member == nullptr ? nullptr : user_of(project, member->key);
    if (user == nullptr) continue;
    const std::string path = shown_source(problem);
    if (is_there_for_others(facts, project, problem.span) || speaks_of_file(facts, path)) continue;
    Finding& finding = context.report(
        problem.span,
        quoted(path) + " is not there and nothing here makes it: " + quoted(user->name) +
            ", which is given " + quoted(member->key) +
            ", is not started, as the \"bind source path does not exist\"",
        {member->key, path});
    finding.related.push_back({user->span, quoted(user->name) + " is declared here"});
  }
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const Project* project : facts.projects) {
    if (is_in_use(facts, *project)) look_at(facts, *project, context);
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app: {image: example/app:1.4, secrets: [token]}\n"
              "secrets:\n"
              "  token: {file: ./token.txt}\n",
    .safe = "services:\n"
            "  app: {image: example/app:1.4, secrets: [token]}\n"
            "secrets:\n"
            "  token: {environment: TOKEN}\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(secret_file_missing) = {
    .slug = "secret-file-missing",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "The file of a secret or config is not there",
    .rationale =
        "Compose mounts the file into the container. `config` does not look whether it is there, "
        "exit code 0 (measured with 2.40.3); `up` stops at the service that is given it.",
    .silent_on =
        "Files that git ignores or that a template is there for: each machine has its own. Files "
        "that any script, Makefile or workflow of the repository speaks of: it may make them. "
        "Files in directories that are not there either. Secrets that no service is given. "
        "Absolute paths.",
    .examples = kExamples,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules
