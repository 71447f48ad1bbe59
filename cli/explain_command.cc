#include <composelint/nearest.h>
#include <fmt/format.h>

#include "analyzer/report/reports.h"
#include "cli/commands.h"
#include "cli/console.h"

namespace composelint::cli {

ExitCode explain_command(const Words& words) {
  const auto parsed = parse_explain(words);
  if (const Answer* answer = std::get_if<Answer>(&parsed)) return show(*answer);
  const std::string& slug = std::get_if<ExplainOptions>(&parsed)->slug;
  if (const Rule* rule = find_rule(slug)) return show({report::explanation(*rule)});
  std::vector<std::string_view> known;
  for (const Rule* rule : all_rules()) known.push_back(rule->slug);
  const auto meant = nearest(slug, known);
  return complain(fmt::format("there is no rule \"{}\"{}", slug,
                              meant.empty() ? std::string("; composelint rules lists them")
                                            : fmt::format("; did you mean \"{}\"?", meant)));
}

}  // namespace composelint::cli
