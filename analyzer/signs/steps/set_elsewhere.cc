#include "analyzer/signs/steps/set_elsewhere.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string_view>
#include <vector>

#include "analyzer/signs/words/mentions.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

bool comes_with_the_session(std::string_view name) {
  // UID and GID are not among them: shells set them for themselves alone, if at all.
  static constexpr std::array<std::string_view, 22> kNames = {
      "APPDATA",       "COMPUTERNAME", "DISPLAY",
      "EDITOR",        "HOME",         "HOST",
      "HOSTNAME",      "HOSTTYPE",     "LANG",
      "LOGNAME",       "OLDPWD",       "PATH",
      "PWD",           "SHELL",        "TERM",
      "TMPDIR",        "TZ",           "USER",
      "SSH_AUTH_SOCK", "USERPROFILE",  "WAYLAND_DISPLAY",
      "XAUTHORITY"};
  static constexpr std::array<std::string_view, 9> kFamilies = {
      "BUILDKITE_", "CI_", "CIRCLE_", "COMPOSE_", "DOCKER_", "GITHUB_", "JENKINS_", "XDG_", "LC_"};
  const auto begins = [&](std::string_view family) { return name.starts_with(family); };
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end() ||
         std::any_of(kFamilies.begin(), kFamilies.end(), begins) || name == "CI" ||
         name.ends_with("_proxy") || name.ends_with("_PROXY");
}

namespace {

// `source .web.env`, `cp .web.env .env`, `--env-file .web.env`, `export $(xargs < .web.env)`.
bool is_used_by(const Step& step, std::string_view name) {
  if (step.in.kind == StreamKind::kFile && step.in.target.text.find(name) != std::string::npos) {
    return true;
  }
  const std::string_view program = program_name(step);
  if (program == "touch" || program == "nano" || program == "vim") return false;
  return std::any_of(step.argv.begin(), step.argv.end(), [&](const Argument& word) {
    return word.text.find(name) != std::string::npos;
  });
}

// Whether the name stands behind a `#` of its line.
bool is_in_comment(std::string_view text, std::size_t at) {
  const std::size_t line = text.rfind('\n', at) + 1;
  return text.substr(line, at - line).find('#') != std::string_view::npos;
}

// `include app.env` of a Makefile, `dotenv: [app.env]` of a Taskfile, `EnvironmentFile=` of a unit:
// what is no command and no prose may hand the file on to the calls.
bool is_read_by_a_host(std::string_view name, const Project& project, const WorkspaceFacts& facts) {
  std::set<const SourceFile*> files = task_files(facts);
  for (const SourceFile* own : project.files) files.erase(own);
  const auto is_of_a_command = [&](const SourceFile* file, std::size_t at) {
    return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
      return std::any_of(
          task.timeline->steps.begin(), task.timeline->steps.end(), [&](const Step& step) {
            return step.span.file == file && step.span.begin <= at && at < step.span.end;
          });
    });
  };
  return std::any_of(files.begin(), files.end(), [&](const SourceFile* file) {
    if (file->path().ends_with(".md")) return false;
    const std::string_view text = file->bytes();
    for (std::size_t at = find_name(text, name); at != std::string_view::npos;
         at = find_name(text, name, at + 1)) {
      if (!is_in_comment(text, at) && !is_of_a_command(file, at)) return true;
    }
    return false;
  });
}

// Compose itself gets nothing from it: the stack is started without that file, and nothing else
// reads it.
bool is_for_containers_alone(const EnvFile& file, const Project& project,
                             const WorkspaceFacts& facts) {
  const std::string_view name = file_name(file.path);
  if (name == ".env" || name.empty()) return false;
  bool started = false;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (is_used_by(step, name)) return false;
      if (!step.call) continue;
      if (step.call->global_option("--env-file") != nullptr) return false;
      started = started || (step.call->is("up") && step.call->target.project == &project);
    }
  }
  return started && !is_read_by_a_host(name, project, facts);
}

}  // namespace

bool has_hidden_env_file(const Project& project, const WorkspaceFacts& facts) {
  if (project.own_env) return true;
  return std::any_of(project.services.begin(), project.services.end(), [&](const Service& service) {
    return std::any_of(service.env_files.begin(), service.env_files.end(),
                       [&](const EnvFile& file) {
                         return !file.there && !is_for_containers_alone(file, project, facts);
                       });
  });
}

namespace {

bool has_its_text(const Step& step) {
  const std::string_view program = program_name(step);
  return program == "echo" || program == "printf" || program == "touch" || program == "sed" ||
         step.in.kind == StreamKind::kHere;
}

// What it writes stands in the script itself: `echo "TAG=$1" >> .env`, `tee .env <<END`.
bool writes_what_it_says(const Timeline& timeline, const Step& step) {
  if (has_its_text(step)) return program_name(step) != "envsubst";
  return step.in.kind == StreamKind::kPipe && step.pipeline != 0 && program_name(step) == "tee" &&
         std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& other) {
           return other.pipeline == step.pipeline && has_its_text(other);
         });
}

bool writes_env_file(const Step& step) {
  static constexpr std::array<std::string_view, 5> kLast = {"cp", "install", "ln", "mv", "tee"};
  const auto is_it = [](const Argument& word) { return file_name(word.text) == ".env"; };
  if (step.out.kind == StreamKind::kFile && is_it(step.out.target)) return true;
  if (step.argv.size() < 2 || step.call) return false;
  if (std::find(kLast.begin(), kLast.end(), program_name(step)) != kLast.end()) {
    return is_it(step.argv.back());
  }
  // `op inject -i env.tpl -o .env`, `sops -d --output=.env`.
  for (std::size_t i = 1; i < step.argv.size(); ++i) {
    const std::string_view text = step.argv[i].text;
    const bool option = text == "-o" || text == "-O" || text.starts_with("--out");
    if (option && text.ends_with("=.env")) return true;
    if (option && i + 1 < step.argv.size() && is_it(step.argv[i + 1])) return true;
  }
  return false;
}

}  // namespace

bool env_file_comes_from_elsewhere(const WorkspaceFacts& facts) {
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [](const TaskView& task) {
    const std::vector<Step>& steps = task.timeline->steps;
    return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
      return writes_env_file(step) && !writes_what_it_says(*task.timeline, step);
    });
  });
}

bool some_call_is_open(const WorkspaceFacts& facts) {
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (!step.call) continue;
      const ComposeInvocation& call = *step.call;
      const OptionUse* file = call.global_option("--env-file");
      const bool unread = std::any_of(call.target.missing.begin(), call.target.missing.end(),
                                      [](const MissingFile& missing) { return missing.env_file; });
      if (unread || (file != nullptr && (!file->value || !file->value->known()))) return true;
    }
  }
  return false;
}

bool mentioned(const WorkspaceFacts& facts, const Project& project, std::string_view name) {
  for (const TaskView& task : facts.tasks) {
    if (task.timeline->assigns(name)) return true;
  }
  std::set<const SourceFile*> files = task_files(facts);
  for (const SourceFile* own : project.files) files.erase(own);
  return std::any_of(files.begin(), files.end(), [&](const SourceFile* file) {
    return find_name(file->bytes(), name) != std::string_view::npos;
  });
}

}  // namespace composelint
