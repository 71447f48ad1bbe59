#include <composelint/contains.h>
#include <composelint/evidence.h>
#include <composelint/lower_case.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/service_role.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/data/first_setup.h"
#include "analyzer/signs/data/loaded_data.h"
#include "analyzer/signs/data/made_database.h"
#include "analyzer/signs/data/migrated_at_start.h"
#include "analyzer/signs/data/migrating_entrypoint.h"
#include "analyzer/signs/reports/left_to.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/stacks/for_staging.h"
#include "analyzer/signs/stacks/renewal.h"
#include "analyzer/signs/steps/entered.h"
#include "analyzer/signs/steps/idle_colour.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/steps/worked_on.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// Applications whose own instructions have their upgrade run in the live container: code, cron and
// maintenance mode are in there.
bool upgrades_in_place(const Step& step) {
  static constexpr std::array<std::string_view, 7> kPrograms = {
      "occ ", "gitlab-", "bench ", "discourse", "wp ", "drush", "magento"};
  return has_one_of(task_words(step) + " ", kPrograms);
}

// The server itself does it, and has to be up: a container of its own gains nothing.
bool asks_the_server(const Step& step) {
  return step.effect_name.starts_with("Hasura ");
}

// A database's container is the one to be in; one for such tasks serves nobody. A `broker` that is
// built here and has a migration tool in it is the application.
bool serves(const Service& service) {
  const ServiceRole role = role_of(service);
  return role != ServiceRole::kOneOff && role != ServiceRole::kDatabase &&
         (role != ServiceRole::kCache || service.build);
}

// It publishes nothing, and needs itself all that does: nobody gets to it, not by a proxy either.
bool is_reached_by_nobody(const Service& service, const Project& project) {
  if (service.publishes_ports || service.attribute("expose") != nullptr ||
      service.attribute("labels") != nullptr || service.attribute("network_mode") != nullptr) {
    return false;
  }
  bool published = false;
  for (const Service& other : project.services) {
    if (!other.publishes_ports) continue;
    const bool needed = std::any_of(service.depends_on.begin(), service.depends_on.end(),
                                    [&](const DependsOn& on) { return on.service == other.name; });
    if (!needed && role_of(other) != ServiceRole::kDatabase) return false;
    published |= needed && role_of(other) != ServiceRole::kDatabase;
  }
  return published;
}

// It names the service, or one that needs it; or it names none.
bool brings_up(const ComposeInvocation& up, const Service* service) {
  if (up.operands.empty() || service == nullptr || up.target.project == nullptr) return true;
  const auto known = [](const Argument& word) { return word.known(); };
  if (!std::all_of(up.services.begin(), up.services.end(), known)) return true;
  const auto started = started_by(up);
  return std::any_of(started.begin(), started.end(),
                     [&](const Service* each) { return each->name == service->name; });
}

// The new release has been brought up before: it serves on the old schema meanwhile.
const Step* started_before(const Timeline& timeline, const Step& step, const Entered& entered) {
  return last_before(timeline, step, [&](const Step& other) {
    if (!other.call || !other.call->is("up") || !same_place(other, step)) return false;
    const Project* started = other.call->target.project;
    const bool same = started == nullptr || entered.project == nullptr ||
                      started->name.value == entered.project->name.value;
    return same && brings_up(*other.call, entered.service);
  });
}

// A new release has come in with it or before: an `up` alone may be the first one.
bool starts_a_release(const Timeline& timeline, const Step& up) {
  return brings_a_release(up) || is_of_a_release(timeline, up);
}

// What has been put back is brought to the release that runs.
bool is_of_a_restore(const Timeline& timeline, const Step& step) {
  return last_before(timeline, step, [&](const Step& other) {
           return other.effect == Effect::kRestores || loads(timeline, other);
         }) != nullptr;
}

// `down`, and `up` for all of it: nobody is served in between either.
bool is_down_before(const Timeline& timeline, const Step& up) {
  return last_before(timeline, up, [&](const Step& other) {
           const bool stops = other.call && (other.call->is("down") || other.call->is("stop"));
           return stops && other.call->operands.empty() && same_place(other, up) &&
                  may_share_stack(*other.call, *up.call);
         }) != nullptr;
}

// A repository's checkout is in the container at once where the service mounts it.
bool brings_code(const Step& step, const Entered& entered) {
  if (step.call) {
    return (step.call->is("pull") || step.call->is("build")) &&
           (step.call->services.empty() || entered.service == nullptr ||
            std::any_of(step.call->services.begin(), step.call->services.end(),
                        [&](const Argument& word) {
                          return !word.known() || word.text == entered.service->name;
                        }));
  }
  return program_name(step) == "git" && step.argv.size() > 1 && step.argv[1].is("pull") &&
         entered.service != nullptr && entered.service->build;
}

struct Release {
  const Step* fetched = nullptr;
  const Step* started = nullptr;  // behind the migration
};

// `build`, and `up` comes behind the migration: what is entered is the old release.
Release release_around(const Timeline& timeline, const Step& step, const Entered& entered) {
  const bool mounted = entered.service != nullptr && entered.project != nullptr &&
                       (has_mounted(*entered.service, entered.project->directory) ||
                        has_mounted_a_part(*entered.service));
  if (mounted) return {};
  const auto is_of_stack = [&](const Step& other) {
    return same_place(other, step) &&
           (!other.call || !step.call || may_share_stack(*other.call, *step.call));
  };
  const Step* fetched = last_before(timeline, step, [&](const Step& other) {
    return brings_code(other, entered) && is_of_stack(other);
  });
  // A checkout alone is no image yet.
  const auto builds_if_needed = [&](const Step& up) {
    return fetched != nullptr && (fetched->call || up.call->has("--build"));
  };
  const Step* started = first_after(timeline, step, [&](const Step& other) {
    return other.call && other.call->is("up") && is_of_stack(other) &&
           brings_up(*other.call, entered.service) && builds_if_needed(other);
  });
  return fetched != nullptr && started != nullptr ? Release{fetched, started} : Release{};
}

// By what it is called or installs with; empty where nothing tells.
std::string_view language_of(std::string_view words) {
  using Mark = std::pair<std::string_view, std::string_view>;
  static constexpr std::array<Mark, 14> kMarks = {{{"manage.py", "python"},
                                                   {"python", "python"},
                                                   {"pip", "python"},
                                                   {"flask", "python"},
                                                   {"alembic", "python"},
                                                   {"php", "php"},
                                                   {"artisan", "php"},
                                                   {"composer", "php"},
                                                   {"rails", "ruby"},
                                                   {"rake", "ruby"},
                                                   {"bundle", "ruby"},
                                                   {"npm", "node"},
                                                   {"npx", "node"},
                                                   {"yarn", "node"}}};
  for (const auto& [mark, language] : kMarks) {
    if (words.find(mark) != words.npos) return language;
  }
  return {};
}

// `sh -c "echo pip install is done"`.
bool only_says(std::string_view words) {
  const std::size_t text = words.find("-c ");
  if (text != words.npos) words.remove_prefix(text + 3);
  words.remove_prefix(std::min(words.find_first_not_of(" '\""), words.size()));
  return words.starts_with("echo ") || words.starts_with("printf ");
}

// `exec app composer install`, `exec app manage.py makemigrations`: what the container itself has
// got since, and a new one of the image has not.
bool is_prepared(const Timeline& timeline, const Step& step) {
  static constexpr std::array<std::string_view, 9> kPrepares = {
      "bundle install", "composer install", "composer update", "makemigrations", "npm ci",
      "npm install",    "pip install",      "pnpm install",    "yarn install"};
  const auto container_of = [](const Step& of) {
    if (of.call)
      return of.call->is("exec") && of.call->service() != nullptr ? of.call->service()->text : "";
    const bool enters =
        of.docker && of.docker->is("container exec") && !of.docker->operands.empty();
    return enters ? of.docker->operands.front().text : std::string();
  };
  const std::string container = container_of(step);
  if (container.empty()) return false;
  const std::string_view language = language_of(task_words(step));
  const Step* prepared = last_before(timeline, step, [&](const Step& other) {
    const std::string words = task_words(other);
    if (container_of(other) != container || !has_one_of(words, kPrepares)) return false;
    const std::string_view installed = language_of(words);
    return !only_says(words) && (language.empty() || installed.empty() || installed == language);
  });
  if (prepared == nullptr) return false;
  // `up` makes a new container of the image.
  const Step* renewed = last_before(timeline, step, [](const Step& other) {
    return other.call && (other.call->is("up") || other.call->is("down"));
  });
  return renewed == nullptr || index_of(timeline, *renewed) < index_of(timeline, *prepared);
}

// What has been fetched is not in there: migrations of the new release are none of it.
void report_old(const Step& step, const Release& release, Span place, const std::string& line,
                const Service* service, std::vector<std::string> key, RuleContext& context) {
  const Span at = asked_at(step, place);
  Finding& finding = context.report(
      at,
      quoted(line) + " migrates (" + step.effect_name +
          ") inside the container of the old release: it has none of the migrations that " +
          quoted(task_text(*release.fetched)) + " on " + line_of(release.fetched->span, at) +
          " has brought, and " + line_of(release.started->span, at) +
          " starts the new code on the old schema",
      std::move(key));
  finding.related.push_back({release.started->span, "starts the new release"});
  if (service != nullptr) finding.related.push_back({service->span, "the service"});
  leave_to("migration-failure-ignored", asked_at(step), finding);
}

void report(const Step& step, const Step& up, Span place, const std::string& line,
            const Service* service, std::vector<std::string> key, RuleContext& context) {
  const Span at = asked_at(step, place);
  Finding& finding = context.report(
      at,
      quoted(line) + " migrates (" + step.effect_name + ") inside the container that `up` on " +
          line_of(up.span, at) +
          " has started: until then it serves on the old schema, and where that makes it crash "
          "there is nothing to enter",
      std::move(key));
  finding.related.push_back({up.span, "starts it"});
  if (service != nullptr) finding.related.push_back({service->span, "the service"});
  // What is told of the same call there is graver.
  leave_to("migration-failure-ignored", asked_at(step), finding,
           "and the container that it enters serves on the old schema from its start until then");
}

void on_step(const Step& step, RuleContext& context) {
  // At the first setup nobody uses it yet.
  if (context.timeline() == nullptr || !applies_a_migration(step) || is_of_first_setup(step) ||
      is_chosen_setup(*context.timeline(), step)) {
    return;
  }
  const auto& call = step.call;
  const auto& docker = step.docker;
  const bool enters = call ? call->is("exec") && !call->opaque_options && call->service() != nullptr
                           : docker && docker->is("container exec") && !docker->opaque_options;
  if (!enters || acts_in_database(step) || upgrades_in_place(step) || asks_the_server(step)) return;
  Entered entered = call ? Entered{call->target.project, service_of(step)}
                         : entered_by_docker(*context.timeline(), step);
  if (const Project* likely = call ? call->target.likely : nullptr;
      entered.project == nullptr && likely != nullptr) {
    entered = {likely, likely->service(call->service()->text)};
  }
  if (entered.service != nullptr ? !serves(*entered.service) : !call) return;
  if (entered.service != nullptr && entered.project != nullptr &&
      is_reached_by_nobody(*entered.service, *entered.project)) {
    return;
  }
  if (is_on_a_new_database(*context.timeline(), step) || is_run_at_each_start(step)) return;
  if (is_the_idle_colour(*context.timeline(), step)) return;
  if (is_prepared(*context.timeline(), step) || is_of_a_restore(*context.timeline(), step)) return;
  if (context.ask({Claim::kWritersPaused, Phase::kBefore, step}).truth != Truth::kRefuted) return;
  const auto inner = inner_command_of(step);
  if (!call && !inner) return;
  const Step* up = started_before(*context.timeline(), step, entered);
  if (is_for_staging(step) || is_called_a_trial(*context.timeline(), step)) return;
  const Release release =
      up == nullptr ? release_around(*context.timeline(), step, entered) : Release{};
  if (up == nullptr ? release.started == nullptr
                    : is_down_before(*context.timeline(), *up) ||
                          !starts_a_release(*context.timeline(), *up)) {
    return;
  }
  // Where a variable holds the verb (`$console migrate`), the line that migrates is what counts.
  const Span verb = call ? call->verb_span : docker->verb_span;
  const Span command = call ? call->span : step.span;
  const Span place = contains(command, verb) ? verb : command;
  const std::string line = call ? short_form(*call) : inner->line;
  std::vector<std::string> key =
      call ? key_of(*call) : std::vector<std::string>{docker->verb, entered.service->name};
  if (up == nullptr) {
    report_old(step, release, place, line, entered.service, std::move(key), context);
  } else {
    report(step, *up, place, line, entered.service, std::move(key), context);
  }
}

// The image does it at each start, maybe in other words.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    const auto is_of = [&](const Service& service) {
      return std::any_of(finding->related.begin(), finding->related.end(),
                         [&](const Related& place) { return place.span == service.span; });
    };
    for (const Project* project : facts.projects) {
      const auto service = std::find_if(project->services.begin(), project->services.end(), is_of);
      if (service != project->services.end() && migrates_unless_told(*service, facts)) {
        finding->severity = Severity::kOff;
      }
    }
  }
  tell_once_a_file(facts, findings);
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose pull\ndocker compose up -d\n"
              "docker compose exec -T app python manage.py migrate\n",
    .safe = "docker compose pull\ndocker compose run --rm -T app python manage.py migrate\n"
            "docker compose up -d\n",
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
        "first, or it has none of the new migrations where `up` comes behind it, and it shares its "
        "memory and its end. When the container is stopped, killed or "
        "recreated meanwhile, the migration dies with it (exit code 137, measured with Compose "
        "2.40.3); an interrupted `exec` leaves it running unseen. `run --rm` gives it a container "
        "of its own; the line mostly has to move as well, in front of the `up`, so no edit is "
        "offered. Developers' scripts are not reported: their container serves nobody, and two "
        "of three migrations in public repositories are theirs. Told once a file.",
    .silent_on =
        "An `up` with which no new release has come (`pull`, `build`, `git pull` before it, "
        "`--build`, the tag that the script sets, a pipeline, a script called `deploy`, `update` "
        "or the like): it may be the first. What brings a restored dump to the release that "
        "runs. Scripts in which no `up` has started the service, unless they fetch a release in "
        "front of the migration (`pull`, `build`) and start it behind it: what is up has the "
        "code that fits. Those that have stopped or paused services or switched maintenance mode "
        "on, or may have: a question about it, a script that is not seen; what took all of the "
        "stack down before. A stack for staging by its files, or by the name of the script, the "
        "job or the arm. `docker exec`, unless the script drives the service by Compose as well. "
        "Database services and database clients, whose container is the one to be in. Services "
        "that are made for such tasks, or publish nothing and depend on all that does. Scripts, "
        "and arms of a `case`, called setup, install or the like. What the service's own command "
        "runs at each start, services whose entrypoint is a script of the repository that "
        "migrates, and those whose Dockerfile has it in its `CMD`, also by a variable that is on "
        "by default. Databases that the script has just made. Containers in which the script has "
        "installed or written what "
        "the migration needs (`composer install`, `makemigrations`), as a new one of the image "
        "has none of it. The colour that the script has started and leads the proxy to "
        "afterwards (`exec \"$target_service\"`, `-f \"compose.$TARGET.yml\"`). Applications that "
        "upgrade in place by their "
        "own instructions (occ, drush, wp, bench, gitlab-ctl), and tools that have the running "
        "server do it (hasura).",
    .examples = kExamples,
    .on_step = on_step,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
