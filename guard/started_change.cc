#include "guard/started_change.h"

#include <composelint/service_task.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>
#include <vector>

#include "analyzer/calls/inner_words.h"
#include "analyzer/calls/task.h"
#include "analyzer/signs/data/data_directory.h"

namespace composelint::guard {

namespace {

using Services = std::set<const Service*>;

bool changes(Effect effect) {
  return effect == Effect::kMigrates || effect == Effect::kRestores || effect == Effect::kDeletes;
}

bool stays_up(const Service& service) {
  const auto stays = [](const auto& words) {
    return words && !words->value.empty() &&
           (words->value.front() == "sleep" || words->value.front() == "tail");
  };
  return stays(service.entrypoint) || stays(service.command);
}

bool goes_by_age(const Service& service) {
  const auto ages = [](const auto& words) {
    return words && std::any_of(words->value.begin(), words->value.end(), [](const auto& word) {
             return word.find("-mtime +") != std::string::npos ||
                    word.find("-mmin +") != std::string::npos || word == "-mtime" ||
                    word == "-mmin";
           });
  };
  return ages(service.entrypoint) || ages(service.command);
}

// What a service does to data when it starts; empty: nothing that is known.
std::string change_of(const Service& service, const knowledge::Vocabulary* own) {
  if (stays_up(service)) return "";
  const ServiceTask task = own_task(service);
  // A program that loads data for as long as it is up is a server like any other.
  // `rm -f tmp/server.pid` stands before many a server, and old backups are removed by their age.
  const auto clears_up = [&](Effect effect, std::string_view name) {
    return effect == Effect::kDeletes &&
           (name == "rm" || (name == "find -delete" && goes_by_age(service)));
  };
  if ((changes(task.effect) && !clears_up(task.effect, task.name)) ||
      (task.effect == Effect::kImports && task.ends))
    return task.name;
  std::vector<Argument> words;
  std::vector<Argument> command;
  if (service.entrypoint) words = calls::as_arguments(*service.entrypoint, service);
  if (service.command) command = calls::as_arguments(*service.command, service);
  words.insert(words.end(), command.begin(), command.end());
  for (const std::vector<Argument>& argv : {words, command}) {
    const calls::Judgement found = calls::judge(argv, own);
    if (changes(found.effect) && !clears_up(found.effect, found.effect_name))
      return found.effect_name;
  }
  const knowledge::Recognised named = knowledge::recognise_by_name(service.name);
  return changes(named.effect) ? std::string(named.name) : "";
}

// `web=0` of scale and of `up --scale`: none is started.
struct Scaled {
  std::string_view service;
  bool none = false;
};

Scaled scaled(std::string_view word) {
  const std::size_t equals = word.find('=');
  if (equals == std::string_view::npos) return {word, false};
  const std::string_view count = word.substr(equals + 1);
  return {word.substr(0, equals),
          !count.empty() && count.find_first_not_of('0') == std::string_view::npos};
}

void add_dependencies(const Project& project, const Service& service, Services& out) {
  for (const DependsOn& each : service.depends_on) {
    const Service* other = project.service(each.service);
    if (other != nullptr && out.insert(other).second) add_dependencies(project, *other, out);
  }
}

bool starts(const ComposeInvocation& call) {
  if (call.is("up")) return !call.has("--no-start");
  if (call.is("run")) return !call.has("--no-deps");
  return call.is("start") || call.is("restart") || call.is("scale") || call.is("watch");
}

Services started(const ComposeInvocation& call, const Project& project) {
  Services named;
  Services out;
  if (call.is("run")) {
    const Argument* name = call.service();
    const Service* service = name == nullptr ? nullptr : project.service(name->text);
    if (service != nullptr) add_dependencies(project, *service, out);
    return out;
  }
  for (const Argument& word : call.operands) {
    const Scaled each = scaled(word.text);
    const Service* service = project.service(each.service);
    if (service != nullptr && !each.none) named.insert(service);
  }
  if (call.operands.empty()) {
    for (const Service& service : project.services) {
      if (service.active && service.replicas != 0) named.insert(&service);
    }
  }
  for (const OptionUse& use : call.options) {
    if (use.name != "--scale" || !use.value) continue;
    const Scaled each = scaled(use.value->text);
    const Service* service = project.service(each.service);
    if (service == nullptr) continue;
    if (each.none) {
      named.erase(service);
    } else if (call.operands.empty() && service->active) {
      named.insert(service);
    }
  }
  out = named;
  if (call.has("--no-deps") || call.is("restart")) return out;
  for (const Service* service : named) add_dependencies(project, *service, out);
  return out;
}

// Where the data stands that `up -V` leaves behind; empty: nowhere.
std::string renewed_place(const Service& service) {
  if (const auto data = unkept_data_of(service)) return data->path;
  for (const Mount& mount : service.mounts) {
    if (mount.known && mount.type == "volume" && mount.source.empty()) return mount.target;
  }
  return "";
}

// With the container goes the only name of its anonymous volumes: the next one starts with others.
std::string left_behind(const ComposeInvocation& call, const Project& project) {
  for (const Service& service : project.services) {
    const bool named = std::any_of(
        call.operands.begin(), call.operands.end(),
        [&](const Argument& word) { return word.known() && word.text == service.name; });
    if (!call.operands.empty() && !named) continue;
    const auto data = unkept_data_of(service);
    if (data) {
      return "what " + service.name + " keeps at " + data->path +
             " is in a volume without a name, which nothing finds again";
    }
  }
  return "";
}

}  // namespace

bool is_in_container(std::string_view word) {
  return !word.starts_with('/') && !word.starts_with('.') &&
         word.find(':') != std::string_view::npos;
}

std::string started_change(const ComposeInvocation& call, const knowledge::Vocabulary* own) {
  if (call.is("cp") && call.operands.size() == 2 && is_in_container(call.operands.back().text)) {
    return "files are copied into " + call.operands.back().text;
  }
  const Project* project = call.target.project;
  if (project == nullptr) return "";
  if (call.is("down") || call.is("rm")) return left_behind(call, *project);
  if (!starts(call)) return "";
  const Services all = started(call, *project);
  // In the order of their names, so that the same one is told each time.
  for (const Service& service : project->services) {
    if (!all.contains(&service)) continue;
    if (call.is("up") && call.has("--renew-anon-volumes")) {
      const std::string place = renewed_place(service);
      if (!place.empty()) {
        return "it starts " + service.name + " without what is in its volume at " + place;
      }
    }
    const std::string what = change_of(service, own);
    if (!what.empty()) return "it starts " + service.name + ", which may change data: " + what;
  }
  return "";
}

}  // namespace composelint::guard
