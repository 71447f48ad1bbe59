#include <composelint/lower_case.h>
#include <composelint/nearest.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"

namespace composelint::rules {
namespace {

constexpr std::array<std::string_view, 4> kPolicies = {"always", "no", "on-failure",
                                                       "unless-stopped"};

// What comes behind `:` is for on-failure alone.
bool is_policy(std::string_view text) {
  return text.empty() || text.starts_with("on-failure:") ||
         std::find(kPolicies.begin(), kPolicies.end(), text) != kPolicies.end();
}

// What `never` and the policies of other engines mean.
std::string_view meant(std::string_view text) {
  const std::string word = lower_case(text.substr(0, text.find(':')));
  if (word == "never" || word == "none" || word == "false") return "no";
  if (word == "yes" || word == "true" || word == "any") return "always";
  for (const std::string_view policy : kPolicies) {
    if (policy == word) return policy;
  }
  return nearest(word, kPolicies);
}

std::string why(std::string_view text) {
  const std::string_view word = text.substr(0, text.find(':'));
  if (word.size() < text.size() && is_policy(word)) {
    return "a number of tries goes with " + quoted("on-failure") + " alone";
  }
  return "there are " + quoted("no") + ", " + quoted("always") + ", " + quoted("on-failure") +
         " and " + quoted("unless-stopped");
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  const Value* restart = service.attribute("restart");
  if (restart == nullptr || !restart->known || !restart->is_string()) return;
  if (is_template(service, project) || is_policy(restart->text)) return;
  Finding& finding =
      context.report(place_of(*restart, service),
                     quoted(restart->text) + " is no restart policy: the engine refuses it, and " +
                         quoted(service.name) + " is not created; " + why(restart->text),
                     {service.name, restart->text});
  const std::string_view better = meant(restart->text);
  const std::string_view written = restart->span.text();
  if (better.empty() || written.find(restart->text) == written.npos) return;
  const bool quotes = written.starts_with('"') || written.starts_with('\'');
  const auto begin = restart->span.begin + static_cast<std::uint32_t>(written.find(restart->text));
  const auto end = begin + static_cast<std::uint32_t>(restart->text.size());
  const std::string text =
      quotes || better != "no" ? std::string(better) : '"' + std::string(better) + '"';
  finding.fixes.push_back({"Write " + std::string(better),
                           FixSafety::kUnsafe,
                           {{{restart->span.file, begin, end}, text}}});
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n  migrate:\n    image: example/app:1.4\n    restart: never\n",
    .safe = "services:\n  migrate:\n    image: example/app:1.4\n    restart: \"no\"\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(unknown_restart_policy) = {
    .slug = "unknown-restart-policy",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "A restart policy is not one that the engine knows",
    .rationale =
        "`docker compose config` takes any word behind `restart:` and says nothing; the engine "
        "does not: `invalid restart policy 'never'`, and `up` ends there (measured with Compose "
        "2.40.3 and engine 20.10: `never`, `yes`, `No`, `on_failure`; `always:3` as well, as a "
        "number of tries goes with `on-failure` alone). A one-shot service that is not to come "
        "back has `restart: \"no\"`, or no policy at all.",
    .silent_on =
        "Policies that hang on a variable nobody set. Services that are only there for others to "
        "be made from. `deploy.restart_policy`, which has words of its own.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_service = on_service,
};

}  // namespace composelint::rules
