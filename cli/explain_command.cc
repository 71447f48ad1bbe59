#include <algorithm>

#include "analyzer/report/reports.h"
#include "cli/commands.h"
#include "cli/configured_rules.h"
#include "cli/console.h"
#include "cli/rule_words.h"

namespace composelint::cli {

ExitCode explain_command(const Words& words) {
  const auto parsed = parse_explain(words);
  if (const Answer* answer = std::get_if<Answer>(&parsed)) return show(*answer);
  const ExplainOptions& options = *std::get_if<ExplainOptions>(&parsed);
  if (const Rule* rule = find_rule(options.slug)) return show({report::explanation(*rule)});
  const auto known = configured_rules(options.config);
  if (!known) return complain(known.failure().message);
  const auto rule = std::find_if(known->rules.begin(), known->rules.end(),
                                 [&](const Rule* each) { return each->slug == options.slug; });
  if (rule == known->rules.end()) return complain(no_such_rule(options.slug, known->rules));
  return show({report::explanation(**rule)});
}

}  // namespace composelint::cli
