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

// What it is about, up to the end of the sentence: a dot in a file's name ends none.
std::string_view rest_of_sentence(std::string_view text) {
  return text.substr(0, text.find(". "));
}

// The words that may be names of files, without what stands around them.
std::vector<std::string_view> bare_words(std::string_view text) {
  constexpr std::string_view kAround = "`'\"(),:;. ";
  std::vector<std::string_view> words;
  while (!text.empty()) {
    std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    word.remove_prefix(std::min(word.find_first_not_of(kAround), word.size()));
    word = word.substr(0, word.find_last_not_of(kAround) + 1);
    if (!word.empty()) words.push_back(word);
  }
  return words;
}

bool is_yaml(std::string_view word) {
  return word.ends_with(".yml") || word.ends_with(".yaml");
}

// `environments/`, `compose.live.yml`, a chart: something else is used. A password is not.
bool names_another_stack(std::string_view sentence, std::string_view own) {
  const std::vector<std::string_view> words = bare_words(sentence);
  const auto names = [&](std::string_view word) { return file_name(word) == own; };
  // With both of them in one call, this one is in use as well.
  if (std::any_of(words.begin(), words.end(), names)) return false;
  return std::any_of(words.begin(), words.end(),
                     [](std::string_view word) { return is_yaml(word) || word.ends_with('/'); }) ||
         has_name_word(sentence, {"chart", "charts", "helm", "kubernetes"});
}

// The text of some line of the comment begins so.
bool begins_a_line(const SourceFile& file, std::string_view said) {
  for (std::string_view rest = file.bytes(); !rest.empty();) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (!line.starts_with('#')) continue;
    line.remove_prefix(std::min(line.find_first_not_of("# \t*-"), line.size()));
    if (lower_case(line.substr(0, said.size())) == said) return true;
  }
  return false;
}

// "For production deployments, use the files of environments/": this one is not for that. What
// follows "This is the stack for production, see" is about this one.
bool sends_production_elsewhere(const SourceFile& file, const HeadComment& head,
                                std::string_view own) {
  constexpr std::string_view kFor = "for production";
  const std::string_view text = head.text;
  if (names_operation(head.title)) return false;
  for (std::size_t at = text.find(kFor); at != text.npos; at = text.find(kFor, at + 1)) {
    const std::string_view before = text.substr(0, at);
    const std::size_t end = before.rfind(". ");
    const std::string_view begun = before.substr(end == before.npos ? 0 : end + 1);
    const bool of_this = has_name_word(begun, {"is", "it", "this"});
    if (of_this && !begins_a_line(file, kFor)) continue;
    const std::string_view sentence = rest_of_sentence(text.substr(at + kFor.size()));
    const std::size_t use = std::min(sentence.find(", use "), sentence.find(", see "));
    if (use == sentence.npos) continue;
    const std::string_view used = sentence.substr(use + 2);
    // Directories that are to be read hold pages more often than stacks.
    const std::vector<std::string_view> words = bare_words(used);
    const bool read = used.starts_with("see ") && std::none_of(words.begin(), words.end(), is_yaml);
    if (!read && names_another_stack(used, own)) return true;
  }
  return false;
}

// "For local development, use compose.dev.yaml": said of that one. Where this one is named as well,
// the last file is meant; what extends the other, or leaves production to it, is this one.
bool speaks_of_another(std::string_view behind, std::string_view own) {
  const std::string_view sentence = rest_of_sentence(behind);
  if (!has_name_word(sentence, {"add", "adds", "run", "see", "start", "take", "use", "with"}) ||
      has_name_word(sentence, {"extends", "override", "overrides", "top"})) {
    return false;
  }
  std::string_view last;
  for (const std::string_view word : bare_words(sentence)) {
    if (has_name_word(word, {"prod", "production"})) return false;
    const bool compose = word.find("compose") != word.npos || names_development(word);
    if (is_yaml(word) && compose) last = file_name(word);
  }
  return !last.empty() && last != own;
}

// The head says it of its own file.
bool says_of_itself(std::string_view text, std::string_view said, std::string_view own) {
  for (std::size_t at = text.find(said); at != text.npos; at = text.find(said, at + 1)) {
    if (!speaks_of_another(text.substr(at + said.size()), own)) return true;
  }
  return false;
}

}  // namespace

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
  const auto begins = [&](std::string_view said) {
    return head.text.starts_with(said) && !speaks_of_another(head.text, own);
  };
  if (begins("development") || warns_of_production(head.text) ||
      sends_production_elsewhere(file, head, own)) {
    return true;
  }
  if (is_headed_for_tests(head)) return true;
  if (names_operation(head.text)) return false;
  return begins("local ") || std::any_of(kSays.begin(), kSays.end(), [&](std::string_view each) {
           return says_of_itself(head.text, each, own);
         });
}

}  // namespace composelint
