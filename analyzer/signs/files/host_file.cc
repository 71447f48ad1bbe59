#include "analyzer/signs/files/host_file.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/words/wording.h"

namespace composelint {

bool is_of_mktemp(const Argument& word) {
  return word.holes.size() == 1 && word.holes.front().at == 0 &&
         word.holes.front().name == "$(mktemp)";
}

bool makes_in_tmp(const Step& step) {
  return program_name(step) == "mktemp" && step.launcher == Launcher::kNone &&
         std::all_of(step.argv.begin() + 1, step.argv.end(), [](const Argument& word) {
           return word.is("-d") || word.is("-q") || word.is("--directory") ||
                  (word.known() && word.text.starts_with("/tmp/"));
         });
}

namespace {

// `curl -o FILE`, `wget -O FILE`, `gpg --output FILE`, `openssl -out FILE`.
const Argument* output_option(const Step& step) {
  struct Option {
    std::string_view program, name, in_full;
  };
  static constexpr std::array<Option, 4> kOptions = {{{"curl", "-o", "--output"},
                                                      {"wget", "-O", "--output-document"},
                                                      {"gpg", "-o", "--output"},
                                                      {"openssl", "-out", "-out"}}};
  const std::string_view program = program_name(step);
  for (std::size_t i = 1; i + 1 < step.argv.size(); ++i) {
    const std::string_view text = step.argv[i].text;
    for (const Option& option : kOptions) {
      if (program != option.program) continue;
      const bool letters = option.name.size() == 2 && text.size() > 2 && text[0] == '-' &&
                           text[1] != '-' && text.back() == option.name[1];  // -fsSLo
      if (text == option.name || text == option.in_full || letters) return &step.argv[i + 1];
    }
  }
  return nullptr;
}

// Where `cp`, `mv`, `scp`, `aws s3 cp` put it.
const Argument* copied_to(const Step& step) {
  static constexpr std::array<std::string_view, 6> kPrograms = {"cp",    "mv",  "scp",
                                                                "rsync", "aws", "gsutil"};
  const std::string_view program = program_name(step);
  if (std::find(kPrograms.begin(), kPrograms.end(), program) == kPrograms.end()) return nullptr;
  if (step.argv.size() < 3 || step.argv.back().text.starts_with('-')) return nullptr;
  return &step.argv.back();
}

bool is_same_word(const Argument& left, const Argument& right) {
  if (left.splits || right.splits || left.text != right.text) return false;
  return left.holes.size() == right.holes.size() &&
         std::equal(left.holes.begin(), left.holes.end(), right.holes.begin(),
                    [](const Hole& a, const Hole& b) { return a.at == b.at && a.name == b.name; });
}

// A path that the image of a container has not got by chance.
bool is_for_own_files(std::string_view path) {
  static constexpr std::array<std::string_view, 6> kFolders = {"/home/", "/mnt/", "/opt/",
                                                               "/root/", "/srv/", "/tmp/"};
  return std::any_of(kFolders.begin(), kFolders.end(),
                     [&](std::string_view folder) { return path.starts_with(folder); });
}

}  // namespace

bool makes_host_file(const Step& step, const Argument& word) {
  if (step.place != Place::kHost) return false;
  const bool known = word.known();
  if (step.out.kind == StreamKind::kFile && is_same_word(step.out.target, word)) {
    return known || is_of_mktemp(word);
  }
  if (step.launcher != Launcher::kNone) return false;
  if (known && !is_for_own_files(word.text)) return false;
  if (!known && !is_of_mktemp(word)) return false;
  for (const Argument* to : {output_option(step), copied_to(step)}) {
    if (to == nullptr) continue;
    if (is_same_word(*to, word)) return true;
    const bool folder = to->known() && to->text.ends_with('/') && to == &step.argv.back();
    if (!folder || !known) continue;
    for (std::size_t i = 1; i + 1 < step.argv.size(); ++i) {
      const std::string_view from = step.argv[i].text;
      if (!from.starts_with('-') && step.argv[i].known() &&
          to->text + std::string(file_name(from)) == word.text) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace composelint
