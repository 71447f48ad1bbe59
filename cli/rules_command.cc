#include "analyzer/report/reports.h"
#include "cli/commands.h"
#include "cli/configured_rules.h"
#include "cli/console.h"

namespace composelint::cli {

namespace {

std::string render(Format format, report::Rules rules) {
  switch (format) {
    case Format::kJson: return report::rules_json(rules);
    case Format::kMarkdown: return report::rules_table(rules, "docs/rules/");
    case Format::kText:
    case Format::kSarif: break;
  }
  return report::rules_text(rules);
}

}  // namespace

ExitCode rules_command(const Words& words) {
  const auto parsed = parse_rules(words);
  if (const Answer* answer = std::get_if<Answer>(&parsed)) return show(*answer);
  const RulesOptions& options = *std::get_if<RulesOptions>(&parsed);
  const auto known = configured_rules(options.config);
  if (!known) return complain(known.failure().message);
  const ExitCode shown = show({render(options.format, known->rules)});
  return known->run.notifications.empty() ? shown : ExitCode::kTrouble;
}

}  // namespace composelint::cli
