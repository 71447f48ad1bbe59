// A configuration and what it extends, as one.
#include <composelint/nearest.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "analyzer/engine/config.h"
#include "analyzer/engine/config_file.h"
#include "analyzer/engine/custom_rule.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

constexpr std::size_t kLongestChain = 8;

template <typename Value>
void put_behind(std::vector<Value>& nearer, std::vector<Value> further) {
  nearer.insert(nearer.end(), std::make_move_iterator(further.begin()),
                std::make_move_iterator(further.end()));
}

// What stands in the nearer file wins; of entries for paths it comes first.
void put_behind(ConfigFile& nearer, ConfigFile further) {
  Config& config = nearer.config;
  put_behind(config.contexts, std::move(further.config.contexts));
  put_behind(config.projects, std::move(further.config.projects));
  put_behind(config.overrides, std::move(further.config.overrides));
  put_behind(nearer.rows, std::move(further.rows));
  put_behind(nearer.named, std::move(further.named));
  put_behind(nearer.problems, std::move(further.problems));
  put_behind(config.custom_rules, std::move(further.config.custom_rules));
  put_behind(config.guard.environments, std::move(further.config.guard.environments));
  put_behind(config.guard.backups, std::move(further.config.guard.backups));
  put_behind(config.guard.writers, std::move(further.config.guard.writers));
  put_behind(config.guard.checks, std::move(further.config.guard.checks));
  if (!config.guard.state_directory) {
    config.guard.state_directory = std::move(further.config.guard.state_directory);
    config.guard.state_directory_at = further.config.guard.state_directory_at;
  }
  config.rules.merge(further.config.rules);
  if (!config.presets) config.presets = std::move(further.config.presets);
  if (!config.fail_on) config.fail_on = further.config.fail_on;
}

class Chain {
 public:
  explicit Chain(const ConfigSurroundings& around) : around_(around) {}

  ConfigReading read(const SourceFile& file, const std::string& path) {
    all_ = read_config_file(file, path, "configuration");
    path_.push_back(path);
    std::string extends = all_.extends;
    Span span = all_.extends_span;
    while (!extends.empty() && around_.open != nullptr && follow(extends, span)) {
    }
    check_custom_rules();
    check_names();
    ConfigReading out;
    out.problems = std::move(all_.problems);
    if (!out.problems.empty()) return out;
    out.config = std::move(all_.config);
    for (knowledge::Vocabulary::Row& row : all_.rows) out.config.vocabulary.add(std::move(row));
    return out;
  }

 private:
  void complain(Span span, std::string message) {
    all_.problems.push_back({Severity::kError, span.file->path(), span, std::move(message)});
  }

  // Reads the file that the last one extends; leaves in both what that one extends itself.
  bool follow(std::string& extends, Span& span) {
    const std::string path = text::join_path(text::directory_of(path_.back()), extends);
    if (std::find(path_.begin(), path_.end(), path) != path_.end()) {
      complain(span, "\"extends\": " + extends + " extends this file in turn");
      return false;
    }
    if (path_.size() == kLongestChain) {
      complain(span,
               "\"extends\": the chain of files is longer than " + std::to_string(kLongestChain));
      return false;
    }
    const Result<const SourceFile*> file = around_.open(path);
    if (!file) {
      complain(span, "\"extends\": " + file.failure().message);
      return false;
    }
    path_.push_back(path);
    ConfigFile further = read_config_file(**file, path, (*file)->path());
    extends = further.extends;
    span = further.extends_span;
    put_behind(all_, std::move(further));
    return true;
  }

  // Each slug once in a file and never that of a built-in rule; a nearer file may put a rule of its
  // own in the place of one that it extends.
  void check_custom_rules() {
    auto& rules = all_.config.custom_rules;
    std::vector<std::shared_ptr<const CustomRule>> kept;
    for (auto& rule : rules) {
      const bool built_in =
          std::any_of(around_.rules.begin(), around_.rules.end(),
                      [&](const Rule* other) { return other->slug == rule->slug; });
      if (built_in) complain(rule->span, "\"" + rule->slug + "\" is the name of a built-in rule");
      const auto same = std::find_if(kept.begin(), kept.end(),
                                     [&](const auto& other) { return other->slug == rule->slug; });
      if (same == kept.end()) {
        kept.push_back(rule);
      } else if ((*same)->span.file == rule->span.file) {
        complain(rule->span, "\"" + rule->slug + "\" stands here twice");
      }
    }
    std::sort(kept.begin(), kept.end(),
              [](const auto& a, const auto& b) { return a->slug < b->slug; });
    rules = std::move(kept);
  }

  void check_names() {
    std::vector<std::string_view> known;
    for (const Rule* rule : around_.rules) known.push_back(rule->slug);
    for (const auto& rule : all_.config.custom_rules) known.push_back(rule->slug);
    for (const ConfigFile::Named& named : all_.named) {
      if (std::find(known.begin(), known.end(), named.slug) != known.end()) continue;
      std::string message = "\"" + named.slug + "\" is no rule";
      const auto meant = nearest(named.slug, known);
      message += meant.empty() ? "; composelint rules lists them"
                               : "; did you mean \"" + std::string(meant) + "\"?";
      complain(named.span, std::move(message));
    }
  }

  const ConfigSurroundings& around_;
  std::vector<std::string> path_;  // of the files so far, absolute
  ConfigFile all_;
};

}  // namespace

ConfigReading read_config(const SourceFile& file, const std::string& path,
                          const ConfigSurroundings& around) {
  return Chain(around).read(file, path);
}

}  // namespace composelint::engine
