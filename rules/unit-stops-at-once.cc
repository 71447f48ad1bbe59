#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// The last value of `key` in the unit; empty where it is not set.
std::string_view setting(const SourceFile& unit, std::string_view key) {
  std::string_view found;
  for (std::uint32_t line = 1; line <= unit.line_count(); ++line) {
    const std::string_view text = unit.line_text(line);
    if (!text.starts_with(key)) continue;
    std::string_view value = text.substr(key.size());
    value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
    if (!value.starts_with('=')) continue;
    value.remove_prefix(1);
    value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
    found = value.substr(0, value.find_last_not_of(" \t\r") + 1);
  }
  return found;
}

bool stays_active(const SourceFile& unit) {
  const std::string_view type = setting(unit, "Type");
  // Others say by themselves when they are up.
  if (!type.empty() && type != "simple" && type != "exec" && type != "oneshot") return true;
  const std::string_view remains = setting(unit, "RemainAfterExit");
  return !remains.empty() && remains != "no" && remains != "false" && remains != "0" &&
         remains != "off";
}

const Step* last_call(const Timeline& task, bool (*wanted)(const ComposeInvocation&)) {
  for (std::size_t i = task.steps.size(); i-- > 0;) {
    const Step& step = task.steps[i];
    if (step.call && step.place == Place::kHost && wanted(*step.call)) return &step;
  }
  return nullptr;
}

void on_file(std::span<const Timeline* const> tasks, RuleContext& context) {
  if (tasks.empty() || tasks.front()->file == nullptr) return;
  const SourceFile& unit = *tasks.front()->file;
  if (!std::string_view(unit.path()).ends_with(".service") || stays_active(unit)) return;
  const Step* start = nullptr;
  const Step* stop = nullptr;
  for (const Timeline* task : tasks) {
    if (task->task == "start") {
      start = last_call(*task, [](const ComposeInvocation& call) {
        return (call.is("up") && (call.has("--detach") || call.has("--wait"))) || call.is("start");
      });
      // Something that is not understood, behind it, may stay.
      if (start != nullptr && start != &task->steps.back()) return;
    } else if (task->task == "stop") {
      stop = last_call(*task, [](const ComposeInvocation& call) {
        return call.is("down") || call.is("stop") || call.is("rm") || call.is("kill");
      });
    }
  }
  if (start == nullptr || stop == nullptr) return;
  if (!may_share_stack(*start->call, *stop->call)) return;
  Finding& finding = context.report(
      start->call->verb_span,
      quoted(start->call->verb) +
          " comes back at once, and the unit is over with it: systemd runs " +
          quoted(stop->call->verb) + " on " + line_of(*stop, start->call->verb_span) +
          " right behind, and the stack is gone",
      {start->call->verb, stop->call->verb});
  finding.related.push_back({stop->span, "runs as soon as the command above has ended"});
}

constexpr Example kExamples[] = {{
    .unsafe = "[Service]\n"
              "WorkingDirectory=/srv/app\n"
              "ExecStart=docker compose up -d\n"
              "ExecStop=docker compose down\n",
    .safe = "[Service]\n"
            "Type=oneshot\n"
            "RemainAfterExit=yes\n"
            "WorkingDirectory=/srv/app\n"
            "ExecStart=docker compose up -d\n"
            "ExecStop=docker compose down\n",
    .file = "app.service",
}};

}  // namespace

COMPOSELINT_RULE(unit_stops_at_once) = {
    .slug = "unit-stops-at-once",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kError, .ci = Severity::kError},
    .summary = "A unit of systemd takes the stack down as soon as it has started it",
    .rationale =
        "A service unit is active while the process of `ExecStart` runs. `up -d` ends when the "
        "containers run, so the unit is over. systemd performs the stop operation for every unit "
        "that has started, also where its processes ended by themselves (systemd.service(5), "
        "`ExecStop`), and `down` removes what was just started. `RemainAfterExit=yes`, mostly with "
        "`Type=oneshot`, keeps the unit active until it is stopped. Read in the manual of systemd "
        "252, not measured.",
    .silent_on =
        "Units with `RemainAfterExit`, with another `Type` than simple, exec and oneshot, with an "
        "attached `up`, and those that stop nothing.",
    .examples = kExamples,
    .on_file = on_file,
};

}  // namespace composelint::rules
