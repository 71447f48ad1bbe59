#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// The word may name the file: the ends of their paths agree as far as the word is known.
bool may_name(const Argument& word, std::string_view path) {
  std::string_view text = word.text;
  if (!word.holes.empty())
    text.remove_prefix(std::min<std::size_t>(word.holes.back().at, text.size()));
  while (text.starts_with("./")) text.remove_prefix(2);
  while (text.starts_with("../")) text.remove_prefix(3);
  while (text.starts_with('/')) text.remove_prefix(1);
  if (text.empty() || !path.ends_with(text)) return false;
  return path.size() == text.size() || path[path.size() - text.size() - 1] == '/';
}

// The words of the step that name files it changes.
std::vector<const Argument*> changed_by(const Step& step) {
  std::vector<const Argument*> out;
  if (step.out.kind == StreamKind::kFile) out.push_back(&step.out.target);
  const std::string_view program = program_name(step);
  const bool copies = program == "cp" || program == "mv" || program == "install" || program == "ln";
  const bool in_place =
      (program == "sed" || program == "yq" || program == "perl") &&
      std::any_of(step.argv.begin(), step.argv.end(), [](const Argument& word) {
        return word.text.starts_with("-i") || word.text == "--in-place" || word.text == "-pi";
      });
  if (step.argv.size() > 1 && (copies || in_place)) out.push_back(&step.argv.back());
  if (program == "tee") {
    for (std::size_t i = 1; i < step.argv.size(); ++i) out.push_back(&step.argv[i]);
  }
  return out;
}

struct Read {
  std::string path;
  bool env = false;  // its variables go into the container; else it is a compose file
};

// What Compose reads before it makes the containers.
std::vector<Read> files_of(const Project& project, const std::vector<const Service*>& services) {
  std::vector<Read> out;
  for (const SourceFile* file : project.files) out.push_back({file->path(), false});
  for (const SourceFile* file : project.env_files) out.push_back({file->path(), true});
  if (project.env_files.empty()) out.push_back({project.directory + "/.env", true});
  for (const Service* service : services) {
    for (const EnvFile& file : service->env_files) out.push_back({file.path, true});
  }
  return out;
}

// The containers see the file itself: it may be read anew at the start.
bool is_mounted(const Read& file, const Project& project, const Service& service) {
  const std::string path =
      file.path.starts_with('/') ? file.path : project.directory + "/" + file.path;
  const std::string_view name = file_name(path);
  return std::any_of(service.mounts.begin(), service.mounts.end(), [&](const Mount& mount) {
    if (!mount.known) return true;
    if (mount.type != "bind") return false;
    return path.starts_with(mount.source) || mount.source.ends_with("/" + std::string(name)) ||
           project.directory.starts_with(mount.source);
  });
}

std::vector<const Service*> restarted(const ComposeInvocation& call) {
  std::vector<const Service*> out;
  for (const Service& service : call.target.project->services) {
    if (reaches_service(call, service)) out.push_back(&service);
  }
  return out;
}

bool makes_anew(const Step& step, const ComposeInvocation& by) {
  if (!step.call) return may_hide_compose(step);
  const ComposeInvocation& call = *step.call;
  const bool makes =
      call.is("up") || call.is("create") || call.is("down") || call.is("rm") || call.verb.empty();
  return makes && may_share_stack(call, by);
}

// `cd proxy; ln -s ../.env .env`, and the restart is that of `cd shop`.
bool is_of_another_directory(const Argument& word, const Step& edit, const Step& restart) {
  return word.text.find('/') == std::string::npos && edit.directory && restart.directory &&
         *edit.directory != *restart.directory &&
         restart.call->global_option("--file") == nullptr &&
         restart.call->global_option("--project-directory") == nullptr;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("restart") && !call.is("start")) return;
  const Project* project = call.target.project;
  if (project == nullptr || project->partial || context.timeline() == nullptr) return;
  const Timeline& timeline = *context.timeline();
  const std::vector<const Service*> services = restarted(call);
  if (services.empty()) return;
  const std::vector<Read> files = files_of(*project, services);
  const std::size_t here = index_of(timeline, step);
  for (std::size_t i = here; i-- > 0;) {
    const Step& edit = timeline.steps[i];
    if (edit.detached != step.detached || timeline.reach(i, here) == Reach::kNever) continue;
    if (makes_anew(edit, call)) return;
    if (!same_place(edit, step)) continue;
    for (const Argument* word : changed_by(edit)) {
      if (is_of_another_directory(*word, edit, step)) continue;
      const auto file = std::find_if(files.begin(), files.end(),
                                     [&](const Read& read) { return may_name(*word, read.path); });
      if (file == files.end()) continue;
      const bool seen = std::any_of(services.begin(), services.end(), [&](const Service* service) {
        return is_mounted(*file, *project, *service);
      });
      if (seen || first_after(timeline, step, [&](const Step& later) {
                    return makes_anew(later, call);
                  }) != nullptr) {
        return;
      }
      const std::string name(file_name(file->path));
      Finding& finding =
          context.report(call.verb_span,
                         quoted(call.verb) + " keeps the containers as they were made: what " +
                             line_of(edit, call.verb_span) + " changed in " + quoted(name) +
                             " does not reach them",
                         {call.verb, name});
      finding.related.push_back({edit.span, "changed here"});
      const Span verb = call.verb_span;
      if (call.is("restart") && call.options.empty() && call.verb_editable &&
          verb.text() == "restart") {
        finding.fixes.push_back({"Write up -d", FixSafety::kUnsafe, {{verb, "up -d"}}});
      }
      return;
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "sed -i 's/^WORKERS=.*/WORKERS=8/' .env\ndocker compose restart app\n",
    .safe = "sed -i 's/^WORKERS=.*/WORKERS=8/' .env\ndocker compose up -d app\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n    environment:\n      WORKERS: "
               "${WORKERS:-2}\n",
}};

}  // namespace

COMPOSELINT_RULE(restart_after_edit) = {
    .slug = "restart-after-edit",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "restart after a change of the env or compose file keeps the old values",
    .rationale =
        "`restart`, and `stop` with `start`, start the same containers again, made from the values "
        "that the files had at the last `up`. A changed `.env`, `env_file` or compose file reaches "
        "them with `up -d` alone, which makes anew what differs (measured with 2.40.3).",
    .silent_on =
        "Files that the containers mount: the application may read them itself. Scripts with an "
        "`up` or `down` in between or behind, or with a program that may hold one.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
