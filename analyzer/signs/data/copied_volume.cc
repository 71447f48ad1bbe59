#include "analyzer/signs/data/copied_volume.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/stacks/run_mount.h"
#include "analyzer/signs/stacks/touched_mount.h"
#include "analyzer/signs/steps/sequence.h"

namespace composelint {

namespace {

bool begins_in(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const bool begins =
        at == 0 || std::string_view(" \n;&|(/").find(text[at - 1]) != std::string_view::npos;
    if (begins) return true;
  }
  return false;
}

}  // namespace

bool runs_a_copier(const Step& step) {
  static constexpr std::array<std::string_view, 5> kPrograms = {"cp ", "rsync ", "tar c", "tar -c",
                                                                "tar --create"};
  if (!step.docker || !step.docker->is("container run")) return false;
  std::string inner;
  for (const Argument& word : step.docker->inner) inner += word.text + " ";
  return std::any_of(kPrograms.begin(), kPrograms.end(),
                     [&](std::string_view program) { return begins_in(inner, program); });
}

namespace {

// /from of `-v VOLUME:/from:ro`; empty where it is given in another form.
std::string target_of(const Argument& mount) {
  const auto read = run_mount(mount);
  return read ? read->target : std::string();
}

// `docker run -v VOLUME:/from -v /srv/x:/to … rsync -a /from/ /to`: a container copies what is in
// it.
bool copies_volume(const Step& other, const Step& step) {
  if (!runs_a_copier(other) || other.status == StatusUse::kDiscarded || other.background) {
    return false;
  }
  const auto mounts = [&](const Argument* removed) {
    return std::any_of(other.docker->options.begin(), other.docker->options.end(),
                       [&](const OptionUse& use) {
                         if (!use.value || (use.name != "--volume" && use.name != "--mount"))
                           return false;
                         // What is removed, or mounted, by a name that is not known may be the
                         // other one.
                         if (removed == nullptr || !removed->known() || !use.value->known())
                           return true;
                         return use.value->text.find(removed->text) != std::string::npos &&
                                may_touch(*other.docker, target_of(*use.value));
                       });
  };
  return std::all_of(step.docker->operands.begin(), step.docker->operands.end(),
                     [&](const Argument& word) { return mounts(&word); });
}

// Each way that leads to `left` leads to `right` as well, by the same words: two loops over one
// list, two looks whether the volume is there.
bool comes_along(const Timeline& timeline, const Step& left, const Step& right) {
  return std::all_of(left.conditions.begin(), left.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    return std::any_of(
        right.conditions.begin(), right.conditions.end(), [&](const Condition& other) {
          const Branch& twin = timeline.branches[other.branch];
          if (other == way) return true;
          return other.arm == way.arm && twin.kind == branch.kind &&
                 (branch.kind == BranchKind::kFor || branch.kind == BranchKind::kIf) &&
                 branch.condition.file != nullptr && twin.condition.file != nullptr &&
                 branch.condition.text() == twin.condition.text();
        });
  });
}

}  // namespace

bool is_copied_before(const Step& step, const Timeline& timeline) {
  if (!step.docker) return false;
  const Step* copy =
      last_before(timeline, step, [&](const Step& other) { return copies_volume(other, step); });
  if (copy == nullptr) return false;
  const Reach reach = timeline.reach(index_of(timeline, *copy), index_of(timeline, step));
  return reach == Reach::kAlways || comes_along(timeline, *copy, step);
}

}  // namespace composelint
