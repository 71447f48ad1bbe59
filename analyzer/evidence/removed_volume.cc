#include "analyzer/evidence/removed_volume.h"

#include <composelint/path_name.h>
#include <composelint/script_text.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/stacks/mounts.h"
#include "analyzer/signs/stacks/run_mount.h"
#include "analyzer/signs/stacks/touched_mount.h"
#include "analyzer/signs/words/packed_words.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::evidence {

namespace {

// "shop_data" and "data": the project's name may stand in front of one of them alone.
bool may_be_one(std::string_view left, std::string_view right) {
  return left.find(right) != left.npos || right.find(left) != right.npos;
}

bool may_be_removed(const Step& task, std::string_view name) {
  return std::any_of(task.docker->operands.begin(), task.docker->operands.end(),
                     [&](const Argument& word) { return may_be_one(word.text, name); });
}

// A path of this machine at which the files of a volume may lie: where the engine keeps them, or
// what a volume of that name is a mount of.
bool may_hold_a_volume(const Step& task, const Argument& path) {
  std::string_view text = path.text;
  while (text.size() > 1 && (text.ends_with('/') || text.ends_with('*') || text.ends_with('.'))) {
    text.remove_suffix(1);
  }
  if (!path.known() || text.empty() || text == "." || text == "/" || text.starts_with('*')) {
    return true;
  }
  return text.find("docker") != text.npos || text.find("volume") != text.npos || text == "/var" ||
         text == "/var/lib" || may_be_removed(task, file_name(text));
}

// None of its mounts is a removed volume, or it goes past those that are.
bool runs_beside_volumes(const Step& task, const DockerInvocation& run) {
  if (run.opaque_options || run.has("--volumes-from") || run.has("--mount")) return false;
  for (const OptionUse& use : run.options) {
    if (use.name != "--volume" || !use.value) continue;
    const auto mount = run_mount(*use.value);
    if (!mount) return false;
    const bool path = mount->source.find_first_of("/~.") != mount->source.npos;
    if (path && !lies_below(mount->source, "/var/lib/docker")) continue;
    const auto& holes = use.value->holes;
    const bool here = mount->source.empty() && holes.size() == 1 &&
                      (holes.front().name == "PWD" || holes.front().name == "$(pwd)");
    if (here) continue;
    if (!use.value->known()) return false;
    if (may_be_removed(task, mount->source) && may_touch(run, mount->target)) return false;
  }
  return true;
}

}  // namespace

bool keeps_no_removed_volume(const Step& copy, const Step& task) {
  if (copy.role != Role::kFileBackup || !task.docker || !task.docker->is("volume rm")) return false;
  const auto& removed = task.docker->operands;
  const bool named = std::all_of(removed.begin(), removed.end(), [](const Argument& word) {
    return word.known() && !word.text.empty();
  });
  if (removed.empty() || !named) return false;
  if (copy.docker && copy.docker->is("container run")) {
    return runs_beside_volumes(task, *copy.docker);
  }
  if (copy.launcher != Launcher::kNone) return false;
  const std::string_view program = program_name(copy);
  const bool copies = program == "cp" || program == "rsync";
  const std::vector<const Argument*> sources = copies ? copied_words(copy) : packed_words(copy);
  return !sources.empty() && std::none_of(sources.begin(), sources.end(), [&](const Argument* one) {
    return may_hold_a_volume(task, *one);
  });
}

}  // namespace composelint::evidence
