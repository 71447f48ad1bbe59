#include <composelint/evidence.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/signs/data/database_use.h"
#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/files/plain_image.h"
#include "analyzer/signs/stacks/dependency_condition.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/steps/may_fail.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

const DependsOn* started_only(const Service& user, const Service& database) {
  const auto found =
      std::find_if(user.depends_on.begin(), user.depends_on.end(), [&](const DependsOn& on) {
        return on.service == database.name && on.condition == "service_started";
      });
  return found == user.depends_on.end() ? nullptr : &*found;
}

// `condition: service_started` is written there, and nothing else says service_started.
std::optional<Fix> await_it(const DependsOn& on) {
  constexpr std::string_view kWritten = "service_started";
  const std::string_view text = on.span.text();
  const std::size_t at = text.find(kWritten);
  if (at == std::string_view::npos) return std::nullopt;
  const auto begin = on.span.begin + static_cast<std::uint32_t>(at);
  const Span place{on.span.file, begin, begin + static_cast<std::uint32_t>(kWritten.size())};
  return Fix{"Wait for its health", FixSafety::kUnsafe, {{place, "service_healthy"}}};
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("run") || call.has("--no-deps") || context.timeline() == nullptr) return;
  if (step.place == Place::kContainer) return;
  const Timeline& timeline = *context.timeline();
  const Service* database = needed_database(timeline, step);
  if (database == nullptr || may_fail(timeline, step) || tries_again(step)) return;
  const Service& user = *call.target.project->service(call.service()->text);
  const DependsOn* on = started_only(user, *database);
  if (on == nullptr || awaited_by(started_by(call), *database)) return;
  const LifeFact fact = life_of(timeline, step, *database, call);
  if (fact.life != Life::kStopped) return;
  if (context.ask({Claim::kReady, Phase::kBefore, step}).truth != Truth::kRefuted) return;
  const std::string& name = database->name;
  Finding& finding = context.report(
      call.verb_span,
      quoted(short_form(call)) + " starts " + quoted(name) + ", which " +
          line_of(*fact.step, call.verb_span) +
          " stopped, and does not wait until it answers: `depends_on` asks for no more than a "
          "started container",
      key_of(call));
  finding.related.push_back({fact.step->span, "stopped here"});
  finding.related.push_back({on->span, "only its start is waited for"});
  if (!has_check(*database)) return;
  const Span check = database->healthcheck->span;
  if (!is_read_with(*call.target.project, check.file, on->span)) return;
  if (auto fix = await_it(*on)) finding.fixes.push_back(std::move(*fix));
}

void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    if (may_wait_at_its_start(facts, finding->span)) finding->severity = Severity::kOff;
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose down\ndocker compose run --rm app python manage.py migrate\n",
    .safe = "docker compose down\n"
            "docker compose up -d --wait db\n"
            "docker compose run --rm app python manage.py migrate\n",
    .compose = "services:\n"
               "  app:\n"
               "    image: example/app:1.4\n"
               "    entrypoint: []\n"
               "    depends_on: [db]\n"
               "  db:\n"
               "    image: postgres:16\n",
}};

}  // namespace

COMPOSELINT_RULE(dependency_not_awaited) = {
    .slug = "dependency-not-awaited",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kNote},
    .summary = "run starts the database that its task needs, and does not wait for it",
    .rationale =
        "`run` starts what `depends_on` names. In the short form, and with `condition: "
        "service_started`, it waits for the container alone: the task got `Connection refused`, "
        "exit code 2, on a fresh volume; with `condition: service_healthy` it waited six seconds "
        "and succeeded (measured with Compose 2.40.3, PostgreSQL 15).",
    .silent_on =
        "Tasks that are not known to use the database. Databases that the script has not stopped "
        "before: they mostly run already. Scripts that wait in between, or may. Images whose "
        "entrypoint may wait: all that are not known to bring none, unless the project or the call "
        "says which it is.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_invocation = on_invocation,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
