#include "analyzer/signs/files/own_scratch.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"
#include "analyzer/signs/words/written_path.h"

namespace composelint {

namespace {

const std::vector<Argument>& words_inside(const Step& step) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  return inner ? *inner->words : step.argv;
}

// `--archive="/dump/$NAME"` of the step, `".backup /data/$NAME"`: the end of one of its words.
bool has_path(const Step& step, const WrittenPath& path) {
  const std::vector<Argument>& words = words_inside(step);
  return std::any_of(words.begin(), words.end(), [&](const Argument& word) {
    const std::size_t value = word.text.find('=') + 1;  // npos + 1 is 0
    if (path_of(word, value) == path) return true;
    const bool of_sqlite = word.text.starts_with(".backup ") || word.text.starts_with(".clone ");
    return of_sqlite && path_of(word, word.text.find_last_of(" '\"") + 1) == path;
  });
}

// The words of these are mostly what they read.
bool takes_what_is_there(const Step& step) {
  static constexpr std::array<std::string_view, 18> kPrograms = {
      "7z", "age", "aws",  "borg",   "bzip2",  "cat",   "cp",  "gpg", "gzip",
      "mc", "mv",  "pigz", "rclone", "restic", "rsync", "tar", "xz",  "zip"};
  const std::vector<Argument>& words = words_inside(step);
  const std::string_view program =
      words.empty() ? std::string_view() : file_name(words.front().text);
  return std::find(kPrograms.begin(), kPrograms.end(), program) != kPrograms.end();
}

// `mkdir -p "$DIR"` before it, where the name is one of this run: it holds nothing older.
bool is_made_before(const Timeline& timeline, const Step& removal, const WrittenPath& path) {
  return !path.holes.empty() && last_before(timeline, removal, [&](const Step& other) {
                                  return program_name(other) == "mkdir" &&
                                         same_place(other, removal) && has_path(other, path);
                                }) != nullptr;
}

// `-zcvf "$NAME.tgz"`, `cf x`, `--archive=x`, `.backup x` of a dump: what it is told to write, and
// not what it reads.
bool writes(const Step& step, const WrittenPath& path) {
  const std::vector<Argument>& words = words_inside(step);
  if (words.empty()) return false;
  const bool packs = file_name(words.front().text) == "tar";
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i].text;
    const std::string& before = words[i - 1].text;
    const bool bundle = i == 2 || before.starts_with('-');
    if (packs && bundle && before.ends_with('f') && before.find('c') != before.npos &&
        path_of(words[i]) == path) {
      return true;
    }
    const bool option = word.starts_with("--archive=") || word.starts_with("--file=") ||
                        word.starts_with("--out=") || word.starts_with("--result-file=");
    if (option && path_of(words[i], word.find('=') + 1) == path) return true;
    if (word.starts_with(".backup ") && path_of(words[i], word.find_last_of(" '\"") + 1) == path) {
      return true;
    }
  }
  return false;
}

// By a name of this run: the original has none.
bool is_written_before(const Timeline& timeline, const Step& removal, const WrittenPath& path) {
  return !path.holes.empty() && last_before(timeline, removal, [&](const Step& other) {
                                  return same_place(other, removal) && writes(other, path);
                                }) != nullptr;
}

}  // namespace

bool removes_what_is_its_own(const Timeline& timeline, const Step& earlier, const Step& later) {
  const std::vector<Argument>& words = words_inside(later);
  if (words.size() < 2 || file_name(words.front().text) != "rm") return false;
  bool found = false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i].text.starts_with('-')) continue;
    const WrittenPath path = path_of(words[i]);
    const bool own = takes_what_is_there(earlier) ? writes(earlier, path) : has_path(earlier, path);
    if (!own && !is_made_before(timeline, later, path) &&
        !is_written_before(timeline, later, path)) {
      return false;
    }
    found = true;
  }
  return found;
}

}  // namespace composelint
