#include "analyzer/signs/secrets/secret_value.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/signs/secrets/secret_name.h"

namespace composelint {

bool is_plain_hole(const Hole& hole) {
  if (hole.name.starts_with("$(") && hole.name.ends_with(')')) return true;
  return std::all_of(hole.name.begin(), hole.name.end(),
                     [](unsigned char c) { return c == '_' || std::isalnum(c) != 0; });
}

std::string_view variable_at_end(std::string_view written) {
  constexpr std::string_view kName =
      "_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  if (written.ends_with('}')) written.remove_suffix(1);
  const std::size_t before = written.find_last_not_of(kName);
  if (before == std::string_view::npos || before + 1 == written.size()) return {};
  const bool braced = written[before] == '{' && before > 0 && written[before - 1] == '$';
  return written[before] == '$' || braced ? written.substr(before + 1) : std::string_view();
}

namespace {

// `PW="${DB_PASSWORD:-}"` in the file.
bool is_set_from_outside(std::string_view file, std::string_view name) {
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

// `${DB_PASSWORD:-}` at its end, or a variable set to that: what there is comes from outside.
bool is_empty_by_default(const Argument& word) {
  std::string_view written = word.span.text();
  while (!written.empty() && (written.back() == '"' || written.back() == '\'')) {
    written.remove_suffix(1);
  }
  if (written.ends_with(":-}") && written.rfind("${") != written.npos) return true;
  return word.span.file != nullptr &&
         is_set_from_outside(word.span.file->bytes(), variable_at_end(written));
}

}  // namespace

std::optional<std::string> empty_in_statement(const Argument& word) {
  for (const std::string key : {"PASSWORD", "password", "IDENTIFIED BY"}) {
    const std::string_view written = word.span.text();
    const std::size_t at = written.find(key + " '");
    if (word.text.find(key + " ''") == std::string::npos || at == written.npos) continue;
    std::string_view value = written.substr(at + key.size() + 2);
    value = value.substr(0, value.find('\''));
    const std::string_view name = variable_at_end(value);
    const bool given = is_set_from_outside(word.span.file->bytes(), name);
    if (given || value.ends_with(":-}")) return key;
  }
  return std::nullopt;
}

namespace {

// `<password>`, `[NODE_PASSWORD]`, `{{ password }}`, `your_password`: whoever takes the text over
// fills it in.
bool is_blank_of_template(std::string_view text) {
  if (text.starts_with("your_") || text.starts_with("your-")) return true;
  if (text.find_first_of("<>*") != std::string_view::npos) return true;
  return (text.starts_with('[') && text.ends_with(']')) ||
         (text.starts_with("{{") && text.ends_with("}}"));
}

}  // namespace

bool is_secret(const Argument& word, std::size_t from) {
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

bool is_throwaway(const Argument& word, std::size_t from) {
  const Span place = word.place();
  if (!word.known() || !place || word.text.size() <= from) return false;
  const std::string made = "PASSWORD=" + word.text.substr(from);
  return place.file->bytes().find(made) != std::string_view::npos;
}

bool has_value(const Argument& word, std::size_t from, std::string_view ends) {
  const std::size_t end = std::min(word.text.find_first_of(ends, from), word.text.size());
  for (const Hole& hole : word.holes) {
    if (hole.at >= from && hole.at <= end) return is_plain_hole(hole);
  }
  const std::string_view text = std::string_view(word.text).substr(from, end - from);
  if (text.empty() && end == word.text.size()) return is_empty_by_default(word);
  return text.size() > 3 && !is_blank_of_template(text);
}

std::optional<std::string> in_program_text(const Argument& word, const Hole& hole) {
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
