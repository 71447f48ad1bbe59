#include "guard/written_over.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>

#include "guard/inner_work.h"

namespace composelint::guard {

namespace {

template <std::size_t Size>
bool one_of(std::string_view word, const std::array<std::string_view, Size>& set) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

TextWord behind(const TextWord& word, std::size_t at) {
  return {word.text.substr(at), word.known, word.span};
}

// `-o FILE`, `--output=FILE`, `-so/x`: nearly all programs that know the option mean a file by it.
void add_outputs(const TextCommand& command, std::vector<TextWord>& out) {
  static constexpr std::array<std::string_view, 10> kOthers = {
      "egrep", "fgrep", "find", "grep", "ls", "mount", "rsync", "ssh", "tar", "bsdtar"};
  static constexpr std::array<std::string_view, 8> kOptions = {
      "--directory-prefix", "--out", "--output", "--output-document",
      "--outfile",          "-O",    "-o",       "-out"};
  if (one_of(program_name(command), kOthers)) return;
  const auto& words = command.words;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i].text;
    const std::size_t equals = word.find('=');
    if (one_of(words[i - 1].text, kOptions) && !word.starts_with('-')) out.push_back(words[i]);
    if (equals != std::string::npos && word.starts_with("--") &&
        one_of(std::string_view(word).substr(0, equals), kOptions)) {
      out.push_back(behind(words[i], equals + 1));
    }
    const std::size_t slash = word.find('/');
    const bool joined = slash != std::string::npos && slash > 1 && word[0] == '-' &&
                        (word[slash - 1] == 'o' || word[slash - 1] == 'O') &&
                        std::all_of(word.begin() + 1, word.begin() + static_cast<long>(slash),
                                    [](unsigned char c) { return std::isalpha(c) != 0; });
    if (joined) out.push_back(behind(words[i], slash));
  }
}

// Words that are neither options nor the values of those among `valued`.
std::vector<TextWord> operands_of(const TextCommand& command, std::string_view valued) {
  std::vector<TextWord> out;
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    const std::string& word = command.words[i].text;
    const bool takes =
        word.size() == 2 && word[0] == '-' && valued.find(word[1]) != std::string_view::npos;
    if (takes) {
      ++i;
    } else if (!word.starts_with('-') || word == "-") {
      out.push_back(command.words[i]);
    }
  }
  return out;
}

// The packed file takes the place of the one that it is made of.
bool packs_in_place(const TextCommand& command) {
  static constexpr std::array<std::string_view, 5> kPackers = {"bzip2", "compress", "gzip", "pigz",
                                                               "xz"};
  static constexpr std::array<std::string_view, 2> kKeeping = {"lz4", "zstd"};
  const std::string_view program = program_name(command);
  if (one_of(program, kKeeping)) return has_flag(command, '\0', "--rm");
  const bool shows = has_flag(command, 'c', "--stdout") || has_flag(command, 'k', "--keep") ||
                     has_flag(command, 't', "--test") || has_flag(command, 'l', "--list") ||
                     has_flag(command, 'd', "--decompress");
  return one_of(program, kPackers) && !shows;
}

}  // namespace

std::vector<TextWord> written_over(const TextCommand& command) {
  static constexpr std::array<std::string_view, 4> kInPlace = {"ed", "ex", "fallocate", "sponge"};
  std::vector<TextWord> out;
  add_outputs(command, out);
  const std::string_view program = program_name(command);
  std::vector<TextWord> more;
  if (packs_in_place(command)) {
    more = operands_of(command, "S");
  } else if (one_of(program, kInPlace)) {
    more = operands_of(command, "lo");
  } else if (program == "split" || program == "csplit") {
    more = operands_of(command, "abCln");
    more.erase(more.begin(),
               more.begin() + static_cast<long>(std::min<std::size_t>(more.size(), 1)));
  } else if (program == "wget" || program == "unzip") {
    for (std::size_t i = 1; i + 1 < command.words.size(); ++i) {
      const std::string_view option = program == "wget" ? "-P" : "-d";
      if (command.words[i].text == option) more.push_back(command.words[i + 1]);
    }
  } else if (program == "cpio" && has_flag(command, 'i', "--extract")) {
    more.push_back({"."});
  }
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

}  // namespace composelint::guard
