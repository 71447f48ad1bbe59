// Drone (.drone.yml, a pipeline a document) and its descendant Woodpecker (.woodpecker/*.yml). The
// commands of a step are one `sh -e`; plugins for ssh send a script to another machine. `$$` stands
// for `$`, as both fill in `${…}` before a shell sees it.
// https://docs.drone.io/pipeline/overview/, https://woodpecker-ci.org/docs/usage/workflow-syntax
#include <utility>

#include "analyzer/hosts/ci.h"
#include "analyzer/hosts/readers.h"
#include "analyzer/text/path.h"
#include "analyzer/yaml/comments.h"

namespace composelint::hosts {
namespace {

using yaml::Node;
using yaml::NodeKind;

// `$$` becomes `$`.
HostText undoubled(const HostText& from) {
  const std::string& text = from.text();
  HostText out;
  std::size_t done = 0;
  for (std::size_t at = text.find("$$"); at != std::string::npos; at = text.find("$$", at + 2)) {
    out.add_part(from, done, at + 1);
    done = at + 2;
  }
  out.add_part(from, done, text.size());
  return out;
}

HostText commands_text(const Node& node) {
  std::vector<HostText> commands;
  for (const Node* command : commands_of(node)) commands.push_back(scalar_text(*command));
  return undoubled(join_commands(commands));
}

bool names(const Node* list, std::string_view word) {
  if (list == nullptr) return false;
  for (const Node* item : commands_of(*list)) {
    if (item->text == word) return true;
  }
  return false;
}

When when_of_step(const Node* when) {
  if (when == nullptr) return When::kInTurn;
  // Any of several sets of conditions will do; one that names no status asks for success.
  std::vector<const Node*> sets = items_of(*when);
  if (when->resolved().kind == NodeKind::kMapping) sets = {when};
  bool success = false;
  bool failure = false;
  for (const Node* set : sets) {
    const Node* status = value_of(*set, "status");
    success = success || status == nullptr || names(status, "success");
    failure = failure || names(status, "failure");
  }
  if (!failure) return When::kMaybe;
  return success ? When::kAnyway : When::kOnFailure;
}

class Pipelines {
 public:
  Pipelines(const ReadRequest& request, HostFile& host)
      : request_(request), host_(host), files_(request, host) {}

  void run() {
    std::vector<Job> jobs;
    for (const Node* document : files_.own()) {
      const std::string_view kind = text_of(document, "kind");
      if (!kind.empty() && kind != "pipeline") continue;
      jobs.push_back(read_pipeline(*document));
    }
    add_jobs(jobs, host_);
  }

 private:
  Job read_pipeline(const Node& document) {
    Job job;
    const Node* steps = value_of(document, "steps");
    if (steps == nullptr) steps = value_of(document, "pipeline");
    const Node* name = value_of(document, "name");
    job.name = std::string(name != nullptr ? name->text : std::string_view());
    job.span = name != nullptr ? name->span : steps != nullptr ? steps->span : document.span;
    if (const Node* needs = value_of(document, "depends_on")) {
      for (const Node* need : commands_of(*needs)) job.needs.emplace_back(need->text);
    }
    // A pipeline that logs in to a server runs all of its steps there.
    if (const Node* server = value_of(document, "server")) {
      server_ = text_of(&document, "type") == "ssh" ? std::optional(text_of(server, "host"))
                                                    : std::nullopt;
    }
    WrittenVariables written;
    add_variables(value_of(document, "environment"), kGithubExpression, {}, written);
    Variables variables;
    for (const auto& [key, value] : written) variables.set(key, undoubled(value));
    if (steps == nullptr) return job;
    if (steps->kind == NodeKind::kSequence) {
      for (const Node* step : items_of(*steps)) {
        read_step(text_of(step, "name"), *step, variables, job);
      }
    } else {
      for (const yaml::Entry& step : entries_of(*steps)) {
        read_step(step.key->text, step.value->resolved(), variables, job);
      }
    }
    return job;
  }

  void read_step(std::string_view name, const Node& step, Variables variables, Job& job) {
    Block block;
    block.name = std::string(name);
    block.when = when_of_step(value_of(step, "when"));
    block.failure_ignored =
        text_of(&step, "failure") == "ignore" || is_true(value_of(step, "detach"));
    block.directory = request_.workspace_root;
    if (const Node* directory = value_of(step, "directory")) {
      block.directory = directory_in(request_.workspace_root, scalar_text(*directory));
    }
    ShellChoice shell;
    shell.dialect = Dialect::kSh;
    shell.errexit = true;
    add_variables(value_of(step, "environment"), kGithubExpression, {}, variables);
    if (const Node* commands = value_of(step, "commands")) {
      if (server_) go_to(*server_, block);
      job.blocks.push_back(make_block(block, commands_text(*commands), shell, variables, host_));
    } else if (text_of(&step, "image").find("ssh") != std::string_view::npos) {
      read_ssh(step, std::move(block), job);
    }
  }

  static void go_to(std::string_view machine, Block& block) {
    block.place = Place::kRemote;
    block.place_name = std::string(machine);
    block.directory = std::nullopt;
  }

  void read_ssh(const Node& step, Block block, Job& job) {
    const Node* settings = value_of(step, "settings");
    if (settings == nullptr) settings = &step;
    const Node* script = value_of(*settings, "script");
    if (script == nullptr) script = value_of(*settings, "commands");
    if (script == nullptr) return;
    const Node* machine = value_of(*settings, "host");
    const std::vector<const Node*> machines =
        machine == nullptr ? std::vector<const Node*>() : commands_of(*machine);
    go_to(machines.empty() ? std::string_view() : machines.front()->text, block);
    ShellChoice shell;
    shell.errexit = is_true(value_of(*settings, "script_stop"));
    job.blocks.push_back(make_block(std::move(block), commands_text(*script), shell, {}, host_));
  }

  const ReadRequest& request_;
  HostFile& host_;
  CiFiles files_;
  std::optional<std::string_view> server_;
};

HostFile read_pipelines(const ReadRequest& request) {
  HostFile host;
  host.comments = yaml::comments(request.file);
  if (may_run_docker(request.file)) Pipelines(request, host).run();
  return host;
}

}  // namespace

Match match_woodpecker(std::string_view path) {
  if (!is_yaml_path(path)) return Match::kNo;
  const bool placed = path.find("/.woodpecker/") != std::string_view::npos;
  return placed || text::name_of(path).starts_with(".woodpecker.") ? Match::kYes : Match::kNo;
}

HostFile read_woodpecker(const ReadRequest& request) {
  return read_pipelines(request);
}

Match match_drone(std::string_view path) {
  const bool named = text::name_of(path).starts_with(".drone");
  return named && is_yaml_path(path) ? Match::kYes : Match::kNo;
}

HostFile read_drone(const ReadRequest& request) {
  return read_pipelines(request);
}

}  // namespace composelint::hosts
