#include "analyzer/signs/data/renewed_volume.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

bool shares_words(const DockerInvocation& left, const DockerInvocation& right) {
  return std::any_of(left.operands.begin(), left.operands.end(), [&](const Argument& word) {
    return std::any_of(right.operands.begin(), right.operands.end(),
                       [&](const Argument& other) { return other.text == word.text; });
  });
}

// As it is written, without its quotes: `"$volume":"/vol"` mounts `$volume`.
std::string unquoted(const Argument& word) {
  std::string text(word.known() ? std::string_view(word.text) : word.span.text());
  std::erase(text, '"');
  return text;
}

bool mounts(const Argument& mount, const Argument& volume) {
  return unquoted(mount).starts_with(unquoted(volume) + ":");
}

}  // namespace

bool is_made_anew(const Step& step, const Timeline& timeline) {
  if (!step.docker || step.docker->operands.empty()) return false;
  const auto same = [](const Argument& left, const Argument& right) {
    return left.known() ? left.text == right.text : left.span.text() == right.span.text();
  };
  const auto names = [&](const Step& other, const Argument& word) {
    const OptionUse* name = other.docker->option("--name");
    return (name != nullptr && name->value && same(word, *name->value)) ||
           std::any_of(other.docker->operands.begin(), other.docker->operands.end(),
                       [&](const Argument& each) { return same(word, each); });
  };
  // A container that ends once it has put something in; a server that starts on it finds nothing.
  const auto is_filled = [](const Step& other, const Argument& word) {
    const DockerInvocation& run = *other.docker;
    const auto mounting =
        std::count_if(run.options.begin(), run.options.end(), [](const OptionUse& use) {
          return use.name == "--volume" || use.name == "--mount" || use.name == "--volumes-from";
        });
    if (!run.has("--rm") || run.has("--detach") || run.inner.empty() ||
        (mounting < 2 && !run.has("--interactive"))) {
      return false;
    }
    return run.is("container run") &&
           std::any_of(run.options.begin(), run.options.end(), [&](const OptionUse& use) {
             return use.name == "--volume" && use.value && mounts(*use.value, word);
           });
  };
  const auto comes_back = [&](const Argument& word) {
    const auto made = [&](const Step& other) {
      return other.docker && other.docker->is("volume create") && names(other, word);
    };
    const auto filled = [&](const Step& other) { return other.docker && is_filled(other, word); };
    const Step* create = first_after(timeline, step, made);
    return create != nullptr && first_after(timeline, *create, filled) != nullptr;
  };
  return std::all_of(step.docker->operands.begin(), step.docker->operands.end(), comes_back);
}

bool asks_who_uses_it(const Step& step, const Timeline& timeline) {
  static constexpr std::array<std::string_view, 4> kCutters = {"awk", "cut", "grep", "sed"};
  if (!step.docker || step.pipeline == 0 || step.err.kind != StreamKind::kPipe) return false;
  const std::size_t behind = index_of(timeline, step) + 1;
  if (behind >= timeline.steps.size()) return false;
  const Step& next = timeline.steps[behind];
  if (next.pipeline != step.pipeline ||
      std::find(kCutters.begin(), kCutters.end(), program_name(next)) == kCutters.end()) {
    return false;
  }
  return first_after(timeline, step, [&](const Step& other) {
           return other.docker && other.docker->is("volume rm") &&
                  shares_words(*other.docker, *step.docker);
         }) != nullptr;
}

}  // namespace composelint
