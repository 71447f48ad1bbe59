// Bitbucket pipelines (bitbucket-pipelines.yml): a step is a machine of its own, with a script that
// stops at the first failure, and an after-script that runs in any case.
// https://support.atlassian.com/bitbucket-cloud/docs/bitbucket-pipelines-configuration-reference/
#include <utility>

#include "analyzer/hosts/ci.h"
#include "analyzer/hosts/readers.h"
#include "analyzer/text/path.h"
#include "analyzer/yaml/comments.h"

namespace composelint::hosts {
namespace {

using yaml::Node;
using yaml::NodeKind;
using Blocks = std::vector<std::shared_ptr<const Block>>;

constexpr std::size_t kMaxSteps = 1'000;

class Pipelines {
 public:
  Pipelines(const ReadRequest& request, HostFile& host)
      : request_(request), host_(host), files_(request, host) {}

  void run() {
    for (const Node* document : files_.own()) {
      const Node* pipelines = value_of(*document, "pipelines");
      if (pipelines == nullptr) continue;
      for (const yaml::Entry& kind : entries_of(*pipelines)) {
        const Node& value = kind.value->resolved();
        if (value.kind == NodeKind::kSequence) read_pipeline(kind.key->text, value);
        for (const yaml::Entry& one : entries_of(value)) {
          read_pipeline(one.key->text, one.value->resolved());
        }
      }
    }
    add_jobs(jobs_, host_);
  }

 private:
  // Steps one behind the other; those that run beside each other come in the order of the file.
  void read_pipeline(std::string_view name, const Node& items) {
    pipeline_ = name;
    before_.clear();
    for (const Node* item : items_of(items)) read_item(*item, {}, 0);
  }

  void read_item(const Node& item, std::string_view deployment, int depth) {
    if (depth > 4) return;
    for (const yaml::Entry& entry : entries_of(item)) {
      const Node& value = entry.value->resolved();
      if (entry.key->text == "step") {
        read_step(*entry.key, value, deployment);
      } else if (entry.key->text == "parallel" || entry.key->text == "stage") {
        const Node* steps = value_of(value, "steps");
        const std::string_view own = text_of(&value, "deployment");
        const std::vector<std::string> before = before_;
        std::vector<std::string> after;
        for (const Node* step : items_of(steps != nullptr ? *steps : value)) {
          if (entry.key->text == "parallel") before_ = before;
          read_item(*step, own.empty() ? deployment : own, depth + 1);
          after.insert(after.end(), before_.begin(), before_.end());
        }
        if (entry.key->text == "parallel") before_ = std::move(after);
      }
    }
  }

  void read_step(const Node& key, const Node& step, std::string_view deployment) {
    if (jobs_.size() >= kMaxSteps) return;
    Job job;
    const Node* name = value_of(step, "name");
    job.name =
        std::string(pipeline_) + ": " +
        (name != nullptr ? std::string(name->text) : "step " + std::to_string(jobs_.size() + 1));
    job.span = name != nullptr ? name->span : key.span;
    job.needs = before_;
    const std::string_view own = text_of(&step, "deployment");
    set_deployment(job, own.empty() ? deployment : own);
    job.new_machine = value_of(step, "runs-on") == nullptr;
    job.blocks = blocks_of(step);
    before_ = {job.name};
    jobs_.push_back(std::move(job));
  }

  // A step that several pipelines have through an alias is read once.
  const Blocks& blocks_of(const Node& step) {
    const Node* script = value_of(step, "script");
    const auto [found, fresh] = read_.try_emplace(script);
    Blocks& blocks = found->second;
    if (!fresh || script == nullptr) return blocks;
    Block settings;
    settings.directory = request_.workspace_root;
    if (value_of(step, "condition") != nullptr || text_of(&step, "trigger") == "manual") {
      settings.when = When::kMaybe;
    }
    read_script(*script, settings, blocks);
    if (const Node* after = value_of(step, "after-script")) {
      settings.name = "after-script";
      settings.when = When::kAnyway;
      settings.failure_ignored = true;
      read_script(*after, settings, blocks);
    }
    return blocks;
  }

  void read_script(const Node& script, const Block& settings, Blocks& blocks) {
    std::vector<HostText> commands;
    const auto flush = [&] {
      if (commands.empty()) return;
      ShellChoice shell;
      shell.errexit = true;
      Variables variables;
      HostText root;
      root.add_whole(request_.workspace_root, {});
      variables.set("BITBUCKET_CLONE_DIR", std::move(root));
      blocks.push_back(make_block(settings, join_commands(commands), shell, variables, host_));
      commands.clear();
    };
    for (const Node* item : items_of(script)) {
      if (item->kind == NodeKind::kMapping) {
        flush();
        read_pipe(*item, settings, blocks);
      }
      if (item->kind == NodeKind::kMapping) continue;
      for (const Node* command : commands_of(*item)) commands.push_back(scalar_text(*command));
    }
    flush();
  }

  // pipe: atlassian/ssh-run runs its COMMAND on SERVER.
  void read_pipe(const Node& item, Block settings, Blocks& blocks) {
    if (text_of(&item, "pipe").find("ssh-run") == std::string_view::npos) return;
    const Node* variables = value_of(item, "variables");
    const Node* command = value_of(variables, "COMMAND");
    if (command == nullptr || text_of(variables, "MODE") == "script") return;
    settings.place = Place::kRemote;
    settings.place_name = std::string(text_of(variables, "SERVER"));
    settings.directory = std::nullopt;
    blocks.push_back(make_block(std::move(settings), scalar_text(*command), {}, {}, host_));
  }

  const ReadRequest& request_;
  HostFile& host_;
  CiFiles files_;
  std::string_view pipeline_;
  std::vector<std::string> before_;
  std::vector<Job> jobs_;
  std::map<const Node*, Blocks> read_;
};

}  // namespace

Match match_bitbucket(std::string_view path) {
  const std::string_view name = text::name_of(path);
  return name.starts_with("bitbucket-pipelines.y") && is_yaml_path(path) ? Match::kYes : Match::kNo;
}

HostFile read_bitbucket(const ReadRequest& request) {
  HostFile host;
  host.comments = yaml::comments(request.file);
  if (may_run_docker(request.file)) Pipelines(request, host).run();
  return host;
}

}  // namespace composelint::hosts
