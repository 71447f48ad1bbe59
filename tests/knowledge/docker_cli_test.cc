#include "analyzer/knowledge/docker_cli.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/knowledge/words.h"

namespace composelint::knowledge {
namespace {

TEST(DockerCli, FindsContainerAndInnerCommand) {
  struct Row {
    const char* line;
    const char* verb;
    const char* operand;  // the first
    const char* inner;    // first word of it
    const char* options;
  };
  const Row rows[] = {
      {"docker exec -it web bash -l", "container exec", "web", "bash", "--interactive --tty"},
      {"docker container exec --user=0 web id", "container exec", "web", "id", "--user"},
      {"docker -H tcp://x:1 exec web ls", "container exec", "web", "ls", ""},
      {"docker --context prod exec web ls", "container exec", "web", "ls", ""},
      {"docker run --rm -v a:/b -e X=1 alpine:3 tar c /b", "container run", "alpine:3", "tar",
       "--rm --volume --env"},
      {"docker run --net shop_default mongo:7 mongodump", "container run", "mongo:7", "mongodump",
       "--network"},
      {"docker run --net-alias=a --dns-opt b alpine id", "container run", "alpine", "id",
       "--network-alias --dns-option"},
      {"docker exec -i=false web cat", "container exec", "web", "cat", ""},
      {"docker exec -u \"$u\" web ls", "container exec", "web", "ls", "--user"},
      {"docker volume rm -f a b", "volume rm", "a", "", "--force"},
      {"docker volume rm a --force", "volume rm", "a", "", "--force"},
      {"docker cp web:/a ./b", "container cp", "web:/a", "", ""},
      {"docker rm -fv web", "container rm", "web", "", "--force --volumes"},
      {"docker ps -aq", "container ls", "", "", "--all --quiet"},
      {"docker system prune -af --volumes", "system prune", "", "", "--all --force --volumes"},
      {"podman exec web ls", "container exec", "web", "ls", ""},
      {"docker exec \"$c\" pg_dump", "container exec", "", "pg_dump", ""},
      {"docker frobnicate x", "", "", "", ""}};
  for (const Row& row : rows) {
    const auto argv = words(row.line);
    const auto call = read_docker(argv);
    ASSERT_TRUE(call) << row.line;
    EXPECT_EQ(call->verb, row.verb) << row.line;
    EXPECT_FALSE(call->opaque) << row.line;
    EXPECT_EQ(call->operands.empty() ? "" : argv[call->operands.front()].text, row.operand)
        << row.line;
    EXPECT_EQ(call->inner < argv.size() ? argv[call->inner].text : "", row.inner) << row.line;
    std::string options;
    for (const std::string_view option : call->options) {
      if (!options.empty()) options += ' ';
      options += option;
    }
    EXPECT_EQ(options, row.options) << row.line;
  }
}

TEST(DockerCli, SaysWhenAnUnknownWordMayBeAnOption) {
  for (const char* line : {"docker exec $o web ls", "docker run --frobnicate x", "docker $v web",
                           "docker -D$h exec web ls"}) {
    const auto argv = words(line);
    ASSERT_TRUE(read_docker(argv)) << line;
    EXPECT_TRUE(read_docker(argv)->opaque) << line;
  }
}

TEST(DockerCli, LeavesComposeAlone) {
  struct Row {
    const char* line;
    std::size_t at;
  };
  const Row rows[] = {{"docker compose up", 1},
                      {"/usr/bin/docker --context prod compose up", 3},
                      {"docker -l debug -H x compose ps", 5}};
  for (const Row& row : rows) {
    const auto argv = words(row.line);
    EXPECT_EQ(find_compose_word(argv), row.at) << row.line;
    EXPECT_FALSE(read_docker(argv)) << row.line;
  }
  for (const char* line : {"docker exec compose ls", "docker-compose up", "compose up", "docker"}) {
    EXPECT_FALSE(find_compose_word(words(line))) << line;
  }
  EXPECT_FALSE(read_docker(words("kubectl exec web ls")));
}

}  // namespace
}  // namespace composelint::knowledge
