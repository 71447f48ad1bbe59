// A password on a command line that the repository shows in clear as well.
#pragma once

#include <composelint/finding.h>
#include <composelint/guessable.h>
#include <composelint/repeated.h>
#include <composelint/rule.h>

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace composelint {

namespace detail {

// What stands behind `option` in the text of the finding: `-pVALUE`, `--password=VALUE`,
// `--password VALUE`. Empty where the shell puts it together.
[[nodiscard]] inline std::string_view literal_behind(std::string_view text,
                                                     std::string_view option) {
  constexpr std::string_view kEnds = " \t\n\"'\\;|&)";
  std::size_t at = text.find(option);
  while (at != text.npos && at > 0 && kEnds.find(text[at - 1]) == kEnds.npos) {
    at = text.find(option, at + 1);
  }
  std::string_view value = at == text.npos ? text : text.substr(at + option.size());
  value.remove_prefix(std::min(value.find_first_not_of("= \"'"), value.size()));
  value = value.substr(0, value.find_first_of(kEnds));
  return value.find_first_of("$`<>*[{") == value.npos ? value : std::string_view();
}

// `x` of `DB_PASSWORD="x"` in the script, where `-p$DB_PASSWORD` is what stands behind `option`.
[[nodiscard]] inline std::string_view literal_assigned(const Finding& finding,
                                                       std::string_view option) {
  const std::string_view text = finding.span.text();
  const std::size_t at = text.find(option);
  const std::size_t dollar = text.find('$', at == text.npos ? 0 : at);
  if (dollar == text.npos) return {};
  std::string_view name = text.substr(dollar + 1);
  if (name.starts_with('{')) name.remove_prefix(1);
  name = name.substr(0, name.find_first_not_of("_0123456789abcdefghijklmnopqrstuvwxyz"
                                               "ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
  const std::string sets = "\n" + std::string(name) + "=";
  const std::string_view bytes = finding.span.file->bytes();
  const std::size_t set = name.empty() ? bytes.npos : bytes.find(sets);
  if (set == bytes.npos) return {};
  std::string_view value = bytes.substr(set + sets.size());
  value = value.substr(0, value.find_first_of(" \t\r\n;"));
  const bool quoted = value.size() > 1 && (value.front() == '"' || value.front() == '\'') &&
                      value.back() == value.front();
  if (quoted) value = value.substr(1, value.size() - 2);
  return value.find_first_of("$`<>*[{(\"'") == value.npos ? value : std::string_view();
}

// `KEY: value`, `KEY=value`, with or without quotes, and nothing behind it.
[[nodiscard]] inline bool stands_in_clear(std::string_view text, std::string_view value) {
  for (std::size_t at = text.find(value); at != text.npos; at = text.find(value, at + 1)) {
    const std::size_t end = at + value.size();
    const bool begins = at > 1 && std::string_view(" =\"'").find(text[at - 1]) != text.npos;
    const bool ends =
        end >= text.size() || std::string_view("\r\n\"' ").find(text[end]) != text.npos;
    const std::size_t feed = text.rfind('\n', at);
    const std::string_view front = text.substr(feed + 1, at - feed - 1);  // npos + 1 is 0
    std::string name(front);
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
      return static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    });
    if (begins && ends && name.find("PASS") != name.npos) return true;
  }
  return false;
}

}  // namespace detail

// The value, where some compose file of the repository has it for a password, or the script itself
// puts it into a variable; else empty.
[[nodiscard]] inline std::string_view shown_literal(const Finding& finding,
                                                    const WorkspaceFacts& facts) {
  const std::string_view value = detail::literal_behind(finding.span.text(), finding.key.front());
  if (value.empty()) {
    const std::string_view set = detail::literal_assigned(finding, finding.key.front());
    return set.size() < 4 ? std::string_view() : set;
  }
  if (value.size() < 4) return {};
  const bool shown =
      std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
        return std::any_of(
            project->files.begin(), project->files.end(),
            [&](const SourceFile* file) { return detail::stands_in_clear(file->bytes(), value); });
      });
  return shown ? value : std::string_view();
}

// The repository itself shows that password: it is told once, and weighs little where anybody would
// try it first.
inline void tell_shown_literals_once(const WorkspaceFacts& facts,
                                     std::span<Finding* const> findings) {
  std::map<std::string_view, Finding*> shown;
  for (Finding* finding : findings) {
    const std::string_view value = shown_literal(*finding, facts);
    if (value.empty()) continue;
    if (is_guessable(value)) finding->severity = std::min(finding->severity, Severity::kNote);
    const auto [first, fresh] = shown.try_emplace(value, finding);
    if (fresh) continue;
    if (finding->severity > first->second->severity) std::swap(finding, first->second);
    merge_into(*first->second, *finding);
  }
}

}  // namespace composelint
