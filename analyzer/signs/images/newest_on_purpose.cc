#include "analyzer/signs/images/newest_on_purpose.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/words/development_words.h"

namespace composelint {

namespace {

// `update.sh`, `cron/pull.sh`: a deployment that pulls a release is called otherwise.
bool is_there_to_update(const TaskView& task) {
  if (task.context == Context::kCi || task.context == Context::kDocs) return false;
  if (task.timeline->file == nullptr) return false;
  const std::string_view path = task.timeline->file->path();
  return has_name_word(file_name(path), {"autoupdate", "cron", "crontab", "refresh", "update",
                                         "updater", "updates", "upgrade"}) ||
         has_name_word(directory_of(*task.timeline->file), {"cron"});
}

// `update() { … }`, called so by whatever script.
bool is_in_an_update(const Step& step) {
  return std::any_of(step.called_from.begin(), step.called_from.end(), [](const Span& call) {
    return has_name_word(call.text().substr(0, call.text().find(' ')), {"update", "upgrade"});
  });
}

// The arm of `case "$1" in pull) …` on which the step is; null where it is on none.
const Condition* arm_of_updates(const Step& step, const Timeline& timeline) {
  const auto found =
      std::find_if(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
        const Branch& branch = timeline.branches[way.branch];
        if (branch.kind != BranchKind::kCase || way.arm >= branch.patterns.size()) return false;
        const Span& pattern = branch.patterns[way.arm];
        return pattern.file != nullptr &&
               has_name_word(pattern.text(), {"pull", "update", "upgrade"});
      });
  return found == step.conditions.end() ? nullptr : &*found;
}

// `docker compose $FILES pull`: it may be no word of the options, so the verb is not known.
bool pulls(const Step& step) {
  if (!step.call) return false;
  return step.call->is("pull") || (step.call->target.project == nullptr && !step.argv.empty() &&
                                   step.argv.back().is("pull"));
}

// `-f compose.yaml` somewhere in the script, and not that of another directory.
bool names(const SourceFile& script, const SourceFile& file) {
  const std::string_view text = script.bytes();
  const std::string& path = file.path();
  constexpr std::string_view kSigns = " \t\n\"'=)";
  for (std::size_t at = text.find(path); at != text.npos; at = text.find(path, at + 1)) {
    const std::size_t end = at + path.size();
    const bool begins = at > 0 && (kSigns.find(text[at - 1]) != kSigns.npos);
    if (begins && (end == text.size() || kSigns.find(text[end]) != kSigns.npos)) return true;
  }
  return false;
}

// Nothing of it is built: `--build` is a habit.
bool has_a_build(const ComposeInvocation& call) {
  const Project* project = call.target.project;
  return project == nullptr ||
         std::any_of(project->services.begin(), project->services.end(),
                     [](const Service& each) { return each.build.has_value(); });
}

// New source or a build comes with it: that is a deployment. Behind a `pull` of all that there is,
// `up --build` builds again on what was pulled.
bool brings_a_release(const Step& step, bool all_pulled) {
  if (step.call) {
    const bool builds = step.call->is("build") || (step.call->has("--build") && !all_pulled);
    return builds && has_a_build(*step.call);
  }
  return step.argv.size() > 1 && file_name(step.argv[0].text) == "git" &&
         (step.argv[1].is("pull") || step.argv[1].is("checkout") || step.argv[1].is("reset"));
}

// The name that the function around `at` is given: "update" of `update() {`.
std::string_view function_around(std::string_view text, std::size_t at) {
  for (std::size_t brackets = text.rfind("()", at); brackets != text.npos && brackets > 0;
       brackets = text.rfind("()", brackets - 1)) {
    const std::size_t line = text.rfind('\n', brackets) + 1;  // npos + 1 is 0
    std::string_view name = text.substr(line, brackets - line);
    if (name.starts_with("function ")) name.remove_prefix(9);
    if (!name.empty() && name.find_first_of(" \t$\"'#=") == name.npos) return name;
  }
  return "";
}

// `call="docker compose -f compose.yaml"`, `call+=" pull"` in `update() {`: what runs that is told
// of by nothing else.
bool collects_a_pull(std::string_view text) {
  constexpr std::string_view kPull = "+=\" pull\"";
  for (std::size_t at = text.find(kPull); at != text.npos; at = text.find(kPull, at + 1)) {
    const std::size_t begin = text.find_last_of(" \t\n", at) + 1;
    const std::string first = std::string(text.substr(begin, at - begin)) + "=\"";
    const std::size_t set = text.rfind(first, at);
    if (set == text.npos || !has_name_word(function_around(text, at), {"update", "upgrade"}))
      continue;
    const std::string_view value = text.substr(set, text.find('\n', set) - set);
    if (value.find("compose") != value.npos) return true;
  }
  return false;
}

// The image of `docker pull IMAGE`; empty where it is another step.
std::string_view pulled_by(const Step& step) {
  if (step.call || step.argv.size() < 3) return "";
  if (file_name(step.argv[0].text) != "docker") return "";
  std::size_t at = step.argv[1].is("image") ? 2 : 1;
  if (!step.argv[at].is("pull") || at + 1 >= step.argv.size()) return "";
  const Argument& image = step.argv.back();
  return image.known() ? std::string_view(image.text) : "";
}

}  // namespace

Updated::Updated(const WorkspaceFacts& facts) {
  for (const TaskView& task : facts.tasks) {
    add_of_arms(*task.timeline);
    add_deployed(task);
    const SourceFile* script = task.timeline->file;
    if (script != nullptr && collects_a_pull(script->bytes())) scripts_.insert(script);
    const bool whole = is_there_to_update(task);
    const std::vector<Step>& steps = task.timeline->steps;
    if (!whole && std::none_of(steps.begin(), steps.end(), is_in_an_update)) continue;
    for (const Step& step : steps) {
      if (!whole && !is_in_an_update(step)) continue;
      const std::string_view image = pulled_by(step);
      if (!image.empty()) images_.insert(image_name(image).name);
    }
    // `pull web`: whatever else is built, this one is to be the newest.
    for (const Step& step : steps) {
      if (step.call && step.call->is("pull") && (whole || is_in_an_update(step))) {
        add_named(*step.call);
      }
    }
    bool all_pulled = false;
    const bool deploys = std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
      all_pulled |= step.call && step.call->is("pull") && step.call->services.empty();
      return brings_a_release(step, whole && all_pulled);
    });
    if (deploys) continue;
    for (auto pull = steps.begin(); pull != steps.end(); ++pull) {
      const bool starts = std::any_of(
          pull, steps.end(), [](const Step& step) { return step.call && step.call->is("up"); });
      if (!whole && !is_in_an_update(*pull)) continue;
      if (starts && pull->call && pull->call->is("pull")) add(*pull->call);
    }
  }
}

// `./stack.sh pull` is there for it.
void Updated::add_of_arms(const Timeline& timeline) {
  for (const Step& step : timeline.steps) {
    if (!pulls(step)) continue;
    const Condition* arm = arm_of_updates(step, timeline);
    if (arm == nullptr) continue;
    const bool released =
        std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& other) {
          const auto& ways = other.conditions;
          return brings_a_release(other, false) &&
                 std::find(ways.begin(), ways.end(), *arm) != ways.end();
        });
    if (released) continue;
    if (step.call->target.project != nullptr) {
      add(*step.call);
    } else if (timeline.file != nullptr) {
      scripts_.insert(timeline.file);
    }
  }
}

// A deployment that names the image where it pulls it wants that one.
void Updated::add_deployed(const TaskView& task) {
  if (task.context != Context::kOps) return;
  for (const Step& step : task.timeline->steps) {
    const std::string_view image = pulled_by(step);
    if (!image.empty()) images_.insert(image_name(image).name);
  }
}

bool Updated::holds(const SourceFile& file) const {
  return all_ || files_.contains(&file) ||
         std::any_of(scripts_.begin(), scripts_.end(),
                     [&](const SourceFile* script) { return names(*script, file); });
}

bool Updated::holds(const Service& service) const {
  return service.image && images_.contains(image_name(service.image->value).name);
}

void Updated::add_named(const ComposeInvocation& call) {
  const Project* project = call.target.project;
  if (project == nullptr) return;
  for (const Argument& word : call.services) {
    const Service* service = project->service(word.text);
    if (service == nullptr || !service->image || service->build) continue;
    images_.insert(image_name(service->image->value).name);
  }
}

void Updated::add(const ComposeInvocation& call) {
  const Project* project = call.target.project;
  all_ |= project == nullptr;  // each directory that it comes by
  if (project != nullptr) {
    // And what those include.
    for (const WrittenFile& each : project->written) files_.insert(each.file);
    files_.insert(project->files.begin(), project->files.end());
  }
  for (const Project* other : call.target.others) {
    files_.insert(other->files.begin(), other->files.end());
  }
}

bool updates_by_itself(const Service& service) {
  static constexpr std::array<std::string_view, 4> kUpdaters = {"diun", "ouroboros", "shepherd",
                                                                "watchtower"};
  if (!service.image || !service.image->known) return false;
  const std::string name = image_name(service.image->value).name;
  return std::find(kUpdaters.begin(), kUpdaters.end(), file_name(name)) != kUpdaters.end();
}

}  // namespace composelint
