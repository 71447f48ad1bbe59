#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/stacks/bare_service_name.h"
#include "analyzer/signs/stacks/container_name.h"
#include "analyzer/signs/stacks/joined_as_before.h"
#include "analyzer/signs/stacks/looked_for_name.h"
#include "analyzer/signs/stacks/name_owner.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/certain_value.h"
#include "analyzer/signs/words/fixed_name.h"

namespace composelint::rules {
namespace {

bool names_containers(const DockerInvocation& call) {
  static constexpr std::array<std::string_view, 14> kVerbs = {
      "container attach",  "container commit",
      "container cp",      "container exec",
      "container inspect", "container kill",
      "container logs",    "container pause",
      "container port",    "container restart",
      "container rm",      "container stop",
      "container top",     "inspect"};
  return std::find(kVerbs.begin(), kVerbs.end(), call.verb) != kVerbs.end();
}

// The container, without the path behind it in `docker cp app-db-1:/x .`.
std::string_view container_in(const Argument& word, const DockerInvocation& call) {
  if (!word.known()) return {};
  const std::string_view text = word.text;
  const std::size_t colon = text.find(':');
  if (!call.is("container cp")) return text;
  return colon == std::string_view::npos ? std::string_view() : text.substr(0, colon);
}

// Names that docker itself gave here: `docker run --name x-db-1`.
bool named_here(const Timeline& timeline, std::string_view name) {
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& step) {
    const OptionUse* use = step.docker ? step.docker->option("--name") : nullptr;
    return use != nullptr && use->value && use->value->text == name;
  });
}

// Something else gives it that name: a compose file, or a template that one is made from.
bool named_elsewhere(const WorkspaceFacts& facts, std::string_view name) {
  for (const std::string& prefix : facts.template_names) {
    if (name.starts_with(prefix)) return true;
  }
  for (const Project* project : facts.projects) {
    for (const Service& service : project->services) {
      if (!service.container_name) continue;
      const std::string_view given = service.container_name->value;
      const std::string_view plain = given.substr(0, given.find('$'));
      if (plain.size() == given.size() ? name == given : !plain.empty() && name.starts_with(plain))
        return true;
    }
  }
  return false;
}

// `docker compose -p shop up -d` in the same script: it is the name in every checkout.
bool gives_name(const Timeline& timeline, std::string_view project) {
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& step) {
    const OptionUse* use = step.call ? step.call->global_option("--project-name") : nullptr;
    return use != nullptr && use->value && use->value->known() && use->value->text == project;
  });
}

// The compose file itself says what its project is called.
bool is_named_in_file(const Project& project, std::string_view name) {
  return project.name.from.span && project.name.value == name;
}

// `"${COMPOSE_PROJECT_NAME:-app}-db-1"` goes with the project's name.
bool follows_project_name(const Argument& word) {
  return word.span.file->bytes().find("COMPOSE_PROJECT_NAME") != std::string_view::npos;
}

// What is said where something has failed: `smoke-test || { docker logs shop-web-1; exit 1; }`.
bool is_last_words(const Step& step, const Timeline& timeline) {
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& each) {
    const Branch& branch = timeline.branches[each.branch];
    return branch.kind == BranchKind::kOnFailure ||
           (branch.kind == BranchKind::kOr && each.arm == 0);
  });
}

// `docker logs shop-web-1 || true`: where there is none, nothing is shown, and that is all.
bool only_shows(const Step& step, const Timeline& timeline) {
  if (!step.docker->is("container logs")) return false;
  return step.status == StatusUse::kDiscarded || is_last_words(step, timeline);
}

// `docker container rm -f shop_web_1` behind `down`: where there is none, nothing is missed.
bool is_gone_already(const Step& step, const Timeline& timeline) {
  if (!step.docker->is("container rm")) return false;
  return last_before(timeline, step, [&](const Step& other) {
           return other.call && other.call->is("down") && other.call->operands.empty() &&
                  same_place(other, step);
         }) != nullptr;
}

struct Use {
  const Argument* word = nullptr;
  const DockerInvocation* call = nullptr;
  const TaskView* task = nullptr;
  const Step* step = nullptr;
  std::string_view name;
  // The name is written there, and not in the value of a variable.
  [[nodiscard]] bool written() const {
    return word->place().text().find(name) != std::string_view::npos;
  }
};

std::string consequence(const GeneratedName& found, std::string_view name) {
  const std::string service = quoted(found.service->name);
  if (found.old) {
    return quoted(name) + " is what docker-compose 1.x called the container of " + service +
           "; Compose v2 joins with '-': there is no such container";
  }
  return quoted(name) + " is the name of a container of " + service +
         " under one project name only: in another checkout or with -p it is another container, "
         "or none";
}

// `docker compose -p shops -f smoke/compose.yaml`: without these it is another project, or none.
bool says_which(const Step& step) {
  static constexpr std::array<std::string_view, 3> kOptions = {"--file", "--project-name",
                                                               "--project-directory"};
  return step.call && std::any_of(kOptions.begin(), kOptions.end(), [&](std::string_view option) {
           return step.call->global_option(option) != nullptr;
         });
}

// `docker compose ps` finds the project of itself: its file has a default name and lies in the
// directory of the script or above it, and those who call the project name no files.
bool is_found_by_default(const Project& project, const Timeline& timeline, const SourceFile& script,
                         const WorkspaceFacts& facts) {
  if (!project.default_files || project.files.empty()) return false;
  const std::string& path = project.files.front()->path();
  if (!script.path().starts_with(path.substr(0, path.rfind('/') + 1))) return false;
  const std::vector<Step>& own = timeline.steps;
  if (std::any_of(own.begin(), own.end(), says_which)) return false;
  if (std::any_of(own.begin(), own.end(), [&](const Step& step) {
        return step.call && step.call->target.project == &project;
      })) {
    return true;
  }
  // A script below the root may be started from there, and who starts the stack name another
  // project.
  if (is_in_a_subdirectory(project, facts)) return false;
  return std::none_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const std::vector<Step>& steps = task.timeline->steps;
    return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
      const Project* target = step.call ? step.call->target.project : nullptr;
      return target != nullptr && target->files == project.files && says_which(step);
    });
  });
}

// `docker stop x; docker start x`: `ps -q` does not list what is stopped.
bool is_started_again(const Timeline& timeline, std::string_view name) {
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& step) {
    const auto is_it = [&](const Argument& word) { return word.text == name; };
    return step.docker && step.docker->is("container start") &&
           std::any_of(step.docker->operands.begin(), step.docker->operands.end(), is_it);
  });
}

Finding& tell(const Use& use, std::string message, const Service& service, RuleContext& context) {
  Finding& finding = context.report(use.word->place(), std::move(message),
                                    {use.call->verb, std::string(use.name)});
  finding.severity = context.severity_in(use.task->context);
  finding.context = to_string(use.task->context);
  finding.related.push_back({service.span, "the service is declared here"});
  return finding;
}

void look_at(const Use& use, const WorkspaceFacts& facts, const std::set<std::string_view>& set,
             RuleContext& context) {
  // Nothing has worked it out, as of `$(basename $(CURDIR))`, and nobody may say another one.
  const std::size_t size = use.word->text.find(use.name) + use.name.size();
  if (!is_certain(*use.word, *use.step, *use.task->timeline, size)) return;
  for (const Project* project : nearest_first(use.name, facts)) {
    const auto found = generated_name(use.name, *project);
    if (!found || is_of_another_project(*project, found->project, facts)) continue;
    const bool own = found->project == project->name.value;
    if (!own && is_of_a_named_service(use.name, found->service->name.size(), facts)) return;
    if (!found->old && gives_name(*use.task->timeline, found->project)) return;
    if (found->old && joins_as_before(*project, facts)) return;
    const Span place = use.word->place();
    const bool fixed =
        !found->old && !is_started_under_another_name(*project, facts) &&
        (is_named_in_file(*project, found->project) || set.contains(found->project) ||
         (own && is_in_a_subdirectory(*project, facts)) ||
         is_at_home_in(*place.file, found->project));
    if (fixed || is_looked_for_by_name(*use.task->timeline, place, use.name)) return;
    Finding& finding = tell(use, consequence(*found, use.name), *found->service, context);
    const Timeline& timeline = *use.task->timeline;
    if (place.text() == use.name && !is_started_again(timeline, use.name) &&
        is_found_by_default(*project, timeline, *place.file, facts)) {
      finding.fixes.push_back(
          {"Ask Compose for the container",
           FixSafety::kUnsafe,
           {{place, "\"$(docker compose ps -q " + found->service->name + ")\""}}});
    }
    return;
  }
}

// `docker exec db`, where `db` is a service, and nothing makes a container of that name.
void look_at_bare(const Use& use, const WorkspaceFacts& facts, RuleContext& context) {
  if (!use.call->is("container exec") && !use.call->is("container cp")) return;
  const Timeline& timeline = *use.task->timeline;
  if (use.step->status == StatusUse::kDiscarded || use.step->status == StatusUse::kDecides) return;
  const std::size_t size = use.word->text.find(use.name) + use.name.size();
  if (!is_certain(*use.word, *use.step, timeline, size)) return;
  const Service* service = service_of_bare_name(use.name, facts);
  if (service == nullptr) return;
  if (is_looked_for_by_name(timeline, use.word->place(), use.name)) return;
  const std::string line = use.call->is("container cp") ? "docker cp" : "docker exec";
  const std::string really =
      service->container_name
          ? "; it is " + quoted(service->container_name->value)
          : "; Compose makes up a name like " + quoted("…-" + service->name + "-1");
  tell(use,
       quoted(use.name) + " is a service, and nothing calls its container so: " + quoted(line) +
           " finds none" + really,
       *service, context);
}

// "shop-db-1" of `--volumes-from shop-db-1:ro`, `--network container:shop-db-1`.
std::string_view container_in(const OptionUse& use) {
  if (!use.value || !use.value->known()) return {};
  std::string_view text = use.value->text;
  if (use.name == "--volumes-from") return text.substr(0, text.find(':'));
  constexpr std::string_view kOf = "container:";
  const bool joins = use.name == "--network" || use.name == "--pid" || use.name == "--ipc";
  return joins && text.starts_with(kOf) ? text.substr(kOf.size()) : std::string_view();
}

std::vector<Use> uses_in(const WorkspaceFacts& facts) {
  std::vector<Use> uses;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (!step.docker || step.place != Place::kHost) continue;
      for (const OptionUse& use : step.docker->options) {
        const std::string_view name = container_in(use);
        if (!name.empty() && !named_here(*task.timeline, name) && !named_elsewhere(facts, name)) {
          uses.push_back({&*use.value, &*step.docker, &task, &step, name});
        }
      }
      if (!names_containers(*step.docker)) continue;
      if (only_shows(step, *task.timeline) || is_gone_already(step, *task.timeline)) continue;
      for (const Argument& word : step.docker->operands) {
        const std::string_view name = container_in(word, *step.docker);
        if (!name.empty() && !named_here(*task.timeline, name) && !named_elsewhere(facts, name)) {
          uses.push_back({&word, &*step.docker, &task, &step, name});
        }
        if (step.docker->is("container exec")) break;
      }
    }
  }
  return uses;
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  const std::vector<Use> uses = uses_in(facts);
  const std::set<std::string_view> set = names_set_somewhere(facts);
  std::set<std::pair<const SourceFile*, std::string_view>> told;
  for (const Use& use : uses) {
    if (!use.written()) continue;
    told.insert({use.word->place().file, use.name});
    look_at(use, facts, set, context);
    look_at_bare(use, facts, context);
  }
  // `docker cp "$DB:/x" .`, where the name stands in a variable that is told of.
  for (const Use& use : uses) {
    if (!use.written() && !follows_project_name(*use.word) &&
        told.insert({use.word->place().file, use.name}).second) {
      look_at(use, facts, set, context);
      look_at_bare(use, facts, context);
    }
  }
}

// What of the message holds for other names of the same kind, too.
std::string kind_of(const Finding& finding) {
  if (finding.message.find(" is a service, ") != std::string::npos) return "bare";
  return finding.message.find(" docker-compose 1.x ") != std::string::npos ? "old" : "checkout";
}

// All names of a script stand or fall together: it is told once. A name that several scripts
// have is told in the first of those where it weighs most.
void on_findings(const WorkspaceFacts&, std::span<Finding* const> findings) {
  std::map<std::pair<const SourceFile*, std::string>, std::vector<Finding*>> scripts;
  for (Finding* finding : findings) {
    // Those that are mended together are told together.
    const std::string mended = finding->fixes.empty() ? "" : " mended";
    scripts[{finding->span.file, kind_of(*finding) + mended}].push_back(finding);
  }
  std::map<std::pair<const SourceFile*, std::string>, Finding*> once;
  for (const auto& [script, all] : scripts) {
    Finding* first = all.front();
    const std::string name = first->key.back();
    if (all.size() > 1) {
      for (Finding* other : std::span(all).subspan(1)) merge_into(*first, *other);
      first->message += "; so it is with " + std::to_string(all.size() - 1) + " more " +
                        (all.size() == 2 ? "place" : "places") + " of this file";
    }
    const auto [known, fresh] = once.try_emplace({script.first, name}, first);
    if (fresh) continue;
    if (first->severity > known->second->severity) std::swap(first, known->second);
    merge_into(*known->second, *first);
    known->second->fixes.clear();  // the other would be told then
  }
  std::map<std::string, std::vector<Finding*>> names;
  for (const auto& [place, finding] : once) names[place.second].push_back(finding);
  for (auto& [name, all] : names) {
    if (all.size() == 1) continue;
    std::sort(all.begin(), all.end(), [](const Finding* a, const Finding* b) {
      if (a->severity != b->severity) return a->severity > b->severity;
      return a->span.file->path() < b->span.file->path();
    });
    Finding& first = *all.front();
    for (Finding* other : std::span(all).subspan(1)) merge_into(first, *other);
    first.fixes.clear();
    first.message += "; " + std::to_string(all.size() - 1) +
                     (all.size() == 2 ? " more file names it" : " more files name it");
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker exec -i shop_db_1 psql -U app < seed.sql\n",
    .safe = "docker compose exec -T db psql -U app < seed.sql\n",
    .compose = "name: shop\nservices:\n  db:\n    image: postgres:16\n",
}};

}  // namespace

COMPOSELINT_RULE(hardcoded_container_name) = {
    .slug = "hardcoded-container-name",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kOff},
    .summary = "A container is called by the name that Compose makes up for it",
    .rationale =
        "Compose names a container after project, service and number, and the project after the "
        "directory of the checkout unless something else says so. `docker exec shop-db-1` works "
        "until the directory has another name, `-p` is given or COMPOSE_PROJECT_NAME is set, and "
        "then finds nothing, or the container of another stack. docker-compose 1.x joined with "
        "`_`, Compose v2 does with `-` (measured with 1.29.2 and 2.40.3): scripts with "
        "`shop_db_1` stop working with the switch. `docker compose exec db` needs none of it. "
        "`docker exec db`, "
        "where `db` is but the service, finds nothing at all.",
    .silent_on =
        "Names that end like none of the services of the repository's compose files, services "
        "with a `container_name`, names that a `container_name` elsewhere begins like, also one "
        "in a template, containers that the script itself starts under that name, and those of a "
        "project that it names itself (`-p`). Names whose first part the compose file's `name:` "
        "says, `COMPOSE_PROJECT_NAME=shop` on a page, its directory in the repository, or a path "
        "of the script (`/opt/shop`). Names that begin with a project that a call gives to other "
        "files, or with COMPOSE_PROJECT_NAME. Logs that are shown where there are any, or where "
        "something has failed. Containers that are removed behind `down`, which has removed them. "
        "Names with `_` where calls have `--compatibility`. Names that are not certain: those "
        "that a script works out (`$(basename \"$PWD\")`), the default of an argument, and those "
        "that a test on the way looks for (`if docker ps | grep -q shop_db_1`). Of several names "
        "in a file, all but one, and of the files that have one name, all but the first where it "
        "weighs most: those tell how many there are. Pipelines, whose checkout has one name each "
        "time.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_workspace = on_workspace,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
