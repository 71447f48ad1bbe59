#include "analyzer/engine/policy.h"

#include <gtest/gtest.h>

#include "analyzer/engine/config.h"
#include "analyzer/engine/policy_read.h"

namespace composelint::engine {
namespace {

ConfigReading read(const std::string& text) {
  static std::vector<std::unique_ptr<SourceFile>> files;
  files.push_back(std::make_unique<SourceFile>(".composelint.yaml", text));
  return read_config(*files.back(), "/repo/.composelint.yaml");
}

TEST(Policy, IsReadWithPathsThatAreRelativeToItsFile) {
  const ConfigReading reading = read(
      "guard:\n"
      "  environments:\n"
      "    - {name: production, contexts: prod-*, endpoints: [\"ssh://*\"], projects: shop,\n"
      "       files: [deploy/prod.env], confirm: type-name, require: [backup-taken, ready]}\n"
      "    - {name: staging}\n"
      "  backups:\n"
      "    - {file: backups/app-*.sql, max-age: 1h30m, service: db,\n"
      "       command: docker compose exec -T db pg_dump -U app 'my app'}\n"
      "    - {file: /var/backups/all.gz, command: [./dump, 'a b']}\n"
      "  writers: [worker, cron]\n"
      "  checks:\n"
      "    - {url: 'https://shop.test/health', timeout: 5s}\n"
      "    - {command: ./smoke}\n"
      "  state-directory: ../state\n");
  ASSERT_TRUE(reading.problems.empty()) << reading.problems.front().message;
  const Policy& policy = reading.config.guard;
  ASSERT_EQ(policy.environments.size(), 2U);
  const ProtectedEnvironment& production = policy.environments[0];
  EXPECT_EQ(production.name, "production");
  EXPECT_EQ(production.contexts, std::vector<std::string>{"prod-*"});
  EXPECT_EQ(production.files, std::vector<std::string>{"/repo/deploy/prod.env"});
  EXPECT_EQ(production.confirm, Confirm::kTypeName);
  EXPECT_EQ(production.require, (std::vector<std::string>{"backup-taken", "ready"}));
  EXPECT_EQ(policy.environments[1].confirm, Confirm::kQuestion);
  ASSERT_EQ(policy.backups.size(), 2U);
  EXPECT_EQ(policy.backups[0].file, "/repo/backups/app-*.sql");
  EXPECT_EQ(policy.backups[0].max_age, 5400LL * 1'000'000'000);
  EXPECT_EQ(policy.backups[0].command.back(), "my app");
  EXPECT_EQ(policy.backups[0].command.size(), 9U);
  EXPECT_EQ(policy.backups[1].file, "/var/backups/all.gz");
  EXPECT_EQ(policy.backups[1].command, (std::vector<std::string>{"./dump", "a b"}));
  EXPECT_EQ(policy.writers, (std::vector<std::string>{"worker", "cron"}));
  ASSERT_EQ(policy.checks.size(), 2U);
  EXPECT_EQ(policy.checks[0].timeout, 5LL * 1'000'000'000);
  EXPECT_EQ(policy.state_directory, "/state");
}

TEST(Policy, RefusesWithPlaceAndNearestWord) {
  const struct {
    const char* text;
    const char* message;
  } rows[] = {
      {"guard: []\n", "\"guard\" has to be a mapping, not a list"},
      {"guard: {enviroments: []}\n",
       "unknown key \"enviroments\" in \"guard\"; did you mean \"environments\"?"},
      {"guard: {environments: [{contexts: x}]}\n", "\"environments\": \"name\" is missing"},
      {"guard: {environments: [{name: x, confirm: always}]}\n",
       "\"confirm\" has to be one of none, question, type-name, not \"always\""},
      {"guard: {environments: [{name: x, require: [backup-take]}]}\n",
       "\"require\": unknown value \"backup-take\"; did you mean \"backup-taken\"?"},
      {"guard: {backups: [{command: x}]}\n", "\"backups\": \"file\" is missing"},
      {"guard: {backups: [{file: x, max-age: 1 day}]}\n",
       "\"max-age\" has to be a duration, as 90s, 24h or 7d"},
      {"guard: {backups: [{file: x, command: a | b}]}\n",
       "\"command\" is run without a shell: one command and its words, nothing else"},
      {"guard: {backups: [{file: x, command: a > b}]}\n",
       "\"command\" is run without a shell: one command and its words, nothing else"},
      {"guard: {backups: [{file: x, command: a $B}]}\n",
       "\"command\" is run without a shell: one command and its words, nothing else"},
      {"guard: {checks: [{timeout: 1s}]}\n", "each of \"checks\" has a \"command\" or a \"url\""},
      {"guard: {checks: [{command: x, url: y}]}\n",
       "each of \"checks\" has a \"command\" or a \"url\""},
      {"guard: {checks: [{url: 'ftp://x'}]}\n", "\"url\" has to begin with http:// or https://"},
  };
  for (const auto& row : rows) {
    const ConfigReading reading = read(row.text);
    ASSERT_FALSE(reading.problems.empty()) << row.text;
    EXPECT_EQ(reading.problems.front().message, row.message);
    EXPECT_TRUE(reading.problems.front().span) << row.text;
    EXPECT_TRUE(reading.config.guard.environments.empty());
  }
}

TEST(DurationOf, ReadsUnitsAndNothingElse) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  EXPECT_EQ(duration_of("90s"), 90 * kSecond);
  EXPECT_EQ(duration_of("1h30m"), 5400 * kSecond);
  EXPECT_EQ(duration_of("7d"), 7 * 24 * 3600 * kSecond);
  for (const char* text :
       {"", "s", "5", "5x", "-1s", "1.5h", "1 h", "99999999999s", "999999999d999999999d", "5s5"}) {
    EXPECT_EQ(duration_of(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace composelint::engine
