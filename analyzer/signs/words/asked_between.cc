#include "analyzer/signs/words/asked_between.h"

#include <composelint/contains.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/files/measured_file.h"
#include "analyzer/signs/steps/run_between.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

bool status_read_between(const Timeline& timeline, const Step& first, const Step& second) {
  static constexpr std::array<std::string_view, 2> kLooks = {"$?", "PIPESTATUS"};
  const std::vector<Span> run = run_between(timeline, first, second);
  if (!run.empty()) {
    return std::any_of(run.begin(), run.end(),
                       [](Span place) { return has_one_of(place.text(), kLooks); });
  }
  const Span left = first.span;
  const Span right = second.span;
  if (left.file == nullptr || left.file != right.file || left.end > right.begin) return true;
  return has_one_of(text_between(left, right), kLooks);
}

bool output_read_between(const Timeline& timeline, const Step& first, const Step& second) {
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
  const std::vector<Span> run = run_between(timeline, first, second);
  return std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
    const Span test = branch.condition;
    if (!test || test.file != first.span.file) return false;
    const bool behind = test.begin >= first.span.end &&
                        (second.span.file != test.file || test.end <= second.span.begin);
    const auto place =
        std::find_if(run.begin(), run.end(), [&](Span each) { return contains(each, test); });
    if (!behind && place == run.end()) return false;
    const std::string_view text = test.text();
    if (has_one_of(text, kLooks) || (!redirected && has_one_of(text, kThere))) return true;
    const Span before = behind ? first.span : Span{place->file, place->begin, place->begin};
    return tests_a_measure(first, text_between(before, test), text);
  });
}

}  // namespace composelint
