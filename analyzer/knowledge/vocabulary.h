// What programs do to data: migrations, dumps, restores, and the looks and pauses around them.
#pragma once

#include <composelint/argument.h>
#include <composelint/effect.h>
#include <composelint/service_role.h>

#include <deque>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace composelint::knowledge {

struct Fact {
  std::string_view program;  // names it goes by, as "a|b"; base names
  std::string_view pattern;  // the words after it; see vocabulary_match.h
  Effect effect = Effect::kUnknown;
  std::string_view name;     // "Django migration"
  std::string_view example;  // a command line that it stands for
  Role role = Role::kNone;
};

// Rows that a user adds. They are asked before the built-in ones, in their own order; addresses of
// rows and texts are stable.
class Vocabulary {
 public:
  struct Row {
    std::string program;  // as in Fact, each
    std::string pattern;
    Effect effect = Effect::kUnknown;
    std::string name;
    std::string example;
    Role role = Role::kNone;
  };
  void add(Row row);
  // Only the rows that say of a program that it changes data, and nothing that makes it look milder.
  [[nodiscard]] Vocabulary graver() const;
  // The first row of `program` that fits `words`, the arguments behind it; null when none does.
  [[nodiscard]] const Fact* find(std::string_view program, std::span<const Argument> words) const;

 private:
  std::deque<Row> rows_;  // own the texts
  std::deque<Fact> facts_;
  std::map<std::string, std::vector<const Fact*>, std::less<>> by_program_;
};

struct Recognised {
  Effect effect = Effect::kUnknown;
  Role role = Role::kNone;
  std::string_view name;       // as long-lived as its table; empty: not recognised
  const Fact* fact = nullptr;  // null: by name only
  // Shell text that the caller has to parse and judge itself: `bash -c '…'`; into the words given.
  const Argument* script = nullptr;

  explicit operator bool() const { return !name.empty(); }
};

// `argv` is a command without assignments; wrappers inside it are looked through. `prefix` are
// words that stand before it: the entrypoint of the service that runs it. Words whose text is not
// known match nothing, and a fact that forbids an option does not hold when one stands there
// unknown. `own` are rows of the user; may be null.
[[nodiscard]] Recognised recognise(std::span<const Argument> argv,
                                   std::span<const Argument> prefix = {},
                                   const Vocabulary* own = nullptr);

// Scripts, functions, make targets, services: "bin/backup.sh", "run_migrations", "db-migrate".
[[nodiscard]] Recognised recognise_by_name(std::string_view name);

// What a service or container is there for, by its name: `run --rm migrations`.
[[nodiscard]] ServiceRole service_role(std::string_view name, std::string_view image = {});

// Asks the operator and waits: `read -p`, `confirm`, `whiptail --yesno`.
[[nodiscard]] bool is_prompt(std::span<const Argument> argv);

// Every row, for tests and for listings.
[[nodiscard]] std::span<const std::span<const Fact>> fact_tables();

}  // namespace composelint::knowledge
