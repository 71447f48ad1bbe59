// What of a word is the value of a secret.
#pragma once

#include <composelint/argument.h>
#include <composelint/secret_name.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>
#include <string_view>

namespace composelint {

// A variable, or what a command prints; no blank that a host fills in.
[[nodiscard]] inline bool is_plain_hole(const Hole& hole) {
  if (hole.name.starts_with("$(") && hole.name.ends_with(')')) return true;
  return std::all_of(hole.name.begin(), hole.name.end(),
                     [](unsigned char c) { return c == '_' || std::isalnum(c) != 0; });
}

namespace detail {

// "PW" of `-p"$PW"`, where the word ends in a variable.
[[nodiscard]] inline std::string_view variable_at_end(std::string_view written) {
  constexpr std::string_view kName =
      "_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  if (written.ends_with('}')) written.remove_suffix(1);
  const std::size_t before = written.find_last_not_of(kName);
  if (before == std::string_view::npos || before + 1 == written.size()) return {};
  const bool braced = written[before] == '{' && before > 0 && written[before - 1] == '$';
  return written[before] == '$' || braced ? written.substr(before + 1) : std::string_view();
}

// `PW="${DB_PASSWORD:-}"` in the file.
[[nodiscard]] inline bool is_set_from_outside(std::string_view file, std::string_view name) {
  if (name.empty()) return false;
  const std::string sets = std::string(name) + "=";
  for (std::size_t at = file.find(sets); at != file.npos; at = file.find(sets, at + 1)) {
    if (at > 0 && std::string_view(" \t\n;").find(file[at - 1]) == std::string_view::npos) continue;
    std::string_view value = file.substr(at + sets.size());
    value = value.substr(0, value.find_first_of(" \t\n;"));
    while (value.ends_with('"')) value.remove_suffix(1);
    while (value.starts_with('"')) value.remove_prefix(1);
    if (value.starts_with("${") && value.ends_with(":-}")) return true;
  }
  return false;
}

}  // namespace detail

// `${DB_PASSWORD:-}` at its end, or a variable set to that: what there is comes from outside.
[[nodiscard]] inline bool is_empty_by_default(const Argument& word) {
  std::string_view written = word.span.text();
  while (!written.empty() && (written.back() == '"' || written.back() == '\'')) {
    written.remove_suffix(1);
  }
  if (written.ends_with(":-}") && written.rfind("${") != written.npos) return true;
  return word.span.file != nullptr &&
         detail::is_set_from_outside(word.span.file->bytes(), detail::variable_at_end(written));
}

// `PASSWORD '$PW'` in a statement, as it is written, where the variable is empty by default.
[[nodiscard]] inline std::optional<std::string> empty_in_statement(const Argument& word) {
  for (const std::string key : {"PASSWORD", "password", "IDENTIFIED BY"}) {
    const std::string_view written = word.span.text();
    const std::size_t at = written.find(key + " '");
    if (word.text.find(key + " ''") == std::string::npos || at == written.npos) continue;
    std::string_view value = written.substr(at + key.size() + 2);
    value = value.substr(0, value.find('\''));
    const std::string_view name = detail::variable_at_end(value);
    const bool given = detail::is_set_from_outside(word.span.file->bytes(), name);
    if (given || value.ends_with(":-}")) return key;
  }
  return std::nullopt;
}

// `<password>`, `[NODE_PASSWORD]`, `{{ password }}`: whoever takes the text over fills it in.
[[nodiscard]] inline bool is_blank_of_template(std::string_view text) {
  if (text.find_first_of("<>*") != std::string_view::npos) return true;
  return (text.starts_with('[') && text.ends_with(']')) ||
         (text.starts_with("{{") && text.ends_with("}}"));
}

// A value that is one, and no blank of a template, no switch.
[[nodiscard]] inline bool is_secret(const Argument& word, std::size_t from) {
  const std::string_view text =
      std::string_view(word.text).substr(std::min(from, word.text.size()));
  if (!word.holes.empty()) {
    return std::any_of(word.holes.begin(), word.holes.end(),
                       [&](const Hole& hole) { return hole.at >= from && is_plain_hole(hole); });
  }
  if (text.empty()) return is_empty_by_default(word);
  if (is_blank_of_template(text)) return false;
  return text != "yes" && text != "no" && text != "true" && text != "false" && text != "1" &&
         text != "0" && text.find('/') == std::string_view::npos;
}

// The script itself makes a database with this password: it goes with the script.
[[nodiscard]] inline bool is_throwaway(const Argument& word, std::size_t from) {
  const Span place = word.place();
  if (!word.known() || !place || word.text.size() <= from) return false;
  const std::string made = "PASSWORD=" + word.text.substr(from);
  return place.file->bytes().find(made) != std::string_view::npos;
}

// What of the word begins at `from` and ends before one of `ends` is a value: it holds a variable,
// or text that is no example.
[[nodiscard]] inline bool has_value(const Argument& word, std::size_t from, std::string_view ends) {
  const std::size_t end = std::min(word.text.find_first_of(ends, from), word.text.size());
  for (const Hole& hole : word.holes) {
    if (hole.at >= from && hole.at <= end) return is_plain_hole(hole);
  }
  const std::string_view text = std::string_view(word.text).substr(from, end - from);
  if (text.empty() && end == word.text.size()) return is_empty_by_default(word);
  return text.size() > 3 && !is_blank_of_template(text);
}

// `set_password('$PW')` and `auth('app', '$DB_PASSWORD')` in program text: what is called, or what
// the variable itself says it holds.
[[nodiscard]] inline std::optional<std::string> in_program_text(const Argument& word,
                                                                const Hole& hole) {
  static constexpr std::array<std::string_view, 9> kCalls = {
      "encodePassword", "generate_password_hash", "hashPassword",
      "hash_password",  "make_password",          "password_hash",
      "setPassword",    "set_password",           "wp_set_password"};
  std::string_view before = std::string_view(word.text).substr(0, hole.at);
  const std::size_t open = before.find_last_not_of("'\"\\");
  if (before.empty() || open + 1 == before.size() || open == std::string_view::npos) return {};
  const std::string_view behind = std::string_view(word.text).substr(hole.at, 1);
  if (!behind.empty() && std::string_view("'\"\\").find(behind) == behind.npos) return {};
  if (before[open] == '(') {
    before = before.substr(0, open);
    const std::size_t begin =
        before.find_last_not_of("_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const std::string_view name = before.substr(begin == std::string_view::npos ? 0 : begin + 1);
    if (std::find(kCalls.begin(), kCalls.end(), name) != kCalls.end()) return std::string(name);
  }
  const bool argument =
      before.find('(') != std::string_view::npos && hole.name.find('$') == std::string::npos;
  return argument && names_a_secret(hole.name) ? std::optional("$" + hole.name) : std::nullopt;
}

}  // namespace composelint
