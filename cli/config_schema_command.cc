#include "analyzer/report/config_schema.h"
#include "cli/commands.h"
#include "cli/console.h"

namespace composelint::cli {

ExitCode config_schema_command(const Words& words) {
  const auto parsed = parse_config_schema(words);
  if (const Answer* answer = std::get_if<Answer>(&parsed)) return show(*answer);
  const auto trouble = write_output(std::nullopt, report::config_schema(all_rules()));
  return trouble ? complain(trouble->message) : ExitCode::kClean;
}

}  // namespace composelint::cli
