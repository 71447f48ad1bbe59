#include "analyzer/signs/words/development_words.h"

#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

bool has_name_word(std::string_view text, const std::vector<std::string_view>& words) {
  std::string word;
  for (const char c : std::string(text) + ".") {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalpha(byte) != 0) {
      word += static_cast<char>(std::tolower(byte));
      continue;
    }
    if (std::find(words.begin(), words.end(), word) != words.end()) return true;
    word.clear();
  }
  return false;
}

bool names_development(std::string_view text) {
  text = file_name(text);
  // `.env.local` is what this machine sets, whatever it is for.
  if (text.starts_with(".env")) return has_name_word(text, {"dev", "develop", "development"});
  return has_name_word(text, {"dev", "develop", "development", "local"});
}

namespace {

// "Avoid using this file in your production environment": said of what is none.
bool warns_of_production(std::string_view head) {
  static constexpr std::array<std::string_view, 8> kSays = {
      "avoid using", "do not use", "don't use",        "must not be used",
      "never use",   "not for",    "not intended for", "not suitable for"};
  for (const std::string_view said : kSays) {
    for (std::size_t at = head.find(said); at != head.npos; at = head.find(said, at + 1)) {
      const std::string_view rest = head.substr(at + said.size());
      const std::string_view sentence = rest.substr(0, rest.find_first_of(".;,"));
      if (has_name_word(sentence, {"prod", "production"})) return true;
    }
  }
  return false;
}

// "compose.prod.yml", "environments/": another file or directory is meant.
bool names_another(std::string_view words, std::string_view own) {
  while (!words.empty()) {
    std::string_view word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(word.size() + 1, words.size()));
    constexpr std::string_view kMarks = "`'\"().,;:";
    word.remove_prefix(std::min(word.find_first_not_of(kMarks), word.size()));
    word = word.substr(0, word.find_last_not_of(kMarks) + 1);
    const bool file = word.ends_with(".yml") || word.ends_with(".yaml");
    if (file ? file_name(word) != own : word.size() > 1 && word.ends_with('/')) return true;
  }
  return false;
}

// "For production deployments, use the files of environments/": this one is not for that. "For
// production, use a strong password" is said of this one.
bool sends_production_elsewhere(const HeadComment& head, std::string_view own) {
  constexpr std::string_view kFor = "for production";
  if (names_operation(head.title)) return false;
  for (std::size_t at = head.text.find(kFor); at != head.text.npos;
       at = head.text.find(kFor, at + 1)) {
    const std::string_view rest = std::string_view(head.text).substr(at + kFor.size());
    const std::string_view sentence = rest.substr(0, rest.find(". "));
    std::size_t use = sentence.find(", use ");
    if (use == sentence.npos) use = sentence.find(", see ");
    if (use != sentence.npos && names_another(sentence.substr(use), own)) return true;
  }
  return false;
}

// "For local development, use compose.dev.yaml" says of another file what it is for.
bool says_of_this_one(std::string_view text, std::string_view said, std::string_view own) {
  for (std::size_t at = text.find(said); at != text.npos; at = text.find(said, at + 1)) {
    const std::size_t before = text.substr(0, at).rfind(". ");
    const std::size_t begin = before == text.npos ? 0 : before + 2;
    const std::size_t end = text.find(". ", at);
    const std::string_view sentence = text.substr(begin, end == text.npos ? end : end - begin);
    const bool sends = sentence.find(", use ") != sentence.npos ||
                       sentence.find(", see ") != sentence.npos ||
                       sentence.find(" with ") != sentence.npos;
    if (!sends || !names_another(sentence, own)) return true;
  }
  return false;
}

}  // namespace

namespace {

// The terms of a licence say nothing of the file: what stands below them does.
bool is_licence(std::string_view title) {
  return title.starts_with("licensed to ") || title.starts_with("licensed under ");
}

}  // namespace

HeadComment head_comment(const SourceFile& file) {
  constexpr std::string_view kStrokes = "#-=* \t\r";
  constexpr std::string_view kLine = "\u2500";  // as a rule is drawn in a terminal
  HeadComment head;
  int gaps = 0;
  for (std::string_view rest = file.bytes(); !rest.empty();) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const bool comment = line.starts_with('#');
    if (head.title.empty() && line.starts_with("version:")) continue;
    if (!comment && line.find_first_not_of("- \t\r") != std::string_view::npos) break;
    while (!line.empty() &&
           (kStrokes.find(line.front()) != kStrokes.npos || line.starts_with(kLine))) {
      line.remove_prefix(line.starts_with(kLine) ? kLine.size() : 1);
    }
    const bool licence = line.starts_with("SPDX-") || line.starts_with("Copyright");
    const bool ends = line.empty() && !head.title.empty() && !is_licence(head.title);
    if (ends && ++gaps == 2) break;
    if (!comment && is_licence(head.title)) head = {};
    if (line.empty() || licence) continue;
    head.text += lower_case(line) + " ";
    if (head.title.empty()) head.title = lower_case(line);
  }
  return head;
}

bool names_operation(std::string_view text) {
  return has_name_word(text, {"deploy", "live", "prod", "production", "server", "staging"});
}

bool is_headed_for_tests(const HeadComment& head) {
  const std::string_view title = head.title;
  const bool tests = title.find("for testing") != std::string::npos ||
                     title.find("smoke test") != std::string::npos || title.ends_with(" testing");
  return tests && !names_operation(title);
}

bool is_headed_for_development(const SourceFile& file) {
  static constexpr std::array<std::string_view, 16> kSays = {
      "demo environment",        "demo stack",        "dev environment",  "dev stack",
      "development environment", "development only",  "for development",  "development version",
      "local development",       "local environment", "local stack",      "local testing",
      "locally testing",         "local/demo",        "used for testing", "used to test"};
  const HeadComment head = head_comment(file);
  const std::string own = lower_case(file_name(file.path()));
  if (head.text.starts_with("development") || warns_of_production(head.text) ||
      sends_production_elsewhere(head, own)) {
    return true;
  }
  if (is_headed_for_tests(head)) return true;
  if (names_operation(head.text)) return false;
  return head.text.starts_with("local ") ||
         std::any_of(kSays.begin(), kSays.end(),
                     [&](std::string_view each) { return says_of_this_one(head.text, each, own); });
}

}  // namespace composelint
