#include "analyzer/report/reports.h"
#include "cli/commands.h"
#include "cli/console.h"

namespace composelint::cli {

namespace {

std::string render(Format format) {
  switch (format) {
    case Format::kJson: return report::rules_json(all_rules());
    case Format::kMarkdown: return report::rules_table(all_rules(), "docs/rules/");
    case Format::kText:
    case Format::kSarif: break;
  }
  return report::rules_text(all_rules());
}

}  // namespace

ExitCode rules_command(const Words& words) {
  const auto parsed = parse_rules(words);
  if (const Answer* answer = std::get_if<Answer>(&parsed)) return show(*answer);
  return show({render(std::get_if<RulesOptions>(&parsed)->format)});
}

}  // namespace composelint::cli
