// What a command does to a stack's data, in the terms operators plan by.
#pragma once

#include <string_view>

namespace composelint {

enum class Effect {
  kUnknown,      // not recognised: may do anything
  kReads,        // looks, changes nothing
  kMigrates,     // changes the schema, or data along with it
  kImports,      // loads rows or files into live data
  kExports,      // writes part of the data out
  kDumps,        // writes all of the data out: a restore point
  kRestores,     // replaces live data
  kDeletes,      // removes data
  kAdministers,  // users, settings, caches, workers, maintenance mode
  kShell,        // opens an interactive shell or console
  kRuns,         // starts, stops, builds: the stack itself
};

// The part a command plays around a risky task, where its effect alone does not say.
enum class Role {
  kNone,
  kClient,         // takes statements from stdin: a shell at a terminal, an import when fed
  kStatus,         // shows what has been applied, or what would be: migration status, plan
  kHealth,         // asks whether something works: pg_isready, curl …/health
  kWaits,          // comes back only once something works: wait-for-it
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

[[nodiscard]] constexpr std::string_view to_string(Effect effect) {
  switch (effect) {
    case Effect::kUnknown: return "unknown";
    case Effect::kReads: return "reads";
    case Effect::kMigrates: return "migrates";
    case Effect::kImports: return "imports";
    case Effect::kExports: return "exports";
    case Effect::kDumps: return "dumps";
    case Effect::kRestores: return "restores";
    case Effect::kDeletes: return "deletes";
    case Effect::kAdministers: return "administers";
    case Effect::kShell: return "shell";
    case Effect::kRuns: return "runs";
  }
  return "unknown";
}

}  // namespace composelint
