#include "guard/script_check.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include "analyzer/engine/check.h"
#include "analyzer/report/reports.h"
#include "analyzer/text/disk_file_system.h"
#include "analyzer/text/path.h"
#include "guard/command.h"
#include "guard/past_shim.h"
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

// Docker or Compose as a program of its own; a script of that name comes by the shims.
bool is_client(const std::string& program, const char* path) {
  const std::string_view name = text::name_of(program);
  struct stat status {};
  if (!program.starts_with('/') || ::stat(program.c_str(), &status) != 0 ||
      !S_ISREG(status.st_mode) || ::access(program.c_str(), X_OK) != 0) {
    return false;
  }
  for (const char* one : {"docker", "docker-compose"}) {
    if (same_program(program, find_real_program(one, path))) return true;
  }
  if (name != "docker" && name != "docker-compose") return false;
  const auto head = text::DiskFileSystem().read_head(program, 2);
  return head.ok() && *head != "#!";
}

// What is no shell script, though commands of it are steps.
bool is_other_text(std::string_view path) {
  const std::string_view name = text::name_of(path);
  static constexpr std::string_view kEnds[] = {"akefile", ".mk",   "ustfile",
                                               ".yml",    ".yaml", ".json"};
  return std::any_of(std::begin(kEnds), std::end(kEnds),
                     [&](std::string_view end) { return name.ends_with(end); });
}

class Looker {
 public:
  Looker(const char* path, const Surroundings& around, ScriptCheck& check)
      : path_(path), around_(around), check_(check) {
    world_.home = around.home();
    world_.holds_docker = holds_docker;
    world_.is_client = [path](const std::string& program) { return is_client(program, path); };
    world_.text = [&around](const std::string& file) {
      const auto bytes =
          text::DiskFileSystem().read(text::join_path(around.working_directory(), file));
      return bytes.ok() ? *bytes : std::string();
    };
  }

  // `make [-C DIRECTORY] [-f FILE]`, started in `directory`.
  void look_at_make(const std::vector<std::string>& words, const std::string& directory) {
    std::string where = directory;
    std::vector<std::string> files;
    for (std::size_t at = 1; at < words.size(); ++at) {
      const std::string& word = words[at];
      const bool next = at + 1 < words.size();
      const auto joined = [&](std::string_view option) { return word.substr(option.size()); };
      if ((word == "-C" || word == "--directory") && next) {
        where = text::join_path(where, words[++at]);
      } else if (word.starts_with("--directory=")) {
        where = text::join_path(where, joined("--directory="));
      } else if (word.starts_with("-C")) {
        where = text::join_path(where, joined("-C"));
      } else if ((word == "-f" || word == "--file" || word == "--makefile") && next) {
        files.push_back(words[++at]);
      } else if (word.starts_with("--file=") || word.starts_with("--makefile=")) {
        files.push_back(word.substr(word.find('=') + 1));
      } else if (word.starts_with("-f")) {
        files.push_back(joined("-f"));
      }
    }
    if (files.empty()) {
      for (const char* name : {"GNUmakefile", "makefile", "Makefile"}) {
        if (!world_.text(text::join_path(where, name)).empty() && files.empty())
          files.emplace_back(name);
      }
    }
    for (const std::string& file : files) {
      const std::string path = text::join_path(where, file);
      for (const MakefileWay& way : ways_past_shim_of_make(world_.text(path), world_)) {
        tell(check_.around,
             fmt::format("{}:{}: {}, so compose calls go past guard", file, way.line, way.why));
      }
    }
  }

  void look(const Timeline& timeline) {
    for (const Step& step : timeline.steps) {
      if (step.call && business_of(*step.call) != Business::kNone) look(step);
    }
    const bool compose = calls_compose(timeline);
    std::vector<const SourceFile*> files = timeline.sourced;
    files.insert(files.begin(), timeline.file);
    if (timeline.assigns("PATH") && compose) {
      for (const SourceFile* file : files) look_for_path(*file);
    }
    for (const Step& step : timeline.steps) {
      if (step.span && std::find(files.begin(), files.end(), step.span.file) == files.end()) {
        files.push_back(step.span.file);
      }
      look_for_make(step);
    }
    for (const SourceFile* file : files) {
      if (!is_other_text(file->path())) look_at_commands(*file, compose);
    }
  }

 private:
  void look_at_commands(const SourceFile& file, bool compose) {
    for (const PastShim& way : ways_past_shim(file, world_, compose)) {
      const std::string place = fmt::format("{}:{}", file.path(), file.line_of(way.span.begin));
      if (!places_.insert(place).second) continue;
      tell(check_.around, fmt::format("{}: {}, so compose calls go past guard", place, way.why));
    }
  }

  void look_for_make(const Step& step) {
    if (step.argv.empty() || step.place != Place::kHost) return;
    const std::string_view name = text::name_of(step.argv.front().text);
    if (name != "make" && name != "gmake") return;
    std::vector<std::string> words;
    for (const Argument& word : step.argv) words.push_back(word.text);
    look_at_make(words, text::join_path(around_.working_directory(), step.directory.value_or(".")));
  }

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
    const std::string program = program_in(step.argv.front(), around_.home());
    const std::string_view name = text::name_of(program);
    if (is_client(program, path_)) {
      places_.insert(place(step));
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
      places_.insert(fmt::format("{}:{}", file.path(), change.line));
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
  ShimWorld world_;
  std::set<std::string> told_;
  std::set<std::string> places_;  // where something has been told
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

ScriptCheck check_make(const std::vector<std::string>& words, const char* path,
                       const Surroundings& around) {
  ScriptCheck check;
  Looker(path, around, check).look_at_make(words, around.working_directory());
  return check;
}

}  // namespace composelint::guard
