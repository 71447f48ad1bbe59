#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "analyzer/signs/files/carried_file.h"
#include "analyzer/signs/files/missing_file.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/reports/sibling_files.h"
#include "analyzer/signs/words/mentions.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

void look_at_calls(const WorkspaceFacts& facts, const TaskView& task, RuleContext& context) {
  for (const Step& step : task.timeline->steps) {
    if (!step.call || !sees_the_repository(*task.timeline, step)) continue;
    for (const MissingFile& missing : step.call->target.missing) {
      if (!missing.env_file || missing.expected || !is_path_of_repository(missing.path)) continue;
      // What Compose reads by itself: each machine has its own, whether git is told so or not.
      if (file_name(missing.path.text) == ".env") continue;
      if (speaks_of_file(facts, missing.path.text)) continue;
      Finding& finding =
          context.report(missing.path.place(),
                         quoted(missing.path.text) + " is not there and nothing here makes it: " +
                             quoted(step.call->verb.empty() ? "compose" : step.call->verb) +
                             " stops with \"couldn't find env file\"",
                         {"--env-file", missing.path.text});
      finding.severity = context.severity_in(task.context);
      finding.context = to_string(task.context);
    }
  }
}

using Place = std::tuple<const SourceFile*, std::uint32_t, std::uint32_t>;

Place place_of(const EnvFile& file) {
  return {file.span.file, file.span.begin, file.span.end};
}

bool is_placeholder(std::string_view path) {
  return path.find_first_of("{}<>$") != std::string_view::npos;
}

// A variable of the script's own reaches no Compose: it is exported, or given to a call.
bool reaches_a_call(std::string_view text, std::size_t name, std::size_t equals) {
  const std::size_t begin = text.rfind('\n', name) + 1;  // npos + 1 is 0
  const std::string_view before = text.substr(begin, name - begin);
  const std::string_view behind = text.substr(equals, text.find('\n', equals) - equals);
  return before.ends_with("export ") || behind.find("docker compose") != behind.npos ||
         behind.find("docker-compose") != behind.npos;
}

// `export STAGE_DIR=/srv/stages/1`, and `STAGE_DIR:` of a workflow; where nothing is said for the
// case that it is unset, any assignment.
bool sets(std::string_view text, std::string_view name, bool has_default) {
  const bool all_go_out = !has_default || text.find("set -a") != text.npos ||
                          text.find("export " + std::string(name)) != text.npos;
  for (std::size_t at = find_name(text, name); at != text.npos;
       at = find_name(text, name, at + 1)) {
    const bool read = at > 0 && (text[at - 1] == '{' || text[at - 1] == '$');
    const std::size_t end = at + name.size();
    if (read || end >= text.size()) continue;
    if (text[end] == ':' && !text.substr(end).starts_with(":=")) return true;
    if (text[end] == '=' && (all_go_out || reaches_a_call(text, at, end))) return true;
  }
  return false;
}

bool is_page(std::string_view path) {
  return path.ends_with(".md") || path.ends_with(".rst") || path.ends_with(".txt");
}

// `${STAGE_DIR:-.}/.env.mail`, and a script or a page sets the variable: each stage has its own.
bool lies_where_a_variable_says(const WorkspaceFacts& facts, const EnvFile& file) {
  std::string_view text = file.span.text();
  const std::size_t begin = text.find("${");
  const std::size_t slash = text.rfind('/');
  if (begin == text.npos || slash == text.npos || begin > slash) return false;
  text.remove_prefix(begin + 2);
  const std::string_view name = text.substr(0, text.find_first_of(":-}?+/"));
  const bool has_default = text.substr(name.size(), 2).find('-') != text.npos;
  const std::set<const SourceFile*> files = task_files(facts);
  return std::any_of(files.begin(), files.end(), [&](const SourceFile* task) {
    return sets(task->bytes(), name, has_default && !is_page(task->path()));
  });
}

// As somebody in the project's directory would name it.
std::string path_told(const Project& project, const EnvFile& file) {
  const std::string below = project.directory + "/";
  return file.path.starts_with(below) ? file.path.substr(below.size()) : file.path;
}

// `docker/.env` of docker/compose.yaml.
bool repeats_its_directory(const Project& project, const EnvFile& file) {
  const std::string_view folder = file_name(project.directory);
  const std::string told = path_told(project, file);
  return !folder.empty() && told.starts_with(std::string(folder) + "/");
}

// `mkdir -p docker`, `--project-directory "$PWD"`: it is there by then, or looked for elsewhere.
bool makes_or_moves(std::string_view text, std::string_view folder) {
  if (text.find("--project-directory") != text.npos) return true;
  for (std::size_t at = text.find("mkdir "); at != text.npos; at = text.find("mkdir ", at + 1)) {
    const std::string_view rest = text.substr(at, text.find('\n', at) - at);
    if (find_name(rest, folder) != rest.npos) return true;
  }
  return false;
}

// Of `docker/.env` others may speak as they see it from above. Here it counts what is said from
// where the compose file is.
bool speaks_of_repeated(const WorkspaceFacts& facts, const Project& project, const EnvFile& file) {
  const std::string told = path_told(project, file);
  const std::string whole = std::string(file_name(project.directory)) + "/" + told;
  const std::string_view compose = file.span.file->path();
  const std::string_view beside = compose.substr(0, compose.size() - file_name(compose).size());
  const std::set<const SourceFile*> files = task_files(facts);
  return std::any_of(files.begin(), files.end(), [&](const SourceFile* task) {
    const std::string_view text = task->bytes();
    return find_name(text, whole) != text.npos ||
           makes_or_moves(text, file_name(project.directory)) ||
           (task->path().starts_with(beside) && find_name(text, told) != text.npos);
  });
}

bool is_spoken_of(const WorkspaceFacts& facts, const Project& project, const EnvFile& file) {
  return repeats_its_directory(project, file) ? speaks_of_repeated(facts, project, file)
                                              : speaks_of_file(facts, file.path);
}

// The same line is read from several directories: by a script that names the file, on its own.
// Where one of them finds it, it is there.
std::map<Place, bool> found_files(const WorkspaceFacts& facts) {
  std::map<Place, bool> found;
  for (const Project* project : facts.projects) {
    for (const Service& service : project->services) {
      for (const EnvFile& file : service.env_files) {
        found[place_of(file)] |= file.there || file.expected || !file.required;
      }
    }
  }
  return found;
}

// Others of the same directory are for each machine to have: so is this. `.env` is no measure, as
// every project has its own.
bool lies_on_the_server(const Project& project, const EnvFile& file) {
  constexpr std::size_t kSome = 2;
  const auto directory = [](const EnvFile& of) {
    return std::string_view(of.path).substr(0, of.path.size() - file_name(of.path).size());
  };
  std::set<std::string_view> others;
  for (const Service& service : project.services) {
    for (const EnvFile& other : service.env_files) {
      const bool own = !other.there && other.expected && file_name(other.path) != ".env";
      if (own && directory(other) == directory(file)) others.insert(other.path);
    }
  }
  return others.size() >= kSome;
}

constexpr std::size_t kMostRelated = 4;

struct Lacking {
  const Service* service = nullptr;
  const EnvFile* file = nullptr;
};

// By the file that names them, each place once.
std::map<const SourceFile*, std::vector<Lacking>> lacking_in(const WorkspaceFacts& facts,
                                                             const Project& project,
                                                             std::map<Place, bool>& found) {
  std::map<const SourceFile*, std::vector<Lacking>> out;
  for (const Service& service : project.services) {
    for (const EnvFile& file : service.env_files) {
      bool& known = found[place_of(file)];
      if (known || !file.span || is_placeholder(file.path)) continue;
      known = true;  // told once
      if (is_spoken_of(facts, project, file) || lies_on_the_server(project, file)) continue;
      if (lies_where_a_variable_says(facts, file)) continue;
      if (!is_carried_away(facts, *file.span.file))
        out[file.span.file].push_back({&service, &file});
    }
  }
  for (auto& [source, all] : out) {
    std::sort(all.begin(), all.end(), [](const Lacking& a, const Lacking& b) {
      return a.file->span.begin < b.file->span.begin;
    });
  }
  return out;
}

// One of a file tells of the others: they are made, or forgotten, together.
void report(const Project& project, const std::vector<Lacking>& all, RuleContext& context) {
  const Lacking& first = all.front();
  std::vector<std::string> others;
  for (const Lacking& other : all) {
    std::string path = path_told(project, *other.file);
    const bool own = other.file->path == first.file->path;
    if (!own && std::find(others.begin(), others.end(), path) == others.end()) {
      others.push_back(std::move(path));
    }
  }
  const std::string folder(file_name(project.directory));
  const std::string where = repeats_its_directory(project, *first.file)
                                ? ", is looked for from " + quoted(folder) + ", as " +
                                      quoted(folder + "/" + path_told(project, *first.file)) +
                                      ", and is not there"
                                : ", is not there and nothing here makes it";
  Finding& finding = context.report(
      first.file->span,
      quoted(path_told(project, *first.file)) + ", the env file of " + quoted(first.service->name) +
          where + ": every command on this project stops with \"env file … not found\"" +
          (others.empty() ? ""
                          : "; " + listed(others) + (others.size() == 1 ? " is" : " are") +
                                " not there either"),
      {first.service->name, std::string(file_name(first.file->path))});
  for (const Lacking& other : std::span(all).subspan(1)) {
    if (finding.related.size() == kMostRelated) break;
    finding.related.push_back({other.file->span, quoted(other.service->name) + " reads " +
                                                     quoted(path_told(project, *other.file))});
  }
}

void look_at_services(const WorkspaceFacts& facts, RuleContext& context) {
  std::map<Place, bool> found = found_files(facts);
  for (const Project* project : facts.projects) {
    if (!is_in_use(facts, *project)) continue;
    for (const auto& [source, all] : lacking_in(facts, *project, found)) {
      report(*project, all, context);
    }
  }
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const TaskView& task : facts.tasks) look_at_calls(facts, task, context);
  look_at_services(facts, context);
}

// A script names the same file at each of its calls.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::map<std::string, std::vector<Finding*>> calls;
  for (Finding* finding : findings) {
    if (finding->key.front() == "--env-file") calls[finding->key.back()].push_back(finding);
  }
  for (const auto& [path, all] : calls) tell_once_a_file(facts, all);
  tell_same_line_once(facts, findings);
}

constexpr Example kExamples[] = {
    {
        .unsafe = "docker compose --env-file deploy.env up -d --wait\n",
        .safe = "printf 'TAG=%s\\n' \"$1\" > deploy.env\n"
                "docker compose --env-file deploy.env up -d --wait\n",
        .compose = "services:\n  app:\n    image: example/app:1.4\n",
    },
    {
        .unsafe = "services:\n  app:\n    image: example/app:1.4\n    env_file: app.env\n",
        .safe = "services:\n"
                "  app:\n"
                "    image: example/app:1.4\n"
                "    env_file:\n"
                "      - path: app.env\n"
                "        required: false\n",
        .is_compose = true,
    }};

}  // namespace

COMPOSELINT_RULE(env_file_missing) = {
    .slug = "env-file-missing",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kError, .ci = Severity::kError},
    .summary = "An env file is named that is not there",
    .rationale =
        "Compose refuses the whole project when a file of `--env-file` or `env_file` is missing, "
        "for `ps` and `logs` too, exit code 1 (measured with Compose 2.40.3; 14 with 2.26.1). "
        "`required: false` makes it optional.",
    .silent_on =
        "Files that git ignores or that a template (`.env.example`, `templates/mail.env.j2`) is "
        "there for, and those in a directory that a variable names which a script or a page "
        "sets: each machine has its own, as it has a `.env` that `--env-file` names. Files in "
        "directories that are not there either, but for `docker/.env` in `docker/compose.yaml`, "
        "which is meant to be "
        "`docker/.env` of the repository. Compose files that no call and "
        "no default search leads to. Files that any script, Makefile or workflow of the repository "
        "speaks of: it may make them. Scripts that clone, download, unpack or generate something "
        "first. Compose files that a task or a page carries to another directory: what lies beside "
        "them there it does not tell. Absolute paths, paths that lead out of the repository, and "
        "calls on another machine. The env files of one compose file are told together, and so are "
        "the calls of a script "
        "that name one.",
    .examples = kExamples,
    .on_workspace = on_workspace,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
