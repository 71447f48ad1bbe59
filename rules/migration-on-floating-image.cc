#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// The tag that the file names; empty without one, nothing for a digest.
std::optional<std::string_view> tag_of(std::string_view image) {
  if (image.find('@') != std::string_view::npos) return std::nullopt;
  const std::string_view name = file_name(image);
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? std::string_view() : name.substr(colon + 1);
}

bool floats(std::string_view image) {
  static constexpr std::array<std::string_view, 13> kTags = {
      "",     "canary", "dev",     "develop", "edge",   "head",    "latest",
      "main", "master", "nightly", "rolling", "stable", "unstable"};
  const auto tag = tag_of(image);
  return tag && std::find(kTags.begin(), kTags.end(), *tag) != kTags.end();
}

// `${TAG:-latest}`: the machine that it runs on may say which.
bool may_be_set_elsewhere(const Located<std::string>& image) {
  if (!image.known) return true;
  if (!image.from.steps) return false;
  return std::any_of(image.from.steps->begin(), image.from.steps->end(),
                     [](const OriginStep& step) { return step.kind == OriginKind::kVariable; });
}

// The release is written down before, by whatever tells it.
bool tells_release(const Step& step) {
  static constexpr std::array<std::string_view, 5> kTells = {"inspect", "images", "image ls",
                                                             "digest", "--version"};
  return has_one_of(task_words(step), kTells);
}

// `docker build -t app:latest .`, `docker tag … app:latest`: made here, and pulled from nowhere.
bool is_made_in(const Timeline& timeline, std::string_view image) {
  const auto names_it = [&](const Step& step) {
    const std::vector<Argument>& words = step.argv;
    const auto has = [&](const char* verb) {
      return std::any_of(words.begin(), words.end(),
                         [&](const Argument& word) { return word.is(verb); });
    };
    if (program_name(step) != "docker" || step.call) return false;
    if (has("tag")) return same_image(words.back().text, image);
    if (!has("build")) return false;
    for (std::size_t i = 1; i < words.size(); ++i) {
      std::string_view text = words[i].text;
      const bool apart = words[i - 1].is("-t") || words[i - 1].is("--tag");
      if (text.starts_with("--tag=")) text.remove_prefix(6);
      if ((apart || words[i].text.starts_with("--tag=")) && words[i].known() &&
          same_image(text, image)) {
        return true;
      }
    }
    return false;
  };
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), names_it);
}

bool is_made_here(const WorkspaceFacts& facts, std::string_view image) {
  return std::any_of(facts.tasks.begin(), facts.tasks.end(),
                     [&](const TaskView& task) { return is_made_in(*task.timeline, image); });
}

// `pull` and no `build`: the file may have both for the service, the script takes the registry's.
bool is_pulled_for(const Timeline& timeline, const Step& step, const Service& service) {
  const auto acts = [&](const Step& other) {
    return other.call && !other.call->opaque_options && same_stack(*other.call, *step.call) &&
           reaches_service(*other.call, service);
  };
  const auto builds = [&](const Step& other) {
    return acts(other) && (other.call->is("build") || other.call->has("--build"));
  };
  const Step* pull = last_before(timeline, step, [&](const Step& other) {
    return acts(other) && other.call->is("pull") && !other.call->has("--ignore-buildable") &&
           other.status != StatusUse::kDiscarded;
  });
  return pull != nullptr && !step.call->has("--build") &&
         std::none_of(timeline.steps.begin(), timeline.steps.end(), builds) &&
         timeline.reach(index_of(timeline, *pull), index_of(timeline, step)) == Reach::kAlways;
}

void look_at(const Step& step, const TaskView& task, const WorkspaceFacts& facts,
             RuleContext& context) {
  if (!applies_a_migration(step) || !step.call) return;
  const ComposeInvocation& call = *step.call;
  if (!(call.is("run") || call.is("exec")) || call.opaque_options || acts_in_database(step)) return;
  // WordPress lies on a volume and fetches its own releases: the image is only what runs it.
  if (step.effect_name.starts_with("WordPress")) return;
  const Service* service = service_of(step);
  if (service == nullptr || !service->image) return;
  const bool pulled = is_pulled_for(*task.timeline, step, *service);
  if (service->build && !pulled) return;
  const std::string& image = service->image->value;
  if (may_be_set_elsewhere(*service->image) || !floats(image)) return;
  if (last_before(*task.timeline, step, tells_release) != nullptr) return;
  // What another script builds goes to the registry, where the script pulls.
  if (pulled ? is_made_in(*task.timeline, image) : is_made_here(facts, image)) return;
  const auto tag = tag_of(image);
  const std::string which = tag->empty() ? "no tag" : "the tag " + quoted(*tag);
  Finding& finding = context.report(
      asked_at(step, call.verb_span),
      quoted(short_form(call)) + " migrates with whatever was pulled last: " + quoted(image) +
          " has " + which + ", and no file says which release the schema then belongs to",
      key_of(call));
  finding.severity = context.severity_in(task.context);
  finding.context = to_string(task.context);
  finding.related.push_back({service->image->from.span, "the image"});
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const TaskView& task : facts.tasks) {
    if (context.severity_in(task.context) == Severity::kOff) continue;
    for (const Step& step : task.timeline->steps) look_at(step, task, facts, context);
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose pull\ndocker compose run --rm app python manage.py migrate\n",
    .safe = "docker compose pull\ndocker compose images\n"
            "docker compose run --rm app python manage.py migrate\n",
    .compose = "services:\n  app:\n    image: example/app:latest\n",
}};

}  // namespace

COMPOSELINT_RULE(migration_on_floating_image) = {
    .slug = "migration-on-floating-image",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kOff, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "A migration runs from an image whose release nobody knows",
    .rationale =
        "The way back from a migration is the old release together with a dump that fits it. With "
        "`latest`, another moving tag or none the old image loses its name with the next pull "
        "(`ps` then shows a bare `sha256:…`, measured with Compose 2.40.3), and the compose file "
        "does not say which release the schema belongs to. A version in the file, or a line of "
        "the script that records the image, is enough.",
    .silent_on =
        "Images that are built from the project's source (unless the script pulls them, and "
        "builds nothing), that have a digest, or whose tag comes out of a variable: the machine "
        "may set it. Scripts that look at the image first (`compose images`, `docker inspect`). "
        "Database services. WordPress, which lies on a volume and fetches its releases itself.",
    .examples = kExamples,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules
