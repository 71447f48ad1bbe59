#include "analyzer/signs/secrets/shown_literal.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/secrets/guessable.h"

namespace composelint {

namespace {

// What stands behind `option` in the text of the finding: `-pVALUE`, `--password=VALUE`,
// `--password VALUE`. Empty where the shell puts it together.
std::string_view literal_behind(std::string_view text, std::string_view option) {
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

// "DB_PASSWORD" of `-p$DB_PASSWORD`, where that is what stands behind `option`.
std::string_view variable_behind(std::string_view text, std::string_view option) {
  const std::size_t at = text.find(option);
  const std::size_t dollar = text.find('$', at == text.npos ? 0 : at);
  if (dollar == text.npos) return {};
  std::string_view name = text.substr(dollar + 1);
  if (name.starts_with('{')) name.remove_prefix(1);
  return name.substr(0, name.find_first_not_of("_0123456789abcdefghijklmnopqrstuvwxyz"
                                               "ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
}

// `x` of a line `NAME="x"`.
std::string_view literal_assigned(std::string_view bytes, std::string_view name) {
  if (name.empty()) return {};
  const std::string sets = std::string(name) + "=";
  std::size_t set = bytes.find(sets);
  while (set != bytes.npos && set > 0 && bytes[set - 1] != '\n') set = bytes.find(sets, set + 1);
  if (set == bytes.npos) return {};
  std::string_view value = bytes.substr(set + sets.size());
  value = value.substr(0, value.find_first_of(" \t\r\n;"));
  const bool quoted = value.size() > 1 && (value.front() == '"' || value.front() == '\'') &&
                      value.back() == value.front();
  if (quoted) value = value.substr(1, value.size() - 2);
  return value.find_first_of("$`<>*[{(\"'") == value.npos ? value : std::string_view();
}

// The same in the `.env` of a project, which git may not have: nothing but what anybody would try.
std::string_view guessable_setting(const WorkspaceFacts& facts, std::string_view name) {
  for (const Project* project : facts.projects) {
    for (const SourceFile* file : project->env_files) {
      const std::string_view value = literal_assigned(file->bytes(), name);
      if (!value.empty() && is_guessable(value)) return value;
    }
  }
  return {};
}

// A service has it for a password, also from a file that `env_file` names.
bool is_password_of_a_service(const WorkspaceFacts& facts, std::string_view value) {
  const auto has = [&](const Service& service) {
    return std::any_of(service.environment.begin(), service.environment.end(),
                       [&](const auto& entry) {
                         return entry.second.value && *entry.second.value == value &&
                                entry.first.find("PASS") != std::string::npos;
                       });
  };
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    return std::any_of(project->services.begin(), project->services.end(), has);
  });
}

// `KEY: value`, `KEY=value`, with or without quotes, and nothing behind it.
bool stands_in_clear(std::string_view text, std::string_view value) {
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

}  // namespace

std::string_view shown_literal(const Finding& finding, const WorkspaceFacts& facts) {
  constexpr std::size_t kLong = 4;  // shorter ones stand in a file for anything
  const std::string_view text = finding.span.text();
  const std::string_view value = literal_behind(text, finding.key.front());
  if (value.empty()) {
    const std::string_view name = variable_behind(text, finding.key.front());
    const std::string_view set = literal_assigned(finding.span.file->bytes(), name);
    return set.size() < kLong ? guessable_setting(facts, name) : set;
  }
  if (is_password_of_a_service(facts, value)) return value;
  if (value.size() < kLong) return {};
  const bool shown =
      std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
        return std::any_of(
            project->files.begin(), project->files.end(),
            [&](const SourceFile* file) { return stands_in_clear(file->bytes(), value); });
      });
  return shown ? value : std::string_view();
}

void tell_shown_literals_once(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::map<std::string_view, Finding*> shown;
  for (Finding* finding : findings) {
    const std::string_view value = shown_literal(*finding, facts);
    if (value.empty()) continue;
    if (is_guessable(value)) finding->severity = Severity::kOff;
    if (finding->severity == Severity::kOff) continue;
    const auto [first, fresh] = shown.try_emplace(value, finding);
    if (fresh) continue;
    if (finding->severity > first->second->severity) std::swap(finding, first->second);
    merge_into(*first->second, *finding);
  }
}

}  // namespace composelint
