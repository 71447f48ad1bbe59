#include "analyzer/signs/steps/pipefail.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/signs/words/nested_text.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

bool reads_pipestatus(const Step& step) {
  return step.span.file->bytes().find("PIPESTATUS") != std::string_view::npos;
}

bool pipes(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  if (line.starts_with('#')) return false;
  const std::string_view head = line.substr(0, line.find(')'));
  const bool pattern = head.size() < line.size() && head.find(' ') == head.npos;
  for (std::size_t at = line.find('|', pattern ? head.size() : 0); at != line.npos;
       at = line.find('|', at + 1)) {
    if (at + 1 < line.size() && line[at + 1] == '|') {
      ++at;
    } else {
      return true;
    }
  }
  return false;
}

namespace {

// The line of a script that turns options on for all below it: `set -e`, `set -eu  # strict`. Where
// its letters end, if it stands before `end` and nothing above it can be text of a here-document.
std::optional<std::size_t> end_of_set_letters(std::string_view bytes, std::size_t end) {
  for (std::size_t at = 0; at < end;) {
    const std::size_t newline = std::min(bytes.find('\n', at), bytes.size());
    std::string_view line = bytes.substr(at, newline - at);
    if (line.find("<<") != line.npos) return std::nullopt;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("set -e") || line.starts_with("set -u")) {
      const std::size_t letters = std::min(line.find_first_not_of("efhuvxCE", 5), line.size());
      const std::size_t rest = std::min(line.find_first_not_of(" \t", letters), line.size());
      if (rest == line.size() || (rest > letters && line[rest] == '#')) return at + letters;
    }
    at = newline + 1;
  }
  return std::nullopt;
}

// Behind the first line and the comment that heads the file, if a blank line or a bare `#` parts
// that from what comes; one for shellcheck keeps its place before all commands.
std::size_t end_of_head(std::string_view bytes, std::size_t first) {
  std::size_t at = first;
  bool directive = false;
  bool bare = false;
  while (at < bytes.size() && bytes[at] == '#') {
    const std::size_t newline = std::min(bytes.find('\n', at), bytes.size() - 1);
    const std::string_view line = bytes.substr(at, newline - at);
    directive |= line.find("shellcheck") != line.npos;
    bare = line.find_first_not_of("# \t\r") == line.npos;
    at = newline + 1;
  }
  const std::string_view rest = bytes.substr(at);
  return directive || bare || rest.starts_with('\n') || rest.starts_with("\r\n") ? at : first;
}

// `set -eo pipefail` where the script has its `set -e`, else a line of its own.
std::optional<Edit> pipefail_edit(const SourceFile& file, Span about) {
  const std::string_view bytes = file.bytes();
  const std::size_t newline = bytes.find('\n');
  if (newline == std::string_view::npos) return std::nullopt;
  const std::size_t end = about.file == &file ? about.begin : bytes.size();
  const auto at = [&](std::size_t place) {
    const auto offset = static_cast<std::uint32_t>(place);
    return Span{&file, offset, offset};
  };
  if (const auto letters = end_of_set_letters(bytes, end)) {
    return Edit{at(*letters), "o pipefail"};
  }
  const std::string eol = newline > 0 && bytes[newline - 1] == '\r' ? "\r\n" : "\n";
  const std::size_t head = end_of_head(bytes, newline + 1);
  if (bytes.substr(newline + 1).starts_with("set -o pipefail") ||
      bytes.substr(head).starts_with("set -o pipefail")) {
    return std::nullopt;
  }
  const bool apart = head > newline + 1 && bytes.substr(head).starts_with(eol);
  return Edit{at(head), (apart ? eol : "") + "set -o pipefail" + eol};
}

}  // namespace

std::optional<Fix> set_pipefail(const Timeline& timeline, const Step& about) {
  const Script& script = *timeline.script;
  std::set<std::uint32_t> pipelines = {about.pipeline};
  for (const Step& step : timeline.steps) {
    const bool container = step.effect == Effect::kDumps || step.launcher != Launcher::kNone;
    if (step.status == StatusUse::kMasked && container) pipelines.insert(step.pipeline);
  }
  pipelines.erase(0);
  std::set<std::uint32_t> meant;  // lines
  for (const Step& step : timeline.steps) {
    if (step.span.file != script.file || pipelines.count(step.pipeline) == 0) continue;
    const std::uint32_t last = step.span.file->line_of(step.span.end);
    for (auto line = step.span.file->line_of(step.span.begin); line <= last; ++line) {
      meant.insert(line);
    }
  }
  bool others = false;
  for (std::uint32_t line = 1; script.file != nullptr && line <= script.file->line_count();
       ++line) {
    others |= meant.count(line) == 0 && pipes(script.file->line_text(line));
  }
  const bool stops_early =
      std::any_of(timeline.steps.begin(), timeline.steps.end(), [](const Step& step) {
        const std::string_view program = program_name(step);
        return step.pipeline != 0 && (program == "head" || program == "grep" || program == "egrep");
      });
  if (script.dialect != Dialect::kBash || script.file == nullptr) return std::nullopt;
  const bool whole_file = script.span.begin == 0 && script.span.end == script.file->size();
  if (!whole_file || script.shebang.empty()) return std::nullopt;
  if (stands_in_text(script.commands, about.span)) return std::nullopt;
  // `bash dump.sh` has a shell of its own, with its own options.
  const auto& sourced = timeline.sourced;
  const bool here = about.span.file == script.file ||
                    std::find(sourced.begin(), sourced.end(), about.span.file) != sourced.end();
  if (!here) return std::nullopt;
  auto edit = pipefail_edit(*script.file, about.span);
  if (!edit) return std::nullopt;
  return Fix{"Add set -o pipefail",
             stops_early || others ? FixSafety::kUnsafe : FixSafety::kSafe,
             {std::move(*edit)}};
}

}  // namespace composelint
