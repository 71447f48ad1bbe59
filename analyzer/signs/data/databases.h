// Services that take their time before they answer, and who needs them.
#pragma once

#include <composelint/compose.h>
#include <composelint/invocation.h>
#include <composelint/taken_for.h>

#include <string_view>
#include <vector>

namespace composelint {

// "postgis" of ghcr.io/x/postgis:15-3.4; empty where the image is not known.
[[nodiscard]] std::string_view image_name(const Service& service);

// A database that refuses connections while it starts; one that an application's data is in.
[[nodiscard]] bool starts_slowly(const Service& service);

[[nodiscard]] bool has_check(const Service& service);

// What the call starts: the services it names or all active ones, and what those depend on.
[[nodiscard]] std::vector<const Service*> started_by(const ComposeInvocation& call,
                                                     const TakenFor& taken = {});

// One of `started` is held back until `service` is healthy: so is the call that starts them.
[[nodiscard]] bool awaited_by(const std::vector<const Service*>& started, const Service& service);

// `user` talks to `service`: it depends on it, or its environment names it as a host.
[[nodiscard]] bool needs(const Service& user, const Service& service);

// The database that `user` works on; null where there is none, or more than one.
[[nodiscard]] const Service* database_of(const Service& user, const Project& project);

// The project's only database, for a service that says nothing of where its data is.
[[nodiscard]] const Service* only_database_beside(const Service& user, const Project& project);

}  // namespace composelint
