#include "analyzer/knowledge/fact_table.h"
#include "analyzer/knowledge/programs.h"

namespace composelint::knowledge {
namespace {

using enum Effect;
using enum Role;

constexpr Fact kFacts[] = {
    {kSql, "~select+'alter+|select+'delete+|select+'drop+|select+'truncate+", kReads,
     "SQL that writes SQL", "psql -c \"SELECT 'DROP TABLE ' || tablename FROM pg_tables\""},
    {kSql, "~drop+database|drop+schema|drop+table|drop+owned|truncate+|delete+from|drop+column",
     kDeletes, "SQL DROP or DELETE", "psql -c 'DROP DATABASE app'"},
    // `create role a; alter table b …` is more than a matter of users.
    {kSql, "~alter+table|rename+table", kMigrates, "SQL schema change",
     "mysql -e 'ALTER TABLE a ADD b int'"},
    {kSql,
     "~drop+user|drop+role|alter+user|alter+role|create+user|create+role|grant+|revoke+|set+"
     "password|flush+privileges",
     kAdministers, "SQL users", "psql -c \"ALTER USER app PASSWORD 'x'\""},
    {kSql, "~alter+extension|refresh+collation+version", kMigrates, "extension update",
     "psql -c 'ALTER EXTENSION postgis UPDATE'"},
    {kSql,
     "~create+table|create+extension|create+view|alter+type|alter+database|create+or+replace|"
     "create+materialized|alter+schema|create+schema",
     kMigrates, "SQL schema change", "mysql -e 'CREATE TABLE a (b int)'"},
    {kSql,
     "~create+database|reindex+|vacuum|analyze+|optimize+table|pg_terminate_backend|kill+|alter+"
     "system|checkpoint|set+global",
     kAdministers, "SQL administration", "psql -c 'VACUUM ANALYZE'"},
    {kSql, "~copy+(|to+stdout|into+outfile|\\copy+(", kExports, "SQL export",
     "psql -c 'COPY (SELECT 1) TO STDOUT'"},
    {kSql,
     "~insert+into|\\copy|copy+|update+|replace+into|load+data|upsert+|merge+into|refresh+"
     "materialized|.import|.read",
     kImports, "SQL write", "psql -c 'UPDATE a SET b = 1'"},
    // Rows and columns stay as they are.
    {kSql, "~create+index|create+unique+index|drop+index", kAdministers, "SQL index",
     "psql -c 'CREATE INDEX CONCURRENTLY IF NOT EXISTS a_b ON a (b)'"},
    {kSql, "-f|--file ~migrat", kMigrates, "SQL migration file", "psql -f db/migrations/001.sql"},
    {kSql, "-f|--file|-i", kImports, "SQL file", "psql -U app -f x.sql app"},
    {kSql, "-l|--list|--version|-V|--help", kReads, "SQL listing", "psql -l"},
    {kSql,
     "-c|--command|-e|--execute|-q|--query|-Q "
     "~select|show+|explain|\\d|\\l|describe|pragma|.tables|.schema|with+|exists",
     kReads, "SQL query", "psql -tAc 'SELECT 1'"},
    {kSqlite, "... ~select|show+|explain|pragma|.tables|.schema", kReads, "SQL query",
     "sqlite3 app.db 'SELECT 1'"},
    {kSql, "-c|--command|-e|--execute|--query|-Q", kUnknown, "SQL statement",
     "mysql -e 'CALL x()'"},
    {kSql, "", kShell, "SQL shell", "psql -U app app", kClient},
    {kMongo, "~dropdatabase|.drop()|.drop(|deletemany|remove(", kDeletes, "MongoDB drop",
     "mongosh app --eval 'db.dropDatabase()'", kResets},
    {kMongo,
     "~updatemany|insertone|insertmany|renamecollection|createindex|$set|updateone|replaceone",
     kImports, "MongoDB write", "mongosh --eval 'db.a.updateMany({}, {})'"},
    {kMongo, "~createuser|grantroles|rs.initiate|changeuserpassword|rs.add|adminCommand",
     kAdministers, "MongoDB administration", "mongosh --eval 'rs.initiate()'"},
    {kMongo, "--eval", kReads, "MongoDB query", "mongosh --quiet --eval 'db.stats()'"},
    {kMongo, "", kShell, "MongoDB shell", "mongosh app", kClient},
    {kRedis,
     "config|CONFIG|set|SET|expire|incr|lpush|rpush|sadd|hset|publish|eval|bgrewriteaof|shutdown|"
     "failover|acl|rename",
     kAdministers, "redis write", "redis-cli set a b"},
    {kRedis, "$", kShell, "redis shell", "redis-cli -h x", kClient},
    {"influx", "delete", kDeletes, "InfluxDB delete", "influx delete --bucket x"},
    {"influx", "write", kImports, "InfluxDB write", "influx write -b x"},
    {"cqlsh", "~drop+|truncate", kDeletes, "CQL DROP", "cqlsh -e 'DROP KEYSPACE k'", kResets},
    {"cqlsh", "~alter+|create+", kMigrates, "CQL schema change",
     "cqlsh -e 'ALTER TABLE k.t ADD x int'"},
    {"cqlsh", "-f|--file", kImports, "CQL file", "cqlsh -f x.cql"},
    {"cqlsh", "", kShell, "CQL shell", "cqlsh", kClient},
};

constexpr auto kKeys = index_programs<count_programs(kFacts)>(kFacts);

}  // namespace

FactTable database_client_facts() {
  return {kFacts, kKeys};
}

}  // namespace composelint::knowledge
