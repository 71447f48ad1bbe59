#include "analyzer/engine/config_file.h"

#include <algorithm>
#include <utility>

#include "analyzer/engine/config_check.h"
#include "analyzer/engine/config_values.h"
#include "analyzer/engine/custom_facts.h"
#include "analyzer/engine/custom_read.h"
#include "analyzer/engine/policy_read.h"
#include "analyzer/shell/expand.h"
#include "analyzer/shell/parser.h"
#include "analyzer/text/path.h"
#include "analyzer/yaml/document.h"

namespace composelint::engine {

namespace {

using yaml::Node;

// Whether the row alone recognises the command line that it gives as its example.
bool recognises_example(const knowledge::Vocabulary::Row& row) {
  const SourceFile file("", row.example);
  const auto script = shell::parse_script(shell::whole_file(file));
  if (!script || script->commands.size() != 1) return false;
  const auto* simple = script->commands.front().as<SimpleCommand>();
  if (simple == nullptr || simple->words.empty()) return false;
  knowledge::Vocabulary own;
  own.add(row);
  const shell::Scope nothing;
  const auto words = shell::expand(simple->words, nothing).front().arguments;
  const knowledge::Recognised found = knowledge::recognise(words, {}, &own);
  return found.fact != nullptr && found.fact->effect == row.effect && found.name == row.name;
}

Preset preset_named(std::string_view word) {
  for (const Preset preset : {Preset::kStrict, Preset::kStyle}) {
    if (to_string(preset) == word) return preset;
  }
  return Preset::kDefault;
}

class Reader {
 public:
  Reader(const SourceFile& file, const std::string& path, std::string_view told_as)
      : file_(file), directory_(text::directory_of(path)), told_as_(told_as) {}

  ConfigFile read() {
    const Result<yaml::Stream> stream = yaml::parse(file_);
    if (!stream) {
      complain(stream.failure().span, stream.failure().message);
      return std::move(out_);
    }
    if (stream->documents().size() > 1) complain(stream->documents()[1]->span, "one is enough");
    if (stream->documents().empty()) return std::move(out_);
    const Node& root = *stream->documents().front();
    const bool empty =
        root.kind == yaml::NodeKind::kScalar && root.style == yaml::ScalarStyle::kNone;
    if (empty) return std::move(out_);
    std::vector<Notification> wrong = check_config(file_, root, config_keys());
    out_.problems.insert(out_.problems.end(), wrong.begin(), wrong.end());
    if (out_.problems.empty()) take(root.resolved());
    return std::move(out_);
  }

 private:
  void complain(Span span, std::string message) {
    out_.problems.push_back({Severity::kError, file_.path(), span, std::move(message)});
  }

  template <typename Take>
  static void each(const Node& root, std::string_view key, Take take) {
    const Node* list = root.find(key);
    if (list == nullptr) return;
    for (const Node* item : list->resolved().items) take(item->resolved());
  }

  PathGlobs globs(const Node& entry, std::string_view key) const {
    return {directory_, texts_of(entry, key)};
  }

  void take(const Node& root) {
    if (const Node* extends = root.find("extends")) {
      out_.extends = std::string(extends->resolved().text);
      out_.extends_span = extends->span;
    }
    take_rules(root);
    each(root, "custom-rules", [this](const Node& entry) { take_custom_rule(entry); });
    each(root, "context", [this](const Node& entry) {
      out_.config.contexts.push_back(
          {globs(entry, "paths"), context_named(text_of(entry, "is")).value_or(Context::kOps),
           told_as_ + ", line " + std::to_string(file_.line_of(entry.span.begin))});
    });
    each(root, "vocabulary", [this](const Node& entry) { take_row(entry); });
    each(root, "projects", [this](const Node& entry) { take_project(entry); });
    if (const Node* guard = root.find("guard")) {
      PolicyReading reading = read_policy(file_, guard->resolved(), directory_);
      std::vector<Notification>& problems = out_.problems;
      problems.insert(problems.end(), reading.problems.begin(), reading.problems.end());
      out_.config.guard = std::move(reading.policy);
    }
  }

  void take_rules(const Node& root) {
    if (const Node* presets = root.find("preset")) {
      std::vector<Preset>& into = out_.config.presets.emplace();
      for (const std::string& word : texts_in(*presets)) into.push_back(preset_named(word));
    }
    if (const Node* level = root.find("fail-on")) {
      const std::string_view word = level->resolved().text;
      out_.config.fail_on = word == "never" ? Severity::kOff : severity_named(word);
    }
    if (const Node* rules = root.find("rules")) out_.config.rules = levels(*rules);
    each(root, "overrides", [this](const Node& entry) {
      out_.config.overrides.push_back(
          {globs(entry, "paths"), texts_of(entry, "services"), levels(*entry.find("rules"))});
    });
  }

  void take_custom_rule(const Node& entry) {
    CustomReading reading = read_custom_rule(file_, entry);
    std::vector<Notification>& problems = out_.problems;
    problems.insert(problems.end(), reading.problems.begin(), reading.problems.end());
    out_.config.custom_rules.push_back(std::move(reading.rule));
  }

  RuleLevels levels(const Node& written) {
    RuleLevels out;
    for (const yaml::Entry& entry : written.resolved().entries) {
      const std::string slug(entry.key->resolved().text);
      out_.named.push_back({slug, entry.key->span});
      out[slug] = level_in(*entry.value);
    }
    return out;
  }

  void take_project(const Node& entry) {
    Config::ProjectOf& project = out_.config.projects.emplace_back();
    project.scripts = globs(entry, "scripts");
    compose::LoadRequest& request = project.request;
    request.working_directory = text::join_path(directory_, text_of(entry, "directory"));
    request.files = texts_of(entry, "files");
    request.env_files = texts_of(entry, "env-files");
    request.profiles = texts_of(entry, "profiles");
    if (entry.find("project-name") != nullptr) {
      request.project_name = text_of(entry, "project-name");
    }
  }

  void take_row(const Node& entry) {
    knowledge::Vocabulary::Row row;
    row.program = text_of(entry, "program");
    row.pattern = text_of(entry, "words");
    row.effect = effect_named(text_of(entry, "effect"));
    row.role = role_named(text_of(entry, "role"));
    row.name = text_of(entry, "name");
    row.example = text_of(entry, "example");
    if (const Node* example = entry.find("example"); example && !recognises_example(row)) {
      complain(example->span,
               "this row does not recognise its own example \"" + row.example + "\"");
    }
    out_.rows.push_back(std::move(row));
  }

  const SourceFile& file_;
  const std::string directory_;
  const std::string told_as_;
  ConfigFile out_;
};

}  // namespace

ConfigFile read_config_file(const SourceFile& file, const std::string& path,
                            std::string_view told_as) {
  return Reader(file, path, told_as).read();
}

}  // namespace composelint::engine
