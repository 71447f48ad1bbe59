// Clients of databases, and what they tell of the container that they are run in.
#pragma once

#include <composelint/argument.h>
#include <composelint/compose.h>
#include <composelint/step.h>
#include <composelint/taken_for.h>
#include <composelint/timeline.h>

#include <string_view>
#include <vector>

#include "analyzer/signs/steps/entered.h"

namespace composelint {

[[nodiscard]] bool has_client(std::string_view text);

[[nodiscard]] bool runs_client(const std::vector<Argument>& words);

// `-h other`, `--host=other`, `postgres://…`: the server is not where the client runs. Not
// `-h localhost`, nor a directory of sockets.
[[nodiscard]] bool asks_a_host(const std::vector<Argument>& words);

// `exec store mysql -u app shop`, in a service that is built here: the client asks no other host,
// and nothing gives it one, so that the server is where it runs.
[[nodiscard]] bool is_server_by_client(const Service& user, const Project& project,
                                       const std::vector<Argument>& inner);

// `docker exec -i "$DB_HOST" mysql`, whatever the container is called: the only database of the
// one project that the script drives.
[[nodiscard]] Entered only_database_entered(const Timeline& timeline, const Step& step,
                                            const TakenFor& taken = {});

}  // namespace composelint
