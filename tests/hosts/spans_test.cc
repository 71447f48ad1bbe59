// Text that a host writes with escapes, folds or continues: the verb of a call is found at its very
// bytes all the same.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "analyzer/engine/check.h"
#include "tests/engine/tree.h"

namespace composelint {
namespace {

struct Row {
  const char* path;
  std::string text;  // `stop`, once or more, and always as the verb of a call
};

std::vector<Row> rows() {
  const std::string job = "on: push\njobs:\n  j:\n    steps:\n";
  return {
      {"package.json",
       R"({"scripts": {"a": "echo \"x\" && docker compose -f \"a b.yml\" stop web"}})"},
      {"package.json", R"({"scripts": {"a": "sh -c \"docker compose \\\n stop web\""}})"},
      {"package.json", R"({"scripts": {"a": "echo \u0022\u00e9\u0022; docker compose stop web"}})"},
      {"package.json", R"({"scripts": {"a": "echo ä; docker compose stop web"}})"},
      {"package.json",
       R"({"name": "\ud83d\ude00", "x": {"a": [1, "]"]}, "scripts": {"n": 1, "a": "echo \"\ud83d\ude00\";)"
       R"( docker compose -f \"a b\" stop web"}})"},
      {"Procfile", "a: bash -c \"docker compose -f \\\"x\\\" stop web\"\n"},
      {"mise.toml", "[tasks.a]\nrun = \"echo \\\"x\\\" \\u00e9; docker compose stop web\"\n"},
      {"mise.toml",
       "[tasks.a]\nrun = \"\"\"\necho \\\"x\\\"\ndocker compose \\\n   stop web\n\"\"\"\n"},
      {"mise.toml", "[tasks.a]\nrun = '''\ndocker compose \\\n  stop web\n'''\n"},
      {"mise.toml", "[tasks.a]\nrun = [\"echo \\t\", \"docker compose stop web\"]\n"},
      {".github/workflows/w.yml", job + "    - run: \"echo \\\"x\\\"; docker compose stop web\"\n"},
      {".github/workflows/w.yml",
       job + "    - run: \"echo \\xe9 \\u00e9\\\n        ; docker compose\n        stop web\"\n"},
      {".github/workflows/w.yml",
       job + "    - run: 'echo ''x''; docker compose\n        stop web'\n"},
      {".github/workflows/w.yml",
       job + "    - run: >-\n        docker compose\n        stop\n        web\n"},
      {".github/workflows/w.yml",
       job + "    - run: >\n        echo a\n\n        docker compose\n        stop web\n"},
      {".github/workflows/w.yml",
       job + "    - run: |2\n          docker compose \\\n          stop web\n"},
      {".github/workflows/w.yml", job + "    - run: docker compose\n        stop\n        web\n"},
      {".github/workflows/w.yml",
       job + "    - run: \"docker compose -f ${{ inputs.\\u0066ile }} stop web\"\n"},
      {".github/workflows/w.yml", "\xEF\xBB\xBF" + job + "    - run: docker compose stop web\n"},
      {".gitlab-ci.yml",
       "j:\n  script: [\"echo \\\"x\\\"\", \"docker compose\\\n    \\ stop web\"]\n"},
      {"Taskfile.yml",
       "version: '3'\ntasks:\n  a: \"echo \\\"{{.X}}\\\"; docker compose {{.Y}} stop web\"\n"},
      {"Dockerfile", "FROM a\nRUN echo a && \\\n    # note\n    docker compose \\\n    stop web\n"},
      {"Dockerfile", "# escape=`\nFROM a\nRUN echo a && `\n    docker compose `\n    stop web\n"},
      {"Dockerfile",
       "FROM a\nCMD [\"docker\", \"compose\", \"\\u002Df\", \"a\", \"stop\", \"web\"]\n"},
      {"Dockerfile", "FROM a\nCMD [\"sh\", \"-c\", \"docker compose -f \\\"a\\\" stop web\"]\n"},
      {"Dockerfile", "FROM a\nRUN <<EOF\ndocker compose \\\n  stop web\nEOF\n"},
      {"app.service", "[Service]\nExecStart=/bin/sh -c \"docker compose -f \\x41 stop web\"\n"},
      {"app.service",
       "[Service]\nExecStart=docker compose \\\n# note\n  -f 'a b' \\\n  stop web\n"},
      {"crontab", "0 1 * * * date +\\%F; docker compose stop web\n"},
      {"Makefile", "a:\n\techo $$x; docker compose \\\n\t  stop web\n"},
      {"Makefile", "DC := docker \\\n  compose\na:\n\t$(DC) -f $(X) stop web\n"},
      {"justfile", "a:\n    echo {{{{x}}; docker compose \\\n      stop web\n"},
      {"justfile", "dc := \"docker compose -f a stop\"\na:\n    {{dc}} web\n"},
      {".envrc", "docker compose -f \"a \\\"b\\\"\" stop web\n"},
      {"a.sh", "bash -c \"docker compose -f \\\"a\\\" stop web\"\n"},
      {"a.sh", "ssh h \"echo \\$x; docker compose -f \\\"a\\\" stop web\"\n"},
      {"a.sh", "ssh h <<EOF\necho \\$x\ndocker compose \\\n  stop web\nEOF\n"},
      {"a.sh", "bash -c $'docker compose -f \\'a\\' stop web'\n"},
      {"README.md", "- x\n\n  ```sh\n  $ docker compose \\\n      stop web\n  ```\n"},
      {"README.md", "> ```sh\n> docker compose \\\n>   stop web\n> ```\n"},
      {"compose.yml",
       "services:\n  a:\n    image: x\n    command: [\"sh\", \"-c\", \"docker compose -f \\\"a\\\" "
       "stop web\"]\n"},
      {"compose.yml",
       "services:\n  a:\n    image: x\n    command: >-\n      sh -c 'docker compose\n      stop "
       "web; echo $$x'\n"},
      {"site.yml",
       "- hosts: a\n  tasks:\n  - shell: \"echo \\\"x\\\"; docker compose\n      stop web\"\n"},
      {"site.yml",
       "- hosts: a\n  tasks:\n  - command:\n      argv: [docker, compose, \"st\\x6fp\", web]\n"},
  };
}

TEST(Spans, OfVerbsInEscapedText) {
  for (const Row& row : rows()) {
    engine::Tree tree;
    tree.file(std::string("/project/") + row.path, row.text);
    engine::CheckRequest request;
    request.paths = {row.path};
    request.working_directory = "/project";
    const engine::Outcome outcome = engine::check(request, tree, {});
    std::size_t calls = 0;
    for (const CallRecord& record : outcome.run.calls) {
      const ComposeInvocation& call = *record.step->call;
      EXPECT_EQ(call.verb, "stop") << row.text;
      const std::string_view written = call.verb_span.text();
      EXPECT_TRUE(written == "stop" || written == "\"st\\x6fp\"" || written == "st\\x6fp")
          << row.path << ": `" << written << "`\n"
          << row.text;
      ++calls;
    }
    EXPECT_GE(calls, 1U) << row.path << "\n" << row.text;
  }
}

}  // namespace
}  // namespace composelint
