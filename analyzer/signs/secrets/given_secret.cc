#include "analyzer/signs/secrets/given_secret.h"

#include <composelint/variable_name.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/words/mentions.h"

namespace composelint {

namespace {

bool is_number(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(),
                                      [](unsigned char c) { return std::isdigit(c) != 0; });
}

// `token="${3:-}"`, `TOKEN=$3`, at the head of a line; `local token=$1` is a function's.
bool is_set_to_an_argument(std::string_view text, const std::string& name) {
  for (std::size_t at = text.find(name + "="); at != text.npos;
       at = text.find(name + "=", at + 1)) {
    const std::size_t line = text.substr(0, at).rfind('\n') + 1;  // npos + 1 is 0
    std::string_view head = text.substr(line, at - line);
    head.remove_prefix(std::min(head.find_first_not_of(" \t"), head.size()));
    if (!head.empty() && head != "export " && head != "readonly ") continue;
    std::string_view value = text.substr(at + name.size() + 1);
    if (value.starts_with('"')) value.remove_prefix(1);
    if (!value.starts_with('$')) continue;
    value.remove_prefix(value.starts_with("${") ? 2 : 1);
    const std::string_view number = value.substr(0, value.find_first_not_of("0123456789"));
    if (is_number(number) && number != "0") return true;
  }
  return false;
}

// `read -rs token`: somebody may be asked for it instead.
bool may_be_asked_for(std::string_view text, const std::string& name) {
  for (std::size_t at = text.find("read "); at != text.npos; at = text.find("read ", at + 1)) {
    if (find_name(text.substr(at, text.find('\n', at) - at), name) != text.npos) return true;
  }
  return false;
}

// "token" of `"AUTH_TOKEN=${token}"`; empty where there are more, or none.
std::string only_variable_in(std::string_view word) {
  const std::size_t dollar = word.find('$');
  if (dollar == word.npos || word.find('$', dollar + 1) != word.npos) return {};
  word.remove_prefix(dollar + 1);
  if (word.starts_with('{')) word.remove_prefix(1);
  return std::string(leading_name(word));
}

}  // namespace

bool is_argument_of_the_script(const Step& step, const Argument& secret) {
  // Another machine shows it to others.
  if (step.place != Place::kHost || step.detached || !step.called_from.empty() ||
      secret.span.file == nullptr) {
    return false;
  }
  const std::string_view text = secret.span.file->bytes();
  const auto is_given = [&](const std::string& name) {
    return is_number(name) ||
           (!name.empty() && is_set_to_an_argument(text, name) && !may_be_asked_for(text, name));
  };
  // `token="${3:-}"` may be empty, and leaves no hole then.
  if (secret.holes.empty()) return is_given(only_variable_in(secret.span.text()));
  return std::all_of(secret.holes.begin(), secret.holes.end(),
                     [&](const Hole& hole) { return is_given(hole.name); });
}

bool is_given_twice(const std::vector<Argument>& words, std::size_t at) {
  const Span own = words[at].span;
  // Words of one text, and those that are handed on, share a place.
  return std::any_of(words.begin() + 1, words.end(), [&](const Argument& word) {
    return !(word.span == own) && word.span.text() == own.text();
  });
}

bool is_of_a_runner(const Timeline& task) {
  const std::string& path = task.file->path();
  const bool pipeline = path.ends_with(".yml") || path.ends_with(".yaml");
  return pipeline && path.find("askfile") == std::string::npos;
}

}  // namespace composelint
