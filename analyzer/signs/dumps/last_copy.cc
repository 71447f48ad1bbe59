#include "analyzer/signs/dumps/last_copy.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/dumps/fed_dump.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/mention.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

template <std::size_t N>
[[nodiscard]] bool is_program_of(const Step& step,
                                 const std::array<std::string_view, N>& programs) {
  return std::find(programs.begin(), programs.end(), program_name(step)) != programs.end();
}

}  // namespace

WrittenPath last_component(const Argument& word) {
  return path_of(word, word.text.rfind('/') + 1);  // npos + 1 is 0
}

bool is_named(const WrittenPath& path) {
  return path.text.size() > 3 || !path.holes.empty();
}

namespace {

// The output of `ls backups/*.sql`, asked for before the dump.
bool was_listed_before(const Timeline& timeline, const Step& dump) {
  static constexpr std::array<std::string_view, 2> kLists = {"find", "ls"};
  const std::string& to = dump.out.target.text;
  const std::string_view folder = std::string_view(to).substr(0, to.find('/') + 1);
  const Step* listed = last_before(timeline, dump, [&](const Step& other) {
    return is_program_of(other, kLists) && other.out.kind == StreamKind::kCaptured;
  });
  return listed != nullptr && same_place(*listed, dump) &&
         std::any_of(listed->argv.begin() + 1, listed->argv.end(), [&](const Argument& word) {
           return folder.empty() ? word.text.starts_with('*') : word.text.starts_with(folder);
         });
}

// Brings the file, so that it can be had once more, or made it.
bool brings_files(const Step& step) {
  static constexpr std::array<std::string_view, 17> kPrograms = {
      "7z", "7za",   "aws",    "az",  "curl", "gcloud", "git",   "gpg", "gsutil",
      "mc", "rsync", "rclone", "scp", "sftp", "tar",    "unzip", "wget"};
  if (is_program_of(step, kPrograms) || step.place == Place::kRemote) return true;
  static constexpr std::array<std::string_view, 6> kPackers = {"bunzip2", "gunzip", "gzip",
                                                               "unxz",    "xz",     "zstd"};
  return is_program_of(step, kPackers) &&
         std::any_of(step.argv.begin() + 1, step.argv.end(), [](const Argument& word) {
           return word.text.starts_with('-') && word.text.find_first_of("kc") != std::string::npos;
         });
}

// Something before the import has made the file, or has another copy of it.
bool can_be_had_again(const Timeline& timeline, const Step& load, const WrittenPath& file) {
  static constexpr std::array<std::string_view, 9> kLooks = {
      "[", "[[", "basename", "du", "echo", "ls", "printf", "test", "stat"};
  const auto has_it = [&](const Argument& word) { return last_component(word) == file; };
  return last_before(timeline, load, [&](const Step& other) {
           if (load.pipeline != 0 && other.pipeline == load.pipeline) return false;
           if (brings_files(other) || runs_unseen(other) || other.followed) return true;
           if (other.out.kind == StreamKind::kFile && has_it(other.out.target)) return true;
           const bool carried = (other.call && other.call->is("cp")) ||
                                (other.docker && other.docker->is("container cp"));
           if (carried) return other.argv.back().text.find(':') == std::string::npos;
           return !is_program_of(other, kLooks) && other.launcher == Launcher::kNone &&
                  std::any_of(other.argv.begin(), other.argv.end(), has_it);
         }) != nullptr;
}

}  // namespace

bool removes_the_others(const Timeline& timeline, const Step& dump, const Step& later) {
  if (dump.effect != Effect::kDumps || dump.out.kind != StreamKind::kFile) return false;
  if (program_name(later) != "rm" || !was_listed_before(timeline, dump)) return false;
  return std::any_of(later.argv.begin() + 1, later.argv.end(), [](const Argument& word) {
    return word.text.empty() && word.holes.size() == 1 &&
           (word.holes.front().name == "$(ls)" || word.holes.front().name == "$(find)");
  });
}

const Argument* removes_its_dump(const Timeline& timeline, const Step& load, const Step& later) {
  if (program_name(later) != "rm" || later.place != Place::kHost) return nullptr;
  std::vector<Argument> read = words_of_task(load);
  if (load.in.kind == StreamKind::kFile) read.push_back(load.in.target);
  for (const Step& stage : timeline.steps) {
    if (load.pipeline == 0 || stage.pipeline != load.pipeline || &stage == &load) continue;
    read.insert(read.end(), stage.argv.begin(), stage.argv.end());
    if (stage.in.kind == StreamKind::kFile) read.push_back(stage.in.target);
  }
  for (std::size_t i = 1; i < later.argv.size(); ++i) {
    const Argument& word = later.argv[i];
    const WrittenPath file = last_component(word);
    if (word.text.starts_with('-') || !is_named(file)) continue;
    const bool same = std::any_of(read.begin(), read.end(), [&](const Argument& other) {
      return last_component(other) == file;
    });
    if (same && !can_be_had_again(timeline, load, file)) return &word;
  }
  return nullptr;
}

}  // namespace composelint
