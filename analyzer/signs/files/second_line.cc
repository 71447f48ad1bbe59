#include "analyzer/signs/files/second_line.h"

#include <composelint/document.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "analyzer/signs/files/current_compose.h"

namespace composelint {

namespace {

// Of a verb, or of all: what docker-compose 1.29.2 stops at.
struct Refused {
  std::string_view verb;
  std::string_view option;
};

constexpr std::array<Refused, 15> kRefused = {{{"exec", "--interactive"},
                                               {"run", "--interactive"},
                                               {"up", "--wait"},
                                               {"up", "--wait-timeout"},
                                               {"up", "--watch"},
                                               {"up", "--pull"},
                                               {"up", "--timestamps"},
                                               {"up", "--no-attach"},
                                               {"ps", "--format"},
                                               {"ps", "--status"},
                                               {"logs", "--since"},
                                               {"logs", "--until"},
                                               {"config", "--format"},
                                               {"build", "--push"},
                                               {"build", "--ssh"}}};

constexpr std::array<std::string_view, 7> kLaterVerbs = {"attach", "cp",   "export", "ls",
                                                         "stats",  "wait", "watch"};

bool reads_included_files(const ComposeInvocation& call) {
  const Project* project = call.target.project;
  return project != nullptr &&
         std::any_of(project->written.begin(), project->written.end(), [](const WrittenFile& each) {
           return std::any_of(
               each.documents.begin(), each.documents.end(),
               [](const yaml::Node* root) { return root->find("include") != nullptr; });
         });
}

bool is_refused_by_the_first(const ComposeInvocation& call) {
  if (call.program != ComposeProgram::kStandalone || !call.errors.empty()) return false;
  if (std::find(kLaterVerbs.begin(), kLaterVerbs.end(), call.verb) != kLaterVerbs.end()) {
    return true;
  }
  if (call.global_option("--progress") != nullptr || call.global_option("--dry-run") != nullptr) {
    return true;
  }
  return reads_included_files(call) ||
         std::any_of(kRefused.begin(), kRefused.end(), [&](const Refused& each) {
           return call.is(each.verb) && call.has(each.option);
         });
}

// `docker_compose_version: "v2.32.1"`, as roles of Ansible want it.
bool names_second_release(std::string_view text) {
  constexpr std::string_view kKey = "docker_compose_version:";
  for (std::size_t at = text.find(kKey); at != text.npos; at = text.find(kKey, at + 1)) {
    if (is_current_release(text.substr(at + kKey.size()))) return true;
  }
  return false;
}

// CircleCI's own images have the second line under both names.
bool is_of_circles_images(const SourceFile& file) {
  return file.path().find(".circleci/") != std::string::npos &&
         file.bytes().find("cimg/") != std::string_view::npos;
}

// `image: tiangolo/docker-with-compose` of a pipeline: what is in its name is in it.
bool is_of_images_with_it(const SourceFile& file) {
  if (file.path().find(".gitlab-ci") == std::string::npos) return false;
  const std::string_view text = file.bytes();
  constexpr std::string_view kKey = "image:";
  for (std::size_t at = text.find(kKey); at != text.npos; at = text.find(kKey, at + 1)) {
    const std::string_view line = text.substr(at, text.find('\n', at) - at);
    if (line.find("compose") != line.npos) return true;
  }
  return false;
}

// `hooks/build`: Docker Hub's automated builds.
bool is_a_hook_of_the_hub(const SourceFile& file) {
  static constexpr std::array<std::string_view, 6> kHooks = {"build",     "post_build", "post_push",
                                                             "pre_build", "push",       "test"};
  const std::string_view path = file.path();
  const std::string_view name = file_name(path);
  const std::string_view folder = path.substr(0, path.size() - name.size());
  return (folder == "hooks/" || folder.ends_with("/hooks/")) &&
         std::find(kHooks.begin(), kHooks.end(), name) != kHooks.end();
}

bool is_told_by_a_role(const TaskView& task) {
  return task.context != Context::kDocs && task.timeline->file != nullptr &&
         names_second_release(task.timeline->file->bytes());
}

bool is_told_by_a_call(const TaskView& task) {
  const std::vector<Step>& steps = task.timeline->steps;
  return task.context != Context::kDocs &&
         std::any_of(steps.begin(), steps.end(), [](const Step& step) {
           return step.call && is_refused_by_the_first(*step.call);
         });
}

}  // namespace

bool calls_second_line(const WorkspaceFacts& facts) {
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [](const TaskView& task) {
    return is_told_by_a_role(task) || is_told_by_a_call(task);
  });
}

bool calls_the_plugin(const WorkspaceFacts& facts) {
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [](const TaskView& task) {
    const std::vector<Step>& steps = task.timeline->steps;
    return std::any_of(steps.begin(), steps.end(), [](const Step& step) {
      return step.call && step.call->program == ComposeProgram::kPlugin;
    });
  });
}

bool has_second_line(const WorkspaceFacts& facts) {
  const auto& tasks = facts.tasks;
  return std::any_of(tasks.begin(), tasks.end(), is_told_by_a_role) ||
         (std::any_of(tasks.begin(), tasks.end(), is_told_by_a_call) && !calls_the_plugin(facts));
}

bool runs_where_it_is(const WorkspaceFacts& facts, const SourceFile& file) {
  if (is_a_hook_of_the_hub(file)) return true;
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const SourceFile* of = task.timeline->file;
    if (of == nullptr || task.context != Context::kCi ||
        !(is_of_circles_images(*of) || is_of_images_with_it(*of))) {
      return false;
    }
    const std::vector<Step>& steps = task.timeline->steps;
    return of == &file || std::any_of(steps.begin(), steps.end(),
                                      [&](const Step& step) { return step.span.file == &file; });
  });
}

}  // namespace composelint
