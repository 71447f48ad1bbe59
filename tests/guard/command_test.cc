#include "guard/command.h"

#include <gtest/gtest.h>

#include <initializer_list>

#include "guard/words.h"
#include "tests/compose/memory_files.h"
#include "tests/guard/fake_surroundings.h"

namespace composelint::guard {
namespace {

constexpr const char* kStack =
    "services:\n"
    "  app: {image: \"app:${TAG:-1}\", depends_on: [db]}\n"
    "  db: {image: postgres}\n";

struct Line {
  explicit Line(std::vector<std::string> argv)
      : files(std::map<std::string, std::string>{
            {"/p/compose.yaml", kStack},
            {"/p/bad.yaml", "services: {app: {image: x, nope: 1}}"},
            {"/p/prod.env", "TAG=9\n"}}) {
    around.directory = "/p";
    around.variables = {{"PATH", "/bin"}, {"TAG", "7"}, {"HOME", "/home/anna"}};
    words = std::move(argv);
  }
  Result<std::unique_ptr<GuardedCommand>> read() {
    return understand(words, around, config, files);
  }

  compose::MemoryFiles files;
  FakeSurroundings around;
  engine::Config config;
  std::vector<std::string> words;
};

using Words = std::vector<std::string>;

TEST(Quoted, IsReadBackByAShell) {
  const struct {
    const char* word;
    const char* text;
  } rows[] = {
      {"app", "app"},       {"", "''"},           {"a b", "'a b'"},     {"it's", "'it'\\''s'"},
      {"$HOME", "'$HOME'"}, {"--x=y", "--x=y"},   {"a\nb", "'a\nb'"},   {"*", "'*'"},
      {"~/x", "'~/x'"},     {"a\xff", "'a\xff'"}, {"{a,b}", "'{a,b}'"},
  };
  for (const auto& row : rows) EXPECT_EQ(guard::quoted(row.word), row.text);
}

TEST(CommandText, KeepsAFirstWordFromBeingAnAssignmentOrAKeyword) {
  EXPECT_EQ(command_text({"X=1", "y"}).text, "'X=1' y");
  EXPECT_EQ(command_text({"time", "X=1"}).text, "'time' X=1");
}

TEST(Understand, TakesNoWordOfARepositoryThatSomethingOnlyLooks) {
  const struct {
    Effect told;
    Words task;
    Business business;
  } rows[] = {
      {Effect::kReads, {"python", "manage.py", "migrate"}, Business::kTask},
      {Effect::kDumps, {"python", "manage.py", "migrate"}, Business::kTask},
      {Effect::kMigrates, {"python", "manage.py", "migrate"}, Business::kTask},
  };
  for (const auto& row : rows) {
    Line line({"docker", "compose", "exec", "app", row.task[0], row.task[1], row.task[2]});
    line.config.vocabulary.add(
        {"manage.py|python", "manage.py migrate|migrate", row.told, "own", "", {}});
    const auto command = line.read();
    ASSERT_TRUE(command.ok());
    EXPECT_EQ((*command)->business, row.business);
    EXPECT_EQ((*command)->step->effect, Effect::kMigrates);
  }
}

TEST(Understand, TellsWhatACommandIsAbout) {
  const struct {
    Words argv;
    Business business;
  } rows[] = {
      {{"docker", "compose", "ps"}, Business::kNone},
      {{"docker", "compose", "config", "-q"}, Business::kNone},
      {{"docker", "compose", "logs", "-f", "app"}, Business::kNone},
      {{"docker", "compose", "version"}, Business::kNone},
      {{"docker", "compose", "--version"}, Business::kNone},
      {{"docker", "compose"}, Business::kNone},
      {{"docker", "compose", "nonsense"}, Business::kNone},
      {{"docker", "compose", "run", "--help"}, Business::kNone},
      {{"docker", "compose", "wait", "app"}, Business::kNone},
      {{"docker", "compose", "wait", "--down-project", "app"}, Business::kStack},
      {{"docker", "compose", "exec", "app", "env"}, Business::kNone},
      {{"docker", "compose", "exec", "db", "psql", "-c", "select 1"}, Business::kNone},
      {{"docker", "compose", "exec", "db", "psql", "-c", "drop table x"}, Business::kTask},
      {{"docker", "compose", "exec", "app", "./manage.py", "migrate"}, Business::kTask},
      {{"docker", "compose", "exec", "app", "sh"}, Business::kTask},
      {{"docker", "compose", "exec", "app", "composer", "install"}, Business::kTask},
      {{"docker", "compose", "exec", "app", "ls", "/app/docker-compose.yml"}, Business::kNone},
      {{"docker", "compose", "run", "--rm", "app", "env"}, Business::kTask},
      {{"docker", "compose", "run", "--rm", "--no-deps", "app", "env"}, Business::kNone},
      {{"docker", "compose", "--dry-run", "up", "-d"}, Business::kNone},
      {{"docker", "compose", "up", "-d"}, Business::kStack},
      {{"docker", "compose", "down", "-v"}, Business::kStack},
      {{"docker", "compose", "cp", "app:/srv/x", "."}, Business::kNone},
      {{"docker", "compose", "cp", "x", "app:/srv/x"}, Business::kStack},
      {{"docker", "compose", "cp", "app:/srv/x", "db:/srv/x"}, Business::kStack},
      {{"docker", "compose", "run", "app"}, Business::kTask},
      {{"docker-compose", "up", "-d"}, Business::kStack},
      {{"docker", "ps"}, Business::kNone},
      {{"docker", "exec", "x", "docker", "compose", "up"}, Business::kNone},
      {{"docker"}, Business::kNone},
      {{"ls", "-l"}, Business::kNone},
      {{"echo", "docker", "compose", "up"}, Business::kNone},
      {{"sh", "-c", "exit 3"}, Business::kNone},
      {{"sudo", "docker", "compose", "up"}, Business::kStack},
      {{"timeout", "5", "docker", "compose", "exec", "app", "rake", "db:migrate"}, Business::kTask},
  };
  for (const auto& row : rows) {
    Line line(row.argv);
    const auto command = line.read();
    ASSERT_TRUE(command) << command_text(row.argv).text << ": " << command.failure().message;
    EXPECT_EQ((*command)->business, row.business) << command_text(row.argv).text;
  }
}

TEST(Understand, RefusesWhatItCannotForesee) {
  const Words rows[] = {
      {},
      {"sh", "-c", "docker compose down -v"},
      {"bash", "-lc", "cd x && docker-compose up"},
      {"ssh", "host", "docker", "compose", "up"},
      {"xargs", "docker", "compose", "restart"},
      {"watch", "docker", "compose", "up", "-d"},
      {"dotenv", "--", "docker", "compose", "up"},
      {"retry", "docker", "compose", "up"},
      {"env", "-C", "/x", "docker", "compose", "up"},
      {"sudo", "-i", "docker", "compose", "up"},
      {"./bin/docker-compose", "up"},
      {"podman", "compose", "up"},
      {"docker", "compose", "exec", "app", "docker", "compose", "up"},
      {"podman-compose", "up"},
      {"docker", "compose", "-f", "-", "up"},
      {"env", "COMPOSE_FILE=-", "docker", "compose", "up"},
  };
  for (const Words& argv : rows) {
    Line line(argv);
    const auto command = line.read();
    ASSERT_FALSE(command) << command_text(argv).text;
    EXPECT_EQ(command.failure().code, FailureCode::kUsage) << command_text(argv).text;
    EXPECT_FALSE(command.failure().message.empty());
  }
}

// One plain command needs no shell; what it says may be secret.
TEST(Understand, SaysWhatToTypeInsteadOfAShellText) {
  const struct {
    Words argv;
    const char* told;
  } rows[] = {
      {{"sh", "-c", "docker compose exec -e P=canary app env"},
       "composelint guard -- docker compose …"},
      {{"timeout", "5", "bash", "-c", "docker-compose ps"},
       "composelint guard -- … docker-compose …"},
      {{"su", "canary", "-c", "docker compose ps"}, "composelint guard SCRIPT"},
      {{"sh", "-c", "cd x && docker compose ps"}, "composelint guard SCRIPT"},
      {{"sh", "-c", "docker compose exec app echo $canary"}, "composelint guard SCRIPT"},
      {{"sh", "-c", "docker compose ps >canary"}, "composelint guard SCRIPT"},
  };
  for (const auto& row : rows) {
    const auto command = Line(row.argv).read();
    ASSERT_FALSE(command) << command_text(row.argv).text;
    const std::string& said = command.failure().message;
    EXPECT_NE(said.find(row.told), std::string::npos) << said;
    EXPECT_EQ(said.find("canary"), std::string::npos) << said;
  }
}

TEST(Understand, FindsTheWordsOfTheCall) {
  const struct {
    Words argv;
    Words docker;
    Words compose;
    std::size_t verb;
    std::size_t service;
  } rows[] = {
      {{"docker", "compose", "run", "--rm", "app", "x"}, {"docker"}, {"docker", "compose"}, 2, 4},
      {{"sudo", "-u", "ops", "/usr/bin/docker", "--context", "prod", "compose", "-f",
        "compose.yaml", "-p", "x", "exec", "-T", "-e", "A=1", "db", "psql"},
       {"sudo", "-u", "ops", "/usr/bin/docker", "--context", "prod"},
       {"sudo", "-u", "ops", "/usr/bin/docker", "--context", "prod", "compose", "-f",
        "compose.yaml", "-p", "x"},
       11,
       15},
      {{"timeout", "-k", "5", "60", "env", "TAG=3", "docker-compose", "--profile", "p", "up", "-d"},
       {"env", "TAG=3", "docker"},
       {"env", "TAG=3", "docker-compose", "--profile", "p"},
       9,
       0},
      {{"nice", "-n", "5", "docker", "compose", "exec", "app", "exec"},
       {"docker"},
       {"docker", "compose"},
       5,
       6},
  };
  for (const auto& row : rows) {
    Line line(row.argv);
    const auto command = line.read();
    ASSERT_TRUE(command) << command.failure().message;
    EXPECT_EQ((*command)->docker, row.docker);
    EXPECT_EQ((*command)->compose, row.compose);
    EXPECT_EQ((*command)->verb_at, row.verb);
    EXPECT_EQ((*command)->service_at, row.service);
    for (std::size_t i = 0; i < row.argv.size(); ++i) {
      EXPECT_EQ((*command)->words[i].text(), guard::quoted(row.argv[i]));
    }
  }
}

TEST(Understand, ReadsHostileWords) {
  const Words argv = {
      "docker", "compose", "exec",  "app", "sh",  "-c", "echo 'a\n\x1b[31m' \xff\xfe",
      "a b",    "",        "$(rm)", "`x`", "*?[", "é",  "\\",
      "\"",     "#"};
  Line line(argv);
  const auto command = line.read();
  ASSERT_TRUE(command) << command.failure().message;
  const auto& inner = (*command)->call().inner;
  ASSERT_EQ(inner.size(), argv.size() - 4);
  for (std::size_t i = 0; i < inner.size(); ++i) {
    EXPECT_EQ(inner[i].text, argv[i + 4]);
    EXPECT_TRUE(inner[i].known()) << i;
  }
}

std::string image_of(Words argv) {
  Line line(std::move(argv));
  const auto command = line.read();
  if (!command) return command.failure().message;
  const Service* service = (*command)->service();
  return service != nullptr && service->image ? service->image->value
                                              : "none: " + (*command)->project_failure;
}

TEST(Understand, ResolvesTheProjectThatTheCommandWillSee) {
  EXPECT_EQ(image_of({"docker", "compose", "run", "app"}), "app:7");
  EXPECT_EQ(image_of({"env", "TAG=3", "docker", "compose", "run", "app"}), "app:3");
  EXPECT_EQ(image_of({"env", "-u", "TAG", "docker", "compose", "run", "app"}), "app:1");
  EXPECT_EQ(image_of({"env", "-i", "docker", "compose", "run", "app"}), "app:1");
  EXPECT_EQ(image_of({"sudo", "docker", "compose", "run", "app"}), "app:1");
  EXPECT_EQ(image_of({"sudo", "-E", "docker", "compose", "run", "app"}), "app:7");
  EXPECT_EQ(image_of({"sudo", "--preserve-env=TAG", "docker", "compose", "run", "app"}), "app:7");
  EXPECT_EQ(image_of({"sudo", "TAG=5", "docker", "compose", "run", "app"}), "app:5");
  EXPECT_EQ(
      image_of({"env", "-u", "TAG", "docker", "compose", "--env-file", "prod.env", "run", "app"}),
      "app:9");
}

TEST(Understand, KeepsWhyAProjectWasRefusedAndWhatCouldBeSeen) {
  Line line({"docker", "compose", "-f", "bad.yaml", "run", "app"});
  const auto command = line.read();
  ASSERT_TRUE(command) << command.failure().message;
  EXPECT_EQ((*command)->project, nullptr);
  EXPECT_NE((*command)->project_failure.find("nope"), std::string::npos);
  EXPECT_NE((*command)->service(), nullptr);
  Line nowhere({"docker", "compose", "-f", "none.yaml", "run", "app"});
  const auto lost = nowhere.read();
  ASSERT_TRUE(lost);
  EXPECT_EQ((*lost)->service(), nullptr);
  EXPECT_NE((*lost)->project_failure, "");
}

TEST(Understand, ReadsTheProjectOfALookWhereItIsShown) {
  Line line({"docker", "compose", "exec", "app", "ls"});
  const auto passed = line.read();
  ASSERT_TRUE(passed);
  EXPECT_EQ((*passed)->business, Business::kNone);
  EXPECT_EQ((*passed)->call().target.project, nullptr);
  const auto shown = understand(line.words, line.around, line.config, line.files, LookIs::kTask);
  ASSERT_TRUE(shown);
  EXPECT_EQ((*shown)->business, Business::kTask);
  EXPECT_NE((*shown)->call().target.project, nullptr);
}

TEST(TypedFor, NamesTheSameProject) {
  Line line({"sudo", "docker", "compose", "-f", "compose.yaml", "-p", "my shop", "run", "app"});
  const auto command = line.read();
  ASSERT_TRUE(command);
  EXPECT_EQ(typed_for(**command, "ps"), "`sudo docker compose -f compose.yaml -p 'my shop' ps`");
}

TEST(Understand, TellsRulesWhereTheStreamsGo) {
  Line line({"docker", "compose", "exec", "db", "pg_dump", "app"});
  line.around.descriptors = {{0, {StreamIs::kNull, ""}},
                             {1, {StreamIs::kFile, "/p/dump.sql"}},
                             {2, {StreamIs::kPipe, ""}}};
  const auto command = line.read();
  ASSERT_TRUE(command);
  EXPECT_EQ((*command)->step->in.kind, StreamKind::kNull);
  EXPECT_EQ((*command)->step->out.kind, StreamKind::kFile);
  EXPECT_EQ((*command)->step->out.target.text, "/p/dump.sql");
  EXPECT_EQ((*command)->step->err.kind, StreamKind::kPipe);
}

}  // namespace
}  // namespace composelint::guard
