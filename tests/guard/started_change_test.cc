// What a protected environment asks for holds for what a stack verb starts, and for nothing else.
#include "guard/started_change.h"

#include <gtest/gtest.h>

#include "tests/guard/corridor_case.h"
#include "tests/guard/understood.h"

namespace composelint::guard {
namespace {

using Words = std::vector<std::string>;

constexpr const char* kStack =
    "services:\n"
    "  app: {image: app, command: gunicorn shop.wsgi, depends_on: [db]}\n"
    "  boot: {image: app, profiles: [boot], command: sh -c 'migrate && exec gunicorn shop.wsgi'}\n"
    "  cache: {image: redis, command: redis-server --appendonly yes}\n"
    "  db: {image: postgres}\n"
    "  clean: {image: app, profiles: [clean], command: sh -c 'rm -rf tmp/x; migrate && exec app'}\n"
    "  done: {image: app, profiles: [web], command: ./manage.py migrate}\n"
    "  idle: {image: app, profiles: [idle], command: sleep infinity}\n"
    "  migrator: {image: app, profiles: [tools], command: migrate}\n"
    "  migrations: {image: shop/migrations, profiles: [jobs]}\n"
    "  none: {image: app, profiles: [none], command: migrate, scale: 0}\n"
    "  keep: {image: postgres, profiles: [side], command: sh -c 'while :; do pg_dump app >/b/x; "
    "find /b -mtime +7 -delete; rm -rf /b/old; sleep 86400; done'}\n"
    "  prune: {image: app, profiles: [side], command: find /b -name x -mtime +7 -delete}\n"
    "  rails: {image: app, command: sh -c 'rm -f tmp/pids/server.pid && bin/rails server'}\n"
    "  web:\n"
    "    image: nginx\n"
    "    profiles: [web]\n"
    "    depends_on: {done: {condition: service_completed_successfully}}\n"
    "  wipe: {image: app, profiles: [rm], command: sh -c 'rm -rf /var/lib/data; exec app'}\n"
    "  wiper: {image: app, profiles: [wipe], command: psql -c 'drop table x'}\n"
    "  worker: {image: app, command: celery -A shop worker}\n";

std::string why(const Words& task, const std::string& profiles) {
  std::vector<std::pair<std::string, std::string>> variables;
  if (!profiles.empty()) variables.emplace_back("COMPOSE_PROFILES", profiles);
  const auto command = understood(kStack, task, StreamIs::kNull, variables);
  return command ? command->starts_change : "";
}

TEST(StartedChange, IsToldOfWhatTheCallStarts) {
  const struct {
    Words task;
    const char* told;  // a part of the reason; empty: there is none
    const char* profiles = "";
  } rows[] = {
      // Plain servers.
      {{"up", "-d"}, ""},
      {{"up", "-d", "--wait", "app", "worker"}, ""},
      {{"up", "-d", "-V", "--no-deps", "worker"}, ""},
      {{"up", "-d", "-V", "db"},
       "it starts db without what is in its volume at /var/lib/postgresql"},
      {{"up", "-d", "-V", "app"}, "it starts db without what is in its volume at"},
      {{"restart"}, ""},
      {{"restart", "app"}, ""},
      {{"start"}, ""},
      {{"scale", "worker=3"}, ""},
      {{"--profile", "idle", "up", "-d"}, ""},
      {{"--profile", "none", "up", "-d"}, ""},
      {{"run", "--rm", "app", "ls"}, ""},
      // All that the profiles enable.
      {{"--profile", "tools", "up", "-d"}, "it starts migrator,"},
      {{"--profile", "*", "up", "-d"}, "it starts boot,"},
      {{"up", "-d"}, "it starts migrator,", "tools"},
      {{"up", "-d"}, "it starts migrations,", "jobs"},
      {{"up", "-d"}, "it starts done,", "idle,web"},
      {{"--profile", "tools", "start"}, "it starts migrator,"},
      {{"--profile", "tools", "restart"}, "it starts migrator,"},
      {{"--profile", "none", "up", "-d", "--scale", "none=1"}, "it starts none,"},
      {{"--profile", "tools", "up", "-d", "--scale", "migrator=0"}, ""},
      {{"--profile", "tools", "up", "-d", "app"}, ""},
      {{"--profile", "tools", "up", "--no-start"}, ""},
      {{"--profile", "tools", "create"}, ""},
      {{"--profile", "tools", "stop"}, ""},
      {{"--profile", "tools", "pull"}, ""},
      {{"--profile", "tools", "build"}, ""},
      // What an anonymous volume holds nobody finds again.
      {{"down"}, "what db keeps at /var/lib/postgresql"},
      {{"rm", "-fs", "db"}, "in a volume without a name"},
      {{"rm", "-fs", "worker"}, ""},
      // A migration counts whatever is cleared up before it; a backup that clears up is none.
      {{"--profile", "clean", "up", "-d"}, "it starts clean,"},
      {{"--profile", "side", "up", "-d"}, ""},
      {{"--profile", "rm", "up", "-d"}, "it starts wipe,"},
      // Those that are named, and their dependencies.
      {{"up", "-d", "boot"}, "it starts boot,"},
      {{"up", "-d", "wiper"}, "it starts wiper,"},
      {{"start", "migrator"}, "it starts migrator,"},
      {{"restart", "migrator"}, "it starts migrator,"},
      {{"scale", "migrator=1"}, "it starts migrator,"},
      {{"scale", "migrator=0"}, ""},
      {{"up", "-d", "web"}, "it starts done,"},
      {{"scale", "web=2"}, "it starts done,"},
      {{"up", "-d", "--no-deps", "web"}, ""},
      {{"restart", "web"}, ""},
      {{"run", "--rm", "web", "ls"}, "it starts done,"},
      {{"run", "--rm", "--no-deps", "web", "ls"}, ""},
      // Files into a container, and out of one.
      {{"cp", "pg.conf", "db:/var/lib/postgresql/data/"}, "copied into db:/var"},
      {{"cp", "-", "db:/var/lib"}, "copied into db:/var"},
      {{"cp", "db:/var/lib/x", "."}, ""},
      {{"cp", "db:/var/lib/x", "./a:b"}, ""},
  };
  for (const auto& row : rows) {
    const std::string told = why(row.task, row.profiles);
    if (*row.told == '\0') {
      EXPECT_EQ(told, "") << command_text(row.task).text;
    } else {
      EXPECT_NE(told.find(row.told), std::string::npos)
          << command_text(row.task).text << ": " << told;
    }
  }
}

TEST(StartedChange, AProtectedEnvironmentWantsItsBackupBeforeIt) {
  const struct {
    Words task;
    int code;
  } rows[] = {
      {{"up", "-d"}, 0},
      {{"cp", "nix", "db:/var/lib/postgresql/data/nix"}, 100},
  };
  for (const auto& row : rows) {
    Words argv = {"docker", "compose"};
    argv.insert(argv.end(), row.task.begin(), row.task.end());
    CorridorCase it(argv);
    it.options.yes = true;
    it.configure(
        "guard: {environments: [{name: production, projects: shop, require: [backup-taken]}]}\n");
    EXPECT_EQ(it.run(), row.code) << it.around.said;
    const bool told = it.around.said.find("files are copied into db:") != std::string::npos;
    EXPECT_EQ(told, row.code != 0) << it.around.said;
  }
}

}  // namespace
}  // namespace composelint::guard
