#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/certain_value.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

template <typename T>
bool differs(const std::optional<Located<T>>& a, const std::optional<Located<T>>& b) {
  if (a.has_value() != b.has_value()) return true;
  return a && a->known && b->known && a->value != b->value;
}

bool same_mounts(const Service& a, const Service& b) {
  return std::equal(a.mounts.begin(), a.mounts.end(), b.mounts.begin(), b.mounts.end(),
                    [](const Mount& x, const Mount& y) {
                      return x.type == y.type && x.source == y.source && x.target == y.target;
                    });
}

// What makes Compose recreate a container, as far as the files tell; empty: nothing.
std::string difference(const Service& a, const Service& b) {
  if (differs(a.image, b.image)) return "image";
  if (differs(a.command, b.command)) return "command";
  if (differs(a.entrypoint, b.entrypoint)) return "entrypoint";
  if (differs(a.restart, b.restart)) return "restart policy";
  for (const auto& [name, value] : a.environment) {
    const auto same = [&, &key = name](const auto& entry) { return entry.first == key; };
    const auto other = std::find_if(b.environment.begin(), b.environment.end(), same);
    if (other == b.environment.end()) return "environment (" + name + ")";
    const bool known = value.known && other->second.known;
    if (known && value.value != other->second.value) return "environment (" + name + ")";
  }
  if (a.environment.size() != b.environment.size()) return "environment";
  if (!same_mounts(a, b)) return "mounts";
  if (a.publishes_ports != b.publishes_ports) return "ports";
  // All that one of the files alone sets counts, too.
  static constexpr std::array<std::string_view, 12> kKeys = {
      "cap_add", "cap_drop", "container_name", "extra_hosts", "healthcheck", "hostname",
      "labels",  "logging",  "mem_limit",      "privileged",  "ulimits",     "user"};
  for (const std::string_view key : kKeys) {
    const bool set = a.attribute(key) != nullptr;
    if (set != (b.attribute(key) != nullptr)) return "setting of " + quoted(key);
  }
  return "";
}

struct Drift {
  const Service* service = nullptr;
  std::string what;
};

// A dependency of the service that the two readings of the project see differently.
std::optional<Drift> drift(const Project& up, const Project& run, const Service& service) {
  std::set<std::string> seen;
  std::vector<const Service*> open = {&service};
  while (!open.empty()) {
    const Service* next = open.back();
    open.pop_back();
    for (const DependsOn& on : next->depends_on) {
      const Service* here = run.service(on.service);
      const Service* there = up.service(on.service);
      if (here == nullptr || there == nullptr || !seen.insert(on.service).second) continue;
      if (std::string what = difference(*there, *here); !what.empty()) return Drift{here, what};
      open.push_back(here);
    }
  }
  return std::nullopt;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("run") || call.has("--no-deps") || call.opaque_options) return;
  const Argument* name = call.service();
  const Project* project = call.target.project;
  if (name == nullptr || project == nullptr || context.timeline() == nullptr) return;
  const Service* service = project->service(name->text);
  if (service == nullptr || project->partial) return;
  const Step* up = last_before(*context.timeline(), step, [&](const Step& other) {
    return other.call && other.call->is("up") && same_place(other, step) &&
           same_stack(*other.call, call);
  });
  if (up == nullptr || up->call->target.project == project) return;
  const Timeline& timeline = *context.timeline();
  if (!has_certain_stack(step, timeline) || !has_certain_stack(*up, timeline)) return;
  if (up->call->target.project->partial) return;
  const auto found = drift(*up->call->target.project, *project, *service);
  if (!found) return;
  Finding& finding = context.report(
      call.verb_span,
      quoted(short_form(call)) + " recreates the running " + quoted(found->service->name) +
          ": the files named here give it another " + found->what + " than those of `up`",
      {"run", name->text, found->service->name});
  finding.related.push_back({up->span, "brought up with other files here"});
  finding.related.push_back({found->service->span, "the service as `run` sees it"});
  if (auto fix = add_option(call, "--no-deps")) {
    fix->safety = FixSafety::kUnsafe;
    finding.fixes.push_back(std::move(*fix));
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose up -d --wait\n"
              "DB_TAG=17 docker compose run --rm app ./bin/report\n",
    .safe = "docker compose up -d --wait\ndocker compose run --rm app ./bin/report\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n    depends_on: [db]\n  db:\n    "
               "image: postgres:${DB_TAG:-16}\n",
}};

}  // namespace

COMPOSELINT_RULE(run_recreates_dependency) = {
    .slug = "run-recreates-dependency",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kWarning, .ci = Severity::kNote},
    .summary = "run under other files or variables than up recreates a running dependency",
    .rationale =
        "`run` brings what the service depends on to the state that its own files and variables "
        "describe. Where these differ from those of `up` (another `-f`, `--env-file`, or a "
        "variable of the shell), it recreates the running database on its way, and the next call "
        "without them flips it back (measured with Compose 2.26.1 and 2.40.3). `docker compose "
        "--dry-run run -d app true` shows what would be recreated.",
    .silent_on =
        "Other files that say the same of the dependencies. Projects that could not be read in "
        "full. `--no-deps`.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
