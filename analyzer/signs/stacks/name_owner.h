// Whose container a made-up name may be, where several projects have a service that fits.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>

#include <cstddef>
#include <string_view>
#include <vector>

namespace composelint {

// The name begins like another project's: a call gives that one to other files.
[[nodiscard]] bool is_of_another_project(const Project& project, std::string_view name,
                                         const WorkspaceFacts& facts);

// Projects that are called as the name begins come first, then those with the service that takes
// most of the name: `x-shop-db-1` is of `shop-db` rather than of `db`.
[[nodiscard]] std::vector<const Project*> nearest_first(std::string_view name,
                                                        const WorkspaceFacts& facts);

// A service of a longer name fits as well, and its container is called otherwise.
[[nodiscard]] bool is_of_a_named_service(std::string_view name, std::size_t taken,
                                         const WorkspaceFacts& facts);

// `/opt/shop` stands in the script of a project `shop`: it is for that one checkout.
[[nodiscard]] bool is_at_home_in(const SourceFile& script, std::string_view project);

// `up` of the same files gets another name by -p.
[[nodiscard]] bool is_started_under_another_name(const Project& project,
                                                 const WorkspaceFacts& facts);

}  // namespace composelint
