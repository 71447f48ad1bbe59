// Ordinary looks, each beside what is nearly the same and does something.
#include <gtest/gtest.h>

#include "analyzer/shell/command_words.h"
#include "guard/command.h"
#include "guard/judge.h"
#include "tests/compose/memory_files.h"
#include "tests/guard/fake_surroundings.h"

namespace composelint::guard {
namespace {

constexpr const char* kStack = "services:\n  db: {image: postgres}\n";

std::unique_ptr<GuardedCommand> read(const std::string& call) {
  const compose::MemoryFiles files(std::map<std::string, std::string>{{"/p/compose.yaml", kStack}});
  FakeSurroundings around;
  around.directory = "/p";
  around.descriptors = {{0, {StreamIs::kNull, ""}}};
  const auto argv = shell::command_words("docker compose " + call);
  EXPECT_TRUE(argv) << call;
  if (!argv) return nullptr;
  auto command = understand(*argv, around, {}, files);
  EXPECT_TRUE(command) << call;
  return command ? std::move(*command) : nullptr;
}

struct Pair {
  const char* look;
  const char* act;
};

constexpr Pair kPairs[] = {
    // Statements and the clients' own commands.
    {"psql -c '\\x' -c 'select 1'", "psql -c '\\! rm -rf /x'"},
    {"psql -c '\\sf now'", "psql -c '\\ef now'"},
    {"psql -c '\\timing' -c 'select 1'", "psql -c '\\timing' -c 'drop table x'"},
    {"psql -c '\\pset pager off' -c 'table items'", "psql -c '\\set x `rm`'"},
    {"psql -c '\\s'", "psql -c '\\s /var/lib/x'"},
    {"psql -c 'begin; set transaction read only; select 1; rollback'",
     "psql -c 'begin; delete from x; commit'"},
    {"psql -c 'begin isolation level serializable, read only; select 1; commit'",
     "psql -c \"commit prepared 'x'\""},
    {"psql -c \"set statement_timeout = '5s'; select 1\"", "psql -c 'set role admin; select 1'"},
    {"psql -c 'set search_path to a, b' -c 'select now()'",
     "psql -c 'set search_path to a, pg_catalog' -c 'select now()'"},
    {"mysql -e 'set names utf8mb4; select 1'", "mysql -e 'set global read_only = 0'"},
    {"psql -c 'start transaction; select 1; end'", "mysql -e 'start slave'"},
    {"psql -c 'explain analyze select 1'", "psql -c 'explain analyze delete from x'"},
    {"psql -c 'explain (analyze, buffers, format json) select 1'",
     "psql -c 'explain (analyze) create table x as select 1'"},
    {"psql -c 'explain (analyze) with a as (select 1) select * from a'",
     "psql -c 'explain analyze refresh materialized view x'"},
    {"psql -c \"select E'a\\\\nb'\"", "psql -c \"select 'a\\\\'; drop table x; --'\""},
    {"psql -c \"select similarity('a','b'), uuid_generate_v4()\"",
     "psql -c 'select dblink_exec(1)'"},
    {"mysql -e 'show create table users\\G'", "mysql -e 'create table users (id int)'"},
    {"mysql -e 'status'", "mysql -e 'status; drop table x'"},
    {"mysql -e 'select 1'", "mysql -G -e 'select 1\nsystem rm'"},
    {"mysql -e 'select 1;'", "mysql --delimiter=// -e 'select 1 // drop table x'"},
    {"mysqlshow -uroot app", "mysqlshow --init-command=x app"},
    {"mysqlcheck --check app", "mysqlcheck --check --auto-repair app"},
    {"cqlsh -e 'describe keyspaces' host 9042", "cqlsh -e 'drop table x'"},
    {"cqlsh -u x -p y -e 'select * from a.b limit 1'",
     "cqlsh -e \"select 1; // '\ndrop table x; -- '\""},
    {"wp db query 'select 1'", "wp db query 'select 1' --exec='x()'"},
    {"wp plugin list", "wp plugin list --require=/tmp/x.php"},
    // MongoDB's shell.
    {"mongosh --eval 'db.x.find().forEach(printjson)'",
     "mongosh --eval 'db.x.find().forEach(db.y.drop)'"},
    {"mongosh --eval 'db.getCollectionNames().forEach(c => print(c, db[c].countDocuments()))'",
     "mongosh --eval 'db.getCollectionNames().forEach(c => db[c].drop())'"},
    {"mongosh --eval 'db.x.find().forEach(function (d) { print(d.name); })'",
     "mongosh --eval 'db.x.find().map(function (d) { wipe(d); })'"},
    {"mongosh --eval 'db.x.find({name: /^a[/]b/i})'",
     "mongosh --eval 'db.x.find({name: /a/}) // 1'"},
    {"mongosh --eval 'var s = db.serverStatus(); print(s.ok == 1)'",
     "mongosh --eval 'var s = db.x.drop; print(1)'"},
    {"mongosh --eval 'db.runCommand({ping: 1})'",
     "mongosh --eval 'db.runCommand({ping: 1} && {dropDatabase: 1})'"},
    {"mongosh --eval 'db.adminCommand(\"ping\")'",
     "mongosh --eval 'db.adminCommand(({ping: 1}, {shutdown: 1}))'"},
    // Redis.
    {"redis-cli Get foo", "redis-cli GetDel foo"},
    {"redis-cli -n 2 --scan --pattern 'a*'", "redis-cli --pipe"},
    {"redis-cli OBJECT ENCODING foo", "redis-cli memory purge"},
    {"redis-cli acl list", "redis-cli acl setuser x"},
    {"redis-cli cluster info", "redis-cli cluster reset"},
    {"redis-cli sentinel masters", "redis-cli sentinel failover x"},
    {"redis-cli zrange a 0 -1", "redis-cli sort a store b"},
    // Requests.
    {"curl -I http://x/", "curl -o /var/lib/x http://x/"},
    {"curl -s -o /dev/null -w '%{http_code}' http://x/",
     "curl -s -o /dev/null -w '%output{/var/lib/x}a' http://x/health"},
    {"curl -sf --max-time 5 -H 'Host: x' http://x/",
     "curl -H 'X-HTTP-Method-Override: DELETE' http://x/"},
    {"curl -s 'x:9200/_cat/indices?v'", "curl -s -XDELETE x:9200/a"},
    {"curl -s x:9200/_search -d '{}'", "curl -s x:9200/a/_delete_by_query -d '{}'"},
    {"curl -XGET x/items/_count --json '{}'", "curl -XPOST x/items/_count"},
    {"curl --retry 3 --url http://x/", "curl -s dict://cache:6379/FLUSHALL"},
    {"curl http://x/en/about", "curl http://x/wp-cron.php"},
    {"curl 'http://x/?page=2'", "curl 'http://x/?action=purge'"},
    {"curl -D - http://x/", "curl -D /var/lib/x http://x/"},
    {"curl --version", "curl -K /tmp/x"},
    {"wget -q -O - http://x/", "wget -q -O /var/lib/x http://x/"},
    {"wget --spider -q http://x/", "wget --post-data=a --spider http://x/"},
    {"wget -O /dev/null http://x/", "wget -O - -o /var/lib/x http://x/"},
    // sed.
    {"sed -n 1,5p /x", "sed -n '1w /var/lib/x' /y"},
    {"sed 's/[a-z]*/b/g; /x/!d' /x", "sed 's/a/b/w /var/lib/x' /y"},
    {"sed -E -e '$!N;P;D' -e 's|/|-|2' /x", "sed -e p -e 1e /x"},
    {"sed --expression=3q /x", "sed -n p /x -i"},
    {"sed -n '/a/,/b/{p;=}' /x", "sed -f /tmp/x /y"},
    {"sed 's/[[:space:]]//' /x", "sed 's/[/]a/;w x/' /y"},
    {"awk '/[\"a]/ {print}' /x", "awk '/[/\"]/ {system(\"rm\")} # \"' /x"},
    // What it is.
    {"rails --version", "rails db:drop --version"},
    {"ffmpeg --help", "./ffmpeg --help"},
    {"npm -v", "./run -v"},
    {"psql -V", "wipe.sh -V"},
    {"java -version", "migrate --version"},
    // Frameworks.
    {"rails -T", "rails -T db:drop"},
    {"rake -P", "rake -f /tmp/x -P"},
    {"rails routes -c users", "rails routes db:drop"},
    {"bin/rails db:migrate:status", "bin/rails db:migrate"},
    {"php artisan event:list", "php artisan event:clear"},
    {"php artisan route:list --json", "php artisan route:clear"},
    {"php artisan --version", "php -d auto_prepend_file=/x artisan --version"},
    {"python manage.py show_urls", "python manage.py flush"},
    {"python manage.py check --deploy", "python manage.py checks_and_fixes"},
    {"php bin/console messenger:stats", "php bin/console messenger:stop-workers"},
    // Tools.
    {"git log --oneline -n 5", "git log --output=/var/lib/x"},
    {"git -C /app status --short", "git -c core.fsmonitor=x status"},
    {"git branch -a", "git branch -D x"},
    {"git remote -v", "git remote remove x"},
    {"env LANG=C git diff", "env GIT_EXTERNAL_DIFF=/x git diff"},
    {"pip list --outdated", "pip install x"},
    {"python -m pip freeze", "python -c x pip freeze"},
    {"npm ls --depth=0", "npm run ls"},
    {"npm audit", "npm audit fix"},
    {"composer show -i", "composer install"},
    {"bundle list", "bundle config set x y"},
    {"nginx -T", "nginx -t -g 'error_log /x;'"},
    {"apachectl configtest", "apachectl restart"},
    {"openssl x509 -in /x -noout -dates", "openssl x509 -in /x -noout -out /y"},
    {"openssl s_client -connect x:443", "openssl genrsa -out /x"},
    {"etcdctl get x --prefix", "etcdctl del x"},
    {"etcdctl member list", "etcdctl member remove x"},
    {"consul members", "consul leave"},
    {"kafka-consumer-groups --bootstrap-server x --list",
     "kafka-consumer-groups --bootstrap-server x --list --reset-offsets"},
    {"rabbitmqadmin list queues", "rabbitmqadmin purge queue name=x"},
    {"gzip -dc /x.gz", "gzip -d /x.gz"},
    {"crontab -l", "crontab -r"},
    {"kill -0 1", "kill 1"},
    {"ip addr show dev eth0", "ip addr flush dev eth0"},
    {"dpkg -l", "dpkg -i x"},
    {"apt list --installed", "apt install x"},
    {"sh -c 'ls | sed s/a/b/'", "sh -c 'ls | xargs sed s/a/b/'"},
    {"sh -c 'cd /app && git rev-parse HEAD'", "sh -c 'git log >/var/lib/x'"},
};

TEST(KnownLook, StandsBesideWhatDoesMore) {
  for (const Pair& pair : kPairs) {
    const auto look = read(std::string("exec -T db ") + pair.look);
    ASSERT_NE(look, nullptr);
    EXPECT_EQ(look->doubt, "") << pair.look;
    EXPECT_FALSE(may_change_data(*look)) << pair.look;
    const auto act = read(std::string("exec -T db ") + pair.act);
    ASSERT_NE(act, nullptr);
    EXPECT_NE(act->doubt, "") << pair.act;
    EXPECT_EQ(act->business, Business::kTask) << pair.act;
  }
}

TEST(KnownLook, WordsOfTheShellAloneAreNone) {
  const auto nothing = read("exec -T db sh -c 'exit 7'");
  ASSERT_NE(nothing, nullptr);
  EXPECT_EQ(nothing->business, Business::kTask);
}

// What a service is called may say what its image does, whatever it is handed.
TEST(KnownLook, TheNameOfAOneOffSaysMore) {
  const auto look = read("run --rm -T db git log");
  ASSERT_NE(look, nullptr);
  EXPECT_EQ(look->call().effect, Effect::kReads);
  EXPECT_EQ(look->business, Business::kTask);  // `run` starts what it depends on
  const auto act = read("run --rm -T migrations git log");
  ASSERT_NE(act, nullptr);
  EXPECT_EQ(act->call().effect, Effect::kMigrates);
}

}  // namespace
}  // namespace composelint::guard
