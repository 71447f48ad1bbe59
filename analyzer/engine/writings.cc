#include "analyzer/engine/writings.h"

#include <algorithm>
#include <array>

namespace composelint::engine {

namespace {

struct Way {
  std::string_view escaped;  // bytes that get `mark` in front
  std::string_view doubled;  // bytes that are written twice
  char mark = '\\';
  bool indented = false;  // a line below begins where its block does
  bool newline_as_n = false;
};

constexpr std::array<Way, kWritings> kWays = {{
    {},
    {.escaped = {}, .doubled = {}, .indented = true},           // block scalars
    {.escaped = {}, .doubled = "$"},                            // make
    {.escaped = {}, .doubled = "'"},                            // YAML, TOML
    {.escaped = "\"\\", .doubled = {}, .newline_as_n = true},   // YAML, JSON, TOML
    {.escaped = "\"\\", .doubled = "$", .newline_as_n = true},  // the same where `$$` is a dollar
    {.escaped = {}, .doubled = "$", .indented = true},
    {.escaped = "\"\\", .doubled = "$%"},  // systemd
    {.escaped = "%", .doubled = {}},       // cron
}};

bool has(std::string_view set, char byte) {
  return set.find(byte) != std::string_view::npos;
}

std::string_view indentation(const SourceFile& file, std::uint32_t offset) {
  const std::string_view line = file.line_text(file.line_of(offset));
  return line.substr(0, std::min(line.find_first_not_of(" \t"), line.size()));
}

}  // namespace

bool is_inert(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char byte) {
    const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    return letter || (byte >= '0' && byte <= '9') || has(" _./=-", byte);
  });
}

std::string with_line_ends_of(const SourceFile& file, std::string_view text) {
  const std::string_view bytes = file.bytes();
  const std::size_t end = bytes.find('\n');
  const bool crlf = end != std::string_view::npos && end > 0 && bytes[end - 1] == '\r';
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (crlf && text[i] == '\n' && (i == 0 || text[i - 1] != '\r')) out += '\r';
    out += text[i];
  }
  return out;
}

std::string written(std::size_t way, std::string_view text, const SourceFile& file,
                    std::uint32_t offset) {
  const Way& how = kWays[way];
  std::string out;
  for (const char byte : text) {
    if (byte == '\n' && how.newline_as_n) {
      out += "\\n";
      continue;
    }
    if (has(how.escaped, byte)) out += how.mark;
    if (has(how.doubled, byte)) out += byte;
    out += byte;
    if (byte == '\n' && how.indented) out += indentation(file, offset);
  }
  return out;
}

}  // namespace composelint::engine
