#include "guard/plain_docker.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "analyzer/knowledge/docker_cli.h"
#include "analyzer/knowledge/wrappers.h"
#include "analyzer/text/path.h"
#include "guard/command.h"
#include "guard/endpoint.h"
#include "guard/json_text.h"
#include "guard/judge.h"
#include "guard/lines.h"
#include "guard/parse.h"
#include "guard/probe_commands.h"

namespace composelint::guard {

namespace {

using Argv = std::vector<std::string>;

enum class Reach { kExec, kRemove, kRemoveVolume };

struct PlainDocker {
  Reach reach = Reach::kExec;
  Argv docker;   // up to the verb, with what stands in front
  Argv targets;  // containers, volumes
  Argv compose;  // how Compose would be told, for what it does to data; empty: it deletes
};

struct Reading {
  std::size_t begin = 0;  // of docker's own words
  knowledge::DockerCall call;
  Reach reach = Reach::kExec;
};

std::optional<Reading> reading_of(std::span<const Argument> argv) {
  Reading out;
  auto call = knowledge::read_docker(argv);
  while (!call) {
    const auto wrapper = knowledge::unwrap_once(argv.subspan(out.begin));
    if (!wrapper || !wrapper->why_not.empty() || wrapper->script != nullptr ||
        wrapper->joins_rest || wrapper->place != knowledge::Place::kHere ||
        out.begin + wrapper->rest >= argv.size()) {
      return std::nullopt;
    }
    out.begin += wrapper->rest;
    call = knowledge::read_docker(argv.subspan(out.begin));
  }
  if (call->operands.empty()) return std::nullopt;
  if (call->verb == "container exec") {
    out.reach = Reach::kExec;
  } else if (call->verb == "container rm") {
    out.reach = Reach::kRemove;
  } else if (call->verb == "volume rm") {
    out.reach = Reach::kRemoveVolume;
  } else {
    return std::nullopt;
  }
  out.call = *call;
  return out;
}

std::optional<PlainDocker> read(const Argv& words) {
  std::vector<Argument> arguments(words.size());
  for (std::size_t at = 0; at < words.size(); ++at) arguments[at].text = words[at];
  const auto reading = reading_of(arguments);
  if (!reading) return std::nullopt;
  const knowledge::DockerCall& call = reading->call;
  const auto word = [&](std::size_t at) { return words[reading->begin + at]; };
  PlainDocker out;
  out.reach = reading->reach;
  const std::size_t verb = reading->begin + call.verb_at;
  out.docker.assign(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(verb));
  if (out.reach == Reach::kExec) {
    out.targets = {word(call.operands.front())};
    out.compose = {"docker", "compose", "exec"};
    if (!call.has("--tty")) out.compose.emplace_back("-T");
    if (!call.has("--interactive")) out.compose.emplace_back("--interactive=false");
    out.compose.push_back(out.targets.front());
    for (std::size_t at = call.inner; reading->begin + at < words.size(); ++at) {
      out.compose.push_back(word(at));
    }
    return out;
  }
  for (const std::size_t at : call.operands) out.targets.push_back(word(at));
  // Of a container alone nothing is lost that a volume does not hold.
  if (out.reach == Reach::kRemove && !call.has("--volumes")) return std::nullopt;
  return out;
}

struct Belongs {
  std::string project;
  std::string service;
  std::vector<std::string> files;
};

// Of those targets that belong to a project, in order.
std::vector<Belongs> owners(std::string_view out) {
  std::vector<Belongs> found;
  while (!out.empty()) {
    const nlohmann::json labels = read_json(take_line(out));
    Belongs one;
    one.project = text_of(labels, "com.docker.compose.project");
    if (one.project.empty()) continue;
    one.service = text_of(labels, "com.docker.compose.service");
    for (const char* label : {"com.docker.compose.project.config_files",
                              "com.docker.compose.project.environment_file"}) {
      const std::string list = text_of(labels, label);
      for (std::size_t at = 0; at < list.size();) {
        const std::size_t end = std::min(list.find(',', at), list.size());
        if (end > at) one.files.push_back(list.substr(at, end - at));
        at = end + 1;
      }
    }
    found.push_back(std::move(one));
  }
  return found;
}

// What has to be done for it first; empty: nothing that `--yes` would not have answered.
std::string demand_of(const ProtectedEnvironment& environment, bool yes) {
  if (!environment.require.empty()) {
    return fmt::format("{} asks for {}", environment.name, fmt::join(environment.require, ", "));
  }
  const bool asks = environment.confirm == engine::Confirm::kTypeName ||
                    (environment.confirm == engine::Confirm::kQuestion && !yes);
  return asks ? environment.name + " asks before" : "";
}

std::string sentence(const PlainDocker& plain, const Belongs& owner, const std::string& demand) {
  switch (plain.reach) {
    case Reach::kExec:
      return fmt::format(
          "`docker exec` enters {} of project {}, and {}; `docker compose exec {} …` is what guard "
          "can judge",
          owner.service, owner.project, demand, owner.service);
    case Reach::kRemove:
      return fmt::format(
          "`docker rm -v` takes a container of {} of project {} and its volumes away, and {}; "
          "`docker compose rm -sv {}` is what guard can judge",
          owner.service, owner.project, demand, owner.service);
    case Reach::kRemoveVolume: break;
  }
  return fmt::format(
      "`docker volume rm` deletes a volume of project {}, and {}; `docker compose down -v` is what "
      "guard can judge",
      owner.project, demand);
}

EngineFacts engine_of(const Captured& context, const Surroundings& around) {
  EngineFacts engine;
  if (context.end.ok()) parse_context(context.out, engine);
  const auto own = around.variable("DOCKER_CONFIG");
  const std::string directory =
      own && !own->empty() ? *own : text::join_path(around.home(), ".docker");
  engine.other_contexts = contexts_of(engine.endpoint, directory);
  return engine;
}

}  // namespace

bool reaches_by_plain_docker(std::span<const Argument> argv) {
  return reading_of(argv).has_value();
}

std::string why_not_by_plain_docker(const GuardOptions& options, const Settings& settings,
                                    Processes& processes, const Surroundings& around,
                                    const FileSystem& files) {
  const std::vector<ProtectedEnvironment>& environments = settings.policy().environments;
  std::vector<const ProtectedEnvironment*> in_the_way;
  for (const ProtectedEnvironment& each : environments) {
    if (!demand_of(each, options.yes).empty()) in_the_way.push_back(&each);
  }
  if (in_the_way.empty()) return "";
  const auto plain = read(options.command);
  if (!plain) return "";
  if (!plain->compose.empty()) {
    const auto command = understand(plain->compose, around, settings.config(), files);
    if (command && !may_change_data(**command)) return "";
  }
  const bool volume = plain->reach == Reach::kRemoveVolume;
  // Each question is a client of its own, and most of its time is that of starting it.
  const bool by_engine =
      std::any_of(in_the_way.begin(), in_the_way.end(), [](const ProtectedEnvironment* each) {
        return !each->contexts.empty() || !each->endpoints.empty();
      });
  std::vector<Command> ask(by_engine ? 2 : 1);
  for (Command& each : ask) each.argv = plain->docker;
  const Argv inspect =
      volume ? Argv{"volume", "inspect", "--format", "{{json .Labels}}", "--"}
             : Argv{"inspect", "--type", "container", "--format", "{{json .Config.Labels}}", "--"};
  ask[0].argv.insert(ask[0].argv.end(), inspect.begin(), inspect.end());
  ask[0].argv.insert(ask[0].argv.end(), plain->targets.begin(), plain->targets.end());
  if (by_engine) {
    ask[1].argv.insert(ask[1].argv.end(), {"context", "inspect", "--format", "{{json .}}"});
  }
  std::vector<Captured> answers = processes.capture(ask, Bounds{});
  answers.resize(2, Captured{{EndKind::kNotStarted, 0}, "", ""});
  const EngineFacts engine = by_engine ? engine_of(answers[1], around) : EngineFacts();
  for (Belongs& owner : owners(answers[0].out)) {
    ActedOn place{engine, owner.project, std::nullopt};
    if (!owner.files.empty()) place.files = owner.files;
    for (const ProtectedEnvironment* each : in_the_way) {
      if (fits(*each, place)) return sentence(*plain, owner, demand_of(*each, options.yes));
    }
  }
  return "";
}

}  // namespace composelint::guard
