// Allow comments in every kind of file that has some: how far they reach.
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "tests/rules/fixture.h"

namespace composelint {
namespace {

struct Row {
  const char* name;
  const char* text;
  std::size_t left;        // findings of invalid-compose-cli
  std::size_t suppressed;  // and those that a comment allows
};

void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name << ": " << row.text;
}

class AllowComments : public testing::TestWithParam<Row> {};

TEST_P(AllowComments, ReachAsFarAsTheySay) {
  const Row& row = GetParam();
  const Rule* const rules[] = {find_rule("invalid-compose-cli")};
  const engine::Outcome outcome = fixture::check_texts(
      {{row.name, row.text}, {"compose.yaml", "services:\n  app:\n    image: x\n"}}, rules);
  EXPECT_EQ(outcome.run.findings.size(), row.left);
  EXPECT_EQ(outcome.run.suppressed.size(), row.suppressed);
  for (const SuppressedFinding& each : outcome.run.suppressed) EXPECT_EQ(each.reason, "why");
}

#define ALLOW "composelint: allow invalid-compose-cli -- why"
#define BLOCK "composelint: allow-block invalid-compose-cli -- why"
#define FILE_ "composelint: allow-file invalid-compose-cli -- why"
#define RUN "docker compose run --nope app "

const Row kRows[] = {
    // scripts
    {"a.sh", "# " ALLOW "\n" RUN "a\n" RUN "b\n", 1, 1},
    {"a.sh", RUN "a\n# " FILE_ "\n" RUN "b\n", 0, 2},
    {"a.sh", "# " BLOCK "\nif true; then\n  " RUN "a\nelse\n  " RUN "b\nfi\n" RUN "c\n", 1, 2},
    {"a.sh", "# " ALLOW "\nif true; then\n  " RUN "a\nfi\n", 1, 0},
    {"a.sh", "f() {  # " BLOCK "\n  " RUN "a\n}\nf\n" RUN "b\n", 1, 1},
    {"a.sh", "# " BLOCK "\nfor x in 1 2; do\n  " RUN "$x\ndone\n", 0, 1},
    {"a.sh", "# " BLOCK "\n" RUN "a\n" RUN "b\n", 1, 1},
    // make
    {"Makefile", "a:\n\t# " ALLOW "\n\t" RUN "a\n\t" RUN "b\n", 1, 1},
    {"Makefile", "# " BLOCK "\na:\n\t" RUN "a\n\n\t" RUN "b\nb:\n\t" RUN "c\n", 1, 2},
    {"Makefile", "# " BLOCK "\na:\nifdef X\n\t" RUN "a\nendif\n\t" RUN "b\nb:\n\t" RUN "c\n", 1, 2},
    {"Makefile", "# " FILE_ "\na:\n\t" RUN "a\nb:\n\t" RUN "c\n", 0, 2},
    // just
    {"justfile", "# " BLOCK "\na:\n    " RUN "a\n    " RUN "b\n\nb:\n    " RUN "c\n", 1, 2},
    {"justfile", "a:\n    # " ALLOW "\n    " RUN "a\n    " RUN "b\n", 1, 1},
    // pipelines
    {".gitlab-ci.yml",
     "# " BLOCK "\na:\n  script:\n    - " RUN "a\n    - " RUN "b\nb:\n  script:\n    - " RUN "c\n",
     1, 2},
    {".gitlab-ci.yml", "a:\n  script:\n    - " RUN "a # " ALLOW "\n    - " RUN "b\n", 1, 1},
    {".gitlab-ci.yml", "a:\n  # " BLOCK "\n  script:\n  - " RUN "a\n  - " RUN "b\n", 0, 2},
    {".gitlab-ci.yml",
     "a:\n  script:\n    # " BLOCK "\n    - |\n      " RUN "a\n      " RUN "b\n    - " RUN "c\n", 1,
     2},
    {".github/workflows/a.yml",
     "on: push\njobs:\n  # " BLOCK "\n  a:\n    runs-on: x\n    steps:\n      - run: " RUN "a\n"
     "      - run: |\n          " RUN "b\n  b:\n    runs-on: x\n    steps:\n      - run: " RUN
     "c\n",
     1, 2},
    {".github/workflows/a.yml",
     "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: |\n          # " ALLOW "\n"
     "          " RUN "a\n          " RUN "b\n",
     1, 1},
    {"Taskfile.yml",
     "version: 3\ntasks:\n  # " BLOCK "\n  a:\n    cmds:\n      - " RUN "a\n  b: " RUN "b\n", 1, 1},
    // machines
    {"a.service",
     "[Service]\n# " ALLOW "\nExecStartPre=/usr/bin/" RUN "a\nExecStart=/usr/bin/" RUN "b\n", 1, 1},
    {"a.service",
     "# " BLOCK "\n[Service]\nExecStartPre=/usr/bin/" RUN "a\nExecStart=/usr/bin/" RUN "b\n", 0, 2},
    {"crontab", "# " ALLOW "\n* * * * * root " RUN "a\n* * * * * root " RUN "b\n", 1, 1},
    {"Procfile", "# " ALLOW "\na: " RUN "a\nb: " RUN "b\n", 1, 1},
    {"mise.toml", "# " BLOCK "\n[tasks.a]\nrun = \"" RUN "a\"\n[tasks.b]\nrun = \"" RUN "b\"\n", 1,
     1},
    {"Dockerfile", "FROM x\n# " ALLOW "\nRUN " RUN "a\nRUN " RUN "b\n", 1, 1},
};

INSTANTIATE_TEST_SUITE_P(Hosts, AllowComments, testing::ValuesIn(kRows));

// Documents weigh less: a rule that speaks in them.
TEST(AllowComments, InDocumentsCoverTheBlockBelow) {
  const Rule* const rules[] = {find_rule("invalid-compose-cli")};
  const engine::Outcome outcome =
      fixture::check_texts({{"README.md",
                             "<!-- composelint: allow-block invalid-compose-cli -- why -->\n```sh\n"
                             "docker compose up --nope\ndocker compose up --nope\n```\n"
                             "```sh\ndocker compose up --nope\n```\n"}},
                           rules);
  EXPECT_EQ(outcome.run.findings.size(), 1U);
  EXPECT_EQ(outcome.run.suppressed.size(), 2U);
}

TEST(AllowComments, InComposeFilesCoverAService) {
  const Rule* const rules[] = {find_rule("health-condition-without-healthcheck")};
  const std::string waits =
      "    image: x\n    depends_on:\n      db:\n        condition: service_healthy\n";
  const engine::Outcome outcome = fixture::check_texts(
      {{"compose.yaml",
        "services:\n  # composelint: allow-block health-condition-without-healthcheck -- why\n"
        "  a:\n" +
            waits + "  b:\n" + waits + "  db:\n    image: postgres:16\n"}},
      rules);
  EXPECT_EQ(outcome.run.findings.size(), 1U);
  EXPECT_EQ(outcome.run.suppressed.size(), 1U);
}

}  // namespace
}  // namespace composelint
