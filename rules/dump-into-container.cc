#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/script_text.h>
#include <composelint/short_options.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/image_data.h"
#include "analyzer/signs/dumps/dump_file.h"
#include "analyzer/signs/dumps/dump_tool.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/mounts.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/fed_text.h"
#include "analyzer/signs/words/mention.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

struct Written {
  TextWord path;
  std::string program;
};

// The file at which the pipeline ends that starts with commands[at].
std::optional<TextWord> end_of(const std::vector<TextCommand>& commands, std::size_t at) {
  while (!commands[at].output && commands[at].piped_out) {
    if (++at >= commands.size() || !passes_on(program_name(commands[at]))) return std::nullopt;
    if (program_name(commands[at]) == "tee") return std::nullopt;
  }
  return commands[at].output;
}

// The first dump of a shell's text that ends in a file.
std::optional<Written> written_by(const Argument& script) {
  const std::vector<TextCommand> commands = read_script_text(script);
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const std::string_view program = program_name(commands[i]);
    if (dump_tool(program) == nullptr) continue;
    std::optional<TextWord> path = dump_file_in(commands[i].words);
    if (!path && !program.ends_with("-cli")) path = end_of(commands, i);
    if (path) return Written{std::move(*path), std::string(program)};
  }
  return std::nullopt;
}

// `exec -T db bash <<'EOF'`: the text that the shell reads. Where the outer shell fills something
// in, it is not what is written.
std::optional<Argument> fed_script(const Step& step, const std::vector<Argument>& words) {
  const std::string_view program = words.front().text;
  const bool shell = words.front().known() && (program == "bash" || program == "sh");
  const bool plain = words.size() == 1 || (words.size() == 2 && words.back().is("-s"));
  const std::string_view text = here_document(step);
  const std::string_view head = step.in.span ? step.in.span.text() : std::string_view();
  const bool literal = head.substr(0, head.find('\n')).find_first_of("'\"") != head.npos ||
                       text.find_first_of("$`") == text.npos;
  if (!shell || !plain || text.empty() || !literal) return std::nullopt;
  const SourceFile* file = step.in.span.file;
  const auto begin = static_cast<std::uint32_t>(text.data() - file->bytes().data());
  Argument script;
  script.text = text;
  script.span = {file, begin, begin + static_cast<std::uint32_t>(text.size())};
  script.runs.push_back({0, static_cast<std::uint32_t>(text.size()), script.span});
  return script;
}

// What the inner command, or the script of its shell, writes a dump to.
std::optional<Written> written_by(const Step& step, const std::vector<Argument>& words) {
  if (const std::optional<Argument> script = fed_script(step, words)) return written_by(*script);
  if (step.effect != Effect::kDumps && step.effect != Effect::kExports) return std::nullopt;
  const std::optional<ShellScript> shell = shell_script_in(words);
  if (!shell) {
    std::vector<TextWord> text;
    for (const Argument& word : words) text.push_back(text_word(word));
    const std::optional<std::size_t> program = dump_program_in(text);
    const std::optional<TextWord> path = dump_file_in(text);
    if (!path) return std::nullopt;
    return Written{*path, text[*program].text};
  }
  return written_by(words[shell->at]);
}

// `mongodump` that is told nothing writes to `dump` in the working directory, `/` in its own image.
std::optional<Written> written_by_default(const std::vector<Argument>& words,
                                          const Service& service, const Step& step) {
  const std::string image =
      service.image && service.image->known ? image_name(service.image->value).name : "";
  const bool own = image == "mongo" || image.ends_with("/mongo");
  if (!own || (step.call ? step.call->has("--workdir") : step.docker->has("--workdir")) ||
      !text_at(service, "working_dir").empty()) {
    return std::nullopt;
  }
  if (!words.front().is("mongodump")) return std::nullopt;
  const bool told = std::any_of(words.begin(), words.end(), [](const Argument& word) {
    return !word.known() ? word.splits
                         : word.text.starts_with("--out") || word.text.starts_with("--archive") ||
                               word.text.starts_with("--config") ||
                               has_letter(word.text, 'o', *value_letters("mongodump"));
  });
  if (told) return std::nullopt;
  return Written{{"/dump", true, words.front().place()}, "mongodump"};
}

// Images may declare volumes of their own; here they surely do not.
bool lies_in_no_volume_of_an_image(std::string_view path) {
  static constexpr std::array<std::string_view, 4> kFolders = {"/home", "/root", "/tmp",
                                                               "/var/tmp"};
  return path.rfind('/') == 0 ||
         std::any_of(kFolders.begin(), kFolders.end(),
                     [&](std::string_view folder) { return lies_below(path, folder); });
}

// An official image of a database: its volume is known, and that is the only one.
bool is_outside_of_its_volume(const Service& service, std::string_view path) {
  if (service.build || !service.image || !service.image->known) return false;
  static constexpr std::array<std::string_view, 3> kOfficial = {"mariadb", "mysql", "postgres"};
  const std::string name = image_name(service.image->value).name;
  const auto* data = image_data(name);
  return data != nullptr &&
         std::find(kOfficial.begin(), kOfficial.end(), name) != kOfficial.end() &&
         !lies_below(path, data->root);
}

bool may_survive(const Service& service, const Step& step, const TextWord& path) {
  if (service.volumes_from || !path.text.starts_with('/')) return true;
  const std::size_t slash = path.text.rfind('/');
  // What is not known may name any folder that begins so.
  const std::string folder =
      path.known ? path.text : path.text.substr(0, std::max<std::size_t>(slash, 1));
  if (path.text == "/" || may_be_mounted(service, step.call.value_or(ComposeInvocation{}), folder))
    return true;
  for (const std::string_view no_file : {"/dev", "/proc", "/sys"}) {
    if (lies_below(path.text, no_file)) return true;
  }
  const bool below = std::any_of(
      service.mounts.begin(), service.mounts.end(),
      [&](const Mount& mount) { return !path.known && mount.target.starts_with(path.text); });
  const bool in_memory =
      std::any_of(service.tmpfs.begin(), service.tmpfs.end(),
                  [&](const std::string& target) { return lies_below(folder, target); });
  return below || in_memory ||
         !(lies_in_no_volume_of_an_image(path.text) ||
           is_outside_of_its_volume(service, path.text));
}

// As a name of its own: no "base" is in "pg_basebackup".
std::size_t count(std::string_view text, std::string_view what) {
  const auto in_word = [&](std::size_t at) {
    const char c = at < text.size() ? text[at] : ' ';
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  };
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos;
       at = text.find(what, at + what.size())) {
    const bool begins = at == 0 || !in_word(at - 1) || !in_word(at);
    const std::size_t end = at + what.size();
    found += begins && (!in_word(end) || !in_word(end - 1)) ? 1 : 0;
  }
  return found;
}

bool names(const Step& step, std::string_view what) {
  const auto holds = [&](const Argument& word) { return count(word.text, what) > 0; };
  return std::any_of(step.argv.begin(), step.argv.end(), holds) || holds(step.in.target) ||
         holds(step.out.target) || holds(step.err.target);
}

// Something else in the script, or in its file, knows the name: it may carry the dump out.
bool is_used_again(const Timeline& timeline, const Step& step, const TextWord& path) {
  std::string_view name = file_name(path.text);
  if (name.size() < 3) name = path.text;
  const std::size_t here = index_of(timeline, step);
  for (std::size_t i = 0; i < timeline.steps.size(); ++i) {
    const Step& other = timeline.steps[i];
    if (i == here) continue;
    const bool copies =
        (other.call && other.call->is("cp")) || (other.docker && other.docker->is("container cp"));
    if (copies || names(other, name) || (i > here && runs_unseen(other))) return true;
  }
  std::size_t inside = 0;
  for (const Argument& word : step.argv) inside += count(word.text, name);
  const Span own = step.span;
  const std::string_view bytes = own.file->bytes();
  return inside > 1 || count(bytes, name) > std::max<std::size_t>(count(own.text(), name), 1);
}

// Where the container's command writes, when that goes with it.
std::optional<Written> lost_dump(const Timeline& timeline, const Step& step,
                                 const InnerCommand& inner, const Service& service) {
  std::optional<Written> written = written_by(step, *inner.words);
  if (!written && step.effect == Effect::kDumps) {
    written = written_by_default(*inner.words, service, step);
  }
  if (!written || may_survive(service, step, written->path)) return std::nullopt;
  return is_used_again(timeline, step, written->path) ? std::nullopt : written;
}

Finding& report(const Step& step, const InnerCommand& inner, const Service& service,
                const Written& written, RuleContext& context) {
  const std::string shown = written.path.text + (written.path.known ? "" : "…");
  const std::string end =
      step.call && step.call->is("run") && step.call->has("--rm")
          ? "--rm removes it when the dump ends"
          : "the next `up` that makes the container anew, or `down`, deletes it";
  const Span place = written.path.span ? written.path.span : inner.words->back().place();
  Finding& finding =
      context.report(place,
                     quoted(written.program) + " writes to " + quoted(shown) +
                         " in the layer of the container, and nothing takes it out: " + end,
                     {step.call ? step.call->verb : "exec", service.name, written.path.text});
  finding.related.push_back({service.span, "no mount of " + quoted(service.name) + " covers it"});
  return finding;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  if (!inner || inner->opaque || context.timeline() == nullptr) return;
  const Argument* name = call.service();
  const Project* project = call.target.project;
  if (name == nullptr || project == nullptr || project->partial) return;
  const Service* service = project->service(name->text);
  if (service == nullptr) return;
  const auto written = lost_dump(*context.timeline(), step, *inner, *service);
  if (written) report(step, *inner, *service, *written, context);
}

// The services of the repository whose container has the name; none where one is not all read.
std::vector<const Service*> services_called(const Argument& word, const WorkspaceFacts& facts) {
  std::vector<const Service*> found;
  if (!word.known()) return found;
  for (const Project* project : facts.projects) {
    for (const Service& service : project->services) {
      const auto& name = service.container_name;
      if (!name || !name->known || name->value != word.text) continue;
      if (project->partial) return {};
      found.push_back(&service);
    }
  }
  return found;
}

// `docker exec app_db …`: what a `container_name` of the repository is. Of several projects that
// have it, none may keep the file.
void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  std::set<std::pair<const SourceFile*, std::uint32_t>> told;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (step.call || !step.docker || !step.docker->is("container exec")) continue;
      const std::optional<InnerCommand> inner = inner_command_of(step);
      if (!inner || inner->opaque || step.docker->operands.empty()) continue;
      const auto services = services_called(step.docker->operands.front(), facts);
      if (services.empty()) continue;
      std::optional<Written> written;
      const bool lost = std::all_of(services.begin(), services.end(), [&](const Service* service) {
        written = lost_dump(*task.timeline, step, *inner, *service);
        return written.has_value();
      });
      if (!lost || !told.insert({step.span.file, step.span.begin}).second) continue;
      Finding& finding = report(step, *inner, *services.front(), *written, context);
      finding.severity = context.severity_in(task.context);
      finding.context = to_string(task.context);
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -T db pg_dump -U app -f /tmp/nightly.sql appdb\n",
    .safe = "docker compose exec -T db pg_dump -U app -f /backups/nightly.sql appdb\n",
    .compose = "services:\n  db:\n    image: postgres:16\n    volumes:\n      - "
               "data:/var/lib/postgresql/data\n      - ./backups:/backups\nvolumes:\n  data:\n",
}};

}  // namespace

COMPOSELINT_RULE(dump_into_container) = {
    .slug = "dump-into-container",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kError, .ci = Severity::kNote},
    .summary = "A dump is written where only the container has it",
    .rationale =
        "What a container writes outside of its mounts is in its own layer. That is lost whenever "
        "`up` recreates the container (a new image, another variable), at `down`, and with `run "
        "--rm` as soon as the command ends (measured with Compose 2.40.3). A backup there lives no "
        "longer than what it is a backup of. `mongodump` that is told no place writes to `dump` in "
        "its "
        "working directory, `/` in the image of MongoDB. Looked into is `docker exec` of a "
        "`container_name` of the repository as well, and a here-document that a shell is fed.",
    .silent_on =
        "Paths below a mount, folders that an image may declare a volume (reported are `/tmp`, "
        "`/root`, `/home` and `/`, and of the official images of PostgreSQL, MySQL and MariaDB "
        "all but the folder of their data), services with `volumes_from`. Files that anything else "
        "in the "
        "script or its file names, so `cp` and `exec … cat` as well; scripts that copy from "
        "containers or call others afterwards.",
    .examples = kExamples,
    .on_invocation = on_invocation,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules
