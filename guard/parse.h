// What docker and Compose write, read: pure functions of text. All of them take whatever comes:
// what cannot be read is passed over, or counted where that matters.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "guard/snapshot.h"

namespace composelint::guard {

// `docker version --format json` into reachable, server_version, podman and, where the client knows
// it, context. `err` is its standard error.
void parse_version(std::string_view out, std::string_view err, EngineFacts& engine);
// `docker context inspect --format '{{json .}}'` into context and endpoint.
void parse_context(std::string_view out, EngineFacts& engine);
// "2.40.3" of "2.40.3-3\n", "v2.26.1", "1.29.2"; empty where there is none.
[[nodiscard]] std::string parse_compose_version(std::string_view out);
// Of "2.40.3": whether it is `major`.`minor` or newer; nothing where it is no version.
[[nodiscard]] std::optional<bool> at_least(std::string_view version, int major, int minor);
// "ssh://anna@host" of "ssh://anna:secret@host?x"; users show for ssh alone, as elsewhere a token
// may stand there.
[[nodiscard]] std::string without_credentials(std::string_view endpoint);

// What `docker ps --format` is given so that `parse_containers` can read it.
[[nodiscard]] std::string_view container_format();
struct ContainerList {
  std::vector<Container> containers;
  std::size_t broken = 0;  // lines that cannot be read: a container may be missing
};
// JSON lines, or one array.
[[nodiscard]] ContainerList parse_containers(std::string_view out);
// "healthy" of "Up 10 seconds (healthy)", "starting" of "(health: starting)"; else empty.
[[nodiscard]] std::string parse_health(std::string_view status);

// 3 of "Exited (3) 2 minutes ago"; -1 for other words.
[[nodiscard]] int parse_exit_code(std::string_view status);

// What `ask_health_checks` is answered.
struct HealthCheckRun {
  std::string id;
  int failures = 0;   // in a row
  std::string ended;  // when the last one ended, in the engine's words; empty: none has
};
[[nodiscard]] std::vector<HealthCheckRun> parse_health_checks(std::string_view out);

// The standard error of a compose call: variables that are not set, other warnings.
void parse_config_words(std::string_view err, ConfigFacts& config);
// The last line that is no warning: why a program refused. Never more than 300 bytes, printable.
[[nodiscard]] std::string last_words(std::string_view err);

// Services of `config --format json`, with their images; "$$" is "$" again.
struct ClientProject {
  struct Service {
    std::string name;
    std::string image;  // empty: made by its build
  };
  std::string name;
  std::vector<Service> services;                             // sorted by name
  std::vector<std::pair<std::string, std::string>> volumes;  // key and name, sorted
  [[nodiscard]] const Service* service(std::string_view wanted) const;
};
[[nodiscard]] std::optional<ClientProject> parse_client_project(std::string_view json);

// "Container app-db-1  Recreate" of the output of --dry-run.
[[nodiscard]] std::vector<PlannedAction> parse_dry_run(std::string_view text);

// What `ask_volumes` is answered: when each was made, by name.
[[nodiscard]] std::map<std::string, std::int64_t> parse_volumes(std::string_view out);

// The lines of `compose logs --timestamps --no-color`, by service; of containers that nobody knows
// by the name that stands in front.
[[nodiscard]] std::map<std::string, LogFacts> parse_logs(std::string_view out,
                                                         const std::vector<Container>& containers,
                                                         std::string_view project);
// Whether a line of a log tells of an error.
[[nodiscard]] bool looks_like_error(std::string_view line);
// The line without what differs from one time to the next: numbers, ids, addresses.
[[nodiscard]] std::string kind_of_line(std::string_view line);

}  // namespace composelint::guard
