#include <composelint/path_name.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/stacks/anothers_input.h"
#include "analyzer/signs/words/variable_place.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// The value may come from the outside after all.
bool may_be_set(const WorkspaceFacts& facts, const Project& project, const std::string& name) {
  if (std::binary_search(project.set_nearby.begin(), project.set_nearby.end(), name)) return true;
  return std::any_of(facts.tasks.begin(), facts.tasks.end(),
                     [&](const TaskView& task) { return task.timeline->assigns(name); });
}

// `--env-file prod.env` of some call: it is read for the project, whichever service has it besides.
bool is_read_for_calls(const WorkspaceFacts& facts, const EnvFile& file) {
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const std::vector<Step>& steps = task.timeline->steps;
    return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
      if (!step.call) return false;
      const auto& options = step.call->global_options;
      return std::any_of(options.begin(), options.end(), [&](const OptionUse& use) {
        return use.name == "--env-file" && use.value &&
               (!use.value->known() || file_name(use.value->text) == file_name(file.path));
      });
    });
  });
}

// `${SERVICE_PASSWORD_DB}`: Coolify makes that up, and hands over the variables of each
// `environment` with it.
bool is_filled_in_by_a_platform(const Project& project) {
  static constexpr std::array<std::string_view, 5> kMade = {
      "SERVICE_BASE64_", "SERVICE_FQDN_", "SERVICE_PASSWORD_", "SERVICE_URL_", "SERVICE_USER_"};
  return std::any_of(project.unset.begin(), project.unset.end(), [&](const UnsetVariable& unset) {
    return std::any_of(kMade.begin(), kMade.end(),
                       [&](std::string_view made) { return unset.name.starts_with(made); });
  });
}

// A machine has a file of its own for what Compose puts in, and no template of it is there. What
// `env_file` of a service names goes into its container alone.
bool has_own_env_files(const WorkspaceFacts& facts, const Project& project) {
  if (is_filled_in_by_a_platform(project)) return true;
  if (!project.set_nearby.empty()) return false;
  if (project.own_env) return true;
  return std::any_of(project.services.begin(), project.services.end(), [&](const Service& service) {
    return std::any_of(
        service.env_files.begin(), service.env_files.end(), [&](const EnvFile& file) {
          const bool read =
              file.path == project.directory + "/.env" || is_read_for_calls(facts, file);
          return !file.there && read;
        });
  });
}

// Another variable of the value, with nothing that sets it, may be meant for Compose.
bool is_open(const Project& project, const UnsetVariable& unset) {
  const auto use = find_use(unset.span.text(), unset.name);
  return use && !is_meant_literally(project, unset) &&
         (use->braced || std::none_of(unset.name.begin(), unset.name.end(),
                                      [](unsigned char c) { return std::islower(c) != 0; }));
}

// The dollar of every variable of the value that nothing sets, and those that no name follows in a
// hash: `$2y$10$…`. Nothing where one of them may be meant for Compose.
std::vector<Edit> doubled(const Project& project, const Span& value) {
  std::set<std::size_t> dollars;
  const std::string_view text = value.text();
  for (const UnsetVariable& unset : project.unset) {
    if (unset.span != value) continue;
    if (is_open(project, unset)) return {};
    const std::string& name = unset.name;
    for (auto use = find_use(text, name); use; use = find_use(text, name, use->at + use->size)) {
      if (use->braced && !is_meant_literally(project, unset)) return {};
      dollars.insert(use->at);
    }
  }
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at)) {
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (std::isdigit(static_cast<unsigned char>(next)) != 0) dollars.insert(at);
    at += next == '$' ? 2 : 1;
  }
  std::vector<Edit> edits;
  for (const std::size_t at : dollars) {
    const auto begin = value.begin + static_cast<std::uint32_t>(at);
    edits.push_back({{value.file, begin, begin + 1}, "$$"});
  }
  return edits;
}

// `["CMD-SHELL", "pg_isready", "--dbname=$DB"]`: the shell runs the first word behind CMD-SHELL;
// the others are its arguments, which nothing reads.
bool is_behind_the_command(const Project& project, const UnsetVariable& unset) {
  const Service* service = service_of(project, unset);
  if (service == nullptr || !service->healthcheck) return false;
  const std::vector<std::string>& test = service->healthcheck->test;
  if (test.size() < 3 || test.front() != "CMD-SHELL") return false;
  if (unset.place != "services." + service->name + ".healthcheck.test[]") return false;
  std::string_view before = unset.span.file->bytes().substr(0, unset.span.begin);
  before = before.substr(0, before.find_last_not_of(" \t\r\n,-\"'") + 1);
  return !before.ends_with("CMD-SHELL");
}

bool is_shell(std::string_view word) {
  static constexpr std::array<std::string_view, 8> kShells = {"sh",  "bash", "ash", "dash",
                                                              "zsh", "ksh",  "su",  "CMD-SHELL"};
  word = file_name(word);
  return std::find(kShells.begin(), kShells.end(), word) != kShells.end();
}

// Some word of the command is a shell. Commands with variables that nothing sets have text alone.
bool has_shell(const Value* command) {
  if (command == nullptr) return false;
  if (command->is_list()) {
    return std::any_of(command->items.begin(), command->items.end(),
                       [](const Value& item) { return has_shell(&item); });
  }
  std::string_view text = command->text;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \t\n\"'"), text.size());
    if (is_shell(text.substr(0, end))) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

// `command: ["server", "--port", "${PORT}"]`: the program gets its words as they are.
bool is_read_by_shell(const Project& project, const UnsetVariable& unset) {
  const Service* service = service_of(project, unset);
  if (service == nullptr) return true;
  if (unset.place.starts_with("services." + service->name + ".healthcheck")) {
    const Value* test = service->attribute("healthcheck.test");
    return test == nullptr || !test->is_list() || has_shell(test);  // a text is for CMD-SHELL
  }
  return has_shell(service->attribute("entrypoint")) || has_shell(service->attribute("command"));
}

std::string consequence(const std::string& names, bool one, bool in_command, bool shell) {
  const std::string own = "Compose puts in its own value of " + names + ", which nothing sets, ";
  if (in_command && shell) {
    return own + "before the container's shell sees the command: " + (one ? "it is" : "they are") +
           " empty there";
  }
  if (in_command) {
    return own +
           "and the program gets nothing there; no shell reads the command, so with `$$` it " +
           "gets the name as it is written, and only `sh -c` puts in the container's value";
  }
  return names +
         (one ? " is taken for a variable that nothing sets and goes"
              : " are taken for variables that nothing sets and go") +
         " missing from the value";
}

void look_at(const WorkspaceFacts& facts, const Project& project, RuleContext& context) {
  const bool open = has_own_env_files(facts, project);
  for (std::size_t i = 0; i < project.unset.size(); ++i) {
    const UnsetVariable& first = project.unset[i];
    if (!first.span || !is_meant_literally(project, first)) continue;
    if (is_in_a_volumes_text(first.place)) continue;
    if (is_behind_the_command(project, first)) continue;
    const bool told =
        std::any_of(project.unset.begin(), project.unset.begin() + static_cast<std::ptrdiff_t>(i),
                    [&](const UnsetVariable& before) {
                      return before.span == first.span && is_meant_literally(project, before);
                    });
    const bool in_command = is_in_command(project, first);
    const bool own = std::none_of(first.name.begin(), first.name.end(),
                                  [](unsigned char c) { return std::islower(c) != 0; });
    if (told || (own && open) || may_be_set(facts, project, first.name)) continue;
    std::set<std::string> names;
    for (const UnsetVariable& other : project.unset) {
      if (other.span == first.span && is_meant_literally(project, other)) names.insert(other.name);
    }
    std::vector<std::string> words;
    for (const std::string& name : names) words.push_back("$" + name);
    const bool one = words.size() == 1;
    const bool shell = !in_command || is_read_by_shell(project, first);
    Finding& finding =
        context.report(place_of_variable(first), consequence(listed(words), one, in_command, shell),
                       {first.place, first.name});
    auto edits = doubled(project, first.span);
    if (edits.empty()) continue;
    finding.fixes.push_back(
        {"Double the dollar", shell ? FixSafety::kSafe : FixSafety::kUnsafe, std::move(edits)});
  }
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const Project* project : facts.projects) look_at(facts, *project, context);
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    command: sh -c 'for f in /seed/*.sql; do load $f; done'\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    command: sh -c 'for f in /seed/*.sql; do load $$f; done'\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(stray_dollar) = {
    .slug = "stray-dollar",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning,
                 .dev = Severity::kWarning,
                 .ci = Severity::kWarning,
                 .docs = Severity::kWarning},
    .summary = "A dollar that was meant literally begins a variable that nothing sets",
    .rationale =
        "Compose replaces `$word` in every value of a compose file, in commands and quotes of any "
        "kind too, and in env files: `P=sekrit$abc` becomes `sekrit`, `$apr1$…` of a password hash "
        "loses its pieces, and `$f` in a command is gone before the shell in the container reads "
        "it. There is a warning and exit code 0 (measured with 2.40.3). `$$` is a dollar.",
    .silent_on =
        "Variables that something sets: an env file, a file with `env` in its name, a script; and "
        "those "
        "that an `.env` may set which is on each machine, where no template of it is there; and "
        "those of stacks that Coolify "
        "fills in (`${SERVICE_PASSWORD_DB}`). "
        "Upper-case names outside of commands, and inside of them those that the service's own "
        "`environment` does not set: they may be meant for Compose. `$(…)`, which Compose leaves "
        "alone. Words of a healthcheck behind the command of CMD-SHELL, which nothing reads. The "
        "`content` of a volume, which a platform writes to the host as it is.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules
