// CircleCI (.circleci/config.yml): jobs of steps, with commands of one's own that take parameters.
// A step is a shell of its own, by default `/bin/bash -eo pipefail`.
// https://circleci.com/docs/configuration-reference/
#include "analyzer/hosts/ci.h"

#include <algorithm>
#include <array>
#include <set>

#include "analyzer/hosts/github_steps.h"
#include "analyzer/hosts/readers.h"
#include "analyzer/text/path.h"
#include "analyzer/yaml/comments.h"

namespace composelint::hosts {
namespace {

using yaml::Node;
using yaml::NodeKind;

constexpr int kMaxDepth = 8;  // commands inside each other
constexpr std::size_t kMaxSteps = 2'000;

// `<<` may as well be a here-document.
bool is_parameter(std::string_view name) {
  constexpr std::array<std::string_view, 4> kRoots = {"parameters.", "pipeline.", "matrix.",
                                                      "executor."};
  return std::any_of(kRoots.begin(), kRoots.end(),
                     [&](std::string_view root) { return name.starts_with(root); });
}

constexpr ExpressionSyntax kParameter = {"<<", ">>", is_parameter, "\\<<"};

using Parameters = std::map<std::string, std::string, std::less<>>;

struct Scope {
  Parameters parameters;
  Variables variables;
  ShellChoice shell = {true, true, true, Dialect::kBash};
  std::string home;      // the job's working directory as written: there the repository lies
  std::string checkout;  // below it, where `checkout` has a path
  When when = When::kInTurn;
  int depth = 0;
};

class Config {
 public:
  Config(const ReadRequest& request, HostFile& host)
      : request_(request), host_(host), files_(request, host) {}

  void run() {
    for (const Node* document : files_.own()) {
      root_ = document;
      for (const yaml::Entry& entry : entries(value_of(*document, "parameters"))) {
        take_default("pipeline.parameters.", entry, pipeline_);
      }
      note_workflows();
      std::vector<Job> jobs;
      for (const yaml::Entry& entry : entries(value_of(*document, "jobs"))) {
        jobs.push_back(read_job(*entry.key, entry.value->resolved()));
      }
      // Commands that no job of the file uses are of interest all the same.
      for (const yaml::Entry& entry : entries(value_of(*document, "commands"))) {
        if (!used_.contains(entry.key->text)) {
          jobs.push_back(read_command(*entry.key, entry.value->resolved()));
        }
      }
      add_jobs(jobs, host_);
    }
  }

 private:
  static std::vector<yaml::Entry> entries(const Node* node) {
    return node == nullptr ? std::vector<yaml::Entry>() : entries_of(*node);
  }

  static void take_default(const std::string& prefix, const yaml::Entry& parameter,
                           Parameters& out) {
    const Node* value = value_of(*parameter.value, "default");
    if (value != nullptr && value->kind == NodeKind::kScalar) {
      out.insert_or_assign(prefix + std::string(parameter.key->text), std::string(value->text));
    }
  }

  // What the workflows give a job, and which jobs have to be through before it.
  void note_workflows() {
    std::map<std::string, std::string, std::less<>> renamed;
    for (const yaml::Entry& workflow : entries(value_of(*root_, "workflows"))) {
      const Node* jobs = value_of(*workflow.value, "jobs");
      if (jobs == nullptr) continue;
      for (const Node* item : items_of(*jobs)) {
        for (const yaml::Entry& use : entries_of(*item)) {
          uses_[use.key->text].push_back(&use.value->resolved());
          const std::string_view name = text_of(use.value, "name");
          if (!name.empty()) renamed[std::string(name)] = std::string(use.key->text);
        }
        if (item->kind == NodeKind::kScalar) uses_[item->text].push_back(item);
      }
    }
    for (const auto& [job, uses] : uses_) {
      for (const Node* use : uses) {
        const Node* needed = value_of(*use, "requires");
        if (needed == nullptr) continue;
        for (const Node* name : commands_of(*needed)) {
          const auto found = renamed.find(name->text);
          needs_[job].push_back(found != renamed.end() ? found->second : std::string(name->text));
        }
      }
    }
  }

  // A parameter is known where all uses of the job give it the same value.
  void set_job_parameters(std::string_view job, const Node* declared, Parameters& out) const {
    for (const yaml::Entry& parameter : entries(declared)) {
      const std::string name = "parameters." + std::string(parameter.key->text);
      take_default("parameters.", parameter, out);
      const auto found = uses_.find(job);
      if (found == uses_.end()) continue;
      const std::optional<std::string> by_default =
          out.contains(name) ? std::optional(out[name]) : std::nullopt;
      std::optional<std::string> agreed;
      bool same = true;
      for (const Node* use : found->second) {
        const Node* given = value_of(*use, parameter.key->text);
        const Node* matrix =
            value_of(value_of(value_of(*use, "matrix"), "parameters"), parameter.key->text);
        std::optional<std::string> value = by_default;
        if (given != nullptr) value = std::string(given->text);
        if (matrix != nullptr) value.reset();
        if (!value || value->find("<<") != std::string::npos || (agreed && agreed != value)) {
          same = false;
        }
        agreed = value;
      }
      if (same && agreed) {
        out[name] = *agreed;
      } else {
        out.erase(name);
      }
    }
  }

  [[nodiscard]] static Substitute substitute(const Scope& scope) {
    return [&scope](std::string_view name) -> std::optional<std::string> {
      const auto found = scope.parameters.find(name);
      if (found == scope.parameters.end()) return std::nullopt;
      return found->second;
    };
  }

  Job read_job(const Node& key, const Node& node) {
    Job job;
    job.name = std::string(key.text);
    job.span = key.span;
    const auto needs = needs_.find(key.text);
    if (needs != needs_.end()) job.needs = needs->second;
    Scope scope;
    scope.parameters = pipeline_;
    set_job_parameters(key.text, value_of(node, "parameters"), scope.parameters);
    if (const Node* executor = value_of(node, "executor")) {
      const std::string_view name =
          executor->kind == NodeKind::kScalar ? executor->text : text_of(executor, "name");
      if (name.starts_with("win")) scope.shell.readable = false;
      apply(value_of(value_of(*root_, "executors"), name), scope);
    }
    apply(&node, scope);
    // `namespace/name` is a machine of one's own.
    job.new_machine = text_of(&node, "resource_class").find('/') == std::string_view::npos &&
                      text_of(&node, "machine") != "self-hosted";
    read_steps(value_of(node, "steps"), scope, job.blocks);
    return job;
  }

  Job read_command(const Node& key, const Node& node) {
    Job job;
    job.name = std::string(key.text);
    job.span = key.span;
    Scope scope;
    scope.parameters = pipeline_;
    for (const yaml::Entry& parameter : entries(value_of(node, "parameters"))) {
      take_default("parameters.", parameter, scope.parameters);
    }
    read_steps(value_of(node, "steps"), scope, job.blocks);
    return job;
  }

  // What a job and its executor have alike.
  static void apply(const Node* node, Scope& scope) {
    if (node == nullptr) return;
    add_variables(value_of(*node, "environment"), kParameter, substitute(scope), scope.variables);
    if (const Node* shell = value_of(*node, "shell")) scope.shell = read_shell(shell->text);
    if (const Node* home = value_of(*node, "working_directory")) scope.home = home->text;
  }

  void read_steps(const Node* steps, Scope& scope,
                  std::vector<std::shared_ptr<const Block>>& blocks) {
    if (steps == nullptr || scope.depth > kMaxDepth) return;
    for (const Node* step : items_of(*steps)) {
      if (++read_ > kMaxSteps) return;
      if (step->kind == NodeKind::kScalar) {
        call_command(step->text, nullptr, scope, blocks);
      } else if (step->kind == NodeKind::kSequence) {
        read_steps(step, scope, blocks);
      }
      for (const yaml::Entry& entry : entries_of(*step)) {
        read_step(entry.key->text, entry.value->resolved(), scope, blocks);
      }
    }
  }

  void read_step(std::string_view kind, const Node& value, Scope& scope,
                 std::vector<std::shared_ptr<const Block>>& blocks) {
    if (kind == "run" || kind == "deploy") {
      read_run(value, scope, blocks);
    } else if (kind == "when" || kind == "unless") {
      Scope inner = scope;
      inner.when = When::kMaybe;
      ++inner.depth;
      read_steps(value_of(value, "steps"), inner, blocks);
    } else if (kind == "checkout") {
      scope.checkout = std::string(text_of(&value, "path"));
    } else {
      call_command(kind, &value, scope, blocks);
    }
  }

  void call_command(std::string_view name, const Node* given, const Scope& outer,
                    std::vector<std::shared_ptr<const Block>>& blocks) {
    const Node* command = value_of(value_of(*root_, "commands"), name);
    if (command == nullptr) return;
    used_.insert(name);
    Scope inner = outer;
    ++inner.depth;
    std::erase_if(inner.parameters,
                  [](const auto& entry) { return entry.first.starts_with("parameters."); });
    for (const yaml::Entry& parameter : entries(value_of(*command, "parameters"))) {
      take_default("parameters.", parameter, inner.parameters);
      const Node* value = value_of(given, parameter.key->text);
      if (value == nullptr || value->kind != NodeKind::kScalar) continue;
      const std::string key = "parameters." + std::string(parameter.key->text);
      const auto known = fill_in(scalar_text(*value), kParameter, substitute(outer)).known();
      if (known) {
        inner.parameters[key] = *known;
      } else {
        inner.parameters.erase(key);
      }
    }
    read_steps(value_of(*command, "steps"), inner, blocks);
  }

  // The repository lies in the job's working directory.
  [[nodiscard]] std::optional<std::string> directory(const Scope& scope,
                                                     const HostText* written) const {
    std::optional<std::string> place = written == nullptr ? std::string(".") : written->known();
    if (!place) return std::nullopt;
    std::string home = scope.home.empty() ? "~/project" : scope.home;
    while (home.ends_with('/')) home.pop_back();
    if (*place == home || place->starts_with(home + "/")) *place = "." + place->substr(home.size());
    if (place->starts_with('~') || text::is_absolute(*place) ||
        place->find('$') != std::string::npos) {
      return text::is_absolute(*place) ? std::optional(text::normalise(*place)) : std::nullopt;
    }
    *place = text::normalise(*place);
    const std::string checkout = text::normalise(scope.checkout);
    if (checkout != ".") {
      if (*place != checkout && !place->starts_with(checkout + "/")) return std::nullopt;
      *place = "." + place->substr(checkout.size());
    }
    return text::join_path(request_.workspace_root, *place);
  }

  void read_run(const Node& value, Scope& scope,
                std::vector<std::shared_ptr<const Block>>& blocks) {
    const bool plain = value.kind == NodeKind::kScalar;
    const Node* command = plain ? &value : value_of(value, "command");
    if (command == nullptr) return;
    Block block;
    block.name = std::string(plain ? std::string_view() : text_of(&value, "name"));
    block.when = scope.when;
    const std::string_view when = text_of(&value, "when");
    if (when == "always") block.when = When::kAnyway;
    if (when == "on_fail") block.when = When::kOnFailure;
    block.failure_ignored = is_true(value_of(value, "background"));
    ShellChoice shell = scope.shell;
    if (const Node* own = value_of(value, "shell")) shell = read_shell(own->text);
    if (!shell.readable) return;
    Variables variables = scope.variables;
    add_variables(value_of(value, "environment"), kParameter, substitute(scope), variables);
    std::optional<HostText> written;
    if (const Node* own = value_of(value, "working_directory")) {
      written = fill_in(scalar_text(*own), kParameter, substitute(scope));
    }
    block.directory = directory(scope, written ? &*written : nullptr);
    const HostText text = fill_in(scalar_text(*command), kParameter, substitute(scope));
    blocks.push_back(make_block(std::move(block), text, shell, variables, host_));
    take_environment_file(blocks.back()->script, "BASH_ENV", scope.variables);
  }

  const ReadRequest& request_;
  HostFile& host_;
  CiFiles files_;
  const Node* root_ = nullptr;
  Parameters pipeline_;
  std::map<std::string_view, std::vector<const Node*>> uses_;
  std::map<std::string_view, std::vector<std::string>> needs_;
  std::set<std::string_view> used_;  // commands
  std::size_t read_ = 0;
};

}  // namespace

Match match_circleci(std::string_view path) {
  return is_yaml_path(path) && text::directory_of(path).ends_with("/.circleci") ? Match::kYes
                                                                                : Match::kNo;
}

HostFile read_circleci(const ReadRequest& request) {
  HostFile host;
  host.comments = yaml::comments(request.file);
  if (may_run_docker(request.file)) Config(request, host).run();
  return host;
}

}  // namespace composelint::hosts
