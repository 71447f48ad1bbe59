// mise.toml: tasks with what they depend on, run by `sh -c -o errexit` where they say nothing else.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/hosts/readers.h"
#include "analyzer/hosts/toml.h"
#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

using std::string_view;
using Path = std::vector<std::string>;

constexpr int kMaxDepth = 500;  // tasks that run each other

struct MiseTask {
  Span span;
  std::vector<std::pair<HostText, std::string>> runs;  // a command, or the name of a task
  std::vector<std::string> depends;
  Environment environment;
  std::optional<HostText> directory;
  std::string shell;
};

std::string config_root(const std::string& path) {
  std::string directory = text::directory_of(path);
  for (const string_view inner : {"mise", ".mise", ".config"}) {
    if (text::name_of(directory) == inner) directory = text::directory_of(directory);
  }
  return directory;
}

class Reader {
 public:
  explicit Reader(const ReadRequest& request)
      : root_(config_root(request.path)), toml_(read_toml(request.file)) {
    host_.kind = HostKind::kMise;
    host_.file = &request.file;
  }

  HostFile read() {
    host_.comments = std::move(toml_.comments);
    for (const TomlTable& table : toml_.tables) {
      if (table.path.size() == 2 && table.path[0] == "tasks") at(table.path[1], table.header);
    }
    for (const TomlEntry& entry : toml_.entries) take(entry.path, entry.key, entry.value);
    for (const std::string& name : order_) build(name);
    for (const std::string& name : order_) {
      Task task;
      task.name = name;
      task.span = tasks_[name].span;
      task.called = called_.contains(name);
      std::set<std::string> seen;
      std::set<const Block*> taken;
      collect(name, seen, taken, task.blocks, 0);
      if (!task.blocks.empty()) host_.tasks.push_back(std::move(task));
    }
    if (cut_) {
      host_.troubles.push_back(
          {tasks_[order_.front()].span, "too many tasks run each other: some are left out"});
    }
    return std::move(host_);
  }

 private:
  MiseTask& at(const std::string& name, const Span& span) {
    const auto [found, is_new] = tasks_.try_emplace(name);
    if (is_new) {
      found->second.span = span;
      order_.push_back(name);
    }
    return found->second;
  }

  void take(const Path& path, const Span& key, const TomlValue& value) {
    if (path[0] == "env") {
      if (path.size() == 2) set(environment_, path[1], value);
      for (const TomlEntry& entry : value.entries) take_below(path, entry);
      return;
    }
    if (path[0] != "tasks" || path.size() < 2) return;
    MiseTask& task = at(path[1], key);
    if (path.size() == 2) {  // `deploy = "…"`, or a table
      if (value.entries.empty()) add_runs(task, value);
      for (const TomlEntry& entry : value.entries) take_below(path, entry);
    } else if (path[2] == "run") {
      add_runs(task, value);
    } else if (path[2] == "depends") {
      if (value.is_string) task.depends.push_back(name_in(value.text));
      for (const TomlValue& item : value.items) task.depends.push_back(name_in(item.text));
    } else if (path[2] == "dir") {
      task.directory = value.text;
    } else if (path[2] == "shell") {
      task.shell = value.text.text();
    } else if (path[2] == "env") {
      if (path.size() == 4) set(task.environment, path[3], value);
      for (const TomlEntry& entry : value.entries) take_below(path, entry);
    }
  }

  void take_below(const Path& above, const TomlEntry& entry) {
    Path path = above;
    path.insert(path.end(), entry.path.begin(), entry.path.end());
    take(path, entry.key, entry.value);
  }

  static std::string name_in(const HostText& text) {
    return text.text().substr(0, text.text().find(' '));  // further words are its arguments
  }

  static void set(Environment& into, const std::string& name, const TomlValue& value) {
    if (!value.entries.empty()) return;
    into.set(name, fill_in(value.text, kJinjaExpression).value());
  }

  void add_runs(MiseTask& task, const TomlValue& value) {
    if (value.is_string) task.runs.emplace_back(fill_in(value.text, kJinjaExpression), "");
    for (const TomlEntry& entry : value.entries) {
      if (entry.path.front() != "task") continue;
      task.runs.emplace_back(HostText(), name_in(entry.value.text));
    }
    for (const TomlValue& item : value.items) add_runs(task, item);
  }

  void build(const std::string& name) {
    const MiseTask& task = tasks_[name];
    called_.insert(task.depends.begin(), task.depends.end());
    for (const auto& [command, other] : task.runs) {
      if (!other.empty()) called_.insert(other);
      if (command.text().empty()) {
        blocks_[name].push_back(nullptr);
        continue;
      }
      auto block = std::make_shared<Block>();
      block->environment = environment_;
      block->environment.set_all(task.environment);
      block->directory = root_;
      if (task.directory) {
        const HostText directory = fill_in(*task.directory, kJinjaExpression);
        if (directory.text() == "{{cwd}}" || directory.has_foreign()) {
          block->directory.reset();
        } else {
          block->directory = text::join_path(root_, directory.text());
        }
      }
      const bool other_shell = !task.shell.empty();
      block->errexit = !other_shell || task.shell.find("-e") != std::string::npos;
      const bool bash = task.shell.find("bash") != std::string::npos;
      parse_into(*block, command.script(bash ? Dialect::kBash : Dialect::kSh), host_);
      blocks_[name].push_back(std::move(block));
    }
  }

  void collect(const std::string& name, std::set<std::string>& seen, std::set<const Block*>& taken,
               std::vector<std::shared_ptr<const Block>>& out, int depth) {
    const auto found = tasks_.find(name);
    if (found == tasks_.end() || !seen.insert(name).second) return;
    if (depth > kMaxDepth) {
      cut_ = true;
      return;
    }
    for (const std::string& other : found->second.depends) {
      collect(other, seen, taken, out, depth + 1);
    }
    for (std::size_t i = 0; i < blocks_[name].size(); ++i) {
      const auto& block = blocks_[name][i];
      if (block == nullptr) {
        collect(found->second.runs[i].second, seen, taken, out, depth + 1);
      } else if (taken.insert(block.get()).second) {
        out.push_back(block);
      }
    }
  }

  std::string root_;
  TomlFile toml_;
  HostFile host_;
  std::map<std::string, MiseTask> tasks_;
  std::vector<std::string> order_;
  std::map<std::string, std::vector<std::shared_ptr<const Block>>> blocks_;
  std::set<std::string> called_;
  bool cut_ = false;
  Environment environment_;
};

}  // namespace

Match match_mise(string_view path) {
  const string_view name = text::name_of(path);
  const bool own =
      (name.starts_with("mise.") || name.starts_with(".mise.")) && name.ends_with(".toml");
  const bool config = path.ends_with("/mise/config.toml") || path.ends_with("/.mise/config.toml");
  return own || config ? Match::kYes : Match::kNo;
}

HostFile read_mise(const ReadRequest& request) {
  return Reader(request).read();
}

}  // namespace composelint::hosts
