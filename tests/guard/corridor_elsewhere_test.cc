// Calls from other places, of files that cannot be read, and looks whose words or output are kept.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "tests/guard/corridor_case.h"

namespace composelint::guard {
namespace {

// The policy beside the project's files is read once the project is known, and the command again.
TEST(CorridorFromElsewhere, APolicyBesideTheProjectIsHeard) {
  for (const bool by_option : {false, true}) {
    CorridorCase it({"docker", "compose", "exec", "-T", "app", "touch", "canary-env"});
    std::filesystem::create_directory(it.work / "sub");
    it.around.directory = by_option ? "/" : it.work / "sub";
    if (by_option) {
      const std::vector<std::string> file = {"-f", it.work / "compose.yaml"};
      it.options.command.insert(it.options.command.begin() + 2, file.begin(), file.end());
    }
    it.configure(
        "guard: {environments: [{name: prod, projects: shop, require: [backup-taken]}]}\n");
    it.options.yes = true;
    EXPECT_EQ(it.run(), 100) << it.around.said;
    EXPECT_NE(it.around.said.find("prod asks for it"), std::string::npos) << it.around.said;
    EXPECT_EQ(it.around.said.find("canary"), std::string::npos) << it.around.said;
  }
}

TEST(CorridorOfALook, ItsOutputMayBeKept) {
  CorridorCase it({"docker", "compose", "exec", "-T", "db", "psql", "-c", "select 1"});
  const std::string path = it.work / "report.csv";
  it.options.output = path;
  it.options.yes = true;
  it.on_execute = [](const ExecutionRequest& request) {
    EXPECT_EQ(::write(request.output, "1\n", 2), 2);
  };
  EXPECT_EQ(it.run(), 0) << it.around.said;
  EXPECT_EQ(ScratchDirectory::read(path), "1\n");
}

TEST(CorridorOfALook, ItsWordsAreToldWithoutTheSecretsOfItsProject) {
  for (const char* verb : {"exec", "run"}) {
    CorridorCase it({"docker", "compose", verb, "db", "grep", "canary-env", "/etc/hosts"});
    if (std::string(verb) == "run")
      it.options.command.insert(it.options.command.begin() + 3, "--no-deps");
    it.options.json = true;
    it.run();
    EXPECT_NE(it.around.said.find("/etc/hosts"), std::string::npos) << it.around.said;
    EXPECT_EQ(it.around.said.find("canary"), std::string::npos) << it.around.said;
  }
}

TEST(CorridorOfANamedProject, ItsNameIsToldWhereAnEnvFileGivesIt) {
  CorridorCase it({"docker", "compose", "exec", "-T", "app", "touch", "x"});
  ScratchDirectory::append(it.work / ".env",
                           "COMPOSE_PROJECT_NAME=webshop-production\nOTHER=canary-other\n");
  it.options.dry_run = true;
  it.options.command.insert(it.options.command.begin() + 2, {"-p", "webshop-production"});
  it.run();
  EXPECT_NE(it.around.said.find("webshop-production in"), std::string::npos) << it.around.said;
}

// Compose tells how they are used, and with which status.
TEST(CorridorOfNothing, WithoutTheirWordsTheyAreLeftToCompose) {
  const std::vector<std::vector<std::string>> rows = {
      {"exec"}, {"exec", "-T"},     {"run", "--rm"},          {"exec", "-T", "app"},
      {"cp"},   {"cp", "app:/srv"}, {"cp", "nosuch:/a", "b"}, {"cp", "a", "app:/b", "c"}};
  for (const auto& row : rows) {
    CorridorCase it({"docker", "compose"});
    it.options.command.insert(it.options.command.end(), row.begin(), row.end());
    EXPECT_EQ(it.run(), 127) << it.around.said;  // the fake cannot be replaced
    EXPECT_EQ(it.around.said.find("blocked"), std::string::npos) << it.around.said;
  }
  CorridorCase it({"docker", "compose", "exec", "-T", "nosuch", "migrate"});
  EXPECT_EQ(it.run(), 100) << it.around.said;
}

// What a finding lacks is said as what a claim lacks is.
TEST(CorridorOfVolumes, WhatWouldLetThemGoIsTold) {
  const std::vector<std::string> down = {"docker", "compose", "down", "-v"};
  CorridorCase bare(down);
  EXPECT_EQ(bare.run(), 100);
  EXPECT_NE(bare.around.said.find("[volume-destruction]"), std::string::npos) << bare.around.said;
  for (const char* way : {"no backup is known [backup-taken]", "guard.backups", "--backup",
                          "--output FILE", "--attest backup-taken=WHY"}) {
    EXPECT_NE(bare.around.said.find(way), std::string::npos) << way << ": " << bare.around.said;
  }
  CorridorCase missing(down);
  missing.configure(
      "guard: {backups: [{file: app.sql, command: docker compose exec -T db pg_dump shop}]}\n");
  EXPECT_EQ(missing.run(), 100);
  EXPECT_NE(missing.around.said.find("remedy: --backup takes one"), std::string::npos)
      << missing.around.said;
  missing.options.dry_run = missing.options.backup = true;
  EXPECT_EQ(missing.run(), 0) << missing.around.said;
  CorridorCase vouched(down);
  vouched.options.attestations = {{"backup-taken", "snapshot of the disk"}};
  EXPECT_EQ(vouched.run(), 0) << vouched.around.said;
  // It lacks nothing that a backup would give.
  CorridorCase other({"docker", "compose", "exec", "-T", "nosuch", "./tidy"});
  EXPECT_EQ(other.run(), 100);
  EXPECT_EQ(other.around.said.find("backup"), std::string::npos) << other.around.said;
}

// Of a service that is not there only that is said.
TEST(CorridorOfUnknownServices, NothingElseIsAsked) {
  CorridorCase it({"docker", "compose", "exec", "-T", "ap", "manage.py", "migrate"});
  it.configure("guard: {environments: [{name: prod, projects: shop, require: [backup-taken]}]}\n");
  it.snapshot.configured_image_id.reset();
  it.options.verbose = true;
  EXPECT_EQ(it.run(), 100);
  EXPECT_NE(it.around.said.find("[unknown-service]"), std::string::npos) << it.around.said;
  for (const char* claim : {"image-current", "backup-taken", "writers-paused", "no-drift"}) {
    EXPECT_EQ(it.around.said.find(claim), std::string::npos) << claim << ": " << it.around.said;
  }
}

TEST(CorridorOfDestroyers, AskForARestorePoint) {
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"exec", "-T", "db", "psql", "-U", "app", "-c", "drop table items"},
           {"exec", "-T", "db", "truncate", "-s", "0", "/var/lib/postgresql/data/PG_VERSION"},
           {"cp", "x", "db:/var/lib/postgresql/data/PG_VERSION"}}) {
    std::vector<std::string> command = {"docker", "compose"};
    command.insert(command.end(), words.begin(), words.end());
    CorridorCase bare(command);
    EXPECT_EQ(bare.run(), 100) << words.back();
    EXPECT_NE(bare.around.said.find("[backup-taken]"), std::string::npos) << bare.around.said;
    CorridorCase saved(command);
    saved.have_backup();
    EXPECT_EQ(saved.run(), 0) << saved.around.said;
  }
  CorridorCase plain({"docker", "compose", "exec", "-T", "db", "rm", "-rf", "/tmp/x"});
  EXPECT_EQ(plain.run(), 0) << plain.around.said;
}

// A dump of what was there before says nothing of what is there now.
TEST(CorridorOfVolumes, ADumpIsNotOlderThanWhatItStandsFor) {
  constexpr std::int64_t kHour = std::int64_t{3600} * 1'000'000'000;
  for (const bool younger : {true, false}) {
    CorridorCase it({"docker", "compose", "down", "-v"});
    it.have_backup();
    it.snapshot.volumes = {{"shop_data", it.around.clock + (younger ? kHour : -kHour)}};
    EXPECT_EQ(it.run(), younger ? 100 : 0) << it.around.said;
    EXPECT_EQ(it.around.said.find("older than the volume shop_data of db") != std::string::npos,
              younger)
        << it.around.said;
  }
}

// The line that is wrong may be the one with a password.
TEST(CorridorOfBrokenFiles, WhatIsQuotedOfThemIsNotTold) {
  for (const char* line :
       {"        SMTP: canary-mail\n", "      SMTP: @canary-at\n", "      A: *canary\n"}) {
    CorridorCase it({"docker", "compose", "-f", "broken.yaml", "exec", "-T", "app", "touch", "x"});
    ScratchDirectory::append(
        it.work / "broken.yaml",
        std::string("services:\n  app:\n    environment:\n      B: c\n") + line);
    it.options.json = it.options.dry_run = true;
    it.run();
    EXPECT_NE(it.around.printed.find("broken.yaml:5"), std::string::npos) << it.around.printed;
    EXPECT_EQ((it.around.printed + it.around.said).find("canary"), std::string::npos)
        << it.around.printed << it.around.said;
  }
}

}  // namespace
}  // namespace composelint::guard
