#include "analyzer/evidence/timeline_evidence.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "analyzer/shell/parser.h"
#include "analyzer/timeline/build.h"

namespace composelint::evidence {
namespace {

// What the script says of `claim` for its first migration.
std::string truth(const std::string& text, Claim claim, Phase phase = Phase::kBefore) {
  const SourceFile file("x.sh", text);
  auto script = shell::parse_script(shell::whole_file(file));
  EXPECT_TRUE(script.ok()) << text;
  const hosts::HostFile host = hosts::script_host(std::move(*script));
  const Timeline timeline =
      timeline::build({host.tasks.data(), &file, "/repo/x.sh", "/repo", {}, {}},
                      [](const ComposeInvocation&, const calls::CallSite&) { return Target{}; });
  for (const Step& step : timeline.steps) {
    if (step.effect != Effect::kMigrates) continue;
    const Evidence evidence = TimelineEvidence(timeline).answer({claim, phase, step});
    const std::string note = evidence.note.empty() ? "" : ": " + evidence.note;
    switch (evidence.truth) {
      case Truth::kRefuted: return "refuted" + note;
      case Truth::kUnknown: return "unknown";
      case Truth::kSupported: return "supported";
    }
  }
  return "no migration";
}

const std::string kDump = "docker compose exec -T db pg_dump app > before.sql";
const std::string kMigrate = "docker compose run --rm app python manage.py migrate\n";

TEST(TimelineEvidence, ABackupCountsOnEveryWayAndWhenItsFailureIsSeen) {
  struct Row {
    std::string script;
    const char* expected;
  };
  const Row rows[] = {
      {kMigrate, "refuted"},
      {kDump + "\n" + kMigrate, "supported"},
      {kDump + " && " + kMigrate, "supported"},
      {kDump + " || exit 1\n" + kMigrate, "supported"},
      {kMigrate + kDump + "\n", "refuted: the backup on line 2 comes too late"},
      {kDump + " || true\n" + kMigrate,
       "refuted: the backup on line 1 may fail unnoticed: its exit status is thrown away"},
      {kDump + " &\n" + kMigrate,
       "refuted: the backup on line 1 runs in the background and may not be complete"},
      {"docker compose exec -T db pg_dump app > /dev/null\n" + kMigrate,
       "refuted: the backup on line 1 writes to /dev/null"},
      {"if [ \"$A\" ]; then " + kDump + "; fi\n" + kMigrate, "unknown"},
      {"if [ \"$A\" ]; then " + kDump + "; else exit 1; fi\n" + kMigrate, "supported"},
      {"if [ \"$A\" ]; then " + kDump + "; else restic backup data; fi\n" + kMigrate, "supported"},
      {"case $1 in a) " + kDump + ";; b) " + kMigrate + ";; esac\n", "refuted"},
      {"f() { " + kDump + "; }\nf\n" + kMigrate, "supported"},
      // Of another machine nothing is known here.
      {"ssh h '" + kDump + "'\n" + kMigrate, "unknown"},
      {kDump + "\nssh h '" + kMigrate + "'", "unknown"},
      {"ssh h '" + kDump + "\n" + kMigrate + "'", "supported"},
      {"ssh h '" + kDump + "'\nssh h '" + kMigrate + "'", "supported"},
      {"ssh g '" + kDump + "'\nssh h '" + kMigrate + "'", "unknown"},
      {"ssh h '" + kMigrate + "'", "refuted"},
      {"docker compose exec -T db pg_dump app | head -5\n" + kMigrate,
       "refuted: the backup on line 1 is kept nowhere: `head` shows something of it"},
      {"docker compose exec -T db pg_dump app | tee a.sql | wc -l\n" + kMigrate, "supported"},
      {"backup_images() { docker tag a b; }\nbackup_images\n" + kMigrate, "refuted"},
      {"read -p 'Release: ' TAG\nexport TAG\n" + kMigrate, "refuted"},
      {"if [ ! -f .env ]; then read -p 'Edit .env, then press Enter'; fi\n" + kMigrate, "refuted"},
      {kDump + "\ntrap 'docker compose down' EXIT\n" + kMigrate, "supported"},
      {"T=$(mktemp -d)\ntrap 'rm -rf \"$T\"' EXIT\npg_dump app > \"$T/a.sql\"\n" + kMigrate,
       "refuted: the backup on line 3 lies in a temporary directory that `trap` removes when the "
       "script ends"},
      {"T=$(mktemp -d)\ntrap 'rm -rf \"$T\"' EXIT\npg_dump app > \"$T/a.sql\"\n" + kMigrate +
           "scp \"$T/a.sql\" backup@h:\n",
       "supported"},
      {"cp -a data data.bak\n" + kMigrate, "supported"},
      {"cp -a backups/data data\n" + kMigrate, "refuted"},
      // What was a dump already saves nothing that has come since.
      {"cp backups/latest.sql /tmp/backup.sql\n" + kMigrate, "refuted"},
      {"rsync -a -e ssh vault:/srv/dumps/ ./backup/\n" + kMigrate, "refuted"},
      {"cp \"$1\" /tmp/backup.dump\n" + kMigrate +
           "docker compose exec -T db pg_restore -d app < /tmp/backup.dump\n",
       "refuted"},
      {"cp \"$1\" /tmp/backup.dump\n" + kMigrate.substr(0, kMigrate.size() - 1) +
           " || docker compose exec -T db pg_restore -d app < /tmp/backup.dump\n",
       "supported"},
      {"rsync -a live:/srv/data/ ./backup/\n" + kMigrate, "supported"},
      {"cp app.sqlite backups/app.sqlite\n" + kMigrate, "supported"},
      {"trap '" + kDump + "' EXIT\n" + kMigrate, "refuted: the backup on line 1 comes too late"},
      {"./bin/backup.sh\n" + kMigrate, "supported"},
      {"warm_cache() { curl -X POST localhost/x; }\nwarm_cache\n" + kMigrate, "refuted"},
      {"backup_database() { curl -X POST localhost/x; }\nbackup_database\n" + kMigrate,
       "supported"},
      {kDump + " || { echo failed; }\n" + kMigrate,
       "refuted: the backup on line 1 may fail unnoticed: its exit status is thrown away"},
      {kDump + " || failed=1\n" + kMigrate, "supported"},
      {"if ! " + kDump + "; then echo failed; fi\n" + kMigrate,
       "refuted: the backup on line 1 may fail unnoticed: its exit status is thrown away"},
      {"docker compose exec app sh -c 'pg_dump app > /b/x && manage.py migrate'\n", "no migration"},
      // Nothing is left to save.
      {"docker compose down -v\n" + kMigrate, "unknown"},
      {"docker volume rm app_data\n" + kMigrate, "unknown"},
      {"docker compose exec -T db dropdb app\n" + kMigrate, "unknown"},
      {"docker compose down\n" + kMigrate, "refuted"},
      {"if [ \"$A\" ]; then docker compose down -v; fi\n" + kMigrate, "refuted"},
      {"./bin/prepare\n" + kMigrate, "unknown"},
      {"read -p 'Saved? ' x\n" + kMigrate, "unknown"},
      {"f() { " + kMigrate + "}\n", "unknown"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(truth(row.script, Claim::kBackupTaken), row.expected) << row.script;
  }
}

TEST(TimelineEvidence, ALookAtTheStackIsEnoughOfAPreflight) {
  struct Row {
    std::string script;
    const char* expected;
  };
  const Row rows[] = {
      {kMigrate, "refuted"},
      {"docker compose ps\n" + kMigrate, "supported"},
      {"docker compose config -q\n" + kMigrate, "supported"},
      {"docker compose up -d --wait\n" + kMigrate, "supported"},
      {"docker compose up -d\n" + kMigrate, "refuted"},
      {"cat README\ncd \"$(dirname \"$0\")\"\n" + kMigrate, "refuted"},
      {"docker compose exec -T db pg_isready\n" + kMigrate, "supported"},
      {"docker ps\n" + kMigrate, "supported"},
      {"curl -fsS localhost:8000/health\n" + kMigrate, "supported"},
      {"make check\n" + kMigrate, "unknown"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(truth(row.script, Claim::kContextInspected), row.expected) << row.script;
  }
}

TEST(TimelineEvidence, WhatALaterLookSaysOfTheOutcome) {
  struct Row {
    std::string script;
    const char* expected;
  };
  const std::string deploy = "docker compose pull\n" + kMigrate;
  const Row rows[] = {
      {deploy, "refuted"},
      {deploy + "docker compose up -d\n", "refuted"},
      {deploy + "echo done\n", "refuted"},
      {deploy + "cat CHANGES\n", "refuted"},
      {"docker compose ps\n" + deploy, "refuted"},
      {deploy + "docker compose ps\n", "supported"},
      {deploy + "docker compose logs --tail=100 app\n", "supported"},
      {deploy + "docker compose up -d --wait\n", "supported"},
      {deploy + "docker ps\n", "refuted: `docker ps` on line 3 lists whatever runs on the machine"},
      {deploy + "docker ps --filter name=app\n", "supported"},
      {deploy + "docker ps | grep app\n", "supported"},
      {deploy + "docker inspect app\n", "supported"},
      {deploy + "curl -fsS localhost:8000/health\n", "supported"},
      {deploy + "docker compose exec -T app curl -fsS localhost/health\n", "supported"},
      {deploy + "docker compose run --rm app python manage.py migrate --check\n", "supported"},
      {deploy + "docker compose run --rm app python manage.py showmigrations\n", "supported"},
      {deploy + "./bin/smoke-test.sh\n", "supported"},
      {deploy + "docker compose exec -T db psql -c 'SELECT 1'\n", "supported"},
      {deploy + "if [ \"$A\" ]; then docker compose ps; fi\n", "unknown"},
      {deploy + "until curl -fs localhost/health; do sleep 1; done\n", "supported"},
      {deploy + "curl -fsS https://example.org/\n", "unknown"},
      {deploy + "curl -X POST -d done https://example.org/hook\n", "refuted"},
      {deploy + "./bin/finish\n", "unknown"},
      {deploy + "make check\n", "unknown"},
      {deploy + "docker compose exec app ./bin/verify-release\n", "unknown"},
      {deploy + "ssh h 'docker ps'\n", "unknown"},
      {deploy + "docker compose exec app bash\n", "unknown"},
      {deploy + "docker compose exec -T db psql app < roles.sql\n", "refuted"},
      // A piece of something longer.
      {kMigrate, "unknown"},
      {"set -e\ncd /srv\n" + kMigrate + "echo migrated\n", "unknown"},
      {"case $1 in up) docker compose up -d;; migrate) " + kMigrate + ";; esac\n", "unknown"},
      {"f() { " + deploy + "}\n", "unknown"},
      {"git pull\n" + kMigrate, "refuted"},
      {"case $1 in look) docker compose ps;; deploy) " + deploy + ";; esac\n", "refuted"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(truth(row.script, Claim::kOutcomeVerified, Phase::kAfter), row.expected)
        << row.script;
  }
}

TEST(TimelineEvidence, WhoKeepsWritersAway) {
  struct Row {
    std::string script;
    const char* expected;
  };
  const Row rows[] = {
      {kMigrate, "refuted"},
      {"docker compose up -d\n" + kMigrate, "refuted"},
      {"docker compose stop worker\n" + kMigrate, "supported"},
      {"docker compose pause worker\n" + kMigrate, "supported"},
      {"docker compose down\n" + kMigrate, "supported"},
      {"docker compose up -d --scale worker=0\n" + kMigrate, "supported"},
      {"docker compose up -d --scale worker=2\n" + kMigrate, "refuted"},
      {"docker compose scale worker=0\n" + kMigrate, "supported"},
      {"docker stop app_worker\n" + kMigrate, "supported"},
      {"docker compose exec app php artisan down\n" + kMigrate, "supported"},
      {"docker compose exec app celery -A app control shutdown\n" + kMigrate, "supported"},
      {"systemctl stop app-worker\n" + kMigrate, "supported"},
      {kMigrate + "docker compose stop worker\n", "refuted: the pause on line 2 comes too late"},
      {"./bin/quiet\n" + kMigrate, "unknown"},
      {"read -p 'Workers stopped? ' x\n" + kMigrate, "unknown"},
      {"read -p 'Domain: ' x\n" + kMigrate, "refuted"},
      {"docker compose stop worker\ndocker compose up -d\n" + kMigrate,
       "refuted: what line 1 stops, line 2 starts again before it"},
      {"docker compose stop worker\ndocker compose up -d db\n" + kMigrate, "supported"},
      {"docker compose stop worker\nif [ \"$A\" ]; then docker compose up -d; fi\n" + kMigrate,
       "supported"},
      {"docker compose down\ndocker compose up -d db\n" + kMigrate, "supported"},
      {"docker compose down\ndocker compose up -d\n" + kMigrate,
       "refuted: what line 1 stops, line 2 starts again before it"},
      {"docker compose down\ndocker compose up -d app\ndocker compose exec app alembic upgrade "
       "head\n",
       "refuted: what line 1 stops, line 2 starts again before it"},
      {"if [ \"$A\" ]; then docker compose stop worker; fi\n" + kMigrate, "unknown"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(truth(row.script, Claim::kWritersPaused), row.expected) << row.script;
  }
}

TEST(TimelineEvidence, WhoLetsWritersBackIn) {
  struct Row {
    std::string script;
    const char* expected;
  };
  const Row rows[] = {
      {kMigrate, "refuted"},
      {"docker compose start worker\n" + kMigrate, "refuted"},
      {kMigrate + "docker compose start worker\n", "supported"},
      {kMigrate + "docker compose unpause worker\n", "supported"},
      {kMigrate + "docker compose up -d\n", "supported"},
      {kMigrate + "docker compose up -d --scale worker=0\n", "refuted"},
      {kMigrate + "docker start app_worker\n", "supported"},
      {kMigrate + "docker compose exec app php artisan up\n", "supported"},
      {kMigrate + "docker compose stop worker\n", "refuted"},
      {kMigrate + "./bin/resume\n", "unknown"},
      {"trap 'docker compose start worker' EXIT\n" + kMigrate, "supported"},
      {"if " + kMigrate + "then docker compose start worker; fi\n", "unknown"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(truth(row.script, Claim::kWritersResumed, Phase::kAfter), row.expected) << row.script;
  }
}

TEST(TimelineEvidence, WhatTellsThatADatabaseAnswers) {
  struct Row {
    std::string script;
    const char* expected;
  };
  const Row rows[] = {
      {kMigrate, "refuted"},
      {"docker compose up -d\n" + kMigrate, "refuted"},
      {"docker compose up -d\nsleep 10\n" + kMigrate, "refuted"},
      {"docker compose up -d --wait\n" + kMigrate, "supported"},
      {"until docker compose exec -T db pg_isready; do sleep 1; done\n" + kMigrate, "supported"},
      {"docker compose exec -T db pg_isready || exit 1\n" + kMigrate, "supported"},
      {"./wait-for-it.sh db:5432\n" + kMigrate, "supported"},
      {"./bin/prepare\n" + kMigrate, "unknown"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(truth(row.script, Claim::kReady), row.expected) << row.script;
  }
}

TEST(TimelineEvidence, WhatComesBackOnlyOnceSomethingAnswersIsAWait) {
  struct Row {
    std::string script;
    const char* expected;
  };
  const std::string ask = "docker compose exec -T db psql -c 'SELECT 1'";
  const Row rows[] = {
      {kMigrate, "refuted"},
      {"docker compose up -d --wait\n" + kMigrate, "supported"},
      {"docker compose up -d\nsleep 10\n" + kMigrate, "refuted"},
      {"wait-for-it localhost:5432\n" + kMigrate, "supported"},
      {"until " + ask + "; do sleep 1; done\n" + kMigrate, "supported"},
      {"until docker compose exec -T db pg_isready; do sleep 1; done\n" + kMigrate, "supported"},
      {"while ! curl -s localhost:8000; do sleep 1; done\n" + kMigrate, "supported"},
      {"while docker compose ps | grep -q starting; do sleep 1; done\n" + kMigrate, "supported"},
      {"until [ \"$(docker inspect -f '{{.State.Health.Status}}' db)\" = healthy ]; do sleep 1; "
       "done\n" +
           kMigrate,
       "supported"},
      {"ready() { " + ask + "; }\nuntil ready; do sleep 1; done\n" + kMigrate, "supported"},
      {"for i in $(seq 30); do " + ask + " && break; sleep 1; done\n" + kMigrate, "unknown"},
      {"for i in 1 2 3; do " + ask + " && break; sleep 1; done\n" + kMigrate, "supported"},
      // Asked once: a failure has to end the script.
      {"docker compose exec -T db pg_isready\n" + kMigrate, "unknown"},
      {"docker compose exec -T db pg_isready || exit 1\n" + kMigrate, "supported"},
      {"set -e\ncurl --retry 9 --retry-connrefused localhost:80\n" + kMigrate, "supported"},
      {"curl localhost:80\n" + kMigrate, "refuted"},
      // Neither asks whether anything is there.
      {"set -e\nfor f in a b; do cat $f; done\n" + kMigrate, "refuted"},
      {"set -e\nfor s in a b; do docker compose logs $s; done\n" + kMigrate, "refuted"},
      {"./bin/prepare\n" + kMigrate, "unknown"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(truth(row.script, Claim::kReady), row.expected) << row.script;
  }
}

}  // namespace
}  // namespace composelint::evidence
