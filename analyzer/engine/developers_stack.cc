// A stack that a developer works in: what runs in it is not what was built, but the sources beside
// the compose file, and it is started to be worked on.
#include "analyzer/signs/stacks/developers_stack.h"

#include <composelint/service_role.h>
#include <composelint/value.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/context_words.h"
#include "analyzer/engine/on_a_server.h"
#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/stacks/made_to_develop.h"
#include "analyzer/signs/stacks/operated_stack.h"
#include "analyzer/signs/steps/worked_on.h"
#include "analyzer/signs/words/development_words.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

// Why the service is one that is worked on; empty where nothing says so.
std::string developed_by(const Service& service) {
  if (const std::string_view word = reloading_server(service); !word.empty()) {
    return "runs " + std::string(word);
  }
  if (const std::string set = environment_of_development(service); !set.empty()) {
    return "has " + set;
  }
  const Value* dockerfile = service.attribute("build.dockerfile");
  if (dockerfile != nullptr && dockerfile->is_string() && dockerfile->known) {
    const auto cue = cue_in(text::name_of(dockerfile->text), "");
    if (cue && cue->context == Context::kDev) return "is built by " + dockerfile->text;
  }
  return "";
}

bool comes_back(const Service& service) {
  return service.restart && service.restart->value != "no" &&
         !service.restart->value.starts_with("on-failure");
}

// Nothing where one service of it is made to stay, and the stack does not tell of itself.
std::string developed_by(const Project& project) {
  const bool works = is_developers_stack(project) && shown_to_be_operated(project).empty();
  const std::string told = works ? "the stack is one that developers work in" : "";
  std::string why;
  for (const Service& service : project.services) {
    if (comes_back(service)) return told;
    if (!why.empty() || !runs_from_sources(service)) continue;
    const std::string how = developed_by(service);
    if (!how.empty()) why = "service " + service.name + " " + how + " from mounted sources";
  }
  return why.empty() ? told : why;
}

// Mail or errors go to a page, or names and comments say it. Mounted sources alone do not: servers
// have them as well.
bool tells_of_developers(const Project& project) {
  const auto catches = [](const Service& each) {
    return each.active && (catches_mail(each) || shows_its_errors(each) || is_watched(each));
  };
  const auto heads = [](const SourceFile* file) { return is_headed_for_development(*file); };
  return is_named_for_development(project) ||
         std::any_of(project.services.begin(), project.services.end(), catches) ||
         std::any_of(project.files.begin(), project.files.end(), heads);
}

// `find backups -mtime +7 -delete`: dumps that are made every day.
bool removes_by_age(const Step& step) {
  return std::any_of(step.argv.begin(), step.argv.end(),
                     [](const Argument& word) { return word.is("-mtime") || word.is("-mmin"); });
}

}  // namespace

std::string environment_of_development(const Service& service) {
  for (const auto& [name, value] : service.environment) {
    const bool tells = name == "RAILS_ENV" || name == "NODE_ENV" || name == "APP_ENV" ||
                       name == "FLASK_ENV" || name == "RACK_ENV" || name == "MIX_ENV" ||
                       name == "ASPNETCORE_ENVIRONMENT";
    if (!tells || !value.value) continue;
    const std::vector<std::string> words = words_of(*value.value);
    if (words.size() == 1 &&
        (words[0] == "development" || words[0] == "dev" || words[0] == "local")) {
      return name + "=" + *value.value;
    }
  }
  return "";
}

std::optional<ContextCue> services_of_development(const ContextQuestion& question) {
  if (question.kind != hosts::HostKind::kShell) return std::nullopt;
  std::optional<ContextCue> found;
  for (const Step& step : question.timeline.steps) {
    if (is_of_a_server(step)) return std::nullopt;
    if (!step.call || (!step.call->is("run") && !step.call->is("exec"))) continue;
    const Service* service = service_of(step);
    if (service == nullptr || comes_back(*service)) return std::nullopt;
    // A database is the application's.
    if (role_of(*service) == ServiceRole::kDatabase) continue;
    const std::string set = environment_of_development(*service);
    if (set.empty()) return std::nullopt;
    found = ContextCue{Context::kDev, "service " + service->name + " has " + set};
  }
  return found;
}

bool works_on_a_developers_kit(const ContextQuestion& question) {
  std::vector<const Project*> stacks;
  for (const Step& step : question.timeline.steps) {
    if (is_of_a_server(step) || names_a_servers_directory(step) || removes_by_age(step)) {
      return false;
    }
    if (step.call) stacks.push_back(step.call->target.project);
  }
  if (stacks.empty()) stacks.push_back(question.around);
  return std::all_of(stacks.begin(), stacks.end(), [](const Project* project) {
    return project != nullptr && is_developers_stack(*project) && tells_of_developers(*project) &&
           shown_to_be_operated(*project).empty();
  });
}

std::optional<ContextCue> developers_stack(const ContextQuestion& question) {
  const std::vector<Step>& steps = question.timeline.steps;
  if (std::any_of(steps.begin(), steps.end(), is_of_a_server)) return std::nullopt;
  const Project* known = nullptr;
  std::string why;
  for (const Step& step : steps) {
    if (!step.call) continue;
    const Project* project = step.call->target.project;
    if (project == nullptr) return std::nullopt;
    if (project == known) continue;
    why = developed_by(*project);
    if (why.empty()) return std::nullopt;
    known = project;
  }
  if (known == nullptr && question.around != nullptr) why = developed_by(*question.around);
  return why.empty() ? std::nullopt : std::optional(ContextCue{Context::kDev, why});
}

}  // namespace composelint::engine
