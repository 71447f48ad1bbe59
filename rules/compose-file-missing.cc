#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/files/missing_file.h"
#include "analyzer/signs/reports/once_a_subject.h"
#include "analyzer/signs/steps/written_for_each.h"
#include "analyzer/signs/words/certain_value.h"
#include "analyzer/signs/words/mentions.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

std::vector<std::string_view> folders_of(std::string_view path) {
  std::vector<std::string_view> out;
  for (std::size_t at = path.find('/'); at != path.npos; at = path.find('/')) {
    const std::string_view part = path.substr(0, at);
    if (!part.empty() && part != "." && part != "..") out.push_back(part);
    path.remove_prefix(at + 1);
  }
  return out;
}

// `compose/services/stack.yml`, for `compose/stack.yml`: the folders that are named and one more.
const SourceFile* moved_to(const WorkspaceFacts& facts, std::string_view path) {
  const std::vector<std::string_view> named = folders_of(path);
  if (named.empty()) return nullptr;
  for (const Project* project : facts.projects) {
    for (const SourceFile* file : project->files) {
      if (file_name(file->path()) != file_name(path)) continue;
      std::size_t next = 0;
      for (const std::string_view folder : folders_of(file->path())) {
        if (next < named.size() && folder == named[next]) ++next;
      }
      if (next == named.size()) return file;
    }
  }
  return nullptr;
}

// Some line writes it, or brings it: whoever else speaks of it has not seen that it is gone.
bool is_made_by_a_line(const WorkspaceFacts& facts, std::string_view path) {
  static constexpr std::array<std::string_view, 12> kMakes = {
      ">",    "cp ",   "mv ",   "ln ",      "tee ",  "curl ",
      "wget", "rsync", "touch", "template", "dest:", "envsubst"};
  const std::string_view name = file_name(path);
  for (const SourceFile* file : task_files(facts)) {
    const std::string_view text = file->bytes();
    for (std::size_t at = find_name(text, name); at != std::string_view::npos;
         at = find_name(text, name, at + 1)) {
      const std::string_view line = file->line_text(file->line_of(static_cast<std::uint32_t>(at)));
      const std::string_view folder = folder_before(text, at);
      const bool same = folder.empty() || folder == folders_of(path).back();
      const bool calls = line.find("docker") != line.npos || line.find("-f ") != line.npos;
      const bool makes = std::any_of(kMakes.begin(), kMakes.end(), [&](std::string_view word) {
        return line.find(word) != line.npos;
      });
      if (same && makes && !calls && !only_tells(line)) return true;
    }
  }
  return false;
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (!step.call || !sees_the_repository(*task.timeline, step)) continue;
      for (const MissingFile& missing : step.call->target.missing) {
        if (missing.env_file || missing.expected || !is_path_of_repository(missing.path)) continue;
        if (!is_certain_path(missing.path, step, *task.timeline)) continue;
        if (is_looked_for(*task.timeline, step, missing.path)) continue;
        const SourceFile* moved = moved_to(facts, missing.path.text);
        if (moved != nullptr ? is_made_by_a_line(facts, missing.path.text)
                             : speaks_of_file(facts, missing.path.text, step.span.file)) {
          continue;
        }
        if (may_be_written_for_each(facts, missing.path.text)) continue;
        Finding& finding =
            context.report(missing.path.place(),
                           quoted(missing.path.text) + " is not there and nothing here makes it: " +
                               quoted(step.call->verb.empty() ? "compose" : step.call->verb) +
                               " stops with \"no such file or directory\"",
                           {missing.path.text});
        finding.severity = context.severity_in(task.context);
        finding.context = to_string(task.context);
        if (moved != nullptr) {
          finding.related.push_back({{moved, 0, 0}, "a file of this name is here"});
        }
        break;  // Compose stops at the first one
      }
    }
  }
}

// The file is one that is missing, whoever names it. A name without a folder may be another one in
// another place.
void on_findings(const WorkspaceFacts& /*facts*/, std::span<Finding* const> findings) {
  tell_once_a_subject(findings, [](const Finding& finding) {
    const std::string& path = finding.key.front();
    const bool placed = !path.starts_with('.') && path.find('/') != std::string::npos;
    const std::string& own = finding.span.file->path();
    return placed ? path : path + "\n" + own.substr(0, own.rfind('/') + 1);
  });
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose -f docker-compose.prod.yml up -d --wait\n",
    .safe = "docker compose -f compose.yaml up -d --wait\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n",
}};

}  // namespace

COMPOSELINT_RULE(compose_file_missing) = {
    .slug = "compose-file-missing",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kError, .ci = Severity::kError},
    .summary = "-f names a compose file that is not there",
    .rationale =
        "A compose file gets renamed or moved, and a script that is seldom run keeps the old name: "
        "`open …: no such file or directory`, exit code 1, whatever the command. With several "
        "`-f`, one that is missing is enough.",
    .silent_on =
        "Files that git ignores or that a template is there for. Files that any script, Makefile "
        "or workflow of the repository speaks of elsewhere, other than to read them: it may make "
        "them; where the file is there in a folder further down, only lines that write it count, "
        "and those that write a name with a variable in it (`> compose.$colour.yml`). Directories "
        "that are not there either, unless the file is there below one of that name. Scripts that "
        "clone, download, unpack or generate something first, unless it is one file with another "
        "name. Absolute paths and directories outside of the repository; calls on another "
        "machine. Calls that a look for the file leads to (`[ -f \"$1\" ] || return`). Names that "
        "are not certain: the default of an argument, a variable that the script tests. A file is "
        "told of once.",
    .examples = kExamples,
    .on_workspace = on_workspace,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
