#include <composelint/data_task.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/sequence.h>
#include <composelint/wording.h>

#include <array>

namespace composelint::rules {
namespace {

// Applications whose own instructions have their upgrade run in the live container: code, cron and
// maintenance mode are in there.
bool upgrades_in_place(const Step& step) {
  static constexpr std::array<std::string_view, 7> kPrograms = {
      "occ ", "gitlab-", "bench ", "discourse", "wp ", "drush", "magento"};
  return has_one_of(task_words(step) + " ", kPrograms);
}

bool serves(const Service& service) {
  return role_of(service) != ServiceRole::kOneOff;
}

// The new release has been brought up before: it serves on the old schema meanwhile.
const Step* started_before(const Timeline& timeline, const Step& step) {
  return last_before(timeline, step, [&](const Step& other) {
    return other.call && other.call->is("up") && same_place(other, step) &&
           may_share_stack(*other.call, *step.call);
  });
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("exec") || !applies_a_migration(step) || context.timeline() == nullptr) return;
  if (call.opaque_options || acts_in_database(step) || upgrades_in_place(step)) return;
  const Argument* name = call.service();
  const Service* service = service_of(step);
  if (name == nullptr || (service != nullptr && !serves(*service))) return;
  if (context.ask({Claim::kWritersPaused, Phase::kBefore, step}).truth != Truth::kRefuted) return;
  Finding& finding = context.report(
      asked_at(step, call.verb_span),
      quoted(short_form(call)) + " migrates (" + step.effect_name +
          ") inside the container that serves at the moment: whatever restarts that kills the "
          "migration half-way",
      key_of(call));
  if (const Step* up = started_before(*context.timeline(), step)) {
    finding.related.push_back({up->span, "what this started is serving on the old schema"});
  }
  if (service != nullptr) finding.related.push_back({service->span, "the service"});
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -T app python manage.py migrate\n",
    .safe = "docker compose run --rm -T app python manage.py migrate\n",
}};

}  // namespace

COMPOSELINT_RULE(migration_via_exec) = {
    .slug = "migration-via-exec",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "A migration runs inside the container that serves users",
    .rationale =
        "`exec` joins the container that is up: its code is that of the last `up`, not of the "
        "image that was pulled or built since, it needs the application to run on the old schema "
        "first, and it shares its memory and its end. When the container is stopped, killed or "
        "recreated meanwhile, the migration dies with it (exit code 137, measured with Compose "
        "2.40.3); an interrupted `exec` leaves it running unseen. `run --rm` gives it a container "
        "of its own; the line mostly has to move as well, in front of the `up`, so no edit is "
        "offered. Developers' scripts are not reported: their container serves nobody, and two "
        "of three migrations in public repositories are theirs.",
    .silent_on =
        "Scripts that have stopped or paused services or switched maintenance mode on, or may "
        "have. Database services and database clients, whose container is the one to be in. "
        "Services that are made for such tasks. Applications that upgrade in place by their own "
        "instructions (occ, drush, wp, bench, gitlab-ctl).",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
