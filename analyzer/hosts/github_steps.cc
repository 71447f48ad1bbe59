#include "analyzer/hosts/github_steps.h"

#include <algorithm>
#include <array>

#include "analyzer/hosts/compose_line.h"
#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

using yaml::Node;

constexpr int kMaxDepth = 4;

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

const Node* first_of(const Node* node, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (const Node* found = value_of(node, key)) return found;
  }
  return nullptr;
}

// Actions that run a command again until it succeeds.
bool retries(std::string_view action) {
  return holds(action, "/retry") || holds(action, "/wretry.action");
}

// Their commands go to another machine, by the names of those that are in use.
bool goes_by_ssh(std::string_view action) {
  return holds(action, "ssh") || holds(action, "SSH");
}

}  // namespace

When when_of(std::string_view condition) {
  if (condition.empty() || condition == "success()" || condition == "true" ||
      condition == "${{ success() }}") {
    return When::kInTurn;
  }
  const bool both = holds(condition, "&&");
  if (holds(condition, "failure()")) {
    return holds(condition, "success()") && !both ? When::kAnyway : When::kOnFailure;
  }
  const bool anyway = holds(condition, "always()") || holds(condition, "!cancelled()");
  return anyway && !both ? When::kAnyway : When::kMaybe;
}

Substitute GithubSteps::substitute(const GithubScope& scope) {
  return [&scope](std::string_view name) -> std::optional<std::string> {
    if (name.starts_with("env.")) return known_value(scope.variables, name.substr(4));
    if (name == "github.workspace") return scope.workspace;
    if (name == "github.action_path" && !scope.action_path.empty()) return scope.action_path;
    const std::string* const known = scope.known.find(name);
    return known == nullptr ? std::nullopt : std::optional(*known);
  };
}

void GithubSteps::set_workspace(GithubScope& scope) {
  HostText text;
  if (scope.checkout.empty() && !scope.foreign_tree) {
    text.add_whole(scope.workspace, {});
  } else {
    text.add_foreign("GITHUB_WORKSPACE", {});
  }
  scope.variables.set("GITHUB_WORKSPACE", std::move(text));
}

void GithubSteps::apply_defaults(const Node* node, GithubScope& scope) const {
  const Node* run = value_of(value_of(node, "defaults"), "run");
  if (const Node* shell = value_of(run, "shell")) {
    scope.shell = read_shell(shell->text);
    if (shell->text == "bash") scope.shell.errexit = scope.shell.pipefail = true;
    if (shell->text == "sh") scope.shell.errexit = true;
  }
  if (const Node* written = value_of(run, "working-directory")) {
    scope.directory =
        directory(scope, fill_in(scalar_text(*written), kGithubExpression, substitute(scope)));
  }
}

void GithubSteps::set_inputs(const Node* declared, const Node* with, const GithubScope& outer,
                             GithubScope& inner) {
  if (declared == nullptr) return;
  for (const yaml::Entry& input : entries_of(*declared)) {
    const std::string name(input.key->text);
    const Node* value = value_of(with, name);
    const bool given = value != nullptr;
    if (!given) value = value_of(*input.value, "default");
    if (value == nullptr || value->kind != yaml::NodeKind::kScalar) continue;
    const HostText text = given ? fill_in(scalar_text(*value), kGithubExpression, substitute(outer))
                                : scalar_text(*value);
    const std::optional<std::string> known = text.known();
    if (known && !holds(*known, "${{")) inner.known.set("inputs." + name, *known);
  }
}

std::optional<std::string> GithubSteps::directory(const GithubScope& scope,
                                                  const HostText& written) const {
  if (scope.foreign_tree) return std::nullopt;
  std::optional<std::string> out = directory_in(scope.workspace, written);
  if (!out || scope.checkout.empty()) return out;
  // The repository lies in a directory of the workspace.
  const std::string below = text::join_path(scope.workspace, scope.checkout);
  if (*out == below) return scope.workspace;
  if (!out->starts_with(below + "/")) return std::nullopt;
  return text::join_path(scope.workspace, out->substr(below.size() + 1));
}

void GithubSteps::read(const Node* steps, GithubScope& scope, Blocks& blocks) {
  if (steps == nullptr) return;
  for (const Node* step : items_of(*steps)) read_step(*step, scope, blocks);
}

void GithubSteps::read_step(const Node& step, GithubScope& scope, Blocks& blocks) {
  // Steps that run at once: the order in which they are written is one in which they may.
  if (const Node* parallel = value_of(step, "parallel")) return read(parallel, scope, blocks);
  Block settings;
  settings.name = std::string(text_of(&step, "name"));
  settings.when = when_of(text_of(&step, "if"));
  settings.failure_ignored = is_true(value_of(step, "continue-on-error"));
  Variables variables = scope.variables;
  add_variables(value_of(step, "env"), kGithubExpression, substitute(scope), variables);
  const std::string_view uses = text_of(&step, "uses");
  if (const Node* run = value_of(step, "run")) {
    const std::size_t before = blocks.size();
    read_run(step, *run, settings, scope, std::move(variables), blocks);
    if (blocks.size() > before) {
      take_environment_file(blocks.back()->script, "GITHUB_ENV", scope.variables);
    }
  } else if (uses.starts_with("./") || uses.starts_with("../") || uses == ".") {
    read_local_action(step, uses, settings, scope, variables, blocks);
  } else if (!uses.empty()) {
    read_action(step, uses, std::move(settings), scope, variables, blocks);
  }
}

void GithubSteps::read_run(const Node& step, const Node& run, const Block& settings,
                           const GithubScope& scope, Variables variables, Blocks& blocks) {
  GithubScope inner = scope;
  inner.variables = std::move(variables);
  if (const Node* shell = value_of(step, "shell")) {
    const std::optional<std::string> known =
        fill_in(scalar_text(*shell), kGithubExpression, substitute(inner)).known();
    if (known) inner.shell = read_shell(*known);
    if (known == "bash") inner.shell.errexit = inner.shell.pipefail = true;
    if (known == "sh") inner.shell.errexit = true;
  }
  Block block = settings;
  block.directory = inner.foreign_tree ? std::nullopt : inner.directory;
  if (const Node* written = value_of(step, "working-directory")) {
    block.directory =
        directory(inner, fill_in(scalar_text(*written), kGithubExpression, substitute(inner)));
  }
  HostText text = fill_in(scalar_text(run), kGithubExpression, substitute(inner));
  if (!inner.shell.readable && !inner.shell.windows) return;
  if (!inner.shell.readable) text = compose_lines(text);
  if (text.text().empty()) return;
  blocks.push_back(make_block(std::move(block), text, inner.shell, inner.variables, host_));
}

// Where the repository lies, or that it is another one.
void GithubSteps::take_checkout(const Node* with, GithubScope& scope) {
  const std::string_view repository = text_of(with, "repository");
  const std::string path = text::normalise(text_of(with, "path"));
  if (!repository.empty() && !holds(repository, "github.repository")) {
    scope.foreign_tree = scope.foreign_tree || path == ".";
    return set_workspace(scope);
  }
  scope.foreign_tree = false;
  scope.checkout = path == "." ? "" : path;
  if (!scope.checkout.empty() && scope.directory == scope.workspace) scope.directory.reset();
  set_workspace(scope);
}

void GithubSteps::read_action(const Node& step, std::string_view uses, Block settings,
                              GithubScope& scope, const Variables& variables, Blocks& blocks) {
  const std::string_view action = uses.substr(0, uses.find('@'));
  const Node* with = value_of(step, "with");
  if (action == "actions/checkout") return take_checkout(with, scope);
  GithubScope inner = scope;
  inner.variables = variables;
  const Substitute known = substitute(inner);
  if (goes_by_ssh(action)) {
    const Node* script = first_of(with, {"script", "command", "commands", "run"});
    if (script == nullptr) return;
    settings.place = Place::kRemote;
    settings.directory = std::nullopt;
    const Node* machine = first_of(with, {"host", "hostname", "HOST", "remote_host"});
    if (machine != nullptr) settings.place_name = std::string(machine->text);
    ShellChoice shell;
    shell.errexit = is_true(value_of(with, "script_stop"));
    Variables passed;
    std::string names(text_of(with, "envs"));
    std::replace(names.begin(), names.end(), ',', ' ');
    for (std::size_t at = 0; at < names.size();) {
      const std::size_t end = std::min(names.find(' ', at), names.size());
      const std::string name = names.substr(at, end - at);
      if (const HostText* const value = variables.find(name)) passed.set(name, *value);
      at = end + 1;
    }
    const HostText text = fill_in(scalar_text(*script), kGithubExpression, known);
    blocks.push_back(make_block(std::move(settings), text, shell, passed, host_));
  } else if (retries(action)) {
    const Node* command = first_of(with, {"command"});
    if (command == nullptr) return;
    settings.directory = scope.foreign_tree ? std::nullopt : scope.directory;
    const HostText text = fill_in(scalar_text(*command), kGithubExpression, known);
    blocks.push_back(make_block(std::move(settings), text, {}, variables, host_));
  } else {
    settings.directory = scope.foreign_tree ? std::nullopt : scope.directory;
    read_inputs(with, settings, inner, blocks);
  }
}

// What an action or a workflow of others does is not known here; `pre_command: |` and its like are
// commands for a shell all the same.
void GithubSteps::read_inputs(const Node* with, const Block& settings, const GithubScope& scope,
                              Blocks& blocks) {
  if (with == nullptr) return;
  for (const yaml::Entry& input : entries_of(*with)) {
    const std::string_view name = input.key->text;
    const Node& value = input.value->resolved();
    const bool command = holds(name, "command") || holds(name, "script") || holds(name, "cmd") ||
                         name == "run" || name.starts_with("run-") || name.ends_with("-run");
    if (!command || value.kind != yaml::NodeKind::kScalar) continue;
    const HostText text = fill_in(scalar_text(value), kGithubExpression, substitute(scope));
    if (compose_lines(text).text().empty()) continue;
    blocks.push_back(make_block(settings, text, {}, scope.variables, host_));
  }
}

void GithubSteps::read_local_action(const Node& step, std::string_view uses, const Block& settings,
                                    const GithubScope& scope, const Variables& variables,
                                    Blocks& blocks) {
  if (scope.depth >= kMaxDepth) return;
  std::string path = text::join_path(request_.workspace_root, uses);
  if (!scope.checkout.empty()) {
    const std::string below = text::join_path(scope.workspace, scope.checkout) + "/";
    if (path.starts_with(below)) {
      path = text::join_path(request_.workspace_root, path.substr(below.size()));
    }
  }
  std::vector<const Node*> documents = files_.open(text::join_path(path, "action.yml"));
  if (documents.empty()) documents = files_.open(text::join_path(path, "action.yaml"));
  if (documents.empty()) return;
  const Node* runs = value_of(documents.front(), "runs");
  if (text_of(runs, "using") != "composite") return;
  GithubScope inner = scope;
  inner.variables = variables;
  inner.action_path = path;
  inner.directory = scope.checkout.empty() ? std::optional(scope.workspace) : std::nullopt;
  ++inner.depth;
  scope.known.for_each([&](const std::string& name, const std::string&) {
    if (name.starts_with("inputs.")) inner.known.erase(name);
  });
  set_inputs(value_of(documents.front(), "inputs"), value_of(step, "with"), scope, inner);
  Blocks own;
  read(value_of(runs, "steps"), inner, own);
  for (const auto& block : own) {
    Block copy = *block;
    if (settings.when != When::kInTurn) copy.when = settings.when;
    copy.failure_ignored = copy.failure_ignored || settings.failure_ignored;
    if (copy.name.empty()) copy.name = settings.name;
    blocks.push_back(std::make_shared<const Block>(std::move(copy)));
  }
}

void take_environment_file(const Script& script, std::string_view file, Variables& variables) {
  for (const Command& command : script.commands) {
    const auto* simple = command.as<SimpleCommand>();
    if (simple == nullptr || simple->words.size() != 2 || command.redirects.size() != 1) continue;
    const IoRedirect& redirect = command.redirects.front();
    if (simple->words[0].literal_text() != "echo" || redirect.op != ">>" ||
        redirect.target.parts.size() != 1 || redirect.target.parts[0].parameter.name != file) {
      continue;
    }
    const Word& word = simple->words[1];
    std::string text = word.literal_text();
    if (text.starts_with("export ")) text.erase(0, 7);
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) continue;
    HostText value;
    if (word.literal()) {
      value.add_whole(text.substr(equals + 1), word.span);
    } else {
      value.add_foreign(text.substr(0, equals), word.span);
    }
    variables.set(text.substr(0, equals), std::move(value));
  }
}

}  // namespace composelint::hosts
