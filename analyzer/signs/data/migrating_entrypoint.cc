#include "analyzer/signs/data/migrating_entrypoint.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/dumps/fed_dump.h"
#include "analyzer/signs/files/own_dockerfile.h"
#include "analyzer/signs/steps/entered.h"

namespace composelint {

namespace {

// The words of the last such line, as they are written.
std::string last_line(std::string_view dockerfile, std::string_view instruction) {
  const std::string head = "\n" + std::string(instruction) + " ";
  const std::size_t at = dockerfile.rfind(head);
  if (at == dockerfile.npos) return {};
  const std::string_view rest = dockerfile.substr(at + head.size());
  return std::string(rest.substr(0, rest.find('\n'))) + " ";
}

bool names_script(std::string_view text, std::string_view name) {
  const std::size_t at = text.find(name);
  if (at == text.npos) return false;
  const std::size_t end = at + name.size();
  constexpr std::string_view kAround = "\"' /,]";
  return (at == 0 || kAround.find(text[at - 1]) != kAround.npos) &&
         (end == text.size() || kAround.find(text[end]) != kAround.npos);
}

// `--database=ledger`, `-c other.ini`: words that have it work on something else than `start` does.
bool works_on_another(const std::vector<Argument>& task, const std::vector<Argument>& start) {
  const auto has = [&](const Argument& word) {
    return word.known() && std::any_of(start.begin(), start.end(), [&](const Argument& other) {
             return other.text == word.text;
           });
  };
  bool behind_option = false;
  return std::any_of(task.begin(), task.end(), [&](const Argument& word) {
    const bool option = word.text.starts_with('-');
    const bool behind = std::exchange(behind_option, option || behind_option);
    if (has(word)) return false;
    return option ? word.text.find('=') != std::string::npos : behind;
  });
}

// `if [ -x bin/migrate ]; then bin/migrate`: where the tool is there, it is run.
bool looks_for_its_tool(const Timeline& script, const Condition& way, const Step& step) {
  const Branch& branch = script.branches[way.branch];
  if (branch.kind != BranchKind::kIf || way.arm != 0 || !branch.condition) return false;
  const std::string_view test = branch.condition.text();
  static constexpr std::array<std::string_view, 4> kLooks = {"[ -d ", "[ -e ", "[ -f ", "[ -x "};
  if (test.find('$') != test.npos || !has_one_of(test, kLooks)) return false;
  const std::string_view rest = test.substr(test.find("[ -") + 5);
  const std::string_view looked_for = file_name(rest.substr(0, rest.find_first_of(" ]")));
  return std::any_of(step.argv.begin(), step.argv.end(), [&](const Argument& word) {
    const std::string_view name = file_name(word.text);
    return !name.empty() && !name.starts_with('-') && looked_for.starts_with(name);
  });
}

struct Wanted {
  const Step* task = nullptr;  // the same
  bool only = false;           // instead of it: nothing starts where it fails
  bool by_default = false;     // also by a variable that is on, and by the image's own command
};

// `[ "${MIGRATE_ON_START:-1}" = 1 ]`: it does unless it is told not to.
bool is_on_unless_told(const Timeline& script, const Condition& way) {
  static constexpr std::array<std::string_view, 4> kOn = {":-1}", ":-on}", ":-true}", ":-yes}"};
  const Branch& branch = script.branches[way.branch];
  const bool asks = branch.kind == BranchKind::kIf || branch.kind == BranchKind::kAnd;
  if (!asks || way.arm != 0 || !branch.condition) return false;
  const std::string_view test = branch.condition.text();
  return test.find('!') == test.npos && has_one_of(test, kOn);
}

// `if flask db upgrade; then` is no condition of the step itself.
bool migrates(const Timeline& script, const Wanted& wanted, Place place = Place::kHost) {
  const Step* task = wanted.task;
  const bool only = task != nullptr && wanted.only;
  return std::any_of(script.steps.begin(), script.steps.end(), [&](const Step& step) {
    if (step.effect != Effect::kMigrates || step.role == Role::kStatus || step.detached ||
        step.place != place) {
      return false;
    }
    if (!std::all_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
          return (!only && looks_for_its_tool(script, way, step)) ||
                 (wanted.by_default && is_on_unless_told(script, way));
        })) {
      return false;
    }
    return task == nullptr ||
           ((!only || step.status == StatusUse::kStops) && step.effect_name == task->effect_name &&
            !works_on_another(words_of_task(*task), step.argv) &&
            !works_on_another(step.argv, words_of_task(*task)));
  });
}

// `CMD ["sh", "-c", "… migrate; exec gunicorn …"]` of the Dockerfile, whose last stage it is.
bool does_so_by_its_command(const Service& service, const SourceFile* dockerfile,
                            const WorkspaceFacts& facts, const Wanted& wanted) {
  if (!wanted.by_default || dockerfile == nullptr || service.entrypoint || service.command ||
      service.attribute("build.target") != nullptr) {
    return false;
  }
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& start) {
    return start.timeline->file == dockerfile && start.timeline->task == "start" &&
           migrates(*start.timeline, wanted, Place::kContainer);
  });
}

bool starts_so(const Service& service, const WorkspaceFacts& facts, const Wanted& wanted) {
  const SourceFile* dockerfile = dockerfile_of(service, facts);
  if (does_so_by_its_command(service, dockerfile, facts, wanted)) return true;
  const std::string_view image = dockerfile == nullptr ? std::string_view() : dockerfile->bytes();
  std::string words;
  if (service.entrypoint) {
    for (const std::string& word : service.entrypoint->value) words += word + " ";
  } else {
    words = last_line(image, "ENTRYPOINT");
  }
  if (service.command) {
    for (const std::string& word : service.command->value) words += word + " ";
  } else if (!service.entrypoint) {
    words += last_line(image, "CMD");
  }
  if (words.empty()) return false;
  // Of several of one name, that beside the Dockerfile.
  const auto folder_of = [](const SourceFile& file) {
    const std::string_view path = file.path();
    return path.substr(0, path.rfind('/') + 1);  // npos + 1 is 0
  };
  const auto is_beside = [&](const SourceFile& file) {
    return dockerfile != nullptr && folder_of(file) == folder_of(*dockerfile);
  };
  const bool beside =
      std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& script) {
        const SourceFile* file = script.timeline->file;
        return file != nullptr && script.timeline->task.empty() && is_beside(*file) &&
               names_script(words, file_name(file->path()));
      });
  // `COPY ./live/start /start` tells which of several it is.
  bool some = false;
  bool copied = false;
  bool all = true;
  for (const TaskView& script : facts.tasks) {
    const SourceFile* file = script.timeline->file;
    if (file == nullptr || !script.timeline->task.empty() ||
        !names_script(words, file_name(file->path())) || (beside && !is_beside(*file))) {
      continue;
    }
    const bool does = migrates(*script.timeline, wanted);
    some = some || does;
    all = all && does;
    copied = copied || (does && image.find(file->path()) != image.npos);
  }
  return some && (all || copied);
}

}  // namespace

bool migrates_at_each_start(const Service& service, const WorkspaceFacts& facts, const Step* task) {
  return starts_so(service, facts, {task, true, false});
}

bool migrates_unless_told(const Service& service, const WorkspaceFacts& facts) {
  return starts_so(service, facts, {nullptr, false, true});
}

bool has_migrated_when_it_started(const Step& step, const WorkspaceFacts& facts) {
  if (step.call) {
    const Service* service = step.call->is("exec") ? service_of(step) : nullptr;
    // Behind `cd "$INSTALL_DIR"`: the stack beside the script, as far as that is known.
    const Argument* name = step.call->is("exec") ? step.call->service() : nullptr;
    const Project* likely = name != nullptr ? step.call->target.likely : nullptr;
    if (service == nullptr && likely != nullptr) service = likely->service(name->text);
    return service != nullptr && starts_so(*service, facts, {&step, false, false});
  }
  if (!step.docker || !step.docker->is("container exec") || step.docker->operands.empty() ||
      !step.docker->operands.front().known()) {
    return false;
  }
  // One and the same container may be that of several files; each of them has to say so.
  bool found = false;
  for (const Project* project : facts.projects) {
    const Service* service = named_in(*project, step.docker->operands.front().text);
    if (service == nullptr) continue;
    if (!starts_so(*service, facts, {&step, false, false})) return false;
    found = true;
  }
  return found;
}

}  // namespace composelint
