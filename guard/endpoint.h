// One engine has many names: links and mount points lead to its socket, contexts to its endpoint.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace composelint::guard {

// The endpoint by the one name that all its spellings lead to on this machine: a socket by its real
// path, a host in small letters and without the user, the port in full. What is no endpoint stays.
// That `ssh://` or `tcp://` leads to an engine that has a socket here, too, nobody can see.
[[nodiscard]] std::string plain_endpoint(std::string_view endpoint);
[[nodiscard]] bool same_engine(std::string_view endpoint, std::string_view other);
// A glob of endpoints or paths in the same way, as far as its first wildcard lets it.
[[nodiscard]] std::string plain_glob(std::string_view glob);
// A path without links, as far as it is there.
[[nodiscard]] std::string plain_path(std::string_view path);

// Names of the contexts that lead to the engine at `endpoint`, sorted. `directory` holds docker's
// configuration (~/.docker).
[[nodiscard]] std::vector<std::string> contexts_of(std::string_view endpoint,
                                                   const std::string& directory);

}  // namespace composelint::guard
