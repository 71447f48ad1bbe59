// Work that is done where a stack stays, rather than on a developer's machine.
#pragma once

#include <composelint/timeline.h>

namespace composelint::engine {

// Sources are fetched anew, services of the machine are told.
[[nodiscard]] bool is_of_a_server(const Step& step);

// `cd /srv/shop`, `> /var/backups/shop.sql`: a developer's checkout lies elsewhere.
[[nodiscard]] bool names_a_servers_directory(const Step& step);

}  // namespace composelint::engine
