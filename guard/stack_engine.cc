#include <algorithm>

#include "guard/parse.h"
#include "guard/stack_view.h"

namespace composelint::guard {

namespace {

Answer reachable(const StackView& view) {
  const EngineFacts& engine = view.snapshot.engine;
  const std::string place = engine.endpoint.empty() ? "context " + engine.context : engine.endpoint;
  Answer answer = engine.reachable
                      ? supported("engine-reachable", Severity::kError,
                                  "engine " + engine.server_version + " answers at " + place)
                      : refuted("engine-reachable", Severity::kError,
                                "the engine at " + place + " does not answer: " + engine.failure,
                                "see `docker context ls`, DOCKER_HOST and whether the engine runs");
  answer.origin = "docker version";
  return answer;
}

Answer is_supported(const StackView& view) {
  constexpr std::string_view kClaim = "engine-supported";
  const EngineFacts& engine = view.snapshot.engine;
  Answer answer;
  if (engine.podman) {
    answer =
        unknown(kClaim, Severity::kError, "this is podman, with which guard has not been tried",
                "give guard Docker's own engine and Compose");
  } else if (const auto fits = at_least(engine.compose_version, 2, 26); !fits) {
    answer = unknown(kClaim, Severity::kError, "Compose does not tell its version",
                     "guard needs Docker Compose 2.26 or newer");
  } else if (!*fits) {
    answer = refuted(kClaim, Severity::kError,
                     "this is Compose " + engine.compose_version +
                         ", which cannot tell beforehand what it will do",
                     "install Docker Compose 2.26 or newer");
  } else {
    answer = supported(kClaim, Severity::kError, "Compose " + engine.compose_version);
  }
  answer.origin = "docker compose version";
  return answer;
}

Answer valid(const StackView& view) {
  constexpr std::string_view kClaim = "configuration-valid";
  const ConfigFacts& own = view.snapshot.config;
  const ConfigFacts& all = view.snapshot.all_profiles;
  Answer answer;
  if (!own.asked) {
    answer = unknown(kClaim, Severity::kError, "the configuration was not looked at",
                     "see " + view.typed("config -q"));
  } else if (!own.valid) {
    answer = refuted(kClaim, Severity::kError, "Compose refuses the configuration: " + own.failure,
                     "see " + view.typed("config -q"));
  } else if (all.asked && !all.valid) {
    // The default profiles hide that a service of another one cannot be made.
    const Service* declared = view.facts.command.service();
    const bool mine = view.task && (declared == nullptr || !declared->active);
    answer = refuted(kClaim, mine ? Severity::kError : Severity::kNote,
                     "with every profile Compose refuses the configuration: " + all.failure,
                     "see " + view.typed("--profile '*' config -q"));
  } else {
    answer = supported(kClaim, Severity::kError, "Compose accepts the configuration");
  }
  answer.origin = "docker compose config";
  return answer;
}

// "app" of "services.app.image"; empty for other places.
std::string_view service_of_place(std::string_view place) {
  constexpr std::string_view kFront = "services.";
  if (!place.starts_with(kFront)) return {};
  place.remove_prefix(kFront.size());
  return place.substr(0, place.find('.'));
}

// Whether the command's service, or one that it depends on, has the variable in it. Where nobody
// knows who has, it may.
bool concerns(const StackView& view, const std::string& variable) {
  if (!view.task || view.project == nullptr) return true;
  const auto ours = [&](std::string_view service) {
    return service == view.service || view.dependency(service) != nullptr;
  };
  bool found = false;
  for (const UnsetVariable& unset : view.project->unset) {
    if (unset.name != variable) continue;
    found = true;
    if (!unset.place.empty()) {
      // What stands outside of services (`x-database: &database`) may be merged into any.
      const std::string_view service = service_of_place(unset.place);
      if (service.empty() || ours(service)) return true;
      continue;
    }
    // An env file has it.
    for (const Service& service : view.project->services) {
      for (const EnvFile& file : service.env_files) {
        const bool there = unset.span && file.path.ends_with(unset.span.file->path());
        if (there && ours(service.name)) return true;
      }
    }
  }
  return !found;
}

Answer variables(const StackView& view) {
  constexpr std::string_view kClaim = "variables-set";
  std::vector<std::string> unset = view.snapshot.config.unset;
  for (const std::string& name : view.snapshot.all_profiles.unset) {
    if (std::find(unset.begin(), unset.end(), name) == unset.end()) unset.push_back(name);
  }
  Answer answer;
  if (!view.snapshot.config.asked) {
    answer = unknown(kClaim, Severity::kWarning, "the configuration was not looked at",
                     "see " + view.typed("config -q"));
  } else if (unset.empty()) {
    answer = supported(kClaim, view.grave(), "no variable is unset");
  } else {
    std::vector<std::string> mine;
    for (const std::string& name : unset) {
      if (concerns(view, name)) mine.push_back(name);
    }
    const Severity others = view.by_stake(Severity::kWarning, Severity::kNote, Severity::kNote);
    const std::string where = mine.empty() || !view.task
                                  ? ""
                                  : ", and " + view.service + " or what it needs uses " +
                                        (mine.size() == 1 ? "it" : listed(mine));
    answer = refuted(
        kClaim, mine.empty() ? others : view.grave(),
        listed(unset) + (unset.size() == 1 ? " is" : " are") + " not set and became empty" + where,
        "set " + std::string(unset.size() == 1 ? "it" : "them") +
            " in the environment, in .env or by --env-file");
  }
  answer.origin = "docker compose config";
  return answer;
}

}  // namespace

void ask_engine(const StackView& view, std::vector<Answer>& answers) {
  answers.push_back(reachable(view));
  answers.push_back(is_supported(view));
}

void ask_configuration(const StackView& view, std::vector<Answer>& answers) {
  answers.push_back(valid(view));
  if (view.snapshot.config.valid || !view.snapshot.config.unset.empty()) {
    answers.push_back(variables(view));
  }
}

}  // namespace composelint::guard
