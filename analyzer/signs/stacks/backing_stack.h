// What an application talks to, and the pages on which people look at that.
#pragma once

#include <composelint/compose.h>

namespace composelint {

// Pages for whoever looks into a database or a broker.
[[nodiscard]] bool is_a_console(const Service& service);

// What shows something of others to people or monitors, and is of no use without them.
[[nodiscard]] bool looks_on(const Service& service);

[[nodiscard]] bool is_a_backing_service(const Service& service);

// KAFKA_ADVERTISED_LISTENERS=…://localhost:9092: no other machine gets an answer.
[[nodiscard]] bool is_advertised_here(const Service& service);

// `MYSQL_ROOT_PASSWORD: root`, as the file has it.
[[nodiscard]] bool has_a_known_password(const Service& service);

// Databases and brokers that no application of the file uses, under a password that it gives away:
// an application that somebody runs beside them does. What other stacks share has a network of
// those.
[[nodiscard]] bool waits_for_an_application(const Project& project);

// All members of one replica set: whoever runs them on one machine tries how it works.
[[nodiscard]] bool plays_a_cluster(const Project& project);

}  // namespace composelint
