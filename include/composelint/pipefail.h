// `set -o pipefail`: who asks for it, and where it can be put.
#pragma once

#include <composelint/nested_text.h>
#include <composelint/timeline.h>
#include <composelint/wording.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>

namespace composelint {

// Whoever reads PIPESTATUS looks at every stage.
[[nodiscard]] inline bool reads_pipestatus(const Step& step) {
  return step.span.file->bytes().find("PIPESTATUS") != std::string_view::npos;
}

namespace detail {
// A `|` that joins commands; not that of `||`, of a comment, of a pattern (`a|b)`).
[[nodiscard]] inline bool pipes(std::string_view line) {
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
}  // namespace detail

// `set -o pipefail` on a line of its own behind the shebang, in files whose shell knows it. Safe
// only where no other pipeline is there than those that lose the status of a dump or of a
// container's command: in others a stage that `head` stops reading, or a `grep` that finds nothing,
// would fail the whole from then on. Nothing for pipelines of another shell (`su -c '… | …'`).
[[nodiscard]] inline std::optional<Fix> set_pipefail(const Timeline& timeline, const Step& about) {
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
    others |= meant.count(line) == 0 && detail::pipes(script.file->line_text(line));
  }
  const bool stops_early =
      std::any_of(timeline.steps.begin(), timeline.steps.end(), [](const Step& step) {
        const std::string_view program = program_name(step);
        return step.pipeline != 0 && (program == "head" || program == "grep" || program == "egrep");
      });
  if (script.dialect != Dialect::kBash || script.file == nullptr) return std::nullopt;
  const std::string_view bytes = script.file->bytes();
  const bool whole_file = script.span.begin == 0 && script.span.end == script.file->size();
  if (!whole_file || script.shebang.empty()) return std::nullopt;
  const std::size_t newline = bytes.find('\n');
  if (newline == std::string_view::npos) return std::nullopt;
  if (stands_in_text(script.commands, about.span)) return std::nullopt;
  if (bytes.substr(newline + 1).starts_with("set -o pipefail")) return std::nullopt;
  const bool crlf = newline > 0 && bytes[newline - 1] == '\r';
  const auto at = static_cast<std::uint32_t>(newline + 1);
  return Fix{"Add set -o pipefail",
             stops_early || others ? FixSafety::kUnsafe : FixSafety::kSafe,
             {{{script.file, at, at}, crlf ? "set -o pipefail\r\n" : "set -o pipefail\n"}}};
}

}  // namespace composelint
