#include "analyzer/signs/secrets/shown_literal.h"

#include <composelint/quoted.h>
#include <composelint/variable_name.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/secrets/guessable.h"
#include "analyzer/signs/secrets/served_password.h"
#include "analyzer/signs/steps/run_again.h"

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
  const std::size_t end = value.find_first_of(kEnds);
  // Without the option all of it is the value, or it is a text of another kind.
  if (at == text.npos && end != value.npos && end + 1 < value.size()) return {};
  value = value.substr(0, end);
  if (value.starts_with('%')) return {};  // `printf` puts it there
  return value.find_first_of("$`<>*[{") == value.npos ? value : std::string_view();
}

// "DB_PASSWORD" of `-p$DB_PASSWORD`, where that is what stands behind `option`.
std::string_view variable_behind(std::string_view text, std::string_view option) {
  const std::size_t at = text.find(option);
  const std::size_t dollar = text.find('$', at == text.npos ? 0 : at);
  if (dollar == text.npos) return {};
  std::string_view name = text.substr(dollar + 1);
  if (name.starts_with('$')) name.remove_prefix(1);  // of a recipe of make
  if (name.starts_with('{') || name.starts_with('(')) name.remove_prefix(1);
  return name.substr(0, name.find_first_not_of("_0123456789abcdefghijklmnopqrstuvwxyz"
                                               "ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
}

// `x` of `${NAME:-x}`.
std::string_view default_in(std::string_view expansion) {
  const std::size_t at = expansion.find(":-");
  if (!expansion.starts_with("${") || at == expansion.npos) return {};
  const std::string_view value = expansion.substr(at + 2);
  return value.substr(0, value.find_first_of("}$`"));
}

// `x` of `NAME="x"` or `NAME=${OTHER:-x}`, where `value` begins behind the sign.
std::string_view literal_in(std::string_view value) {
  value = value.substr(0, value.find_first_of(" \t\r\n;"));
  const bool quoted = value.size() > 1 && (value.front() == '"' || value.front() == '\'') &&
                      value.back() == value.front();
  if (quoted) value = value.substr(1, value.size() - 2);
  const std::string_view published = default_in(value);
  if (!published.empty() && published.end() + 1 == value.end()) return published;
  return value.find_first_of("$`<>*[{(\"'") == value.npos ? value : std::string_view();
}

// `XNAME=`, `-e NAME=`, `echo "NAME=`: no assignment.
bool is_in_a_word(std::string_view before) {
  if (before.empty() || before.back() == '\n' || before.back() == ';') return false;
  if (before.back() != ' ' && before.back() != '\t') return true;
  before = before.substr(before.find_last_of("\n;") + 1);  // npos + 1 is 0
  before = before.substr(0, before.find_last_not_of(" \t") + 1);
  if (before.find('#') != before.npos) return true;
  return before.substr(before.find_last_of(" \t") + 1).starts_with('-');
}

// `export NAME="$NAME"`.
bool is_itself(std::string_view value, std::string_view name) {
  if (value.starts_with('"')) value.remove_prefix(1);
  if (!value.starts_with('$')) return false;
  value.remove_prefix(value.starts_with("${") ? 2 : 1);
  return value.starts_with(name) && value.size() > name.size() &&
         std::string_view("}\" \n").find(value[name.size()]) != value.npos;
}

// What all assignments of the file give it; empty where one of them gives what nobody sees here.
std::string_view literal_assigned(std::string_view bytes, std::string_view name) {
  std::string_view all;
  if (name.empty()) return all;
  const std::string sets = std::string(name) + "=";
  for (std::size_t set = bytes.find(sets); set != bytes.npos; set = bytes.find(sets, set + 1)) {
    const std::string_view before = bytes.substr(0, set);
    const std::string_view value = bytes.substr(set + sets.size());
    if (is_in_a_word(before) || is_itself(value, name)) continue;
    const std::string_view literal = literal_in(value);
    if (literal.empty() || (!all.empty() && !is_guessable(literal))) return {};
    if (all.empty()) all = literal;
  }
  return all;
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

// Whoever reads the repository has it.
bool is_shown(const WorkspaceFacts& facts, std::string_view value) {
  constexpr std::size_t kLong = 4;  // shorter ones stand in a file for anything
  if (is_password_of_a_service(facts, value)) return true;
  if (value.size() < kLong) return false;
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    return std::any_of(project->files.begin(), project->files.end(), [&](const SourceFile* file) {
      return stands_in_clear(file->bytes(), value);
    });
  });
}

// What the script gives the variable, or the word itself where nobody has set it.
std::string_view value_of(std::string_view name, const Finding& finding) {
  if (name.empty()) return {};
  const std::string_view text = finding.span.text();
  const auto at = static_cast<std::size_t>(name.data() - text.data());
  const std::string_view own = at < 2 ? std::string_view() : default_in(text.substr(at - 2));
  return own.empty() ? literal_assigned(finding.span.file->bytes(), name) : own;
}

// The clients that take it so: `MYSQL_PWD=$A` and `mysql -p"$B"` are mended alike. Empty: any may,
// as with `--password`.
std::string_view clients_of(std::string_view option, const Finding& finding) {
  const std::string_view text = finding.span.text();
  const bool joined = option == "-p" && text.starts_with("-p") && text.size() > option.size();
  const SourceFile& file = *finding.span.file;
  const std::string_view line = file.line_text(file.line_of(finding.span.begin));
  const bool mysql = line.find("mysql") != line.npos || line.find("mariadb") != line.npos;
  if ((joined && mysql) || option == "MYSQL_PWD") return "MySQL";
  return option == "PGPASSWORD" ? option : std::string_view();
}

// Told once and in one place: the password itself, how a database's clients get theirs, whatever
// each script calls the variable, or the option and the variable behind it. Empty where nothing
// else is about the same.
std::string same_secret(const Finding& finding, std::string_view name, std::string_view value) {
  if (!value.empty()) return std::string(value);
  const bool named = !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0;
  if (!named) return {};
  const std::string& option = finding.key.front();
  const std::string_view clients = clients_of(option, finding);
  return clients.empty() ? option + " $" + std::string(name) : std::string(clients) + " $";
}

// The gravest stands for the files of all.
void tell_together(std::vector<Finding*>& all) {
  std::stable_sort(all.begin(), all.end(), [](const Finding* left, const Finding* right) {
    return left->severity > right->severity;
  });
  Finding& first = *all.front();
  std::set<const SourceFile*> files = {first.span.file};
  for (Finding* other : std::span(all).subspan(1)) {
    files.insert(other->span.file);
    merge_into(first, *other);
  }
  if (files.size() > 1) first.message += in_more_files(files.size() - 1);
}

}  // namespace

bool is_as_it_stands(std::string_view text) {
  const std::size_t quote = text.find('\'');
  const bool one_word = text.ends_with('\'') && text.find(' ') == text.npos;
  if (one_word && quote != text.npos) text = text.substr(0, quote);
  return text.find_first_of("$`") == text.npos && text.find("{{") == text.npos;
}

std::string variable_in(std::string_view text) {
  text.remove_prefix(std::min(text.find('$'), text.size() - 1) + 1);
  if (text.starts_with('{')) text.remove_prefix(1);
  const std::string_view name = leading_name(text);
  return is_variable_name(name) ? " (" + quoted("$" + std::string(name)) + ")" : std::string();
}

void tell_shown_literals_once(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::map<const SourceFile*, std::vector<Finding*>> files;
  std::map<const Finding*, std::string> secrets;
  const RunAgain again(facts);
  for (Finding* finding : findings) {
    const std::string_view text = finding->span.text();
    const bool written_out = finding->message.find(kWrittenOut) != std::string::npos;
    if (!written_out && !again.holds(*finding)) finding->severity = Severity::kOff;
    if (finding->severity == Severity::kOff) continue;
    const std::string& option = finding->key.front();
    const std::string_view literal = literal_behind(text, option);
    const std::string_view name = literal.empty() ? variable_behind(text, option) : "";
    std::string_view value = literal.empty() ? value_of(name, *finding) : literal;
    if (value.empty()) value = guessable_setting(facts, name);
    const bool published =
        (!value.empty() && value.find("://") == value.npos && is_guessable(value)) ||
        (!literal.empty() && is_shown(facts, literal));
    if (published || is_served_with(facts, *finding, name)) finding->severity = Severity::kOff;
    if (finding->severity == Severity::kOff) continue;
    secrets[finding] = same_secret(*finding, name, value);
    files[finding->span.file].push_back(finding);
  }
  std::map<std::string, std::vector<Finding*>> groups;
  for (auto& [file, all] : files) merge_places(all);
  for (Finding* finding : findings) {
    const std::string& secret = secrets[finding];
    const bool told = finding->severity != Severity::kOff;
    if (told && !secret.empty()) groups[secret].push_back(finding);
  }
  for (auto& [secret, all] : groups) tell_together(all);
}

}  // namespace composelint
