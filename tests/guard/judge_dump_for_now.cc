// Stands in until guard/output_file.cc is there.
#include <fstream>
#include <sstream>

#include "guard/output_file.h"

namespace composelint::guard {
__attribute__((weak)) Answer judge_dump(const std::string& path, const std::string&) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  Answer answer;
  const bool whole = text.str().find("dump complete") != std::string::npos;
  answer.truth = whole ? Truth::kSupported : Truth::kRefuted;
  return answer;
}
}  // namespace composelint::guard
