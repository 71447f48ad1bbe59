// Where `docker-compose` is known to be there.
#pragma once

#include <composelint/current_compose.h>
#include <composelint/path_name.h>
#include <composelint/rule.h>
#include <composelint/sequence.h>
#include <composelint/stack_parts.h>
#include <composelint/wording.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace composelint {

namespace detail {

// `command -v docker-compose`, `which docker-compose`
[[nodiscard]] inline bool asks_for_old_program(std::string_view test) {
  static constexpr std::array<std::string_view, 4> kAsks = {"command -v", "which", "type", "hash"};
  return test.find("docker-compose") != std::string_view::npos &&
         std::any_of(kAsks.begin(), kAsks.end(), [&](std::string_view asks) {
           return test.find(asks) != std::string_view::npos;
         });
}

// What it fetches comes to where the old one was: `-o /usr/local/bin/docker-compose`, not among the
// plugins.
[[nodiscard]] inline bool puts_in_its_place(std::string_view text) {
  return text.find("bin/docker-compose") != std::string_view::npos;
}

// `setup-server.sh`, `provision.yml`: what brings a machine to where the others expect it.
[[nodiscard]] inline bool sets_machines_up(const std::string& path) {
  static constexpr std::array<std::string_view, 5> kWords = {"bootstrap", "cloud-init", "install",
                                                             "provision", "setup"};
  const std::string_view name = file_name(path);
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    return name.find(word) != std::string_view::npos;
  });
}

[[nodiscard]] inline bool names_file(const Argument& word, std::string_view name) {
  const std::string& text = word.text;
  return text == name || text.ends_with("/" + std::string(name));
}

// `scp setup.sh host:/tmp/`, `ssh host bash /tmp/setup.sh`
[[nodiscard]] inline bool sends_and_runs(const Timeline& timeline, std::string_view name) {
  bool sent = false;
  for (const Step& step : timeline.steps) {
    const bool names = std::any_of(step.argv.begin(), step.argv.end(),
                                   [&](const Argument& word) { return names_file(word, name); });
    if (!names) continue;
    if (step.place == Place::kRemote && sent) return true;
    sent |= program_name(step) == "scp" || program_name(step) == "rsync";
  }
  return false;
}

}  // namespace detail

// `if command -v docker-compose; then`: where it is absent, nothing of this runs.
[[nodiscard]] inline bool is_looked_for(const Timeline& task, const Step& step) {
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const Branch& branch = task.branches[way.branch];
    if (way.arm != 0 || (branch.kind != BranchKind::kIf && branch.kind != BranchKind::kAnd)) {
      return false;
    }
    const std::string_view test = branch.condition.text();
    return !test.starts_with("!") && detail::asks_for_old_program(test);
  });
}

// A script that the file sends to the machine and runs there, or one beside it that sets machines
// up, fetches the current standalone program.
[[nodiscard]] inline bool is_brought_along(const WorkspaceFacts& facts, const SourceFile& file) {
  const std::string_view directory = detail::directory_of(file);
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& other) {
    const SourceFile* source = other.timeline->file;
    if (source == nullptr || source == &file || !fetches_current_compose(source->bytes())) {
      return false;
    }
    const bool sets_up = detail::sets_machines_up(source->path());
    if (sets_up && detail::directory_of(*source) == directory) return true;
    // `utils/install_docker.sh` below the script.
    if (sets_up && source->path().starts_with(directory) &&
        detail::puts_in_its_place(source->bytes())) {
      return true;
    }
    return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& own) {
      return own.timeline->file == &file &&
             detail::sends_and_runs(*own.timeline, file_name(source->path()));
    });
  });
}

}  // namespace composelint
