#include "analyzer/compose/select_files.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include "analyzer/compose/env_files.h"
#include "analyzer/compose/resolve_paths.h"
#include "analyzer/compose/runes.h"
#include "analyzer/text/path.h"

namespace composelint::compose {

namespace {

constexpr std::array kOverrideNames = {"compose.override.yml", "compose.override.yaml",
                                       "docker-compose.override.yml",
                                       "docker-compose.override.yaml"};

std::vector<std::string> split(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  for (std::size_t at = 0;;) {
    const std::size_t end = text.find(separator, at);
    parts.emplace_back(text.substr(at, end - at));
    if (end == std::string_view::npos) return parts;
    at = end + separator.size();
  }
}

// strconv.ParseBool
std::optional<bool> parse_bool(std::string_view text) {
  for (const std::string_view yes : {"1", "t", "T", "TRUE", "true", "True"}) {
    if (text == yes) return true;
  }
  for (const std::string_view no : {"0", "f", "F", "FALSE", "false", "False"}) {
    if (text == no) return false;
  }
  return std::nullopt;
}

class Selector {
 public:
  explicit Selector(Load& load) : load_(load), request_(load.request()) {}

  Result<Selection> run();

 private:
  [[nodiscard]] std::string absolute(const std::string& path) const {
    return text::join_path(request_.working_directory, path);
  }
  [[nodiscard]] std::string directory() const;
  [[nodiscard]] std::vector<std::string> existing(const auto& names,
                                                  const std::string& folder) const;
  MaybeFailure choose_env_files();
  MaybeFailure read_variables();
  void pretend_exported();
  MaybeFailure files_of_variable();
  MaybeFailure files_of_template();
  void search();
  [[nodiscard]] std::string nothing_found() const;
  void choose_profiles();

  Load& load_;
  const LoadRequest& request_;
  Selection out_;
  std::vector<std::string> env_files_;
  // Variables of the process, to which Compose adds the COMPOSE_* of the first env files.
  Environment process_;
};

// The directory of the first file that is one, else the working directory.
std::string Selector::directory() const {
  if (request_.project_directory && !request_.project_directory->empty()) {
    return absolute(*request_.project_directory);
  }
  for (const std::string& file : out_.files) {
    if (file == "-") continue;
    if (is_remote_resource(file)) break;
    return text::directory_of(absolute(file));
  }
  return request_.working_directory;
}

std::vector<std::string> Selector::existing(const auto& names, const std::string& folder) const {
  std::vector<std::string> found;
  for (const char* name : names) {
    std::string path = text::join_path(folder, name);
    if (load_.files().kind(path) != FileKind::kNone) found.push_back(std::move(path));
  }
  return found;
}

MaybeFailure Selector::choose_env_files() {
  std::vector<std::string> named = request_.env_files;
  if (named.empty()) {
    for (std::string& path : split(request_.environment.value_of("COMPOSE_ENV_FILES"), ",")) {
      if (!path.empty()) named.push_back(std::move(path));
    }
  }
  if (!named.empty()) {
    env_files_.clear();
    for (const std::string& path : named) env_files_.push_back(absolute(path));
    return std::nullopt;
  }
  if (const Variable* disabled = process_.find("COMPOSE_DISABLE_ENV_FILE")) {
    const std::optional<bool> yes = parse_bool(disabled->value);
    if (!yes) {
      return Failure{FailureCode::kInvalid,
                     "COMPOSE_DISABLE_ENV_FILE is no boolean: \"" + disabled->value + "\"",
                     disabled->span};
    }
    if (*yes) return std::nullopt;
  }
  const std::string usual = directory() + "/.env";
  const FileKind kind = load_.files().kind(usual);
  if (kind != FileKind::kNone && kind != FileKind::kDirectory) env_files_ = {usual};
  return std::nullopt;
}

MaybeFailure Selector::read_variables() {
  const Result<Environment> read = read_env_files(
      env_files_, out_.environment, request_.env_files.empty() ? ".env" : "--env-file", load_);
  if (!read) return read.failure();
  out_.environment.add_missing(*read);
  return std::nullopt;
}

// Before anything else, Compose exports the COMPOSE_* variables of the env files it finds from its
// arguments alone. A file that cannot be read is no trouble yet.
void Selector::pretend_exported() {
  process_ = request_.environment;
  out_.environment = process_;
  if (choose_env_files()) return;
  for (const std::string& path : env_files_) {
    if (load_.files().kind(path) != FileKind::kRegular) return;
  }
  const Result<Environment> read = read_env_files(env_files_, process_, ".env", load_);
  if (!read) return;
  for (const auto& [name, variable] : read->all()) {
    if (name.starts_with("COMPOSE_") && process_.find(name) == nullptr) {
      process_.set(name, variable);
    }
  }
}

MaybeFailure Selector::files_of_variable() {
  if (!out_.files.empty()) return std::nullopt;
  const Variable* named = out_.environment.find("COMPOSE_FILE");
  if (named == nullptr) return std::nullopt;
  std::string separator(out_.environment.value_of("COMPOSE_PATH_SEPARATOR"));
  if (separator.empty()) separator = ":";
  for (const std::string& path : split(named->value, separator)) {
    if (path == "-") {
      out_.files.push_back(path);
      continue;
    }
    const std::string full = absolute(path);
    if (load_.files().kind(full) == FileKind::kNone) {
      const Failure missing{
          FailureCode::kNotFound,
          "no such file: " + load_.store().shown(full) + ", named by COMPOSE_FILE", named->span};
      if (MaybeFailure failure = load_.refuse_partial(missing)) return failure;
      continue;
    }
    out_.files.push_back(full);
  }
  return std::nullopt;
}

// One is a link to the other, or both are to a third.
bool same_file(const FileSystem& files, const std::string& a, const std::string& b) {
  const auto target_of = [&](const std::string& path) {
    const auto target = files.link_target(path);
    return target && *target ? **target : std::string();
  };
  const auto is = [](const std::string& target, const std::string& path) {
    return !target.empty() && text::name_of(target) == text::name_of(path) &&
           text::name_of(text::directory_of(target)) == text::name_of(text::directory_of(path));
  };
  const std::string left = target_of(a);
  const std::string right = target_of(b);
  return is(left, b) || is(right, a) || (!left.empty() && left == right);
}

void Selector::search() {
  if (!out_.files.empty()) return;
  for (std::string folder = directory();; folder = text::directory_of(folder)) {
    const std::vector<std::string> found = existing(kDefaultNames, folder);
    if (!found.empty()) {
      out_.default_files = true;
      out_.files.push_back(found.front());
      if (found.size() > 1) {
        load_.warn({}, "Found multiple config files with supported names; using " +
                           load_.store().shown(found.front()));
        for (std::size_t i = 1; i < found.size(); ++i) {
          if (!same_file(load_.files(), found.front(), found[i])) load_.note_passed_over(found[i]);
        }
      }
      const std::vector<std::string> overrides = existing(kOverrideNames, folder);
      if (!overrides.empty()) out_.files.push_back(overrides.front());
      if (overrides.size() > 1) {
        load_.warn({}, "Found multiple override files with supported names; using " +
                           load_.store().shown(overrides.front()));
      }
      return;
    }
    if (folder == text::directory_of(folder)) return;
    // What lies above a repository is that of this machine, and not of those that run the stack.
    if (load_.lint() && folder == request_.workspace_root) return;
  }
}

// Compose stops at the colon.
std::string Selector::nothing_found() const {
  const std::string place = directory();
  std::string message =
      "no configuration file provided: not found in " + load_.store().shown(place);
  const Result<std::vector<DirectoryEntry>> entries = load_.files().list(place);
  if (!entries) return message;
  std::string others;
  for (const DirectoryEntry& entry : *entries) {
    const std::string_view extension = text::extension_of(entry.name);
    const bool compose = entry.kind == FileKind::kRegular &&
                         (extension == ".yml" || extension == ".yaml") &&
                         entry.name.find("compose") != std::string::npos;
    if (compose) (others += others.empty() ? "" : ", ") += entry.name;
  }
  if (others.empty()) return message;
  return message + ", which has " + others + "; name it by -f or COMPOSE_FILE";
}

// Before an .env is made from its template, the template tells which files will be read.
MaybeFailure Selector::files_of_template() {
  static constexpr std::array kTemplates = {".env.example", ".env.template", ".env.sample",
                                            ".env.dist"};
  if (!load_.lint() || !out_.files.empty() || !env_files_.empty()) return std::nullopt;
  for (const std::string& path : existing(kTemplates, directory())) {
    const Result<Environment> read = read_env_template(path, out_.environment, load_);
    if (!read) continue;
    const Variable* named = read->find("COMPOSE_FILE");
    if (named == nullptr) continue;
    std::string separator(read->value_of("COMPOSE_PATH_SEPARATOR"));
    if (separator.empty()) separator = ":";
    std::vector<std::string> files = split(named->value, separator);
    for (std::string& file : files) {
      file = absolute(file);
      if (load_.files().kind(file) != FileKind::kRegular) return std::nullopt;
    }
    out_.files = std::move(files);
    return std::nullopt;
  }
  return std::nullopt;
}

void Selector::choose_profiles() {
  out_.profiles = request_.profiles;
  if (!out_.profiles.empty()) return;
  for (const std::string& profile : split(out_.environment.value_of("COMPOSE_PROFILES"), ",")) {
    out_.profiles.emplace_back(trim(profile));
  }
}

Result<Selection> Selector::run() {
  out_.files = request_.files;
  pretend_exported();
  out_.files = request_.files;
  out_.environment = process_;
  if (out_.environment.find("PWD") == nullptr) {
    out_.environment.set("PWD", {request_.working_directory, {}, "working directory"});
  }
  env_files_.clear();
  if (MaybeFailure failure = choose_env_files()) return *failure;
  if (MaybeFailure failure = read_variables()) return *failure;
  if (MaybeFailure failure = files_of_variable()) return *failure;
  if (MaybeFailure failure = files_of_template()) return *failure;
  search();
  // The files may lie elsewhere than the call, with an .env of their own.
  if (MaybeFailure failure = choose_env_files()) return *failure;
  if (MaybeFailure failure = read_variables()) return *failure;
  choose_profiles();
  if (out_.files.empty()) {
    return Failure{FailureCode::kNotFound, nothing_found(), {}};
  }
  out_.directory = directory();
  for (std::string& file : out_.files) {
    if (file != "-" && !is_remote_resource(file)) file = absolute(file);
  }
  return std::move(out_);
}

}  // namespace

bool is_default_name(std::string_view name) {
  return std::find(std::begin(kDefaultNames), std::end(kDefaultNames), name) !=
         std::end(kDefaultNames);
}

bool has_default_file(const FileSystem& files, const std::string& directory) {
  return std::any_of(std::begin(kDefaultNames), std::end(kDefaultNames), [&](const char* name) {
    return files.kind(text::join_path(directory, name)) == FileKind::kRegular;
  });
}

Result<Selection> select_files(Load& load) {
  return Selector(load).run();
}

}  // namespace composelint::compose
