#include "analyzer/knowledge/vocabulary_match.h"

#include <composelint/short_options.h>

#include <algorithm>
#include <cctype>
#include <optional>

#include "analyzer/knowledge/option_words.h"

namespace composelint::knowledge {
namespace {

using Words = std::span<const Argument>;

// The text before the next `separator`; what follows stays in `rest`.
std::string_view take(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

bool matches_glob(std::string_view glob, std::string_view text) {
  const bool open_start = glob.size() > 1 && glob.front() == '*';
  const bool open_end = !glob.empty() && glob.back() == '*';
  const std::string_view core =
      glob.substr(open_start ? 1 : 0, glob.size() - (open_start ? 1 : 0) - (open_end ? 1 : 0));
  if (open_start && open_end) return text.find(core) != std::string_view::npos;
  if (open_start) return text.ends_with(core);
  return open_end ? text.starts_with(core) : text == core;
}

bool is_option(const Argument& word) {
  return looks_like_option(word);
}

// What is known of the program's short options.
using Letters = std::optional<std::string_view>;

// "--name" or "--name=x"; "-n" alone or within a cluster such as "-in".
bool is_option_named(const Argument& word, std::string_view name, const Letters& with_value) {
  const std::string_view text = word.text;
  if (!is_option(word)) return false;
  if (text == name) return true;
  if (name.starts_with("--") || name.size() != 2) {
    return text.size() > name.size() && text.starts_with(name) && text[name.size()] == '=';
  }
  if (with_value) return has_letter(text, name[1], *with_value);
  const std::string_view cluster = text.substr(1);
  return !text.starts_with("--") && cluster.size() <= 4 &&
         std::all_of(cluster.begin(), cluster.end(),
                     [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }) &&
         cluster.find(name[1]) != std::string_view::npos;
}

bool has_option(std::string_view names, Words words, const Letters& with_value) {
  while (!names.empty()) {
    const std::string_view name = take(names, '|');
    for (const Argument& word : words) {
      if (is_option_named(word, name, with_value)) return true;
    }
  }
  return false;
}

bool may_hide_option(const Argument& word) {
  return word.splits && !word.holes.empty() && word.holes.front().at == 0;
}

bool same_letter(char wanted, char found) {
  if (wanted == '+') return std::isspace(static_cast<unsigned char>(found)) != 0;
  return std::tolower(static_cast<unsigned char>(found)) == wanted;
}

bool has_text(std::string_view wanted, Words words) {
  while (!wanted.empty()) {
    const std::string_view one = take(wanted, '|');
    for (const Argument& word : words) {
      const auto found = std::search(
          word.text.begin(), word.text.end(), one.begin(), one.end(),
          [](char in_text, char in_pattern) { return same_letter(in_pattern, in_text); });
      if (found != word.text.end()) return true;
    }
  }
  return false;
}

// Without a table of the program's options a word after "-x" may be its value.
bool may_be_value(Words words, std::size_t at) {
  return at > 0 && is_option(words[at - 1]) && words[at - 1].text.find('=') == std::string::npos;
}

// `keys` of `redis-cli -h keys del a`, by the table of the program's options. Where a client takes
// a password glued on only, `-p` stands alone.
bool is_value(Words words, std::size_t at, std::string_view program, const Letters& with_value) {
  if (!with_value || at == 0 || !is_option(words[at - 1])) return false;
  const std::string_view option = words[at - 1].text;
  if (option.starts_with("--") || !words[at - 1].known()) return false;
  const std::size_t first = option.find_first_of(*with_value, 1);
  const bool glued_only = option.back() == 'p' && program.starts_with('m');
  return first + 1 == option.size() && !glued_only;
}

// Finds the operand that the token asks for, from `at` on; moves `at` behind it.
bool take_operand(std::string_view token, Words words, bool anywhere, std::size_t& at,
                  std::string_view program, const Letters& with_value) {
  for (; at < words.size(); ++at) {
    const Argument& word = words[at];
    if (is_option(word) || may_hide_option(word)) continue;
    // `-X ... DELETE` asks for a value.
    if (!anywhere && is_value(words, at, program, with_value)) continue;
    const bool fits = token == "_" || (word.known() && matches_any(token, word.text));
    if (fits && !(token == "_" && may_be_value(words, at))) {
      ++at;
      return true;
    }
    if (!anywhere && !may_be_value(words, at)) return false;
  }
  return false;
}

bool no_operand(Words words, std::size_t at) {
  for (; at < words.size(); ++at) {
    if (!is_option(words[at]) && !may_be_value(words, at)) return false;
  }
  return true;
}

// `./dump.sql db:/tmp/`: the last word names a container, what is copied goes in there.
bool copies_inwards(Words words) {
  if (words.empty()) return false;
  const std::string_view last = words.back().text;
  const std::size_t colon = last.find(':');
  if (colon == std::string_view::npos) return false;
  return colon > 0 && last.substr(0, colon).find('/') == std::string_view::npos;
}

}  // namespace

bool matches_any(std::string_view alternatives, std::string_view text) {
  while (!alternatives.empty()) {
    if (matches_glob(take(alternatives, '|'), text)) return true;
  }
  return false;
}

bool matches(std::string_view pattern, std::span<const Argument> words, std::string_view program) {
  const Letters with_value = value_letters(program);
  std::size_t at = 0;
  bool anywhere = false;
  while (!pattern.empty()) {
    const std::string_view token = take(pattern, ' ');
    bool holds = true;
    if (token == "...") {
      anywhere = true;
      continue;
    }
    if (token == "$") {
      holds = no_operand(words, at);
    } else if (token == "^") {
      holds = !copies_inwards(words);
    } else if (token.starts_with('~')) {
      holds = has_text(token.substr(1), words);
    } else if (token.starts_with('!')) {
      holds = !has_option(token.substr(1), words, with_value) &&
              std::none_of(words.begin(), words.end(), may_hide_option);
    } else if (token.starts_with('-')) {
      holds = has_option(token, words, with_value);
    } else {
      holds = take_operand(token, words, anywhere, at, program, with_value);
      anywhere = false;
    }
    if (!holds) return false;
  }
  return true;
}

}  // namespace composelint::knowledge
