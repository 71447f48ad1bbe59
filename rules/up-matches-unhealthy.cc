#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/stacks/healthy_since_up.h"
#include "analyzer/signs/stacks/waiting.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool shows_states(const Step& step) {
  if (step.call) return step.call->is("ps");
  if (program_name(step) == "docker" && step.argv.size() > 1 && step.argv[1].is("inspect")) {
    return true;
  }
  return step.docker && (step.docker->is("container ls") || step.docker->is("container inspect"));
}

struct Search {
  const Argument* pattern = nullptr;
  bool extended = false;  // ( ) group
  bool fixed = false;
  bool words = false;  // -w, -x: "unhealthy" is no match of "healthy"
  bool negated = false;
};

Search search_of(const Step& step) {
  Search search;
  const std::string_view program = program_name(step);
  search.extended = program == "egrep" || program == "rg";
  search.fixed = program == "fgrep";
  for (std::size_t i = 1; i < step.argv.size(); ++i) {
    const Argument& word = step.argv[i];
    const bool option = word.text.starts_with('-') && word.text.size() > 1;
    if (option && !word.text.starts_with("--")) {
      for (const char c : word.text) {
        search.extended |= c == 'E' || c == 'P';
        search.fixed |= c == 'F';
        search.words |= c == 'w' || c == 'x';
        search.negated |= c == 'v' || c == 'L';
      }
      continue;
    }
    if (option) {
      search.extended |= word.text == "--extended-regexp";
      search.words |= word.text == "--word-regexp";
      search.negated |= word.text == "--invert-match";
      continue;
    }
    if (search.pattern == nullptr && word.known()) search.pattern = &word;
    break;
  }
  return search;
}

// `Up.*healthy`: what stands between takes the "un", too.
bool takes_any(std::string_view pattern, std::size_t at) {
  return at > 1 && pattern.substr(at - 2, 2) == ".*";
}

// "healthy" stands in the pattern so that the end of "unhealthy" is one, too.
bool matches_unhealthy(const Search& search) {
  const std::string& text = search.pattern->text;
  const std::size_t at = text.find("healthy");
  if (at == std::string::npos) return false;
  // -w looks at the ends of the match alone.
  if (search.words && !takes_any(text, at)) return false;
  if (at == 0) return true;
  const char before = text[at - 1];
  const bool escaped = at > 1 && text[at - 2] == '\\';
  if (before == '*' || before == '|') return true;
  if (before != '(' || search.fixed) return false;
  return search.extended != escaped;  // a group, not the parenthesis of "(healthy)"
}

// Its answer decides something, or ends the script.
bool is_a_test(const Step& step) {
  return step.last_in_pipeline &&
         (step.status == StatusUse::kDecides || step.status == StatusUse::kStops) &&
         (step.out.kind == StreamKind::kNull || step.out.kind == StreamKind::kInherited ||
          step.status == StatusUse::kDecides);
}

// `for i in 1 2 3; do if ps | grep -q Up; then break; fi; sleep 2; done`.
bool leaves_a_loop(const Timeline& timeline, const Step& step) {
  if (!repeats_with_pauses(timeline, step)) return false;
  return std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
    const bool test = branch.kind == BranchKind::kIf || branch.kind == BranchKind::kAnd;
    if (!test || !written_in(branch.condition, step)) return false;
    const std::string_view text = branch.span.text();
    return text.find("break") != text.npos || text.find("return 0") != text.npos;
  });
}

// The script has started the stack, and asks what came of it.
const Step* start_before(const Timeline& timeline, const Step& step) {
  return last_before(timeline, step, [&](const Step& other) {
    return other.call && same_place(other, step) &&
           (other.call->is("up") || other.call->is("start") || other.call->is("restart"));
  });
}

bool ends_a_wait(const Timeline& timeline, const Step& step) {
  return decides_a_loop(timeline, step) || leaves_a_loop(timeline, step);
}

// `if ! ps | grep -q Up; then exit 1; fi` behind `up -d`: nothing else says whether it went well.
bool judges_the_start(const Timeline& timeline, const Step& step) {
  if (start_before(timeline, step) == nullptr) return false;
  if (step.status == StatusUse::kStops) return true;
  return std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
    if (branch.kind != BranchKind::kIf || !written_in(branch.condition, step)) return false;
    return std::any_of(branch.leaves.begin(), branch.leaves.end(),
                       [](std::size_t until) { return until > 0; });
  });
}

// `ps | grep -q Up` as the end of a wait, or of the script: how many services one line may speak
// for.
std::size_t spoken_for(const Timeline& timeline, const Step& step, const Step& source,
                       const Search& search) {
  const bool one = step.call || !source.call || !source.call->operands.empty() ||
                   source.call->opaque_options || source.call->target.project == nullptr ||
                   !source.call->options.empty() ||
                   !(ends_a_wait(timeline, step) || judges_the_start(timeline, step));
  if (one) return 1;
  std::size_t services = 0;
  const bool health = search.pattern->text.find("healthy") != std::string::npos;
  for (const Service& service : source.call->target.project->services) {
    if (!service.active || service.replicas == 0) continue;
    // The pattern picks out a line by name.
    if (search.pattern->text.find(service.name) != std::string::npos) return 1;
    if (!health || has_check(service)) ++services;
  }
  return services;
}

bool looks_for_life(const Search& search) {
  std::string text = search.pattern->text;
  text.erase(std::remove_if(text.begin(), text.end(),
                            [](char c) { return c == '(' || c == ')' || c == '\\'; }),
             text.end());
  return text == "Up" || text == "up" || text == "running" || text == "healthy" ||
         text == "Up.*healthy";
}

// `docker ps`: what runs on this machine, of whatever stack.
bool lists_the_machine(const Step& source) {
  return source.docker && source.docker->is("container ls") && !source.docker->opaque_options &&
         !source.docker->has("--filter") && source.docker->operands.empty();
}

// The column IMAGE of `docker ps` has the name: that of the registry, or the one Compose gives.
bool shows_in_image(const Service& service, const Project& project, const std::string& name) {
  const std::string image =
      service.image ? service.image->value : project.name.value + "-" + service.name;
  return image.find(name) != std::string::npos;
}

// "db" of `ps db | grep Up`, `ps | grep "db.*Up"`, `ps | grep db | grep Up`, and the one service of
// a stack, where it has a healthcheck; null otherwise.
const Service* searched_up(const Step& source, const Step& start, const Search& search,
                           const Argument* line) {
  const bool of_stack = source.call && source.call->options.empty() && !source.call->opaque_options;
  const Project* project = of_stack                    ? source.call->target.project
                           : lists_the_machine(source) ? start.call->target.project
                                                       : nullptr;
  if (project == nullptr || (of_stack && source.call->operands.size() > 1)) return nullptr;
  std::string name = search.pattern->text;
  if (!name.ends_with("Up")) return nullptr;
  name.resize(name.size() - 2);
  if (name.ends_with(".*")) {
    name.resize(name.size() - 2);
    if (name.starts_with('^')) name.erase(0, 1);
  } else if (!name.empty()) {
    return nullptr;
  }
  if (name.empty() && line != nullptr) name = line->text;
  if (name.empty() && of_stack && !source.call->operands.empty()) {
    name = source.call->operands.front().text;
  }
  // Without --format the columns are IMAGE, STATUS, NAMES: what stands before "Up" is the image.
  const bool by_image =
      !of_stack && search.pattern->text != "Up" && !source.docker->has("--format");
  const bool alone = name.empty() && of_stack && project->services.size() == 1;
  for (const Service& service : project->services) {
    const auto& container = service.container_name;
    const bool meant = alone || service.name == name || (container && container->value == name);
    if (by_image && !shows_in_image(service, *project, name)) continue;
    if (meant && has_check(service)) return &service;
  }
  return nullptr;
}

// What comes behind the wait is `up test`, which waits for healthy services itself.
bool decides_nothing(const Timeline& timeline, const Step& step) {
  if (!ends_a_wait(timeline, step)) return false;
  const Step* next = first_after(timeline, step, [](const Step& other) {
    return other.call && (other.call->is("up") || other.call->is("run") || other.call->is("exec"));
  });
  return next != nullptr && waits_by_itself(*next);
}

void on_step(const Step& step, RuleContext& context) {
  if (context.timeline() == nullptr || !is_a_test(step) || step.pipeline == 0) return;
  const std::string_view program = program_name(step);
  if (program != "grep" && program != "egrep" && program != "fgrep" && program != "rg") return;
  const Search search = search_of(step);
  if (search.pattern == nullptr || search.negated) return;
  const Timeline& timeline = *context.timeline();
  const Step* source = nullptr;
  const Argument* line = nullptr;  // a search before it picks out one by name
  std::size_t narrowed = 0;
  for (std::size_t i = index_of(timeline, step); i-- > 0;) {
    if (timeline.steps[i].pipeline != step.pipeline) continue;
    source = shows_states(timeline.steps[i]) ? &timeline.steps[i] : nullptr;
    if (source != nullptr || program_name(timeline.steps[i]) != "grep") break;
    const Search before = search_of(timeline.steps[i]);
    line = before.negated ? nullptr : before.pattern;
    ++narrowed;
  }
  if (source == nullptr || decides_nothing(timeline, step)) return;
  const std::string pattern = quoted(search.pattern->text);
  const Step* start = start_before(timeline, step);
  const bool named = narrowed == 0 || (narrowed == 1 && line != nullptr);
  const Service* up =
      start != nullptr && named ? searched_up(*source, *start, search, line) : nullptr;
  if (up != nullptr) {
    context
        .report(step.span,
                pattern + " matches \"Up 2 seconds (unhealthy)\" as well: the test holds for " +
                    quoted(up->name) + " when it has failed its healthcheck, or is still starting",
                {std::string(program), search.pattern->text})
        .related.push_back({up->span, "it has a healthcheck"});
    return;
  }
  if (!matches_unhealthy(search)) {
    if (narrowed > 0 || !looks_for_life(search)) return;
    const bool judges = ends_a_wait(timeline, step) || judges_the_start(timeline, step);
    const bool waited = start != nullptr && start->call->has("--wait");
    if (start != nullptr && !waited && judges && lists_the_machine(*source)) {
      context.report(step.span,
                     "one line with " + pattern +
                         " passes for the stack: `docker ps` lists what runs on this machine, and "
                         "any container of any stack is such a line",
                     {std::string(program), search.pattern->text});
      return;
    }
    const std::size_t services = spoken_for(timeline, step, *source, search);
    if (services < 2) return;
    context.report(step.span,
                   "one line with " + pattern +
                       (ends_a_wait(timeline, step) ? " ends the wait: the first of "
                                                    : " passes for the stack: the first of ") +
                       std::to_string(services) + " services to get there speaks for all",
                   {std::string(program), search.pattern->text});
    return;
  }
  Finding& finding = context.report(
      step.span,
      pattern +
          " matches \"unhealthy\" as well: the test holds for a service that has failed its "
          "healthcheck",
      {std::string(program), search.pattern->text});
  const Span place = search.pattern->place();
  if (place.text().find(search.pattern->text) == std::string_view::npos) return;
  const Span behind{step.argv[0].place().file, step.argv[0].place().end, step.argv[0].place().end};
  const std::string& text = search.pattern->text;
  if (!takes_any(text, text.find("healthy")) && step.argv[0].place().text() == program) {
    finding.fixes.push_back({"Match the whole word", FixSafety::kUnsafe, {{behind, " -w"}}});
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "until docker compose ps db | grep -q healthy; do sleep 1; done\n",
    .safe = "until docker compose ps db | grep -qw healthy; do sleep 1; done\n",
    .compose = "services:\n"
               "  db:\n"
               "    image: postgres:16\n"
               "    healthcheck: {test: pg_isready -h 127.0.0.1}\n",
}};

}  // namespace

COMPOSELINT_RULE(up_matches_unhealthy) = {
    .slug = "up-matches-unhealthy",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kOff},
    .summary = "A search in the list of services finds more than those that are well",
    .rationale =
        "`ps` shows `Up 2 seconds (unhealthy)` for a service whose healthcheck fails, and `docker "
        "inspect` prints `unhealthy` (measured with Compose 2.40.3). A search for `healthy` finds "
        "it in both, so the wait ends at once and the check passes when it should not. And `ps` "
        "without a service lists them all: one line with `Up` satisfies a wait for the stack, and "
        "a deploy that ends by `ps | grep -q Up || exit 1`; `docker ps` lists those of other "
        "stacks as well. A search for `Up` behind a start finds a service with a healthcheck "
        "before that has passed. `grep -w` and the name of the service, or `up --wait`, which "
        "asks the engine about each. Reported once a file.",
    .silent_on =
        "Patterns that do not match it: `(healthy)` with its parenthesis, `-w`, `-x`, `^healthy`. "
        "Searches whose result is shown and decides nothing. Searches for `unhealthy`. Searches "
        "over all services that neither end a loop nor leave it, nor end the script behind a "
        "start: any of them may be what is asked.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_step = on_step,
    .on_findings = tell_once_a_file,
};

}  // namespace composelint::rules
