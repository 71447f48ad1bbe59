// The names under which a service is reached, as its settings tell: by others, or at this machine
// alone.
#pragma once

#include <composelint/compose.h>

#include <string_view>

namespace composelint {

[[nodiscard]] bool is_of_this_machine(std::string_view host);

// NEXTAUTH_URL=http://localhost:3000, `--web.external-url=http://localhost:9090`: those who come
// are at this machine. The default of a variable may be there for whoever has no better value.
[[nodiscard]] bool is_reached_on_this_machine(const Service& service, bool by_default);

// `aliases: [local-proxy]`: how others of the network are told to call it.
[[nodiscard]] bool is_called_local(const Service& service);

// "Host(`localhost`)", "Host:shop.localhost" of a router's rule, as it is written: a variable
// may bring another one.
[[nodiscard]] bool is_routed_on_this_machine(const Service& service);

// APP_DOMAIN=shop.example.org: a name under which others reach it.
[[nodiscard]] bool has_a_domain(const Service& service);

}  // namespace composelint
