// The table of subcommands.
#include "cli/commands.h"
#include "cli/dispatch.h"
#include "cli/pages.h"
#include "guard/session.h"

namespace {

using composelint::cli::Subcommand;

constexpr Subcommand kSubcommands[] = {
    {"check", "Report what would go wrong", composelint::cli::check_command},
    {"explain", "Say what a rule reports, and why", composelint::cli::explain_command},
    {"rules", "List all rules", composelint::cli::rules_command},
    {"calls", "List every compose call, and its stack", composelint::cli::calls_command},
    {"trace", "Tell the steps of a script, and what each does", composelint::cli::trace_command},
    {"config", "Resolve a project as docker compose config does", composelint::cli::config_command,
     true},
    {"diff", "Say what changes between two calls", composelint::cli::diff_command},
    {"guard", "Run a compose command when it is safe, and see it to its end",
     composelint::cli::guard_command},
    {"plan", "Show what guard would say of a command", composelint::cli::plan_command},
    {"init", "Write a configuration to begin with", composelint::cli::init_command},
    {"import-config", "Take over the configuration of another linter",
     composelint::cli::import_config_command},
    {"test-rules", "Try the rules of the configuration on their examples",
     composelint::cli::test_rules_command},
    {"config-schema", "Print the JSON Schema of the configuration",
     composelint::cli::config_schema_command},
    {"docs", "", composelint::cli::docs_command},
};

}  // namespace

int main(int argc, char** argv) {
  if (composelint::guard::is_shim(argc, argv)) return composelint::guard::run_shim(argc, argv);
  composelint::cli::take_pages_at_once();
  const composelint::cli::Words words(argv + (argc > 0 ? 1 : 0), argv + argc);
  return static_cast<int>(composelint::cli::dispatch(kSubcommands, words));
}
