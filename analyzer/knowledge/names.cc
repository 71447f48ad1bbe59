// What the name of a script, a function, a target or a service says about it.
#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "analyzer/knowledge/vocabulary.h"
#include "analyzer/knowledge/vocabulary_match.h"
#include "analyzer/text/path.h"

namespace composelint::knowledge {
namespace {

using Parts = std::vector<std::string>;

// Rows hold words; a name's words are those between - _ . : and at changes of case.
struct NameFact {
  std::string_view words;    // "a|b c|d": words that follow one another; "^" at the front: the
                             // name is no longer than them, extensions and "db" aside
  std::string_view without;  // the fact does not hold when one of these stands in the name
  Effect effect;
  Role role;
  std::string_view name;
};

constexpr std::string_view kNoTask = "test|tests|spec|mock|example|docs|doc|lint|ci";
// What is worked out from other data, and can be once more: `cargoRecreateData`, of MediaWiki.
constexpr std::string_view kNoLoss =
    "test|tests|spec|mock|example|docs|doc|lint|ci|cargo|cache|caches|index|search";

using enum Effect;
using enum Role;

// The first row that holds wins.
constexpr NameFact kNames[] = {
    {"wait", kNoTask, kReads, kWaits, "wait for something"},
    {"check|verify|validate|status|show|list|pending|plan|lint|diff|dry "
     "migration|migrations|migrate|schema",
     "", kReads, kStatus, "migration check"},
    {"migration|migrations|migrate|schema check|status|plan|show|list|pending|verify|lint|diff", "",
     kReads, kStatus, "migration check"},
    {"makemigrations|makemigration", "", kUnknown, kMakesMigration, "makes migrations"},
    {"make|create|new|add|generate|gen|squash|merge|autogenerate migration|migrations|migrate", "",
     kUnknown, kMakesMigration, "makes migrations"},
    {"migration|migrations|migrate create|new|add|generate|make", "", kUnknown, kMakesMigration,
     "makes migrations"},
    {"list|check|verify|validate|show|status|monitor backup|backups|dump|dumps|snapshot|snapshots",
     "", kReads, kStatus, "backup check"},
    {"backup|backups|dump|snapshot|snapshots check|verify|status|list|validate|monitor", "", kReads,
     kStatus, "backup check"},
    {"restore|restores|dbrestore", kNoTask, kRestores, kNone, "restore"},
    {"clean|cleanup|prune|purge|remove|delete|rotate|expire|rm "
     "backup|backups|dump|dumps|snapshot|snapshots",
     "", kDeletes, kNone, "backup clean-up"},
    {"backup|backups|dump|dumps|snapshot|snapshots "
     "clean|cleanup|prune|purge|rotate|rotation|delete",
     "", kDeletes, kNone, "backup clean-up"},
    {"import|load|download|copy|upload|fetch|sync|push|pull|get|send|mount|find|latest|choose|"
     "decompress|decrypt|extract|pick|select|uncompress|unpack|untar|unzip "
     "backup|backups|dump|dumps|snapshot",
     "", kUnknown, kNone, ""},
    {"reset|drop|wipe|purge|destroy|nuke|truncate|flush|recreate|clear "
     "db|database|databases|data|volumes|schema|postgres|mysql",
     kNoLoss, kDeletes, kResets, "database reset"},
    {"db|database|data|volumes|schema "
     "reset|drop|wipe|purge|destroy|nuke|truncate|flush|recreate|fresh",
     kNoLoss, kDeletes, kResets, "database reset"},
    {"dbreset|resetdb|dropdb|dbdrop|cleandb|wipedb|flushdb|dbwipe|nuke", kNoTask, kDeletes, kResets,
     "database reset"},
    {"migrate|migrations fresh|refresh|reset|zero", kNoTask, kDeletes, kResets,
     "migration from nothing"},
    {"migrate|migration "
     "data|files|storage|volume|volumes|content|media|bucket|config|settings|env|secrets|repo|"
     "repository|host|server",
     "", kUnknown, kNone, ""},
    {"migrate|migrates|migration|migrations|migrator|dbmigrate|migratedb|migrateup|migrateschemas",
     "test|tests|spec|mock|docs|kafka|redpanda|lint|guide|skip|no|data|git|storage|files",
     kMigrates, kNone, "migration"},
    {"db|database setup|init|initialize|initialise", kNoTask, kMigrates, kNone, "database set-up"},
    {"setup|init|initialize|initialise db|database", kNoTask, kMigrates, kNone, "database set-up"},
    {"initdb|dbinit|dbsetup|setupdb", kNoTask, kMigrates, kNone, "database set-up"},
    {"db|database upgrade|up|update|sync|push|prepare|evolve", kNoTask, kMigrates, kNone,
     "database upgrade"},
    {"upgrade|update|init|initialize|initialise|setup|prepare|sync|evolve db|database|schema",
     "test|tests|spec|mock|docs|docker|pg|postgres|major", kMigrates, kNone, "database upgrade"},
    {"schema load|apply|update|upgrade|sync|push|init|setup|create", kNoTask, kMigrates, kNone,
     "schema change"},
    {"apply|push|load schema", kNoTask, kMigrates, kNone, "schema change"},
    {"dbupgrade|upgradedb|updatedb|dbupdate|syncdb|dbsync|updb", kNoTask, kMigrates, kNone,
     "database upgrade"},
    {"prestart|flyway|liquibase|alembic|predeploy", kNoTask, kMigrates, kNone, "migration"},
    {"^ upgrade|schema", kNoTask, kMigrates, kNone, "upgrade"},
    {"dump|dumps "
     "heap|core|thread|threads|log|logs|env|config|configs|state|debug|stack|json|info|metrics|"
     "requests|routes|diagnostics",
     "", kUnknown, kNone, ""},
    {"heap|core|thread|threads|log|logs|env|config|state|debug|stack|json|memory|crash|tcp|"
     "fixtures dump|dumps",
     "", kUnknown, kNone, ""},
    {"snapshot|snapshots update|updates|tests|test|version|release|build|publish", "", kUnknown,
     kNone, ""},
    {"update|version|release|build|publish|deploy|jest|ui|visual snapshot|snapshots", "", kUnknown,
     kNone, ""},
    // Hooks around a backup, and what tells people of one.
    {"pre|post|before|after backup|backups|dump|snapshot", "", kUnknown, kNone, ""},
    {"backup|backups|dump|snapshot alert|hook|hooks|mail|notification|notifications|notify|report",
     "", kUnknown, kNone, ""},
    {"notify|report backup|backups", "", kUnknown, kNone, ""},
    {"no|skip|without|disable|enable backup|backups|dump|snapshot", "", kUnknown, kNone, ""},
    {"backup|backups|bkp|backupdb|dbbackup|pgbackup|autobackup|dump|dumps|dumpdb|dbdump|pgdump|"
     "mysqldump|mongodump|sqldump|snapshot|snapshots|pgbackups|backuppc",
     "test|tests|spec|mock|docs|lint|from|restore|schema|heap|log|logs|image|tag", kDumps, kNone,
     "backup"},
    {"back up", "test|tests|front|end", kDumps, kNone, "backup"},
    {"export|save|archive db|database|databases|data", kNoTask, kDumps, kNone, "database export"},
    {"db|database export|save|archive", kNoTask, kDumps, kNone, "database export"},
    {"dbexport|exportdb|dbsave|savedb", kNoTask, kDumps, kNone, "database export"},
    {"import|load db|database|sql|data", kNoTask, kImports, kNone, "import"},
    {"db|database import|load", kNoTask, kImports, kNone, "import"},
    {"seed|seeds|seeder|seeding|dbseed|seeddb|loaddata|populate", kNoTask, kImports, kNone, "seed"},
    {"load fixtures|fixture", kNoTask, kImports, kNone, "fixtures"},
    {"fixtures load", kNoTask, kImports, kNone, "fixtures"},
    {"maintenance off|disable|stop|end|down|leave", kNoTask, kAdministers, kMaintenanceOff,
     "maintenance off"},
    {"disable|stop|end|leave|unset|exit maintenance", kNoTask, kAdministers, kMaintenanceOff,
     "maintenance off"},
    {"maintenance on|enable|start|enter|up|mode", kNoTask, kAdministers, kMaintenanceOn,
     "maintenance on"},
    {"enable|start|enter|set maintenance", kNoTask, kAdministers, kMaintenanceOn, "maintenance on"},
    {"stop|pause|drain|quiesce|quiet "
     "worker|workers|queue|queues|jobs|celery|sidekiq|scheduler|cron",
     kNoTask, kAdministers, kPausesWorkers, "workers paused"},
    {"start|resume|unpause worker|workers|queue|queues|jobs|celery|sidekiq|scheduler|cron", kNoTask,
     kAdministers, kResumesWorkers, "workers resumed"},
    {"health|healthcheck|healthy|smoke|smoketest|preflight", "", kReads, kHealth, "health check"},
    {"createsuperuser|createuser|adduser|createadmin", kNoTask, kAdministers, kNone, "users"},
    {"create|add|make|ensure superuser|user|users|admin", kNoTask, kAdministers, kNone, "users"},
};

// Every row has one of these in its words: most names are done with here.
constexpr std::string_view kTelling[] = {
    "wait",  "migr",   "schema",  "backup",   "back",  "dump", "snap",   "restor", "db",
    "data",  "volume", "upgrade", "start",    "flyw",  "liqu", "alembi", "deploy", "bkp",
    "seed",  "load",   "popul",   "fixt",     "maint", "work", "queue",  "jobs",   "celery",
    "sidek", "sched",  "cron",    "health",   "smoke", "pref", "user",   "admin",  "nuke",
    "updb",  "import", "export",  "postgres", "mysql"};

bool tells_something(const Parts& parts) {
  return std::any_of(parts.begin(), parts.end(), [](const std::string& part) {
    return std::any_of(std::begin(kTelling), std::end(kTelling), [&part](std::string_view piece) {
      return part.find(piece) != std::string::npos;
    });
  });
}

bool is_upper(char c) {
  return std::isupper(static_cast<unsigned char>(c)) != 0;
}

Parts split(std::string_view name) {
  Parts parts(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) {
      if (!parts.back().empty()) parts.emplace_back();
      continue;
    }
    const bool hump = i > 0 && is_upper(c) && std::islower(static_cast<unsigned char>(name[i - 1]));
    if (hump && !parts.back().empty()) parts.emplace_back();
    parts.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  if (parts.back().empty()) parts.pop_back();
  return parts;
}

std::string_view without_extension(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return name;
  constexpr std::string_view kExtensions =
      "sh|bash|zsh|py|rb|js|mjs|cjs|ts|php|pl|yml|yaml|sql|j2|bat|ps1";
  return matches_any(kExtensions, name.substr(dot + 1)) ? name.substr(0, dot) : name;
}

bool follows(std::string_view words, const Parts& parts, std::size_t at) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (at >= parts.size() || !matches_any(words.substr(0, end), parts[at])) return false;
    words.remove_prefix(std::min(end + 1, words.size()));
    ++at;
  }
  return true;
}

bool holds(const NameFact& fact, const Parts& parts) {
  std::string_view words = fact.words;
  const bool whole = words.starts_with("^ ");
  if (whole) words.remove_prefix(2);
  for (const std::string& part : parts) {
    if (matches_any(fact.without, part)) return false;
  }
  if (whole) return parts.size() == 1 && follows(words, parts, 0);
  for (std::size_t at = 0; at < parts.size(); ++at) {
    if (follows(words, parts, at)) return true;
  }
  return false;
}

// `cleanup_old_backups`, `list-backups`, `backup_nginx_config`: about backups, or not of the data.
bool takes_no_backup(const Parts& parts) {
  constexpr std::string_view kWords =
      "check|clean|cleanup|conf|config|configs|delete|download|expire|list|log|logs|ls|nginx|old|"
      "prune|purge|remove|rm|rotate|verify";
  return std::any_of(parts.begin(), parts.end(),
                     [&](const std::string& part) { return matches_any(kWords, part); });
}

}  // namespace

Recognised recognise_by_name(std::string_view name) {
  constexpr std::size_t kLongest = 200;
  name = text::name_of(name);
  if (name.size() > kLongest) return {};
  const Parts parts = split(without_extension(name));
  if (!tells_something(parts)) return {};
  for (const NameFact& fact : kNames) {
    if (!holds(fact, parts)) continue;
    if (fact.effect == Effect::kDumps && takes_no_backup(parts)) return {};
    Recognised out;
    out.effect = fact.effect;
    out.role = fact.role;
    out.name = fact.name;
    return out;
  }
  return {};
}

}  // namespace composelint::knowledge
