// Justfiles: a task a recipe, a shell a line or a script.
#include <algorithm>
#include <cctype>
#include <map>
#include <optional>

#include "analyzer/hosts/just_model.h"
#include "analyzer/hosts/readers.h"
#include "analyzer/hosts/task_graph.h"
#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

constexpr std::size_t kMostNodes = 20'000;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

struct Interpreter {
  bool shell = true;
  Dialect dialect = Dialect::kSh;
  bool errexit = false;
  bool pipefail = false;
};

// ["bash", "-euc"], or the words behind `#!`.
Interpreter interpreter_of(const std::vector<std::string>& words) {
  Interpreter out;
  bool named = false;
  for (const std::string& word : words) {
    if (word.starts_with('-') && !word.starts_with("--")) {
      out.errexit = out.errexit || word.find('e') != std::string::npos;
    } else if (word == "pipefail" || word == "errexit") {
      (word == "pipefail" ? out.pipefail : out.errexit) = true;
    } else if (!named) {
      const std::string_view program = text::name_of(word);
      if (program == "env") continue;
      named = true;
      out.shell = program.ends_with("sh") && program != "fish" && program != "pwsh";
      if (program != "sh" && program != "dash") out.dialect = Dialect::kBash;
    }
  }
  return out;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find_first_not_of(" \t\r", at);
    if (begin == std::string_view::npos) break;
    at = std::min(text.find_first_of(" \t\r", begin), text.size());
    out.emplace_back(text.substr(begin, at - begin));
  }
  return out;
}

class TaskMaker {
 public:
  TaskMaker(const JustModel& model, JustExpressions& expressions, const ReadRequest& request,
            HostFile& host)
      : model_(model), expressions_(expressions), request_(request), host_(host) {
    for (std::size_t i = 0; i < model.recipes.size(); ++i) by_name_[model.recipes[i].name] = i;
    directory_ = text::directory_of(request.path);
    if (model.working_directory) {
      const RunnerText place = expressions.evaluate(*model.working_directory, {});
      if (is_plain(place)) directory_ = text::join_path(directory_, plain(place));
    }
  }

  void make() {
    for (std::size_t i = 0; i < model_.recipes.size(); ++i) {
      JustExpressions::Bindings parameters;
      for (const JustParameter& one : model_.recipes[i].parameters) {
        bind(parameters, one, nullptr);
      }
      node_of(i, std::move(parameters), "", false);
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) fill(i);
    for (const auto& [name, target] : model_.aliases) {
      const auto found = by_name_.find(target);
      if (found == by_name_.end()) continue;
      TaskNode node = nodes_[found->second];
      node.name = name;
      nodes_.push_back(std::move(node));
    }
    add_tasks(nodes_, request_.path, host_);
    // Another name for a task: its steps are seen there.
    for (std::size_t i = 0; i < model_.aliases.size() && i < host_.tasks.size(); ++i) {
      host_.tasks[host_.tasks.size() - 1 - i].called = true;
    }
  }

 private:
  struct Instance {
    std::size_t recipe = 0;
    JustExpressions::Bindings parameters;
  };

  void bind(JustExpressions::Bindings& into, const JustParameter& parameter,
            const RunnerText* value) {
    RunnerText known;
    if (value != nullptr) {
      known = *value;
    } else if (parameter.otherwise) {
      known = expressions_.evaluate(*parameter.otherwise, into);
    }
    // An empty default is there to be filled in.
    if (known.empty()) known = hole_text(parameter.name, {});
    into[parameter.name] = std::move(known);
  }

  std::size_t node_of(std::size_t recipe, JustExpressions::Bindings parameters,
                      const std::string& key, bool hidden) {
    const auto [known, fresh] = by_instance_.emplace(std::make_pair(recipe, key), nodes_.size());
    if (!fresh) return known->second;
    TaskNode node;
    node.name = model_.recipes[recipe].name;
    node.span = model_.recipes[recipe].span;
    node.hidden = hidden;
    node.directory = directory_;
    nodes_.push_back(std::move(node));
    instances_.push_back({recipe, std::move(parameters)});
    return nodes_.size() - 1;
  }

  void fill(std::size_t index) {
    const Instance instance = instances_[index];
    const JustRecipe& recipe = model_.recipes[instance.recipe];
    std::vector<std::size_t> before = others(recipe.before, instance);
    std::vector<std::size_t> after = others(recipe.after, instance);
    nodes_[index].before = std::move(before);
    nodes_[index].after = std::move(after);
    add_blocks(nodes_[index], recipe, instance.parameters);
  }

  std::vector<std::size_t> others(const std::vector<JustDependency>& wanted, const Instance& from) {
    std::vector<std::size_t> out;
    for (const JustDependency& one : wanted) {
      const auto found = by_name_.find(one.name);
      if (found == by_name_.end() || nodes_.size() >= kMostNodes) continue;
      const JustRecipe& recipe = model_.recipes[found->second];
      JustExpressions::Bindings parameters;
      std::string key;
      for (std::size_t i = 0; i < recipe.parameters.size(); ++i) {
        const bool given = i < one.arguments.size();
        const RunnerText value =
            given ? expressions_.evaluate(one.arguments[i], from.parameters) : RunnerText();
        bind(parameters, recipe.parameters[i], given ? &value : nullptr);
        if (given) key += plain(value) + '\0';
      }
      out.push_back(node_of(found->second, std::move(parameters), key, !key.empty()));
    }
    return out;
  }

  // One line with its {{…}} filled in.
  RunnerText expand(Span line, const JustExpressions::Bindings& parameters) {
    RunnerText out;
    const std::string_view bytes = line.file->bytes();
    std::uint32_t from = line.begin;
    const auto flush = [&](std::uint32_t to) {
      append(out,
             plain_text(std::string(bytes.substr(from, to - from)), {line.file, from, to}, true));
    };
    for (std::uint32_t i = line.begin; i + 1 < line.end;) {
      if (bytes[i] != '{' || bytes[i + 1] != '{') {
        ++i;
        continue;
      }
      flush(i);
      if (bytes.substr(i, 4) == "{{{{") {
        append(out, plain_text("{{", {line.file, i, i + 4}));
        from = i = std::min(i + 4, line.end);
        continue;
      }
      std::uint32_t end = i + 2;
      RunnerText value = expressions_.evaluate({line.file, i + 2}, parameters, &end);
      const std::size_t close = bytes.find("}}", std::min(end, line.end));
      const bool closed = close != std::string_view::npos && close + 2 <= line.end;
      const std::uint32_t past = closed ? static_cast<std::uint32_t>(close) + 2 : line.end;
      const Span place{line.file, i, past};
      std::string name(bytes.substr(i + 2, past - i - 2));
      name = name.substr(std::min(name.find_first_not_of(' '), name.size()));
      name = name.substr(0, name.find_first_of(" }(+/'\""));
      value = as_variable(name, std::move(value), place);
      for (TextPart& part : value) part.used = place;
      append(out, value);
      from = i = past;
    }
    flush(line.end);
    return out;
  }

  void add_blocks(TaskNode& node, const JustRecipe& recipe,
                  const JustExpressions::Bindings& parameters) {
    if (recipe.lines.empty()) return;
    Block frame;
    frame.name = recipe.name;
    frame.directory = directory_;
    if (recipe.no_cd) frame.directory = std::nullopt;
    if (recipe.working_directory) {
      const RunnerText place = expressions_.evaluate(*recipe.working_directory, parameters);
      frame.directory = is_plain(place)
                            ? std::optional<std::string>(text::join_path(directory_, plain(place)))
                            : std::nullopt;
    }
    frame.environment = exported();
    for (const JustParameter& one : recipe.parameters) {
      if (!one.exported && !model_.export_all) continue;
      frame.environment.set(
          one.name, environment_value(expressions_.value_of(one.name, parameters, {}), one.name));
    }
    const std::string_view first = recipe.lines.front().text();
    const std::size_t indent = std::min(first.find_first_not_of(" \t"), first.size());
    const bool shebang = first.substr(indent).starts_with("#!");
    if (shebang || recipe.script) {
      add_script(node, recipe, parameters, std::move(frame), shebang);
    } else {
      add_lines(node, recipe, parameters, frame);
    }
  }

  // What all recipes get.
  const Environment& exported() {
    if (exported_) return *exported_;
    std::vector<std::string> names = model_.exported;
    if (model_.export_all) {
      names.clear();
      for (const auto& [name, place] : expressions_.assigned()) names.push_back(name);
    }
    exported_.emplace();
    for (const std::string& name : names) {
      exported_->set(name, environment_value(expressions_.value_of(name, {}, {}), name));
    }
    return *exported_;
  }

  static Span dedented(Span line, std::size_t indent) {
    const std::string_view text = line.text();
    const std::size_t own = std::min(text.find_first_not_of(" \t"), text.size());
    line.begin += static_cast<std::uint32_t>(std::min(own, indent));
    return line;
  }

  void add_script(TaskNode& node, const JustRecipe& recipe,
                  const JustExpressions::Bindings& parameters, Block frame, bool shebang) {
    Interpreter interpreter{true, Dialect::kSh, true, false};  // sh -eu
    const std::string_view first = recipe.lines.front().text();
    const std::size_t indent = std::min(first.find_first_not_of(" \t"), first.size());
    if (shebang) interpreter = interpreter_of(words_of(first.substr(indent + 2)));
    if (!interpreter.shell) return;
    RunnerText whole;
    for (std::size_t i = shebang ? 1 : 0; i < recipe.lines.size(); ++i) {
      const Span line = recipe.lines[i];
      append(whole, expand(dedented(line, indent), parameters));
      append(whole, plain_text("\n", {line.file, line.end, line.end}));
    }
    add_block(node, whole, recipe.lines.front(), std::move(frame), interpreter);
  }

  void add_lines(TaskNode& node, const JustRecipe& recipe,
                 const JustExpressions::Bindings& parameters, const Block& frame) {
    const Interpreter interpreter = interpreter_of(model_.shell);
    if (!interpreter.shell) return;
    RunnerText text;
    bool ignored = false;
    bool open = false;  // a backslash ends the line before
    for (const Span& written : recipe.lines) {
      Span line = dedented(written, SIZE_MAX);
      if (!open) {
        ignored = false;
        while (line.begin < line.end) {
          const char c = line.file->bytes()[line.begin];
          if (c != '@' && c != '-') break;
          ignored = ignored || c == '-';
          ++line.begin;
        }
      }
      append(text, expand(line, parameters));
      open = line.text().ends_with('\\');
      if (open) {
        append(text, plain_text("\n", {line.file, line.end, line.end}));
        continue;
      }
      if (text.empty()) continue;
      Block block = frame;
      block.failure_ignored = ignored;
      add_block(node, text, line, std::move(block), interpreter);
      text.clear();
    }
    if (!text.empty()) add_block(node, text, recipe.lines.back(), frame, interpreter);
  }

  void add_block(TaskNode& node, const RunnerText& text, Span place, Block block,
                 const Interpreter& interpreter) {
    block.errexit = interpreter.errexit;
    block.pipefail = interpreter.pipefail;
    parse_into(block, script_text(text, *place.file, place, interpreter.dialect), host_);
    node.own.push_back(std::make_shared<const Block>(std::move(block)));
  }

  const JustModel& model_;
  JustExpressions& expressions_;
  const ReadRequest& request_;
  HostFile& host_;
  std::string directory_;
  std::map<std::string, std::size_t, std::less<>> by_name_;
  std::vector<TaskNode> nodes_;
  std::vector<Instance> instances_;
  std::map<std::pair<std::size_t, std::string>, std::size_t> by_instance_;
  std::optional<Environment> exported_;
};

}  // namespace

Match match_justfile(std::string_view path) {
  const std::string name = lower(text::name_of(path));
  const bool named = name == "justfile" || name == ".justfile";
  if (named || text::extension_of(name) == ".just") return Match::kYes;
  // Not every file without an extension is opened for it: modules lie in a folder of their own.
  const std::string parent = text::directory_of(path);
  const std::string folder = lower(text::name_of(parent));
  const bool modules = folder == "tasks" || folder == "just" || folder == "justfiles";
  return modules && name.find('.') == std::string::npos ? Match::kPerhaps : Match::kNo;
}

// `mod build 'tasks/build'`: a module may have any name, and says by what only justfiles hold what
// it is.
bool recognise_justfile(std::string_view head) {
  if (head.starts_with("#!") || head.find('\0') != std::string_view::npos) return false;
  for (std::size_t at = 0; at < head.size();) {
    const std::size_t end = std::min(head.find('\n', at), head.size());
    const std::string_view line = head.substr(at, end - at);
    at = end + 1;
    if (line == "[private]" || line == "[no-cd]" || line.starts_with("[group(") ||
        line.starts_with("[doc(") || line.starts_with("set shell := [") ||
        line.starts_with("set dotenv-load") || line.find("{{justfile()}}") != std::string_view::npos ||
        line.find("{{ justfile() }}") != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

HostFile read_justfile(const ReadRequest& request) {
  HostFile host;
  host.kind = HostKind::kJustfile;
  host.file = &request.file;
  JustModel model;
  JustExpressions expressions(text::directory_of(request.path), request.path);
  parse_justfile(request, model, expressions, host);
  TaskMaker(model, expressions, request, host).make();
  for (Task& task : host.tasks) {
    // Imported, and read for itself.
    const SourceFile* file = task.span.file;
    if (file != host.file && match_justfile(file->path()) == Match::kYes) task.called = true;
  }
  std::erase_if(host.troubles, [&](const Trouble& lost) { return lost.span.file != host.file; });
  return host;
}

}  // namespace composelint::hosts
