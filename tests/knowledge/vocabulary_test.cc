#include "analyzer/knowledge/vocabulary.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <set>
#include <string>
#include <utility>

#include "tests/knowledge/words.h"

namespace composelint::knowledge {
namespace {

std::string shown(const Recognised& found) {
  if (found.script != nullptr) return "{" + found.script->text + "}";
  return std::string(found.name);
}

TEST(Vocabulary, EveryRowIsReachedByItsExample) {
  std::size_t rows = 0;
  for (const auto table : fact_tables()) {
    for (const Fact& fact : table) {
      ++rows;
      const auto argv = words(fact.example);
      const Recognised found = recognise(argv);
      EXPECT_EQ(found.fact, &fact) << fact.example << ": " << shown(found) << " instead of "
                                   << fact.name << " (" << fact.pattern << ")";
    }
  }
  EXPECT_GT(rows, 300U);
}

TEST(Vocabulary, TakesNoValueForACommand) {
  for (const auto& [line, name] : std::initializer_list<std::pair<const char*, const char*>>{
           {"redis-cli -h keys del a", "redis DEL"},
           {"redis-cli -a get -n 1 flushall", "redis FLUSHALL"},
           {"redis-cli -h del keys '*'", "redis query"},
           {"redis-cli -hkeys del a", "redis DEL"},
           {"mysqladmin -h drop -p ping", "mysqladmin ping"},
           {"mysqladmin -u root -p drop app", "mysqladmin drop"}}) {
    EXPECT_EQ(shown(recognise(words(line))), name) << line;
  }
}

TEST(Vocabulary, LooksThroughWrappers) {
  struct Row {
    const char* line;
    const char* name;
    Effect effect;
  };
  const Row rows[] = {
      {"python manage.py migrate", "Django migration", Effect::kMigrates},
      {"python3.11 -u ./manage.py migrate app 0002", "Django migration", Effect::kMigrates},
      {"uv run python manage.py migrate", "Django migration", Effect::kMigrates},
      {"python -m alembic -c a.ini upgrade head", "Alembic upgrade", Effect::kMigrates},
      {"python -m django migrate", "Django migration", Effect::kMigrates},
      {"python -m migration.run", "migration", Effect::kMigrates},
      {"python -Wignore manage.py --settings x migrate", "Django migration", Effect::kMigrates},
      {"\"$r/manage.py\" migrate", "Django migration", Effect::kMigrates},
      {"manage.py $o migrate", "Django migration", Effect::kMigrates},
      {"gosu app bundle exec rake db:migrate", "Rails migration", Effect::kMigrates},
      {"su-exec www php artisan migrate --force", "Laravel migration", Effect::kMigrates},
      {"php -d memory_limit=-1 bin/magento setup:upgrade", "Magento upgrade", Effect::kMigrates},
      {"env A=1 npx prisma migrate deploy", "Prisma migration", Effect::kMigrates},
      {"yarn prisma migrate deploy", "Prisma migration", Effect::kMigrates},
      {"yarn run db:migrate", "migration", Effect::kMigrates},
      {"npm run migrate:prod", "migration", Effect::kMigrates},
      {"npm --prefix api run migrate", "migration", Effect::kMigrates},
      {"npm run typeorm migration:run", "TypeORM migration", Effect::kMigrates},
      {"npm run knex -- migrate:latest", "Knex migration", Effect::kMigrates},
      {"docker cp db:/backup.dump ./", "docker cp to a backup", Effect::kDumps},
      {"yarn workspace api prisma migrate deploy", "Prisma migration", Effect::kMigrates},
      {"pnpm --filter api exec prisma db push", "Prisma db push", Effect::kMigrates},
      {"make migrate", "migration", Effect::kMigrates},
      {"make -C api db-backup", "backup", Effect::kDumps},
      {"just backup", "backup", Effect::kDumps},
      {"./bin/backup.sh --all", "backup", Effect::kDumps},
      {"bash scripts/run_migrations.sh", "migration", Effect::kMigrates},
      {"java -jar metabase.jar migrate up", "Metabase migration", Effect::kMigrates},
      {"docker exec -i db pg_dump -U app app", "pg_dump", Effect::kDumps},
      {"docker run --rm migrate/migrate:v4 -path /m -database x up", "golang-migrate",
       Effect::kMigrates},
      {"docker run --rm --volumes-from db -v /b:/b alpine tar czf /b/x.tgz /data", "tar",
       Effect::kDumps},
      {"timeout 600 pg_dump app", "pg_dump", Effect::kDumps},
      {"sudo -u postgres pg_dumpall", "pg_dumpall", Effect::kDumps},
      {"pg_dump $o app", "pg_dump", Effect::kDumps},
      {"sh -c 'pg_dump app | gzip'", "{pg_dump app | gzip}", Effect::kUnknown},
      {"gosu app bash -lc 'x'", "{x}", Effect::kUnknown},
      {"migrate", "migration", Effect::kMigrates}};
  for (const Row& row : rows) {
    const auto argv = words(row.line);
    const Recognised found = recognise(argv);
    EXPECT_EQ(shown(found), row.name) << row.line;
    EXPECT_EQ(found.effect, row.effect) << row.line;
  }
}

TEST(Vocabulary, ServicesThatAreTheProgramLendTheirEntrypoint) {
  EXPECT_EQ(recognise(words("migrate --force"), words("php artisan")).name, "Laravel migration");
  EXPECT_EQ(recognise(words("-path m up"), words("migrate")).name, "golang-migrate");
  EXPECT_EQ(recognise({}, words("manage.py migrate")).name, "Django migration");
  // An entrypoint that means nothing does not hide the command.
  EXPECT_EQ(recognise(words("alembic upgrade head"), words("/start")).name, "Alembic upgrade");
  const auto argv = words("-c 'a && b'");
  const Recognised found = recognise(argv, words("bash"));
  ASSERT_NE(found.script, nullptr);
  EXPECT_EQ(found.script, &argv[1]);
}

TEST(Vocabulary, GluedValuesAreNoOptions) {
  struct Row {
    const char* line;
    const char* name;
    Role role;
  };
  const Row rows[] = {
      {"mysqldump -hdb -uroot -p\"$p\" app", "mysqldump", Role::kNone},
      {"mysqldump -udad -psold app", "mysqldump", Role::kNone},
      {"mariadb-dump -hdb -uwww app", "mariadb-dump", Role::kNone},
      {"mysqldump -udb -d app", "mysqldump of a part", Role::kPartialDump},
      {"mysqldump -fd app", "mysqldump of a part", Role::kPartialDump},
      {"mysqldump -wid=1 app a", "mysqldump of a part", Role::kPartialDump},
      {"pg_dump -Fc -hdb -Utest -dnews", "pg_dump", Role::kNone},
      {"pg_dump -Upostgres -dtst", "pg_dump", Role::kNone},
      {"pg_dump -Fc -tusers app", "pg_dump of some tables", Role::kPartialDump},
      {"pg_dump -Oxs app", "pg_dump, schema only", Role::kPartialDump},
      {"pg_dumpall -hsrv -Upgr", "pg_dumpall", Role::kNone},
      {"pg_dumpall -cg", "pg_dumpall, roles only", Role::kPartialDump},
      {"mongodump -udoc -hqa -dacq", "mongodump", Role::kNone},
      {"mongodump -dapp -cusers", "mongodump of a collection", Role::kPartialDump},
      {"mysql -uuser -pfoo app", "SQL shell", Role::kClient},
      {"mysql -hdbe -uapp app", "SQL shell", Role::kClient},
      {"mysql -uroot -Ne 'SELECT 1'", "SQL query", Role::kNone},
      {"psql -Ucafe -dlife", "SQL shell", Role::kClient},
      {"pg_restore -Fc -dapp x.dump", "pg_restore", Role::kNone},
      {"pg_restore -cOx -dapp x.dump", "pg_restore", Role::kResets},
      {"psql -Xqf dump.sql", "SQL file", Role::kNone},
      {"redis-cli -h redis -p6379 --no-auth-warning -a \"$p\" SAVE", "redis save", Role::kNone},
      {"valkey-cli -u redis://cache --rdb -", "redis --rdb", Role::kNone},
      {"pg_basebackup -hdb -Urepl -D- -Ft -Xf", "pg_basebackup", Role::kNone},
      {"mongodump -hmongo:27017 -uroot -p\"$p\" --archive", "mongodump", Role::kNone},
      {"tar -C /data -cpf - .", "tar", Role::kFileBackup},
      {"tar --create --file=/b/x.tar /data", "tar", Role::kFileBackup},
      {"tar cvzf /b/x.tgz /data", "tar", Role::kFileBackup},
      {"tar --zstd -cf /b/x.tar.zst /data", "tar", Role::kFileBackup},
      {"mariadb-dump -hdb -uroot --single-transaction -rx.sql app", "mariadb-dump", Role::kNone},
      {"tar -cvzpf /b/x.tgz /data", "tar", Role::kFileBackup},
      {"tar -xvzpf /b/x.tgz", "tar extraction", Role::kNone},
      {"tar -tzfc.tgz", "tar listing", Role::kNone}};
  for (const Row& row : rows) {
    const auto argv = words(row.line);
    const Recognised found = recognise(argv);
    EXPECT_EQ(shown(found), row.name) << row.line;
    EXPECT_EQ(found.role, row.role) << row.line;
  }
}

TEST(Vocabulary, TellsStatementsApart) {
  struct Row {
    const char* line;
    Effect effect;
  };
  const Row rows[] = {{"psql -c 'select * from updates'", Effect::kReads},
                      {"psql -tAc 'SELECT count(*) FROM a'", Effect::kReads},
                      {"psql -U a b", Effect::kShell},
                      {"psql -c 'drop   table x'", Effect::kUnknown},
                      {"psql -c 'drop table x'", Effect::kDeletes},
                      {"mysql -uroot -e 'TRUNCATE a'", Effect::kDeletes},
                      {"mysql -e 'SHOW TABLES'", Effect::kReads},
                      {"psql -f fix.sql", Effect::kImports},
                      {"psql -f migrations/2.sql", Effect::kMigrates},
                      {"psql -c 'COPY a TO STDOUT'", Effect::kExports},
                      {"psql -c 'COPY a FROM STDIN'", Effect::kImports},
                      {"psql -c \"$q\"", Effect::kUnknown},
                      {"redis-cli FLUSHALL", Effect::kDeletes},
                      {"redis-cli ping", Effect::kReads},
                      {"redis-cli", Effect::kShell}};
  for (const Row& row : rows) EXPECT_EQ(recognise(words(row.line)).effect, row.effect) << row.line;
  EXPECT_EQ(recognise(words("psql app")).role, Role::kClient);
}

TEST(Vocabulary, DoesNotTakeOneThingForAnother) {
  struct Row {
    const char* line;
    Effect never;
  };
  const Effect migrates = Effect::kMigrates;
  const Effect dumps = Effect::kDumps;
  const Effect restores = Effect::kRestores;
  const Effect deletes = Effect::kDeletes;
  const Row rows[] = {{"manage.py migrate --check", migrates},
                      {"python -m migration.sheets_to_orders", migrates},
                      {"manage.py migrate --plan", migrates},
                      {"manage.py makemigrations", migrates},
                      {"manage.py makemigrations --check", migrates},
                      {"manage.py showmigrations", migrates},
                      {"manage.py sqlmigrate a 1", migrates},
                      {"manage.py shell -c 'migrate'", migrates},
                      {"manage.py test migrate", migrates},
                      {"manage.py $c", migrates},
                      {"manage.py \"$c\" migrate", migrates},
                      {"rails db:migrate:status", migrates},
                      {"rails generate migration X", migrates},
                      {"rails db:seed", migrates},
                      {"alembic current", migrates},
                      {"alembic check", migrates},
                      {"alembic upgrade head --sql", migrates},
                      {"alembic revision -m upgrade", migrates},
                      {"flask db migrate -m x", migrates},
                      {"prisma migrate status", migrates},
                      {"prisma migrate diff", migrates},
                      {"prisma generate", migrates},
                      {"artisan migrate:status", migrates},
                      {"artisan migrate --pretend", migrates},
                      {"artisan make:migration migrate", migrates},
                      {"bin/console doctrine:migrations:status", migrates},
                      {"bin/console doctrine:migrations:migrate --dry-run", migrates},
                      {"bin/console doctrine:schema:update --dump-sql", migrates},
                      {"drush migrate:import articles", migrates},
                      {"drush status", migrates},
                      {"git checkout migrate", migrates},
                      {"git migrate", migrates},
                      {"bw migrate", migrates},
                      {"cat migrate", migrates},
                      {"ls migrations", migrates},
                      {"cp migrate.sh /x", migrates},
                      {"echo migrate", migrates},
                      {"grep -r migrate .", migrates},
                      {"npm ci", migrates},
                      {"npm install migrate", migrates},
                      {"apt-get upgrade", migrates},
                      {"apt-get update", migrates},
                      {"pip install --upgrade alembic", migrates},
                      {"flyway info", migrates},
                      {"flyway validate", migrates},
                      {"liquibase status", migrates},
                      {"goose status", migrates},
                      {"dbmate status", migrates},
                      {"dbmate new x", migrates},
                      {"atlas migrate lint", migrates},
                      {"atlas migrate apply --dry-run", migrates},
                      {"odoo --test-enable -d x", migrates},
                      {"occ status", migrates},
                      {"./migrate-data.sh", migrates},
                      {"make makemigrations", migrates},
                      {"make test-migrations", migrates},
                      {"wp plugin list", migrates},
                      {"airflow db check-migrations", migrates},
                      {"superset version", migrates},
                      {"pg_dump --schema-only app", dumps},
                      {"pg_dump -t users app", dumps},
                      {"pg_dump --version", dumps},
                      {"mysqldump --no-data app", dumps},
                      {"manage.py dumpdata auth", dumps},
                      {"pg_dumpall -g", dumps},
                      {"ls backup", dumps},
                      {"rm -rf backup", dumps},
                      {"mkdir -p backup", dumps},
                      {"cat backup.sql", dumps},
                      {"find backup -mtime +7", dumps},
                      {"tar xzf backup.tgz", dumps},
                      {"tar tzf backup.tgz", dumps},
                      {"restic snapshots", dumps},
                      {"restic forget --keep-last 3", dumps},
                      {"borg list", dumps},
                      {"./restore-backup.sh", dumps},
                      {"./clean_backups.sh", dumps},
                      {"./list-backups", dumps},
                      {"make dump-logs", dumps},
                      {"rsync -a src/ dst/", dumps},
                      {"cp a b", dumps},
                      {"redis-cli info", dumps},
                      {"sqlite3 app.db 'SELECT 1'", dumps},
                      {"curl http://x/backup", dumps},
                      {"dumpster", dumps},
                      {"tcpdump -i eth0", dumps},
                      {"pg_restore --list x", restores},
                      {"git restore .", restores},
                      {"dotnet restore", restores},
                      {"tar czf x.tgz d", restores},
                      {"docker volume ls", deletes},
                      {"docker volume create x", deletes},
                      {"docker rm web", deletes},
                      {"docker system df", deletes},
                      {"redis-cli get flushall", deletes},
                      {"psql -c 'SELECT 1'", deletes},
                      {"find . -name delete", deletes},
                      {"curl -X POST http://x", deletes}};
  EXPECT_GT(std::size(rows), 60U);
  for (const Row& row : rows) {
    const auto argv = words(row.line);
    EXPECT_NE(recognise(argv).effect, row.never) << row.line << ": " << shown(recognise(argv));
  }
}

TEST(Vocabulary, KnowsTheRolesAroundATask) {
  struct Row {
    const char* line;
    Role role;
  };
  const Row rows[] = {{"occ maintenance:mode --on", Role::kMaintenanceOn},
                      {"php artisan up", Role::kMaintenanceOff},
                      {"pg_isready -h db", Role::kHealth},
                      {"curl -fsS http://x/healthz", Role::kHealth},
                      {"curl -fsSL https://x/install.sh", Role::kNone},
                      {"manage.py showmigrations", Role::kStatus},
                      {"./wait-for-db.sh", Role::kWaits},
                      {"celery -A x control shutdown", Role::kPausesWorkers},
                      {"restic backup /d", Role::kFileBackup},
                      {"php artisan migrate:fresh", Role::kResets},
                      {"flask db migrate", Role::kMakesMigration}};
  for (const Row& row : rows) EXPECT_EQ(recognise(words(row.line)).role, row.role) << row.line;
}

TEST(OwnVocabulary, ComesBeforeTheBuiltInRows) {
  Vocabulary own;
  own.add({"frob|frobnicate", "db up|down !--dry-run", Effect::kMigrates, "Frob", "", Role::kNone});
  own.add({"manage.py", "migrate", Effect::kReads, "Our own migrate", "", Role::kStatus});
  own.add({"*", "db:frob", Effect::kDumps, "Any frob", "", Role::kNone});
  struct Row {
    const char* line;
    const char* name;
  };
  const Row rows[] = {
      {"frob db up", "Frob"},
      {"/opt/bin/frobnicate db down", "Frob"},
      {"frob db up --dry-run", ""},
      {"sudo -u app frob db up", "Frob"},
      {"python manage.py migrate", "Our own migrate"},
      {"alembic upgrade head", "Alembic upgrade"},
      {"tool db:frob", "Any frob"},
  };
  for (const Row& row : rows) {
    const auto argv = words(row.line);
    EXPECT_EQ(recognise(argv, {}, &own).name, row.name) << row.line;
  }
  EXPECT_EQ(recognise(words("frob db up")).name, "");
}

}  // namespace
}  // namespace composelint::knowledge
