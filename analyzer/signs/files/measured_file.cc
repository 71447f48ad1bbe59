#include "analyzer/signs/files/measured_file.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/data/data_task.h"

namespace composelint {

std::string without_quotes(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != '"') out += c;
  }
  return out;
}

bool tests_a_measure(const Step& dump, std::string_view before, std::string_view test) {
  static constexpr std::array<std::string_view, 7> kMeasures = {"stat ", "du ",   "wc ",  "ls ",
                                                                "find ", "head ", "tail "};
  const bool redirected = dump.out.kind == StreamKind::kFile;
  const std::string file = redirected ? without_quotes(dump.out.target.span.text()) : "stat ";
  for (std::size_t at = before.find("=$("); at != before.npos; at = before.find("=$(", at + 1)) {
    const std::string line = without_quotes(before.substr(at, before.find('\n', at) - at));
    const std::size_t begin = before.find_last_of(" \t\n;", at) + 1;  // npos + 1 is 0
    const std::string_view name = before.substr(begin, at - begin);
    if (!name.empty() && has_one_of(line, kMeasures) && line.find(file) != line.npos &&
        test.find(name) != test.npos) {
      return true;
    }
  }
  return false;
}

}  // namespace composelint
