// Which database or machine a script is for, by what it reads and what it lets its caller choose.

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/context_words.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

bool is_of_development(std::string_view word) {
  static constexpr std::array<std::string_view, 8> kWords = {
      "ci", "dev", "devel", "develop", "development", "local", "test", "testing"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

// `local.env`, `.env.dev`. `.env.local` holds what a machine has of its own, whatever it is for.
bool is_settings_of_development(std::string_view path) {
  const std::string_view name = text::name_of(path);
  const std::vector<std::string> words = words_of(name);
  if (std::find(words.begin(), words.end(), "env") == words.end() || names_production(path)) {
    return false;
  }
  if (name.ends_with(".local")) return false;
  return std::any_of(words.begin(), words.end(),
                     [](const std::string& word) { return is_of_development(word); });
}

// `dev|test` of "--db=dev|test", of `<dev|test>`: what may be chosen, and nothing else. Empty where
// the text at `bar` is no such list. A `case` has other arms.
std::string_view list_around(std::string_view text, std::size_t bar) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz|";
  const std::size_t front = text.find_last_not_of(kLetters, bar);
  const std::size_t back = std::min(text.find_first_not_of(kLetters, bar), text.size());
  if (front == text.npos || back == text.size()) return {};
  const bool offers = text[front] == '=' || text[front] == '<' || text[front] == '[' ||
                      text[front] == '{' || text[front] == '(';
  const bool ends = std::string_view(" \t\n\"'>]})").find(text[back]) != text.npos;
  const bool arm = text[back] == ')' && text[front] != '(';
  return offers && ends && !arm ? text.substr(front + 1, back - front - 1) : std::string_view();
}

bool are_all_of_development(std::string_view list) {
  std::size_t words = 0;
  while (!list.empty()) {
    const std::string_view word = list.substr(0, list.find('|'));
    if (!is_of_development(word)) return false;
    list.remove_prefix(std::min(word.size() + 1, list.size()));
    ++words;
  }
  return words > 1;
}

// The words of a command, those of a shell text inside as well; `$DEV_URL` stays as it is written.
std::vector<std::string> words_inside(const Step& step) {
  std::vector<std::string> out;
  const std::optional<InnerCommand> inner = inner_command_of(step);
  const std::vector<Argument>& words = inner ? *inner->words : step.argv;
  const auto shell = inner ? shell_script_in(words) : std::nullopt;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view text =
        words[i].known() ? std::string_view(words[i].text) : words[i].span.text();
    if (!shell || shell->at != i) {
      out.emplace_back(text);
      continue;
    }
    for (const std::string_view word : words_of_script(text)) out.emplace_back(word);
  }
  return out;
}

// `"${1:-.env.dev}"`: what is read where the caller names nothing.
bool is_default_of_an_argument(const Argument& word) {
  const Span place = word.place();
  if (!place) return false;
  const std::string_view before = place.file->bytes().substr(0, place.begin);
  const std::size_t open = before.rfind("${");
  if (open == before.npos) return false;
  const std::string_view head = before.substr(open + 2);
  const std::size_t digits = std::min(head.find_first_not_of("0123456789"), head.size());
  return digits > 0 && (head.substr(digits) == ":-" || head.substr(digits) == "-");
}

}  // namespace

std::optional<ContextCue> replaced_by_development(const ContextQuestion& question) {
  for (const Step& step : question.timeline.steps) {
    const std::vector<std::string> words = words_inside(step);
    const auto replace = std::find(words.begin(), words.end(), "search-replace");
    if (words.end() - replace < 3) continue;
    const std::vector<std::string> target = words_of(replace[2]);
    if (std::any_of(target.begin(), target.end(), [](const std::string& word) {
          return is_of_development(word) || word == "localhost";
        })) {
      return ContextCue{Context::kDev, "it replaces " + replace[1] + " by " + replace[2]};
    }
  }
  return std::nullopt;
}

std::optional<ContextCue> settings_of_development(const ContextQuestion& question) {
  const bool in_use = names_work_in_use(words_of(text::name_of(question.path)));
  std::optional<ContextCue> found;
  for (const Step& step : question.timeline.steps) {
    if (step.argv.size() < 2 || (!step.argv[0].is("source") && !step.argv[0].is("."))) continue;
    const std::string_view name = text::name_of(step.argv[1].text);
    if (name.find("env") == name.npos) continue;
    if (in_use && is_default_of_an_argument(step.argv[1])) continue;
    if (!is_settings_of_development(step.argv[1].text)) return std::nullopt;
    found = ContextCue{Context::kDev, "it reads " + std::string(name)};
  }
  return found;
}

std::optional<ContextCue> choice_of_development(const ContextQuestion& question) {
  const SourceFile* file = question.timeline.file;
  if (question.kind != hosts::HostKind::kShell || file == nullptr) return std::nullopt;
  const std::string_view bytes = file->bytes();
  if (names_production(bytes)) return std::nullopt;
  for (std::size_t at = bytes.find('|'); at != bytes.npos; at = bytes.find('|', at + 1)) {
    const std::string_view list = list_around(bytes, at);
    if (!are_all_of_development(list)) continue;
    return ContextCue{Context::kDev, "it may be told " + std::string(list)};
  }
  return std::nullopt;
}

}  // namespace composelint::engine
