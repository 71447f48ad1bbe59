// What programs do to data: migrations, dumps, restores, and the looks and pauses around them.
#pragma once

#include <composelint/argument.h>
#include <composelint/effect.h>

#include <span>
#include <string_view>

namespace composelint::knowledge {

// The part a command plays around a risky task, where its effect alone does not say.
enum class Role {
  kNone,
  kClient,         // takes statements from stdin: a shell at a terminal, an import when fed
  kStatus,         // shows what has been applied, or what would be: migration status, plan
  kHealth,         // asks whether something works: pg_isready, curl …/health
  kWaits,          // comes back only once something works: wait-for-it, until loops' helpers
  kPartialDump,    // a dump that leaves out part of the data: dumpdata, pg_dump --schema-only
  kFileBackup,     // a backup of files, volumes or a disk: restic, tar, zfs snapshot
  kMaintenanceOn,  // users are kept out
  kMaintenanceOff,
  kPausesWorkers,
  kResumesWorkers,
  kMakesMigration,  // writes migration files: belongs on a developer's machine
  kResets,          // throws data away on the way: migrate:fresh, prisma migrate reset
  kMajorUpgrade,    // the database's own data files are converted
};

// The order of the members is that of a row.
// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding)
struct Fact {
  std::string_view program;  // names it goes by, as "a|b"; base names
  std::string_view pattern;  // the words after it; see vocabulary_match.h
  Effect effect = Effect::kUnknown;
  std::string_view name;     // "Django migration"
  std::string_view example;  // a command line that it stands for
  Role role = Role::kNone;
};

struct Recognised {
  Effect effect = Effect::kUnknown;
  Role role = Role::kNone;
  std::string_view name;       // static; empty: not recognised
  const Fact* fact = nullptr;  // null: by name only
  // Shell text that the caller has to parse and judge itself: `bash -c '…'`; into the words given.
  const Argument* script = nullptr;

  explicit operator bool() const { return !name.empty(); }
};

// `argv` is a command without assignments; wrappers inside it are looked through. `prefix` are
// words that stand before it: the entrypoint of the service that runs it. Words whose text is not
// known match nothing, and a fact that forbids an option does not hold when one stands there
// unknown.
[[nodiscard]] Recognised recognise(std::span<const Argument> argv,
                                   std::span<const Argument> prefix = {});

// Scripts, functions, make targets, services: "bin/backup.sh", "run_migrations", "db-migrate".
[[nodiscard]] Recognised recognise_by_name(std::string_view name);

// What a service or container is there for, by its name: `run --rm migrations`.
enum class ServiceRole { kUnknown, kDatabase, kCache, kWorker, kProxy, kOneOff, kApplication };
[[nodiscard]] ServiceRole service_role(std::string_view name, std::string_view image = {});

// Asks the operator and waits: `read -p`, `confirm`, `whiptail --yesno`.
[[nodiscard]] bool is_prompt(std::span<const Argument> argv);

// Every row, for tests and for listings.
[[nodiscard]] std::span<const std::span<const Fact>> fact_tables();

}  // namespace composelint::knowledge
