#include "analyzer/signs/stacks/renewal.h"

#include <composelint/service_role.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/steps/entered.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

bool is_one_of(const Argument& word, std::initializer_list<const char*> names) {
  return std::any_of(names.begin(), names.end(), [&](const char* name) { return word.is(name); });
}

// `git -C /srv/shop pull`; not `git checkout -- compose.yaml`, which takes an edit back.
bool fetches_sources(const Step& step) {
  if (program_name(step) != "git") return false;
  const auto verb = std::find_if(step.argv.begin() + 1, step.argv.end(), [](const Argument& word) {
    return is_one_of(word, {"pull", "fetch", "reset", "checkout", "switch", "merge"});
  });
  return verb != step.argv.end() &&
         std::none_of(verb, step.argv.end(), [](const Argument& word) { return word.is("--"); });
}

bool carries_over(const Step& step) {
  const std::string_view program = program_name(step);
  return program == "rsync" || program == "scp";
}

bool brings_up_a_release(const ComposeInvocation& call) {
  const OptionUse* pull = call.option("--pull");
  return call.is("up") &&
         (call.has("--build") || (pull != nullptr && pull->value && !pull->value->is("missing")));
}

bool takes_down(const Step& step) {
  if (step.call) return step.call->is("down") || step.call->is("stop") || step.call->is("restart");
  return step.docker && (step.docker->is("container stop") || step.docker->is("container restart"));
}

// `wp core update`: the program fetches its own release.
bool renews_itself(const Step& step) {
  return task_words(step).find("wp core update ") != std::string::npos ||
         task_words(step).ends_with("core update");
}

// `ps`, `logs`, `exec` before anything is started: it is up already.
bool looks_at_what_runs(const Timeline& timeline, const Step& step) {
  const auto starts = [](const Step& other) {
    return (other.call && (other.call->is("up") || other.call->is("run") ||
                           other.call->is("start") || other.call->is("create"))) ||
           (other.docker && other.docker->is("container run"));
  };
  return last_before(timeline, step, [&](const Step& other) {
           const bool looks = other.call && (other.call->is("ps") || other.call->is("logs") ||
                                             other.call->is("exec"));
           return looks && last_before(timeline, other, starts) == nullptr;
         }) != nullptr;
}

bool keeps_files(const Service& service) {
  return std::any_of(service.mounts.begin(), service.mounts.end(),
                     [](const Mount& mount) { return !mount.read_only; });
}

}  // namespace

bool brings_a_release(const Step& step) {
  if (step.call) {
    return step.call->is("pull") || step.call->is("build") || brings_up_a_release(*step.call);
  }
  if (step.docker) return step.docker->is("image pull") || step.docker->verb.ends_with("build");
  return fetches_sources(step) || carries_over(step);
}

bool is_of_a_renewal(const Timeline& timeline, const Step& step) {
  return renews_itself(step) || looks_at_what_runs(timeline, step) ||
         last_before(timeline, step, [](const Step& other) {
           return brings_a_release(other) || renews_itself(other) || takes_down(other);
         }) != nullptr;
}

bool works_on_data_of_the_stack(const Timeline& timeline, const Step& step) {
  Entered entered = step.call ? Entered{step.call->target.project, service_of(step)}
                              : entered_by_docker(timeline, step);
  if (entered.project == nullptr && step.call) entered.project = step.call->target.likely;
  if (entered.project == nullptr) return true;
  const auto& services = entered.project->services;
  return (entered.service != nullptr && keeps_files(*entered.service)) ||
         std::any_of(services.begin(), services.end(), [](const Service& service) {
           return role_of(service) == ServiceRole::kDatabase || starts_slowly(service);
         });
}

}  // namespace composelint
