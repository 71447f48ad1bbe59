#include <gtest/gtest.h>

#include <string>

#include "analyzer/knowledge/vocabulary.h"
#include "tests/knowledge/words.h"

namespace composelint::knowledge {
namespace {

TEST(Names, TellWhatAScriptIsFor) {
  struct Row {
    const char* name;
    Effect effect;
  };
  const Row rows[] = {{"bin/backup.sh", Effect::kDumps},
                      {"back-up", Effect::kDumps},
                      {"db_backup", Effect::kDumps},
                      {"backupDatabase", Effect::kDumps},
                      {"pg-dump", Effect::kDumps},
                      {"create_snapshot", Effect::kDumps},
                      {"export-db", Effect::kDumps},
                      {"db-save", Effect::kDumps},
                      {"migrations", Effect::kMigrates},
                      {"migrate", Effect::kMigrates},
                      {"run_migrations", Effect::kMigrates},
                      {"app-migrator", Effect::kMigrates},
                      {"db-upgrade", Effect::kMigrates},
                      {"db_init", Effect::kMigrates},
                      {"prestart.sh", Effect::kMigrates},
                      {"upgrade.sh", Effect::kMigrates},
                      {"flyway", Effect::kMigrates},
                      {"migrate-lms", Effect::kMigrates},
                      {"restore_backup.sh", Effect::kRestores},
                      {"db-restore", Effect::kRestores},
                      {"reset-db", Effect::kDeletes},
                      {"drop_database", Effect::kDeletes},
                      {"cleanup-backups", Effect::kDeletes},
                      {"seed", Effect::kImports},
                      {"import-db", Effect::kImports},
                      {"check-migrations", Effect::kReads},
                      {"wait-for-db", Effect::kReads},
                      {"healthcheck.sh", Effect::kReads},
                      {"create_admin_user", Effect::kAdministers}};
  for (const Row& row : rows) EXPECT_EQ(recognise_by_name(row.name).effect, row.effect) << row.name;
}

TEST(Names, WordsHaveToBeWhole) {
  for (const char* name : {"dumpster",
                           "migrate-data",
                           "makemigrations",
                           "make-migrations",
                           "kafka-migrator",
                           "redpanda_migrator",
                           "docker-compose-upgrade-db",
                           "test-migrations",
                           "snapshot_service_image",
                           "skip_backup",
                           "no-backup",
                           "download-backup",
                           "extract_backup",
                           "decompress_dump",
                           "choose-backup",
                           "dump-logs",
                           "heap_dump",
                           "update-snapshots",
                           "backups3x",
                           "emigrate",
                           "upgraded",
                           "web",
                           "",
                           "/",
                           "schemas-docs",
                           "immigration",
                           "upgrade-docker",
                           "snapshot-release",
                           "copy-backup",
                           "git-migrate"}) {
    const Effect effect = recognise_by_name(name).effect;
    EXPECT_NE(effect, Effect::kMigrates) << name;
    EXPECT_NE(effect, Effect::kDumps) << name;
  }
}

TEST(Names, OfServicesGiveTheirRole) {
  struct Row {
    const char* name;
    const char* image;
    ServiceRole role;
  };
  const Row rows[] = {{"db", "", ServiceRole::kDatabase},
                      {"x", "ghcr.io/y/postgis:15@sha256:0", ServiceRole::kDatabase},
                      {"postgres-15", "", ServiceRole::kDatabase},
                      {"mysql8", "", ServiceRole::kDatabase},
                      {"db-backup", "postgres:16", ServiceRole::kOneOff},
                      {"redis", "", ServiceRole::kCache},
                      {"store", "redis:7", ServiceRole::kCache},
                      {"celery-beat", "", ServiceRole::kWorker},
                      {"airflow-scheduler", "", ServiceRole::kWorker},
                      {"web", "", ServiceRole::kApplication},
                      {"edge", "traefik:v3", ServiceRole::kProxy},
                      {"migrations", "", ServiceRole::kOneOff},
                      {"artisan", "", ServiceRole::kOneOff},
                      {"webby", "", ServiceRole::kUnknown},
                      {"dbeaver", "", ServiceRole::kUnknown}};
  for (const Row& row : rows) EXPECT_EQ(service_role(row.name, row.image), row.role) << row.name;
}

TEST(Prompts, AskTheOperator) {
  for (const char* line :
       {"read -p 'Sure? ' a", "read -rp 'Sure?' a", "read -r -n 1 -s a", "read -s p", "confirm 'x'",
        "confirm_or_exit", "ask_yes_no x", "whiptail --yesno x 8 40", "gum confirm x",
        "dialog --title x --yesno y 1 2", "make confirm", "select", "press_any_key",
        "promptYesNo"}) {
    EXPECT_TRUE(is_prompt(words(line))) << line;
  }
  for (const char* line :
       {"read -r line", "read a b", "read -ra list", "read -u 3 x", "readlink -f x", "gum style x",
        "whiptail --msgbox x 8 40", "make deploy", "confirmed", "task run", "echo confirm", "mask",
        "prompter"}) {
    EXPECT_FALSE(is_prompt(words(line))) << line;
  }
}

}  // namespace
}  // namespace composelint::knowledge
