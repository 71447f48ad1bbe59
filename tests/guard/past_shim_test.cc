#include "guard/past_shim.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "guard/script_check.h"
#include "tests/guard/fake_surroundings.h"
#include "tests/guard/scratch_directory.h"

namespace composelint::guard {
namespace {

ShimWorld world() {
  return {"/home/anna", [](const std::string& directory) { return directory == "/usr/bin"; },
          [](const std::string& path) {
            return path == "/usr/bin/docker" || path == "/home/anna/bin/docker-compose";
          },
          [](const std::string& path) -> std::string {
            if (path == "/etc/profile")
              return "if x; then\n  PATH=/usr/bin:/bin\nfi\nexport PATH\n";
            if (path == "/home/anna/.profile") return "PATH=\"$HOME/bin:$PATH\"\n";
            if (path == "./deploy.sh") return "docker compose up -d\n";
            return path == "./lint.sh" ? "shellcheck x\n" : "";
          }};
}

TEST(PastShim, IsSeenWhereTheTextTells) {
  const char* past[] = {
      "env PATH=/usr/bin:/bin docker compose up -d",
      "env -i docker compose up -d",
      "env - HOME=/x docker compose up -d",
      "env -u PATH docker compose up -d",
      "env -i PATH=/usr/bin timeout 5 docker compose up -d",
      "sudo -n true; env -i PATH=/bin ./deploy.sh",
      "PATH=/usr/bin docker compose up -d",
      "PATH=/usr/bin ./deploy.sh",
      "PATH=/usr/bin:/bin",
      "export PATH=/usr/bin:/bin",
      "export PATH=\"/usr/bin:$PATH\"",
      "f() { local PATH=/bin; docker compose up -d; }",
      "unset PATH",
      "command -p docker compose up -d",
      "command -p docker \"$@\"",
      "bash -lc 'docker compose up -d'",
      "bash --login -c 'cd /srv && docker compose up -d'",
      "bash -l ./deploy.sh",
      "sh -c 'PATH=/usr/bin docker compose up -d'",
      "sh -c \"env -i docker compose up -d\"",
      "su deploy -c 'docker compose up -d'",
      "su - deploy -c 'docker compose up -d'",
      "runuser -u deploy -- docker compose up -d",
      "doas docker compose up -d",
      "systemd-run --wait docker compose up -d",
      "hash -p /usr/bin/docker docker",
      "alias docker=/usr/bin/docker",
      "alias dc='/usr/bin/docker compose'",
      "docker() { /usr/bin/docker \"$@\"; }",
      "docker() { command -p docker \"$@\"; }",
      "/usr/bin/docker compose up -d",
      "\\/usr/bin/docker compose up -d",
      "/usr/bin/docker --context x compose up -d",
      "x=$(/usr/bin/docker compose exec -T app migrate)",
      "~/bin/docker-compose up -d",
      "$HOME/bin/docker-compose up -d",
      "\"${HOME}/bin/docker-compose\" down -v",
      "trap '/usr/bin/docker compose down -v' EXIT",
      "python3 - <<X\nimport os\nos.system('/usr/bin/docker compose up -d')\nX",
      ". /etc/profile",
      "source /etc/profile",
      "if true; then for i in 1; do env -i docker compose up -d; done; fi",
      "export PATH=\"$(dirname /usr/bin/docker):$PATH\"",
      "PATH=`dirname /usr/bin/docker`:$PATH",
      "for PATH in /usr/bin:/bin; do docker compose up -d; done",
      "for d in ${PATH//:/ }; do \"$d/docker\" compose up -d; done",
      "read -r PATH <f",
      "printf -v PATH %s /usr/bin",
      "cd /usr/bin && ./docker compose up -d",
      "(cd /usr/bin; exec ./docker compose -f /srv/c.yaml up -d)",
      "D=$(which -a docker | tail -1); \"$D\" compose up -d",
      "D=$(type -ap docker | tail -1)\n$D compose up -d",
      "ln -sf /usr/bin/docker ./dk; ./dk compose up -d",
      "cp /usr/bin/docker /tmp/dk && /tmp/dk compose up -d",
      "ln -sf /usr/bin ./bb; PATH=$PWD/bb:$PATH",
      "sg docker -c '/usr/bin/docker compose up -d'",
      "awk 'BEGIN { system(\"/usr/bin/docker compose up -d\") }'",
      "python3 -c \"import os; os.system('/usr/bin/docker compose up -d')\"",
      "find . -name c.yaml -exec /usr/bin/docker compose -f {} up -d \\;",
      "#!/bin/bash -l\ndocker compose up",
      "#!/bin/bash --login\ndocker compose up",
  };
  for (const char* text : past) {
    const SourceFile file("x.sh", text);
    EXPECT_FALSE(ways_past_shim(file, world(), true).empty()) << text;
  }
}

TEST(PastShim, OrdinaryScriptsAreLeftAlone) {
  const char* ordinary[] = {
      "PATH=$PATH:/opt/bin",
      "PATH+=:/opt/bin",
      "export PATH=\"$HOME/bin:$PATH\"",
      "export PATH=\"${PATH}:/usr/local/bin\"",
      "export PATH=/opt/tools:$PATH",
      "env X=1 docker compose up -d",
      "env PATH=\"$PATH\" docker compose up -d",
      "env -i PATH=\"$PATH\" HOME=\"$HOME\" docker compose up -d",
      "env PATH=\"/opt/tools:$PATH\" docker compose up -d",
      "env -i ./lint.sh",
      "env -i sh -c 'echo x'",
      "PATH=/sbin:/bin ip addr",
      "PATH=/usr/bin ./lint.sh",
      "env PATH=/sbin ip addr",
      "env PATH=/usr/bin docker compose ps",
      "env -i docker ps",
      "command docker compose up -d",
      "command -v docker",
      "command -p getconf PATH",
      "\\docker compose up -d",
      "bash -c 'docker compose up -d'",
      "bash -euo pipefail -c 'docker compose up -d'",
      "bash -lc 'nvm use'",
      "bash ./deploy.sh",
      "su deploy -c 'ls'",
      "sudo -u deploy docker compose up -d",
      "hash -r",
      "alias ll='ls -l'",
      "alias dc='docker compose'",
      "docker() { command docker \"$@\"; }",
      "export PATH=\"$(dirname /opt/tools/x):$PATH\"",
      "export PATH=\"$(dirname \"$0\")/bin:$PATH\"",
      "export PATH=\"$PATH:$(dirname /usr/bin/docker)\"",
      "for d in ${PATH//:/ }; do ls \"$d/docker\"; done; docker compose up -d",
      "for p in a b; do docker compose -p $p up -d; done",
      "read -r answer; docker compose up -d",
      "cd /usr/bin && ls; docker compose up -d",
      "cd /srv && ./docker compose up -d",
      "which -a docker; docker compose up -d",
      "D=$(which docker); \"$D\" compose up -d",
      "ln -sf /usr/bin/docker /usr/local/bin/docker; docker compose up -d",
      "ln -sf /usr/bin/docker ./dk; docker compose up -d",
      "ln -s /srv/app current; docker compose up -d",
      "sg docker -c 'docker compose up -d'",
      "awk '{ print \"/usr/bin/docker\" }' f; docker compose up -d",
      "echo 'not /usr/bin/docker compose up'",
      "find . -name compose.yaml -exec cat {} +",
      "/usr/bin/docker ps",
      "/usr/bin/docker compose ps",
      "/usr/bin/docker compose version",
      "/usr/bin/curl http://x",
      "$HOME/bin/docker-compose ps",
      "\"$X/bin/docker-compose\" up -d",
      "trap 'docker compose down' EXIT",
      "cat <<X\n/usr/bin/docker compose up -d\nX",
      "DOCKER=$(command -v docker); \"$DOCKER\" compose up -d",
      ". ~/.profile",
      "source \"$HOME/.profile\"",
      ". ./lib.sh",
      "echo 'PATH=/usr/bin docker compose up'",
      "cat <<E\nPATH=/bin\nE",
      "# env -i docker compose up",
      "#!/bin/bash\ndocker compose up -d",
      "#!/usr/bin/env bash\ndocker compose up -d",
      "#!/bin/sh -eu\ndocker compose up -d",
  };
  for (const char* text : ordinary) {
    const SourceFile file("x.sh", text);
    const auto ways = ways_past_shim(file, world(), true);
    EXPECT_TRUE(ways.empty()) << text << ": " << ways.front().why;
  }
  // A script that calls no compose may do with PATH as it likes.
  const SourceFile file("x.sh", "#!/bin/bash -l\nPATH=/usr/bin\n. /etc/profile\nunset PATH\n");
  EXPECT_TRUE(ways_past_shim(file, world(), false).empty());
}

TEST(PastShim, OfAMakefile) {
  const struct {
    const char* text;
    std::size_t ways;
  } rows[] = {
      {"export PATH := /usr/bin:/bin\nall:\n\tdocker compose up\n", 1},
      {"PATH = /usr/bin\nall:\n\tdocker compose up\n", 1},
      {"export PATH := /usr/bin:$(PATH)\nall:\n\tdocker compose up\n", 1},
      {"unexport PATH\nall:\n\tdocker compose up\n", 1},
      {"SHELL := /bin/bash -l\nall:\n\tdocker compose up\n", 1},
      {".SHELLFLAGS := -lc\nall:\n\tdocker compose up\n", 1},
      {"export PATH := $(HOME)/bin:$(PATH)\nall:\n\tdocker compose up\n", 0},
      {"export PATH := $(PATH):/opt/bin\nall:\n\tdocker compose up\n", 0},
      {"export PATH := $(CURDIR)/node_modules/.bin:$(PATH)\nall:\n\tdocker compose up\n", 0},
      {"SHELL := /bin/bash\n.SHELLFLAGS := -eu -o pipefail -c\nall:\n\tdocker compose up\n", 0},
      {"GOPATH := /go\nMY_PATH = /x\nall:\n\tdocker compose up\n", 0},
      {"PATH := /usr/bin\nall:\n\techo\n", 0},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(ways_past_shim_of_make(row.text, world()).size(), row.ways) << row.text;
  }
}

class Called : public testing::Test {
 protected:
  Called() {
    around_.directory = scratch_.path();
    around_.variables = {{"PATH", scratch_ / "bin"}};
    put("deploy.sh", "#!/bin/sh\ndocker compose up -d\n");
    put("program", std::string("\x7f"
                               "ELF\0\0",
                               6));
    put("bin/release", "#!/bin/bash\n");
  }
  void put(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(scratch_ / "bin");
    std::ofstream(scratch_ / name) << text;
    ASSERT_EQ(::chmod((scratch_ / name).c_str(), 0755), 0);
  }

  ScratchDirectory scratch_;
  FakeSurroundings around_;
};

TEST_F(Called, ACalledScriptAndAMakefileAreLookedAt) {
  put("bin/docker", std::string("\x7f"
                                "ELF\0\0",
                                6));
  put("inner.sh", "PATH=/usr/bin\ndocker compose up -d\n");
  put("outer.sh", "#!/bin/sh\nsh inner.sh\n");
  put("mk", "export PATH := /usr/bin\nall:\n\t@docker compose up -d\n");
  put("making.sh", "#!/bin/sh\nmake -s -f mk all\n");
  const std::string path = scratch_ / "bin";
  for (const char* script : {"inner.sh", "outer.sh", "making.sh"}) {
    const ScriptCheck check = check_script(script, path.c_str(), around_);
    ASSERT_EQ(check.around.size(), 1U) << script;
    EXPECT_NE(check.around.front().find(":1: PATH is set without $PATH"), std::string::npos)
        << check.around.front();
  }
  EXPECT_EQ(check_make({"make", "-fmk"}, path.c_str(), around_).around.size(), 1U);
  EXPECT_TRUE(check_script("deploy.sh", path.c_str(), around_).around.empty());
}

}  // namespace
}  // namespace composelint::guard
