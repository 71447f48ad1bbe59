#include "analyzer/hosts/task_graph.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "analyzer/hosts/task_call.h"

namespace composelint::hosts {
namespace {

constexpr std::size_t kMostBlocksOfTask = 2'000;
constexpr std::size_t kMostWork = 3'000'000;  // nodes and blocks of all tasks
constexpr std::size_t kDepth = 2'000;

using Edges = std::vector<std::vector<std::size_t>>;

// Calls `see` with the simple commands of a list, functions' bodies included.
void for_each_command(const std::vector<Command>& commands,
                      const std::function<void(const SimpleCommand&)>& see) {
  for (const Command& command : commands) {
    if (const auto* simple = command.as<SimpleCommand>()) {
      see(*simple);
    } else if (const auto* pipeline = command.as<Pipeline>()) {
      for_each_command(pipeline->commands, see);
    } else if (const auto* list = command.as<AndOrList>()) {
      for_each_command(list->commands, see);
    } else if (const auto* group = command.as<Group>()) {
      for_each_command(group->body, see);
    } else if (const auto* loop = command.as<LoopClause>()) {
      for_each_command(loop->body, see);
    } else if (const auto* each = command.as<ForClause>()) {
      for_each_command(each->body, see);
    } else if (const auto* test = command.as<IfClause>()) {
      for (const IfClause::Branch& branch : test->branches) for_each_command(branch.body, see);
    } else if (const auto* cases = command.as<CaseClause>()) {
      for (const CaseClause::Item& item : cases->items) for_each_command(item.body, see);
    }
  }
}

class Graph {
 public:
  Graph(const std::vector<TaskNode>& nodes, const std::string& path, HostFile& host)
      : nodes_(nodes), path_(path), host_(host), edges_(nodes.size()) {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (!nodes[i].hidden) names_.emplace(nodes[i].name, i);
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      for (const auto* others : {&nodes[i].before, &nodes[i].after}) {
        for (const std::size_t to : *others) {
          if (!nodes[to].differs) edges_[i].push_back(named(to));
        }
      }
      for (const auto& block : nodes[i].own) {
        for_each_command(block->script.commands,
                         [&](const SimpleCommand& simple) { add_called(i, simple); });
      }
    }
  }

  void add_all() {
    const std::vector<bool> called = called_nodes();
    const std::size_t first = host_.tasks.size();
    std::vector<std::size_t> shown;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (nodes_[i].hidden) continue;
      Task task;
      task.name = nodes_[i].name;
      task.span = nodes_[i].span;
      task.called = called[i];
      host_.tasks.push_back(std::move(task));
      shown.push_back(i);
    }
    // Where there is too much, those that another one runs come last: they are seen there.
    for (const bool later : {false, true}) {
      for (std::size_t i = 0; i < shown.size(); ++i) {
        if (called[shown[i]] == later) collect(shown[i], host_.tasks[first + i].blocks);
      }
    }
    if (cut_ && !nodes_.empty()) {
      host_.troubles.push_back(
          {nodes_.front().span, "too many tasks run each other: some are left out"});
    }
  }

 private:
  // The task that a hidden variant stands for.
  [[nodiscard]] std::size_t named(std::size_t node) const {
    const auto found = names_.find(nodes_[node].name);
    return found == names_.end() ? node : found->second;
  }

  // `$(MAKE) x`, `just x`
  void add_called(std::size_t from, const SimpleCommand& simple) {
    std::vector<Argument> argv;
    for (const Word& word : simple.words) {
      Argument argument;
      argument.text = word.literal_text();
      argument.splits = !word.literal();
      argv.push_back(std::move(argument));
    }
    const auto reference = read_task_call(argv, nodes_[from].directory);
    if (!reference || reference->kind != host_.kind) return;
    const auto& files = reference->files;
    if (std::find(files.begin(), files.end(), path_) == files.end()) return;
    for (const std::string& name : reference->tasks) {
      const auto found = names_.find(name);
      if (found != names_.end()) edges_[from].push_back(found->second);
    }
  }

  // Tarjan's strongly connected components, without recursion.
  [[nodiscard]] std::vector<std::size_t> components() const {
    constexpr std::size_t kNone = SIZE_MAX;
    std::vector<std::size_t> index(nodes_.size(), kNone);
    std::vector<std::size_t> low(nodes_.size(), 0);
    std::vector<std::size_t> component(nodes_.size(), kNone);
    std::vector<std::size_t> stack;
    std::size_t next = 0;
    std::size_t count = 0;
    struct Frame {
      std::size_t node;
      std::size_t edge;
    };
    for (std::size_t root = 0; root < nodes_.size(); ++root) {
      if (index[root] != kNone) continue;
      std::vector<Frame> frames = {{root, 0}};
      while (!frames.empty()) {
        const std::size_t node = frames.back().node;
        if (frames.back().edge == 0) {
          index[node] = low[node] = next++;
          stack.push_back(node);
        }
        if (frames.back().edge < edges_[node].size()) {
          const std::size_t to = edges_[node][frames.back().edge++];
          if (index[to] == kNone) {
            frames.push_back({to, 0});
          } else if (component[to] == kNone) {
            low[node] = std::min(low[node], index[to]);
          }
          continue;
        }
        frames.pop_back();
        if (!frames.empty()) {
          low[frames.back().node] = std::min(low[frames.back().node], low[node]);
        }
        if (low[node] != index[node]) continue;
        for (std::size_t last = kNone; last != node;) {
          last = stack.back();
          stack.pop_back();
          component[last] = count;
        }
        ++count;
      }
    }
    return component;
  }

  // Those in a circle are called by each other alone: they stay tasks by themselves.
  [[nodiscard]] std::vector<bool> called_nodes() const {
    const std::vector<std::size_t> component = components();
    std::vector<bool> called(nodes_.size(), false);
    for (std::size_t from = 0; from < nodes_.size(); ++from) {
      for (const std::size_t to : edges_[from]) {
        if (component[from] != component[to]) called[to] = true;
      }
    }
    return called;
  }

  // One that is being collected: what runs before it, its own shells, what runs behind it.
  struct Open {
    std::size_t node = 0;
    std::size_t next = 0;  // of those before it, then of those behind it
    bool own_done = false;
  };

  bool enter(std::size_t node, std::vector<Open>& open) {
    if (!visited_.insert(node).second) return true;
    if (open.size() >= kDepth || ++total_ >= kMostWork) return false;
    open.push_back({node, 0, false});
    return true;
  }

  // Without recursion: chains may be long.
  void collect(std::size_t task, std::vector<std::shared_ptr<const Block>>& blocks) {
    std::vector<Open> open;
    visited_.clear();
    bool whole = enter(task, open);
    while (!open.empty()) {
      Open& here = open.back();
      const TaskNode& node = nodes_[here.node];
      const std::vector<std::size_t>& others = here.own_done ? node.after : node.before;
      if (here.next < others.size()) {
        const std::size_t other = others[here.next++];
        whole = enter(other, open) && whole;
      } else if (here.own_done) {
        open.pop_back();
      } else {
        here = {here.node, 0, true};
        whole = add_own(node, blocks) && whole;
      }
    }
    cut_ = cut_ || !whole;
  }

  bool add_own(const TaskNode& node, std::vector<std::shared_ptr<const Block>>& blocks) {
    for (const auto& block : node.own) {
      if (blocks.size() >= kMostBlocksOfTask || ++total_ >= kMostWork) return false;
      blocks.push_back(block);
    }
    return true;
  }

  const std::vector<TaskNode>& nodes_;
  const std::string& path_;
  HostFile& host_;
  Edges edges_;
  std::map<std::string, std::size_t, std::less<>> names_;
  std::set<std::size_t> visited_;
  std::size_t total_ = 0;  // work of all tasks
  bool cut_ = false;
};

}  // namespace

void add_tasks(const std::vector<TaskNode>& nodes, const std::string& path, HostFile& host) {
  Graph(nodes, path, host).add_all();
}

}  // namespace composelint::hosts
