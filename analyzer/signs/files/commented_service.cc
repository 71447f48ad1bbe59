#include "analyzer/signs/files/commented_service.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace composelint {

Span commented_out_service(const Project& project, std::string_view name) {
  for (const SourceFile* file : project.files) {
    for (std::uint32_t line = 1; line <= file->line_count(); ++line) {
      const std::string_view text = file->line_text(line);
      const std::size_t hash = text.find_first_not_of(" \t");
      if (hash == std::string_view::npos || text[hash] != '#') continue;
      const std::size_t word = text.find_first_not_of(" \t#", hash);
      if (word == std::string_view::npos || !text.substr(word).starts_with(name)) continue;
      const std::string_view rest = text.substr(word + name.size());
      if (!rest.starts_with(':') || rest.find_first_not_of(" \t", 1) != std::string_view::npos) {
        continue;
      }
      const auto begin = file->line_begin(line) + static_cast<std::uint32_t>(word);
      return {file, begin, begin + static_cast<std::uint32_t>(name.size())};
    }
  }
  return {};
}

}  // namespace composelint
