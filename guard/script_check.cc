#include "guard/script_check.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <set>

#include "analyzer/engine/check.h"
#include "analyzer/report/reports.h"
#include "analyzer/text/disk_file_system.h"
#include "analyzer/text/path.h"
#include "guard/command.h"
#include "guard/real_program.h"
#include "guard/script_path.h"
#include "guard/time_text.h"

namespace composelint::guard {

namespace {

bool same_program(const std::string& path, const std::string& other) {
  struct stat left {};
  struct stat right {};
  return ::stat(path.c_str(), &left) == 0 && ::stat(other.c_str(), &right) == 0 &&
         left.st_dev == right.st_dev && left.st_ino == right.st_ino;
}

bool holds_docker(const std::string& directory) {
  struct stat status {};
  for (const char* name : {"/docker", "/docker-compose"}) {
    if (::stat((directory + name).c_str(), &status) == 0) return true;
  }
  return false;
}

class Looker {
 public:
  Looker(const char* path, const Surroundings& around, ScriptCheck& check)
      : path_(path), around_(around), check_(check) {}

  void look(const Timeline& timeline) {
    for (const Step& step : timeline.steps) {
      if (step.call && business_of(*step.call) != Business::kNone) look(step);
    }
    if (!timeline.assigns("PATH") || !calls_compose(timeline)) return;
    look_for_path(*timeline.file);
    for (const SourceFile* file : timeline.sourced) look_for_path(*file);
  }

 private:
  static bool calls_compose(const Timeline& timeline) {
    return std::any_of(timeline.steps.begin(), timeline.steps.end(), [](const Step& step) {
      return step.call && business_of(*step.call) != Business::kNone;
    });
  }

  [[nodiscard]] static std::string place(const Step& step) {
    return fmt::format("{}:{}", step.span.file->path(), step.span.file->line_of(step.span.begin));
  }

  void look(const Step& step) {
    if (step.place == Place::kRemote) {
      const std::string where = step.place_name.empty() ? "another machine" : step.place_name;
      tell(check_.unseen, fmt::format("{}: `{}` runs on {}, where guard does not see it",
                                      place(step), words(step), where));
      return;
    }
    const std::string& program = step.argv.front().text;
    if (!program.starts_with('/')) return;
    const std::string_view name = text::name_of(program);
    if (same_program(program, find_real_program(name, path_))) {
      tell(check_.around, fmt::format("{}: {} is called by its path, past guard; write {}",
                                      place(step), program, name));
    }
  }

  [[nodiscard]] static std::string words(const Step& step) {
    return std::string(text::name_of(step.argv.front().text)) + " " +
           (step.call->program == ComposeProgram::kPlugin ? "compose " : "") + step.call->verb;
  }

  void look_for_path(const SourceFile& file) {
    for (const PathChange& change : path_changes(file.bytes(), around_.home(), holds_docker)) {
      tell(check_.around, fmt::format("{}:{}: {}, so compose calls go past guard; put $PATH first",
                                      file.path(), change.line, change.why));
    }
  }

  void tell(std::vector<std::string>& list, std::string sentence) {
    if (told_.insert(sentence).second) list.push_back(std::move(sentence));
  }

  const char* path_;
  const Surroundings& around_;
  ScriptCheck& check_;
  std::set<std::string> told_;
};

}  // namespace

ScriptCheck check_script(const std::string& script, const char* path, const Surroundings& around) {
  engine::CheckRequest request;
  request.paths = {script};
  request.context = Context::kOps;
  request.working_directory = around.working_directory();
  request.on_this_machine = true;
  request.today = time_text(around.now()).substr(0, std::string_view("2026-12-31").size());
  const text::DiskFileSystem files;
  engine::Outcome outcome = engine::check(request, files, all_rules());
  ScriptCheck check;
  Looker looker(path, around, check);
  for (const ScriptRecord& record : outcome.run.scripts) looker.look(*record.timeline);
  Run& run = outcome.run;
  std::erase_if(run.findings,
                [](const Finding& finding) { return finding.severity != Severity::kError; });
  run.notifications.clear();
  run.suppressed.clear();
  if (!run.findings.empty()) check.findings = report::text_report(run, {});
  return check;
}

}  // namespace composelint::guard
