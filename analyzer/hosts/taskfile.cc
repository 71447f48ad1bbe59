// Taskfiles of go-task (https://taskfile.dev): a task a task, a shell a command.
#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "analyzer/hosts/readers.h"
#include "analyzer/hosts/task_graph.h"
#include "analyzer/hosts/taskfile_values.h"
#include "analyzer/hosts/yaml_nodes.h"
#include "analyzer/text/path.h"
#include "analyzer/yaml/comments.h"

namespace composelint::hosts {
namespace {

using yaml::Node;
using yaml::NodeKind;

constexpr std::size_t kMostFiles = 32;
constexpr std::size_t kMostNodes = 10'000;

// One Taskfile under the name that the root one gives it.
struct Namespace {
  std::string prefix;  // "db:"
  std::string directory;
  TaskfileValues values;
  Environment environment;
  bool errexit = false;
  bool pipefail = false;
};

struct Definition {
  const Node* key = nullptr;
  const Node* body = nullptr;
  std::size_t space = 0;
};

class Reader {
 public:
  Reader(const ReadRequest& request, HostFile& host) : request_(request), host_(host) {}

  void read() {
    TaskfileValues values;
    const std::string directory = text::directory_of(request_.path);
    for (const char* name : {"ROOT_DIR", "TASKFILE_DIR", "USER_WORKING_DIR"}) {
      values.set(name, {{directory, false}});
    }
    read_file(request_.file, request_.path, "", directory, values, {});
    for (const auto& [name, definition] : definitions_) {
      node_of(name, definition, {}, "", false);
    }
    for (std::size_t i = 0; i < instances_.size(); ++i) fill(i);
    add_tasks(nodes_, request_.path, host_);
  }

 private:
  struct Instance {
    std::size_t node = 0;
    const Definition* definition = nullptr;
    std::vector<std::pair<std::string, TemplateText>> variables;  // of the call
  };

  void read_file(const SourceFile& file, const std::string& path, const std::string& prefix,
                 const std::string& directory, TaskfileValues values, Environment environment) {
    if (streams_.size() >= kMostFiles ||
        std::find(open_.begin(), open_.end(), path) != open_.end()) {
      return;
    }
    Result<yaml::Stream> stream = yaml::parse(file, yaml::of_other_readers());
    if (!stream) {
      if (&file == &request_.file) {
        host_.troubles.push_back({stream.failure().span, stream.failure().message});
      }
      return;
    }
    streams_.push_back(std::move(*stream));
    if (streams_.back().documents().empty()) return;
    const Node& root = *streams_.back().documents().front();
    open_.push_back(path);
    Namespace space;
    space.prefix = prefix;
    space.directory = directory;
    space.values = std::move(values);
    space.environment = std::move(environment);
    set_variables(value_of(root, "vars"), space.values);
    set_environment(value_of(root, "env"), space.values, space.environment);
    read_options(root, space);
    const std::size_t index = spaces_.size();
    spaces_.push_back(space);
    for (const yaml::Entry& entry : entries(value_of(root, "tasks"))) {
      const std::string name = prefix + std::string(entry.key->text);
      definitions_.emplace_back(name, Definition{entry.key, &entry.value->resolved(), index});
      by_name_.emplace(name, definitions_.size() - 1);
      if (const Node* aliases = value_of(entry.value->resolved(), "aliases")) {
        for (const Node* alias : items_of(*aliases)) {
          by_name_.emplace(prefix + std::string(alias->text), definitions_.size() - 1);
        }
      }
    }
    for (const yaml::Entry& entry : entries(value_of(root, "includes"))) {
      include(entry, path, space);
    }
    open_.pop_back();
  }

  static std::vector<yaml::Entry> entries(const Node* node) {
    return node == nullptr ? std::vector<yaml::Entry>{} : entries_of(*node);
  }

  void include(const yaml::Entry& entry, const std::string& from, const Namespace& space) {
    const Node& body = entry.value->resolved();
    const bool lone = body.kind == NodeKind::kScalar;
    const std::string_view written = lone ? body.text : text_of(&body, "taskfile");
    const TemplateText name = space.values.fill(written);
    if (!is_known(name) || !request_.open) return;
    const std::string path = text::join_path(text::directory_of(from), known_text(name));
    std::vector<std::string> places = {path};
    for (const char* usual : {"Taskfile.yml", "Taskfile.yaml", "Taskfile.dist.yml"}) {
      places.push_back(text::join_path(path, usual));
    }
    TaskfileValues values = space.values;
    set_variables(value_of(body, "vars"), values);
    std::string directory = space.directory;
    const TemplateText inside = values.fill(text_of(&body, "dir"));
    if (is_known(inside)) directory = text::join_path(directory, known_text(inside));
    const bool flat = is_true(value_of(body, "flatten"));
    for (const std::string& place : places) {
      const SourceFile* file = request_.open(place);
      if (file == nullptr) continue;
      values.set("TASKFILE_DIR", {{text::directory_of(place), false}});
      const std::string prefix =
          flat ? space.prefix : space.prefix + std::string(entry.key->text) + ":";
      return read_file(*file, place, prefix, directory, values, space.environment);
    }
  }

  static TemplateText value(const Node& node, const TaskfileValues& values) {
    if (node.kind == NodeKind::kScalar) return values.fill(node.text);
    if (const Node* code = value_of(node, "sh")) {
      TemplateText out = values.fill(code->text);
      out.insert(out.begin(), {"$(", false});
      out.push_back({")", false});
      return out;
    }
    return {{"…", true}};
  }

  static void set_variables(const Node* node, TaskfileValues& values) {
    for (const yaml::Entry& entry : entries(node)) {
      TemplateText known = value(entry.value->resolved(), values);
      // An empty value is there to be filled in.
      if (known.empty()) known = {{std::string(entry.key->text), true}};
      values.set(std::string(entry.key->text), std::move(known));
    }
  }

  static void set_environment(const Node* node, TaskfileValues& values, Environment& environment) {
    for (const yaml::Entry& entry : entries(node)) {
      const TemplateText known = value(entry.value->resolved(), values);
      std::string name(entry.key->text);
      environment.set(name, as_value(known, entry.value->resolved().span));
      values.set(name, known);
    }
  }

  static void read_options(const Node& node, Namespace& space) {
    const Node* options = value_of(node, "set");
    if (options == nullptr) return;
    for (const Node* option : items_of(*options)) {
      space.errexit = space.errexit || option->text == "errexit" || option->text == "e";
      space.pipefail = space.pipefail || option->text == "pipefail";
    }
  }

  std::size_t add_node(const std::string& name, const Definition& definition, bool hidden) {
    TaskNode node;
    node.name = name;
    node.span = definition.key->span;
    node.hidden = hidden;
    node.directory = spaces_[definition.space].directory;
    nodes_.push_back(std::move(node));
    return nodes_.size() - 1;
  }

  std::size_t node_of(const std::string& name, const Definition& definition,
                      std::vector<std::pair<std::string, TemplateText>> variables,
                      const std::string& key, bool hidden) {
    const auto known = by_instance_.find({name, key});
    if (known != by_instance_.end()) return known->second;
    const std::size_t node = add_node(name, definition, hidden);
    by_instance_.emplace(std::make_pair(name, key), node);
    instances_.push_back({node, &definition, std::move(variables)});
    return node;
  }

  // The task that a call names, seen from a namespace; ":x" is one of the root file.
  std::optional<std::size_t> called_task(const Node& call, const Namespace& space,
                                         const TaskfileValues& values) {
    const TemplateText written =
        values.fill(call.kind == NodeKind::kScalar ? call.text : text_of(&call, "task"));
    if (!is_known(written) || nodes_.size() >= kMostNodes) return std::nullopt;
    std::string name = known_text(written);
    name = name.starts_with(':') ? name.substr(1) : space.prefix + name;
    const auto found = by_name_.find(name);
    if (found == by_name_.end()) return std::nullopt;
    const auto& [real, definition] = definitions_[found->second];
    std::vector<std::pair<std::string, TemplateText>> variables;
    std::string key;
    for (const yaml::Entry& entry : entries(value_of(call, "vars"))) {
      TemplateText known = value(entry.value->resolved(), values);
      key += std::string(entry.key->text) + '=' + known_text(known) + '\0';
      variables.emplace_back(std::string(entry.key->text), std::move(known));
    }
    return node_of(real, definition, std::move(variables), key, !key.empty());
  }

  void fill(std::size_t at) {
    const Instance instance = instances_[at];
    const Node& body = *instance.definition->body;
    Namespace space = spaces_[instance.definition->space];
    const bool mapping = body.kind == NodeKind::kMapping;
    space.values.set("TASK", {{nodes_[instance.node].name, false}});
    if (mapping) {
      set_variables(value_of(body, "vars"), space.values);
      set_environment(value_of(body, "env"), space.values, space.environment);
      read_options(body, space);
    }
    for (const auto& [name, known] : instance.variables) space.values.set(name, known);
    Block frame;
    frame.name = nodes_[instance.node].name;
    frame.environment = space.environment;
    frame.directory = space.directory;
    frame.errexit = space.errexit;
    frame.pipefail = space.pipefail;
    std::vector<std::size_t> parts;
    const Node* commands = &body;
    if (mapping) {
      const TemplateText inside = space.values.fill(text_of(&body, "dir"));
      frame.directory =
          is_known(inside)
              ? std::optional<std::string>(text::join_path(space.directory, known_text(inside)))
              : std::nullopt;
      frame.failure_ignored = is_true(value_of(body, "ignore_error"));
      for (const char* asked : {"status", "platforms", "if", "sources"}) {
        if (value_of(body, asked) != nullptr) frame.when = When::kMaybe;
      }
      if (const Node* needed = value_of(body, "deps")) {
        for (const Node* call : items_of(*needed)) {
          if (const auto other = called_task(*call, space, space.values)) parts.push_back(*other);
        }
      }
      commands = value_of(body, "cmds");
      if (commands == nullptr) commands = value_of(body, "cmd");
    }
    std::vector<std::size_t> deferred;
    if (commands != nullptr) {
      for (const Node* command : items_of(*commands)) {
        add_command(*command, instance, space, frame, parts, deferred);
      }
    }
    // The last one deferred runs first.
    parts.insert(parts.end(), deferred.rbegin(), deferred.rend());
    nodes_[instance.node].before = std::move(parts);
  }

  void add_command(const Node& command, const Instance& instance, const Namespace& space,
                   Block frame, std::vector<std::size_t>& parts,
                   std::vector<std::size_t>& deferred) {
    const Node* script = &command;
    std::vector<std::size_t>* to = &parts;
    if (command.kind == NodeKind::kMapping) {
      frame.failure_ignored = frame.failure_ignored || is_true(value_of(command, "ignore_error"));
      for (const char* asked : {"platforms", "if", "for"}) {
        if (value_of(command, asked) != nullptr) frame.when = When::kMaybe;
      }
      script = value_of(command, "cmd");
      const Node* call = &command;
      if (const Node* late = value_of(command, "defer")) {
        to = &deferred;
        frame.when = When::kAnyway;
        call = late;
        script = late->kind == NodeKind::kScalar ? late : nullptr;
      }
      if (script == nullptr) {
        if (const auto other = called_task(*call, space, space.values)) to->push_back(*other);
        return;
      }
    }
    if (script->kind != NodeKind::kScalar || nodes_.size() >= kMostNodes) return;
    const HostText text = space.values.fill(scalar_text(*script));
    if (text.file() == nullptr) return;
    parse_into(frame, text.script(), host_);
    const std::size_t part = add_node(nodes_[instance.node].name, *instance.definition, true);
    nodes_[part].own.push_back(std::make_shared<const Block>(std::move(frame)));
    to->push_back(part);
  }

  const ReadRequest& request_;
  HostFile& host_;
  std::vector<yaml::Stream> streams_;
  std::vector<std::string> open_;
  std::vector<Namespace> spaces_;
  std::vector<std::pair<std::string, Definition>> definitions_;
  std::map<std::string, std::size_t, std::less<>> by_name_;
  std::vector<TaskNode> nodes_;
  std::vector<Instance> instances_;
  std::map<std::pair<std::string, std::string>, std::size_t> by_instance_;
};

}  // namespace

Match match_taskfile(std::string_view path) {
  std::string name(text::name_of(path));
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const std::string_view known :
       {"taskfile.yml", "taskfile.yaml", "taskfile.dist.yml", "taskfile.dist.yaml"}) {
    if (name == known) return Match::kYes;
  }
  if (!name.ends_with(".yml") && !name.ends_with(".yaml")) return Match::kNo;
  const bool part = name.starts_with("taskfile") || name.ends_with(".tasks.yml");
  return part ? Match::kYes : Match::kPerhaps;
}

// What others include may have any name: `version: '3'` and `tasks:`.
bool recognise_taskfile(std::string_view head) {
  bool version = false;
  bool tasks = false;
  while (!head.empty() && !(version && tasks)) {
    const std::string_view line = head.substr(0, head.find('\n'));
    head.remove_prefix(std::min(line.size() + 1, head.size()));
    if (line.starts_with("version:")) {
      const std::size_t digit = line.find_first_of("0123456789");
      version = digit != std::string_view::npos && (line[digit] == '2' || line[digit] == '3');
    }
    tasks = tasks || line.starts_with("tasks:");
  }
  return version && tasks;
}

HostFile read_taskfile(const ReadRequest& request) {
  HostFile host;
  host.kind = HostKind::kTaskfile;
  host.file = &request.file;
  host.comments = yaml::comments(request.file);
  Reader(request, host).read();
  for (Task& task : host.tasks) {
    // Included, and read for itself.
    const SourceFile* file = task.span.file;
    if (file == host.file) continue;
    const Match match = match_taskfile(file->path());
    task.called = task.called || match == Match::kYes ||
                  (match == Match::kPerhaps && recognise_taskfile(file->bytes()));
  }
  std::erase_if(host.troubles, [&](const Trouble& lost) { return lost.span.file != host.file; });
  return host;
}

}  // namespace composelint::hosts
