#include "analyzer/signs/stacks/renewal.h"

#include <composelint/path_name.h>
#include <composelint/service_role.h>
#include <composelint/taken_for.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/files/pipeline_file.h"
#include "analyzer/signs/images/loaded_image.h"
#include "analyzer/signs/images/release_elsewhere.h"
#include "analyzer/signs/steps/entered.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/development_words.h"
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

// At the registry that the release comes from.
bool logs_in(const Step& step) {
  return program_name(step) == "docker" && step.argv.size() > 1 && step.argv[1].is("login");
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

// `tar xzf /tmp/release.tgz`, `unzip -o release.zip`.
bool unpacks(const Step& step) {
  const std::string_view program = program_name(step);
  if (step.place == Place::kContainer || step.argv.size() < 2) return false;
  if (program == "unzip") return true;
  const std::string_view mode = step.argv[1].text;
  return program == "tar" && (mode.substr(0, mode.find('=')) == "--extract" ||
                              (!mode.starts_with("--") && mode.find('x') != mode.npos));
}

const Project* project_of(const Timeline& timeline, const Step& step) {
  if (!step.call) return entered_by_docker(timeline, step).project;
  return TakenFor{.likely = true}(*step.call);
}

// "TAG" of `image: example/app:${TAG:-latest}`.
std::vector<std::string_view> image_variables(const Project& project) {
  std::vector<std::string_view> names;
  for (const Service& service : project.services) {
    if (!service.image) continue;
    std::string_view text = service.image->from.span.text();
    for (std::size_t at = text.find('$'); at != text.npos; at = text.find('$')) {
      text.remove_prefix(at + 1);
      if (text.starts_with('{')) text.remove_prefix(1);
      const auto end = std::find_if(text.begin(), text.end(), [](unsigned char c) {
        return c != '_' && std::isalnum(c) == 0;
      });
      if (end != text.begin()) names.push_back(text.substr(0, std::size_t(end - text.begin())));
    }
  }
  return names;
}

// `sed -i "s/^TAG=.*/TAG=$1/" .env`
bool edits(const Step& step, std::string_view variable) {
  return program_name(step) == "sed" &&
         std::any_of(step.argv.begin(), step.argv.end(), [&](const Argument& word) {
           return word.text.find(std::string(variable) + "=") != std::string::npos;
         });
}

// The script says which release it is: the tag of an image of the stack is its own to set.
bool sets_the_tag(const Timeline& timeline, const Step& step) {
  const Project* project = project_of(timeline, step);
  if (project == nullptr) return false;
  const auto names = image_variables(*project);
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return timeline.assigns(name) || last_before(timeline, step, [&](const Step& other) {
                                       return edits(other, name);
                                     }) != nullptr;
  });
}

// `deploy.sh`, a target `release`, `update() { … }`; not `initial-deploy.sh`.
bool names_a_release(std::string_view text) {
  return has_name_word(text, {"deploy", "redeploy", "release", "rollout", "update", "upgrade"}) &&
         !has_name_word(text, {"bootstrap", "create", "first", "init", "initial", "install", "new",
                               "provision", "setup", "test"});
}

bool is_called_a_release(const Timeline& timeline, const Step& step) {
  if (names_a_release(timeline.task) || names_a_release(file_name(step.span.file->path())) ||
      names_a_release(file_name(timeline.file->path()))) {
    return true;
  }
  const auto function = [](const Span& call) {
    const std::string_view text = call.text();
    return text.substr(0, text.find_first_of(" \n;"));
  };
  return std::any_of(step.called_from.begin(), step.called_from.end(),
                     [&](const Span& call) { return names_a_release(function(call)); }) ||
         std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
           const Branch& branch = timeline.branches[way.branch];
           if (branch.kind == BranchKind::kUncalled) return names_a_release(branch.name);
           return branch.kind == BranchKind::kCase && way.arm < branch.patterns.size() &&
                  names_a_release(branch.patterns[way.arm].text());
         });
}

// It comes up with the machine, or is on another one: somebody uses it.
bool is_there_to_stay(const Timeline& timeline, const Step& step) {
  if (!step.call) return false;  // a container's name says nothing of its stack
  const Project* project = project_of(timeline, step);
  if (project == nullptr) return step.place == Place::kRemote;
  return std::any_of(project->services.begin(), project->services.end(),
                     [](const Service& one) { return one.restart && one.restart->value != "no"; });
}

// `migrate.sh` with `-f compose.prod.yaml`, which starts nothing: production runs already.
bool migrates_production(const Timeline& timeline, const Step& step) {
  const auto of_production = [](const OptionUse& use) {
    return use.name == "--file" && use.value &&
           has_name_word(file_name(use.value->text), {"live", "prod", "production"});
  };
  return step.call &&
         has_name_word(file_name(timeline.file->path()), {"migrate", "migration", "migrations"}) &&
         std::any_of(step.call->global_options.begin(), step.call->global_options.end(),
                     of_production) &&
         is_there_to_stay(timeline, step) &&
         std::none_of(timeline.steps.begin(), timeline.steps.end(),
                      [](const Step& other) { return other.call && other.call->is("up"); });
}

// Checked out by the job, which runs at each push.
// A unit is started whenever the machine is.
bool starts_by_itself(const SourceFile& file) {
  return is_of_a_pipeline(file) || file.path().ends_with(".service");
}

// Behind it: what is started is another release.
bool starts_another(const Step& step) {
  return step.call && step.call->is("up") &&
         (brings_up_a_release(*step.call) || step.call->has("--force-recreate"));
}

// Workers run already.
bool restarts_workers(const Step& step) {
  return task_words(step).find("queue:restart") != std::string::npos;
}

// "db.example" of `postgres://app:$PW@db.example/app`, of `DB_HOST=db.example:5432`.
std::string_view database_host(std::string_view name, std::string_view value) {
  static constexpr std::array<std::string_view, 6> kSchemes = {"mariadb", "mongo",    "mssql",
                                                               "mysql",   "postgres", "sqlserver"};
  static constexpr std::array<std::string_view, 6> kHosts = {
      "DATABASE_HOST", "DB_HOST", "MYSQL_HOST", "PGHOST", "POSTGRES_HOST", "SQL_HOST"};
  const std::size_t scheme = value.find("://");
  if (scheme != value.npos) {
    if (!has_one_of(value.substr(0, scheme), kSchemes)) return {};
    const std::size_t at = value.rfind('@');
    value.remove_prefix(at == value.npos ? scheme + 3 : at + 1);
  } else if (std::none_of(kHosts.begin(), kHosts.end(),
                          [&](std::string_view key) { return name.ends_with(key); })) {
    return {};
  }
  return value.substr(0, value.find_first_of(":/?,"));
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
  if (step.docker) {
    return step.docker->is("image pull") || step.docker->verb.ends_with("build") ||
           loads_images(step) || starts_in_a_swarm(step);
  }
  return fetches_sources(step) || carries_over(step) || unpacks(step) || starts_in_a_swarm(step);
}

bool is_of_a_release(const Timeline& timeline, const Step& step) {
  return last_before(timeline, step, brings_a_release) != nullptr || sets_the_tag(timeline, step) ||
         starts_by_itself(*timeline.file) ||
         (is_called_a_release(timeline, step) && is_there_to_stay(timeline, step));
}

bool is_of_a_renewal(const Timeline& timeline, const Step& step) {
  return renews_itself(step) || looks_at_what_runs(timeline, step) ||
         migrates_production(timeline, step) || is_of_a_release(timeline, step) ||
         first_after(timeline, step,
                     [](const Step& other) {
                       return starts_another(other) || restarts_workers(other);
                     }) != nullptr ||
         last_before(timeline, step, [](const Step& other) {
           return renews_itself(other) || takes_down(other) || logs_in(other);
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

bool names_a_database_elsewhere(const Timeline& timeline, const Step& step) {
  const Project* project = project_of(timeline, step);
  const Service* service = step.call ? service_of(step) : entered_by_docker(timeline, step).service;
  if (project == nullptr) return false;
  if (service == nullptr && step.call && step.call->service() != nullptr) {
    service = project->service(step.call->service()->text);
  }
  if (service == nullptr) return false;
  return std::any_of(
      service->environment.begin(), service->environment.end(), [&](const auto& entry) {
        if (!entry.second.value) return false;
        const std::string_view host = database_host(entry.first, *entry.second.value);
        return !host.empty() && host.find('$') == host.npos && host != "localhost" &&
               !host.starts_with("127.") && project->service(host) == nullptr;
      });
}

}  // namespace composelint
