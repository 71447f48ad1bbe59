// A dump that is copied or packed elsewhere, and then removed where it was.
#pragma once

#include <composelint/mention.h>
#include <composelint/sequence.h>
#include <composelint/wording.h>
#include <composelint/written_path.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

namespace detail {

// The words behind the verb that are no options: `aws s3 cp FILE s3://…`.
[[nodiscard]] inline std::vector<const Argument*> copied_words(const Step& step) {
  struct Program {
    std::string_view name;
    std::size_t verbs;  // words in front of what is copied
  };
  static constexpr std::array<Program, 8> kPrograms = {{{"aws", 2},
                                                        {"b2", 2},
                                                        {"cp", 0},
                                                        {"gsutil", 1},
                                                        {"mc", 1},
                                                        {"rclone", 1},
                                                        {"rsync", 0},
                                                        {"scp", 0}}};
  static constexpr std::array<std::string_view, 5> kVerbs = {"copy", "copyto", "cp", "put", "s3"};
  const std::string_view name = program_name(step);
  const auto program = std::find_if(kPrograms.begin(), kPrograms.end(),
                                    [&](const Program& known) { return known.name == name; });
  std::vector<const Argument*> words;
  if (program == kPrograms.end() || step.launcher != Launcher::kNone) return words;
  for (std::size_t i = 1; i < step.argv.size(); ++i) {
    if (!step.argv[i].text.starts_with('-')) words.push_back(&step.argv[i]);
  }
  if (words.size() < program->verbs + 2) return {};
  for (std::size_t i = 0; i < program->verbs; ++i) {
    if (std::find(kVerbs.begin(), kVerbs.end(), words[i]->text) == kVerbs.end()) return {};
  }
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(program->verbs));
  words.pop_back();  // where it goes
  return words;
}

// What `tar -czf ARCHIVE FOLDER…` packs; nothing where `-C` or a list says that.
[[nodiscard]] inline std::vector<const Argument*> packed_words(const Step& step) {
  std::vector<const Argument*> words;
  if (program_name(step) != "tar" || step.role != Role::kFileBackup ||
      step.launcher != Launcher::kNone) {
    return words;
  }
  for (std::size_t i = 1; i < step.argv.size(); ++i) {
    const std::string_view text = step.argv[i].text;
    const bool letters = (i == 1 || text.starts_with('-')) && !text.starts_with("--");
    if (text.starts_with("--")) {
      if (!text.starts_with("--exclude") && text != "--create" && text != "--gzip") return {};
    } else if (!letters) {
      words.push_back(&step.argv[i]);
    } else if (text.find_first_of("CTX") != std::string_view::npos) {
      return {};
    } else if (text.ends_with('f')) {
      ++i;
    }
  }
  return words;
}

}  // namespace detail

// What the step copies to another place: files of this machine, or one of a container's.
[[nodiscard]] inline std::vector<WrittenPath> copied_by(const Step& step) {
  std::vector<WrittenPath> out;
  for (const Argument* word : detail::copied_words(step)) {
    if (names_a_file(*word)) out.push_back(path_of(*word));
  }
  for (const Argument* word : detail::packed_words(step)) {
    if (names_a_file(*word)) out.push_back(path_of(*word));
  }
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

// A dump has been written there, or into that folder, before `step`.
[[nodiscard]] inline bool is_a_dump(const Timeline& timeline, const Step& step,
                                    const WrittenPath& path) {
  return last_before(timeline, step, [&](const Step& other) {
           if (other.effect != Effect::kDumps && other.out.kind != StreamKind::kFile) return false;
           bool dumps = other.effect == Effect::kDumps;
           for (const Step& stage : timeline.steps) {
             dumps |= other.pipeline != 0 && stage.pipeline == other.pipeline &&
                      stage.effect == Effect::kDumps;
           }
           const bool redirected = other.out.kind == StreamKind::kFile &&
                                   lies_in(path_of(other.out.target), path);
           return dumps &&
                  (redirected || (!path.text.empty() && path.holes.empty() &&
                                  mentions(other, path.text)));
         }) != nullptr;
}

// The path that `later` removes of those; null without one.
[[nodiscard]] inline const WrittenPath* removed_of(const std::vector<WrittenPath>& paths,
                                                   const Step& later) {
  const bool inside = later.launcher != Launcher::kNone && later.effect == Effect::kDeletes;
  if (!inside && program_name(later) != "rm") return nullptr;
  const std::vector<Argument>& words =
      inside && later.call ? later.call->inner : inside && later.docker ? later.docker->inner
                                                                        : later.argv;
  for (const WrittenPath& path : paths) {
    for (const Argument& word : words) {
      if (!word.splits && path_of(word) == path) return &path;
    }
  }
  return nullptr;
}

}  // namespace composelint
