#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool names_data_work(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kParts = {
      "alembic", "db:", "fixtures", "import", "loaddata", "migrat", "restore", "seed"};
  return std::any_of(kParts.begin(), kParts.end(),
                     [&](auto part) { return text.find(part) != std::string_view::npos; });
}

// A job that changes data; those that set permissions or create buckets may run as often as they
// like.
bool changes_data(const Service& job) {
  if (names_data_work(job.name)) return true;
  return job.command && std::any_of(job.command->value.begin(), job.command->value.end(),
                                    [](const std::string& word) { return names_data_work(word); });
}

const DependsOn* job_of(const Project& project, const Service& service) {
  std::set<std::string> seen;
  std::vector<const Service*> open = {&service};
  while (!open.empty()) {
    const Service* next = open.back();
    open.pop_back();
    for (const DependsOn& on : next->depends_on) {
      const Service* other = project.service(on.service);
      if (other == nullptr || !seen.insert(other->name).second) continue;
      if (on.condition == "service_completed_successfully" && changes_data(*other)) return &on;
      open.push_back(other);
    }
  }
  return nullptr;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("run") || call.has("--no-deps") || call.opaque_options) return;
  // A migration is what the job does anyway, and a test or a shell in it is no surprise.
  if (call.effect == Effect::kMigrates || step.place == Place::kContainer) return;
  const Argument* name = call.service();
  const Project* project = call.target.project;
  if (name == nullptr || project == nullptr) return;
  const Service* service = project->service(name->text);
  const DependsOn* on = service == nullptr ? nullptr : job_of(*project, *service);
  if (on == nullptr) return;
  Finding& finding =
      context.report(call.verb_span,
                     quoted(short_form(call)) + " runs the job " + quoted(on->service) +
                         " once more before it, as " + quoted(name->text) + " depends on its end",
                     {"run", name->text, on->service});
  finding.related.push_back({on->span, "the dependency on the job"});
  if (auto fix = add_option(call, "--no-deps")) {
    fix->safety = FixSafety::kUnsafe;
    finding.fixes.push_back(std::move(*fix));
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose run --rm app ./bin/report\n",
    .safe = "docker compose run --rm --no-deps app ./bin/report\n",
    .compose =
        "services:\n  app:\n    image: example/app:1.4\n    depends_on:\n      migrate:\n     "
        "   condition: service_completed_successfully\n  migrate:\n    image: "
        "example/app:1.4\n",
}};

}  // namespace

COMPOSELINT_RULE(run_repeats_job) = {
    .slug = "run-repeats-job",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "A report or an admin command runs a migration job again on its way",
    .rationale =
        "A job that another service awaits with `service_completed_successfully` is run again by "
        "every `run` of that service: that it has ended well before does not count (measured with "
        "Compose 2.40.3). Whoever runs a report with a newer image migrates the database that way. "
        "`--no-deps` leaves the job out.",
    .silent_on =
        "Jobs that are not known to change data by their name or command. Runs that migrate "
        "themselves. Developers' scripts and continuous integration.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
