#include <composelint/lower_case.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/files/host_file.h"
#include "analyzer/signs/files/measured_file.h"
#include "analyzer/signs/stacks/mounts.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// The step of this machine that writes the file.
const Step* writer_of(const Timeline& timeline, const Step& step, const Argument& word) {
  return last_before(timeline, step, [&](const Step& other) {
    return same_place(other, step) && makes_host_file(other, word);
  });
}

// All names that mktemp makes up are below /tmp.
bool makes_them_in_tmp(const Timeline& timeline) {
  return std::all_of(timeline.steps.begin(), timeline.steps.end(), [](const Step& step) {
    return program_name(step) != "mktemp" || makes_in_tmp(step);
  });
}

// The path in the container that the word stands for; empty where it is none, or not known.
std::string path_in(const Timeline& timeline, const Argument& word) {
  if (is_of_mktemp(word) && !word.splits) {
    return makes_them_in_tmp(timeline) ? "/tmp/mktemp" + word.text : std::string();
  }
  return word.known() && word.text.starts_with('/') ? word.text : std::string();
}

// `psql -f all.sql`: a file of the script's directory, which an image that is pulled has not, and
// no directory of the host that the service gets may hold.
bool is_left_outside(const Service& service, const ComposeInvocation& call, const Argument& word) {
  const std::string_view text = word.text;
  const bool plain = word.known() && !text.starts_with('-') && !text.starts_with('/') &&
                     !text.starts_with("..") && file_name(text).find('.') != text.npos &&
                     text.find_first_of(" =*:@") == text.npos;
  if (!plain || service.build || call.has("--volume")) return false;
  const std::string path = call.target.project->directory + "/" +
                           std::string(text.substr(text.starts_with("./") ? 2 : 0));
  return std::none_of(service.mounts.begin(), service.mounts.end(), [&](const Mount& mount) {
    return !mount.known || (mount.type == "bind" && path.starts_with(mount.source));
  });
}

// The path of `--source=/tmp/orders.csv`; another word as it is.
Argument value_of(const Argument& word) {
  const std::size_t equals = word.text.find('=');
  if (!word.known() || !word.text.starts_with('-') || equals == word.text.npos) return word;
  Argument value = word;
  value.text = word.text.substr(equals + 1);
  return value;
}

// `--out=report.json`, `-o report.json`, `--schema-name=x.json`: what is written there, or a name.
bool is_no_input(const std::vector<Argument>& words, std::size_t at) {
  static constexpr std::array<std::string_view, 13> kOthers = {
      "dest",   "export", "label", "log",    "name",  "out",  "report",
      "result", "save",   "tag",   "target", "title", "write"};
  const std::string_view word = words[at].text;
  const std::size_t equals = word.find('=');
  const bool own = word.starts_with('-') && equals != word.npos;
  const std::string_view option =
      own ? word.substr(0, equals) : std::string_view(words[at - 1].text);
  if (!option.starts_with('-') || option.find('=') != option.npos) return false;
  return option == "-o" || (option.starts_with("--") && has_one_of(option, kOthers));
}

// `tee FILE`, `pg_dump -f FILE`, `rm FILE`: a file that is made there, or need not be there.
bool takes_no_file(const Step& step, const InnerCommand& inner) {
  static constexpr std::array<std::string_view, 7> kPrograms = {"chmod", "chown", "git",  "mkdir",
                                                                "rm",    "tee",   "touch"};
  const std::string_view program = file_name(inner.words->front().text);
  return step.effect == Effect::kDumps ||
         std::find(kPrograms.begin(), kPrograms.end(), program) != kPrograms.end();
}

// `docker cp dump.sql db:/dump.sql` brings it in, and so does `exec -T db tee /dump.sql`.
bool is_brought_in(const Timeline& timeline, std::string_view path) {
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& step) {
    if (step.launcher != Launcher::kNone && is_fed(step) &&
        task_words(step).find(lower_case(path)) != std::string::npos) {
      return true;
    }
    const bool copies =
        (step.call && step.call->is("cp")) || (step.docker && step.docker->is("container cp"));
    return copies && std::any_of(step.argv.begin(), step.argv.end(), [&](const Argument& word) {
             return !word.known() ||
                    word.text.find(path.substr(path.rfind('/'))) != std::string::npos ||
                    word.text.ends_with('/');
           });
  });
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  const Argument* name = call.service();
  const Project* project = call.target.project;
  if (!inner || inner->opaque || name == nullptr || project == nullptr || project->partial) return;
  const Service* service = project->service(name->text);
  const Timeline* timeline = context.timeline();
  if (service == nullptr || timeline == nullptr) return;
  if (takes_no_file(step, *inner)) return;
  for (std::size_t i = 1; i < inner->words->size(); ++i) {
    if (is_no_input(*inner->words, i)) continue;
    const Argument word = value_of((*inner->words)[i]);
    std::string path = path_in(*timeline, word);
    if (path.empty() && is_left_outside(*service, call, word)) {
      path = "/" + std::string(file_name(word.text));
    } else if (path.empty() || path.starts_with("/dev/") || may_be_mounted(*service, call, path)) {
      continue;
    }
    const Step* writer = writer_of(*timeline, step, word);
    if (writer == nullptr || is_brought_in(*timeline, path)) continue;
    const Span there = word.known() ? word.place() : word.span;
    Finding& finding = context.report(
        there,
        quoted(word.known() ? word.text : without_quotes(there.text())) +
            " is a file of this machine, written on " + "line " +
            std::to_string(writer->span.file->line_of(writer->span.begin)) + "; no mount of " +
            quoted(name->text) + " covers it: " + quoted(inner->line) + " does not find it",
        {call.verb, name->text, word.text});
    const bool redirected = writer->out.kind == StreamKind::kFile;
    finding.related.push_back({redirected ? writer->out.span : writer->span, "written here"});
    finding.related.push_back({service->span, "the service is declared here"});
    return;
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "curl -fsS https://example.org/orders.csv > /tmp/orders.csv\n"
              "docker compose run --rm app ./bin/import /tmp/orders.csv\n",
    .safe = "curl -fsS https://example.org/orders.csv > /tmp/orders.csv\n"
            "docker compose run --rm -v /tmp:/tmp app ./bin/import /tmp/orders.csv\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n",
}};

}  // namespace

COMPOSELINT_RULE(run_input_not_mounted) = {
    .slug = "run-input-not-mounted",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "A command in a container is told to read a file that only the host has",
    .rationale =
        "A container sees of the host what its mounts show. `run app import /tmp/orders.csv` after "
        "`curl … > /tmp/orders.csv` ends with `No such file` (measured with Compose 2.40.3), or "
        "reads an old file of the same name in the image. So it is with `psql -f all.sql`, where "
        "the "
        "script has written `all.sql` beside itself. Standard input or `-v` bring it in.",
    .silent_on =
        "Paths below a mount, relative ones of images that the project builds, files that the "
        "script does not write itself (by a redirect, `curl "
        "-o`, "
        "`cp`, into a name of `mktemp`), files that `docker cp`, `compose cp` or standard input "
        "may "
        "bring in. Names that are for the container to write: `tee`, a dump, `rm`, `--out=`, "
        "`--report=`.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
