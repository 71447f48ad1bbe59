// What the engine and its client say of a project at one moment.
#pragma once

#include <composelint/evidence.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace composelint::guard {

struct EngineFacts {
  bool reachable = false;
  std::string failure;   // the client's words where it is not
  std::string context;   // "default"
  std::string endpoint;  // "unix:///var/run/docker.sock", "ssh://…", without credentials
  std::string server_version;
  std::string compose_version;  // "2.40.3"; empty where the client does not say
  bool podman = false;
  std::vector<std::string> other_contexts{};  // that lead to the same engine
};

// `docker compose config` and what it warned of. The text itself stays in memory: it holds secrets.
struct ConfigFacts {
  bool asked = false;
  bool valid = false;
  std::string failure;                // last line of the refusal
  std::vector<std::string> unset;     // names of variables that are not set
  std::vector<std::string> warnings;  // other warnings
  std::string json;                   // of `config --format json`
};

struct Container {
  std::string id;
  std::string name;
  std::string service;
  std::string state;     // created, running, paused, restarting, removing, exited, dead
  std::string health;    // healthy, unhealthy, starting; empty: no health check
  std::string image;     // as it is called now
  std::string image_id;  // that it runs
  int number = 0;        // 0: a one-off
  bool one_off = false;
  std::string working_directory;  // labels project.working_dir and project.config_files
  std::string config_files;
  std::string guard_run;  // label composelint.run: the guarded run that made it; empty: none
  int exit_code = -1;     // of an ended one; -1: it has not ended, or nobody says

  [[nodiscard]] bool running() const { return state == "running"; }
};

// A line of `--dry-run`: "Container app-db-1  Recreate".
struct PlannedAction {
  std::string kind;    // Container, Network, Volume, …
  std::string name;    // app-db-1
  std::string action;  // Running, Created, Recreate, Starting, …
};

struct DryRun {
  bool asked = false;
  bool ok = false;
  std::string failure;
  std::vector<PlannedAction> actions;
};

struct LogLine {
  std::string time;  // RFC 3339 by the engine's clock; such times compare as text
  std::string text;  // printable
  std::string kind;  // without numbers and ids
};

struct LogFacts {
  std::size_t lines = 0;
  std::vector<LogLine> errors;  // lines that look like errors, the newest last, at most 20
  std::size_t error_count = 0;  // all of them
  std::set<std::string, std::less<>> kinds;  // of all errors
  std::string newest;                        // time of the last line
};

struct Snapshot {
  std::int64_t taken = 0;  // when it was begun, nanoseconds since 1970
  EngineFacts engine;
  ConfigFacts config;                 // of the call's own options
  ConfigFacts all_profiles;           // with --profile '*'
  std::vector<Container> containers;  // all of the project, one-offs and stopped ones too
  std::string containers_failure;
  DryRun task;  // what `run -d` of the task would do to others
  DryRun up;    // what `up` of its service would: a Recreate is drift between files and stack
  std::optional<std::string> configured_image_id;  // of the service's image; nothing: not there
  // When those that are there were made, by their names on the engine.
  std::map<std::string, std::int64_t> volumes{};
  bool logs_asked = false;
  std::map<std::string, LogFacts> logs;  // by service; none: it wrote nothing

  // Those of a service without its one-offs, the lowest number first.
  [[nodiscard]] std::vector<const Container*> live(std::string_view service) const;
  [[nodiscard]] std::vector<const Container*> one_offs(std::string_view service) const;
};

// The label by which guard finds the containers of a run again.
inline constexpr std::string_view kRunLabel = "composelint.run";

}  // namespace composelint::guard
