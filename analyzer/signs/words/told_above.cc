#include "analyzer/signs/words/told_above.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/signs/steps/dropped_status.h"
#include "analyzer/signs/steps/streams.h"

namespace composelint {

namespace {

// `# …`, `echo "…"`, `log_info "…"`, `- name: …`; of the lines between, `run: |` and blanks.
bool is_message_line(std::string_view line) {
  static constexpr std::array<std::string_view, 9> kTells = {
      "echo", "info", "log", "message", "msg", "print", "say", "status", "step"};
  if (line.starts_with('#') || line.starts_with("name:")) return true;
  const std::string word = lower_case(line.substr(0, line.find_first_of(" \t(=")));
  const bool says = std::any_of(kTells.begin(), kTells.end(), [&](std::string_view each) {
    return word.find(each) != word.npos;
  });
  // `step docker compose pull` runs it, `echo "… (docker system prune)"` does not.
  const bool quotes = word == "echo" && line.find(" \"") == 4 && line.find('|') == line.npos;
  return says && (quotes || line.find("docker ") == line.npos);
}

std::string_view without_margin(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t@-"), line.size()));
  return line;
}

}  // namespace

std::string told_above(const Step& step) {
  constexpr int kMost = 4;
  const Span command = written_command(step);
  if (!command) return {};
  const SourceFile& file = *command.file;
  std::string text(rest_of_line(step));
  text = text.substr(std::min(text.find('#'), text.size()));
  std::uint32_t line = file.line_of(command.begin);
  bool own = true;  // a command above has its own
  for (int i = 0; i < kMost && own && line-- > 1; ++i) {
    const std::string_view above = without_margin(file.line_text(line));
    if (above.empty() || above.starts_with("run:") || above.starts_with("if:")) continue;
    own = is_message_line(above);
    if (own) text.append("\n").append(above);
  }
  return lower_case(text);
}

}  // namespace composelint
