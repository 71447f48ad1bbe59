// Programs that look, unless their words hold something else to do.
#include <gtest/gtest.h>

#include "analyzer/shell/command_words.h"
#include "guard/command.h"
#include "tests/compose/memory_files.h"
#include "tests/guard/fake_surroundings.h"

namespace composelint::guard {
namespace {

constexpr const char* kStack = "services:\n  db: {image: postgres}\n";

std::unique_ptr<GuardedCommand> read(const std::string& task) {
  const compose::MemoryFiles files(std::map<std::string, std::string>{{"/p/compose.yaml", kStack}});
  FakeSurroundings around;
  around.directory = "/p";
  around.descriptors = {{0, {StreamIs::kNull, ""}}};
  const auto argv = shell::command_words("docker compose exec -T db " + task);
  EXPECT_TRUE(argv) << task;
  if (!argv) return nullptr;
  auto command = understand(*argv, around, {}, files);
  EXPECT_TRUE(command) << task;
  return command ? std::move(*command) : nullptr;
}

const char* const kPayloads[] = {
    // Functions that nobody knows, and built-in ones that act.
    "psql -c 'select wipe()'",
    "psql -c 'select * from wipe (1)'",
    "psql -c 'select public.now()'",
    "psql -c 'select \"now\"()'",
    "psql -c \"select setval('s', 1)\"",
    "psql -c \"select pg_drop_replication_slot('x')\"",
    "psql -c 'select pg_stat_reset(), now()'",
    "psql -c 'select lo_unlink(1)'",
    "psql -c 'with x as (select wipe()) select 1'",
    "psql -c 'explain (analyze) select wipe()'",
    "psql -c \"select 'a' || wipe() || 'b'\"",
    "mysql -e 'select wipe()'",
    "mysql -ewipe",
    "mysql -e '/*!50000 set x */ select 1'",
    "mysql -e \"select '\\\\'; call x(); -- '\"",
    "mysql -e \"select 1 into outfile '/x'\"",
    "psql -c \"copy (select 1) to '/var/lib/postgresql/data/PG_VERSION'\"",
    "psql -c \"copy (select wipe()) to stdout\"",
    "psql --comm='call wipe()'",
    "sqlite3 x.db 'select load_extension(1)'",
    "sqlite3 x.db vacuum",
    "sqlite3 x.db '.shell rm -rf /x'",
    "sqlite3 x.db .dump 'delete from x'",
    "sqlite3 x.db 'pragma journal_mode = wal'",
    "sqlite3 -cmd 'delete from x' x.db 'select 1'",
    // The client's own commands and files.
    "psql -c 'select 1' -o '|rm -rf /x'",
    "psql -tAo x -c 'select 1'",
    "psql -c 'select 1' --outp=x",
    "psql -c 'select 1' -L /var/lib/x",
    "psql -c '\\! rm'",
    "psql -c '\\lo_unlink 7'",
    "psql -c '\\lo_export 7 /etc/x'",
    "psql -c '\\watch 1'",
    "redis-cli CONFIG SET save ''",
    "redis-cli -h keys flushall",
    "redis-cli -h info del a",
    "redis-cli config rewrite",
    "redis-cli CLIENT KILL ADDR 1",
    "gzip /var/lib/postgresql/data/PG_VERSION",
    "sh -c 'pg_dump app | gzip >/var/lib/x'",
    "sh -c 'pg_dump app | zstd -o /etc/x'",
    "mysqldump --init-command='drop table x' app",
    "mysqldump -T/var/lib/x app",
    // Several tasks, of which the first looks.
    "rails db:version db:drop",
    "bundle exec rake db:version db:migrate",
    "bin/rails db:migrate:status db:migrate RAILS_ENV=production",
    "flyway info migrate",
    "flyway -url=jdbc:x validate clean",
    "mvn -q flyway:info flyway:clean",
    "./gradlew flywayInfo flywayClean",
    // Variables that another program is run by.
    "env PSQLRC=/tmp/x psql -c 'select 1'",
    "env -u X BASH_ENV=/tmp/x psql -c 'select 1'",
    "psql -c '\\o |rm'",
    "psql -c '\\dt `rm -rf /x`'",
    "psql -c \"\\copy (select 1) to program 'rm'\"",
    "psql -c 'select 1 \\g |rm'",
    "mysql --init-command='call x()' app",
    "mysql --pager='sh -c x' -e 'select 1'",
    // Consoles that are told what to do.
    "./manage.py shell -c 'x'",
    "python manage.py shell --command x",
    "php artisan tinker --execute=x",
    "flask shell -c x",
    "rails runner 'X.delete_all'",
    "rails console production -e test wipe x",
    "wp db query 'call x()'",
    "rabbitmqadmin purge queue name=x",
    "mongosh app wipe.js",
    "mongosh --eval 'load(\"x.js\")'",
    "mongosh --eval 'db[\"items\"][\"drop\"]()'",
    "mongosh --eval 'db.items.find().forEach(wipe)'",
    "mongosh --eval 'db.items.aggregate([{$out: \"x\"}])'",
    "mongosh --eval 'db.adminCommand({shutdown: 1})'",
    "mongosh --eval 'x = db.items.drop; 1'",
    "redis-cli --eval x.lua",
    "redis-cli eval 'return 1' 0",
    "redis-cli client kill x",
    "redis-cli -x get",
    "cqlsh -e 'insert x'",
    // Tools.
    "awk 'BEGIN{system(\"rm -rf /x\")}'",
    "awk '{print | \"sh\"}' x",
    "awk '{print > \"/var/lib/x\"}' y",
    "awk '{print $1 >> $2}' y",
    "awk 'BEGIN {\"rm\" | getline}'",
    "awk '/\"/ {print} ; {print \"x\" > \"y\"}' z",
    "awk -f x.awk y",
    "awk -i inplace 1 x",
    "gawk '@load \"x\"; 1'",
    "sed -i s/a/b/ x",
    "sed -n 'w /var/lib/x' y",
    "sed 's/x/rm/e' y",
    "sort -o /var/lib/x y",
    "sort -uo /var/lib/x y",
    "sort --compress-prog=rm y",
    "uniq a /var/lib/x",
    "date -s 2000",
    "date 01010000",
    "hostname x",
    "env --split-string='rm -rf /x'",
    "find / -name x -delete",
    "find / -exec rm {} +",
    "find / -fprint /var/lib/x",
    "tee /var/lib/x",
    "dd of=/var/lib/x",
    "xargs rm -rf",
    "yq -i x y",
    "rg --pre rm x",
    "less '+!rm' x",
    "nc -z -e /bin/sh db 5432",
    "tar -tf x --to-command='rm -rf /x'",
    "tar -tf x -I 'sh -c rm'",
    "tar -czf - --checkpoint-action=exec=rm /x",
    "tar -cf /dev/null --remove-files /x",
    "tar -xf x",
    "tar -cf /var/lib/postgresql/data/PG_VERSION /etc",
    "pg_dump -f /var/lib/postgresql/data/PG_VERSION app",
    "pg_dump app -Fd --file=/var/lib/postgresql/data",
    "sh -c 'pg_dump app > /var/lib/postgresql/data/PG_VERSION'",
    "sh -c 'PATH=/x env'",
    "pg_checksums --enable",
    "mysqladmin drop x ping",
    "mysqldump --delete-source-logs app",
    "dockerize -wait tcp://db:5432 rm",
    "curl -X POST http://x/health",
    "curl -o /x http://x/health",
    "curl -fsST x http://x/health",
    "curl --json x http://x/health",
    "wget http://x/health",
    "wget -O /x http://x/health",
    "http http://x/health a=b",
};

const char* const kLooks[] = {
    "psql -c 'select count(*) from t'",
    "psql -c 'select version()'",
    "psql -tAc \"SELECT pg_size_pretty(pg_database_size('app; drop'))\"",
    "psql -c 'with r(a) as (select 1), s as (select count(*) c from t) select * from r, s'",
    "psql -c 'select pg_catalog.now(), max(updated)::numeric(10,2) from (select 1) as t(a)'",
    "psql -X -v ON_ERROR_STOP=1 --pset pager=off -c \"select 1 where a in ('x') and (b)\"",
    "psql -c 'explain (costs off) select 1 -- wipe()'",
    "psql -c '\\dt+ public.*'",
    "psql -lqt",
    "psql -c '\\l+'",
    "bin/rails db:version RAILS_ENV=production",
    "rake db:migrate:status",
    "flyway -url=jdbc:x info",
    "mvn -q -f pom.xml flyway:info",
    "env PGAPPNAME=x psql -c 'select 1'",
    "psql -c \"copy (select count(*) from t) to stdout with (format csv)\"",
    "mysql -e 'show tables'",
    "mysql -uroot -psecret -e 'SHOW SLAVE STATUS\\G'",
    "mysql -Nse 'use app; select round(sum(data_length) / 1024, 1) from information_schema.tables'",
    "mysqladmin -u root -psecret ping",
    "sqlite3 -header -separator , x.db 'pragma integrity_check'",
    "sqlite3 x.db 'pragma table_info(items)' .tables",
    "sqlite3 x.db '.backup /backup/x.db'",
    "mongosh --quiet --eval \"db.adminCommand('ping')\"",
    "mongosh app --eval 'db.runCommand({ ping: 1 }).ok'",
    "mongosh --eval 'printjson(db.a.find({n: {$gt: 3}}).limit(5).toArray())'",
    "mongosh --eval 'rs.status().ok'",
    "redis-cli -a secret -n 2 llen queue",
    "redis-cli client list",
    "redis-cli PING",
    "redis-cli -n 1 GET key",
    "redis-cli config get maxmemory",
    "redis-cli CONFIG GET save",
    "redis-cli smembers set",
    "awk '{print $1}' x",
    "awk -F: '$3 > 100 {print $1}' x",
    "awk -F '|' '/a|b\"/ { n++ } END { print n/2, (n > 3 ? \"x\" : \"y\") }' x",
    "awk 'NR>1 && $1 != \"x\" {s+=$2} END {printf \"%d\\n\", s/NR; print 1 > \"/dev/stderr\"}' x",
    "sort -rn -k2 x",
    "uniq -c x",
    "date -u +%F",
    "hostname -f",
    "find / -name x -type f -print",
    "tar -tzf x",
    "tar tzf x",
    "tar -I 'zstd -3' -cf - /srv",
    "curl -fsS -o /dev/null -w '%{http_code}' http://x/health",
    "wget -q --spider http://x/health",
    "wget -qO- http://x/health",
    "nc -zv -w 3 db 5432",
    "pg_dump -f /backup/x.sql app",
    "pg_dump -Fc -U app app",
    "sh -c 'pg_dump app | gzip -9'",
    "sh -c 'set -o pipefail; pg_dump -U \"$POSTGRES_USER\" app | zstd -T0 -19'",
    "sh -c 'mysqldump app | gzip -c'",
    "sh -c 'psql -U \"$POSTGRES_USER\" -tAc \"select count(*) from items\"'",
    "sh -c 'mysql -p\"$PASSWORD\" -e \"show databases\"'",
    "./manage.py shell",
    "rails console -e production",
    "psql -U postgres app",
    "mongosh app",
};

TEST(DoubtOfPayloads, WhatAWordMayHoldIsNoLook) {
  for (const char* task : kPayloads) {
    const auto command = read(task);
    ASSERT_NE(command, nullptr);
    EXPECT_NE(command->doubt, "") << task;
    EXPECT_EQ(command->business, Business::kTask) << task;
  }
}

// `exec -e NAME=VALUE` sets it for the program as well.
TEST(DoubtOfPayloads, VariablesOfTheCallAreSeen) {
  const compose::MemoryFiles files(std::map<std::string, std::string>{{"/p/compose.yaml", kStack}});
  FakeSurroundings around;
  around.directory = "/p";
  around.descriptors = {{0, {StreamIs::kNull, ""}}};
  const struct {
    const char* option;
    const char* doubt;
  } rows[] = {{"-e PSQLRC=/tmp/x", "it sets PSQLRC"},
              {"--env=LD_PRELOAD=/tmp/x", "it sets LD_PRELOAD"},
              {"-e BASH_ENV", "it sets BASH_ENV"},
              {"-e PGOPTIONS=-cstatement_timeout=5", ""}};
  for (const auto& row : rows) {
    const auto argv = shell::command_words("docker compose exec -T " + std::string(row.option) +
                                           " db psql -c 'select 1'");
    ASSERT_TRUE(argv);
    const auto command = understand(*argv, around, {}, files);
    ASSERT_TRUE(command) << row.option;
    EXPECT_EQ((*command)->doubt, row.doubt) << row.option;
  }
}

TEST(DoubtOfPayloads, OrdinaryLooksStayLooks) {
  for (const char* task : kLooks) {
    const auto command = read(task);
    ASSERT_NE(command, nullptr);
    EXPECT_EQ(command->doubt, "") << task;
  }
}

}  // namespace
}  // namespace composelint::guard
