#include <composelint/contains.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/service_role.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/database_directory.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/listed_containers.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool is_named_data(std::string_view path) {
  static constexpr std::array<std::string_view, 16> kNames = {
      "data",       "db-data",       "db_data",       "dbdata",    "mariadb-data", "mongo-data",
      "mongo_data", "mysql-data",    "mysql_data",    "mysqldata", "pg-data",      "pg_data",
      "pgdata",     "postgres-data", "postgres_data", "volumes"};
  return std::find(kNames.begin(), kNames.end(), file_name(path)) != kNames.end();
}

// The operand of `rm -r` that holds data.
const Argument* data_among(const Step& step, const Target& target) {
  for (std::size_t i = 1; i < step.argv.size(); ++i) {
    const Argument& word = step.argv[i];
    const auto path = word.text.starts_with('-') ? std::nullopt : path_of_directory(word);
    if (path && (is_named_data(*path) || holds_a_database(target, *path))) return &word;
  }
  return nullptr;
}

// Errexit hears neither of `|| true` nor of what stands in front of a pipe.
bool may_fail_unheard(const Step& step) {
  return step.status == StatusUse::kDiscarded || step.status == StatusUse::kMasked ||
         (step.status == StatusUse::kUnchecked && !step.errexit);
}

bool is_a_stop(const DockerInvocation& docker) {
  return docker.is("container stop") || docker.is("container kill");
}

// `docker stop $(docker ps -q)`: those of every stack.
bool stops_all(const Timeline& timeline, const Step& stop) {
  if (!stop.docker || !is_a_stop(*stop.docker)) return false;
  const std::vector<Argument>& words = stop.docker->operands;
  return std::any_of(words.begin(), words.end(), [&](const Argument& word) {
    return listed_in(timeline, stop, word) == Listed::kAll;
  });
}

// `docker ps -aq | xargs docker rm -f`: whatever came of `down`, nothing is up behind it.
bool removes_all(const Timeline& timeline, const Step& step) {
  return step.docker && step.docker->is("container rm") && step.docker->has("--force") &&
         listed_for(timeline, step) == Listed::kAll;
}

// `docker stop db`, of one container that is named, or of all there are.
bool stops_container(const Timeline& timeline, const Step& step) {
  if (!step.docker || step.docker->operands.empty() || !is_a_stop(*step.docker)) return false;
  return !step.docker->opaque_options || stops_all(timeline, step);
}

// The call before it that takes the stack down, when nothing makes sure that it did.
const Step* soft_stop(const Timeline& timeline, const Step& step) {
  const std::size_t here = index_of(timeline, step);
  for (std::size_t i = here; i-- > 0;) {
    const Step& other = timeline.steps[i];
    if (other.detached != step.detached || !same_place(other, step)) continue;
    if (other.status == StatusUse::kDecides || other.asks) return nullptr;
    if (removes_all(timeline, other)) return nullptr;
    if (stops_container(timeline, other)) {
      const bool soft = may_fail_unheard(other) && timeline.reach(i, here) == Reach::kAlways;
      return soft ? &other : nullptr;
    }
    if (!other.call) continue;
    const ComposeInvocation& call = *other.call;
    const bool stops = call.is("down") || call.is("stop") || call.is("kill") || call.is("rm");
    if (!stops || !may_fail_unheard(other)) return nullptr;
    return timeline.reach(i, here) == Reach::kAlways ? &other : nullptr;
  }
  return nullptr;
}

// A database of the project has that container, and its files there.
bool keeps_data_of(const Project& project, const Step& stop, std::string_view path) {
  for (const Service& service : project.services) {
    const auto& given = service.container_name;
    const std::string name = given ? given->value : project.name.value + "-" + service.name + "-1";
    const bool stopped = std::any_of(stop.docker->operands.begin(), stop.docker->operands.end(),
                                     [&](const Argument& word) { return word.is(name.c_str()); });
    if (!stopped || role_of(service) != ServiceRole::kDatabase) continue;
    Project alone;
    alone.directory = project.directory;
    alone.services.push_back(service);
    if (holds_a_database(alone, path)) return true;
  }
  return false;
}

// `-v $DATA:/var/lib/mysql`, of the very word that is removed.
bool mounts_as_data(const DockerInvocation& run, const Argument& word) {
  static constexpr std::array<std::string_view, 4> kTargets = {
      ":/var/lib/mysql", ":/var/lib/postgresql/data", ":/var/lib/postgresql", ":/data/db"};
  for (const OptionUse& use : run.options) {
    if (use.name != "--volume" || !use.value) continue;
    const std::string& text = use.value->text;
    std::string_view source = text;
    const bool data = std::any_of(kTargets.begin(), kTargets.end(), [&](std::string_view target) {
      const std::size_t at = text.find(target);
      const bool ends = at != std::string::npos &&
                        (at + target.size() == text.size() || text[at + target.size()] == ':');
      if (ends) source = std::string_view(text).substr(0, at);
      return ends;
    });
    if (data && plain_path(std::string(source)) == plain_path(word.text) &&
        use.value->holes == word.holes) {
      return !source.empty() || !word.holes.empty();
    }
  }
  return false;
}

// The operand of `rm -r` in which the database of the container that was stopped keeps its files:
// by a project that the script drives, or by the script's own `docker run -v`.
const Argument* data_of_container(const Timeline& timeline, const Step& step, const Step& stop) {
  const auto is_it = [&](const Argument& name) {
    return std::any_of(
        stop.docker->operands.begin(), stop.docker->operands.end(),
        [&](const Argument& word) { return word.text == name.text && word.holes == name.holes; });
  };
  for (const Step& other : timeline.steps) {
    if (!same_place(other, step)) continue;
    const Project* project = other.call ? other.call->target.project : nullptr;
    const OptionUse* name = other.docker && other.docker->is("container run")
                                ? other.docker->option("--name")
                                : nullptr;
    const bool runs = name != nullptr && name->value && is_it(*name->value);
    for (std::size_t i = 1; i < step.argv.size(); ++i) {
      const Argument& word = step.argv[i];
      if (word.text.starts_with('-')) continue;
      const auto path = path_of_directory(word);
      if (project != nullptr && path && keeps_data_of(*project, stop, *path)) return &word;
      if (runs && mounts_as_data(*other.docker, word)) return &word;
    }
  }
  return nullptr;
}

struct Removed {
  const Argument* path = nullptr;
  bool assumed = false;  // some project of the run may have its data there
};

// Where every container was stopped, the project need not be one that the script drives.
Removed data_of_any(const Timeline& timeline, const Step& step) {
  Removed open;
  for (std::size_t i = 1; i < step.argv.size(); ++i) {
    const Argument& word = step.argv[i];
    const auto path = word.text.starts_with('-') ? std::nullopt : path_of_directory(word);
    if (!path) continue;
    const bool driven =
        std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& other) {
          return other.call && same_place(other, step) &&
                 holds_a_database(other.call->target, *path);
        });
    if (driven || is_named_data(*path)) return {&word};
    if (open.path == nullptr && path->starts_with('/')) open = {&word, true};
  }
  return open;
}

Removed data_removed(const Timeline& timeline, const Step& step, const Step& stop) {
  if (stop.call) return {data_among(step, stop.call->target)};
  if (stops_all(timeline, stop)) return data_of_any(timeline, step);
  return {data_of_container(timeline, step, stop)};
}

bool is_plain_cd(const Command& command) {
  const auto* simple = command.as<SimpleCommand>();
  if (simple == nullptr || simple->words.size() < 2 || command.background) return false;
  if (simple->words[0].literal_text() != "cd" || !command.redirects.empty()) return false;
  // `cd "$(dirname "$0")"` finds its directory.
  const auto& parts = simple->words[1].parts;
  return std::all_of(parts.begin(), parts.end(), [](const WordPart& part) {
    return part.kind == WordPartKind::kLiteral || part.kind == WordPartKind::kParameter;
  });
}

// The `cd` that stands by itself before the command, in the same list or in one around it.
const Command* cd_before(const std::vector<Command>& list, Span command) {
  const Command* cd = nullptr;
  for (const Command& one : list) {
    if (is_plain_cd(one)) cd = &one;
    if (!contains(one.span, command)) continue;
    const Command* nearer = nullptr;
    if (const auto* group = one.as<Group>()) nearer = cd_before(group->body, command);
    if (const auto* choice = one.as<IfClause>()) {
      for (const IfClause::Branch& branch : choice->branches) {
        const Command* found = cd_before(branch.body, command);
        nearer = found != nullptr ? found : nearer;
      }
    }
    return nearer != nullptr ? nearer : cd;
  }
  return nullptr;
}

// As it is written: `rm -rf data/*`.
std::string shown(const Step& step) {
  const std::string_view text = step.span.text();
  return text.find('\n') == std::string_view::npos && text.size() < 60 ? std::string(text)
                                                                       : task_text(step);
}

// "compose down", "docker stop"
std::string stop_text(const Step& stop) {
  if (stop.call) return "compose " + stop.call->verb;
  return "docker" + stop.docker->verb.substr(stop.docker->verb.rfind(' '));
}

constexpr std::string_view kAssumed = "assumed";

void report_soft_stop(const Step& step, const Step& stop, const Removed& removed,
                      RuleContext& context) {
  const Argument& path = *removed.path;
  Finding& finding =
      context.report(path.place(),
                     quoted(shown(step)) + " runs whether " + quoted(stop_text(stop)) + " on " +
                         line_of(stop, step.span) +
                         " worked or not: a database that is still up loses its files while it "
                         "runs",
                     {"rm", plain_path(path.text)});
  if (removed.assumed) finding.key.emplace_back(kAssumed);
  finding.related.push_back(
      {stop.call ? stop.call->span : stop.span, "its failure is not looked at"});
}

void on_step(const Step& step, RuleContext& context) {
  if (step.effect_name != "rm -r" || step.launcher != Launcher::kNone) return;
  if (step.place == Place::kContainer || context.timeline() == nullptr) return;
  const Timeline& timeline = *context.timeline();
  if (asked_before(timeline, step)) return;
  if (const Step* stop = soft_stop(timeline, step)) {
    const Removed removed = data_removed(timeline, step, *stop);
    if (removed.path != nullptr) return report_soft_stop(step, *stop, removed, context);
  }
  if (step.errexit) return;
  const bool here = timeline.script != nullptr && step.called_from.empty() &&
                    timeline.script->file == step.span.file;
  const Command* cd = here ? cd_before(timeline.script->commands, step.span) : nullptr;
  if (cd == nullptr) return;
  for (std::size_t i = 1; i < step.argv.size(); ++i) {
    const Argument& word = step.argv[i];
    const std::string path = plain_path(word.text);
    if (!word.holes.empty() || path.starts_with('-') || path.starts_with('/')) continue;
    if (path != "*" && !is_named_data(path)) continue;
    Finding& finding =
        context.report(word.place(),
                       "when " + quoted(cd->span.text()) + " fails, " + quoted(shown(step)) +
                           " deletes in whatever directory the script is in",
                       {"cd", path});
    finding.related.push_back({cd->span, "its failure is not looked at"});
    return;
  }
}

// What was assumed is told where a database of the run has its files there.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    if (finding->key.back() != kAssumed) continue;
    const bool kept = std::any_of(
        facts.projects.begin(), facts.projects.end(),
        [&](const Project* project) { return holds_a_database(*project, finding->key[1]); });
    if (!kept) finding->severity = Severity::kOff;
  }
  tell_once_a_file(facts, findings);
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose down\nrm -rf ./postgres-data\n",
    .safe = "docker compose down || exit 1\nrm -rf ./postgres-data\n",
}};

}  // namespace

COMPOSELINT_RULE(data_removed_after_soft_stop) = {
    .slug = "data-removed-after-soft-stop",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kWarning, .ci = Severity::kOff},
    .summary = "Data is deleted after a stop, or a cd, that may have failed",
    .rationale =
        "`down` fails when the engine does not answer, a file is not valid or a variable is "
        "missing, and without `errexit` the script goes on to `rm -rf data`: the server is still "
        "up and its files go one by one (measured with Compose 2.40.3: with a broken compose.yaml "
        "`down` ends with 1 and the containers run on). After a `cd` that failed `rm -rf data` and "
        "`rm -rf *` delete where the script was started. `down || true` is such a stop under `set "
        "-e` as well, and so is `docker stop` of a database's container, or of all there are "
        "(`docker stop $(docker ps -q)`).",
    .silent_on =
        "`down || exit`, `down && rm`, `set -e` with a plain `down`. A forced removal of all "
        "containers in between. Paths that hold no database: "
        "neither a directory "
        "that a database of the project mounts nor one called data, pgdata and the like. Scripts "
        "that ask the operator before. CI, whose data is to be thrown away. `cd \"$(dirname "
        "\"$0\")\"`.",
    .examples = kExamples,
    .cwe = 252,
    .on_step = on_step,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
