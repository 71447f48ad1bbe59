#include "analyzer/signs/dumps/import_twin.h"

#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include "analyzer/signs/files/pipeline_file.h"
#include "analyzer/signs/words/cron_line.h"
#include "analyzer/signs/words/mentions.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

// `import_X` beside it, which speaks of what it has written.
bool has_an_import_twin(const WorkspaceFacts& facts, const SourceFile& file,
                        std::string_view written) {
  static constexpr std::string_view kExport = "export";
  const std::string name = lower_case(file_name(file.path()));
  // `export.sh` and `import.sh` may be all that a stack has of backups.
  const bool of_something = name.size() > kExport.size() && name.starts_with(kExport) &&
                            (name[kExport.size()] == '_' || name[kExport.size()] == '-');
  if (!of_something) return false;
  const std::string_view path = file.path();
  const std::string twin = lower_case(path.substr(0, path.size() - name.size())) + "import" +
                           name.substr(kExport.size());
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const SourceFile* other = task.timeline->file;
    return other != nullptr && lower_case(other->path()) == twin &&
           other->bytes().find(written) != std::string_view::npos;
  });
}

// `./dump.sh; ./store.sh; ./tidy.sh`: whoever runs the one has the file removed by another.
bool is_removed_by_callers(const WorkspaceFacts& facts, const SourceFile& file,
                           std::string_view written) {
  const auto removes = [&](const Step& step) {
    return step.span.file != &file && step.place == Place::kHost && program_name(step) == "rm" &&
           std::any_of(step.argv.begin() + 1, step.argv.end(), [&](const Argument& word) {
             return word.known() && file_name(word.text) == written;
           });
  };
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const auto& steps = task.timeline->steps;
    const auto dump = std::find_if(steps.begin(), steps.end(), [&](const Step& step) {
      return step.span.file == &file && step.effect == Effect::kDumps;
    });
    return task.timeline->file != &file && std::any_of(dump, steps.end(), removes);
  });
}

// By a table of cron, a unit or a workflow with a schedule that names the script.
bool is_on_a_schedule(const WorkspaceFacts& facts, const SourceFile& script) {
  if (cron_line_in_pages(facts, script)) return true;
  const std::string_view name = file_name(script.path());
  const std::set<const SourceFile*> files = task_files(facts);
  return std::any_of(files.begin(), files.end(), [&](const SourceFile* file) {
    const std::string_view path = file->path();
    const std::string_view text = file->bytes();
    const bool due = path.find("cron") != path.npos || path.ends_with(".service") ||
                     path.ends_with(".timer") ||
                     (is_a_workflow(*file) && text.find("schedule:") != text.npos);
    return file != &script && due && find_name(text, name) != text.npos;
  });
}

}  // namespace

void weigh_transfers(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    const std::string_view written = file_name(finding->key.back());
    if (written.empty()) continue;
    if (is_removed_by_callers(facts, *finding->span.file, written)) {
      finding->severity = Severity::kOff;
    }
    if (!has_an_import_twin(facts, *finding->span.file, written)) continue;
    const std::string said = lower_case(finding->span.file->path() + finding->key.back());
    const bool kept =
        said.find("backup") != std::string::npos || is_on_a_schedule(facts, *finding->span.file);
    finding->severity = kept ? std::min(finding->severity, Severity::kNote) : Severity::kOff;
  }
}

}  // namespace composelint
