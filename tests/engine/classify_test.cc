#include "analyzer/engine/classify.h"

#include <gtest/gtest.h>

namespace composelint::engine {
namespace {

TEST(Interpreter, IsSeenThroughEnv) {
  struct Row {
    std::string_view head;
    std::string_view program;
  };
  const Row rows[] = {
      {"#!/bin/sh\necho", "sh"},
      {"#! /usr/bin/bash -eu\r\n", "bash"},
      {"#!/usr/bin/env bash\n", "bash"},
      {"#!/usr/bin/env -S bash -e\n", "bash"},
      {"#!/usr/bin/env -Sbash -e\n", "bash"},
      {"#!/usr/bin/env -i PATH=/bin dash\n", "dash"},
      {"#!/usr/bin/env -u HOME /opt/bin/ksh\n", "ksh"},
      {"#!/bin/busybox ash\n", "ash"},
      {"#!/usr/bin/env python3\n", "python3"},
      {"#!/usr/bin bash\n", "bash"},
      {"#!/usr/bin/env\n", ""},
      {"echo\n", ""},
      {"", ""},
  };
  for (const Row& row : rows) EXPECT_EQ(interpreter(row.head), row.program) << row.head;
}

TEST(LooksLikeCompose, ToldFromOtherFilesWithServices) {
  struct Row {
    std::string_view head;
    bool compose;
  };
  const Row rows[] = {
      {"services:\n  web:\n    image: nginx\n", true},
      {"# stack\nversion: '3'\nx-a: &a\n  b: c\n\n\"services\":\n  web:\n    build: .\n", true},
      {"services:\r\n  web:\r\n    image: nginx\r\n", true},
      {"services:\n  web:\n    <<: *base\n", true},
      {"services:\n  web: {image: nginx}\n", true},
      {"services: {web: {image: nginx}}\n", true},
      {"\xEF\xBB\xBFservices:\n  web:\n    image: nginx\n", true},
      {"image: ruby\nservices:\n  - postgres\n", false},  // GitLab
      {"services:\n  - docker\n", false},                 // Travis
      {"on: push\njobs:\n  a:\n    services:\n      db:\n        image: x\n", false},
      {"services:\n  _defaults:\n    autowire: true\n  App\\:\n    resource: ../src\n", false},
      {"services:\n  mail.sender:\n    class: Mail\n    arguments: ['@x']\n", false},
      {"apiVersion: v1\nservices:\n  web:\n    image: nginx\n", false},
      // Components of some other tool: most of what they say no service of Compose has.
      {"services:\n  web:\n    image: nginx\n    flavour: a\n    owner: b\n", false},
      {"services:\n  web:\n    image: nginx\n    ports: ['80']\n    imgae: b\n", true},
      {"services:\n", false},
      {"a: services\n", false},
      {"", false},
  };
  for (const Row& row : rows) EXPECT_EQ(looks_like_compose(row.head), row.compose) << row.head;
}

TEST(Classify, GoesByNameThenByContent) {
  struct Row {
    std::string_view path;
    std::string_view head;
    FileRole role;
  };
  const std::string_view services = "services:\n  web:\n    image: nginx\n";
  const Row rows[] = {
      {"a/compose.yaml", "", FileRole::kCompose},
      {"docker-compose.override.yml", "", FileRole::kCompose},
      {"compose-prod.yml", "", FileRole::kCompose},
      {"compose_dev.yaml", "", FileRole::kCompose},
      {"prod.docker-compose.yml", services, FileRole::kCompose},
      {"decompose.yml", "a: b\n", FileRole::kOther},
      {"composer.yml", "a: b\n", FileRole::kOther},
      {".tugboat/config.yml", services, FileRole::kOther},
      {"a/codeship-services.yml", services, FileRole::kOther},
      {"docker-cloud.yml", services, FileRole::kOther},
      {"x/docker-compose.uffizzi.yml", "", FileRole::kOther},
      {"tugboat/compose.yml", "", FileRole::kCompose},
      {"stack.yml", services, FileRole::kCompose},
      {".github/workflows/docker-compose.yml", "jobs:\n", FileRole::kOther},
      {"r/tasks/compose.yml", "---\n- name: x\n  command: y\n", FileRole::kHost},
      {"r/tasks/compose.yml", "- name: x\n", FileRole::kOther},
      {"r/tasks/compose.yml", services, FileRole::kCompose},
      {"stack.yml", "version: '3'\ntasks:\n  up: x\n", FileRole::kHost},
      {"stack.yml", "tasks:\n  up: x\n", FileRole::kOther},
      {"install.yml", "- hosts: all\n{% if x %}\n  tasks: []\n", FileRole::kOther},
      {"compose.yml", "{% if x %}\nservices:\n", FileRole::kCompose},
      {"compose.json", services, FileRole::kOther},
      {"a.sh", "", FileRole::kShell},
      {"a.sh", "#!/usr/bin/env python3\n", FileRole::kOther},
      {"a.sh", "#!/bin/zsh\n", FileRole::kOther},
      {"lib.bash", "x=1\n", FileRole::kShell},
      {"bin/deploy", "#!/bin/sh\n", FileRole::kShell},
      {"bin/deploy",
       "\x7F"
       "ELF",
       FileRole::kOther},
      {"backup.cron", "#!/bin/bash\n", FileRole::kShell},
      {"deploy.sh.j2", "#!/bin/sh\n", FileRole::kOther},
      {"deploy.erb", "#!/bin/sh\n", FileRole::kOther},
      {"run.py", "#!/bin/sh\n", FileRole::kOther},
  };
  for (const Row& row : rows) EXPECT_EQ(classify(row.path, row.head), row.role) << row.path;
}

TEST(LookFor, OpensNoMoreThanIsNeeded) {
  EXPECT_EQ(look_for("compose.yml", false), Look::kName);
  EXPECT_EQ(look_for("stack.yml", false), Look::kHead);
  EXPECT_EQ(look_for("a.sh", false), Look::kShebang);
  EXPECT_EQ(look_for("deploy", true), Look::kShebang);
  EXPECT_EQ(look_for("LICENSE", false), Look::kShebang);
  EXPECT_EQ(look_for("roles/x/tasks/compose.yml", false), Look::kHead);
  EXPECT_EQ(look_for("tool.exe", true), Look::kName);
}

}  // namespace
}  // namespace composelint::engine
