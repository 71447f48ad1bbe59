#include "analyzer/engine/config.h"

#include <algorithm>
#include <utility>

#include "analyzer/engine/wildcard.h"
#include "analyzer/text/ignore.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

// `path` as seen from `directory`; empty when it lies elsewhere.
std::string_view below(std::string_view directory, std::string_view path) {
  if (directory == "/") return path.substr(std::min<std::size_t>(1, path.size()));
  const bool inside = path.starts_with(directory) && path.size() > directory.size() &&
                      path[directory.size()] == '/';
  return inside ? path.substr(directory.size() + 1) : std::string_view();
}

}  // namespace

bool fits(const std::vector<std::string>& globs, std::string_view path) {
  if (path.empty()) return false;
  for (std::string_view glob : globs) {
    if (glob.starts_with("./")) glob.remove_prefix(2);
    if (glob.starts_with('/')) glob.remove_prefix(1);
    if (glob.ends_with('/')) glob.remove_suffix(1);
    const bool anywhere = glob.find('/') == std::string_view::npos;
    for (std::size_t end = path.find('/');; end = path.find('/', end + 1)) {
      const std::string_view part = path.substr(0, end);
      if (text::glob_matches(glob, anywhere ? text::name_of(part) : part)) return true;
      if (end == std::string_view::npos) break;
    }
  }
  return false;
}

bool PathGlobs::fit(const std::string& path) const {
  return fits(globs, below(directory, path));
}

bool Config::Override::fits(const std::string& path, const std::vector<std::string>& about) const {
  if (!paths.globs.empty() && !paths.fit(path)) return false;
  return services.empty() || std::any_of(about.begin(), about.end(), [&](const std::string& name) {
           return any_wildcard_matches(services, name);
         });
}

const Config::ContextOf* Config::context_of(const std::string& path) const {
  const auto found = std::find_if(contexts.begin(), contexts.end(),
                                  [&](const ContextOf& entry) { return entry.paths.fit(path); });
  return found == contexts.end() ? nullptr : &*found;
}

const Config::ProjectOf* Config::project_of(const std::string& path) const {
  const auto found = std::find_if(projects.begin(), projects.end(),
                                  [&](const ProjectOf& entry) { return entry.scripts.fit(path); });
  return found == projects.end() ? nullptr : &*found;
}

bool Config::takes(Preset preset) const {
  if (preset == Preset::kDefault) return true;
  return presets && std::find(presets->begin(), presets->end(), preset) != presets->end();
}

Configs::Configs(text::SourceStore& sources, ConfigChoice choice,
                 std::span<const Rule* const> rules)
    : sources_(sources), choice_(std::move(choice)), rules_(rules) {
  if (choice_.file) read(text::join_path(sources_.base(), *choice_.file));
}

const Config& Configs::of(const std::string& path, const std::string& root) {
  if (choice_.file) return *read_.begin()->second;
  if (choice_.none) return nothing_;
  const std::string directory = text::directory_of(path);
  const auto [slot, fresh] = of_directory_.emplace(directory, &nothing_);
  if (!fresh) return *slot->second;
  for (std::string at = directory;; at = text::directory_of(at)) {
    const std::string file = text::join_path(at, kConfigName);
    if (sources_.files().kind(file) == FileKind::kRegular) {
      slot->second = &read(file);
      break;
    }
    if (at == root || at == "/") break;
  }
  return *slot->second;
}

const Config& Configs::read(const std::string& path) {
  std::unique_ptr<Config>& slot = read_[path];
  if (slot != nullptr) return *slot;
  const Result<const SourceFile*> file = sources_.open(path);
  if (!file) {
    problems_.push_back({Severity::kError, sources_.shown(path), {}, file.failure().message});
    return *(slot = std::make_unique<Config>());
  }
  const ConfigSurroundings around{
      rules_, [this](const std::string& other) { return sources_.open(other); }};
  ConfigReading reading = read_config(**file, path, around);
  // Two files may extend the same third one, with the same trouble in it.
  for (Notification& problem : reading.problems) {
    const bool told = std::any_of(problems_.begin(), problems_.end(), [&](const auto& other) {
      return other.span == problem.span && other.message == problem.message;
    });
    if (!told) problems_.push_back(std::move(problem));
  }
  return *(slot = std::make_unique<Config>(std::move(reading.config)));
}

std::vector<std::shared_ptr<const CustomRule>> Configs::custom_rules() const {
  std::vector<std::shared_ptr<const CustomRule>> out;
  for (const auto& [path, config] : read_) {
    out.insert(out.end(), config->custom_rules.begin(), config->custom_rules.end());
  }
  return out;
}

}  // namespace composelint::engine
