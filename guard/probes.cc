#include "guard/probes.h"

#include <fmt/format.h>

#include <functional>
#include <utility>

#include "analyzer/text/path.h"
#include "analyzer/text/sha256.h"
#include "guard/endpoint.h"
#include "guard/lines.h"
#include "guard/parse.h"
#include "guard/probe_commands.h"

namespace composelint::guard {

namespace {

// Why a program gave no answer.
std::string refusal(const Captured& answer) {
  switch (answer.end.kind) {
    case EndKind::kNotStarted: return "there is no such program, or it may not be run";
    case EndKind::kTimedOut: return "it did not answer in time";
    case EndKind::kSignalled: return fmt::format("it was killed by signal {}", answer.end.code);
    case EndKind::kExited: break;
  }
  std::string words = last_words(answer.err);
  if (words.empty()) words = fmt::format("it ended with exit status {}", answer.end.code);
  return words;
}

class Prober {
 public:
  Prober(const GuardedCommand& command, const SnapshotWish& wish, Processes& processes,
         const Surroundings& around)
      : command_(command), wish_(wish), processes_(processes) {
    snapshot_.taken = around.now();
    const auto own = around.variable("DOCKER_CONFIG");
    docker_directory_ = own && !own->empty() ? *own : text::join_path(around.home(), ".docker");
    if (command.project) project_ = command.project->project.name.value;
    if (const Argument* service = command.call().service()) service_ = service->text;
  }

  Snapshot take() {
    ask_engine();
    ask_project();
    if (!project_.empty()) containers(project_);
    if (wish_.image) image(configured_image());
    if (wish_.volumes) volumes();
    answer_all();
    snapshot_.engine.other_contexts = contexts_of(snapshot_.engine.endpoint, docker_directory_);
    ask_again();
    // Containers give the lines of a log their services.
    if (snapshot_.logs_asked) snapshot_.logs = parse_logs(log_, snapshot_.containers, project_);
    return std::move(snapshot_);
  }

 private:
  using Use = std::function<void(const Captured&)>;

  void ask(Argv argv, Use use) {
    commands_.push_back({std::move(argv), ""});
    uses_.push_back(std::move(use));
  }

  void answer_all() {
    if (commands_.empty()) return;
    const std::vector<Captured> answers = processes_.capture(commands_, Bounds{});
    for (std::size_t i = 0; i < answers.size() && i < uses_.size(); ++i) uses_[i](answers[i]);
    commands_.clear();
    uses_.clear();
  }

  void ask_engine() {
    EngineFacts& engine = snapshot_.engine;
    ask(ask_version(command_), [&engine](const Captured& answer) {
      parse_version(answer.out, answer.err, engine);
      if (!engine.reachable && engine.failure.empty()) engine.failure = refusal(answer);
    });
    ask(ask_context(command_),
        [&engine](const Captured& answer) { parse_context(answer.out, engine); });
    ask(ask_compose_version(command_), [&engine](const Captured& answer) {
      if (answer.end.ok()) engine.compose_version = parse_compose_version(answer.out);
      if (answer.err.find("podman") != std::string::npos) engine.podman = true;
    });
  }

  void config(bool all_profiles, ConfigFacts& facts) {
    ask(ask_config(command_, all_profiles), [&facts](const Captured& answer) {
      facts.asked = true;
      facts.valid = answer.end.ok() && !answer.cut;
      parse_config_words(answer.err, facts);
      if (facts.valid) facts.json = answer.out;
      if (!facts.valid) facts.failure = answer.cut ? "it is too large" : refusal(answer);
    });
  }

  void dry_run(Argv argv, DryRun& facts) {
    ask(std::move(argv), [&facts](const Captured& answer) {
      facts.asked = true;
      facts.ok = answer.end.ok() && !answer.cut;
      facts.actions = parse_dry_run(answer.err);
      std::vector<PlannedAction> more = parse_dry_run(answer.out);
      facts.actions.insert(facts.actions.end(), more.begin(), more.end());
      if (!facts.ok) facts.failure = refusal(answer);
    });
  }

  void ask_project() {
    if (wish_.config) {
      config(false, snapshot_.config);
      config(true, snapshot_.all_profiles);
    }
    const ComposeInvocation& call = command_.call();
    if (wish_.dry_runs && !service_.empty()) {
      // Without dependencies `run` touches nobody, unless orphans are to go.
      const bool touches = !call.has("--no-deps") || call.has("--remove-orphans");
      if (call.is("run") && touches) dry_run(ask_dry_run(command_), snapshot_.task);
      dry_run(ask_dry_up(command_), snapshot_.up);
    }
    if (!wish_.log_services.empty()) {
      ask(ask_logs(command_, wish_.log_since, wish_.log_services), [this](const Captured& answer) {
        snapshot_.logs_asked = answer.end.ok();
        log_ = answer.out;
      });
    }
  }

  void containers(const std::string& project) {
    asked_project_ = project;
    ask(ask_containers(command_, kProjectLabel, project), [this](const Captured& answer) {
      snapshot_.containers.clear();
      snapshot_.containers_failure.clear();
      if (!answer.end.ok() || answer.cut) {
        snapshot_.containers_failure = answer.cut ? "there are too many" : refusal(answer);
        return;
      }
      ContainerList list = parse_containers(answer.out);
      snapshot_.containers = std::move(list.containers);
      if (list.broken > 0) snapshot_.containers_failure = "a line of docker ps cannot be read";
    });
  }

  // One that is not there yet makes docker fail, and the others are told all the same.
  void volumes() {
    std::vector<std::string> names;
    if (command_.project != nullptr) {
      for (const Volume& volume : command_.project->project.volumes) {
        if (!volume.name.empty()) names.push_back(volume.name);
      }
    }
    if (names.empty()) return;
    ask(ask_volumes(command_, names),
        [this](const Captured& answer) { snapshot_.volumes = parse_volumes(answer.out); });
  }

  void image(const std::string& name) {
    if (name.empty()) return;
    asked_image_ = name;
    ask(ask_image(command_, name), [this](const Captured& answer) {
      snapshot_.configured_image_id.reset();
      const std::string_view id = trimmed(answer.out);
      if (answer.end.ok() && !id.empty()) snapshot_.configured_image_id = std::string(id);
    });
  }

  // As our own resolver has it.
  [[nodiscard]] std::string configured_image() const {
    const Service* service = command_.service();
    if (service == nullptr || command_.project == nullptr) return {};
    if (service->image) return service->image->value;
    return service->build ? project_ + "-" + service->name : std::string();
  }

  // What the client says is what it acts on.
  void ask_again() {
    const ConfigFacts& best =
        snapshot_.all_profiles.valid ? snapshot_.all_profiles : snapshot_.config;
    const auto client = best.valid ? parse_client_project(best.json) : std::nullopt;
    if (client) {
      project_ = client->name;
      if (client->name != asked_project_) containers(client->name);
      const ClientProject::Service* service = client->service(service_);
      if (wish_.image && service != nullptr) {
        const std::string name =
            service->image.empty() ? client->name + "-" + service->name : service->image;
        if (name != asked_image_) image(name);
      }
    }
    if (project_.empty()) snapshot_.containers_failure = "the name of the project is not known";
    answer_all();
  }

  const GuardedCommand& command_;
  const SnapshotWish& wish_;
  Processes& processes_;
  Snapshot snapshot_;
  std::string docker_directory_;
  std::string project_;
  std::string service_;
  std::string asked_project_;
  std::string asked_image_;
  std::string log_;
  std::vector<Command> commands_;
  std::vector<Use> uses_;
};

void add_part(std::string_view part, std::string& out) {
  out += fmt::format("{}:", part.size());
  out += part;
}

}  // namespace

Snapshot take_snapshot(const GuardedCommand& command, const SnapshotWish& wish,
                       Processes& processes, const Surroundings& around) {
  return Prober(command, wish, processes, around).take();
}

std::string fingerprint(const Snapshot& snapshot, const GuardedCommand& command) {
  std::string parts;
  for (const std::string& word : command.argv) add_part(word, parts);
  for (const std::string* part :
       {&snapshot.engine.context, &snapshot.engine.endpoint, &snapshot.config.json,
        &snapshot.config.failure, &snapshot.all_profiles.json, &snapshot.all_profiles.failure}) {
    add_part(*part, parts);
  }
  return text::sha256(parts);
}

}  // namespace composelint::guard
