#include "analyzer/signs/files/said_archived.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string_view>
#include <vector>

#include "analyzer/text/readmes.h"

namespace composelint {

namespace {

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

// `ARCHIVED`, `ARCHIVED.md`: in capitals. `DEPRECATED.md` is mostly a list of parts.
bool is_a_notice(std::string_view name) {
  return name.substr(0, name.find('.')) == "ARCHIVED";
}

// Small letters, one blank between words, no emphasis; of other signs those that end a sentence.
std::string plain(std::string_view line) {
  std::string out;
  for (const char c : lower_case(line)) {
    if (c == '*' || c == '_') continue;
    const bool kept = is_letter(c) || c == '.' || c == ':' || c == '?';
    if (kept) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

// "# Archive: the first installers", "# Jobs (deprecated)": the folder as a whole.
bool is_a_title_of_the_past(std::string_view written, std::string_view line) {
  static constexpr std::array<std::string_view, 5> kKept = {
      "archiv:", "archive:", "archived:", "archives:", "archivo:"};
  static constexpr std::array<std::string_view, 5> kPast = {
      "(archived)", "(deprecated)", "(obsolete)", "[deprecated]", "[obsolete]"};
  const std::string small = lower_case(written);
  return std::any_of(kKept.begin(), kKept.end(),
                     [&](std::string_view word) { return line.starts_with(word); }) ||
         std::any_of(kPast.begin(), kPast.end(),
                     [&](std::string_view word) { return small.find(word) != small.npos; });
}

// "Archived Shop 1 codebase, which …": a name between the two, and no sentence.
bool begins_with_what_was(std::string_view line) {
  static constexpr std::array<std::string_view, 3> kWhole = {"codebase", "repo", "repository"};
  static constexpr std::array<std::string_view, 9> kSentence = {"a",  "are", "from", "go", "goes",
                                                                "in", "is",  "of",   "to"};
  constexpr std::size_t kName = 4;  // words
  constexpr std::string_view kWord = "archived ";
  if (!line.starts_with(kWord)) return false;
  line.remove_prefix(kWord.size());
  for (std::size_t words = 0; words <= kName && !line.empty(); ++words) {
    const std::string_view word = line.substr(0, line.find_first_of(" .:"));
    if (std::find(kWhole.begin(), kWhole.end(), word) != kWhole.end()) return true;
    if (std::find(kSentence.begin(), kSentence.end(), word) != kSentence.end()) return false;
    line.remove_prefix(std::min(word.size() + 1, line.size()));
  }
  return false;
}

// "ARCHIVED: This repository …", "# Jobs - ARCHIVED", "# [Archived] jobs"; `plain` has taken the
// signs off, and "# Archived jobs" may be a list of them.
bool is_a_banner(std::string_view written, std::string_view line, bool title) {
  constexpr std::string_view kWord = "archived";
  const bool item = written.starts_with("- ") || written.starts_with("* ");
  if (item) return false;
  const bool loud = written.find("ARCHIVED") != written.npos;
  if (line == kWord) return title || loud;
  if (line.starts_with("archived:") || line.starts_with("archived.")) {
    return loud || line.substr(kWord.size() + 1).starts_with(" this ");
  }
  const std::size_t at = title ? lower_case(written).find(kWord) : written.npos;
  if (at == written.npos || at < 2) return false;
  const char before = written[at - 1];
  const bool apart = before == '[' || before == '(' || before == ':' ||
                     (before == ' ' && (written[at - 2] == '-' || written[at - 2] == ':'));
  return apart || (line.ends_with(" archived") && written.substr(at).starts_with("ARCHIVED"));
}

// Not "is archived to S3 every night", "is no longer used by CI", "was archived upstream".
bool ends_there(std::string_view rest) {
  return rest.empty() || rest.front() == '.' || rest.front() == ':' || rest.starts_with(" and ") ||
         rest.starts_with(" in favo");
}

// "Status: dormant. The last release was …".
bool is_a_status(std::string_view line) {
  static constexpr std::array<std::string_view, 5> kOver = {"abandoned", "archived", "discontinued",
                                                            "dormant", "unmaintained"};
  constexpr std::string_view kStatus = "status: ";
  if (!line.starts_with(kStatus)) return false;
  line.remove_prefix(kStatus.size());
  return std::any_of(kOver.begin(), kOver.end(), [&](std::string_view word) {
    return line.starts_with(word) && ends_there(line.substr(word.size()));
  });
}

// "This repository has been archived and …".
bool says_it_of_all(std::string_view line) {
  static constexpr std::array<std::string_view, 7> kAll = {
      "this directory ",  "this folder ", "this project ", "this repo ",
      "this repository ", "these files ", "these scripts "};
  static constexpr std::array<std::string_view, 17> kSays = {
      "has been archived",     "is archived",         "is now archived",
      "was archived",          "is not in use",       "is not currently in use",
      "is no longer in use",   "is no longer used",   "is no longer maintained",
      "is not used any more",  "is not used anymore", "is currently not in use",
      "has now been archived", "are archived",        "are deprecated",
      "are no longer in use",  "are no longer used"};
  for (const std::string_view subject : kAll) {
    for (std::size_t at = line.find(subject); at != line.npos; at = line.find(subject, at + 1)) {
      const std::string_view behind = line.substr(at + subject.size());
      // "If this project …", "https://… this repository …" are about something else.
      const std::string_view before = line.substr(0, at);
      const bool begins = before.find_first_not_of(' ') == before.npos || before.ends_with(". ") ||
                          before.ends_with(": ");
      if (begins && before.find("http") == before.npos &&
          std::any_of(kSays.begin(), kSays.end(), [&](std::string_view said) {
            return behind.starts_with(said) && ends_there(behind.substr(said.size()));
          })) {
        return true;
      }
    }
  }
  return false;
}

bool says_so(std::string_view readme) {
  constexpr int kHead = 15;  // lines
  bool titled = false;
  bool of_all = true;  // below a heading it may be of a part
  for (int i = 0; i < kHead && !readme.empty(); ++i) {
    const std::string_view line = readme.substr(0, readme.find('\n'));
    readme.remove_prefix(std::min(line.size() + 1, readme.size()));
    const std::string text = plain(line);
    const bool title = !titled && line.starts_with("# ");
    titled |= title;
    of_all &= !line.starts_with("##");
    const std::string_view bare = text.starts_with(' ') ? std::string_view(text).substr(1) : text;
    if (is_a_banner(line, bare, title) || (of_all && is_a_status(bare))) return true;
    if (title && is_a_title_of_the_past(line, bare)) return true;
    if (begins_with_what_was(bare) || says_it_of_all(text)) return true;
  }
  return false;
}

}  // namespace

bool says_it_is_archived(const FileSystem& files, const std::string& directory) {
  constexpr std::size_t kFirstScreen = 2000;  // bytes
  const auto entries = files.list(directory);
  const auto is_notice = [](const DirectoryEntry& entry) {
    return entry.kind == FileKind::kRegular && is_a_notice(entry.name);
  };
  if (entries && std::any_of(entries->begin(), entries->end(), is_notice)) return true;
  const std::vector<text::Readme> readmes = text::readmes_in(files, directory, kFirstScreen);
  return std::any_of(readmes.begin(), readmes.end(), [&](const text::Readme& readme) {
    return (readme.first || readmes.size() == 1) && says_so(readme.text);
  });
}

}  // namespace composelint
