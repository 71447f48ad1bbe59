#include "analyzer/signs/files/shown_service.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace composelint {

namespace {

std::string_view without_indent(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return text;
}

// `  my-app:` and no more.
bool is_line_of(std::string_view line, std::string_view service) {
  const std::string_view text = without_indent(line);
  return text.starts_with(service) && text.substr(service.size()).starts_with(':') &&
         text.find_first_not_of(" \t\r", service.size() + 1) == text.npos;
}

bool is_a_fence(std::string_view line) {
  return without_indent(line).starts_with("```");
}

}  // namespace

bool is_shown_on(const SourceFile& page, std::string_view service) {
  for (std::uint32_t line = 1; line <= page.line_count(); ++line) {
    if (is_line_of(page.line_text(line), service)) return true;
  }
  return false;
}

bool shows_half(const SourceFile& page, const ComposeInvocation& call, std::string_view service) {
  if (!page.path().ends_with(".md") && !page.path().ends_with(".markdown")) return false;
  const std::string_view name = file_name(call.target.project->files.back()->path());
  bool code = false;
  bool named = false;          // in the block, or on the line above it
  std::string_view said = "";  // the last line before a block
  for (std::uint32_t line = 1; line <= page.line_count(); ++line) {
    const std::string_view text = page.line_text(line);
    if (is_a_fence(text)) {
      code = !code;
      named = said.find(name) != said.npos || text.find(name) != text.npos;
    } else if (code) {
      named |= text.find(name) != text.npos;
      if (named && is_line_of(text, service)) return true;
    } else if (text.find_first_not_of(" \t\r") != text.npos) {
      said = text;
    }
  }
  return false;
}

}  // namespace composelint
