#include <composelint/lower_case.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/destructive_recipe.h"
#include "analyzer/signs/data/said_destruction.h"
#include "analyzer/signs/files/pipeline_file.h"
#include "analyzer/signs/images/image_to_go_back_to.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/reports/once_a_run.h"
#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/stacks/fresh_machine.h"
#include "analyzer/signs/stacks/listed_containers.h"
#include "analyzer/signs/stacks/swept.h"
#include "analyzer/signs/steps/asked_by_callers.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/all_by_name.h"
#include "analyzer/signs/words/allowed_there.h"
#include "analyzer/signs/words/called_clean_up.h"
#include "analyzer/signs/words/said_clean_up.h"
#include "analyzer/signs/words/told_above.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// `yes | docker system prune`, `echo y |`, `<<< y`.
bool is_answered(const Timeline& timeline, const Step& step) {
  if (step.in.kind == StreamKind::kHere) return true;
  return step.pipeline != 0 &&
         std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& other) {
           const std::string_view program = program_name(other);
           return other.pipeline == step.pipeline && &other != &step &&
                  (program == "yes" || program == "echo" || program == "printf");
         });
}

// `force=''`, and `force='-f'` where an option asks for it: without that docker asks.
bool asks_unless_told(const Step& step) {
  const OptionUse* force = step.docker->option("--force");
  if (force == nullptr || force->span.file == nullptr) return false;
  const Span place = force->span;
  if (place.file == step.span.file && step.span.begin <= place.begin && place.end <= step.span.end)
    return false;
  const std::uint32_t number = place.file->line_of(place.begin);
  const std::string_view line = place.file->line_text(number);
  const std::string_view front = line.substr(0, place.begin - place.file->line_begin(number));
  const std::size_t equals = front.rfind('=');
  if (equals == std::string_view::npos) return false;
  const std::size_t begin = front.substr(0, equals).find_last_of(" \t;&|(") + 1;  // npos + 1 is 0
  const std::string sets = std::string(front.substr(begin, equals - begin)) + "=";
  const std::string_view before = place.file->bytes().substr(0, place.begin - front.size() + begin);
  return sets.size() > 1 && (before.find(sets + "''") != std::string_view::npos ||
                             before.find(sets + "\"\"") != std::string_view::npos ||
                             before.find(sets + "\n") != std::string_view::npos);
}

// `[ "$PRUNE_VOLUMES" = true ]`, which is off unless somebody asks for it.
bool is_asked_for(const Timeline& timeline, const Step& step) {
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    const bool tests = branch.kind == BranchKind::kIf || branch.kind == BranchKind::kAnd;
    if (!tests || way.arm != 0 || branch.condition.file == nullptr) return false;
    const std::string_view test = branch.condition.text();
    return lower_case(test).find("prune") != std::string::npos && is_chosen(test) &&
           !is_on_by_default(branch.condition.file->bytes(), test);
  });
}

// The one project that the script is about.
const Project* project_of(const Timeline& timeline) {
  const Project* found = nullptr;
  for (const Step& step : timeline.steps) {
    if (!step.call) continue;
    const Project* project = step.call->target.project;
    if (project == nullptr || (found != nullptr && found->name.value != project->name.value)) {
      return nullptr;
    }
    found = project;
  }
  return found;
}

// Whether the filter by the project's label finds anything: containers have it, images that Compose
// has built, and named volumes. The name of the checkout's directory is no name to write down.
bool has_its_label(const DockerInvocation& call, const Project& project) {
  if (!project.name.from.span) return false;
  if (call.is("volume prune")) return call.has("--all");
  return !call.is("image prune") ||
         std::any_of(project.services.begin(), project.services.end(),
                     [](const Service& service) { return service.build.has_value(); });
}

// `clean-all: ## Remove all unused Docker objects`
bool is_told_by_its_help(const Step& step) {
  const std::string help = lower_case(recipe_of(step).help);
  const auto has = [&](std::string_view word) { return help.find(word) != std::string::npos; };
  return (has("remov") || has("delet") || has("prune")) && has(" all ") &&
         (has("unused") || has("docker "));
}

// A target `prune` or `docker-prune`: whoever types that wants it, and who has it run by another
// target does not, unless that is a clean-up, too.
bool is_a_prune_by_name(const Timeline& timeline, const Step& step) {
  const std::string name = recipe_of(step).name;
  return step.docker->verb.ends_with(" prune") && has_part(name, "prune") &&
         (name == timeline.task || names_a_cleanup(timeline.task));
}

// "Delete all unused volumes of this machine?" is no question about one stack.
bool speaks_of_all(const Timeline& timeline, const Step& question) {
  static constexpr std::array<std::string_view, 5> kWords = {"all ", "machine", "prune", "unused",
                                                             "volume"};
  std::string text(question.span.text());
  // A menu, and what is told in front of a question that is asked twice.
  const std::size_t here = index_of(timeline, question);
  if (here > 0) text += timeline.steps[here - 1].span.text();
  for (std::size_t at = here; at-- > 0;) {
    const Step& before = timeline.steps[at];
    const bool idle = program_name(before) == "true" || before.out.kind == StreamKind::kCaptured;
    if (!before.asks && !only_says(before) && !idle) break;
    text += before.span.text();
  }
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

// Whatever runs has its image, which the release that comes next leaves to go back to.
bool is_before_the_release(const Timeline& timeline, const Step& step) {
  const auto drives = [](const Step& other) { return other.call.has_value(); };
  const Step* next = first_after(timeline, step, drives);
  return last_before(timeline, step, drives) == nullptr && next != nullptr &&
         (next->call->is("pull") || next->call->is("up"));
}

// `if [ ! -f .env ]` around it: the stack is set up for the first time.
bool is_first_setup(const Timeline& timeline, const Step& step) {
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    if (branch.kind != BranchKind::kIf || way.arm != 0 || !branch.condition) return false;
    const std::string_view test = branch.condition.text();
    const std::size_t at = test.find("! -");
    const std::size_t end = at == test.npos ? at : test.find_first_of("]|&", at);
    return at != test.npos && test.substr(at, end - at).find(".env") != test.npos;
  });
}

// It brings a release to a machine, and what is there of other stacks is no matter of it.
bool is_a_release(const Timeline& timeline) {
  static constexpr std::array<std::string_view, 5> kNames = {"deploy", "release", "rollout",
                                                             "update", "upgrade"};
  const std::string name = lower_case(file_name(timeline.file->path())) + " " + timeline.task;
  return has_one_of(name, kNames) ||
         std::any_of(timeline.steps.begin(), timeline.steps.end(), [](const Step& step) {
           return step.call && (step.call->is("pull") || step.call->is("build"));
         });
}

// "all containers of this machine": not those of one stack.
bool speaks_of_the_machine(std::string_view told) {
  static constexpr std::array<std::string_view, 6> kWhole = {"machine", "host",   "system",
                                                             "server",  "stacks", "projects"};
  return has_one_of(told, kWhole);
}

// "Removing all volumes..." above what takes them says that none of the machine is spared.
bool says_that_all_go(const DockerInvocation& call, std::string_view told) {
  const auto has = [&](std::string_view words) { return told.find(words) != told.npos; };
  if (call.is("container rm")) return says_what_goes(told) && has("all containers");
  return says_that_volumes_go(told) && has("all volumes");
}

// `docker volume rm $(docker volume ls -q)` above it: no volume is left to lose. Those that stopped
// containers hold are, where the list is of unused ones alone.
bool is_swept_already(const Timeline& timeline, const Step& step) {
  const bool volumes = step.docker->is("volume prune");
  return last_before(timeline, step, [&](const Step& other) {
           return other.docker && other.docker->is("volume rm") &&
                  lost_by_list(timeline, other).has_value() &&
                  (volumes || listed_for(timeline, other) == Listed::kAll);
         }) != nullptr;
}

// Written as such; a function may mean either engine.
bool is_podman(const Step& step) {
  return step.called_from.empty() && step.argv.front().span.text() == "podman";
}

void on_step(const Step& step, RuleContext& context) {
  if (!step.docker || context.timeline() == nullptr) return;
  const Timeline& timeline = *context.timeline();
  const DockerInvocation& call = *step.docker;
  const bool prunes = call.verb.ends_with(" prune");
  std::optional<Loss> loss;
  bool aged = false;
  const bool known = prunes && !call.opaque_options && !asks_unless_told(step);
  if (known && (call.has("--force") || is_answered(timeline, step))) {
    aged = call.has("--filter");
    loss = aged ? lost_by_age(call) : lost_by_prune(call, is_podman(step));
    if (!loss) loss = lost_before_start(timeline, step);
  } else if (!prunes) {
    loss = lost_by_list(timeline, step);
    if (!loss) loss = lost_before_start(timeline, step);
  }
  if (!loss || is_asked_for(timeline, step)) return;
  if (is_told_by_its_help(step) || is_a_prune_by_name(timeline, step)) return;
  // On a developer's machine what can be made again is nobody's loss.
  const bool minor = !loss->data;
  // The install may be one that finds the engine there: data is told of.
  const bool fresh = has_installed_the_engine(timeline, step);
  if (minor && fresh) return;
  // Who says yes to the end of this stack has not been asked about the data of others.
  const Step* question = question_before(timeline, step);
  if (question != nullptr && (minor || speaks_of_all(timeline, *question))) return;
  if (minor && (context.context() != Context::kOps || is_called_a_cleanup(timeline, step))) {
    return;
  }
  const bool all = sweeps_all_by_name(timeline, step);
  // Engines of today keep volumes with a name from it.
  const bool nameless = call.is("volume prune") && !call.has("--all");
  if (all && (minor || nameless || call.verb.starts_with("container "))) return;
  if (minor && prunes && is_before_the_release(timeline, step)) return;
  const std::string told = told_above(step);
  const bool told_all = says_that_all_go(call, told);
  const bool first = is_first_setup(timeline, step);
  const bool minds_others = context.context() == Context::kOps && is_a_release(timeline);
  if (told_all && (!minds_others || speaks_of_the_machine(told))) return;
  if (first && (minor || !minds_others)) return;
  if (!minor && prunes && is_swept_already(timeline, step)) return;
  // A developer's tool that says reset.
  if (context.context() == Context::kDev && is_in_destroying_function(timeline, step)) return;
  const bool stop = call.is("container stop") || call.is("container kill");
  const bool said = stop ? says_that_all_stop(told) : says_what_goes(told);
  // `echo "Cleaning up (docker system prune -af)"`: it is said as it is done.
  const bool quoted_above = told.find(call.verb_span.text()) != std::string::npos;
  if (minor && (said || quoted_above)) return;
  // A dangling volume is one that no container has: any that is not in use.
  const bool volumes = says_that_volumes_go(told) && (said || told.find("dangling") != told.npos);
  // A stack that is set up has lost nothing.
  if (fresh && first) return;
  const std::string engine = is_podman(step) ? "podman" : "docker";
  Finding& finding = context.report(
      asked_at(step), quoted(engine + " " + std::string(call.verb_span.text())) + " " + loss->what,
      {call.verb, loss->data ? "data" : ""});
  if (aged) finding.key.emplace_back("aged");
  if (minor) finding.severity = std::min(finding.severity, Severity::kWarning);
  if (all || fresh || told_all || first || question != nullptr || volumes) {
    finding.severity = std::min(finding.severity, Severity::kNote);
  }
  const Project* project = project_of(timeline);
  if (!prunes || project == nullptr || !has_its_label(call, *project)) return;
  if (auto fix =
          add_option(call, "--filter label=com.docker.compose.project=" + project->name.value)) {
    fix->title = "Limit it to this project";
    fix->safety = FixSafety::kUnsafe;
    finding.fixes.push_back(std::move(*fix));
  }
}

bool is_minor(const Finding& finding) {
  return finding.key.size() > 1 && finding.key[1].empty();
}

bool goes_by_age(const Finding& finding) {
  return finding.key.size() > 2 && finding.key[2] == "aged";
}

bool stops(const Finding& finding) {
  return finding.key.front() == "container stop" || finding.key.front() == "container kill";
}

// `container prune` on the line above `volume prune`, `docker stop` above `docker rm` of the same
// list: they are one clean-up.
Finding* worse_beside(const Finding& minor, std::span<Finding* const> findings) {
  if (!is_minor(minor) || minor.severity == Severity::kOff) return nullptr;
  const auto line_of_it = [](const Finding& of) { return of.span.file->line_of(of.span.begin); };
  const auto found = std::find_if(findings.begin(), findings.end(), [&](const Finding* other) {
    const bool worse = !is_minor(*other) || (stops(minor) && !stops(*other));
    return other->span.file == minor.span.file && worse && other->severity >= minor.severity &&
           (line_of_it(*other) + 1 == line_of_it(minor) ||
            line_of_it(minor) + 1 == line_of_it(*other) ||
            (stops(minor) && line_of_it(*other) == line_of_it(minor)));
  });
  return found == findings.end() ? nullptr : *found;
}

// What turns out to be a developer's only when all has been read, and images that nobody here goes
// back to.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  const bool back = goes_back_to_an_image(facts);
  const bool aside = puts_an_image_aside(facts);
  for (Finding* finding : findings) {
    const bool minor = is_minor(*finding);
    const bool here = finding->context == to_string(Context::kOps);
    if (minor && !here) finding->severity = Severity::kOff;
    if (goes_by_age(*finding) && !aside) finding->severity = Severity::kOff;
    if (is_asked_by_callers(facts, *finding)) finding->severity = Severity::kOff;
    if (minor && !back && takes_old_images_alone(facts, *finding)) {
      finding->severity = Severity::kOff;
    }
  }
  for (Finding* minor : findings) {
    if (Finding* worse = worse_beside(*minor, findings)) merge_into(*worse, *minor);
  }
  // The same sweep on another way through the script.
  std::map<std::tuple<const SourceFile*, std::string, Severity>, std::vector<Finding*>> sweeps;
  for (Finding* finding : findings) {
    const bool allowed = is_allowed_there(finding->span, finding->rule);  // stays one of its own
    if (!allowed && finding->severity != Severity::kOff)
      sweeps[{finding->span.file, finding->message, finding->severity}].push_back(finding);
  }
  for (auto& [sweep, all] : sweeps) merge_places(all);
  // A step that one workflow has taken over from another.
  std::map<std::pair<std::string_view, std::string>, std::vector<Finding*>> steps;
  for (Finding* finding : findings) {
    if (finding->severity == Severity::kOff || !is_a_workflow(*finding->span.file)) continue;
    steps[{finding->span.file->line_text(finding->span.file->line_of(finding->span.begin)),
           finding->message}]
        .push_back(finding);
  }
  for (auto& [step, all] : steps) tell_once_a_run(all);
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose pull\ndocker compose up -d\ndocker volume prune -f\n",
    .safe = "docker compose pull\ndocker compose up -d\ndocker image prune -f\n",
}};

}  // namespace

COMPOSELINT_RULE(unscoped_prune) = {
    .slug = "unscoped-prune",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kWarning, .ci = Severity::kOff},
    .summary = "A clean-up takes what other stacks of the machine need",
    .rationale =
        "`prune` knows no project. After `down`, `docker volume prune -f` deletes the named "
        "volumes and the external ones: \"external\" protects from compose alone (measured with "
        "engine 20.10; engines from 23 on keep named volumes unless `--all` is given). `system "
        "prune --volumes` takes the containers and volumes of every stack that happens to be "
        "stopped; `rm -f $(docker ps -aq)` those that run, `volume rm $(docker volume ls -q)` "
        "every volume that is not in use; what `stop $(docker ps -q)` stops stays down. Volumes "
        "and running containers are an error, stopping containers and images, the one to roll back "
        "to among them, a warning, in operations only. The label "
        "`com.docker.compose.project` is on containers, on named volumes and on images that "
        "Compose built; pulled ones and anonymous volumes have none (measured with Compose "
        "2.40.3).",
    .silent_on =
        "Containers that have stopped, and networks: the next `up` makes them anew; not where "
        "`start` comes next, or `rm -v` takes their volumes without a name. `prune` with a "
        "filter, but for that of the age where a script puts an image aside (`docker tag app "
        "app:rollback`), or that asks, also where an option of the script puts `-f` into a "
        "variable that is empty otherwise; `image prune` of dangling images, `builder prune`, "
        "`network prune`. Lists with a filter for more than the state, or that are sieved first; "
        "containers that are started again. Containers and images in files, tasks, `case` arms, "
        "tests (`[ \"$1\" = purge ]`) and functions for others to call whose name says clean, "
        "clear, prune or purge, running containers as well where it says `all`, and the loss of "
        "named volumes is a note then; scripts that install the engine first and do not renew a "
        "checkout or stop a stack, where the loss of volumes is a note; targets of a Makefile "
        "called `prune`, volumes as well; recipes whose help says that all unused objects go, and "
        "commands of which the comment, the message or the name of the step above says what goes "
        "(\"remove unused images\"); where that says it of volumes, their loss is a note, and "
        "where it says that all containers or volumes go, nothing, but "
        "for a note in what brings a release without a word about the machine; so it is in "
        "functions of developers' tools that are called reset or the like, behind the removal of "
        "all volumes, and under a test that finds no `.env` yet (a note in what brings a "
        "release). Images (`system prune` without volumes as well) where no script goes back to an "
        "older release and the stack is up, or where a `pull` or `up` comes next "
        "and none came before: what runs stays to go back to. `volume rm`, of which "
        "volume-destruction tells. What an option of the script called so asks for "
        "(`PRUNE_VOLUMES=true`). Scripts that ask the operator before, or that only such scripts "
        "run; where the question is not about more than this stack, the loss of volumes is a "
        "note. CI.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_step = on_step,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
