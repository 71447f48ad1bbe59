#include "guard/mask.h"

#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>

#include "analyzer/compose/dotenv.h"
#include "analyzer/report/display.h"
#include "analyzer/signs/secrets/secret_name.h"
#include "analyzer/text/path.h"
#include "guard/known_values.h"
#include "guard/lines.h"
#include "guard/mask_words.h"
#include "guard/secret_words.h"

namespace composelint::guard {

namespace {

constexpr std::size_t kShortestNamed = 3;
constexpr std::size_t kShortest = 6;
constexpr std::size_t kLongestFile = std::size_t{64} << 10U;

bool all_of(std::string_view value, bool (*test)(unsigned char)) {
  return std::all_of(value.begin(), value.end(), test);
}

// What no secret is made of: settings that would be missed in a message.
bool is_plainly_no_secret(std::string_view value) {
  if (all_of(value, [](unsigned char c) { return std::isdigit(c) != 0 || c == '.' || c == ':'; }))
    return true;
  // "production", "postgres", "en_US"
  constexpr std::size_t kLongestWord = 14;
  return value.size() <= kLongestWord &&
         all_of(value, [](unsigned char c) { return std::isalpha(c) != 0 || c == '_'; });
}

// Words that a message is made of, whatever they are the value of.
bool is_common(std::string_view value) {
  static constexpr std::array<std::string_view, 17> kCommon = {
      "true", "false", "yes",     "off",  "none", "null",      "docker",  "compose", "exec",
      "run",  "error", "warning", "note", "root", "localhost", "command", "service"};
  return std::find(kCommon.begin(), kCommon.end(), value) != kCommon.end();
}

bool is_place(std::string_view value) {
  if (value.starts_with('/') || value.starts_with("./")) return true;
  return value.find("://") != std::string_view::npos && value.find('?') == std::string_view::npos &&
         value.find('@') == std::string_view::npos;
}

std::string content_of(const std::string& path, const FileSystem& files) {
  if (files.kind(path) != FileKind::kRegular) return "";
  const auto text = files.read_head(path, kLongestFile);
  return text ? *text : "";
}

std::string_view unquoted(std::string_view value) {
  value = trimmed(value);
  const bool quoted = value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
                      value.back() == value.front();
  return quoted ? value.substr(1, value.size() - 2) : value;
}

}  // namespace

void Mask::learn_names(const Project& project) {
  names_.insert(project.name.value);
  places_ += project.directory + "\n";
  for (const Volume& volume : project.volumes) names_.insert(volume.key);
  for (const Service& service : project.services) {
    names_.insert(service.name);
    if (service.image) {
      const std::string& image = service.image->value;
      names_.insert(image);
      std::string_view base = text::name_of(image);
      names_.emplace(base.substr(0, base.find_first_of(":@")));
    }
    // POSTGRES_USER=shop: that it is the password, too, is not told by hiding it.
    for (const auto& [name, value] : service.environment) {
      if (!value.value || may_name_a_secret(name)) continue;
      if (is_plainly_no_secret(*value.value)) names_.insert(*value.value);
    }
  }
}

void Mask::hide(std::string_view name, std::string_view value, bool named_only) {
  // The name, the files and the profiles of the project.
  if (name.starts_with("COMPOSE_")) return;
  const bool secret = may_name_a_secret(name);
  if (const std::string_view password = password_in_url(value); password.size() >= kShortestNamed) {
    add(password);
  }
  for (const auto& [begin, end] : told_ranges(value)) {
    if (end - begin >= kShortest) add(value.substr(begin, end - begin));
  }
  if (secret && (names_a_secret(name) || !is_place(value))) return hide_secret(value);
  // Compose's own: the project's name, its files and profiles.
  if (name.starts_with("COMPOSE_")) return;
  if (value.size() < kShortest || named_only || is_plainly_no_secret(value) || is_place(value)) {
    return;
  }
  // The name of a directory is there for all to see.
  if (places_.find(value) != std::string::npos) return;
  hide_secret(value);
}

void Mask::hide_secret(std::string_view value) {
  if (value.size() < kShortestNamed) return;
  add(value);
  // What is printed is printed by the line.
  for (std::size_t at = 0; value.find('\n') != std::string_view::npos && at < value.size();) {
    const std::size_t end = std::min(value.find('\n', at), value.size());
    const std::string_view line = trimmed(value.substr(at, end - at));
    if (line.size() >= kShortest) add(line);
    at = end + 1;
  }
}

void Mask::add(std::string_view value) {
  if (names_.contains(value) || is_common(value)) return;
  if (value.find_first_not_of("*") == std::string_view::npos) return;
  values_.emplace(value);
  // As Go and JSON quote it.
  if (value.find_first_of("\"\\") == std::string_view::npos) return;
  std::string escaped;
  for (const char c : value) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c;
  }
  values_.insert(std::move(escaped));
}

void Mask::hide_values(const Environment& environment, const Project* project) {
  if (project != nullptr) learn_names(*project);
  for (const auto& [name, value] : environment) hide(name, value, true);
  if (project == nullptr) return;
  for (const Service& service : project->services) {
    for (const auto& [name, value] : service.environment) {
      if (value.value) hide(name, *value.value, false);
    }
  }
  for (const SourceFile* file : project->env_files) {
    const auto read = compose::parse_dotenv(
        *file, [](std::string_view) -> const compose::Variable* { return nullptr; }, {});
    if (!read) continue;
    for (const compose::DotenvEntry& entry : read->entries) hide(entry.name, entry.value, false);
  }
}

// Each line by itself, as one that is broken keeps Compose from reading any.
void Mask::hide_lines(const std::string& text) {
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view line = trimmed(take_line(rest));
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with("export ")) line = trimmed(line.substr(7));
    const std::size_t end = line.find_first_of("=: \t");
    if (end == std::string_view::npos) continue;
    const std::string_view name = line.substr(0, end);
    std::string_view value = trimmed(line.substr(end + 1));
    while (!value.empty() && value.front() == '=') value = trimmed(value.substr(1));
    const std::size_t comment = value.find(" #");
    if (!value.starts_with('"') && !value.starts_with('\'')) value = value.substr(0, comment);
    if (value.find('$') != std::string_view::npos) continue;
    hide(name, unquoted(value), false);
    // `NAME secret "x`: which of them is the value cannot be told.
    if (line[end] == '=') continue;
    for (std::size_t at = 0; at < value.size();) {
      const std::size_t stop = std::min(value.find_first_of(" \t\"'", at), value.size());
      hide(name, value.substr(at, stop - at), false);
      at = stop + 1;
    }
  }
}

void Mask::hide_env_files(const Project* project, const std::vector<std::string>& more,
                          const FileSystem& files) {
  std::set<std::string> env_files(more.begin(), more.end());
  if (project != nullptr) {
    env_files.insert(text::join_path(project->directory, ".env"));
    for (const Service& service : project->services) {
      for (const EnvFile& file : service.env_files) env_files.insert(file.path);
    }
  }
  for (const std::string& path : env_files) hide_lines(content_of(path, files));
}

void Mask::hide_model(const Environment& environment, const Value& model,
                      const std::string& directory, const FileSystem& files) {
  if (const Value* const services = model.find("services")) {
    for (const Member& service : services->members) {
      const Value* const build = service.value.find("build");
      const Value* const arguments = build == nullptr ? nullptr : build->find("args");
      if (arguments == nullptr) continue;
      for (const Member& each : arguments->members) hide(each.key, each.value.text, true);
    }
  }
  const Value* const secrets = model.find("secrets");
  if (secrets == nullptr) return;
  for (const Member& secret : secrets->members) {
    hide_secret(secret.value.text_of("content"));
    const std::string_view variable = secret.value.text_of("environment");
    for (const auto& [name, value] : environment) {
      if (!variable.empty() && name == variable) hide_secret(trimmed(value));
    }
    const std::string_view file = secret.value.text_of("file");
    if (file.empty()) continue;
    const std::string text = content_of(text::join_path(directory, std::string(file)), files);
    if (text.find('\0') == std::string::npos) hide_secret(trimmed(text));
    hide_lines(text);  // several of them may be in one
  }
}

void Mask::hide_refused(std::string_view file) {
  for (std::string_view rest = file; !rest.empty();) {
    std::string_view line = trimmed(take_line(rest));
    if (line.starts_with("- ")) line = unquoted(line.substr(2));
    const std::size_t end = line.find_first_of("=:");
    const std::string_view name = trimmed(line.substr(0, std::min(end, line.size())));
    const bool variable = !name.empty() && std::none_of(name.begin(), name.end(), [](char c) {
      return std::islower(static_cast<unsigned char>(c)) != 0 || c == ' ';
    });
    if (end == std::string_view::npos) {
      // A line of a key.
      constexpr std::size_t kKeyLine = 20;
      if (line.size() >= kKeyLine && line.find(' ') == std::string_view::npos) hide_secret(line);
      continue;
    }
    if (!variable && !may_name_a_secret(name)) continue;
    const std::string_view value = unquoted(line.substr(end + 1));
    hide(name, value, false);
    // A value that YAML has a meaning of its own for.
    if (!value.empty() && std::string_view("@%*&!|>`").find(value.front()) != value.npos) {
      hide(name, value.substr(1), false);
    }
  }
}

void Mask::hide_argv(const std::vector<std::string>& words) {
  const auto ranges = secret_ranges(words);
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (const auto& [begin, end] : ranges[i]) {
      const std::string_view value =
          unquoted(std::string_view(words[i]).substr(begin, end - begin));
      if (value.size() < kShortest || is_place(value)) continue;
      // `-e RAILS_ENV=production`: masked where it stands, and a word of its own elsewhere.
      const std::string_view name = name_before(words[i], begin);
      if (!name.empty() && !may_name_a_secret(name)) {
        hide(name, value, false);
      } else {
        hide_secret(value);
      }
    }
  }
}

std::vector<std::string> Mask::argv(const std::vector<std::string>& words) const {
  const auto ranges = secret_ranges(words);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    out.push_back(without_values(without(words[i], ranges[i])));
  }
  return out;
}

std::string Mask::without_values(std::string text) const {
  // The longest first: one value may hold another.
  std::vector<std::string_view> values(values_.begin(), values_.end());
  std::stable_sort(values.begin(), values.end(),
                   [](auto a, auto b) { return a.size() > b.size(); });
  return without_known(std::move(text), values);
}

std::string Mask::text(std::string_view text) const {
  return report::printable(without_told_secrets(without_values(std::string(text))));
}

}  // namespace composelint::guard
