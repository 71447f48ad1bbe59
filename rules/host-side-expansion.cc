#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/variable_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/words/mention.h"

namespace composelint::rules {
namespace {

// Every shell has these, whatever the service says.
bool is_of_every_shell(std::string_view name) {
  static constexpr std::array<std::string_view, 14> kNames = {
      "COLUMNS", "HOME", "HOSTNAME", "LANG", "LINES",  "LOGNAME", "OLDPWD",
      "PATH",    "PWD",  "SHELL",    "TERM", "TMPDIR", "UID",     "USER"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// Variables may come from files that are not seen, or from a host.
bool may_load_variables(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kWays = {
      "include ", "dotenv", "source ",   "\n. ",  "; . ",      "&& . ",
      "set -a",   "direnv", "allexport", "eval ", "export $(", ".envrc"};
  return std::any_of(kWays.begin(), kWays.end(), [&](std::string_view way) {
    return text.find(way) != std::string_view::npos;
  });
}

bool holds(Span outer, std::uint32_t at) {
  return outer.begin <= at && at < outer.end;
}

// The name stands in nothing but commands for containers: nobody here sets it, tests it or says
// that the caller has to.
bool is_of_containers_alone(const Timeline& timeline, const SourceFile& file,
                            std::string_view name) {
  const std::string_view bytes = file.bytes();
  for (std::size_t at = bytes.find(name); at != std::string_view::npos;
       at = bytes.find(name, at + 1)) {
    const auto place = static_cast<std::uint32_t>(at);
    const bool inside =
        std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& step) {
          return step.span.file == &file && inner_command_of(step) && holds(step.span, place);
        });
    if (!inside) return false;
  }
  return true;
}

const Located<std::optional<std::string>>* environment_of(const Service& service,
                                                          std::string_view name) {
  for (const auto& [variable, value] : service.environment) {
    // A bare NAME hands on what the caller has.
    if (variable == name) return value.value ? &value : nullptr;
  }
  return nullptr;
}

// `"… $NAME …"` of sh -c becomes `'… $NAME …'`, where the container has all that it expands.
std::optional<Fix> leave_it(const Argument& word, const Service& service) {
  const std::string_view text = word.span.text();
  if (text.size() < 2 || !text.starts_with('"') || !text.ends_with('"')) return std::nullopt;
  const std::string_view inside = text.substr(1, text.size() - 2);
  if (inside.find_first_of("'\"`\\") != std::string_view::npos) return std::nullopt;
  const bool all = std::all_of(word.holes.begin(), word.holes.end(), [&](const Hole& hole) {
    return is_variable_name(hole.name) && environment_of(service, hole.name) != nullptr;
  });
  const auto dollars = static_cast<std::size_t>(std::count(inside.begin(), inside.end(), '$'));
  if (!all || dollars != word.holes.size()) return std::nullopt;
  return Fix{"Leave it to the shell in the container",
             FixSafety::kUnsafe,
             {{word.span, "'" + std::string(inside) + "'"}}};
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  const Argument* service_name = call.service();
  const Project* project = call.target.project;
  if (!inner || inner->opaque || service_name == nullptr || project == nullptr) return;
  if (project->partial || step.place != Place::kHost || context.timeline() == nullptr) return;
  const Service* service = project->service(service_name->text);
  const Timeline& timeline = *context.timeline();
  if (service == nullptr || timeline.truncated || !timeline.sourced.empty()) return;
  const SourceFile& file = *step.span.file;
  const std::optional<ShellScript> shell = shell_script_in(*inner->words);
  for (std::size_t i = 0; i < inner->words->size(); ++i) {
    const Argument& word = (*inner->words)[i];
    for (const Hole& hole : word.holes) {
      if (!is_variable_name(hole.name) || is_of_every_shell(hole.name)) continue;
      const auto* value = environment_of(*service, hole.name);
      if (value == nullptr || timeline.assigns(hole.name)) continue;
      if (may_load_variables(file.bytes())) return;
      if (!is_of_containers_alone(timeline, file, hole.name)) continue;
      Finding& finding = context.report(
          place_of(word, hole.name),
          quoted("$" + hole.name) +
              " is expanded by the shell of this machine, where nothing sets it: the command in "
              "the container of " +
              quoted(service->name) + ", which has a value for it, gets nothing in its place",
          {call.verb, service->name, hole.name});
      if (value->from.span) {
        finding.related.push_back({value->from.span, "set here, for the container"});
      }
      if (shell && shell->at == i) {
        if (auto fix = leave_it(word, *service)) finding.fixes.push_back(std::move(*fix));
      }
      return;
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -T db sh -c \"pg_dump -U $POSTGRES_USER shop\"\n",
    .safe = "docker compose exec -T db sh -c 'pg_dump -U $POSTGRES_USER shop'\n",
    .compose = "services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_USER: "
               "shop\n",
}};

}  // namespace

COMPOSELINT_RULE(host_side_expansion) = {
    .slug = "host-side-expansion",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "A variable of the container is expanded on the host, where it is not set",
    .rationale =
        "In double quotes and without quotes the script's shell expands `$VAR` before compose sees "
        "the word: `exec app sh -c \"echo $HOSTNAME\"` prints the name of the host (measured with "
        "Compose 2.40.3). A variable that only the service's `environment` has is empty there, and "
        "`.env` beside the compose file does not set it for the script. Single quotes and `sh -c`, "
        "or a backslash, leave it to the shell in the container.",
    .silent_on =
        "Variables that the script sets, reads, tests or names in any other place than commands "
        "for containers; scripts that source or include files, or load an environment. Variables "
        "with a default, those of every shell (`$HOME`, `$USER`, …), and those that the service "
        "does not set or takes over from its caller.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
