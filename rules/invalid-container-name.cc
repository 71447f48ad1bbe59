#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/once_a_file.h"

namespace composelint::rules {
namespace {

bool is_letter_or_digit(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 && static_cast<unsigned char>(c) < 128;
}

bool may_follow(char c) {
  return is_letter_or_digit(c) || c == '_' || c == '.' || c == '-';
}

bool is_name(std::string_view name) {
  if (name.starts_with('/')) name.remove_prefix(1);  // the engine takes it off
  return name.size() > 1 && is_letter_or_digit(name.front()) &&
         std::all_of(name.begin(), name.end(), may_follow);
}

// "my app!" becomes "my-app".
std::string made_valid(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (may_follow(c) && (!out.empty() || is_letter_or_digit(c))) {
      out += c;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  while (out.ends_with('-')) out.pop_back();
  return is_name(out) ? out : std::string();
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  const Value* name = service.attribute("container_name");
  if (name == nullptr || !name->known || !name->is_string() || is_template(service, project)) {
    return;
  }
  if (name->text.empty() || is_name(name->text)) return;
  const bool short_one = name->text.size() == 1 && is_letter_or_digit(name->text.front());
  Finding& finding = context.report(
      place_of(*name, service),
      quoted(name->text) + " is no container name: " +
          (short_one ? "it needs two characters at least, and Compose refuses the project"
                     : "it begins with a letter or digit and goes on with those, `_`, `.` and `-`, "
                       "and " +
                           quoted(service.name) + " is not created"),
      {service.name, name->text});
  const std::string better = made_valid(name->text);
  const std::string_view written = name->span.text();
  if (better.empty() || written.find(name->text) == written.npos) return;
  const auto begin = name->span.begin + static_cast<std::uint32_t>(written.find(name->text));
  const auto end = begin + static_cast<std::uint32_t>(name->text.size());
  finding.fixes.push_back(
      {"Write " + better, FixSafety::kUnsafe, {{{name->span.file, begin, end}, better}}});
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n  app:\n    image: example/app:1.4\n    container_name: \"shop: app\"\n",
    .safe = "services:\n  app:\n    image: example/app:1.4\n    container_name: shop-app\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(invalid_container_name) = {
    .slug = "invalid-container-name",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "A container name holds what no container name may",
    .rationale =
        "The engine takes `[a-zA-Z0-9][a-zA-Z0-9_.-]+` and nothing else. Compose's own check asks "
        "for such a piece anywhere in the name: it refuses `c`, which is too short, and lets "
        "`shop: app` pass, `config` with exit code 0 (measured with 2.40.3); `up` then stops with "
        "\"Invalid container name\".",
    .silent_on = "Names that hang on a variable nobody set.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_service = on_service,
    .on_findings = tell_once_a_file,
};

}  // namespace composelint::rules
