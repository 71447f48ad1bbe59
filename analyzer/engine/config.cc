#include "analyzer/engine/config.h"

#include <algorithm>
#include <utility>

#include "analyzer/engine/config_check.h"
#include "analyzer/engine/ignore.h"
#include "analyzer/shell/expand.h"
#include "analyzer/shell/parser.h"
#include "analyzer/text/path.h"
#include "analyzer/yaml/document.h"

namespace composelint::engine {

namespace {

using yaml::Node;

std::string text_of(const Node& mapping, std::string_view key) {
  const Node* node = mapping.find(key);
  return node == nullptr ? std::string() : std::string(node->resolved().text);
}

std::vector<std::string> texts_of(const Node& mapping, std::string_view key) {
  const Node* written = mapping.find(key);
  if (written == nullptr) return {};
  const Node& node = written->resolved();
  if (node.kind == yaml::NodeKind::kScalar) return {std::string(node.text)};
  std::vector<std::string> out;
  for (const Node* item : node.items) out.emplace_back(item->resolved().text);
  return out;
}

// The value of an enumeration by its place in the table's list of words.
template <typename Value>
Value value_of(std::string_view word, std::initializer_list<std::pair<std::string_view, Value>> all,
               Value fallback) {
  for (const auto& [name, value] : all) {
    if (name == word) return value;
  }
  return fallback;
}

Context context_named(std::string_view word) {
  return value_of<Context>(word,
                           {{"ops", Context::kOps},
                            {"dev", Context::kDev},
                            {"ci", Context::kCi},
                            {"docs", Context::kDocs}},
                           Context::kOps);
}

Effect effect_named(std::string_view word) {
  for (const Effect effect :
       {Effect::kReads, Effect::kMigrates, Effect::kImports, Effect::kExports, Effect::kDumps,
        Effect::kRestores, Effect::kDeletes, Effect::kAdministers, Effect::kShell, Effect::kRuns}) {
    if (to_string(effect) == word) return effect;
  }
  return Effect::kUnknown;
}

Role role_named(std::string_view word) {
  return value_of<Role>(word,
                        {{"client", Role::kClient},
                         {"status", Role::kStatus},
                         {"health", Role::kHealth},
                         {"waits", Role::kWaits},
                         {"partial-dump", Role::kPartialDump},
                         {"file-backup", Role::kFileBackup},
                         {"maintenance-on", Role::kMaintenanceOn},
                         {"maintenance-off", Role::kMaintenanceOff},
                         {"pauses-workers", Role::kPausesWorkers},
                         {"resumes-workers", Role::kResumesWorkers},
                         {"makes-migration", Role::kMakesMigration},
                         {"resets", Role::kResets},
                         {"major-upgrade", Role::kMajorUpgrade}},
                        Role::kNone);
}

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

class Reader {
 public:
  Reader(const SourceFile& file, const std::string& path) : file_(file) {
    out_.config.directory = text::directory_of(path);
  }

  ConfigReading read() {
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
    if (!out_.problems.empty()) out_.config = Config{out_.config.directory, {}, {}, {}};
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

  void take(const Node& root) {
    each(root, "context", [this](const Node& entry) {
      out_.config.contexts.push_back(
          {texts_of(entry, "paths"), context_named(text_of(entry, "is")),
           "configuration, line " + std::to_string(file_.line_of(entry.span.begin))});
    });
    each(root, "vocabulary", [this](const Node& entry) { take_row(entry); });
    each(root, "projects", [this](const Node& entry) {
      Config::ProjectOf& project = out_.config.projects.emplace_back();
      project.scripts = texts_of(entry, "scripts");
      compose::LoadRequest& request = project.request;
      request.working_directory =
          text::join_path(out_.config.directory, text_of(entry, "directory"));
      request.files = texts_of(entry, "files");
      request.env_files = texts_of(entry, "env-files");
      request.profiles = texts_of(entry, "profiles");
      if (entry.find("project-name") != nullptr) {
        request.project_name = text_of(entry, "project-name");
      }
    });
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
    out_.config.vocabulary.add(std::move(row));
  }

  const SourceFile& file_;
  ConfigReading out_;
};

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
      if (glob_matches(glob, anywhere ? text::name_of(part) : part)) return true;
      if (end == std::string_view::npos) break;
    }
  }
  return false;
}

const Config::ContextOf* Config::context_of(const std::string& path) const {
  const auto found = std::find_if(contexts.begin(), contexts.end(), [&](const ContextOf& entry) {
    return fits(entry.paths, below(directory, path));
  });
  return found == contexts.end() ? nullptr : &*found;
}

const Config::ProjectOf* Config::project_of(const std::string& path) const {
  const auto found = std::find_if(projects.begin(), projects.end(), [&](const ProjectOf& entry) {
    return fits(entry.scripts, below(directory, path));
  });
  return found == projects.end() ? nullptr : &*found;
}

ConfigReading read_config(const SourceFile& file, const std::string& path) {
  return Reader(file, path).read();
}

Configs::Configs(text::SourceStore& sources, ConfigChoice choice)
    : sources_(sources), choice_(std::move(choice)) {
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
  ConfigReading reading = read_config(**file, path);
  problems_.insert(problems_.end(), reading.problems.begin(), reading.problems.end());
  return *(slot = std::make_unique<Config>(std::move(reading.config)));
}

}  // namespace composelint::engine
