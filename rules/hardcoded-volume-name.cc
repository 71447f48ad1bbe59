#include <composelint/contains.h>
#include <composelint/document.h>
#include <composelint/lower_case.h>
#include <composelint/nearest.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/accepted.h"
#include "analyzer/signs/words/fixed_name.h"
#include "analyzer/signs/words/mentions.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

constexpr std::string_view kNowhere = "nowhere";  // in the key

struct Named {
  const Project* project = nullptr;
  const Volume* volume = nullptr;
  std::string called;    // what the directory of the checkout has to be called
  bool nowhere = false;  // and nothing here is
};

// Its files say what it is called, also where a call says it as well.
bool names_itself(const Project& project) {
  if (project.name.from.span) return true;
  return std::any_of(project.written.begin(), project.written.end(), [&](const WrittenFile& file) {
    return std::any_of(file.documents.begin(), file.documents.end(), [&](const yaml::Node* root) {
      const yaml::Node* name = root->find("name");
      return name != nullptr && name->text == project.name.value;
    });
  });
}

// `DIRECTORY_KEY`, for a project that is called after its directory and a volume that is not called
// otherwise.
Named generated_name(std::string_view name, const WorkspaceFacts& facts) {
  for (const Project* project : facts.projects) {
    if (names_itself(*project) || !project->name.known) continue;
    if (!name.starts_with(project->name.value) || is_in_a_subdirectory(*project, facts)) continue;
    if (is_given_somewhere(project->name.value, facts)) continue;
    for (const Volume& volume : project->volumes) {
      const std::string made = project->name.value + "_" + volume.key;
      if (!volume.external && volume.name == made && name == made) {
        return {project, &volume, project->name.value};
      }
    }
  }
  return {};
}

// `cd /opt/old_shop`: over there the checkout has that name. Or the files are made in `Old_shop/`.
bool is_a_directory_somewhere(std::string_view name, const WorkspaceFacts& facts) {
  const auto speaks_of_it = [&](const SourceFile* file) {
    const std::string text = "/" + lower_case(file->path()) + "\n" + lower_case(file->bytes());
    const std::string folder = std::string(name) + "/";
    for (std::size_t at = text.find(folder); at != text.npos; at = text.find(folder, at + 1)) {
      if (at > 0 && std::string_view("/ \t\n\"'=`(").find(text[at - 1]) != std::string_view::npos) {
        return true;
      }
    }
    return false;
  };
  const std::set<const SourceFile*> files = task_files(facts);
  if (std::any_of(files.begin(), files.end(), speaks_of_it)) return true;
  for (const Project* project : facts.projects) {
    if (std::any_of(project->files.begin(), project->files.end(), speaks_of_it)) return true;
  }
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    return std::any_of(task.timeline->steps.begin(), task.timeline->steps.end(),
                       [&](const Step& step) {
                         return step.directory && lower_case(file_name(*step.directory)) == name;
                       });
  });
}

bool sets_its_name_nearby(const Project& project) {
  return std::binary_search(project.set_nearby.begin(), project.set_nearby.end(),
                            "COMPOSE_PROJECT_NAME");
}

// More than a key that any stack may have says that it is this one: the file works on the stack, or
// knows another of its volumes by that name, or the name is much like that of the project.
bool is_meant_here(const Named& found, const SourceFile* file, const WorkspaceFacts& facts) {
  const std::string_view own = found.project->name.value;
  if (found.called.find(own) != std::string::npos || own.find(found.called) != own.npos ||
      !nearest(found.called, {&own, 1}).empty()) {
    return true;
  }
  const auto& volumes = found.project->volumes;
  if (std::any_of(volumes.begin(), volumes.end(), [&](const Volume& other) {
        const std::string name = found.called + "_" + other.key;
        return other.key != found.volume->key &&
               find_name(file->bytes(), name) != std::string::npos;
      })) {
    return true;
  }
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const std::vector<Step>& steps = task.timeline->steps;
    return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
      return step.span.file == file && step.call && step.call->target.project == found.project;
    });
  });
}

// `oldshop_db_data` for a volume `db_data`: the project had that name once, or has it in the
// directory of its writer. A plain `data` may be that of any stack, where there are several here.
Named name_of_no_project(std::string_view name, const SourceFile* file,
                         const WorkspaceFacts& facts) {
  Named found;
  std::size_t longest = 0;
  for (const Project* project : facts.projects) {
    if (!project->name.known || sets_its_name_nearby(*project)) return {};
    for (const Volume& volume : project->volumes) {
      if (volume.key == name || volume.name == name) return {};
      const std::size_t size = volume.key.size() + 1;
      const bool made = !volume.external && volume.name == project->name.value + "_" + volume.key;
      if (!made || name.size() <= size || !name.ends_with("_" + volume.key)) continue;
      const std::string_view front = name.substr(0, name.size() - size);
      const bool of_parts = volume.key.find_first_of("_-") != std::string::npos;
      const bool alone = std::all_of(
          facts.projects.begin(), facts.projects.end(),
          [&](const Project* other) { return other->name.value == project->name.value; });
      if (size <= longest || !(of_parts || alone)) continue;
      longest = size;
      found = {project, &volume, std::string(front), true};
    }
  }
  const bool open = found.volume == nullptr || is_given_somewhere(found.called, facts) ||
                    is_a_directory_somewhere(found.called, facts) ||
                    std::any_of(facts.projects.begin(), facts.projects.end(),
                                [&](const Project* p) { return p->name.value == found.called; });
  return open || !is_meant_here(found, file, facts) ? Named() : found;
}

// The source of `-v NAME:/path`; empty for paths and anonymous volumes.
std::string_view source_of(const OptionUse& use) {
  if (use.name != "--volume" || !use.value || !use.value->known()) return {};
  const std::string_view text = use.value->text;
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || text.find('/') < colon) return {};
  return text.substr(0, colon);
}

// The project is called by name somewhere: then it has that name in every checkout.
bool name_is_given(const Timeline& timeline) {
  return timeline.assigns("COMPOSE_PROJECT_NAME") ||
         std::any_of(timeline.steps.begin(), timeline.steps.end(), [](const Step& step) {
           return step.call && step.call->global_option("--project-name") != nullptr;
         });
}

// `docker volume create db_data`, `docker run -d -v db_data:/data app`: it is a volume of its own.
// So is that of a server which runs until somebody stops it (`--rm -p 80:80`, and no command).
bool is_made_by_docker(std::string_view name, const WorkspaceFacts& facts) {
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    return std::any_of(
        task.timeline->steps.begin(), task.timeline->steps.end(), [&](const Step& step) {
          if (!step.docker) return false;
          const DockerInvocation& call = *step.docker;
          if (call.is("volume create")) {
            return call.operands.empty() ||
                   std::any_of(call.operands.begin(), call.operands.end(),
                               [&](const Argument& w) { return !w.known() || w.text == name; });
          }
          const bool stays = (call.is("container run") || call.is("container create")) &&
                             (!call.has("--rm") || (call.has("--publish") && call.inner.empty()));
          return stays && std::any_of(call.options.begin(), call.options.end(),
                                      [&](const OptionUse& use) { return source_of(use) == name; });
        });
  });
}

// `-v db_data:/data` in a container that is there for one command: the key of the compose file,
// and on the engine that volume has the project's name in front.
Named bare_key(std::string_view name, const WorkspaceFacts& facts) {
  Named found;
  for (const Project* project : facts.projects) {
    for (const Volume& volume : project->volumes) {
      if (volume.external || volume.name == name || !project->name.known) {
        if (volume.key == name || volume.name == name) return {};
      } else if (volume.key == name && found.volume == nullptr) {
        found = {project, &volume, ""};
      }
    }
  }
  return found.volume == nullptr || is_made_by_docker(name, facts) ? Named() : found;
}

void report_key(const Argument& word, std::string_view name, const Named& found,
                const TaskView& task, RuleContext& context) {
  Finding& finding =
      context.report(word.place(),
                     "the compose file's " + quoted(name) + " is called PROJECT_" +
                         std::string(name) + " on the engine, here " + quoted(found.volume->name) +
                         ": docker makes a new, empty " + quoted(name) + " and works on that",
                     {std::string(name), "key"});
  finding.severity = context.severity_in(task.context);
  finding.context = to_string(task.context);
  finding.related.push_back({found.volume->span, "the volume is declared here"});
}

// The volumes that one command names so.
struct Use {
  std::vector<std::string> names;
  Named first;
  Span place;
  bool checked = false;  // by whoever runs it, as a comment asks

  void add(std::string_view name, Span at, const WorkspaceFacts& facts) {
    Named found = generated_name(name, facts);
    if (found.volume == nullptr && !is_made_by_docker(name, facts)) {
      found = name_of_no_project(name, at.file, facts);
    }
    if (found.volume == nullptr) return;
    if (names.empty()) {
      first = found;
      place = at;
    }
    names.emplace_back(name);
  }
};

// "# Check this name with docker volume ls", above the line that has it.
bool is_told_to_check(const Argument& word) {
  return std::any_of(word.runs.begin(), word.runs.end(), [](const WrittenRun& run) {
    return said_above(run.span).find("docker volume ls") != std::string::npos;
  });
}

void report(const Use& use, const Step& step, const TaskView& task, RuleContext& context) {
  // Where there is no such volume, `volume rm` says so, and nothing is lost.
  if (use.names.empty() || step.docker->is("volume rm")) return;
  const bool one = use.names.size() == 1;
  Finding& finding = context.report(
      use.place,
      listed(use.names) + (one ? " has" : " have") +
          " this name only where the checkout's directory is called " + quoted(use.first.called) +
          (use.first.nowhere ? ", and nothing here is" : "") +
          ": anywhere else docker makes a new, empty volume and goes on",
      use.names);
  if (use.first.nowhere) {
    finding.key.push_back(use.first.called);
    finding.key.emplace_back(kNowhere);
  } else {
    finding.key.emplace_back("mounted");
  }
  finding.severity = context.severity_in(task.context);
  if (use.checked) finding.severity = std::min(finding.severity, Severity::kNote);
  finding.context = to_string(task.context);
  finding.related.push_back({use.first.volume->span, "the volume is declared here"});
}

// `if docker volume inspect "$volume"; then …`: what is not there is not mounted.
bool is_looked_for(const Timeline& timeline, const Step& step) {
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    return std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& other) {
      return contains(branch.condition, other.span) && other.docker &&
             (other.docker->is("volume inspect") || other.docker->is("volume ls"));
    });
  });
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const TaskView& task : facts.tasks) {
    if (name_is_given(*task.timeline)) continue;
    for (const Step& step : task.timeline->steps) {
      if (!step.docker || step.place != Place::kHost) continue;
      const bool looked_for = is_looked_for(*task.timeline, step);
      const DockerInvocation& call = *step.docker;
      const bool mounts = call.is("container run") || call.is("container create");
      Use use;
      if (call.is("volume rm")) {
        for (const Argument& word : call.operands) {
          if (word.known()) use.add(word.text, word.place(), facts);
        }
      }
      for (const OptionUse& option : call.options) {
        const std::string_view source = mounts ? source_of(option) : std::string_view();
        if (source.empty()) continue;
        use.add(source, option.value->place(), facts);
        use.checked = use.checked || is_told_to_check(*option.value);
        const Named key = call.has("--rm") && !looked_for ? bare_key(source, facts) : Named();
        if (key.volume != nullptr) report_key(*option.value, source, key, task, context);
      }
      // A name that nothing here has is skipped then, and the script ends well all the same.
      if (!looked_for || use.first.nowhere) report(use, step, task, context);
    }
  }
}

// One `name:` in the compose file mends all places of a project.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  // Names of a project that there is not are mended in one go, as all of a project are.
  std::vector<Finding*> nowhere;
  std::map<std::pair<const SourceFile*, std::string>, std::vector<Finding*>> projects;
  for (Finding* each : findings) {
    if (each->key.back() == kNowhere) nowhere.push_back(each);
    if (each->severity == Severity::kOff || each->key.back() == kNowhere) continue;
    const bool generated = each->key.back() != "mounted" && each->key.back() != "key";
    const std::string how = generated ? "" : each->key.back();
    projects[{each->related.front().span.file, how}].push_back(each);
  }
  tell_once_a_file(facts, nowhere);
  // The script that restores knows the stack by the same name as the one that saves it.
  std::map<std::string, std::vector<Finding*>> called;
  for (Finding* each : nowhere) {
    if (each->severity != Severity::kOff) called[each->key[each->key.size() - 2]].push_back(each);
  }
  const auto is_worse = [](const Finding* one, const Finding* other) {
    return one->severity > other->severity;
  };
  for (auto& [name, all] : called) {
    std::stable_sort(all.begin(), all.end(), is_worse);
    for (Finding* other : std::span(all).subspan(1)) merge_into(*all.front(), *other);
    if (const std::size_t more = all.size() - 1; more > 0) {
      all.front()->message +=
          "; so it is in " + std::to_string(more) + " more " + (more == 1 ? "file" : "files");
    }
  }
  for (auto& [project, all] : projects) {
    if (all.size() == 1) continue;
    std::stable_sort(all.begin(), all.end(), is_worse);
    for (Finding* other : std::span(all).subspan(1)) merge_into(*all.front(), *other);
    const std::size_t more = all.size() - 1;
    all.front()->message +=
        "; so it is with " + std::to_string(more) + " more " + (more == 1 ? "place" : "places");
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker run --rm -v project_data:/data:ro -v \"$PWD:/backup\" alpine:3.20 "
              "tar czf /backup/data.tgz /data\n",
    .safe = "docker compose run --rm -T db tar czf - /var/lib/postgresql/data > data.tgz\n",
    .compose = "services:\n"
               "  db:\n"
               "    image: postgres:16\n"
               "    volumes: [\"data:/var/lib/postgresql/data\"]\n"
               "volumes:\n"
               "  data:\n",
}};

}  // namespace

COMPOSELINT_RULE(hardcoded_volume_name) = {
    .slug = "hardcoded-volume-name",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .summary = "A volume is called by the name that the directory of the checkout gives it",
    .rationale =
        "Compose puts the project's name in front of a volume's, and the project is called after "
        "the directory unless something else says so. `docker run -v NAME:/data` makes a volume "
        "that is not there: in another checkout a backup script archives an empty directory and "
        "ends with 0. `name:` in the compose file fixes the project's name, or the volume's. So "
        "it is with the name of a project that nothing in the repository has. The bare key is "
        "wrong in every checkout: there is no such volume until `docker run` makes it. Told once "
        "a project; a note where the comment above has one check the name (`docker volume ls`).",
    .silent_on =
        "`docker volume rm`, which says that there is none. Projects with `name:`, volumes with a "
        "name of their own, external ones, and scripts that set COMPOSE_PROJECT_NAME or call with "
        "`-p`. Bare keys in containers without `--rm`, in servers (`-p`, no command), or of which "
        "docker itself makes a volume. Names that a call of another script gives, a `name:` in "
        "another file, or a directory that a script goes to, and those of one volume alone in a "
        "file that does nothing with the stack, unless they are much like the project's. Projects "
        "in a directory inside of the repository, which is called the same in every checkout. "
        "Volumes that a test around the call looks for.",
    .examples = kExamples,
    .on_workspace = on_workspace,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
