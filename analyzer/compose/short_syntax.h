// Short forms of single entries: mounts, ports, devices, command lines.
#pragma once

#include <composelint/result.h>

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/compose/value.h"

namespace composelint::compose {

// Each takes a string value and gives the long form as a map with the place and trail of the
// string. Failures are kInvalid and carry its span.

// "src:/dst:ro,z". The target is left as written: it is what two mounts are compared by.
[[nodiscard]] Result<Value> parse_mount(const Value& text);
// "127.0.0.1:8000-8010:80/udp", one map for each target port
[[nodiscard]] Result<std::vector<Value>> parse_ports(const Value& text);
// "/dev/a:/dev/b:rw"
[[nodiscard]] Result<Value> parse_device(const Value& text);

// A command line as Compose splits it: quotes as in a shell, and an end at the first unquoted
// operator. Fails on open quotes and on parentheses.
[[nodiscard]] Result<std::vector<std::string>> split_command(std::string_view line);

// True for what net.ParseIP reads.
[[nodiscard]] bool is_ip_address(std::string_view text);

}  // namespace composelint::compose
