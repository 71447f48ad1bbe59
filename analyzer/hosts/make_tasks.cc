// From the rules of a makefile to tasks.
#include <composelint/variable_name.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "analyzer/hosts/host.h"
#include "analyzer/hosts/make_model.h"
#include "analyzer/hosts/task_graph.h"
#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

constexpr std::size_t kMostNodes = 20'000;

// Which target, as which name, under which target-specific variables.
struct Instance {
  std::size_t target = 0;
  std::string name;
  std::string stem;
  std::vector<std::size_t> settings;  // targets whose settings hold, outermost first
  friend auto operator<=>(const Instance&, const Instance&) = default;
};

std::optional<std::string> stem_of(std::string_view pattern, std::string_view name) {
  const std::size_t percent = pattern.find('%');
  const std::string_view head = pattern.substr(0, percent);
  const std::string_view tail = pattern.substr(percent + 1);
  if (name.size() <= head.size() + tail.size()) return std::nullopt;
  if (!name.starts_with(head) || !name.ends_with(tail)) return std::nullopt;
  return std::string(name.substr(head.size(), name.size() - head.size() - tail.size()));
}

struct ShellSetting {
  Dialect dialect = Dialect::kSh;
  bool errexit = false;
  bool pipefail = false;
  bool shell = true;  // not python, perl, …
};

ShellSetting shell_setting(const std::string& shell, const std::string& flags) {
  ShellSetting out;
  const std::string words = shell + " " + flags + " ";
  std::string_view program = std::string_view(shell).substr(0, shell.find(' '));
  program = text::name_of(program);
  for (const std::string_view name : {"bash", "zsh", "ksh"}) {
    if (program.starts_with(name)) out.dialect = Dialect::kBash;
  }
  out.shell = program.empty() || program.find("sh") != std::string_view::npos ||
              program.find("env") != std::string_view::npos;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    const std::string_view word = std::string_view(words).substr(at, end - at);
    if (word.starts_with('-') && !word.starts_with("--")) {
      out.errexit = out.errexit || word.find('e') != std::string_view::npos;
    }
    out.errexit = out.errexit || word == "errexit";
    out.pipefail = out.pipefail || word == "pipefail";
    if (word == "bash") out.dialect = Dialect::kBash;
    at = end + 1;
  }
  return out;
}

// `@ - +` in front of a line, with the white space around them.
bool take_prefixes(RunnerText& line) {
  bool ignored = false;
  for (;;) {
    if (line.size() > 1 && line.front().kind == TextPart::Kind::kHole &&
        line[1].kind == TextPart::Kind::kText && !line[1].code &&
        line[1].text.find_first_of("@-+abcdefghijklmnopqrstuvwxyz") == 0) {
      line.erase(line.begin());  // $(Q)docker: it can only be a prefix
    }
    if (line.empty() || line.front().kind != TextPart::Kind::kText || line.front().code) break;
    const std::string& text = line.front().text;
    const std::size_t end = std::min(text.find_first_not_of(" \t@-+"), text.size());
    ignored = ignored || text.substr(0, end).find('-') != std::string::npos;
    if (end == 0) break;
    line = without_front(std::move(line), end);
  }
  return ignored;
}

class TaskMaker {
 public:
  TaskMaker(const MakeModel& model, MakeExpander& expander, const ReadRequest& request,
            HostFile& host)
      : model_(model), expander_(expander), request_(request), host_(host) {}

  void make() {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < model_.targets.size(); ++i) order.push_back(i);
    const std::string goal = plain(expander_.value_of(".DEFAULT_GOAL", {}));
    const auto is_goal = [&](std::size_t i) {
      const std::string& name = model_.targets[i].name;
      if (!goal.empty()) return name == goal;
      return !name.starts_with('.') && name.find('%') == std::string::npos &&
             !model_.targets[i].rules.empty();
    };
    const auto first = std::find_if(order.begin(), order.end(), is_goal);
    if (first != order.end()) std::rotate(order.begin(), first, first + 1);
    for (const std::size_t i : order) {
      const MakeTarget& target = model_.targets[i];
      const bool something =
          std::any_of(target.rules.begin(), target.rules.end(),
                      [](const MakeRule& rule) { return rule.has_recipe || !rule.before.empty(); });
      if (something) node_of({i, target.name, {}, {}}, false);
    }
    for (const std::string& name : model_.phony) {
      if (model_.by_name.count(name) != 0) continue;
      if (const auto instance = instance_of(name)) node_of(*instance, false);
    }
    // Nodes are added as others ask for them.
    for (std::size_t i = 0; i < nodes_.size(); ++i) fill(i);
    add_tasks(nodes_, request_.path, host_);
    add_immediate();
    for (Trouble& trouble : expander_.troubles()) {
      if (trouble.span.file == model_.owner) host_.troubles.push_back(std::move(trouble));
    }
  }

 private:
  [[nodiscard]] std::optional<Instance> instance_of(const std::string& name) const {
    const auto found = model_.by_name.find(name);
    if (found != model_.by_name.end()) return Instance{found->second, name, {}, {}};
    std::optional<Instance> best;
    for (const std::size_t pattern : model_.patterns) {
      const MakeTarget& target = model_.targets[pattern];
      const auto stem = stem_of(target.name, name);
      if (!stem || (best && best->stem.size() <= stem->size())) continue;
      best = Instance{pattern, name, *stem, {}};
    }
    return best;
  }

  std::size_t node_of(Instance instance, bool hidden) {
    const auto known = by_instance_.find(instance);
    if (known != by_instance_.end()) return known->second;
    TaskNode node;
    node.name = instance.name;
    node.span = model_.targets[instance.target].span;
    for (const MakeRule& rule : model_.targets[instance.target].rules) {
      if (!rule.has_recipe) continue;
      node.span = rule.span;
      break;
    }
    node.hidden = hidden;
    node.differs = hidden;
    node.directory = model_.directory;
    nodes_.push_back(std::move(node));
    instances_.push_back(instance);
    by_instance_.emplace(std::move(instance), nodes_.size() - 1);
    return nodes_.size() - 1;
  }

  void fill(std::size_t index) {
    Instance instance = instances_[index];
    const MakeTarget& target = model_.targets[instance.target];
    if (!target.settings.empty() && instance.settings.size() < 8 &&
        std::find(instance.settings.begin(), instance.settings.end(), instance.target) ==
            instance.settings.end()) {
      instance.settings.push_back(instance.target);
    }
    std::vector<std::string> names;
    for (const MakeRule& rule : target.rules) {
      for (const std::string& written : rule.before) {
        std::string name = written;
        const std::size_t percent = name.find('%');
        if (percent != std::string::npos && !instance.stem.empty()) {
          name.replace(percent, 1, instance.stem);
        }
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
      }
    }
    for (const std::string& name : names) {
      std::optional<Instance> before = instance_of(name);
      if (!before || nodes_.size() >= kMostNodes) continue;
      before->settings = instance.settings;
      const bool hidden = !before->settings.empty() || model_.by_name.count(name) == 0;
      const std::size_t node = node_of(std::move(*before), hidden);
      nodes_[index].before.push_back(node);
    }
    add_blocks(index, instance, target, names);
  }

  // The rules whose recipe may be the target's, and whether a condition decides on it.
  [[nodiscard]] std::vector<const MakeRule*> recipes_of(const Instance& instance) const {
    std::vector<const MakeRule*> out;
    const MakeTarget& target = model_.targets[instance.target];
    for (const MakeRule& rule : target.rules) {
      if (!rule.has_recipe) continue;
      if (!rule.double_colon) {
        std::erase_if(out, [&](const MakeRule* one) { return lies_in(one->guard, rule.guard); });
      }
      out.push_back(&rule);
    }
    if (!out.empty() || target.name.find('%') != std::string::npos) return out;
    for (const std::size_t pattern : model_.patterns) {  // prerequisites alone
      if (!stem_of(model_.targets[pattern].name, instance.name)) continue;
      for (const MakeRule& rule : model_.targets[pattern].rules) {
        if (rule.has_recipe) return {&rule};
      }
    }
    return out;
  }

  MakeExpander::Bindings bindings_of(const Instance& instance,
                                     const std::vector<std::string>& before) {
    MakeExpander::Bindings out;
    for (const std::size_t at : instance.settings) {
      for (const MakeSetting& setting : model_.targets[at].settings) {
        RunnerText text = setting.value.expanded
                              ? setting.value.text
                              : expander_.expand(setting.value.raw, setting.guard, out);
        const auto set = std::find_if(out.begin(), out.end(),
                                      [&](const auto& one) { return one.first == setting.name; });
        if (setting.how == MakeAssign::kAppend && set != out.end() && setting.guard.empty()) {
          hosts::append(set->second, plain_text(" "));
          hosts::append(set->second, text);
          continue;
        }
        const bool global = model_.variables.seen_from(setting.name, setting.guard).has_value();
        if (setting.how == MakeAssign::kDefault && (set != out.end() || global)) continue;
        if (setting.how == MakeAssign::kAppend && (set != out.end() || global)) {
          RunnerText whole = expander_.value_of(setting.name, setting.guard, out);
          hosts::append(whole, plain_text(" "));
          hosts::append(whole, text);
          text = std::move(whole);
        }
        if (!setting.guard.empty()) {
          text = choose(setting.name,
                        {expander_.value_of(setting.name, setting.guard, out), std::move(text)},
                        setting.value.raw.span());
        }
        if (set != out.end()) {
          set->second = std::move(text);
        } else {
          out.emplace_back(setting.name, std::move(text));
        }
      }
    }
    const bool open = instance.name.find('%') != std::string::npos;
    std::string all;
    for (const std::string& name : before) all += (all.empty() ? "" : " ") + name;
    out.emplace_back("@", open ? hole_text("target", {}) : plain_text(instance.name));
    const bool known = !open && !before.empty();
    out.emplace_back("<", known ? plain_text(before.front()) : hole_text("prerequisite", {}));
    out.emplace_back("^", known ? plain_text(all) : hole_text("prerequisites", {}));
    out.emplace_back("+", known ? plain_text(all) : hole_text("prerequisites", {}));
    out.emplace_back("*",
                     instance.stem.empty() ? hole_text("stem", {}) : plain_text(instance.stem));
    return out;
  }

  Environment environment(const MakeExpander::Bindings& bindings) {
    std::vector<std::string> names(model_.exported.begin(), model_.exported.end());
    if (model_.export_all) names = model_.variables.names();
    Environment out;
    for (const std::string& name : names) {
      if (!has_letters_of_a_name(name) || model_.unexported.count(name) != 0 || name == "SHELL")
        continue;
      const RunnerText value = expander_.value_of(name, {}, bindings);
      out.set(name, environment_value(value, name));
    }
    return out;
  }

  void add_blocks(std::size_t index, const Instance& instance, const MakeTarget& target,
                  const std::vector<std::string>& before) {
    const std::vector<const MakeRule*> recipes = recipes_of(instance);
    if (recipes.empty()) return;
    Instance here = instance;
    if (here.stem.empty()) here.stem = recipes.front()->stem;
    const MakeExpander::Bindings bindings = bindings_of(here, before);
    if (instance.settings.empty() && !own_environment_) own_environment_ = environment({});
    Recipe recipe;
    recipe.environment = instance.settings.empty() ? *own_environment_ : environment(bindings);
    recipe.shell = shell_setting(plain(expander_.value_of("SHELL", {}, bindings)),
                                 plain(expander_.value_of(".SHELLFLAGS", {}, bindings)));
    if (!recipe.shell.shell) return;
    recipe.ignored = model_.ignore_all || model_.ignored.count(target.name) != 0;
    recipe.bindings = &bindings;
    recipe.name = instance.name;
    for (const MakeRule* rule : recipes) {
      recipe.maybe = recipes.size() > 1 && !rule->double_colon;
      add_recipe(nodes_[index], *rule, recipe);
    }
  }

  // What make runs when it reads the file: `V := $(shell …)`, whether or not a recipe uses it.
  void add_immediate() {
    Task task;
    task.name = "(read)";
    for (const std::string& name : model_.variables.names()) {
      const auto seen = model_.variables.seen_from(name, {});
      if (!seen) continue;
      for (const MakeAlternative* one : *seen) {
        for (const MakeValue& value : one->values) {
          if (value.expanded) add_immediate(name, value.text, task);
        }
      }
    }
    for (const RunnerText& text : model_.asked) add_immediate("condition", text, task);
    if (!task.blocks.empty()) host_.tasks.push_back(std::move(task));
  }

  void add_immediate(const std::string& name, RunnerText text, Task& task) {
    std::erase_if(text, [](const TextPart& part) { return !part.code; });
    if (text.empty() || plain(text).find("compose") == std::string::npos) return;
    const Span place = text.front().written;
    if (!place || place.file != model_.owner) return;
    if (task.blocks.empty()) task.span = place;
    Recipe recipe;
    recipe.name = name;
    text.insert(text.begin(), plain_text(": ", place).front());
    task.blocks.push_back(block_of(text, place, recipe, true, false));
  }

  struct Recipe {
    Environment environment;
    ShellSetting shell;
    bool ignored = false;
    bool maybe = false;
    const MakeExpander::Bindings* bindings = nullptr;
    std::string name;
  };

  void add_recipe(TaskNode& node, const MakeRule& rule, const Recipe& recipe) {
    RunnerText whole;  // .ONESHELL
    bool whole_ignored = false;
    for (const MakeLine& line : rule.recipe) {
      const RunnerText expanded = expander_.expand_recipe(line.text, line.guard, *recipe.bindings);
      const bool maybe = recipe.maybe || line.guard.size() > rule.guard.size();
      const std::vector<RunnerText> lines =
          model_.one_shell ? std::vector<RunnerText>{expanded} : split_lines(expanded);
      for (RunnerText one : lines) {
        const bool ignored = take_prefixes(one);
        if (model_.one_shell) {
          if (whole.empty()) whole_ignored = ignored;
          append(whole, one);
          append(whole, plain_text("\n", line.text.span()));
        } else if (!one.empty()) {
          node.own.push_back(block_of(one, line.text.span(), recipe, ignored, maybe));
        }
      }
    }
    if (!whole.empty()) {
      const Span place = rule.recipe.front().text.span();
      node.own.push_back(block_of(whole, place, recipe, whole_ignored, recipe.maybe));
    }
  }

  std::shared_ptr<const Block> block_of(const RunnerText& text, Span place, const Recipe& recipe,
                                        bool ignored, bool maybe) {
    auto block = std::make_shared<Block>();
    block->name = recipe.name;
    block->environment = recipe.environment;
    block->directory = model_.directory;
    block->errexit = recipe.shell.errexit;
    block->pipefail = recipe.shell.pipefail;
    block->failure_ignored = recipe.ignored || ignored;
    block->when = maybe ? When::kMaybe : When::kInTurn;
    parse_into(*block, script_text(text, *place.file, place, recipe.shell.dialect), host_);
    return block;
  }

  const MakeModel& model_;
  MakeExpander& expander_;
  const ReadRequest& request_;
  HostFile& host_;
  std::vector<TaskNode> nodes_;
  std::vector<Instance> instances_;
  std::map<Instance, std::size_t> by_instance_;
  std::optional<Environment> own_environment_;
};

}  // namespace

void add_make_tasks(const MakeModel& model, MakeExpander& expander, const ReadRequest& request,
                    HostFile& host) {
  TaskMaker(model, expander, request, host).make();
}

}  // namespace composelint::hosts
