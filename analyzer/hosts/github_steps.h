// The steps of GitHub's jobs and composite actions, which are the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/hosts/ci.h"
#include "analyzer/hosts/shared_map.h"

namespace composelint::hosts {

// What a step sees of its job. Copied where a composite action opens a scope of its own.
struct GithubScope {
  std::string workspace;      // where jobs start
  std::string checkout;       // below which the repository lies; empty: the workspace itself
  bool foreign_tree = false;  // another repository is checked out: no directory is known
  ShellChoice shell;
  std::optional<std::string> directory;
  Variables variables;
  SharedMap<std::string> known;  // "matrix.db", "inputs.tag"
  std::string action_path;
  int depth = 0;  // of actions and workflows inside each other
};

class GithubSteps {
 public:
  GithubSteps(const ReadRequest& request, CiFiles& files, HostFile& host)
      : request_(request), files_(files), host_(host) {}

  // Appends the blocks of `steps`. What they write into $GITHUB_ENV is seen by those that follow.
  void read(const yaml::Node* steps, GithubScope& scope,
            std::vector<std::shared_ptr<const Block>>& blocks);

  [[nodiscard]] static Substitute substitute(const GithubScope& scope);
  // The repository lies where jobs start: then the workspace is known.
  static void set_workspace(GithubScope& scope);
  // `run:` of `defaults:`, where there is one.
  void apply_defaults(const yaml::Node* node, GithubScope& scope) const;
  // Defaults of declared inputs, and what `with` gives for them.
  static void set_inputs(const yaml::Node* declared, const yaml::Node* with,
                         const GithubScope& outer, GithubScope& inner);

  // Commands among the inputs of an action or a workflow that is not read.
  void read_inputs(const yaml::Node* with, const Block& settings, const GithubScope& scope,
                   std::vector<std::shared_ptr<const Block>>& blocks);

 private:
  using Blocks = std::vector<std::shared_ptr<const Block>>;
  void read_step(const yaml::Node& step, GithubScope& scope, Blocks& blocks);
  void read_run(const yaml::Node& step, const yaml::Node& run, const Block& settings,
                const GithubScope& scope, Variables variables, Blocks& blocks);
  void read_action(const yaml::Node& step, std::string_view uses, Block settings,
                   GithubScope& scope, const Variables& variables, Blocks& blocks);
  static void take_checkout(const yaml::Node* with, GithubScope& scope);
  void read_local_action(const yaml::Node& step, std::string_view uses, const Block& settings,
                         const GithubScope& scope, const Variables& variables, Blocks& blocks);
  [[nodiscard]] std::optional<std::string> directory(const GithubScope& scope,
                                                     const HostText& written) const;

  const ReadRequest& request_;
  CiFiles& files_;
  HostFile& host_;
};

// `if:` of a step.
[[nodiscard]] When when_of(std::string_view condition);
// Takes up `echo NAME=value >> $GITHUB_ENV`, `echo 'export NAME=value' >> $BASH_ENV`.
void take_environment_file(const Script& script, std::string_view file, Variables& variables);

}  // namespace composelint::hosts
