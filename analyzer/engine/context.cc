#include "analyzer/engine/context.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "analyzer/engine/context_words.h"
#include "analyzer/signs/words/cron_line.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

// Files and projects that a call of the script names.
std::optional<ContextCue> production_call(const ContextQuestion& question) {
  for (const Step& step : question.timeline.steps) {
    if (!step.call) continue;
    if (auto cue = cue_of_production(*step.call)) return cue;
  }
  return std::nullopt;
}

// "The simplest local environment": its README says it, and its stack is made for that.
bool is_for_developers_alone(const ContextQuestion& question) {
  return question.repository != nullptr && question.repository->context == Context::kDev &&
         developers_stack(question).has_value();
}

// An operator is at the terminal, or the work is done elsewhere.
std::optional<ContextCue> operators_work(const ContextQuestion& question) {
  if (acts_elsewhere(question)) return ContextCue{Context::kOps, "it acts on another machine"};
  if (asks_the_operator(question.timeline) && !is_for_developers_alone(question))
    return ContextCue{Context::kOps, "it asks the operator"};
  return std::nullopt;
}

// The comment that heads the script, in lower case and without the line for the kernel. Behind
// empty lines it may be about the commands below it alone: where nothing stands between the two, it
// is.
std::string head_of(const SourceFile& file, bool of_commands) {
  std::string_view bytes = file.bytes();
  if (bytes.starts_with("#!")) {
    bytes.remove_prefix(std::min(bytes.find('\n'), bytes.size()));
    bytes.remove_prefix(std::min<std::size_t>(1, bytes.size()));
  }
  const std::size_t first = std::min(bytes.find_first_not_of("\r\n"), bytes.size());
  bytes.remove_prefix(first);
  std::size_t end = 0;
  while (end < bytes.size() && bytes[end] == '#') {
    end = std::min(bytes.find('\n', end), bytes.size() - 1) + 1;
  }
  const std::string_view below = bytes.substr(end);
  const bool apart = below.empty() || below.front() == '\n' || below.front() == '\r';
  return first == 0 || apart || of_commands ? lower_case(bytes.substr(0, end)) : "";
}

// Behind an empty line, with none below: it may be about the line that follows.
bool is_about_a_line(const SourceFile& file) {
  const std::string_view bytes = file.bytes();
  const std::size_t first = bytes.starts_with("#!") ? bytes.find('\n') : bytes.npos;
  if (first == bytes.npos || !bytes.substr(first).starts_with("\n\n#")) return false;
  std::size_t at = first + 2;
  while (at < bytes.size() && bytes[at] == '#') {
    at = std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
  }
  return at < bytes.size() && bytes[at] != '\n';
}

// "Deploys the application locally."
bool says_locally(const SourceFile* file) {
  if (file == nullptr) return false;
  const std::string head = head_of(*file, true);
  const std::vector<std::string> words = words_of(head);
  return std::find(words.begin(), words.end(), "locally") != words.end() && !names_production(head);
}

// Every file that a call of the script names is a developer's or a test's. Where its head says that
// all is local, a plain `down` says nothing against that.
std::optional<ContextCue> developers_files(const ContextQuestion& question) {
  const Timeline& timeline = question.timeline;
  const bool locally = says_locally(timeline.file);
  std::optional<ContextCue> found;
  for (const Step& step : timeline.steps) {
    // What a script that it calls names is that one's business.
    if (!step.call || step.call->span.file != timeline.file) continue;
    const auto cue = cue_of_files(*step.call);
    if (cue) found = cue;
    const bool plain = locally && step.call->global_option("--file") == nullptr &&
                       !step.call->opaque_global && step.call->is("down");
    if (!cue && !plain) return std::nullopt;
  }
  return found;
}

// A script of many commands, some of which only developers have: `case "$1" in lint)`, functions
// that its arguments name.
std::optional<ContextCue> developers_commands(const ContextQuestion& question) {
  static constexpr std::array<std::string_view, 9> kDevelopers = {
      "coverage", "fmt",  "format",    "lint",     "makemigrations",
      "pytest",   "test", "storybook", "typecheck"};
  std::vector<std::string> found;
  for (const Branch& branch : question.timeline.branches) {
    std::vector<std::string> words;
    if (branch.kind == BranchKind::kUncalled) words = words_of(branch.name);
    for (const Span& pattern : branch.patterns) {
      for (std::string& word : words_of(pattern.text())) words.push_back(std::move(word));
    }
    if (names_work_in_use(words)) return std::nullopt;
    for (std::string& word : words) {
      const bool known =
          std::find(kDevelopers.begin(), kDevelopers.end(), word) != kDevelopers.end();
      if (known && std::find(found.begin(), found.end(), word) == found.end()) {
        found.push_back(std::move(word));
      }
    }
  }
  if (found.size() < 2) return std::nullopt;
  return ContextCue{Context::kDev, "its commands " + found[0] + " and " + found[1]};
}

// `.ci/build.sh`: a hook on the server calls it, and leaves up what is for production. A directory
// for tests, or a file named for them, says more.
bool deploys_from_a_hook(const ContextQuestion& question) {
  const std::string directory = text::directory_of(question.path);
  const bool of_ci = text::name_of(directory) == ".ci" || text::name_of(directory) == "ci";
  if (!of_ci || cue_in(text::name_of(question.path), "")) return false;
  bool left = false;
  for (const Step& step : question.timeline.steps) {
    if (!step.call) continue;
    const ComposeInvocation& call = *step.call;
    if (call.is("up")) left = call.has("--detach") && cue_of_production(call).has_value();
    if (call.is("down") || call.is("stop") || call.is("kill") || call.is("rm")) left = false;
  }
  return left;
}

// CI or development in the path: the file's own name is nearer to its purpose than the directories.
std::optional<ContextCue> path(const ContextQuestion& question) {
  // A stack may be called demo and be in use; scripts of a directory of that name show it off.
  const std::string directory = text::directory_of(question.path);
  const bool shows = question.kind == hosts::HostKind::kShell && text::name_of(directory) == "demo";
  if (shows) return ContextCue{Context::kDev, "directory demo"};
  const SourceFile* file = question.timeline.file;
  const bool of_place =
      asks_the_operator(question.timeline) || (file != nullptr && says_that_cron_starts_it(*file));
  auto cue = cue_in_path(question.path, of_place ? Words::kOfPlace : Words::kAll);
  return cue && deploys_from_a_hook(question) ? production_call(question) : cue;
}

// `fetch-production-db.sh`: where the data come from.
bool names_what_is_fetched(std::string_view name) {
  static constexpr std::array<std::string_view, 5> kFetches = {"clone", "download", "fetch",
                                                               "import", "pull"};
  const std::vector<std::string> words = words_of(name);
  return !words.empty() &&
         std::find(kFetches.begin(), kFetches.end(), words.front()) != kFetches.end();
}

// `deploy-production.sh` is what it says, whatever its compose file is called.
std::optional<ContextCue> production_name(const ContextQuestion& question) {
  const std::string_view name = text::name_of(question.path);
  if (!names_production(name) || names_what_is_fetched(name)) return std::nullopt;
  return ContextCue{Context::kOps, "file name " + std::string(name)};
}

// `backup.sh`, `ops/restore/run.sh`. The files that it calls may still tell of themselves.
std::optional<ContextCue> operations_name(const ContextQuestion& question) {
  if (question.kind != hosts::HostKind::kShell) return std::nullopt;
  const std::string_view name = text::name_of(question.path);
  if (keeps_a_developers_own(question, question.path)) return std::nullopt;
  if (names_work_in_use(words_of(name))) {
    return ContextCue{Context::kOps, "file name " + std::string(name), true};
  }
  if (question.path.size() == name.size() || !names_work_in_use(words_of(question.path))) {
    return std::nullopt;
  }
  return ContextCue{Context::kOps, "directory " + text::directory_of(question.path), true};
}

// `ops/prod/Makefile`: the tasks of a folder for production are no developer's.
std::optional<ContextCue> production_directory(const ContextQuestion& question) {
  if (question.task == nullptr) return std::nullopt;
  const std::string directory = text::directory_of(question.path);
  if (!names_production(directory)) return std::nullopt;
  return ContextCue{Context::kOps, "directory " + directory};
}

// "starts a development environment" at its head, or `./start-dev-env.sh` in it.
std::optional<ContextCue> developers_words(const ContextQuestion& question) {
  static constexpr std::array<std::string_view, 8> kSays = {
      "dev database",   "dev environment",   "development database", "development environment",
      "local database", "local development", "local environment",    "test database"};
  if (question.kind != hosts::HostKind::kShell || question.timeline.file == nullptr) {
    return std::nullopt;
  }
  const std::string_view bytes = question.timeline.file->bytes();
  const std::string head = head_of(*question.timeline.file, false);
  if (names_production(head)) return std::nullopt;
  const bool elsewhere = is_about_a_line(*question.timeline.file);
  for (const std::string_view said : kSays) {
    if (elsewhere || head.find(said) == std::string::npos) continue;
    return ContextCue{Context::kDev, "its head says " + std::string(said)};
  }
  std::optional<ContextCue> found;
  for (std::size_t at = bytes.find(".sh"); at != std::string_view::npos;
       at = bytes.find(".sh", at + 1)) {
    const std::size_t begin = bytes.find_last_of(" \t\n\"'/`=(", at) + 1;  // npos + 1 is 0
    const std::string_view name = bytes.substr(begin, at + 3 - begin);
    if (names_production(name)) return std::nullopt;
    if (name.starts_with("start-dev")) {
      found = ContextCue{Context::kDev, "it speaks of " + std::string(name)};
    }
  }
  return found;
}

// "A development environment only": a backup there is a developer's, too.
std::optional<ContextCue> readme_for_all(const ContextQuestion& question) {
  if (question.repository == nullptr || !question.repository->for_all) return std::nullopt;
  return *question.repository;
}

// `cd /path/to/your/app`: whoever takes the file over fills that in first, and nothing runs till
// then.
std::optional<ContextCue> template_to_fill_in(const ContextQuestion& question) {
  for (const Step& step : question.timeline.steps) {
    if (step.directory && step.directory->starts_with("/path/to")) {
      return ContextCue{Context::kDocs, "a directory to be filled in, " + *step.directory};
    }
  }
  return std::nullopt;
}

// What tells where a task belongs. The weightiest comes first, and the first that says something
// decides: `deploy-dev.sh` is a developer's (path) though it asks (operators_work), and a stack
// that runs from mounted sources says nothing against `backup.sh`.
using Sign = std::optional<ContextCue>(const ContextQuestion&);
constexpr std::array<Sign*, 18> kSigns = {
    template_to_fill_in,      // cd /path/to/your/app
    context_of_host,          // the kind of file; the name of a job, target or task
    path,                     // words of the file's name, then of its directories: test, dev, local
    production_call,          // -f, -p, --env-file, --profile with a word of production
    production_name,          // the file is named for production
    developers_files,         // every call has -f with a file of development or tests
    test_commands,            // runs a test suite, or sets RAILS_ENV=development
    services_of_development,  // runs its tasks in services that set RAILS_ENV=development
    replaced_by_development,  // wp search-replace "$LIVE_URL" "$DEV_URL"
    settings_of_development,  // source local.env
    choice_of_development,    // --db=dev|test, and nothing else to choose
    readme_for_all,           // the README says that nothing of it is for production
    operators_work,           // ssh to another machine; a question to the operator
    developers_commands,      // has commands lint, test, makemigrations and none of operations
    operations_name,          // the file is named for a backup, a deployment, a restore
    production_directory,     // a task of a file in a folder for production
    developers_words,         // heads itself so, or speaks of start-dev-env.sh
    developers_stack,         // its stack reloads or is set to develop, from mounted sources
};

// `docker -H ssh://live …`, `docker --context live …`, `docker context use live`: the engine of
// another machine does it.
bool tells_another_engine(const Step& step) {
  const auto is_own = [](std::string_view name) {
    return name == "default" || name.find("desktop") != name.npos || name == "rootless" ||
           name == "colima" || name == "orbstack";
  };
  const std::vector<Argument>& argv = step.argv;
  if (argv.size() < 3 || text::name_of(argv[0].text) != "docker") return false;
  if (argv[1].is("context")) return argv[2].is("use") && argv.size() > 3 && !is_own(argv[3].text);
  for (std::size_t i = 1; i + 1 < argv.size() && argv[i].text.starts_with('-'); ++i) {
    const std::string_view value = argv[i + 1].text;
    if (argv[i].is("-H") || argv[i].is("--host")) return value.starts_with("ssh://");
    if (argv[i].is("--context") || argv[i].is("-c")) return !is_own(value);
  }
  return false;
}

}  // namespace

bool acts_elsewhere(const ContextQuestion& question) {
  const std::vector<Step>& steps = question.timeline.steps;
  if (std::any_of(steps.begin(), steps.end(), [](const Step& step) {
        return step.place == Place::kRemote || tells_another_engine(step);
      })) {
    return true;
  }
  return std::any_of(steps.begin(), steps.end(), [](const Step& step) {
    if (step.span.file == nullptr) return false;
    const SourceFile& file = *step.span.file;
    const std::string_view line = file.line_text(file.line_of(step.span.begin));
    return line.find("DOCKER_HOST=ssh://") != std::string_view::npos;
  });
}

bool asks_the_operator(const Timeline& timeline) {
  return std::any_of(timeline.steps.begin(), timeline.steps.end(),
                     [](const Step& step) { return step.asks; });
}

namespace {

// `export COMPOSE_FILE=compose.prod.yaml` says it as `-f` does.
std::optional<ContextCue> production_file(const ComposeInvocation& call) {
  const Project* project = call.target.project;
  if (project == nullptr || project->default_files) return std::nullopt;
  for (const SourceFile* file : project->files) {
    const std::string_view name = text::name_of(file->path());
    if (!names_production(name)) continue;
    ContextCue cue{Context::kOps, "a call that reads " + std::string(name)};
    cue.by_call = true;
    return cue;
  }
  return std::nullopt;
}

}  // namespace

std::optional<ContextCue> cue_of_production(const ComposeInvocation& call) {
  for (const OptionUse& use : call.global_options) {
    const bool tells = use.name == "--file" || use.name == "--env-file" ||
                       use.name == "--project-name" || use.name == "--profile";
    if (!tells || !use.value || !names_production(text::name_of(use.value->text))) continue;
    ContextCue cue{Context::kOps, "a call with " + use.name + " " + use.value->text};
    cue.by_call = true;
    return cue;
  }
  return production_file(call);
}

std::optional<ContextCue> cue_of_files(const ComposeInvocation& call) {
  std::optional<ContextCue> found;
  for (const OptionUse& use : call.global_options) {
    if (use.name != "--file" || !use.value || !use.value->known()) continue;
    if (auto cue = cue_in(use.value->text, "compose file")) found = std::move(cue);
  }
  return found;
}

ContextCue context_of(const ContextQuestion& question) {
  for (Sign* const sign : kSigns) {
    if (auto cue = sign(question)) return *cue;
  }
  ContextCue cue = context_without_cue(question.kind);
  return cue.by_default && question.repository != nullptr ? *question.repository : cue;
}

}  // namespace composelint::engine
