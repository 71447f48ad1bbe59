#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/one_shot.h"
#include "analyzer/signs/stacks/started_together.h"
#include "analyzer/signs/words/mentions.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool reads_the_same(const Project& a, const Project& b) {
  return !a.files.empty() && !b.files.empty() && a.files.front() == b.files.front();
}

// What the calls of the run do with one compose file.
struct Use {
  const Step* up = nullptr;  // the first that brings it up
  bool open = false;         // some call may turn on, or name, anything
  std::set<std::string> on;  // profiles and services that calls name
};

bool names_anything(const ComposeInvocation& call) {
  const auto unknown = [](const Argument& word) { return !word.known(); };
  return call.opaque_global || call.opaque_options ||
         std::any_of(call.operands.begin(), call.operands.end(), unknown);
}

void add(const Step& step, Context context, Use& use) {
  const ComposeInvocation& call = *step.call;
  use.open = use.open || names_anything(call);
  for (const OptionUse& option : call.global_options) {
    if (option.name != "--profile" || !option.value) continue;
    use.open = use.open || !option.value->known() || option.value->text == "*";
    use.on.insert(option.value->text);
  }
  for (const Argument& service : call.services) use.on.insert(service.text);
  for (const std::string& profile : call.target.project->profiles) use.on.insert(profile);
  const bool told = context == Context::kOps || context == Context::kDev;
  if (use.up == nullptr && call.is("up") && told) use.up = &step;
}

Use use_of(const WorkspaceFacts& facts, const Project& project) {
  Use use;
  for (const TaskView& task : facts.tasks) {
    use.open = use.open || task.timeline->assigns("COMPOSE_PROFILES");
    for (const Step& step : task.timeline->steps) {
      const Project* other = step.call ? step.call->target.project : nullptr;
      if (other != nullptr && reads_the_same(*other, project)) add(step, task.context, use);
      if (!step.call) continue;
      const std::vector<const Project*>& others = step.call->target.others;
      use.open = use.open || std::any_of(others.begin(), others.end(), [&](const Project* each) {
                   return reads_the_same(*each, project) && names_anything(*step.call);
                 });
    }
  }
  return use;
}

// Wherever the name of the profile, or of a service in it, stands in a script or on a page.
bool is_mentioned(const std::set<const SourceFile*>& files, std::string_view name) {
  return std::any_of(files.begin(), files.end(), [&](const SourceFile* file) {
    return find_name(file->bytes(), name) != std::string_view::npos ||
           file->bytes().find("COMPOSE_PROFILES") != std::string_view::npos;
  });
}

// `# docker compose --profile debug up` at the head of the compose file itself.
bool is_told_beside(const Project& project, const std::string& profile) {
  return std::any_of(project.written.begin(), project.written.end(), [&](const WrittenFile& file) {
    const std::string_view text = file.file->bytes();
    return text.find("--profile " + profile) != std::string_view::npos ||
           text.find("--profile=" + profile) != std::string_view::npos ||
           text.find("COMPOSE_PROFILES") != std::string_view::npos;
  });
}

struct Profile {
  const Located<std::string>* name = nullptr;
  std::vector<std::string> services;
  bool spared = false;  // one of its services is a template, or is named
};

std::vector<Profile> profiles_of(const Project& project, const Use& use,
                                 const std::set<const SourceFile*>& files) {
  std::vector<Profile> out;
  for (const Service& service : project.services) {
    const bool spared = is_template(service, project) || may_be_one_shot(service, project) ||
                        is_parked_by_another_file(service) || use.on.contains(service.name) ||
                        is_mentioned(files, service.name);
    for (const Located<std::string>& name : service.profiles) {
      if (!name.known) return {};
      auto found = std::find_if(out.begin(), out.end(), [&](const Profile& profile) {
        return profile.name->value == name.value;
      });
      if (found == out.end()) found = out.insert(out.end(), Profile{&name, {}, false});
      found->services.push_back(service.name);
      found->spared = found->spared || spared;
    }
  }
  return out;
}

void look_at(const Project& project, const WorkspaceFacts& facts, RuleContext& context) {
  if (project.partial || project.services.empty()) return;
  const bool set_nearby = std::binary_search(project.set_nearby.begin(), project.set_nearby.end(),
                                             std::string("COMPOSE_PROFILES"));
  const Use use = use_of(facts, project);
  if (use.open || use.up == nullptr || set_nearby) return;
  const std::set<const SourceFile*> files = task_files(facts);
  for (const Profile& profile : profiles_of(project, use, files)) {
    const std::string& name = profile.name->value;
    if (profile.spared || use.on.contains(name) || !profile.name->from.span) continue;
    if (is_mentioned(files, name) || is_told_beside(project, name)) continue;
    Finding& finding =
        context.report(profile.name->from.span,
                       "nothing here turns the profile " + quoted(name) +
                           " on: no script and no page starts " + listed(profile.services),
                       {"profile", name});
    finding.related.push_back({use.up->span, "the stack is brought up here, without it"});
  }
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const Project* project : facts.projects) look_at(*project, facts, context);
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose up -d --wait\n",
    .safe = "docker compose --profile mail up -d --wait\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n  smarthost:\n    image: "
               "example/smarthost:2.1\n    profiles: [mail]\n",
}};

}  // namespace

COMPOSELINT_RULE(profile_never_activated) = {
    .slug = "profile-never-activated",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote,
                 .dev = Severity::kNote,
                 .ci = Severity::kOff,
                 .docs = Severity::kOff},
    .summary = "No script turns a profile on",
    .rationale =
        "A service with `profiles` is left out of `up`, `pull`, `stop` and `down` until "
        "`--profile`, `COMPOSE_PROFILES` or its own name on the command line turns it on. Where "
        "the scripts that bring the stack up never do, its image is not pulled along, `config` "
        "does not check it, and sooner or later it does not start any more.",
    .silent_on =
        "Stacks that no script here brings up. Profiles whose name, or the name of one of whose "
        "services, stands anywhere in a script, a workflow or a page, and those of `.env` or of a "
        "comment in the compose file. Scripts that take profiles or services from outside. "
        "Tasks, which somebody runs by hand, and services that are only there for others to be "
        "made "
        "from.",
    .examples = kExamples,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules
