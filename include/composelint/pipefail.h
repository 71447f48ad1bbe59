// `set -o pipefail`: who asks for it, and where it can be put.
#pragma once

#include <composelint/timeline.h>
#include <composelint/wording.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace composelint {

// Whoever reads PIPESTATUS looks at every stage.
[[nodiscard]] inline bool reads_pipestatus(const Step& step) {
  return step.span.file->bytes().find("PIPESTATUS") != std::string_view::npos;
}

// `set -o pipefail` on a line of its own behind the shebang, in files whose shell knows it.
[[nodiscard]] inline std::optional<Fix> set_pipefail(const Timeline& timeline) {
  const Script& script = *timeline.script;
  // With pipefail a stage that `head` or `grep -q` stops reading fails the whole pipeline.
  const bool stops_early =
      std::any_of(timeline.steps.begin(), timeline.steps.end(), [](const Step& step) {
        const std::string_view program = program_name(step);
        return step.pipeline != 0 && step.last_in_pipeline &&
               (program == "head" || program == "grep" || program == "egrep");
      });
  if (script.dialect != Dialect::kBash || script.file == nullptr) return std::nullopt;
  const std::string_view bytes = script.file->bytes();
  const bool whole_file = script.span.begin == 0 && script.span.end == script.file->size();
  if (!whole_file || script.shebang.empty()) return std::nullopt;
  const std::size_t newline = bytes.find('\n');
  if (newline == std::string_view::npos) return std::nullopt;
  const bool crlf = newline > 0 && bytes[newline - 1] == '\r';
  const auto at = static_cast<std::uint32_t>(newline + 1);
  return Fix{"Add set -o pipefail",
             stops_early ? FixSafety::kUnsafe : FixSafety::kSafe,
             {{{script.file, at, at}, crlf ? "set -o pipefail\r\n" : "set -o pipefail\n"}}};
}

}  // namespace composelint
