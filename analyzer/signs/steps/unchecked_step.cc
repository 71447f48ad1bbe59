#include "analyzer/signs/steps/unchecked_step.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/files/pipeline_file.h"
#include "analyzer/signs/files/staging_directory.h"
#include "analyzer/signs/steps/dropped_status.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/asked_between.h"

namespace composelint {

bool is_answered_by_a_trap(const Step& step) {
  if (step.span.file == nullptr || step.place == Place::kRemote) return false;
  std::string_view before = step.span.file->bytes().substr(0, step.span.begin);
  for (std::size_t at = before.find("trap "); at != before.npos;
       at = before.find("trap ", at + 1)) {
    const std::string_view line = before.substr(at, before.find('\n', at) - at);
    if (line.find(" ERR") != line.npos && line.find("- ERR") == line.npos) return true;
  }
  return false;
}

bool is_unchecked(const Step& step) {
  // `local dump=$(…)` ends with the 0 of `local`, errexit or not.
  const bool hidden = step.out.kind == StreamKind::kCaptured;
  return (!step.errexit || hidden) && step.status == StatusUse::kUnchecked && !step.background &&
         step.pipeline == 0 && !is_answered_by_a_trap(step);
}

bool is_waited_for(const Step& step, const Step& later) {
  std::string_view text = text_behind(step, later);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\n;"), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line.remove_prefix(std::min(line.find_first_not_of(" \t&"), line.size()));
    if (line == "wait" || line.starts_with("wait #")) return true;
  }
  return false;
}

bool ends_unchecked(const Step& step) {
  // What is captured is shown, as a rule, with what went wrong in it.
  if (step.out.kind == StreamKind::kCaptured) return false;
  return !step.errexit && step.status == StatusUse::kUnchecked && !step.background &&
         step.last_in_pipeline && !is_answered_by_a_trap(step);
}

bool fetches_dump(const Step& earlier, const Step& later) {
  return earlier.place == Place::kRemote && earlier.effect == Effect::kDumps &&
         later.place == Place::kHost;
}

namespace {

// It stands in the text that `ssh` is given: the shell over there is none of the host's.
bool is_told_to_ssh(const Timeline& timeline, const Step& step) {
  const std::size_t here = index_of(timeline, step);
  const Section* own = nullptr;
  for (const Section& section : timeline.sections) {
    if (section.first <= here) own = &section;
  }
  if (own == nullptr || own->span.file != step.span.file || step.span.begin < own->span.begin) {
    return false;
  }
  const std::string_view before =
      step.span.file->bytes().substr(own->span.begin, step.span.begin - own->span.begin);
  return before.find("ssh ") != before.npos;
}

// Of a Makefile, and more stands behind it on its line: the shell ends with the last command, and
// make looks at that alone.
bool goes_on_in_its_line(const Step& step) {
  const std::string_view name = file_name(step.span.file->path());
  if (!name.starts_with("Makefile") && !name.starts_with("makefile") &&
      !name.starts_with("GNUmakefile") && !name.ends_with(".mk")) {
    return false;
  }
  std::string_view text = step.span.file->bytes().substr(step.span.end);
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (line.find(';') != line.npos) return true;
    if (!line.ends_with('\\')) return false;
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return false;
}

}  // namespace

bool stops_by_itself(const Timeline& timeline, const Step& step) {
  if (timeline.task.empty()) return false;
  // `git pull; docker compose build; docker compose up -d` is one line: what fails within is lost.
  if (is_unchecked(step) && goes_on_in_its_line(step)) return false;
  return step.place != Place::kRemote ||
         (!is_a_workflow(*timeline.file) && !is_told_to_ssh(timeline, step));
}

namespace {

// No more than `cd app &&` and commands like it stand before `later`, and those behind `earlier`.
bool adds_only_a_chain(const Timeline& timeline, const Step& earlier, const Step& later) {
  static constexpr std::array<std::string_view, 6> kTests = {"[",    "$?",   "cmp",
                                                             "diff", "grep", "test "};
  const auto& outer = earlier.conditions;
  const auto& inner = later.conditions;
  if (inner.size() < outer.size() || !std::equal(outer.begin(), outer.end(), inner.begin())) {
    return false;
  }
  return std::all_of(inner.begin() + static_cast<std::ptrdiff_t>(outer.size()), inner.end(),
                     [&](const Condition& way) {
                       const Branch& branch = timeline.branches[way.branch];
                       const std::string_view text = branch.condition.text();
                       return branch.kind == BranchKind::kAnd && way.arm == 0 &&
                              branch.condition.file == earlier.span.file &&
                              branch.condition.begin >= earlier.span.end &&
                              std::none_of(kTests.begin(), kTests.end(),
                                           [&](std::string_view test) {
                                             return text.find(test) != std::string_view::npos;
                                           });
                     });
}

}  // namespace

bool runs_in_a_chain(const Timeline& timeline, const Step& earlier, const Step& later) {
  return earlier.detached == later.detached &&
         timeline.reach(index_of(timeline, earlier), index_of(timeline, later)) == Reach::kAlways &&
         adds_only_a_chain(timeline, earlier, later) &&
         !status_read_between(timeline, earlier, later);
}

}  // namespace composelint
