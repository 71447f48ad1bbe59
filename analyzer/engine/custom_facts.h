// Facts of a step in the words of a configuration.
#pragma once

#include <composelint/evidence.h>
#include <composelint/service_role.h>
#include <composelint/timeline.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace composelint::engine {

[[nodiscard]] std::string_view role_word(Role role);  // empty: none
[[nodiscard]] Role role_named(std::string_view word);
[[nodiscard]] std::string_view place_word(Place place);
[[nodiscard]] std::string_view stream_word(StreamKind kind);
[[nodiscard]] std::string_view status_word(StatusUse status);
[[nodiscard]] std::string_view service_role_word(ServiceRole role);  // empty: not known
[[nodiscard]] std::optional<Claim> claim_named(std::string_view word);

// "--no-tty" for "-T" of exec, "--project-name" for "-p"; `name` itself where there is no such
// option.
[[nodiscard]] std::string canonical_option(std::string_view verb, std::string_view name);

// A service that a call acts on.
struct NamedService {
  std::string name;                  // empty: not known which
  const Service* service = nullptr;  // null: not known, or the project has none of this name
};

// Those that the line names; all active ones where it names none and the verb then means all.
[[nodiscard]] std::vector<NamedService> services_of(const ComposeInvocation& call,
                                                    const Project* project);

}  // namespace composelint::engine
