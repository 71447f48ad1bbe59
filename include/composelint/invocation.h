// A compose command line, understood: `docker compose -f x run --rm app migrate`. Called
// ComposeInvocation because SARIF's invocation is a run of the tool itself.
#pragma once

#include <composelint/argument.h>
#include <composelint/compose.h>
#include <composelint/effect.h>
#include <composelint/fix.h>
#include <composelint/option_use.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

enum class ComposeProgram {
  kPlugin,      // docker compose
  kStandalone,  // docker-compose: v1, unless somebody put v2 there under the old name
};

// How the command line came to be known; the weakest link counts.
enum class ResolvedBy { kLiteral, kVariable, kArray, kFunction, kWrapper };

[[nodiscard]] constexpr std::string_view to_string(ResolvedBy by) {
  switch (by) {
    case ResolvedBy::kLiteral: return "literal";
    case ResolvedBy::kVariable: return "variable";
    case ResolvedBy::kArray: return "array";
    case ResolvedBy::kFunction: return "function";
    case ResolvedBy::kWrapper: return "wrapper";
  }
  return "literal";
}

// Why the CLI would refuse the line. `fix` where the intent is unambiguous.
struct CliError {
  std::string message;
  std::string subject;  // the offending word, for the identity of a finding
  Span span;
  std::optional<Fix> fix;
};

// A file that the line names and that is not there.
struct MissingFile {
  Argument path;          // as written
  bool env_file = false;  // of --env-file; else of -f
  bool expected = false;  // each machine has its own: git ignores it, or a template of it is there
};

// Which stack the line acts on.
struct Target {
  const Project* project = nullptr;  // null: not known, and `why_unknown` says why
  std::string why_unknown;
  bool name_known = true;  // false: -p is not known, so neither are the names of volumes
  // Where the project is not known because the shell stands outside of what is checked, on another
  // machine, say: the one that the same line means beside the script. A guess; it may be null.
  const Project* likely = nullptr;
  // What it may be instead, depending on the directory the script is started in.
  std::vector<const Project*> others;
  // Named by known words, and found from none of the directories the script may be started in.
  std::vector<MissingFile> missing;
};

struct ComposeInvocation {
  Span span;          // the simple command, from its first word to its last
  Span program_span;  // `docker compose`, `docker-compose`; or the `$DC` that stands for it
  ComposeProgram program = ComposeProgram::kPlugin;
  ResolvedBy resolved_by = ResolvedBy::kLiteral;

  std::vector<OptionUse> global_options;  // between program and verb
  std::string verb;                       // "run"; two words for "alpha dry-run"; empty: none found
  Span verb_span;
  // Words may be put in behind the verb where it is written: it stands as a word of a command, or
  // within the text of a variable that begins with the program.
  bool verb_editable = false;
  bool program_literal = false;    // the program is written in the command itself
  std::vector<OptionUse> options;  // of the verb
  std::vector<Argument> operands;  // after the options: services, SOURCE and DEST, …
  std::vector<Argument> services;  // those operands that name services, the names alone
  std::vector<Argument> inner;     // run, exec: the command inside, after SERVICE

  // A word whose text is not known stands where an option may: what is missing here may be in it.
  bool opaque_options = false;
  // Files and project may hang on an unknown word among the global options.
  bool opaque_global = false;
  std::vector<CliError> errors;

  Effect effect = Effect::kUnknown;  // of the inner command; of the verb itself for the others
  Role role = Role::kNone;
  std::string effect_name;  // what was recognised: "Django migration", "pg_dump"
  Target target;

  [[nodiscard]] const OptionUse* option(std::string_view name) const {
    for (const OptionUse& use : options) {
      if (use.name == name) return &use;
    }
    return nullptr;
  }
  [[nodiscard]] const OptionUse* global_option(std::string_view name) const {
    for (const OptionUse& use : global_options) {
      if (use.name == name) return &use;
    }
    return nullptr;
  }
  // `name` stands on the line, and was not turned off by `--name=false`.
  [[nodiscard]] bool has(std::string_view name) const {
    const OptionUse* use = option(name);
    return use != nullptr && !(use->value && use->value->is("false"));
  }
  // run, exec: the service that the line names; null when there is none or it is not known.
  [[nodiscard]] const Argument* service() const {
    const bool one = verb == "run" || verb == "exec";
    return one && !services.empty() && services.front().known() ? &services.front() : nullptr;
  }
  [[nodiscard]] bool is(std::string_view wanted) const { return verb == wanted; }
};

}  // namespace composelint
