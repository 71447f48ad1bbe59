// Which compose calls a script makes, as a reader would list them.
#pragma once

#include <string>
#include <vector>

namespace composelint::timeline {

struct Row {
  const char* text;
  const char* calls;  // "verb service", one a line without the last newline; "@place " in front
};

[[nodiscard]] std::string calls_in(const std::string& text);
void check_rows(const std::vector<Row>& rows);

}  // namespace composelint::timeline
