#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/guard/lost_case.h"

namespace composelint::guard {
namespace {

TEST(LostData, IsWhatStatementsThrowAway) {
  for (const Words& task : std::vector<Words>{
           {"psql", "-U", "app", "-c", "DROP DATABASE app"},
           {"psql", "-c", "drop table items"},
           {"psql", "-c", "select 1; TRUNCATE items, orders"},
           {"psql", "-c", "delete from items"},
           {"psql", "-c", "alter table items drop column price"},
           {"psql", "-c", "drop table tmp_items, items"},
           {"sh", "-c", "PGPASSWORD=x psql -c 'drop table items'"},
           {"mysql", "app", "-e", "delete from a where id = 1; delete from b"},
           {"psql", "--command=drop table items"},
           {"psql", "-cdrop table items"},
           {"sh", "-c", "echo 'drop table items' | psql"},
           {"bash", "-c", "psql <<< 'drop table items'"},
           {"sh", "-c", "psql <<EOF\ndrop table items;\nEOF"},
           {"sh", "-c", "printf 'drop %s items' table | psql"},
           {"psql", "-c", "drop/**/table items"},
           {"psql", "-c", "delete from items where true"},
           {"psql", "-c", "drop table test_results"},
           {"psql", "-c", "drop extension hstore cascade"},
           {"mysql", "app", "-e", "create or replace table items as select 1"},
           {"psql", "-c", "update items set price = 2"},
           {"psql", "-c", "begin; update only items i set price = 2; commit"},
           {"psql", "-c", "with u as (update items set a = 1 returning *) table u"},
           {"mysql", "app", "-e", "update ignore items set note = 'where'"},
           {"psql", "-c", "insert into a values (1); drop table items"},
           {"psql", "-c", "select 'drop table ' || name from t \\gexec"},
           {"sh", "-c", "psql -tc \"select 'truncate ' || n from t\" | psql"},
           {"sh", "-c", "psql -tc \"select 'drop table ' || n from t\" >/tmp/d; psql -f /tmp/d"},
           {"sh", "-c",
            "psql -tc \"select 'drop table ' || n from t\" | tee /tmp/d | wc -l; "
            "psql </tmp/d"},
           {"ruby", "-e", "User.delete_all"},
           {"python", "manage.py", "shell", "-c", "Order.objects.all().delete()"},
           {"php", "artisan", "tinker", "--execute=User::truncate();"},
           {"php", "artisan", "tinker", "--execute=DB::table('users')->delete();"},
           {"php", "artisan", "tinker", "--execute=User::query()->delete();"},
           {"node", "-e", "prisma.user.deleteMany({})"},
           {"node", "-e", "db.sync({force: true}); sequelize.sync({force: true})"},
           {"dropdb", "-U", "app", "app"}}) {
    EXPECT_NE(lost(in_db(task)).find("throws data away"), std::string::npos) << task.back();
  }
  EXPECT_NE(lost({"run", "--rm", "app", "php", "artisan", "migrate:fresh", "--force"}), "");
}

TEST(LostData, IsNotWhatIsReadOrBounded) {
  for (const Words& task : std::vector<Words>{
           {"psql", "-c", "select 'drop table items'"},
           {"psql", "-c", "insert into items values (1)"},
           {"psql", "-c", "insert into items values ('drop table items')"},
           {"psql", "--command=insert into items values ('delete from items')"},
           {"psql", "-c", "update items set price = 2 where id = 3"},
           {"psql", "-c", "update items_test set price = 2"},
           {"psql", "-c", "insert into a values (1) on conflict do update set b = 1"},
           {"psql", "-c", "select * from a for update"},
           {"psql", "-c",
            "alter table a add foreign key (b) references c on update "
            "cascade on delete set null"},
           {"psql", "-c", "delete from sessions where expires < now()"},
           {"psql", "-c", "delete from notes where text = 'drop table items'"},
           {"sh", "-c", "psql -c \"select 'drop table items'\""},
           {"echo", "drop table items"},
           {"sh", "-c", "psql -tc \"select 'drop table ' || n from t\" | cat"},
           {"sh", "-c",
            "psql -tc \"select 'drop table ' || n from t\" >/tmp/d; psql -f /tmp/e; cat /tmp/d"},
           {"python", "manage.py", "shell", "-c", "Order.objects.filter(a=1).all().delete()"},
           {"ruby", "-e", "User.where(old: true).delete_all"},
           {"php", "artisan", "tinker",
            "--execute=DB::table('users')->where('id', '3')->delete();"},
           {"node", "-e", "prisma.user.deleteMany({where: {id: 3}})"},
           {"psql", "-c", "DROP TABLE IF EXISTS tmp"},
           {"psql", "-c", "create temp table x (a int); drop table x"},
           {"psql", "-d", "app_test", "-c", "drop table items"},
           {"dropdb", "app_test"},
           {"pg_dump", "app"}}) {
    EXPECT_EQ(lost(in_db(task)), "") << task.back();
  }
}

TEST(LostData, IsFilesOfADatabase) {
  for (const Words& call : std::vector<Words>{
           in_db({"rm", "-rf", "/var/lib/postgresql/data"}),
           in_db({"rm", "-rf", "/var/lib/postgresql/data/base"}),
           in_db({"rm", "-rf", "/var/lib"}),
           in_db({"sh", "-c", "rm -rf /var/lib/postgresql/data/*"}),
           in_db({"sh", "-c", "cd /var/lib/postgresql && rm -rf data"}),
           in_db({"sh", "-c", "rm -rf \"$PGDATA\""}),
           in_db({"sh", "-c", "cd $PGDATA && rm -rf *"}),
           in_db({"sh", "-c", ": > /var/lib/postgresql/data/PG_VERSION"}),
           in_db({"sh", "-c", "find /var/lib/postgresql/data -type f | xargs rm"}),
           in_db({"find", "/var/lib/postgresql/data", "-type", "f", "-delete"}),
           in_db({"bash", "-c", "for f in /var/lib/postgresql/data/*; do rm -rf \"$f\"; done"}),
           in_db({"sh", "-c", "find /var/lib/postgresql/data | while read f; do rm $f; done"}),
           in_db({"dd", "if=/dev/zero", "of=/var/lib/postgresql/data/x", "count=1"}),
           in_db({"truncate", "-s", "0", "/var/lib/postgresql/data/PG_VERSION"}),
           in_db({"tee", "/var/lib/postgresql/data/PG_VERSION"}),
           in_db({"cp", "/tmp/x", "/var/lib/postgresql/data/PG_VERSION"}),
           in_db({"mv", "/var/lib/postgresql/data/base", "/tmp/"}),
           in_db({"find", "/var/lib/postgresql/data", "-type", "f", "-exec", "rm", "{}", "+"}),
           in_db({"pg_resetwal", "-f", "/var/lib/postgresql/data"}),
           in_db({"pg_resetwal", "-f"}),
           in_db({"sed", "-i", "s/a/b/", "/var/lib/postgresql/data/PG_VERSION"}),
           in_db({"ln", "-sf", "/dev/null", "/var/lib/postgresql/data/PG_VERSION"}),
           in_db({"chmod", "-R", "000", "/var/lib/postgresql/data"}),
           in_db({"chmod", "-R", "a-rwx", "/var/lib/postgresql/data"}),
           in_db({"env", "A=1", "rm", "-rf", "/var/lib/postgresql/data"}),
           in_db({"sh", "-c", "D=/var/lib/postgresql/data; rm -rf $D/base"}),
           in_db({"rm", "-rf", "/proc/1/root/var/lib/postgresql/data/base"}),
           in_db({"rm", "-rf", "/proc/self/root/proc/1/root/var"}),
           in_db({"perl", "-e", "unlink glob('/var/lib/postgresql/data/base/*/*')"}),
           in_db({"perl", "-pi", "-e", "s/a/b/", "/var/lib/postgresql/data/PG_VERSION"}),
           in_db({"python3", "-c", "import shutil; shutil.rmtree(\"/var/lib/postgresql/data\")"}),
           in_db({"python3", "-c", "open('/var/lib/postgresql/data/PG_VERSION', 'wb')"}),
           in_db({"python3", "-c", "open(\"/var/lib/postgresql/data/PG_VERSION\", mode=\"r+\")"}),
           in_db({"python3", "-c", "tarfile.open('/var/lib/postgresql/data/PG_VERSION', 'w:gz')"}),
           in_db({"ruby", "-e", "File.open('/var/lib/postgresql/data/PG_VERSION', 'w:UTF-8')"}),
           in_db({"perl", "-e", "open(F, '>', '/var/lib/postgresql/data/PG_VERSION')"}),
           in_db({"perl", "-e", "my $x = 1; open my $f, '>:raw', '/var/lib/postgresql/data/x'"}),
           in_db({"ruby", "-e", "File.write('/var/lib/postgresql/data/PG_VERSION', '')"}),
           in_db({"python3", "-c",
                  "import subprocess; subprocess.run(['rm', '-r', '/var/lib/postgresql/data'])"}),
           in_db({"python3", "-c", "import os; os.unlink(os.environ['PGDATA'] + '/PG_VERSION')"}),
           in_db(
               {"psql", "-c", "copy (select 1) to program 'rm -rf /var/lib/postgresql/data/base'"}),
           in_db({"psql", "-c", "\\! rm -rf /var/lib/postgresql/data/base"}),
           in_db({"sh", "-c", "echo '\\! rm -rf $PGDATA' | psql"}),
           {"exec", "-T", "-w", "/var/lib/postgresql/data", "db", "rm", "-rf", "base"},
           {"run", "--rm", "db", "rm", "-rf", "/var/lib/postgresql/data"},
           {"run", "--rm", "--entrypoint", "rm", "db", "-rf", "/var/lib/postgresql/data"},
           {"run", "--rm", "-v", "shop_data:/d", "app", "rm", "-rf", "/d"},
           {"run", "--rm", "-v", "data:/d", "app", "sh", "-c", "rm -rf /d/*"},
           {"run", "--rm", "saver", "rm", "-rf", "/files/base"},
           {"run", "-v", "/var/lib/docker/volumes/shop_data/_data:/d", "app", "rm", "-rf",
            "/d/base"},
           {"run", "-v", "/var/lib/docker/volumes/shop_data/_data/base:/d", "app", "rm", "-rf",
            "/d"},
           {"run", "-v", "/var/lib/docker/volumes:/d", "app", "rm", "-rf", "/d/shop_data"},
           {"run", "-v", "/:/host", "app", "rm", "-rf", "/host/var/lib/docker"},
           {"run", "-v", "/big/docker/volumes/shop_data:/d", "app", "rm", "-rf", "/d/_data"},
           {"cp", "x.txt", "db:/var/lib/postgresql/data/PG_VERSION"}}) {
    EXPECT_NE(lost(call).find("files of the database db"), std::string::npos)
        << call.back() << ": " << lost(call);
  }
}

TEST(LostData, IsNotFilesElsewhere) {
  for (const Words& call : std::vector<Words>{
           in_db({"rm", "-rf", "/tmp/x"}),
           in_db({"rm", "-f", "/dumps/old.sql"}),
           in_db({"rm", "-f", "/var/lib/postgresql/data/postmaster.pid"}),
           in_db({"rm", "-f", "/var/lib/postgresql/data/standby.signal"}),
           in_db({"sh", "-c", "for f in /tmp/*; do rm \"$f\"; done"}),
           in_db({"sh", "-c", "find /dumps -mtime +9 | while read f; do rm \"$f\"; done"}),
           in_db({"cp", "/var/lib/postgresql/data/PG_VERSION", "/tmp/"}),
           in_db({"cp", "/tmp/x.conf", "/var/lib/postgresql/data/postgresql.conf"}),
           in_db({"find", "/var/lib/postgresql/data", "-size", "+1G"}),
           in_db({"tar", "cf", "-", "/var/lib/postgresql/data"}),
           in_db({"dd", "if=/var/lib/postgresql/data/x", "of=/tmp/x"}),
           in_db({"sh", "-c", "pg_dump app > /dumps/app.sql"}),
           in_db({"sh", "-c", "D=/dumps; rm -rf $D/old"}),
           in_db({"rm", "-rf", "/proc/1/root/tmp/x"}),
           in_db({"python3", "-c", "print(open('/var/lib/postgresql/data/PG_VERSION').read())"}),
           in_db({"python3", "-c", "print('who has /var/lib/postgresql/data/PG_VERSION')"}),
           in_db({"python3", "-c", "open('/var/lib/postgresql/data/PG_VERSION', 'rb')"}),
           in_db({"perl", "-e", "unlink '/tmp/x'"}),
           in_db({"perl", "-e", "open(F, '/var/lib/postgresql/data/x'); print '>', <F>"}),
           in_db({"python3", "-c", "print('>', open('/var/lib/postgresql/data/x').read())"}),
           in_db({"psql", "-c", "\\! ls /var/lib/postgresql/data"}),
           in_db({"psql", "-c", "copy items to program 'gzip > /dumps/items.gz'"}),
           in_db({"sh", "-c", "pg_dump app > /var/lib/postgresql/data/app.sql"}),
           {"exec", "-T", "app", "rm", "-rf", "/srv/uploads/tmp"},
           {"exec", "-T", "app", "rm", "-rf", "/var/lib/postgresql/data"},
           {"run", "--rm", "saver", "rm", "-rf", "/backup/old"},
           {"run", "--rm", "-v", "uploads:/d", "app", "rm", "-rf", "/d"},
           {"run", "--rm", "-v", "data:/d:ro", "app", "rm", "-rf", "/d"},
           {"run", "--rm", "reader", "rm", "-rf", "/files"},
           {"run", "-v", "/:/host", "app", "rm", "-rf", "/host/tmp/x"},
           {"run", "-v", "/var/lib/docker/volumes:/d", "app", "rm", "-rf", "/d/crm"},
           {"run", "-v", "/var/lib/docker/volumes/shop_data2/_data:/d", "app", "rm", "-rf", "/d"},
           {"run", "-v", "/var/lib/docker/volumes/shop_data/_data:/d:ro", "app", "rm", "-rf", "/d"},
           {"cp", "x.txt", "app:/srv/x.txt"},
           {"cp", "pg_hba.conf", "db:/var/lib/postgresql/data/"},
           {"up", "-d"}}) {
    EXPECT_EQ(lost(call), "") << call.back();
  }
}

// Nobody knows what they hold: it is asked about.
TEST(LostData, IsAllThatAnotherVolumeHolds) {
  const struct {
    Words call;
    const char* source;
  } rows[] = {
      {{"exec", "app", "rm", "-rf", "/srv/uploads"}, "uploads"},
      {{"exec", "app", "sh", "-c", "rm -rf /srv/uploads/*"}, "uploads"},
      {{"exec", "app", "sh", "-c", "cd /srv && rm -rf ./uploads"}, "uploads"},
      {{"exec", "app", "sh", "-c", "cd /srv/uploads; rm -f *"}, "uploads"},
      {{"exec", "app", "rm", "-r", "/srv"}, "uploads"},
      {{"exec", "app", "find", "/srv/uploads", "-type", "f", "-delete"}, "uploads"},
      {{"run", "--rm", "-v", "uploads:/d", "app", "find", "/d", "-mindepth", "1", "-exec", "rm",
        "{}", ";"},
       "uploads"},
      {{"exec", "site", "rm", "-rf", "/srv/media"}, "/srv/shop/media"},
      {{"exec", "app", "sh", "-c", "find /srv/uploads -type f | xargs rm"}, "uploads"},
      {{"exec", "app", "sh", "-c", "find /srv/uploads -print0 | xargs -0 rm -f"}, "uploads"},
      {{"exec", "app", "sh", "-c", "mv /srv/uploads /tmp/old"}, "uploads"},
      {{"exec", "store", "rm", "/data/dump.rdb"}, "kept"},
      {{"exec", "store", "sh", "-c", "cp /tmp/x.rdb /data/dump.rdb"}, "kept"},
      {{"exec", "app", "sh", "-c", "find /srv/uploads -mtime +9 | xargs rm"}, ""},
      {{"exec", "app", "sh", "-c", "mv /tmp/new /srv/uploads"}, ""},
      {{"exec", "store", "cp", "/data/dump.rdb", "/tmp/x.rdb"}, ""},
      {{"exec", "app", "rm", "-rf", "/srv/uploads/tmp"}, ""},
      {{"exec", "app", "sh", "-c", "rm -rf /srv/uploads/*.tmp"}, ""},
      {{"exec", "app", "sh", "-c", "rm -rf /srv/uploads/$X"}, ""},
      {{"exec", "app", "find", "/srv/uploads", "-mtime", "+30", "-delete"}, ""},
      {{"exec", "app", "find", "/srv/uploads", "-type", "f"}, ""},
      {{"exec", "site", "rm", "-rf", "/srv/dist", "/srv/cache", "/srv/logs"}, ""},
      {{"run", "-v", "uploads:/d:ro", "app", "rm", "-rf", "/d"}, ""},
  };
  for (const auto& row : rows) {
    const Loss all = loss(row.call);
    EXPECT_EQ(all.source, row.source) << row.call.back() << all.what;
    EXPECT_EQ(all.what.empty(), all.source.empty()) << row.call.back();
    EXPECT_TRUE(all.what.empty() || all.severity == Severity::kWarning) << all.what;
  }
}

TEST(LostData, IsWhatAVolumeWithoutANameHolds) {
  const std::map<std::string, std::string> files = {
      {"/srv/shop/anonymous.yaml",
       "services: {db: {image: \"postgres:15\"}, app: {image: \"shop:1\"}}\n"}};
  const auto of = [&](const Words& words) {
    Words call = {"-f", "anonymous.yaml"};
    call.insert(call.end(), words.begin(), words.end());
    return loss(call, files);
  };
  for (const Words& call : std::vector<Words>{
           {"down", "-v"}, {"down", "--volumes", "-t0"}, {"rm", "-fsv"}, {"rm", "-fsv", "db"}}) {
    EXPECT_NE(of(call).what.find("what db keeps at /var/lib/postgresql/data"), std::string::npos);
    EXPECT_EQ(of(call).severity, Severity::kError) << call.back();
  }
  for (const Words& call : std::vector<Words>{{"down"}, {"rm", "-fs", "db"}}) {
    EXPECT_NE(of(call).what, "") << call.back();
    EXPECT_EQ(of(call).severity, Severity::kWarning) << call.back();
  }
  for (const Words& call : std::vector<Words>{{"rm", "-fsv", "app"}, {"stop"}, {"up", "-d"}}) {
    EXPECT_EQ(of(call).what, "") << call.back();
  }
  EXPECT_EQ(loss({"down"}).what, "");
  EXPECT_EQ(loss({"rm", "-fsv"}).what, "");
}

TEST(LostData, IsWhatAStoreOfKeysKeeps) {
  for (const Words& call : std::vector<Words>{
           {"exec", "store", "redis-cli", "FLUSHALL"},
           {"exec", "store", "sh", "-c", "echo flushdb | redis-cli -n 1"},
           {"exec", "store", "redis-cli", "EVAL", "redis.call('FLUSHALL')", "0"},
           {"exec", "store", "sh", "-c", "redis-cli --scan | xargs redis-cli del"},
           {"exec", "store", "sh", "-c", "redis-cli keys '*' | xargs -n 9 redis-cli unlink"},
           {"exec", "cache", "redis-cli", "-h", "store", "-a", "x", "flushall", "async"}}) {
    const Loss all = loss(call);
    EXPECT_NE(all.what.find("all that store keeps"), std::string::npos) << call.back();
    EXPECT_EQ(all.severity, Severity::kWarning);
  }
  for (const Words& call :
       std::vector<Words>{{"exec", "cache", "redis-cli", "FLUSHALL"},
                          {"exec", "store", "redis-cli", "-h", "cache", "flushall"},
                          {"exec", "store", "redis-cli", "get", "x"},
                          {"exec", "store", "redis-cli", "get", "flushall_done"},
                          {"exec", "store", "sh", "-c",
                           "redis-cli --scan --pattern 'tmp:*' | xargs redis-cli del"},
                          {"exec", "store", "echo", "flushall"}}) {
    EXPECT_EQ(loss(call).what, "") << call.back();
  }
}

TEST(LostData, IsAWholePartOfAStore) {
  for (const Words& task : std::vector<Words>{{"curl", "-XDELETE", "localhost:9200/orders"},
                                              {"curl", "-X", "DELETE", "http://es:9200/_all"},
                                              {"mc", "rb", "--force", "local/media"},
                                              {"mc", "rm", "-r", "--force", "local/media"},
                                              {"etcdctl", "del", "", "--prefix"},
                                              {"rabbitmqctl", "purge_queue", "orders"},
                                              {"influx", "-execute", "DROP DATABASE metrics"},
                                              {"kafka-topics.sh", "--delete", "--topic", "x"},
                                              {"cypher-shell", "match (n) detach delete n"}}) {
    EXPECT_EQ(loss(in_db(task)).severity, Severity::kWarning) << task.back();
    EXPECT_NE(loss(in_db(task)).what, "") << task.back();
  }
  for (const Words& task : std::vector<Words>{{"curl", "-XDELETE", "localhost:9200/orders/_doc/1"},
                                              {"curl", "-XDELETE", "http://app/session"},
                                              {"mc", "rm", "local/media/one.png"},
                                              {"etcdctl", "del", "lock"},
                                              {"rabbitmqctl", "list_queues"},
                                              {"kafka-topics.sh", "--describe", "--topic", "x"}}) {
    EXPECT_EQ(loss(in_db(task)).what, "") << task.back();
  }
}

TEST(LostData, IsWhatAFileTellsAClient) {
  const std::map<std::string, std::string> files = {
      {"/srv/shop/dumps/drop.sql", "begin;\ndrop table items;\ncommit;\n"},
      {"/srv/shop/dumps/add.sql", "insert into items values (1);\n"},
      {"/srv/shop/dumps/rows.sql",
       "COPY notes (a) FROM stdin;\ndelete from items\n\\.\nselect 1;\n"},
      {"/tmp/drop.sql", "drop table items;\n"},
      {"/srv/notes.sql", "insert into n values ('it\\'s; drop table items; -- ');\n"}};
  const auto from = [](const char* path) { return StreamFact{StreamIs::kFile, path}; };
  const struct {
    Words task;
    StreamFact in;
    const char* file;  // empty: nothing is lost
  } rows[] = {
      {{"psql", "-f", "/dumps/drop.sql"}, {}, "/srv/shop/dumps/drop.sql"},
      {{"psql", "-1Xf", "/dumps/drop.sql"}, {}, "/srv/shop/dumps/drop.sql"},
      {{"psql", "--file=/dumps/drop.sql", "app"}, {}, "/srv/shop/dumps/drop.sql"},
      {{"sh", "-c", "psql app < /dumps/drop.sql"}, {}, "/srv/shop/dumps/drop.sql"},
      {{"psql", "app"}, from("/tmp/drop.sql"), "/tmp/drop.sql"},
      {{"psql", "-e", "app"}, from("/tmp/drop.sql"), "/tmp/drop.sql"},
      {{"psql", "-f", "/dumps/add.sql"}, {}, ""},
      {{"psql", "-f", "/dumps/rows.sql"}, {}, ""},
      // In the container, where nobody looks.
      {{"psql", "-f", "/tmp/drop.sql"}, {}, ""},
      {{"psql", "-c", "select 1"}, from("/tmp/drop.sql"), ""},
      {{"psql", "-qXc", "insert into a values (1)"}, from("/tmp/drop.sql"), ""},
      {{"psql", "app_test"}, from("/tmp/drop.sql"), ""},
      {{"mysql", "app"}, from("/srv/notes.sql"), ""},
  };
  for (const auto& row : rows) {
    const std::string file = row.file;
    EXPECT_EQ(loss(in_db(row.task), files, row.in).what,
              file.empty() ? "" : "it throws data away (SQL in " + file + ")")
        << row.task.back() << row.in.path;
  }
}

}  // namespace
}  // namespace composelint::guard
