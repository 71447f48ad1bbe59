#include "guard/restore_point.h"

#include <gtest/gtest.h>

#include <chrono>
#include <ctime>
#include <filesystem>

#include "tests/guard/scratch_directory.h"
#include "tests/guard/stack_case.h"

namespace composelint::guard {
namespace {

using Words = std::vector<std::string>;

constexpr const char* kStack =
    "name: shop\n"
    "services:\n"
    "  app:\n"
    "    image: shop:1\n"
    "    environment: {DATABASE_URL: \"postgres://app:secret1@db:5432/shop?x=1\"}\n"
    "    volumes: [\"uploads:/srv/uploads\"]\n"
    "    depends_on: [db]\n"
    "  db:\n"
    "    image: \"postgres:15\"\n"
    "    environment: {POSTGRES_DB: shop, POSTGRES_USER: shop}\n"
    "    volumes: [\"data:/var/lib/postgresql/data\", \"./init:/docker-entrypoint-initdb.d\"]\n"
    "  saver: {image: \"tool:1\", volumes: [\"data:/dump-me\", \"saved:/backup\"]}\n"
    "  plain: {image: \"tool:1\", volumes: [\"files:/srv/app\"]}\n"
    "volumes: {data: {}, uploads: {}, saved: {}, files: {}}\n";

std::string why(const Words& command, const Words& dump, const std::string& service,
                const std::string& name) {
  Words argv = {"docker", "compose"};
  argv.insert(argv.end(), command.begin(), command.end());
  const StackCase stack(argv, kStack);
  JournalRun run;
  run.verb = dump.front();
  run.service = service;
  run.effect = "dumps";
  run.effect_name = name;
  run.argv = {"docker", "compose"};
  run.argv.insert(run.argv.end(), dump.begin(), dump.end());
  const LiveFacts facts = stack.facts();
  return no_restore_point(StackView(facts), run);
}

const Words kTask = {"run", "--rm", "app", "manage.py", "migrate"};

TEST(RestorePoint, IsAnArchiveOfWhatTheDatabaseHas) {
  const struct {
    Words dump;
    const char* service;
    bool counts;
  } rows[] = {
      {{"exec", "-T", "db", "tar", "cf", "-", "/etc/hostname"}, "db", false},
      {{"exec", "-T", "db", "tar", "cf", "-", "/docker-entrypoint-initdb.d"}, "db", false},
      {{"exec", "-T", "db", "tar", "cf", "-", "/var/lib/postgresql/data"}, "db", true},
      {{"exec", "-T", "db", "tar", "cf", "-", "-C", "/var/lib/postgresql/data", "."}, "db", true},
      {{"exec", "-T", "db", "tar", "cf", "-", "-C", "/var/lib/postgresql", "data"}, "db", true},
      {{"exec", "-T", "db", "tar", "cf", "-", "/var/lib"}, "db", true},
      {{"exec", "-T", "db", "sh", "-c", "cd /var/lib/postgresql && tar cf - data"}, "db", true},
      {{"exec", "-T", "db", "sh", "-c", "tar cf - /etc/hostname | gzip"}, "db", false},
      {{"run", "--rm", "saver", "tar", "cf", "-", "/dump-me"}, "saver", true},
      {{"run", "--rm", "saver", "tar", "czf", "/backup/x.tgz", "/etc"}, "saver", false},
      {{"run", "-v", "data:/d", "app", "tar", "cf", "-", "/d"}, "app", true},
      // Uploads are no database.
      {{"exec", "-T", "app", "tar", "cf", "-", "/srv/uploads"}, "app", false},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(why(kTask, row.dump, row.service, "tar").empty(), row.counts) << row.dump.back();
  }
  // Files that go ask for an archive of their own.
  const Words emptied = {"exec", "app", "rm", "-rf", "/srv/uploads"};
  EXPECT_EQ(why(emptied, {"exec", "app", "tar", "c", "/srv/uploads"}, "app", "tar"), "");
  EXPECT_NE(why(emptied, {"exec", "db", "tar", "c", "/var/lib/postgresql/data"}, "db", "tar"), "");
  EXPECT_NE(why(emptied, {"exec", "db", "pg_dump", "shop"}, "db", "pg_dump"), "");
  // Without a database of its own, what it has mounted is what it changes.
  const Words task = {"run", "plain", "./migrate"};
  EXPECT_EQ(why(task, {"exec", "plain", "tar", "c", "/srv/app"}, "plain", "tar"), "");
}

// What the journal knows of the file that guard.backups finds.
TEST(RestorePoint, IsOfThisProjectAndNoYoungerThanItsDump) {
  constexpr std::int64_t kMinute = std::int64_t{60} * 1'000'000'000;
  const std::string dump =
      "-- PostgreSQL database dump\n\nx\n-- PostgreSQL database dump complete\n";
  const struct {
    const char* project;
    const char* engine;
    const char* file;   // beside the one that guard wrote
    std::int64_t made;  // the volume, in minutes from the dump
    const char* why;
  } rows[] = {
      {"shop", "unix:///var/run/docker.sock", "", -1, ""},
      {"crm", "unix:///var/run/docker.sock", "", -1, "is a dump of the project crm, and this is"},
      {"crm", "unix:///var/run/docker.sock", "app-copy.sql", -1, "a dump of the project crm"},
      {"shop", "ssh://elsewhere", "", -1, "is a dump of shop on ssh://elsewhere"},
      // The file's own time is a later one.
      {"shop", "unix:///var/run/docker.sock", "", 1, "older than the volume shop_data"},
      {"shop", "unix:///var/run/docker.sock", "app-copy.sql", 1, "older than the volume shop_data"},
  };
  for (const auto& row : rows) {
    const ScratchDirectory work;
    StackCase stack({"docker", "compose", "down", "-v"});
    stack.now = static_cast<std::int64_t>(::time(nullptr)) * 1'000'000'000;
    JournalRun run;
    run.project = row.project;
    run.engine = row.engine;
    run.directory = "/";
    run.verb = "exec";
    run.service = "db";
    run.effect = "dumps";
    run.effect_name = "pg_dump";
    run.argv = {"docker", "compose", "exec", "db", "pg_dump", "shop"};
    run.output = work / "app-1.sql";
    run.ended = stack.now - 10 * kMinute;
    run.code = 0;
    run.verified = true;
    stack.journal = {run};
    ScratchDirectory::append(work / "app-1.sql", dump);
    const std::string copy = row.file;
    if (!copy.empty()) {
      ScratchDirectory::append(work / copy, dump);
      std::filesystem::last_write_time(
          work / "app-1.sql",
          std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
    }
    BackupPolicy backup;
    backup.file = work / "app-*.sql";
    stack.policy.backups = {backup};
    stack.snapshot.volumes = {{"shop_data", run.ended + row.made * kMinute}};
    const Answer answer = stack.told(Claim::kBackupTaken);
    const std::string wanted = row.why;
    EXPECT_EQ(answer.truth == Truth::kSupported, wanted.empty()) << answer.note;
    EXPECT_NE(answer.note.find(wanted), std::string::npos) << answer.note;
  }
}

TEST(RestorePoint, IsOfTheSameDatabase) {
  const struct {
    Words dump;
    const char* name;
    const char* why;
  } rows[] = {
      {{"exec", "db", "pg_dump", "-U", "postgres", "postgres"}, "pg_dump", "postgres"},
      {{"exec", "db", "pg_dump", "-U", "postgres"}, "pg_dump", "postgres"},
      {{"exec", "db", "pg_dump", "-Upostgres", "-dother"}, "pg_dump", "other"},
      {{"exec", "db", "pg_dump", "--dbname=postgres://db/other"}, "pg_dump", "other"},
      {{"exec", "db", "pg_dump", "postgres://u:***@db/other"}, "pg_dump", "other"},
      {{"exec", "-e", "PGDATABASE=other", "db", "pg_dump"}, "pg_dump", "other"},
      {{"exec", "db", "sh", "-c", "pg_dump -U x -d other | gzip"}, "pg_dump", "other"},
      {{"exec", "db", "sh", "-c", "PGDATABASE=other pg_dump"}, "pg_dump", "other"},
      {{"exec", "db", "pg_dump", "-U", "shop", "-Fc", "shop"}, "pg_dump", ""},
      {{"exec", "db", "pg_dump", "-U", "shop"}, "pg_dump", ""},
      {{"exec", "db", "pg_dump", "--format", "c", "shop"}, "pg_dump", ""},
      {{"exec", "db", "sh", "-c", "pg_dump -U \"$POSTGRES_USER\" \"$POSTGRES_DB\""}, "pg_dump", ""},
      {{"exec", "db", "sh", "-c", "pg_dump -U x \"$1\""}, "pg_dump", ""},
      {{"exec", "db", "pg_dump", "***"}, "pg_dump", ""},
      {{"exec", "db", "pg_dumpall", "-U", "postgres"}, "pg_dumpall", ""},
      {{"exec", "db", "mysqldump", "-uroot", "-px", "other"}, "mysqldump", ""},
      {{"exec", "db", "/backup.sh"}, "backup", ""},
  };
  for (const auto& row : rows) {
    const std::string said = why(kTask, row.dump, "db", row.name);
    const std::string_view other = row.why;
    const std::string wanted = other.empty() ? ""
                                             : "it is of the database " + std::string(other) +
                                                   ", while the command changes shop";
    EXPECT_EQ(said, wanted) << row.dump.back();
  }
}

TEST(RestorePoint, IsOfAllThatTheCommandChanges) {
  const Words dump = {"exec", "db", "pg_dump", "shop"};
  const Words all = {"exec", "db", "pg_dumpall"};
  const auto psql = [](const char* text) {
    return Words{"exec", "db", "psql", "-d", "shop", "-c", text};
  };
  const struct {
    Words task;
    bool counts;
    bool of_all;  // with a dump of all databases
  } rows[] = {
      {psql("drop table items"), true, true},
      {psql("drop database if exists shop"), true, true},
      {psql("drop schema public cascade"), true, true},
      {psql("drop database crm"), false, true},
      {psql("DROP DATABASE IF EXISTS \"crm\""), false, true},
      {psql("\\c crm"), false, true},
      {psql("drop role x"), false, true},
      {psql("delete from users where house = 'crm'"), true, true},
      {{"exec", "db", "dropdb", "-U", "postgres", "crm"}, false, true},
      {{"exec", "db", "dropdb", "shop"}, true, true},
      {{"exec", "app", "rm", "-rf", "/srv/uploads"}, false, false},
      {{"down", "-v"}, false, false},
      {{"down"}, true, true},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(why(row.task, dump, "db", "pg_dump").empty(), row.counts) << row.task.back();
    EXPECT_EQ(why(row.task, all, "db", "pg_dumpall").empty(), row.of_all) << row.task.back();
  }
}

TEST(RestorePoint, IsAWholeDump) {
  const Words postgres = {"exec", "db", "psql", "-d", "shop", "-c", "drop table items"};
  const Words mysql = {"exec", "db", "mysql", "shop", "-e", "drop table items"};
  const struct {
    const char* dump;
    bool counts;
  } rows[] = {
      {"pg_dump shop", true},
      {"pg_dump -Fc -Z9 -U postgres -h db shop", true},
      {"pg_dump -a shop", false},
      {"pg_dump -Oxa shop", false},
      {"pg_dump --data-only shop", false},
      {"pg_dump --exclude-table-d=items shop", false},
      {"pg_dump -n public shop", false},
      {"pg_dump --filter=/f shop", false},
      {"pg_dumpall", true},
      {"pg_dumpall -U shop --clean --if-exists", true},
      {"pg_dumpall --exclude-database=shop", false},
      {"pg_dumpall --exclude-d shop", false},
      {"pg_dumpall -g", false},
      {"mysqldump shop", true},
      {"mysqldump -uroot -psecret --single-transaction --no-tablespaces shop", true},
      {"mysqldump -h db -u root shop", true},
      {"mysqldump --all-databases", true},
      {"mysqldump -A --ignore-database=shop", false},
      {"mysqldump --databases shop mysql", true},
      {"mysqldump -B mysql", false},
      {"mysqldump other", false},
      {"mysqldump shop items", false},
      {"mysqldump --tables shop items", false},
      {"mysqldump -t shop", false},
      {"mysqldump --no-create-info shop", false},
      {"mysqldump --ignore-table=shop.items shop", false},
      {"mariadb-dump --ignore-table-data=shop.items shop", false},
      {"mariadb-dump --where=1=0 shop", false},
  };
  for (const auto& row : rows) {
    const std::string text = row.dump;
    const bool is_mysql = !text.starts_with("pg_");
    const std::string name = text.substr(0, text.find(' '));
    for (const Words& dump : {Words{"exec", "db", "sh", "-c", text + " | gzip >/b/x"},
                              Words{"exec", "db", "sh", "-c", text + " 2>/dev/null"}}) {
      EXPECT_EQ(why(is_mysql ? mysql : postgres, dump, "db", name).empty(), row.counts) << text;
    }
  }
}

TEST(RestorePoint, KnowsTheDatabaseOfTheTaskByItsOwnWords) {
  const Words dump = {"exec", "db", "pg_dump", "shop"};
  const struct {
    Words task;
    bool counts;
  } rows[] = {
      {{"exec", "db", "psql", "-U", "shop", "-d", "other", "-c", "drop table x"}, false},
      {{"exec", "db", "psql", "-U", "shop", "-c", "drop table x"}, true},
      {{"run", "-e", "DATABASE_URL=postgres://db/other", "app", "manage.py", "migrate"}, false},
      // Of two names either may be the one.
      {{"run", "-e", "PGDATABASE=other", "app", "manage.py", "migrate"}, true},
      {{"run", "-e", "DATABASE_URL", "app", "manage.py", "migrate"}, true},
      {{"run", "-e", "DATABASE_URL=mysql://db/other", "app", "manage.py", "migrate"}, true},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(why(row.task, dump, "db", "pg_dump").empty(), row.counts) << row.task.back();
  }
}

}  // namespace
}  // namespace composelint::guard
