#include "analyzer/yaml/directives.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace composelint::yaml {

namespace {

bool is_marker(std::string_view line, std::string_view marker) {
  return line.starts_with(marker) &&
         (line.size() == marker.size() || line[marker.size()] == ' ' || line[marker.size()] == '\t');
}

// The next word of a directive, which is shortened by it.
std::string_view next_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(" \t"));
  line.remove_prefix(word.size());
  return word;
}

std::string refusal_of(std::string_view directive) {
  std::string_view rest = directive.substr(1);
  const std::string_view name = next_word(rest);
  if (name == "TAG") return {};
  if (name != "YAML") {
    return fmt::format("Compose knows no directive `%{}` and refuses the file", name);
  }
  const std::string_view version = next_word(rest);
  if (version.empty() || version == "1.1") return {};
  return fmt::format("Compose reads YAML 1.1 and refuses a file that says `%YAML {}`", version);
}

}  // namespace

MaybeFailure check_directives(const SourceFile& file) {
  bool head = true;       // in front of a document
  bool directive = false;  // one stands there
  for (std::uint32_t number = 1; number <= file.line_count(); ++number) {
    std::string_view line = file.line_text(number);
    std::uint32_t begin = file.line_begin(number);
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    if (number == 1 && line.starts_with(kMark)) {
      line.remove_prefix(kMark.size());
      begin += static_cast<std::uint32_t>(kMark.size());
    }
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
    const std::size_t text = line.find_first_not_of(" \t");
    if (is_marker(line, "...")) {
      head = true;
      directive = false;
      continue;
    }
    if (!head || text == std::string_view::npos || line[text] == '#') continue;
    std::string refusal;
    if (line.front() == '%') {
      directive = true;
      refusal = refusal_of(line);
    } else {
      head = false;
      if (directive && !is_marker(line, "---")) refusal = "a directive needs `---` behind it";
    }
    if (refusal.empty()) continue;
    const auto size = static_cast<std::uint32_t>(line.size());
    return Failure{FailureCode::kSyntax, std::move(refusal), Span{&file, begin, begin + size}};
  }
  return std::nullopt;
}

}  // namespace composelint::yaml
