#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "analyzer/signs/files/missing_source.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/project_trouble.h"
#include "analyzer/signs/stacks/stack_deploy.h"
#include "analyzer/signs/words/mentions.h"

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

// The script that has Compose start all of it, by its file; empty: none does.
std::string started_by_a_task(const WorkspaceFacts& facts, const Project& project) {
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (!step.call || !step.call->is("up")) continue;
      const auto& others = step.call->target.others;
      const bool starts = step.call->target.project == &project ||
                          std::find(others.begin(), others.end(), &project) != others.end();
      if (starts && step.span.file != nullptr) return step.span.file->path();
    }
  }
  return "";
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

// A secret that only Swarm keeps: `up` says "unsupported external secret" and stops.
void look_at_external(const WorkspaceFacts& facts, const Project& project, RuleContext& context) {
  if (project.secrets_model == nullptr) return;
  const std::string call = started_by_a_task(facts, project);
  if (call.empty()) return;
  for (const Member& member : project.secrets_model->members) {
    if (!is_true(member.value.find("external"))) continue;
    const Service* user = user_of(project, member.key);
    if (user == nullptr || !user->span || is_deployed_to_swarm(facts, *user->span.file)) continue;
    const Value* mark = member.value.find("external");
    Finding& finding =
        context.report(mark->span ? mark->span : user->span,
                       quoted(member.key) + " is kept by Swarm alone, and " + quoted(call) +
                           " has Compose start " + quoted(user->name) +
                           ", which is given it: it stops with \"unsupported external secret\"",
                       {member.key, "external"});
    finding.related.push_back({user->span, quoted(user->name) + " is declared here"});
    return;
  }
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const Project* project : facts.projects) {
    if (is_in_use(facts, *project)) look_at(facts, *project, context);
    look_at_external(facts, *project, context);
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
        "exit code 0 (measured with 2.40.3); `up` stops at the service that is given it. A secret "
        "that is `external` is one of Swarm: `up` of a script stops with \"unsupported external "
        "secret\".",
    .silent_on =
        "Files that git ignores or that a template is there for: each machine has its own. Files "
        "that any script, Makefile or workflow of the repository speaks of: it may make them. "
        "Files in directories that are not there either. Secrets that no service is given. "
        "Absolute paths.",
    .examples = kExamples,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules
