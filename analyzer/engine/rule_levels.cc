#include "analyzer/engine/rule_levels.h"

namespace composelint::engine {

namespace {

bool speaks_somewhere(const Severities& in) {
  return in.ops != Severity::kOff || in.dev != Severity::kOff || in.ci != Severity::kOff ||
         in.docs != Severity::kOff;
}

}  // namespace

std::optional<Severity> RuleLevel::told(const Rule& rule, Context context) const {
  if (const auto here = in[static_cast<std::size_t>(context)]) return here;
  if (!all) return std::nullopt;
  const bool silent = rule.severity.in(context) == Severity::kOff;
  return silent && speaks_somewhere(rule.severity) ? Severity::kOff : *all;
}

std::optional<Severity> severity_named(std::string_view word) {
  for (const Severity each :
       {Severity::kOff, Severity::kNote, Severity::kWarning, Severity::kError}) {
    if (to_string(each) == word) return each;
  }
  return std::nullopt;
}

std::optional<Context> context_named(std::string_view word) {
  for (const Context each : {Context::kOps, Context::kDev, Context::kCi, Context::kDocs}) {
    if (to_string(each) == word) return each;
  }
  return std::nullopt;
}

}  // namespace composelint::engine
