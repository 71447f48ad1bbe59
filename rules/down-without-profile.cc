#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/service_role.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/profile_gap.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/certain_value.h"
#include "analyzer/signs/words/fed_text.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// The call starts the service and leaves it running.
bool starts(const ComposeInvocation& call, const Service& service) {
  if (!call.is("up") && !call.is("start") && !call.is("restart")) return false;
  // `up` in the foreground ends with what it has started.
  if (call.is("up") && !call.has("--detach") && !call.has("--wait")) return false;
  if (call.opaque_options || call.target.project == nullptr) return false;
  const Service* own = call.target.project->service(service.name);
  return own != nullptr && reaches_service(call, *own);
}

// A copy of files, which counts on the service's having stopped.
bool counts_on_the_stop(const Step& step) {
  static constexpr std::array<std::string_view, 15> kPrograms = {
      "borg", "btrfs",  "cp",     "dd",    "duplicity", "kopia", "lvcreate", "mv",
      "rm",   "rclone", "restic", "rsync", "tar",       "zfs",   "zip"};
  const std::string_view program = program_name(step);
  return step.role == Role::kFileBackup || step.effect == Effect::kDumps ||
         (step.docker && (step.docker->is("container run") || step.docker->is("container cp"))) ||
         std::find(kPrograms.begin(), kPrograms.end(), program) != kPrograms.end();
}

// `down; up -d db; restore` alone: what stays up is what is wanted next.
bool is_behind(const Timeline& task, const Step& step, const ComposeInvocation& down) {
  const auto found = std::find_if(task.steps.begin(), task.steps.end(), [&](const Step& other) {
    return other.call && other.call->verb_span == down.verb_span;
  });
  // The same line may be reached on another way as well: `restart)` and `start)`.
  const auto next = std::find_if(found, task.steps.end(), [&](const Step& other) {
    return other.call && other.call->verb_span == step.call->verb_span;
  });
  return next != task.steps.end() && step.call->is("up") && !step.call->services.empty() &&
         last_before(task, *next, [&](const Step& other) {
           return &other > &*found && counts_on_the_stop(other);
         }) == nullptr;
}

const Step* started_in(std::span<const Timeline* const> tasks, const ComposeInvocation& down,
                       const Service& service) {
  for (const Timeline* task : tasks) {
    for (const Step& step : task->steps) {
      if (step.call && is_behind(*task, step, down)) continue;
      // What a script that is called does under some condition, this run may not do.
      if (step.span.file != down.span.file && !step.conditions.empty()) continue;
      if (step.call && step.place == Place::kHost && same_stack(*step.call, down) &&
          has_certain_stack(step, *task) && starts(*step.call, service)) {
        return &step;
      }
    }
  }
  return nullptr;
}

// `down -p shop`: without a file that is named, all containers of that name are its services.
bool goes_by_labels(const ComposeInvocation& call) {
  return call.global_option("--project-name") != nullptr && call.global_option("--file") == nullptr;
}

// Some other call of the file takes the service away. `--remove-orphans` does where the service is
// in none of its files: one of an inactive profile is no orphan.
bool ends_otherwise(std::span<const Timeline* const> tasks, const ComposeInvocation& down,
                    const Service& service) {
  for (const Timeline* task : tasks) {
    for (const Step& step : task->steps) {
      if (!step.call || !may_share_stack(*step.call, down)) continue;
      const ComposeInvocation& call = *step.call;
      const bool ends = call.is("down") || call.is("stop") || call.is("rm") || call.is("kill");
      if (!ends) continue;
      if (call.target.project == nullptr || goes_by_labels(call)) return true;
      const Service* own = call.target.project->service(service.name);
      if (own == nullptr ? call.has("--remove-orphans") : reaches_service(call, *own)) return true;
    }
  }
  return false;
}

std::string orphans_of(const ComposeInvocation& call) {
  return call.has("--remove-orphans") ? ": the service is declared, so that it is no orphan" : "";
}

// `cat > .env <<EOF` with COMPOSE_PROFILES in it: `down` reads it, too.
bool writes_profiles(const Step& step) {
  constexpr std::string_view kName = "COMPOSE_PROFILES=";
  if (here_document(step).find(kName) != std::string_view::npos) return true;
  return std::any_of(step.argv.begin(), step.argv.end(), [&](const Argument& word) {
    return word.text.find(kName) != std::string::npos;
  });
}

void on_file(std::span<const Timeline* const> tasks, RuleContext& context) {
  for (const Timeline* task : tasks) {
    if (std::any_of(task->steps.begin(), task->steps.end(), writes_profiles)) return;
  }
  for (const Timeline* task : tasks) {
    for (const Step& step : task->steps) {
      if (!step.call || !step.call->is("down") || step.place != Place::kHost) continue;
      const ComposeInvocation& call = *step.call;
      const Project* project = call.target.project;
      if (project == nullptr || project->partial || !call.operands.empty() || call.opaque_options ||
          goes_by_labels(call) || call.span.file != task->file ||
          is_refused_for_its_profiles(call) || !has_certain_stack(step, *task)) {
        continue;
      }
      for (const Service& service : project->services) {
        if (service.active || service.profiles.empty()) continue;
        if (role_of(service) == ServiceRole::kOneOff) continue;  // has ended by then
        const Step* start = started_in(tasks, call, service);
        if (start == nullptr || ends_otherwise(tasks, call, service)) continue;
        Finding& finding =
            context.report(call.verb_span,
                           "`down` leaves " + quoted(service.name) + " of the profile " +
                               quoted(service.profiles.front().value) + " running, which " +
                               line_of(*start, call.verb_span) +
                               " starts, and the network with it" + orphans_of(call),
                           {"down", service.name});
        finding.related.push_back({start->span, "started here"});
        finding.related.push_back({service.span, "the service is declared here"});
        break;
      }
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose --profile jobs up -d --wait\ndocker compose down\n",
    .safe = "docker compose --profile jobs up -d --wait\ndocker compose --profile jobs down\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n  worker:\n    image: "
               "example/app:1.4\n    profiles: [jobs]\n",
}};

}  // namespace

COMPOSELINT_RULE(down_without_profile) = {
    .slug = "down-without-profile",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kNote},
    .summary = "down does not stop what was started under a profile",
    .rationale =
        "`down` without `--profile` acts on the services that have none. Those of a profile stay "
        "up and hold the network (`Resource is still in use`), exit code 0 (measured with "
        "2.40.3). `--profile '*'` means all of them; `--remove-orphans` does not, as what a "
        "profile leaves out is declared all the same (since 2.23.2).",
    .silent_on =
        "Services that nothing in the file starts, or that it starts by their names behind the "
        "`down`, with no copy of files between, or that another `down`, `stop` or `rm` in it "
        "reaches. `down` with `-p` and no `-f`, which goes by the labels of the containers. `up` "
        "in the foreground. One-off containers of `run`. "
        "Files that write COMPOSE_PROFILES somewhere: `down` may read it there.",
    .examples = kExamples,
    .on_file = on_file,
};

}  // namespace composelint::rules
