#include "guard/mask.h"

#include <gtest/gtest.h>

#include "analyzer/compose/loader.h"
#include "tests/compose/memory_files.h"

namespace composelint::guard {
namespace {

using Words = std::vector<std::string>;

TEST(Mask, TakesSecretsOutOfArguments) {
  const struct {
    Words argv;
    Words masked;
  } rows[] = {
      {{"run", "-e", "A=canary", "app"}, {"run", "-e", "A=***", "app"}},
      {{"run", "-eA=canary", "app"}, {"run", "-eA=***", "app"}},
      {{"run", "--env", "A=canary"}, {"run", "--env", "A=***"}},
      {{"run", "--env=A=canary"}, {"run", "--env=A=***"}},
      {{"run", "-e", "A", "app"}, {"run", "-e", "A", "app"}},
      {{"env", "PGPASSWORD=canary", "x"}, {"env", "PGPASSWORD=***", "x"}},
      {{"tool", "--api-key", "canary", "x"}, {"tool", "--api-key", "***", "x"}},
      {{"tool", "--api-key=canary"}, {"tool", "--api-key=***"}},
      {{"tool", "--password-file", "f"}, {"tool", "--password-file", "f"}},
      {{"docker", "compose", "-p", "name", "exec", "db", "mysql", "-pcanary", "app"},
       {"docker", "compose", "-p", "name", "exec", "db", "mysql", "-p***", "app"}},
      {{"psql", "postgres://u:canary@db/app"}, {"psql", "postgres://u:***@db/app"}},
      {{"git", "https://canary@host/x"}, {"git", "https://***@host/x"}},
      {{"sh", "-c", "x PASSWORD=canary y; y --token canary z"},
       {"sh", "-c", "x PASSWORD=*** y; y --token *** z"}},
      {{"DB_PASSWORD=canary with blanks"}, {"DB_PASSWORD=***"}},
      {{"curl", "-H", "Authorization: Bearer canary"}, {"curl", "-H", "Authorization: ***"}},
      {{"x", "{\"secret\": \"canary\", \"a\": 1}"}, {"x", "{\"secret\": \"***\", \"a\": 1}"}},
      {{"x", "key=value", "ssh://anna@host"}, {"x", "key=value", "ssh://anna@host"}},
  };
  const Mask mask;
  for (const auto& row : rows) EXPECT_EQ(mask.argv(row.argv), row.masked);
}

TEST(Mask, HidesWhatTheStackAndTheCallerHoldAndNothingPlain) {
  compose::MemoryFiles files({{"/p/compose.yaml",
                               "services:\n"
                               "  app:\n"
                               "    image: shop/app:2026-11\n"
                               "    env_file: app.env\n"
                               "    environment:\n"
                               "      LOGIN: canary-inline\n"
                               "      MODE: production\n"
                               "      PORT: '8080809'\n"
                               "      WHERE: /srv/data\n"
                               "      KEY_PEM: \"-----BEGIN-----\\ncanary-line\\n\"\n"
                               "      URL: redis://:canary-url@cache:6379\n"
                               "      REFERS: app\n"},
                              {"/p/app.env", "FROM_FILE=canary-file\n"},
                              {"/p/.env", "FROM_DOTENV=canary-dotenv\n"}});
  text::SourceStore store(files, "/p");
  compose::LoadRequest request;
  request.working_directory = "/p";
  const auto loaded = compose::load(request, store);
  ASSERT_TRUE(loaded) << loaded.failure().message;
  Mask mask;
  mask.hide_values({{"MY_TOKEN", "canary-own"}, {"EDITOR", "emacs-nox"}, {"OPAQUE_SECRET", "abc"}},
                   &loaded->project);
  for (const char* text : {"canary-inline", "canary-file", "canary-dotenv", "canary-line",
                           "canary-url", "canary-own"}) {
    EXPECT_EQ(mask.text("<" + std::string(text) + ">"), "<***>");
    EXPECT_EQ(mask.argv({"x" + std::string(text)}), Words{"x***"});
  }
  const std::string plain = "production 8080809 /srv/data emacs-nox app shop/app:2026-11";
  EXPECT_EQ(mask.text(plain), plain);
  EXPECT_EQ(mask.text("abc"), "***");
}

TEST(Mask, LetsNothingReachATerminal) {
  const Mask mask;
  EXPECT_EQ(mask.text("a\x1b[2Jb\r\n\xff"), "a\\x1b[2Jb\\x0d\\x0a\\xff");
}

}  // namespace
}  // namespace composelint::guard
