#include "analyzer/calls/task.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "analyzer/calls/inner_words.h"
#include "analyzer/knowledge/docker_cli.h"
#include "analyzer/knowledge/help_call.h"
#include "analyzer/knowledge/vocabulary.h"
#include "analyzer/shell/expand.h"
#include "analyzer/shell/parser.h"
#include "analyzer/text/path.h"

namespace composelint::calls {

namespace {

using knowledge::Recognised;

// Which of several effects in one command names it.
int weight(Effect effect, std::string_view name) {
  constexpr int kFiles = 5;
  if (removes_files(effect, name)) return kFiles;
  switch (effect) {
    case Effect::kDeletes: return 11;
    case Effect::kRestores: return 10;
    case Effect::kMigrates: return 9;
    case Effect::kImports: return 8;
    case Effect::kDumps: return 7;
    case Effect::kExports: return 6;
    case Effect::kAdministers: return 4;
    case Effect::kRuns: return 3;
    case Effect::kShell: return 2;
    case Effect::kReads: return 1;
    case Effect::kUnknown: return 0;
  }
  return 0;
}

struct Task {
  Effect effect = Effect::kUnknown;
  Role role = Role::kNone;
  std::string name;
};

void keep_heavier(Task& kept, Task other) {
  // `sh -c 'dump && migrate'` has taken its own restore point.
  if (kept.effect == Effect::kDumps && other.effect == Effect::kMigrates) return;
  if (weight(other.effect, other.name) > weight(kept.effect, kept.name)) kept = std::move(other);
}

Task task_of(const Recognised& recognised) {
  return {recognised.effect, recognised.role, std::string(recognised.name)};
}

// The built-in rows and those of the user.
using Own = const knowledge::Vocabulary*;

Task recognised_task(std::span<const Argument> argv, std::span<const Argument> prefix, Own own);

// `manage.py sqlflush | manage.py dbshell`: the one prints what the other does.
bool empties_by_pipe(const Pipeline& pipeline) {
  const auto says = [](const Command& command, std::string_view task) {
    const auto* simple = command.as<SimpleCommand>();
    return simple != nullptr &&
           std::any_of(simple->words.begin(), simple->words.end(),
                       [&](const Word& word) { return word.literal_text() == task; });
  };
  return pipeline.commands.size() > 1 && says(pipeline.commands.front(), "sqlflush") &&
         says(pipeline.commands.back(), "dbshell");
}

// Every simple command of a `sh -c` text, wherever it stands in it.
void collect(const std::vector<Command>& commands, Own own, Task& found) {
  const shell::Scope nothing;
  for (const Command& command : commands) {
    if (const auto* simple = command.as<SimpleCommand>()) {
      if (simple->words.empty()) continue;
      keep_heavier(
          found, recognised_task(shell::expand(simple->words, nothing).front().arguments, {}, own));
    } else if (const auto* pipeline = command.as<Pipeline>()) {
      collect(pipeline->commands, own, found);
      if (empties_by_pipe(*pipeline)) {
        keep_heavier(found, {Effect::kDeletes, Role::kResets, "Django sqlflush"});
      }
    } else if (const auto* list = command.as<AndOrList>()) {
      collect(list->commands, own, found);
    } else if (const auto* group = command.as<Group>()) {
      collect(group->body, own, found);
    } else if (const auto* clause = command.as<IfClause>()) {
      for (const IfClause::Branch& branch : clause->branches) {
        collect(branch.condition, own, found);
        collect(branch.body, own, found);
      }
    } else if (const auto* loop = command.as<LoopClause>()) {
      collect(loop->condition, own, found);
      collect(loop->body, own, found);
    } else if (const auto* each = command.as<ForClause>()) {
      collect(each->body, own, found);
    }
  }
}

Task recognised_task(std::span<const Argument> argv, std::span<const Argument> prefix, Own own) {
  const Recognised recognised = knowledge::recognise(argv, prefix, own);
  if (recognised.script == nullptr) return task_of(recognised);
  Task found;
  const auto script = shell::parse_script(shell::script_in(*recognised.script));
  if (script) collect(script->commands, own, found);
  return found;
}

// `run migrations info` of flyway/flyway: the image starts its own program, which gets the words.
Task task_of_image(std::span<const Argument> inner, const Service& service, Own own) {
  if (!service.image || !service.image->known || service.build || inner.empty()) return {};
  std::string_view image = text::name_of(service.image->value);
  Argument program;
  program.text = image.substr(0, image.find_first_of(":@"));
  const std::vector<Argument> prefix = {program};
  const Recognised found = knowledge::recognise(inner, prefix, own);
  if (found.fact == nullptr || found.fact->program.find('*') != std::string_view::npos) return {};
  const Task task = task_of(found);
  // Others (postgres, redis) start what the words name.
  return task.effect == Effect::kRuns ? Task{} : task;
}

// `info`, `status`: whatever the job is called, this much changes nothing.
bool only_looks(std::span<const Argument> inner) {
  static constexpr std::array<std::string_view, 14> kLooks = {
      "--help",  "--version", "-h",   "check",   "current", "heads",    "help",
      "history", "info",      "list", "pending", "status",  "validate", "version"};
  return inner.size() == 1 && inner.front().known() &&
         std::find(kLooks.begin(), kLooks.end(), inner.front().text) != kLooks.end();
}

// The command inside of `run SERVICE …` and `exec SERVICE …`.
Task inner_task(const ComposeInvocation& call, Own own) {
  const Argument* name = call.service();
  const Service* service = name != nullptr && call.target.project != nullptr
                               ? call.target.project->service(name->text)
                               : nullptr;
  std::vector<Argument> entrypoint;
  const bool fresh = call.is("run");
  const auto other = own_entrypoint(call);
  if (fresh && service != nullptr && service->entrypoint && !other) {
    entrypoint = as_arguments(*service->entrypoint, *service);
  }
  std::vector<Argument> inner = call.inner;
  // Another entrypoint drops the service's command as well.
  if (fresh && inner.empty() && service != nullptr && service->command && !other) {
    inner = as_arguments(*service->command, *service);
  }
  Task task;
  if (other && !other->empty()) {
    task = recognised_task(inner, *other, own);
    // What runs is known, or is named as what it does.
    if (task.effect != Effect::kUnknown) return task;
  }
  if (!inner.empty()) task = recognised_task(inner, {}, own);
  if (task.effect == Effect::kUnknown && !entrypoint.empty())
    task = recognised_task(inner, entrypoint, own);
  if (task.effect != Effect::kUnknown || !fresh || name == nullptr) return task;
  if (service != nullptr) task = task_of_image(inner, *service, own);
  if (task.effect != Effect::kUnknown) return task;
  // `run artisan migrate`, `run migrations`: the service is named after its program or its job.
  const std::vector<Argument> program = {*name};
  if (!inner.empty() || (own != nullptr && own->find(name->text, {}) != nullptr)) {
    if (only_looks(inner) && knowledge::recognise(inner, program, own).fact == nullptr) return {};
    task = recognised_task(inner, program, own);
  }
  const bool one_off = knowledge::service_role(name->text) == ServiceRole::kOneOff;
  if (task.effect == Effect::kUnknown && (inner.empty() || one_off)) {
    task = task_of(knowledge::recognise_by_name(name->text));
  }
  return task;
}

// `sleep infinity`, `tail -f /dev/null`: a container to work in, whatever it is called.
bool only_stays_up(const ComposeInvocation& call, std::string_view name) {
  const Project* project = call.target.project;
  const Service* service = project == nullptr ? nullptr : project->service(name);
  if (service == nullptr) return false;
  const auto stays = [](const std::optional<Located<std::vector<std::string>>>& words) {
    return words && !words->value.empty() &&
           (words->value.front() == "sleep" || words->value.front() == "tail");
  };
  return stays(service->entrypoint) || stays(service->command);
}

Task verb_task(const ComposeInvocation& call) {
  static constexpr std::array<std::string_view, 13> kLooks = {
      "config", "convert", "events", "images",  "logs",    "ls",    "port",
      "ps",     "stats",   "top",    "version", "volumes", "attach"};
  if (std::find(kLooks.begin(), kLooks.end(), call.verb) != kLooks.end() ||
      call.global_option("--dry-run") != nullptr || call.has("--dry-run")) {
    return {Effect::kReads, Role::kStatus, "compose " + call.verb};
  }
  if (call.has("--volumes") && (call.is("down") || call.is("rm"))) {
    return {Effect::kDeletes, Role::kNone, "compose " + call.verb + " --volumes"};
  }
  if (call.is("up") || call.is("start")) {
    for (const Argument& service : call.operands) {
      if (!service.known()) continue;
      const Recognised by_name = knowledge::recognise_by_name(service.text);
      if (by_name.effect == Effect::kMigrates && !only_stays_up(call, service.text)) {
        return task_of(by_name);
      }
    }
    if (call.has("--wait")) return {Effect::kRuns, Role::kWaits, "compose up --wait"};
  }
  return {Effect::kRuns, Role::kNone, "compose " + call.verb};
}

// `bin/backup.sh`, `bash backup.sh`, `make db-dump`, `npm run migrate`: known by name only.
Task named_task(std::span<const Argument> argv) {
  if (!argv.front().known()) {
    const std::string_view name = text::name_of(argv.front().text);
    return name.empty() ? Task{} : task_of(knowledge::recognise_by_name(name));
  }
  static constexpr std::array<std::string_view, 9> kRunners = {
      "bash", "sh", "dash", "source", ".", "make", "just", "task", "gmake"};
  const std::string_view program = text::name_of(argv.front().text);
  const bool runner = std::find(kRunners.begin(), kRunners.end(), program) != kRunners.end();
  if (!runner) {
    Task task = task_of(knowledge::recognise_by_name(program));
    const bool tells = task.effect == Effect::kDumps && knowledge::tells_of_itself(argv.subspan(1));
    return tells ? Task{} : task;
  }
  for (const Argument& word : argv.subspan(1)) {
    if (word.text.empty() || word.text.starts_with('-')) continue;
    return task_of(knowledge::recognise_by_name(text::name_of(word.text)));
  }
  return {};
}

Task docker_task(std::span<const Argument> argv, const knowledge::DockerCall& docker, Own own) {
  static constexpr std::array<std::string_view, 9> kLooks = {
      "container ls",    "container inspect", "container logs", "container top", "container port",
      "container stats", "inspect",           "system info",    "image ls"};
  Task task = recognised_task(argv, {}, own);
  if (const auto entrypoint = own_entrypoint(argv, docker)) {
    std::vector<Argument> words = {*entrypoint};
    const auto inner = argv.subspan(std::min(docker.inner, argv.size()));
    words.insert(words.end(), inner.begin(), inner.end());
    keep_heavier(task, recognised_task(words, {}, own));
  } else if (docker.inner < argv.size()) {
    keep_heavier(task, recognised_task(argv.subspan(docker.inner), {}, own));
  } else if (task.effect == Effect::kUnknown &&
             std::find(kLooks.begin(), kLooks.end(), docker.verb) != kLooks.end()) {
    task = {Effect::kReads, Role::kStatus, "docker " + std::string(docker.verb)};
  }
  return task;
}

}  // namespace

bool removes_files(Effect effect, std::string_view name) {
  return effect == Effect::kDeletes && (name == "rm" || name == "rm -r" || name == "find -delete");
}

void judge(ComposeInvocation& call, const knowledge::Vocabulary* own) {
  Task task = call.is("run") || call.is("exec") ? inner_task(call, own) : verb_task(call);
  call.effect = task.effect;
  call.role = task.role;
  call.effect_name = std::move(task.name);
}

Judgement judge(std::span<const Argument> argv, const knowledge::Vocabulary* own) {
  Judgement out;
  if (argv.empty()) return out;
  Task task;
  if (const auto docker = knowledge::read_docker(argv)) {
    out.launcher = Launcher::kDocker;
    task = docker_task(argv, *docker, own);
  } else {
    task = recognised_task(argv, {}, own);
    if (task.effect == Effect::kUnknown) task = named_task(argv);
    out.asks = knowledge::is_prompt(argv);
  }
  out.effect = task.effect;
  out.role = task.role;
  out.effect_name = std::move(task.name);
  return out;
}

}  // namespace composelint::calls
