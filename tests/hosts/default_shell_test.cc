// The options of the shell in which each host runs its commands where the file says nothing of it,
// and where it does.
#include <gtest/gtest.h>

#include <string>

#include "analyzer/engine/check.h"
#include "tests/engine/tree.h"

namespace composelint::hosts {
namespace {

// "errexit pipefail" as they are in force at the first step of the file.
std::string options_in(const std::string& path, const std::string& text) {
  engine::Tree tree;
  tree.file("/repo/.git/HEAD", "").file("/repo/" + path, text);
  engine::CheckRequest request;
  request.paths = {"."};
  request.working_directory = "/repo";
  const engine::Outcome outcome = engine::check(request, tree, {});
  for (const ScriptRecord& script : outcome.run.scripts) {
    for (const Step& step : script.timeline->steps) {
      if (step.argv.empty() || step.argv[0].text != "docker") continue;
      return std::string(step.errexit ? "errexit" : "-") + (step.pipefail ? " pipefail" : " -");
    }
  }
  return "no step";
}

struct Row {
  const char* path;
  const char* text;
  const char* told;
};

class DefaultShell : public testing::TestWithParam<Row> {};

TEST_P(DefaultShell, IsThatOfItsHost) {
  EXPECT_EQ(options_in(GetParam().path, GetParam().text), GetParam().told) << GetParam().text;
}

// NOLINTNEXTLINE(cert-err58-cpp)
INSTANTIATE_TEST_SUITE_P(
    Hosts, DefaultShell,
    testing::Values(
        // bash -e {0}; named as bash it is bash -eo pipefail {0}
        Row{".github/workflows/a.yml",
            "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: docker ps | tee log\n",
            "errexit -"},
        Row{".github/workflows/a.yml",
            "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: docker ps | tee log\n"
            "        shell: bash\n",
            "errexit pipefail"},
        Row{".github/workflows/a.yml",
            "on: push\ndefaults:\n  run:\n    shell: bash\njobs:\n  a:\n    runs-on: x\n"
            "    steps:\n      - run: docker ps | tee log\n",
            "errexit pipefail"},
        Row{".github/workflows/a.yml",
            "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: docker ps | tee log\n"
            "        shell: bash {0}\n",
            "- -"},
        // set -o errexit, and pipefail where the shell has it
        Row{".gitlab-ci.yml", "a:\n  script:\n    - docker ps | tee log\n", "errexit pipefail"},
        // /bin/bash -eo pipefail
        Row{".circleci/config.yml",
            "version: 2.1\njobs:\n  a:\n    machine: true\n    steps:\n"
            "      - run: docker ps | tee log\n",
            "errexit pipefail"},
        // each line is one sh -c
        Row{"Makefile", "a:\n\tdocker ps | tee log\n", "- -"},
        Row{"Makefile", ".SHELLFLAGS := -eu -o pipefail -c\na:\n\tdocker ps | tee log\n",
            "errexit pipefail"},
        Row{"Makefile", ".ONESHELL:\na:\n\tdocker ps | tee log\n", "- -"},
        Row{"justfile", "a:\n    docker ps | tee log\n", "- -"},
        Row{"justfile",
            "set shell := [\"bash\", \"-euo\", \"pipefail\", \"-c\"]\na:\n"
            "    docker ps | tee log\n",
            "errexit pipefail"},
        Row{"justfile", "a:\n    #!/usr/bin/env bash\n    docker ps | tee log\n", "- -"},
        Row{"package.json", "{\"scripts\": {\"a\": \"docker ps | tee log\"}}\n", "- -"},
        Row{"crontab", "0 3 * * * docker ps | tee log\n", "- -"},
        Row{"Dockerfile", "FROM a:1\nRUN docker ps | tee log\n", "- -"},
        Row{"Dockerfile",
            "FROM a:1\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\n"
            "RUN docker ps | tee log\n",
            "- pipefail"},
        Row{"a.sh", "#!/bin/sh\ndocker ps | tee log\n", "- -"},
        Row{"a.sh", "#!/bin/bash -e\ndocker ps | tee log\n", "errexit -"}));

}  // namespace
}  // namespace composelint::hosts
