// GitHub workflows (.github/workflows/*.yml) and composite actions (action.yml). A step is a shell
// of its own, by default `bash -e` without pipefail; named as `bash` it gets `-eo pipefail`.
// https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
#include <algorithm>

#include "analyzer/hosts/github_steps.h"
#include "analyzer/hosts/readers.h"
#include "analyzer/text/path.h"
#include "analyzer/yaml/comments.h"

namespace composelint::hosts {
namespace {

using yaml::Node;

GithubScope start(const ReadRequest& request) {
  GithubScope scope;
  scope.workspace = request.workspace_root;
  scope.directory = request.workspace_root;
  scope.shell.errexit = true;
  GithubSteps::set_workspace(scope);
  return scope;
}

class Workflow {
 public:
  Workflow(const ReadRequest& request, HostFile& host)
      : request_(request), files_(request, host), steps_(request, files_, host), host_(host) {}

  void run() {
    for (const Node* document : files_.own()) {
      GithubScope scope = start(request_);
      add_jobs(read_jobs(*document, nullptr, scope, scope), host_);
    }
  }

 private:
  // The jobs of a workflow; `with`: what the job that calls it gives for its inputs.
  std::vector<Job> read_jobs(const Node& workflow, const Node* with, const GithubScope& outer,
                             GithubScope scope) {
    const Node* triggers = value_of(workflow, "on");
    for (const std::string_view trigger : {"workflow_dispatch", "workflow_call"}) {
      GithubSteps::set_inputs(value_of(value_of(triggers, trigger), "inputs"), with, outer, scope);
    }
    add_variables(value_of(workflow, "env"), kGithubExpression, GithubSteps::substitute(scope),
                  scope.variables);
    steps_.apply_defaults(&workflow, scope);
    std::vector<Job> jobs;
    const Node* listed = value_of(workflow, "jobs");
    if (listed == nullptr) return jobs;
    std::vector<std::string> off;
    for (const yaml::Entry& entry : entries_of(*listed)) {
      jobs.push_back(read_job(*entry.key, entry.value->resolved(), scope));
      if (is_switched_off(entry.value->resolved())) off.push_back(jobs.back().name);
    }
    drop(std::move(off), jobs);
    return jobs;
  }

  // `if: false`, which is how a job is kept for later.
  static bool is_switched_off(const Node& job) {
    const std::string_view condition = text_of(&job, "if");
    return condition == "false" || condition == "${{ false }}" || condition == "${{false}}";
  }

  // With those that need them: such a job is skipped as well.
  static void drop(std::vector<std::string> off, std::vector<Job>& jobs) {
    while (!off.empty()) {
      const std::string name = std::move(off.back());
      off.pop_back();
      std::erase_if(jobs, [&](const Job& job) { return job.name == name; });
      for (const Job& job : jobs) {
        const bool waits = std::find(job.needs.begin(), job.needs.end(), name) != job.needs.end();
        if (waits && !job.anyway) off.push_back(job.name);
      }
    }
  }

  Job read_job(const Node& key, const Node& node, GithubScope scope) {
    Job job;
    job.name = std::string(key.text);
    job.span = key.span;
    if (const Node* needs = value_of(node, "needs")) {
      for (const Node* need : commands_of(*needs)) job.needs.emplace_back(need->text);
    }
    const When when = when_of(text_of(&node, "if"));
    job.anyway = when == When::kAnyway || when == When::kOnFailure;
    if (const Node* environment = value_of(node, "environment")) {
      const bool named = environment->kind == yaml::NodeKind::kMapping;
      set_deployment(job, named ? text_of(environment, "name") : environment->text);
    }
    set_matrix(value_of(value_of(node, "strategy"), "matrix"), scope);
    const std::string_view machine = text_of(&node, "runs-on");
    job.new_machine = is_hosted(machine);
    if (machine.starts_with("windows")) {
      scope.shell.readable = false;
      scope.shell.windows = true;
    }
    add_variables(value_of(node, "env"), kGithubExpression, GithubSteps::substitute(scope),
                  scope.variables);
    steps_.apply_defaults(&node, scope);
    const std::string_view uses = text_of(&node, "uses");
    if (uses.starts_with("./")) {
      call_workflow(uses, value_of(node, "with"), scope, job);
    } else if (!uses.empty()) {
      Block settings;
      settings.directory = scope.directory;
      steps_.read_inputs(value_of(node, "with"), settings, scope, job.blocks);
    } else {
      steps_.read(value_of(node, "steps"), scope, job.blocks);
    }
    return job;
  }

  // GitHub's own machines: each job gets a new one.
  static bool is_hosted(std::string_view machine) {
    return machine.starts_with("ubuntu-") || machine.starts_with("macos-") ||
           machine.starts_with("windows-");
  }

  // Another workflow of the repository, its jobs one behind the other. Nothing but inputs reaches
  // it.
  void call_workflow(std::string_view uses, const Node* with, const GithubScope& outer, Job& job) {
    const std::vector<const Node*> documents =
        files_.open(text::join_path(request_.workspace_root, uses));
    if (documents.empty() || outer.depth >= 3) return;
    GithubScope inner = start(request_);
    inner.depth = outer.depth + 1;
    job.new_machine = true;
    for (const Job& called : read_jobs(*documents.front(), with, outer, inner)) {
      job.new_machine = job.new_machine && called.new_machine;
      job.blocks.insert(job.blocks.end(), called.blocks.begin(), called.blocks.end());
    }
  }

  // Values that are the same in every job that the matrix makes.
  static void set_matrix(const Node* matrix, GithubScope& scope) {
    if (matrix == nullptr) return;
    const Node* include = value_of(*matrix, "include");
    std::vector<yaml::Entry> axes = entries_of(*matrix);
    std::erase_if(axes, [](const yaml::Entry& axis) {
      return axis.key->text == "include" || axis.key->text == "exclude";
    });
    for (const yaml::Entry& axis : axes) {
      const std::vector<const Node*> values = items_of(*axis.value);
      const bool more =
          include != nullptr &&
          std::any_of(include->items.begin(), include->items.end(),
                      [&](const Node* item) { return value_of(*item, axis.key->text) != nullptr; });
      if (axis.value->resolved().kind == yaml::NodeKind::kSequence && values.size() == 1 && !more) {
        set_value(std::string(axis.key->text), *values.front(), scope);
      }
    }
    if (include != nullptr && axes.empty() && include->items.size() == 1) {
      for (const yaml::Entry& entry : entries_of(*include->items.front())) {
        set_value(std::string(entry.key->text), entry.value->resolved(), scope);
      }
    }
  }

  static void set_value(const std::string& name, const Node& value, GithubScope& scope) {
    if (value.kind == yaml::NodeKind::kScalar && value.text.find("${{") == std::string_view::npos) {
      scope.known.set("matrix." + name, std::string(value.text));
    }
    for (const yaml::Entry& entry : entries_of(value)) {
      if (entry.value->resolved().kind == yaml::NodeKind::kScalar) {
        set_value(name + "." + std::string(entry.key->text), entry.value->resolved(), scope);
      }
    }
  }

  const ReadRequest& request_;
  CiFiles files_;
  GithubSteps steps_;
  HostFile& host_;
};

}  // namespace

Match match_github_workflow(std::string_view path) {
  const std::string directory = text::directory_of(path);
  const bool placed = directory.ends_with("/.github/workflows") ||
                      directory.ends_with("/.gitea/workflows") ||
                      directory.ends_with("/.forgejo/workflows");
  return placed && is_yaml_path(path) ? Match::kYes : Match::kNo;
}

HostFile read_github_workflow(const ReadRequest& given) {
  // Of a template or a copied repository: what it names lies beside its own `.github`.
  ReadRequest request = given;
  request.workspace_root = text::directory_of(text::directory_of(text::directory_of(given.path)));
  HostFile host;
  host.comments = yaml::comments(request.file);
  if (may_run_docker(request.file)) Workflow(request, host).run();
  return host;
}

Match match_github_action(std::string_view path) {
  const std::string_view name = text::name_of(path);
  return name == "action.yml" || name == "action.yaml" ? Match::kYes : Match::kNo;
}

HostFile read_github_action(const ReadRequest& request) {
  HostFile host;
  host.comments = yaml::comments(request.file);
  if (!may_run_docker(request.file)) return host;
  CiFiles files(request, host);
  GithubSteps steps(request, files, host);
  for (const Node* document : files.own()) {
    const Node* runs = value_of(*document, "runs");
    if (text_of(runs, "using") != "composite") continue;
    GithubScope scope = start(request);
    scope.action_path = text::directory_of(request.path);
    GithubSteps::set_inputs(value_of(*document, "inputs"), nullptr, scope, scope);
    Job job;
    job.name = std::string(text_of(document, "name"));
    if (const Node* name = value_of(*document, "name")) job.span = name->span;
    if (!job.span) job.span = runs->span;
    steps.read(value_of(runs, "steps"), scope, job.blocks);
    add_jobs({job}, host);
  }
  return host;
}

}  // namespace composelint::hosts
