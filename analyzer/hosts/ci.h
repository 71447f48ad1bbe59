// What the readers of CI systems share: files, shells, variables, jobs in their order.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/hosts/host.h"
#include "analyzer/hosts/variables.h"
#include "analyzer/hosts/yaml_nodes.h"
#include "analyzer/hosts/yaml_text.h"
#include "analyzer/yaml/document.h"

namespace composelint::hosts {

// The YAML files of one reading. What cannot be parsed is a trouble of the file that is read; of
// another file it is nothing.
class CiFiles {
 public:
  CiFiles(const ReadRequest& request, HostFile& host) : request_(request), host_(host) {}

  // The documents of the file that is read.
  [[nodiscard]] std::vector<const yaml::Node*> own();
  // Those of another file of the workspace; empty when there is none.
  [[nodiscard]] std::vector<const yaml::Node*> open(const std::string& path);

 private:
  const ReadRequest& request_;
  HostFile& host_;
  std::vector<yaml::Stream> streams_;
  std::map<std::string, std::size_t> opened_;
};

// Whether anything of interest can stand in the file at all.
[[nodiscard]] bool may_run_docker(const SourceFile& file);
[[nodiscard]] bool is_yaml_path(std::string_view path);

// A shell as CI systems name it: "bash", "/bin/bash -eo pipefail", "bash -x {0}", "pwsh".
struct ShellChoice {
  bool readable = true;  // false: PowerShell, cmd, Python
  bool errexit = false;
  bool pipefail = false;
  Dialect dialect = Dialect::kBash;
  bool windows = false;  // PowerShell, cmd: a plain command line is read there as it is here
};
[[nodiscard]] ShellChoice read_shell(std::string_view command_line);

// `written` seen from `root`; nothing when not all of it is known, or `~` stands in front.
[[nodiscard]] std::optional<std::string> directory_in(const std::optional<std::string>& root,
                                                      const HostText& written);

// Commands as one text, each on its own line. Those of another file than the first are left out.
[[nodiscard]] HostText join_commands(const std::vector<HostText>& commands);

// Parses `text` into a block with the settings of `block`.
[[nodiscard]] std::shared_ptr<const Block> make_block(Block block, const HostText& text,
                                                      const ShellChoice& shell,
                                                      const Variables& variables, HostFile& host);

struct Job {
  std::string name;
  Span span;
  std::vector<std::shared_ptr<const Block>> blocks;
  std::vector<std::string> needs;  // names of jobs that run before it
  bool anyway = false;             // also when one of them failed
  bool new_machine = false;        // made for it and gone behind it
  std::optional<Context> context;
  std::string context_cue;
};

// `environment: production` and its like make a job one of operations.
void set_deployment(Job& job, std::string_view environment);
// A task a job that has blocks, behind those that it needs and with their blocks in front.
void add_jobs(const std::vector<Job>& jobs, HostFile& host);

}  // namespace composelint::hosts
