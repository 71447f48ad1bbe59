#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/reports/repeated.h"

namespace composelint::rules {
namespace {

// A word of the name that only jobs have.
bool named_for_a_job(std::string_view name) {
  static constexpr std::array<std::string_view, 14> kWords = {
      "migrate", "migration", "migrations",    "migrator", "init",      "initdb", "seed",
      "seeder",  "setup",     "createbuckets", "prestart", "liquibase", "flyway", "bootstrap"};
  std::string word;
  for (const char c : std::string(name) + '-') {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      word += c;
      continue;
    }
    if (std::find(kWords.begin(), kWords.end(), word) != kWords.end()) return true;
    word.clear();
  }
  return false;
}

bool stays(const Service& service) {
  static constexpr std::array<std::string_view, 6> kStaying = {"sleep", "tail",  "while",
                                                               "serve", "watch", "server"};
  const auto says = [](const std::optional<Located<std::vector<std::string>>>& words) {
    if (!words) return false;
    return std::any_of(words->value.begin(), words->value.end(), [](const std::string& word) {
      return std::any_of(kStaying.begin(), kStaying.end(), [&](std::string_view staying) {
        return word.find(staying) != std::string::npos;
      });
    });
  };
  const std::string restart = service.restart ? service.restart->value : "no";
  return has_check(service) || service.publishes_ports || service.replicas == 0 ||
         restart == "always" || restart == "unless-stopped" || says(service.command) ||
         says(service.entrypoint);
}

bool is_awaited(const std::vector<const Service*>& started, const Service& job) {
  return std::any_of(started.begin(), started.end(), [&](const Service* other) {
    return std::any_of(
        other->depends_on.begin(), other->depends_on.end(), [&](const DependsOn& on) {
          return on.service == job.name && on.condition == "service_completed_successfully";
        });
  });
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("up") || !call.has("--wait") || call.opaque_options) return;
  if (call.target.project == nullptr || step.status == StatusUse::kDiscarded) return;
  const auto started = started_by(call);
  for (const Service* service : started) {
    if (!named_for_a_job(service->name) || stays(*service) || is_awaited(started, *service)) {
      continue;
    }
    Finding& finding =
        context.report(call.option("--wait")->span,
                       quoted("up --wait") + " fails once " + quoted(service->name) +
                           " is done: it waits for a container that runs, and this one exits",
                       {"up", service->name});
    finding.related.push_back({service->span, quoted(service->name) + " is declared here"});
  }
}

// One line of the compose file mends them all.
void on_findings(const WorkspaceFacts&, std::span<Finding* const> findings) {
  std::map<std::pair<const SourceFile*, std::uint32_t>, std::vector<Finding*>> jobs;
  for (Finding* finding : findings) {
    if (finding->severity == Severity::kOff || finding->related.empty()) continue;
    const Span job = finding->related.front().span;
    jobs[{job.file, job.begin}].push_back(finding);
  }
  for (auto& [job, all] : jobs) {
    std::stable_sort(all.begin(), all.end(),
                     [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
    for (Finding* other : std::span(all).subspan(1)) merge_into(*all.front(), *other);
    const std::size_t more = all.size() - 1;
    if (more == 0) continue;
    all.front()->message +=
        "; so it is with " + std::to_string(more) + " more " + (more == 1 ? "call" : "calls");
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose up -d --wait",
    .safe = "docker compose up -d --wait web",
    .compose = "services:\n"
               "  web:\n"
               "    image: example/web:1.4\n"
               "  migrate:\n"
               "    image: example/web:1.4\n"
               "    command: ./bin/migrate\n",
}};

}  // namespace

COMPOSELINT_RULE(wait_on_one_shot) = {
    .slug = "wait-on-one-shot",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "up --wait starts a service that ends by itself",
    .rationale =
        "`--wait` waits until every container runs or is healthy. One that has done its work is "
        "neither: `container … exited (0)`, exit code 1, and a script with errexit stops on a "
        "stack that is fine (measured with Compose 2.40.3). As the dependency of a service that "
        "waits for it with `condition: service_completed_successfully` the job does no harm. Told "
        "once for each job, however many calls wait.",
    .silent_on =
        "Jobs that a started service waits for, or whose profile is not active. Services with a "
        "healthcheck, published ports, `restart: always`, a command that stays, and all whose name "
        "is not that of a job.",
    .examples = kExamples,
    .on_invocation = on_invocation,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
