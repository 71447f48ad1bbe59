#include <composelint/document.h>
#include <composelint/lower_case.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/files/left_behind.h"
#include "analyzer/signs/files/program_origin.h"
#include "analyzer/signs/reports/written_nodes.h"
#include "analyzer/signs/stacks/stack_deploy.h"
#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/stacks/started_together.h"
#include "analyzer/signs/words/accepted.h"
#include "analyzer/signs/words/allowed_there.h"
#include "analyzer/signs/words/development_words.h"
#include "analyzer/signs/words/mentions.h"
#include "analyzer/signs/words/text_line.h"

namespace composelint::rules {
namespace {

// At the head of the file, the blank line behind it goes along.
Span with_blank_line(Span lines) {
  const std::string_view text = lines.file->bytes();
  const bool first = lines.begin == 0 || text.substr(0, lines.begin).ends_with("\n\n");
  if (!first) return lines;
  for (const std::string_view blank : {"\n", "\r\n"}) {
    if (text.substr(lines.end).starts_with(blank)) {
      lines.end += static_cast<std::uint32_t>(blank.size());
      break;
    }
  }
  return lines;
}

bool blank_follows(const Span& lines) {
  const std::string_view rest = lines.file->bytes().substr(lines.end);
  return rest.starts_with('\n') || rest.starts_with("\r\n");
}

// The comment right above speaks of it, and would stand over something else.
bool is_spoken_of(const Span& lines) {
  const std::string_view bytes = lines.file->bytes();
  for (std::size_t at = lines.begin; at > 0;) {
    const TextLine above = line_at(bytes, at - 1);
    if (!above.comment) return false;
    const std::string text = lower_case(bytes.substr(above.begin, above.end - above.begin));
    if (text.find("version") != text.npos) return true;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
      const auto digit = [&](std::size_t place) {
        return text[place] >= '0' && text[place] <= '9';
      };
      if (text[i] == '.' && digit(i - 1) && digit(i + 1)) return true;
    }
    at = above.begin;
  }
  return false;
}

// "Balena needs this version", "required by podman-compose": the owner has a reason to keep it.
bool is_said_to_be_needed(const Span& key) {
  const std::string said = said_above(key);
  static constexpr std::array<std::string_view, 7> kSays = {
      "need this version",    "needs the version",     "needs this version", "require this version",
      "requires the version", "requires this version", "version must"};
  const bool by_others =
      said.find("version") != said.npos &&
      (said.find("required by") != said.npos || said.find("needed by") != said.npos ||
       said.find("needed for") != said.npos);
  return by_others || std::any_of(kSays.begin(), kSays.end(), [&](std::string_view each) {
           return said.find(each) != said.npos;
         });
}

void on_written(const WrittenFile& file, const Project& project, RuleContext& context) {
  if (looks_like_swarm(project)) return;
  // A part of others, and read here without them.
  if (project.services.empty()) return;
  for (const yaml::Node* root : file.documents) {
    for (const yaml::Entry& entry : root->entries) {
      if (entry.key->text != "version" || entry.key->kind != yaml::NodeKind::kScalar) continue;
      // Compose has a word for it where it reads the file as a part of the project.
      const bool warned = std::any_of(
          project.problems.begin(), project.problems.end(),
          [&](const auto& problem) { return !problem.refused && problem.span == entry.key->span; });
      if (!warned || is_said_to_be_needed(entry.key->span)) continue;
      const Span own = join(entry.key->span, entry.value->span);
      Finding& finding = context.report(
          own, quoted("version") + " is obsolete: Compose ignores it and warns at each call", {});
      const auto lines = lines_of(own);
      if (!lines || root->entries.size() < 2 || !entry.value->anchor.empty()) continue;
      // Blank lines behind it would become those of a block of text before it.
      if (&entry != &root->entries.front() && blank_follows(*lines)) continue;
      const FixSafety safety = is_spoken_of(*lines) ? FixSafety::kUnsafe : FixSafety::kSafe;
      finding.fixes.push_back({"Remove it", safety, {{with_blank_line(*lines), ""}}});
    }
  }
}

bool warns(const Project& project, const SourceFile* file) {
  return std::any_of(project.problems.begin(), project.problems.end(), [&](const auto& problem) {
    return !problem.refused && problem.span.file == file && problem.span.text() == "version";
  });
}

// Files that `extends` alone leads to, and directories that hold nothing else: Compose says nothing
// of their `version`.
struct Extended {
  std::set<const SourceFile*> files;
  std::set<std::string_view> directories;

  explicit Extended(const WorkspaceFacts& facts) {
    for (const Project* project : facts.projects) {
      if (!is_in_use(facts, *project)) continue;
      for (const WrittenFile& each : project->written) {
        const bool named = std::find(project->files.begin(), project->files.end(), each.file) !=
                           project->files.end();
        if (named || warns(*project, each.file)) continue;
        files.insert(each.file);
        directories.insert(directory_of(*each.file));
      }
    }
    for (const Project* project : facts.projects) {
      if (!is_in_use(facts, *project)) continue;
      for (const SourceFile* file : project->files) directories.erase(directory_of(*file));
    }
  }

  [[nodiscard]] bool holds(const WorkspaceFacts& facts, const SourceFile* file) const {
    if (has_default_name(*file) || is_whole(facts, file)) return false;
    return files.contains(file) || directories.contains(directory_of(*file));
  }
};

// The call has files named for it, and some may be this one. Without that it looks for the default
// ones.
bool may_name(const Step& step, std::string_view name) {
  const SourceFile* script = step.span.file;
  const auto& options = step.call->global_options;
  const bool chosen = std::any_of(options.begin(), options.end(), [](const OptionUse& use) {
    return use.name == "-f" || use.name == "--file";
  });
  // `-f compose.yaml "$@"`: the rest of it is a command.
  if ((step.call->opaque_global && !chosen) || script == nullptr) return true;
  return std::any_of(options.begin(), options.end(),
                     [&](const OptionUse& use) {
                       if (use.name != "-f" && use.name != "--file") return false;
                       return !use.value || !use.value->known() ||
                              file_name(use.value->text) == name;
                     }) ||
         script->bytes().find("COMPOSE_FILE") != std::string_view::npos;
}

// No call reads it and no text has its name, and calls read another file of the directory: nobody
// is warned.
bool is_left_beside(const WorkspaceFacts& facts, const SourceFile& file) {
  const std::string_view name = file_name(file.path());
  if (has_default_name(file) || has_name_word(name, {"prod", "production", "staging"}))
    return false;
  const std::set<const SourceFile*> texts = task_files(facts);
  const bool named = std::any_of(texts.begin(), texts.end(), [&](const SourceFile* text) {
    return find_name(text->bytes(), name) != std::string_view::npos;
  });
  if (named) return false;
  bool other = false;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (!step.call || step.call->is("version")) continue;
      const Project* project = step.call->target.project;
      if (project == nullptr) {
        if (may_name(step, name)) return false;
        continue;
      }
      if (reads(*project, &file)) return false;
      other |= std::any_of(project->files.begin(), project->files.end(), [&](const auto* each) {
        return directory_of(*each) == directory_of(file);
      });
    }
  }
  return other;
}

// A script or pipeline here brings a Compose that needs it.
bool is_needed(const WorkspaceFacts& facts) {
  const std::set<const SourceFile*> files = task_files(facts);
  return std::any_of(files.begin(), files.end(),
                     [](const SourceFile* file) { return pins_first_line(file->bytes()); });
}

bool is_stack_deploy(const Step& step) {
  for (std::size_t i = 1; i + 1 < step.argv.size(); ++i) {
    if (step.argv[i].is("stack") && step.argv[i + 1].is("deploy")) return true;
  }
  return false;
}

// All that is called here is `docker stack deploy`: what the default search does not find is a
// stack as well.
bool is_of_swarm_alone(const WorkspaceFacts& facts) {
  bool swarm = false;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (step.call) return false;
      swarm |= is_stack_deploy(step);
    }
  }
  return swarm;
}

// Not `$(DOCKER_COMPOSE) up`, where another file says what that is.
bool is_written_as_plugin(const Step& step) {
  return step.call && step.call->program == ComposeProgram::kPlugin && !step.argv.empty() &&
         step.argv.front().known();
}

bool calls_the_old_program(const WorkspaceFacts& facts, const Step& step) {
  if (!step.call || step.call->program != ComposeProgram::kStandalone) return false;
  const SourceFile* file = step.call->program_span.file;
  return file == nullptr || !is_left_behind(facts, *file);
}

// `docker stack deploy` reads it still, and docker-compose 1.x another language without it.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  if (!findings.empty() && is_needed(facts)) {
    for (Finding* finding : findings) finding->severity = Severity::kOff;
    return;
  }
  bool old = false;
  bool told = false;
  bool plugin = false;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      const bool calls = calls_the_old_program(facts, step);
      old |= calls;
      // Else compose-v1 does not come first.
      told |= calls && !is_allowed_there(step.call->program_span, "compose-v1");
      plugin |= is_written_as_plugin(step);
      for (Finding* finding : findings) {
        if (deploys(step, finding->span.file->path())) finding->severity = Severity::kOff;
      }
    }
  }
  const Extended extended(facts);
  const bool swarm = is_of_swarm_alone(facts);
  for (Finding* finding : findings) {
    // Nobody calls the program that ignores it yet.
    if (told && !plugin) finding->severity = Severity::kOff;
    if (swarm && !has_default_name(*finding->span.file)) finding->severity = Severity::kOff;
    if (is_left_beside(facts, *finding->span.file)) finding->severity = Severity::kOff;
    if (extended.holds(facts, finding->span.file)) finding->severity = Severity::kOff;
    for (Fix& fix : finding->fixes) {
      if (old) fix.safety = FixSafety::kUnsafe;
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "version: \"3.8\"\n\nservices:\n  app:\n    image: example/app:1.4\n",
    .safe = "services:\n  app:\n    image: example/app:1.4\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(obsolete_version) = {
    .slug = "obsolete-version",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote,
                 .dev = Severity::kNote,
                 .ci = Severity::kNote,
                 .docs = Severity::kNote},
    .summary = "A compose file has the obsolete key `version`",
    .rationale =
        "`the attribute version is obsolete, it will be ignored, please remove it to avoid "
        "potential confusion`, at each call, into the log of each job (measured with 2.40.3). "
        "Whatever it says, the schema of the program in use counts.",
    .silent_on =
        "Stacks for Swarm: `docker stack deploy` picks its schema by it and refuses what that "
        "does not have (3.8 knows no `start_interval`; without `version` it is 3.13; measured "
        "with 28.2.2). Such a file has keys for Swarm alone, or a script or README deploys it, or "
        "`docker stack deploy` is all that the repository calls. Files without services that no "
        "call lays over others. Files that only `extends` leads to, and what lies beside them for "
        "that: Compose does not warn of those (measured with 2.40.3). Files of another name than "
        "the default that no call reads and no text names, where calls read another one beside "
        "them. Repositories that install a Compose 1.x or run its image "
        "(`docker/compose:$VERSION`), which needs it, and those in which each call is "
        "`docker-compose`: 1.x goes by it, and [compose-v1](compose-v1.md) comes first; once that "
        "is mended, this is told. Lines with a comment above that says what needs this version. "
        "From three files on, one tells of all. Where some scripts call `docker-compose`, the fix "
        "is offered and not applied: 1.x takes a file without `version` for the format of 2014. "
        "So it is where the comment above tells of the version.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_written = on_written,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
