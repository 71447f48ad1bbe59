#include "analyzer/signs/steps/run_again.h"

#include <composelint/contains.h>
#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

#include "analyzer/signs/data/destructive_recipe.h"
#include "analyzer/signs/data/first_setup.h"
#include "analyzer/signs/data/made_database.h"
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

bool is_for_one_occasion(const SourceFile* file) {
  static constexpr std::array<std::string_view, 6> kWords = {"access",  "migrate", "migration",
                                                             "onboard", "pre",     "reset"};
  return is_first_setup(file) || is_called(file_name(file->path()), kWords);
}

bool has_its_times(std::string_view path) {
  return path.find("cron") != path.npos || path.ends_with(".service");
}

// Long enough for somebody who looks into the list of processes now and then.
bool lasts(const Step& step) {
  return step.effect == Effect::kDumps || step.effect == Effect::kRestores ||
         step.in.kind == StreamKind::kFile;
}

// Where the finding is written: in the step, or in the call that hands it on.
bool holds(const Step& step, const Finding& finding) {
  return contains(step.span, finding.span) ||
         std::any_of(step.called_from.begin(), step.called_from.end(),
                     [&](const Span& call) { return contains(call, finding.span); });
}

bool is_due_in(const Timeline& timeline, const Finding& finding) {
  const std::string_view path = timeline.file->path();
  const bool due = is_called_for_its_hour(file_name(path)) ||
                   is_called_for_its_hour(timeline.task) || has_its_times(path);
  const bool held = std::any_of(timeline.steps.begin(), timeline.steps.end(),
                                [&](const Step& step) { return holds(step, finding); });
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& step) {
    // A value that is put together before the command stands in no step.
    const bool about = held ? holds(step, finding) : step.span.file == finding.span.file;
    return about && (due || lasts(step)) && !installs_an_application(step);
  });
}

}  // namespace

RunAgain::RunAgain(const WorkspaceFacts& facts) : facts_(facts), cron_(cron_commands(facts)) {
  for (const TaskView& task : facts.tasks) {
    std::set<const SourceFile*> files;
    for (const Step& step : task.timeline->steps) {
      files.insert(step.span.file);
      for (const Span& call : step.called_from) files.insert(call.file);
    }
    for (const SourceFile* file : files) timelines_[file].push_back(task.timeline);
  }
}

bool RunAgain::holds(const Finding& finding) const {
  const SourceFile* file = finding.span.file;
  const std::string_view name = file_name(file->path());
  const bool in_pages = std::any_of(cron_.begin(), cron_.end(), [&](std::string_view command) {
    return starts_file(command, name);
  });
  if (in_pages && cron_line_in_pages(facts_, *file)) return true;
  if (is_for_one_occasion(file)) return false;
  if (is_called_for_its_hour(name)) return true;
  const auto about = timelines_.find(file);
  return about != timelines_.end() &&
         std::any_of(about->second.begin(), about->second.end(),
                     [&](const Timeline* each) { return is_due_in(*each, finding); });
}

}  // namespace composelint
