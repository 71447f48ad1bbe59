#include "analyzer/signs/steps/run_again.h"

#include <composelint/contains.h>
#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "analyzer/signs/data/destructive_recipe.h"
#include "analyzer/signs/data/first_setup.h"
#include "analyzer/signs/words/cron_line.h"

namespace composelint {

namespace {

template <std::size_t N>
bool is_called(std::string_view name, const std::array<std::string_view, N>& words) {
  const std::string lower = lower_case(name);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return has_part(lower, word); });
}

bool is_called_for_its_hour(std::string_view name) {
  static constexpr std::array<std::string_view, 11> kWords = {
      "backup", "backups", "boot",    "cron",  "daily", "healthcheck",
      "hourly", "monitor", "nightly", "start", "weekly"};
  return is_called(name, kWords);
}

// At each release, and a restore takes longest of all.
bool is_called_for_each_release(std::string_view name) {
  static constexpr std::array<std::string_view, 4> kWords = {"deploy", "release", "restore",
                                                             "update"};
  return is_called(name, kWords);
}

bool is_a_login(const Step& step) {
  return step.argv.size() > 1 && step.argv[1].is("login");
}

bool is_for_one_occasion(const SourceFile* file) {
  static constexpr std::array<std::string_view, 6> kWords = {"access",  "migrate", "migration",
                                                             "onboard", "pre",     "reset"};
  return is_first_setup(file) || is_called(file_name(file->path()), kWords);
}

bool has_its_times(std::string_view path) {
  return path.find("cron") != path.npos || path.ends_with(".service") ||
         path.find(".github/workflows/") != path.npos;
}

// Where the finding is written: in the step, or in the call that hands it on.
bool holds(const Step& step, const Finding& finding) {
  return contains(step.span, finding.span) ||
         std::any_of(step.called_from.begin(), step.called_from.end(),
                     [&](const Span& call) { return contains(call, finding.span); });
}

bool is_due_in(const Timeline& timeline, const Finding& finding) {
  const std::string_view path = timeline.file->path();
  const bool due = is_called_for_its_hour(file_name(path)) || is_called_for_its_hour(timeline.task);
  const bool released = is_called_for_each_release(file_name(path)) ||
                        is_called_for_each_release(timeline.task) || has_its_times(path);
  const bool held = std::any_of(timeline.steps.begin(), timeline.steps.end(),
                                [&](const Step& step) { return holds(step, finding); });
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& step) {
    // A value that is put together before the command stands in no step.
    const bool about = held ? holds(step, finding) : step.span.file == finding.span.file;
    return about && (due || (released && !is_a_login(step)) || step.effect == Effect::kDumps);
  });
}

}  // namespace

bool is_run_again(const WorkspaceFacts& facts, const Finding& finding) {
  const SourceFile* file = finding.span.file;
  if (cron_line_in_pages(facts, *file)) return true;
  if (is_for_one_occasion(file)) return false;
  return is_called_for_its_hour(file_name(file->path())) ||
         std::any_of(facts.tasks.begin(), facts.tasks.end(),
                     [&](const TaskView& task) { return is_due_in(*task.timeline, finding); });
}

}  // namespace composelint
