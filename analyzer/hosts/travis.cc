// Travis CI (.travis.yml): the phases of a job share one bash. A command that fails before `script`
// ends the job; inside of `script` the others still run.
// https://docs.travis-ci.com/user/job-lifecycle/
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/hosts/ci.h"
#include "analyzer/hosts/readers.h"
#include "analyzer/text/path.h"
#include "analyzer/yaml/comments.h"

namespace composelint::hosts {
namespace {

using yaml::Node;
using yaml::NodeKind;

constexpr std::size_t kMaxJobs = 200;

struct Phase {
  std::string_view name;
  bool stops = false;  // the job ends with the first command that fails
  When when = When::kInTurn;
};
constexpr std::array<Phase, 11> kPhases = {{{"before_install", true, When::kInTurn},
                                            {"install", true, When::kInTurn},
                                            {"before_script", true, When::kInTurn},
                                            {"script", false, When::kInTurn},
                                            {"before_cache", false, When::kMaybe},
                                            {"after_success", false, When::kMaybe},
                                            {"after_failure", false, When::kOnFailure},
                                            {"before_deploy", true, When::kMaybe},
                                            {"deploy", true, When::kMaybe},
                                            {"after_deploy", false, When::kMaybe},
                                            {"after_script", false, When::kAnyway}}};

using Directory = std::optional<std::string>;  // of the one shell; nothing where it is not known

// Where the commands leave the shell: `cd x` on a line of its own is followed.
void move(std::string_view commands, Directory& directory) {
  while (!commands.empty()) {
    std::string_view line = commands.substr(0, commands.find('\n'));
    commands.remove_prefix(std::min(line.size() + 1, commands.size()));
    if (!line.starts_with("cd ")) continue;
    line.remove_prefix(3);
    while (line.ends_with(' ') || line.ends_with('\r')) line.remove_suffix(1);
    const bool plain = !line.empty() && !line.starts_with('-') &&
                       line.find_first_of(" \t$`'\"~*?&|;()<>\\") == std::string_view::npos;
    if (!plain || !directory) {
      directory = plain && text::is_absolute(line) ? Directory(text::normalise(line)) : Directory();
    } else {
      directory = text::is_absolute(line) ? text::normalise(line)
                                          : text::join_path(*directory, std::string(line));
    }
  }
}

class Pipeline {
 public:
  Pipeline(const ReadRequest& request, HostFile& host)
      : request_(request), host_(host), files_(request, host) {}

  void run() {
    std::vector<Job> jobs;
    for (const Node* document : files_.own()) {
      jobs.push_back(read_job(*document, *document));
      for (const std::string_view key : {"jobs", "matrix"}) {
        const Node* included = value_of(value_of(*document, key), "include");
        if (included == nullptr) continue;
        for (const Node* item : items_of(*included)) {
          const bool own = std::any_of(kPhases.begin(), kPhases.end(), [&](const Phase& phase) {
            return value_of(*item, phase.name) != nullptr;
          });
          if (own && jobs.size() < kMaxJobs) jobs.push_back(read_job(*item, *document));
        }
      }
    }
    add_jobs(jobs, host_);
  }

 private:
  // A job of the matrix has the phases of the file where it does not say its own.
  Job read_job(const Node& item, const Node& document) {
    Job job;
    const Node* name = value_of(item, "name");
    if (name == nullptr && &item != &document) name = value_of(item, "stage");
    if (name != nullptr) job.name = std::string(name->text);
    job.span = name != nullptr ? name->span : item.span;
    job.new_machine = true;
    Variables variables;
    set_variables(value_of(document, "env"), variables);
    if (&item != &document) set_variables(value_of(item, "env"), variables);
    Directory moved = request_.workspace_root;
    for (const Phase& phase : kPhases) {
      const Node* commands = value_of(item, phase.name);
      if (commands == nullptr) commands = value_of(document, phase.name);
      if (commands == nullptr) continue;
      if (phase.name == "deploy") {
        read_deployments(*commands, variables, moved, job);
      } else {
        add(*commands, phase, variables, moved, job);
      }
    }
    return job;
  }

  // provider: script
  void read_deployments(const Node& deploy, const Variables& variables, Directory& moved,
                        Job& job) {
    for (const Node* each : items_of(deploy)) {
      const Node* script = value_of(*each, "script");
      if (script == nullptr) continue;
      const std::size_t before = job.blocks.size();
      add(*script, {"deploy", true, When::kMaybe}, variables, moved, job);
      if (job.blocks.size() > before) set_deployment(job, "production");
    }
  }

  void add(const Node& written, const Phase& phase, const Variables& variables, Directory& moved,
           Job& job) {
    std::vector<HostText> commands;
    const Directory before = moved;
    for (const Node* command : commands_of(written)) {
      commands.push_back(scalar_text(*command));
      move(commands.back().text(), moved);
    }
    const HostText text = join_commands(commands);
    if (text.text().empty()) return;
    Block block;
    block.name = std::string(phase.name);
    block.when = phase.when;
    block.directory = before;
    ShellChoice shell;
    shell.errexit = phase.stops;
    job.blocks.push_back(make_block(std::move(block), text, shell, variables, host_));
  }

  // Of a matrix of environments only what all jobs have is known.
  static void set_variables(const Node* env, Variables& variables) {
    if (env == nullptr) return;
    if (const Node* global = value_of(*env, "global")) return set_variables(global, variables);
    if (value_of(*env, "jobs") != nullptr || value_of(*env, "matrix") != nullptr) return;
    WrittenVariables written;
    add_variables(env, kGithubExpression, {}, written);
    for (auto& [name, value] : written) {
      // Several names in one entry are separate assignments, which are not taken apart here.
      const bool several =
          env->kind == NodeKind::kSequence && value.text().find('=') != std::string::npos;
      if (!several) variables.set(name, std::move(value));
    }
  }

  const ReadRequest& request_;
  HostFile& host_;
  CiFiles files_;
};

}  // namespace

Match match_travis(std::string_view path) {
  const std::string_view name = text::name_of(path);
  return name == ".travis.yml" || name == ".travis.yaml" ? Match::kYes : Match::kNo;
}

HostFile read_travis(const ReadRequest& request) {
  HostFile host;
  host.comments = yaml::comments(request.file);
  if (may_run_docker(request.file)) Pipeline(request, host).run();
  return host;
}

}  // namespace composelint::hosts
