// Azure pipelines: stages of jobs of steps, with templates that are other files. `script:` and
// `bash:` are each a bash without errexit, so that the last command decides.
// https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/
#include <algorithm>
#include <array>
#include <utility>

#include "analyzer/hosts/azure_variables.h"
#include "analyzer/hosts/ci.h"
#include "analyzer/hosts/readers.h"
#include "analyzer/text/path.h"
#include "analyzer/yaml/comments.h"

namespace composelint::hosts {
namespace {

using yaml::Node;
using yaml::NodeKind;

constexpr int kMaxDepth = 10;  // templates and conditions inside each other
constexpr std::size_t kMaxSteps = 2'000;

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

struct Scope {
  AzureVariables variables;
  std::map<std::string, std::string, std::less<>> parameters;
  std::string directory;  // of the file: templates are named from there
  bool windows = false;
  bool new_machine = true;
  When when = When::kInTurn;
  int depth = 0;
};

class Pipeline {
 public:
  Pipeline(const ReadRequest& request, HostFile& host)
      : request_(request), host_(host), files_(request, host) {}

  void run() {
    for (const Node* document : files_.own()) {
      Scope scope;
      scope.directory = text::directory_of(request_.path);
      set_parameters(value_of(*document, "parameters"), nullptr, scope, scope);
      read_level(*document, scope);
    }
    add_jobs(jobs_, host_);
  }

 private:
  // A pipeline, or a template of stages, jobs or steps.
  void read_level(const Node& node, Scope scope) {
    take_settings(node, scope);
    if (const Node* stages = value_of(node, "stages")) read_stages(*stages, scope);
    if (const Node* jobs = value_of(node, "jobs")) read_jobs(*jobs, scope);
    if (const Node* steps = value_of(node, "steps")) {
      Job job;
      job.span = steps->span;
      for (const yaml::Entry& entry : entries_of(node)) {
        if (entry.key->text == "steps") job.span = entry.key->span;
      }
      job.needs = stage_needs_;
      job.new_machine = scope.new_machine;
      read_steps(*steps, scope, job);
      finish(std::move(job));
    }
    if (const Node* extended = value_of(node, "extends")) {
      with_template(*extended, scope,
                    [&](const Node& root, Scope& inner) { read_level(root, inner); });
    }
  }

  void take_settings(const Node& node, Scope& scope) {
    const Node* pool = value_of(node, "pool");
    const std::string_view image = text_of(pool, "vmImage");
    if (pool != nullptr) scope.new_machine = !image.empty();
    if (!image.empty()) scope.windows = image.starts_with("windows") || image.starts_with("vs20");
    if (const Node* variables = value_of(node, "variables")) take_variables(*variables, scope);
  }

  void take_variables(const Node& node, Scope& scope) {
    WrittenVariables written;
    add_variables(&node, kGithubExpression, substitute(scope), written);
    for (const auto& [name, value] : written) {
      scope.variables.take(name, fill_macros(value, scope));
    }
    if (node.resolved().kind != NodeKind::kSequence) return;
    for (const Node* item : items_of(node)) {
      with_template(*item, scope, [&](const Node& root, Scope& inner) {
        if (const Node* more = value_of(root, "variables")) take_variables(*more, inner);
        scope.variables = inner.variables;
      });
    }
  }

  static void set_parameters(const Node* declared, const Node* given, const Scope& outer,
                             Scope& inner) {
    if (declared == nullptr) return;
    const auto take = [&](std::string_view name, const Node* by_default) {
      const Node* value = value_of(given, name);
      const bool is_given = value != nullptr;
      if (!is_given) value = by_default;
      if (value == nullptr || value->kind != NodeKind::kScalar) return;
      const HostText text = fill_in(scalar_text(*value), kGithubExpression,
                                    is_given ? substitute(outer) : Substitute());
      if (const auto known = text.known()) {
        inner.parameters.insert_or_assign(std::string(name), *known);
      }
    };
    for (const yaml::Entry& entry : entries_of(*declared)) {
      take(entry.key->text, &entry.value->resolved());
    }
    if (declared->resolved().kind != NodeKind::kSequence) return;
    for (const Node* item : items_of(*declared)) {
      take(text_of(item, "name"), value_of(*item, "default"));
    }
  }

  static Substitute substitute(const Scope& scope) {
    return [&scope](std::string_view name) -> std::optional<std::string> {
      if (name.starts_with("parameters.")) {
        const auto found = scope.parameters.find(name.substr(11));
        if (found != scope.parameters.end()) return found->second;
      }
      if (name.starts_with("variables.")) return scope.variables.known(name.substr(10));
      return std::nullopt;
    };
  }

  [[nodiscard]] HostText fill_macros(const HostText& text, const Scope& scope) const {
    return scope.variables.fill(text, request_.workspace_root);
  }

  [[nodiscard]] HostText filled(const Node& node, const Scope& scope) const {
    return fill_macros(fill_in(scalar_text(node), kGithubExpression, substitute(scope)), scope);
  }

  template <typename Use>
  void with_template(const Node& item, const Scope& outer, const Use& use) {
    const std::string_view name = text_of(&item, "template");
    if (name.empty() || holds(name, "@") || holds(name, "${{") || outer.depth >= kMaxDepth) return;
    const std::string path = name.starts_with('/')
                                 ? text::join_path(request_.workspace_root, "." + std::string(name))
                                 : text::join_path(outer.directory, name);
    const std::vector<const Node*> documents = files_.open(path);
    if (documents.empty()) return;
    Scope inner = outer;
    ++inner.depth;
    inner.directory = text::directory_of(path);
    inner.parameters.clear();
    const Node& root = *documents.front();
    set_parameters(value_of(root, "parameters"), value_of(item, "parameters"), outer, inner);
    use(root, inner);
  }

  // Items of a list, those behind `${{ if … }}:` and `${{ each … }}:` with them.
  template <typename Use>
  void each_item(const Node& list, const Scope& scope, const Use& use) {
    if (scope.depth > kMaxDepth) return;
    for (const Node* item : items_of(list)) {
      if (++read_ > kMaxSteps) return;
      const bool inserted = item->kind == NodeKind::kMapping && item->entries.size() == 1 &&
                            item->entries[0].key->text.starts_with("${{");
      if (!inserted) {
        use(*item, scope);
        continue;
      }
      Scope inner = scope;
      inner.when = When::kMaybe;
      ++inner.depth;
      each_item(item->entries[0].value->resolved(), inner, use);
    }
  }

  void read_stages(const Node& stages, const Scope& scope) {
    each_item(stages, scope, [&](const Node& item, const Scope& here) {
      with_template(item, here, [&](const Node& root, Scope& inner) {
        if (const Node* more = value_of(root, "stages")) read_stages(*more, inner);
      });
      const Node* jobs = value_of(item, "jobs");
      if (jobs == nullptr) return;
      Scope inner = here;
      take_settings(item, inner);
      stage_ = text_of(&item, "stage");
      // Without dependsOn a stage waits for the one before it.
      const Node* needs = value_of(item, "dependsOn");
      stage_needs_ = needs == nullptr ? jobs_of_stage_[last_stage_] : std::vector<std::string>();
      if (needs != nullptr) {
        for (const Node* need : commands_of(*needs)) {
          const std::vector<std::string>& before = jobs_of_stage_[std::string(need->text)];
          stage_needs_.insert(stage_needs_.end(), before.begin(), before.end());
        }
      }
      read_jobs(*jobs, inner);
      last_stage_ = std::string(stage_);
      stage_ = {};
      stage_needs_.clear();
    });
  }

  void read_jobs(const Node& jobs, const Scope& scope) {
    each_item(jobs, scope, [&](const Node& item, const Scope& here) {
      with_template(item, here, [&](const Node& root, Scope& inner) {
        if (const Node* more = value_of(root, "jobs")) read_jobs(*more, inner);
      });
      const Node* name = value_of(item, "job");
      const Node* deployment = value_of(item, "deployment");
      if (name == nullptr && deployment == nullptr) return;
      read_job(item, name != nullptr ? *name : *deployment, here);
    });
  }

  void read_job(const Node& item, const Node& name, Scope scope) {
    take_settings(item, scope);
    Job job;
    job.name = std::string(name.text);
    job.span = name.span;
    job.new_machine = scope.new_machine;
    job.needs = stage_needs_;
    if (const Node* needs = value_of(item, "dependsOn")) {
      for (const Node* need : commands_of(*needs)) job.needs.emplace_back(need->text);
    }
    if (const Node* environment = value_of(item, "environment")) {
      const bool named = environment->kind == NodeKind::kMapping;
      set_deployment(job, named ? text_of(environment, "name") : environment->text);
    }
    if (const Node* steps = value_of(item, "steps")) read_steps(*steps, scope, job);
    if (const Node* strategy = value_of(item, "strategy")) {
      for (const yaml::Entry& kind : entries_of(*strategy)) {
        for (const yaml::Entry& phase : entries_of(*kind.value)) {
          read_phase(phase.key->text, phase.value->resolved(), scope, job);
        }
      }
    }
    finish(std::move(job));
  }

  // preDeploy, deploy, routeTraffic, postRouteTraffic, on: {failure, success}
  void read_phase(std::string_view name, const Node& phase, Scope scope, Job& job) {
    if (name == "failure") scope.when = When::kOnFailure;
    if (const Node* steps = value_of(phase, "steps")) read_steps(*steps, scope, job);
    if (name != "on") return;
    for (const yaml::Entry& entry : entries_of(phase)) {
      read_phase(entry.key->text, entry.value->resolved(), scope, job);
    }
  }

  void finish(Job job) {
    if (!stage_.empty()) jobs_of_stage_[std::string(stage_)].push_back(job.name);
    jobs_.push_back(std::move(job));
  }

  void read_steps(const Node& steps, const Scope& scope, Job& job) {
    each_item(steps, scope, [&](const Node& item, const Scope& here) {
      with_template(item, here, [&](const Node& root, Scope& inner) {
        if (const Node* more = value_of(root, "steps")) read_steps(*more, inner, job);
      });
      read_step(item, here, job);
    });
  }

  static When when_of_step(const Node& step, When around) {
    const std::string_view condition = text_of(&step, "condition");
    if (condition.empty() || condition == "succeeded()") return around;
    if (condition == "always()" || condition == "succeededOrFailed()") return When::kAnyway;
    return condition.starts_with("failed()") ? When::kOnFailure : When::kMaybe;
  }

  void read_step(const Node& step, const Scope& scope, Job& job) {
    if (text_of(&step, "enabled") == "false") return;
    Block block;
    block.name = std::string(text_of(&step, "displayName"));
    block.when = when_of_step(step, scope.when);
    block.failure_ignored = is_true(value_of(step, "continueOnError"));
    const Node* script = value_of(step, "bash");
    const bool cmd = script == nullptr && scope.windows;
    if (script == nullptr) script = value_of(step, "script");
    const Node* directory = value_of(step, "workingDirectory");
    const std::string_view task = text_of(&step, "task");
    if (!task.empty()) {
      const Node* inputs = value_of(step, "inputs");
      if (task.starts_with("SSH@")) return read_ssh(inputs, std::move(block), scope, job);
      if (task.starts_with("Bash@") || task.starts_with("CmdLine@")) {
        script = value_of(inputs, "script");
        directory = value_of(inputs, "workingDirectory");
      }
    }
    if (script == nullptr || (cmd && !task.starts_with("Bash@"))) return;
    block.directory = request_.workspace_root;
    if (directory != nullptr) {
      block.directory = directory_in(request_.workspace_root, filled(*directory, scope));
    }
    Variables variables = scope.variables.for_shell(request_.workspace_root);
    WrittenVariables own;
    add_variables(value_of(step, "env"), kGithubExpression, substitute(scope), own);
    for (const auto& [name, value] : own) variables.set(name, fill_macros(value, scope));
    job.blocks.push_back(
        make_block(std::move(block), filled(*script, scope), {}, variables, host_));
  }

  void read_ssh(const Node* inputs, Block block, const Scope& scope, Job& job) {
    const Node* script = value_of(inputs, "commands");
    if (script == nullptr) script = value_of(inputs, "inline");
    if (script == nullptr) return;
    block.place = Place::kRemote;
    block.place_name = std::string(text_of(inputs, "sshEndpoint"));
    block.directory = std::nullopt;
    job.blocks.push_back(make_block(std::move(block), filled(*script, scope), {}, {}, host_));
  }

  const ReadRequest& request_;
  HostFile& host_;
  CiFiles files_;
  std::vector<Job> jobs_;
  std::string_view stage_;
  std::string last_stage_;
  std::vector<std::string> stage_needs_;
  std::map<std::string, std::vector<std::string>, std::less<>> jobs_of_stage_;
  std::size_t read_ = 0;
};

}  // namespace

Match match_azure(std::string_view path) {
  if (!is_yaml_path(path)) return Match::kNo;
  const std::string_view name = text::name_of(path);
  if (name.starts_with("azure-pipeline") || name.starts_with(".azure-pipeline")) return Match::kYes;
  // Where templates lie.
  constexpr std::array<std::string_view, 9> kPlaces = {
      "/.azure-pipelines/", "/azure-pipelines/", "/.azuredevops/", "/.azdo/", "/.pipelines/",
      "/pipelines/",        "/templates/",       "/ci/",           "/build/"};
  return std::any_of(kPlaces.begin(), kPlaces.end(),
                     [&](std::string_view place) { return holds(path, place); })
             ? Match::kPerhaps
             : Match::kNo;
}

// Steps or what holds them at the top, and an item that only Azure has.
bool is_azure(std::string_view head) {
  constexpr std::array<std::string_view, 3> kLevels = {"steps:", "jobs:", "stages:"};
  constexpr std::array<std::string_view, 7> kItems = {
      "- script:", "- bash:", "- task:", "- job:", "- stage:", "- deployment:", "- template:"};
  const bool level = std::any_of(kLevels.begin(), kLevels.end(), [&](std::string_view key) {
    return head.starts_with(key) || holds(head, "\n" + std::string(key));
  });
  return level && std::any_of(kItems.begin(), kItems.end(),
                              [&](std::string_view item) { return holds(head, item); });
}

HostFile read_azure(const ReadRequest& request) {
  HostFile host;
  host.comments = yaml::comments(request.file);
  if (may_run_docker(request.file)) Pipeline(request, host).run();
  return host;
}

}  // namespace composelint::hosts
