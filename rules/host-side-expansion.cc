#include <composelint/inner_command.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>

#include <algorithm>
#include <cctype>

namespace composelint::rules {
namespace {

using Entry = std::pair<std::string, Located<std::optional<std::string>>>;

// The container has the variable from the compose project's own files, not from the caller's
// environment, where the script would have it as well.
const Entry* own_variable(const Service& service, std::string_view name) {
  for (const Entry& entry : service.environment) {
    if (entry.first != name) continue;
    if (!entry.second.known || !entry.second.value || entry.second.value->empty()) return nullptr;
    return &entry;
  }
  return nullptr;
}

bool is_word_byte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool within(const Span& place, std::size_t at) {
  return at >= place.begin && at < place.end;
}

// Text that is no code: the rest of a line behind `#`.
bool in_comment(std::string_view bytes, std::size_t at) {
  const std::size_t start = bytes.rfind('\n', at);
  const std::string_view line = bytes.substr(start == std::string_view::npos ? 0 : start + 1);
  const std::size_t first = line.find_first_not_of(" \t");
  return first != std::string_view::npos && line[first] == '#';
}

// A script that names the variable anywhere else knows it from its caller.
bool only_in_containers(const Timeline& timeline, const SourceFile& file, std::string_view name) {
  const std::string_view bytes = file.bytes();
  for (std::size_t at = bytes.find(name); at != std::string_view::npos;
       at = bytes.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if (at > 0 && is_word_byte(bytes[at - 1])) continue;
    if (end < bytes.size() && is_word_byte(bytes[end])) continue;
    if (in_comment(bytes, at)) continue;
    const bool inside =
        std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& step) {
          const auto inner = inner_command_of(step);
          return inner &&
                 std::any_of(inner->words->begin(), inner->words->end(), [&](const auto& word) {
                   return word.span.file == &file && within(word.span, at);
                 });
        });
    if (!inside) return false;
  }
  return true;
}

// Something may bring variables in that the walk has not seen.
bool reads_environment(const Timeline& timeline) {
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), [](const Step& step) {
    const std::string_view program = program_name(step);
    return program == "source" || program == "." || program == "eval" || program == "export" ||
           program == "dotenv" || program == "direnv";
  });
}

void look_at(const Argument& word, const Service& service, const std::string& line,
             RuleContext& context) {
  for (const Hole& hole : word.holes) {
    if (hole.name.empty() || !std::all_of(hole.name.begin(), hole.name.end(), is_word_byte))
      continue;
    const Timeline& timeline = *context.timeline();
    if (timeline.assigns(hole.name)) continue;
    const std::string_view written = word.span.text();
    if (written.find("$" + hole.name) == std::string_view::npos &&
        written.find("${" + hole.name + "}") == std::string_view::npos) {
      continue;
    }
    const Entry* entry = own_variable(service, hole.name);
    if (entry == nullptr || !only_in_containers(timeline, *word.span.file, hole.name)) continue;
    Finding& finding = context.report(
        word.span,
        quoted("$" + hole.name) +
            " is put in by this script's shell, where nothing sets it: " + quoted(line) +
            " gets an empty text; the container of " + quoted(service.name) + " has it",
        {line, hole.name});
    if (entry->second.from.span) {
      finding.related.push_back({entry->second.from.span, "the container gets it from here"});
    }
    return;
  }
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  const Argument* name = call.service();
  if (!inner || inner->opaque || name == nullptr || call.target.project == nullptr) return;
  // What a Makefile or a pipeline is started with is not told by its text.
  const Timeline* timeline = context.timeline();
  if (timeline == nullptr || !timeline->task.empty() || step.place != Place::kHost) return;
  const Service* service = call.target.project->service(name->text);
  if (service == nullptr || reads_environment(*timeline)) return;
  for (const Argument& word : *inner->words) {
    if (word.span) look_at(word, *service, inner->line, context);
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -T db sh -c \"psql -U $POSTGRES_USER -c 'select 1'\"\n",
    .safe = "docker compose exec -T db sh -c 'psql -U \"$POSTGRES_USER\" -c \"select 1\"'\n",
    .compose = "services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_USER: "
               "app\n",
}};

}  // namespace

COMPOSELINT_RULE(host_side_expansion) = {
    .slug = "host-side-expansion",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary =
        "A variable of the container is put in by the script's shell, which does not have it",
    .rationale =
        "What stands in double quotes, or in none, is expanded before `exec` starts: by the shell "
        "of the script, with the variables of the host. `sh -c \"psql -U $POSTGRES_USER\"` becomes "
        "`psql -U` where only the container has the variable (measured with Compose 2.40.3); the "
        "`.env` that Compose reads sets nothing in the shell. In single quotes the container's "
        "shell puts it in.",
    .silent_on =
        "Variables that the script sets, gives a default, or names anywhere outside of such "
        "commands: its caller may hand them in. Values that the container takes over from the "
        "caller's environment. Scripts that read a file of variables. Makefiles and pipelines.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
