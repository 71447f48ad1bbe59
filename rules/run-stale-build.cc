#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool brings_source(const Step& step) {
  if (program_name(step) != "git" || step.place == Place::kContainer) return false;
  return std::any_of(step.argv.begin() + 1, step.argv.end(), [](const Argument& word) {
    return word.is("pull") || word.is("checkout") || word.is("reset") || word.is("switch") ||
           word.is("merge");
  });
}

// Anything that builds, or may.
bool builds(const Step& step) {
  if (const auto& call = step.call) {
    return call->is("build") || call->has("--build") || call->opaque_options || call->is("pull") ||
           (call->is("up") && call->has("--pull"));
  }
  if (step.docker)
    return step.docker->verb.find("build") != std::string::npos || step.docker->is("image pull");
  if (step.followed) return false;
  const std::string_view program = program_name(step);
  return program.empty() || program == "make" || program == "just" || program == "task" ||
         program.ends_with(".sh") || program == "npm" || program == "yarn";
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("run") || call.has("--build") || call.opaque_options ||
      step.place == Place::kContainer)
    return;
  const Argument* name = call.service();
  if (name == nullptr || call.target.project == nullptr || context.timeline() == nullptr) return;
  const Service* service = call.target.project->service(name->text);
  if (service == nullptr || !service->build) return;
  // Source that is mounted is there without a build.
  if (std::any_of(service->mounts.begin(), service->mounts.end(),
                  [](const Mount& mount) { return mount.type == "bind" || !mount.known; })) {
    return;
  }
  const Timeline& timeline = *context.timeline();
  const Step* source = last_before(timeline, step, [&](const Step& other) {
    return brings_source(other) && same_place(other, step);
  });
  if (source == nullptr) return;
  const std::size_t from = index_of(timeline, *source);
  const std::size_t to = index_of(timeline, step);
  if (timeline.reach(from, to) != Reach::kAlways) return;
  for (std::size_t i = from + 1; i < to; ++i) {
    if (builds(timeline.steps[i])) return;
  }
  Finding& finding =
      context.report(call.verb_span,
                     quoted(short_form(call)) +
                         " runs the image that is there, built before the source was renewed: " +
                         quoted(name->text) + " is built from it, and nothing builds in between",
                     key_of(call));
  finding.related.push_back({source->span, "new source comes in here"});
  finding.related.push_back({*service->build, "the image is built here"});
  if (auto fix = add_option(call, "--build")) {
    fix->safety = FixSafety::kUnsafe;
    finding.fixes.push_back(std::move(*fix));
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "git pull\ndocker compose run --rm app ./bin/migrate\n",
    .safe = "git pull\ndocker compose build app\ndocker compose run --rm app ./bin/migrate\n",
    .compose = "services:\n  app:\n    build: .\n",
}};

}  // namespace

COMPOSELINT_RULE(run_stale_build) = {
    .slug = "run-stale-build",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .summary = "run after new source, with no build in between",
    .rationale =
        "`run` builds an image only where there is none; a changed Dockerfile or source tree does "
        "not make it build again (measured with Compose 2.40.3). After `git pull` the migration of "
        "the old release runs, finds nothing to do and ends with 0.",
    .silent_on =
        "Services with a bind mount, whose source may be there without a build. Scripts that build "
        "or pull in between, or run something that may. Services without `build`.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
