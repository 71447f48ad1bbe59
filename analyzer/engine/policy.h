// What `guard:` of the configuration asks of commands that are run under guard.
#pragma once

#include <composelint/source.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace composelint::engine {

enum class Confirm { kNone, kQuestion, kTypeName };  // the later, the stricter

// Where more is asked for. Fits when each list that is not empty has a fitting glob.
struct ProtectedEnvironment {
  std::string name;
  std::vector<std::string> contexts;   // docker contexts
  std::vector<std::string> endpoints;  // "ssh://*", "tcp://prod-*"
  std::vector<std::string> projects;   // project names
  std::vector<std::string> files;      // compose and env files, absolute
  Confirm confirm = Confirm::kQuestion;
  std::vector<std::string> require;  // claims that have to be supported for whatever changes data
};

// A restore point: how it is taken, and how it is known to be there.
struct BackupPolicy {
  std::vector<std::string> command;  // argv; taken by --backup. May be empty
  std::string file;                  // glob of its files, absolute; the newest counts
  std::int64_t max_age = 0;          // nanoseconds; 0: a day
  std::string service;               // whose data it holds; empty: the whole project's
};

struct PostCheck {
  std::vector<std::string> command;  // argv, exit status 0 is well
  std::string url;                   // instead: a GET has to answer 2xx or 3xx
  std::int64_t timeout = 0;          // nanoseconds; 0: 30 seconds
};

struct Policy {
  std::vector<ProtectedEnvironment> environments;
  std::vector<BackupPolicy> backups;
  std::vector<std::string> writers;  // services that write by themselves: workers, schedulers
  std::vector<PostCheck> checks;
  std::optional<std::string> state_directory;  // journal and locks; absolute
  Span state_directory_at{};
};

}  // namespace composelint::engine
