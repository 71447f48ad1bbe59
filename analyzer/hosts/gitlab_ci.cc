// GitLab CI: .gitlab-ci.yml and the files that it includes. before_script and script are one shell,
// after_script is another, whose failure counts for nothing. The runner starts them with
// `set -o errexit` and, where the shell knows it, `set -o pipefail`.
// https://docs.gitlab.com/ci/yaml/, gitlab-runner shells/bash.go
#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "analyzer/hosts/gitlab_jobs.h"
#include "analyzer/hosts/readers.h"
#include "analyzer/text/path.h"
#include "analyzer/yaml/comments.h"

namespace composelint::hosts {
namespace {

using yaml::Node;
using yaml::NodeKind;

constexpr ExpressionSyntax kInputs = {"$[[", "]]"};

// Variables as they are written, and which of them refer to others.
struct Known {
  Variables written;
  std::set<std::string, std::less<>> referring;

  void take(const std::string& name, HostText value) {
    if (value.text().find('$') != std::string::npos) {
      referring.insert(name);
    } else {
      referring.erase(name);
    }
    written.set(name, std::move(value));
  }

  [[nodiscard]] Variables expanded() const {
    Variables out = written;
    for (const std::string& name : referring) {
      out.set(name, expand_variables(*written.find(name), written));
    }
    return out;
  }
};

class Pipeline {
 public:
  Pipeline(const ReadRequest& request, HostFile& host)
      : request_(request), host_(host), files_(request, host), jobs_(request, files_) {}

  void run() {
    jobs_.load();
    if (jobs_.own() == nullptr) return;
    note_used();
    std::vector<Job> jobs;
    for (const yaml::Entry& entry : entries_of(*jobs_.own())) {
      const std::string_view name = entry.key->text;
      if (entry.value->resolved().kind != NodeKind::kMapping || GitlabJobs::is_keyword(name)) {
        continue;
      }
      // A template is read in the jobs that extend it; where none does, they are elsewhere.
      if (name.starts_with('.') && used_.contains(name)) continue;
      jobs.push_back(read_job(*entry.key));
    }
    order_by_stage(jobs);
    add_jobs(jobs, host_);
  }

 private:
  struct Placed {
    std::string_view stage;
    bool has_needs = false;
  };

  // Names that `extends` and `!reference` of the file mention, and mappings used through aliases.
  void note_used() {
    std::set<const Node*> merged;
    for (const yaml::Entry& entry : jobs_.own()->resolved().entries) {
      note_used_in(*entry.value, merged, 0);
    }
    for (const yaml::Entry& entry : jobs_.own()->resolved().entries) {
      if (merged.contains(entry.value)) used_.insert(entry.key->text);
    }
  }

  void note_used_in(const Node& node, std::set<const Node*>& merged, int depth) {
    if (depth > 6) return;
    if (node.kind == NodeKind::kAlias) merged.insert(node.target);
    if (node.tag == "!reference" && !node.items.empty()) used_.insert(node.items[0]->text);
    for (const Node* item : node.items) note_used_in(*item, merged, depth + 1);
    for (const yaml::Entry& entry : node.entries) {
      if (entry.key->text == "extends") {
        for (const Node* base : commands_of(*entry.value)) used_.insert(base->text);
      }
      note_used_in(*entry.value, merged, depth + 1);
    }
  }

  Job read_job(const Node& key) {
    const GitlabLayers layers = jobs_.job(key.text);
    Job job;
    job.name = std::string(key.text);
    job.span = key.span;
    Placed placed;
    if (const Node* stage = GitlabJobs::find(layers, "stage")) placed.stage = stage->text;
    if (const Node* needs = GitlabJobs::find(layers, "needs")) {
      placed.has_needs = true;
      for (const Node* need : items_of(*needs)) {
        const Node* name = need->kind == NodeKind::kScalar ? need : value_of(*need, "job");
        if (name != nullptr) job.needs.emplace_back(name->text);
      }
    }
    placed_.push_back(placed);
    if (const Node* environment = GitlabJobs::find(layers, "environment")) {
      const bool named = environment->kind == NodeKind::kMapping;
      set_deployment(job, named ? text_of(environment, "name") : environment->text);
    }
    job.new_machine = has_own_engine(job_or_default(layers, "services"));
    read_blocks(layers, job);
    return job;
  }

  // docker:dind beside the job: an engine with nothing on it.
  static bool has_own_engine(const Node* services) {
    if (services == nullptr) return false;
    const std::vector<const Node*> items = items_of(*services);
    return std::any_of(items.begin(), items.end(), [](const Node* item) {
      const Node* name = item->kind == NodeKind::kScalar ? item : value_of(*item, "name");
      return name != nullptr && name->text.find("dind") != std::string_view::npos;
    });
  }

  [[nodiscard]] const Node* job_or_default(const GitlabLayers& layers, std::string_view key) const {
    const Node* own = GitlabJobs::find(layers, key);
    return own != nullptr ? own : jobs_.keyword(key);
  }

  void read_blocks(const GitlabLayers& layers, Job& job) {
    const Variables variables = variables_of(layers);
    const ShellChoice shell = {true, true, true, Dialect::kBash};
    Block main;
    main.directory = request_.workspace_root;
    main.failure_ignored = is_true(GitlabJobs::find(layers, "allow_failure"));
    main.when = when_of_job(layers);
    std::vector<HostText> commands = jobs_.commands(job_or_default(layers, "before_script"));
    const std::vector<HostText> script = jobs_.commands(GitlabJobs::find(layers, "script"));
    if (!script.empty()) {
      // Commands of another file stand in a block of their own, as a text is of one file.
      const bool apart = !commands.empty() && commands.front().file() != script.front().file();
      if (apart) {
        job.blocks.push_back(make_block(main, join_commands(commands), shell, variables, host_));
        commands.clear();
      }
      commands.insert(commands.end(), script.begin(), script.end());
    }
    if (!commands.empty()) {
      job.blocks.push_back(make_block(main, join_commands(commands), shell, variables, host_));
    }
    const std::vector<HostText> after = jobs_.commands(job_or_default(layers, "after_script"));
    if (!after.empty() && !script.empty()) {
      Block last = main;
      last.name = "after_script";
      last.when = When::kAnyway;
      last.failure_ignored = true;
      job.blocks.push_back(make_block(last, join_commands(after), shell, variables, host_));
    }
  }

  static When when_of_job(const GitlabLayers& layers) {
    const Node* when = GitlabJobs::find(layers, "when");
    if (when != nullptr && when->text == "on_failure") return When::kOnFailure;
    if (when != nullptr && when->text == "always") return When::kAnyway;
    const std::array<std::string_view, 3> conditions = {"rules", "only", "except"};
    const bool conditional =
        (when != nullptr && when->text == "manual") ||
        std::any_of(conditions.begin(), conditions.end(),
                    [&](std::string_view key) { return GitlabJobs::find(layers, key) != nullptr; });
    return conditional ? When::kMaybe : When::kInTurn;
  }

  // Those of the whole file are read once; a job adds its own.
  [[nodiscard]] Variables variables_of(const GitlabLayers& layers) {
    if (!global_) {
      WrittenVariables written;
      const GitlabLayers& documents = jobs_.documents();
      for (auto it = documents.rbegin(); it != documents.rend(); ++it) {
        add_variables(value_of(**it, "variables"), kInputs, {}, written);
      }
      HostText root;
      root.add_whole(request_.workspace_root, {});
      written.insert_or_assign("CI_PROJECT_DIR", std::move(root));
      global_.emplace();
      for (auto& [name, value] : written) global_->take(name, std::move(value));
      expanded_global_ = global_->expanded();
    }
    WrittenVariables own;
    for (auto it = layers.rbegin(); it != layers.rend(); ++it) {
      add_variables(value_of(**it, "variables"), kInputs, {}, own);
    }
    add_matrix(value_of(GitlabJobs::find(layers, "parallel"), "matrix"), own);
    own.erase("CI_PROJECT_DIR");
    if (own.empty()) return expanded_global_;
    Known known = *global_;
    for (auto& [name, value] : own) known.take(name, std::move(value));
    return known.expanded();
  }

  static void add_matrix(const Node* matrix, WrittenVariables& variables) {
    if (matrix == nullptr) return;
    const std::vector<const Node*> rows = items_of(*matrix);
    for (const Node* row : rows) {
      for (const yaml::Entry& entry : entries_of(*row)) {
        const std::vector<const Node*> values = items_of(*entry.value);
        HostText value;
        if (rows.size() == 1 && values.size() == 1) {
          value = scalar_text(*values.front());
        } else {
          value.add_foreign(entry.key->text, entry.value->resolved().span);
        }
        variables.insert_or_assign(std::string(entry.key->text), std::move(value));
      }
    }
  }

  // A job without `needs` waits for all of the stages before its own.
  void order_by_stage(std::vector<Job>& jobs) const {
    std::vector<std::string_view> stages = {".pre"};
    if (const Node* listed = jobs_.keyword("stages")) {
      for (const Node* stage : commands_of(*listed)) stages.push_back(stage->text);
    } else {
      stages.insert(stages.end(), {"build", "test", "deploy"});
    }
    stages.push_back(".post");
    const auto rank = [&](std::string_view stage) {
      if (stage.empty()) stage = "test";
      return std::find(stages.begin(), stages.end(), stage) - stages.begin();
    };
    std::vector<std::ptrdiff_t> ranks;
    for (const Placed& placed : placed_) ranks.push_back(rank(placed.stage));
    constexpr std::size_t kMaxNeeds = 50;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      if (placed_[i].has_needs || jobs[i].name.starts_with('.')) continue;
      for (std::size_t k = 0; k < jobs.size() && jobs[i].needs.size() < kMaxNeeds; ++k) {
        if (ranks[k] < ranks[i] && !jobs[k].name.starts_with('.') && !jobs[k].blocks.empty()) {
          jobs[i].needs.push_back(jobs[k].name);
        }
      }
    }
  }

  const ReadRequest& request_;
  HostFile& host_;
  CiFiles files_;
  GitlabJobs jobs_;
  std::set<std::string_view> used_;
  std::vector<Placed> placed_;  // as the jobs
  std::optional<Known> global_;
  Variables expanded_global_;
};

}  // namespace

Match match_gitlab_ci(std::string_view path) {
  if (!is_yaml_path(path)) return Match::kNo;
  const std::string_view name = text::name_of(path);
  if (name.starts_with(".gitlab-ci") || name.ends_with(".gitlab-ci.yml") ||
      name.ends_with(".gitlab-ci.yaml")) {
    return Match::kYes;
  }
  // Where the files lie that it includes.
  constexpr std::array<std::string_view, 7> kPlaces = {
      "/.gitlab/", "/.gitlab-ci/", "/gitlab-ci/", "/gitlab/", "/ci/", "/.ci/", "/cicd/"};
  return std::any_of(kPlaces.begin(), kPlaces.end(),
                     [&](std::string_view place) { return path.find(place) != path.npos; })
             ? Match::kPerhaps
             : Match::kNo;
}

// A job's key, not an item of steps.
bool is_gitlab_ci(std::string_view head) {
  return head.find("\n  script:") != std::string_view::npos ||
         head.find("\n    script:") != std::string_view::npos ||
         head.find("\n  before_script:") != std::string_view::npos;
}

HostFile read_gitlab_ci(const ReadRequest& request) {
  HostFile host;
  host.comments = yaml::comments(request.file);
  if (may_run_docker(request.file)) Pipeline(request, host).run();
  return host;
}

}  // namespace composelint::hosts
