// Whether somebody asks, between two steps, what came of the first one.
#pragma once

#include <composelint/data_task.h>
#include <composelint/measured_file.h>
#include <composelint/sequence.h>
#include <composelint/wording.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace composelint {

// Between the two somebody looks at `$?`.
[[nodiscard]] inline bool status_read_between(const Step& first, const Step& second) {
  Span left = first.span;
  Span right = second.span;
  // Both stand in a text that is handed over in one word: `remote 'pull; up -d'`.
  if (left == right && !first.argv.empty() && !second.argv.empty()) {
    left = first.argv.back().place();
    right = second.argv.front().place();
  }
  if (left.file == nullptr || left.file != right.file || left.end > right.begin) return true;
  const std::string_view between = left.file->bytes().substr(left.end, right.begin - left.end);
  return between.find("$?") != std::string_view::npos ||
         between.find("PIPESTATUS") != std::string_view::npos;
}

// Between the two somebody looks at what the first one wrote: `[ -s "$f" ] || exit`, `gzip -t`.
// That a file is there (`-f`) tells nothing of a redirect, which makes it first.
[[nodiscard]] inline bool output_read_between(const Timeline& timeline, const Step& first,
                                              const Step& second) {
  static constexpr std::array<std::string_view, 9> kReaders = {
      "grep", "gunzip", "gzip", "head", "pg_restore", "stat", "tail", "wc", "zgrep"};
  static constexpr std::array<std::string_view, 4> kLooks = {"-s ", "du ", "stat", "wc "};
  static constexpr std::array<std::string_view, 2> kThere = {"-f ", "-e "};
  const bool redirected = first.out.kind == StreamKind::kFile;
  for (std::size_t i = index_of(timeline, first) + 1; i < index_of(timeline, second); ++i) {
    const Step& step = timeline.steps[i];
    if (step.status != StatusUse::kDecides && step.status != StatusUse::kStops) continue;
    const std::string_view program = program_name(step);
    if (std::find(kReaders.begin(), kReaders.end(), program) != kReaders.end()) return true;
  }
  return std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
    const Span test = branch.condition;
    if (!test || test.file != first.span.file || test.begin < first.span.end) return false;
    const std::string_view text = test.text();
    return (second.span.file != test.file || test.end <= second.span.begin) &&
           (has_one_of(text, kLooks) || detail::tests_a_measure(first, test) ||
            (!redirected && has_one_of(text, kThere)));
  });
}

}  // namespace composelint
