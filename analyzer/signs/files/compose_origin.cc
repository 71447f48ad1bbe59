#include "analyzer/signs/files/compose_origin.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/files/current_compose.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

// `command -v docker-compose`, `which docker-compose`
bool asks_for_old_program(std::string_view test) {
  static constexpr std::array<std::string_view, 4> kAsks = {"command -v", "which", "type", "hash"};
  return test.find("docker-compose") != std::string_view::npos &&
         std::any_of(kAsks.begin(), kAsks.end(), [&](std::string_view asks) {
           return test.find(asks) != std::string_view::npos;
         });
}

// What it fetches comes to where the old one was: `-o /usr/local/bin/docker-compose`, not among the
// plugins.
bool puts_in_its_place(std::string_view text) {
  return text.find("bin/docker-compose") != std::string_view::npos;
}

bool names_place(const Argument& word) {
  return word.text.ends_with("bin/docker-compose");
}

// `curl -L …/compose/releases/latest/… -o /usr/local/bin/docker-compose`
bool downloads_it_there(const Step& step) {
  const std::vector<Argument>& words = step.argv;
  return std::any_of(words.begin(), words.end(), names_place) &&
         std::any_of(words.begin(), words.end(),
                     [](const Argument& word) { return fetches_current_compose(word.text); });
}

// `ln -s …/cli-plugins/docker-compose /usr/local/bin/docker-compose`, or a `mv` or `docker cp` of
// what the image has that holds nothing else.
bool links_it_there(const Step& step, const SourceFile& file) {
  const std::vector<Argument>& words = step.argv;
  if (words.size() < 3 || !names_place(words.back())) return false;
  const std::string_view program = program_name(step);
  if (program == "ln") return words[words.size() - 2].text.ends_with("cli-plugins/docker-compose");
  const bool moves = program == "mv" || program == "cp" || program == "install" ||
                     (program == "docker" && words[1].is("cp"));
  return moves && file.bytes().find("docker/compose-bin:") != std::string_view::npos;
}

// `pacman -S docker-compose`: a distribution that has the second line under the old name.
bool installs_it_there(const Step& step) {
  static constexpr std::array<std::string_view, 4> kInstallers = {"pacman", "pamac", "paru", "yay"};
  const std::vector<Argument>& words = step.argv;
  return std::find(kInstallers.begin(), kInstallers.end(), program_name(step)) !=
             kInstallers.end() &&
         std::any_of(words.begin(), words.end(),
                     [](const Argument& word) { return word.is("docker-compose"); });
}

// A script or a guide of the repository does so on the machines; a job of CI does it for itself.
bool puts_it_there(const TaskView& task) {
  if (task.context == Context::kCi) return false;
  const bool tells = task.context == Context::kDocs;
  const std::vector<Step>& steps = task.timeline->steps;
  return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
    return downloads_it_there(step) || installs_it_there(step) ||
           (!tells && links_it_there(step, *task.timeline->file));
  });
}

// `elif command -v docker-compose; then DC=docker-compose`, which is called elsewhere: the name
// stands in the arm of the test, no other begins between.
bool is_named_where_found(const Timeline& task, Span program) {
  return std::any_of(task.branches.begin(), task.branches.end(), [&](const Branch& branch) {
    const Span test = branch.condition;
    if (branch.kind != BranchKind::kIf || test.file != program.file || test.end > program.begin ||
        branch.span.end < program.end || !asks_for_old_program(test.text()) ||
        test.text().starts_with("!")) {
      return false;
    }
    const std::string_view between =
        program.file->bytes().substr(test.end, program.begin - test.end);
    return between.find("else") == between.npos && between.find("elif") == between.npos &&
           between.find("\nfi") == between.npos;
  });
}

}  // namespace

bool is_looked_for(const Timeline& task, const Step& step) {
  if (step.call && is_named_where_found(task, step.call->program_span)) return true;
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const Branch& branch = task.branches[way.branch];
    if (way.arm != 0 || (branch.kind != BranchKind::kIf && branch.kind != BranchKind::kAnd)) {
      return false;
    }
    const std::string_view test = branch.condition.text();
    return !test.starts_with("!") && asks_for_old_program(test);
  });
}

bool is_brought_along(const WorkspaceFacts& facts, const SourceFile& file) {
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& other) {
    const SourceFile* source = other.timeline->file;
    if (source == nullptr) return false;
    if (puts_it_there(other)) return true;
    // `install_docker.sh`, `terraform/user_data.sh`, a deployment that sees to it on its way.
    const bool tells = other.context == Context::kDocs || other.context == Context::kCi;
    return source != &file && !tells && fetches_current_compose(source->bytes()) &&
           puts_in_its_place(source->bytes());
  });
}

bool is_brought_by_jobs(const WorkspaceFacts& facts, const SourceFile& file) {
  const std::string called = "/" + std::string(file_name(file.path()));
  bool brought = false;
  for (const TaskView& task : facts.tasks) {
    const SourceFile* jobs = task.timeline->file;
    if (jobs == nullptr || jobs == &file || task.context != Context::kCi) continue;
    const std::string_view text = jobs->bytes();
    const std::size_t at = text.find(called);
    const bool whole =
        at != text.npos && text.substr(at + called.size()).find_first_of(" \t\r\n\"'") == 0;
    if (!whole) continue;
    const bool in_place = puts_in_its_place(text) ||
                          text.find("mv docker-compose /usr/") != text.npos ||
                          text.find("mv ./docker-compose /usr/") != text.npos;
    if (!in_place || !fetches_current_compose(text)) return false;
    brought = true;
  }
  return brought;
}

}  // namespace composelint
