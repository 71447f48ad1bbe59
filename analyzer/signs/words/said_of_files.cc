#include "analyzer/signs/words/said_of_files.h"

#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/words/development_words.h"
#include "analyzer/signs/words/head_comment.h"

namespace composelint {

namespace {

// Where `name` stands whole: `compose.yaml` is no part of `docker-compose.yaml`.
std::size_t find_name(std::string_view text, std::string_view name) {
  const auto belongs = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == '_';
  };
  for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if (at > 0 && belongs(text[at - 1])) continue;
    // A dot behind it ends the sentence.
    if (end < text.size() && belongs(text[end]) && text[end] != '.') continue;
    return at;
  }
  return text.npos;
}

std::string name_of(const SourceFile& file) {
  return lower_case(file_name(file.path()));
}

}  // namespace

bool sends_production_to(const SourceFile& file, const SourceFile& other) {
  const HeadComment head = head_comment(file);
  const std::string own = name_of(file);
  const std::string name = name_of(other);
  if (names_operation(head.title)) return false;
  std::string above;
  for (std::string_view rest = head.lines; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() + 1);
    const std::size_t at = find_name(line, name);
    if (at != line.npos) {
      const std::string_view behind = line.substr(at + name.size());
      const std::string said = above + "\n" + std::string(line.substr(0, at)) + std::string(behind);
      // With both of them in one call, this one is in use as well.
      const bool both = find_name(said, own) != said.npos;
      if (!both && has_name_word(said, {"prod", "production"})) return true;
    }
    above = line;
  }
  return false;
}

bool is_called_development_by(const SourceFile& file, const SourceFile& other) {
  static constexpr std::array<std::string_view, 6> kSays = {
      "development stack", "dev stack",         "development environment",
      "for development",   "local development", "development file"};
  std::string text = head_comment(other).lines;
  // A paragraph ends a sentence; a line does not.
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\n') continue;
    const bool ends = at + 1 < text.size() && text[at + 1] == '\n';
    text.replace(at, ends ? 2 : 1, ends ? ". " : " ");
  }
  const std::string own = name_of(file);
  for (std::string_view rest = text; !rest.empty();) {
    // A dot in the name of a file ends no sentence.
    std::size_t end = rest.find(". ");
    end = end == rest.npos ? rest.size() : end + 1;
    const std::string_view sentence = rest.substr(0, end);
    rest.remove_prefix(end);
    const bool names = find_name(sentence, own) != sentence.npos ||
                       sentence.find("base file") != sentence.npos ||
                       sentence.find("base compose file") != sentence.npos;
    if (!names || has_name_word(sentence, {"prod", "production"})) continue;
    if (std::any_of(kSays.begin(), kSays.end(),
                    [&](std::string_view said) { return sentence.find(said) != sentence.npos; })) {
      return true;
    }
  }
  return false;
}

}  // namespace composelint
