#include "analyzer/signs/words/packed_words.h"

#include <composelint/timeline.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "analyzer/signs/words/wording.h"

namespace composelint {

std::vector<const Argument*> copied_words(const Step& step) {
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

std::vector<const Argument*> packed_words(const Step& step) {
  std::vector<const Argument*> words;
  const std::string_view program = program_name(step);
  if ((program == "zip" || program == "7z") && step.launcher == Launcher::kNone) {
    for (const Argument& word : std::span(step.argv).subspan(1)) {
      if (!word.text.starts_with('-') && !word.is("a")) words.push_back(&word);
    }
    if (!words.empty()) words.erase(words.begin());  // the archive
    return words;
  }
  if (program != "tar" || step.role != Role::kFileBackup || step.launcher != Launcher::kNone) {
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

}  // namespace composelint
