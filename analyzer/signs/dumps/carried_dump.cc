#include "analyzer/signs/dumps/carried_dump.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/dumps/dump_file.h"
#include "analyzer/signs/files/sealed_file.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/mention.h"
#include "analyzer/signs/words/packed_words.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

std::vector<WrittenPath> copied_by(const Step& step) {
  std::vector<WrittenPath> out;
  for (const Argument* word : copied_words(step)) {
    if (names_a_file(*word)) out.push_back(path_of(*word));
  }
  for (const Argument* word : packed_words(step)) {
    const bool pattern = word->holes.empty() && word->text.find('*') != std::string::npos;
    if (pattern || names_a_file(*word)) out.push_back(path_of(*word));
  }
  if (const auto sealed = sealed_by(step); sealed && sealed->keeps) out.push_back(sealed->from);
  const std::vector<Argument>* words = nullptr;
  if (step.call && step.call->is("cp")) words = &step.call->operands;
  if (step.docker && step.docker->is("container cp")) words = &step.docker->operands;
  if (words == nullptr || words->size() != 2) return out;
  const std::size_t colon = words->front().text.find(":/");
  const bool outwards = words->back().text.find(':') == std::string::npos;
  if (colon != std::string::npos && outwards && names_a_file(words->front())) {
    out.push_back(path_of(words->front(), colon + 1));
  }
  return out;
}

bool is_a_dump(const Timeline& timeline, const Step& step, const WrittenPath& path) {
  std::optional<SealedFile> made;
  const Step* maker = last_before(timeline, step, [&](const Step& other) {
    made = sealed_by(other);
    return made && made->to == path && same_place(other, step);
  });
  if (maker != nullptr) return !made->keeps && is_a_dump(timeline, *maker, made->from);
  return last_before(timeline, step, [&](const Step& other) {
           if (other.effect != Effect::kDumps && other.out.kind != StreamKind::kFile) return false;
           bool dumps = other.effect == Effect::kDumps;
           for (const Step& stage : timeline.steps) {
             dumps |= other.pipeline != 0 && stage.pipeline == other.pipeline &&
                      stage.effect == Effect::kDumps;
           }
           Argument word;
           word.text = path.text;
           const bool redirected =
               other.out.kind == StreamKind::kFile &&
               (lies_in(path_of(other.out.target), path) ||
                (path.holes.empty() && takes_in(word, path_of(other.out.target))));
           const bool named = std::any_of(
               other.argv.begin(), other.argv.end(),
               [&](const Argument& each) { return !path.holes.empty() && path_of(each) == path; });
           // `| zstd -o FILE`, `| lz4 - FILE`.
           const auto told =
               other.effect == Effect::kDumps ? dump_file_of(timeline, other) : std::nullopt;
           const bool packed =
               told && told->path->text == path.text && path_of(*told->path) == path;
           return dumps &&
                  (redirected || packed || named ||
                   (!path.text.empty() && path.holes.empty() && mentions(other, path.text)));
         }) != nullptr;
}

bool is_unpacked_there(const Timeline& timeline, const WrittenPath& path) {
  const std::string_view name = file_name(path.text);
  return !name.empty() &&
         std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& step) {
           static constexpr std::array<std::string_view, 3> kUnpack = {"bsdtar", "tar", "unzip"};
           return step.place == Place::kRemote && mentions(step, name) &&
                  std::find(kUnpack.begin(), kUnpack.end(), program_name(step)) != kUnpack.end();
         });
}

const WrittenPath* removed_of(const std::vector<WrittenPath>& paths, const Step& later) {
  const bool inside = later.launcher != Launcher::kNone && later.effect == Effect::kDeletes;
  if (!inside && program_name(later) != "rm") return nullptr;
  const std::vector<Argument>& words = inside && later.call     ? later.call->inner
                                       : inside && later.docker ? later.docker->inner
                                                                : later.argv;
  for (const WrittenPath& path : paths) {
    for (const Argument& word : words) {
      if (takes_in(word, path)) return &path;
    }
  }
  return nullptr;
}

}  // namespace composelint
