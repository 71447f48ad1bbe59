#include "analyzer/signs/words/named_above.h"

#include <composelint/lower_case.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "analyzer/signs/words/accepted.h"

namespace composelint {

namespace {

// `ansible.builtin.shell: >-`, `run: |`
bool begins_a_block(std::string_view line) {
  const std::size_t sign = line.find_last_not_of(" \t\r-+");
  return sign != line.npos && sign > 0 && (line[sign] == '|' || line[sign] == '>') &&
         line.find(": ") != line.npos;
}

}  // namespace

bool is_named_above(const Step& step, std::string_view word) {
  if (step.span.file == nullptr) return false;
  const SourceFile& file = *step.span.file;
  std::uint32_t line = file.line_of(step.span.begin);
  if (line > 1 && begins_a_block(file.line_text(line - 1))) --line;
  while (line > 1 && is_only_comment(file.line_text(line - 1))) {
    if (lower_case(file.line_text(--line)).find(word) != std::string::npos) return true;
  }
  return false;
}

}  // namespace composelint
