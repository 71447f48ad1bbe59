// Values that stand in a compose file itself, and the texts of a service that may hold one.
#pragma once

#include <composelint/compose.h>
#include <composelint/value.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/reports/attributes.h"

namespace composelint {

// `part` of the value stands there as it is: no variable and no env file brings it. The default of
// a variable counts as written.
[[nodiscard]] bool is_written_out(const Value& value, std::string_view part);

// The service says so itself: NODE_ENV=development, APP_ENV=local.
[[nodiscard]] bool is_for_development(const Service& service);

// NAME and value of what is set for a container or for its build.
struct SetVariable {
  std::string name;
  const Value* value = nullptr;
  bool build = false;
};

[[nodiscard]] std::vector<SetVariable> set_variables(const Service& service);

// One word of a command or a health check, as its shell would see it.
struct CommandWord {
  std::string text;
  const Value* value = nullptr;  // what it is written in
  bool first = false;            // of a command
};

[[nodiscard]] std::vector<CommandWord> command_words(const Service& service, std::string_view path);

// A comment at the value or above it allows a finding, whichever; whoever else has the value is
// told of it.
[[nodiscard]] bool allows_something_there(const Value& value);

// What `find` gives for each service that may be started and no service before it has; `say` is
// called for services of which something is left. A value that several are given is one secret, and
// a developer's is asked last.
template <typename Find, typename Say>
void for_each_new_secret(const Project& project, Find find, Say say) {
  std::set<std::string> seen;
  for (const bool developers : {false, true}) {
    for (const Service& service : project.services) {
      if (service.model == nullptr || is_template(service, project)) continue;
      if (is_for_development(service) != developers) continue;
      auto secrets = find(service);
      std::erase_if(secrets, [&](const auto& secret) { return seen.count(secret.text) != 0; });
      for (const auto& secret : secrets) {
        if (!allows_something_there(*secret.value)) seen.insert(secret.text);
      }
      if (!secrets.empty()) say(service, secrets);
    }
  }
}

}  // namespace composelint
