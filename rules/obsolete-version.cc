#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/started_together.h>
#include <composelint/wording.h>
#include <composelint/written_nodes.h>

#include <algorithm>
#include <vector>

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

void on_written(const WrittenFile& file, const Project& project, RuleContext& context) {
  if (looks_like_swarm(project)) return;
  for (const yaml::Node* root : file.documents) {
    for (const yaml::Entry& entry : root->entries) {
      if (entry.key->text != "version" || entry.key->kind != yaml::NodeKind::kScalar) continue;
      // Compose has a word for it where it reads the file as a part of the project.
      const bool warned = std::any_of(
          project.problems.begin(), project.problems.end(),
          [&](const auto& problem) { return !problem.refused && problem.span == entry.key->span; });
      if (!warned) continue;
      const Span own = join(entry.key->span, entry.value->span);
      Finding& finding = context.report(
          own, quoted("version") + " is obsolete: Compose ignores it and warns at each call", {});
      const auto lines = lines_of(own);
      if (!lines || root->entries.size() < 2 || !entry.value->anchor.empty()) continue;
      // Blank lines behind it would become those of a block of text before it.
      if (&entry != &root->entries.front() && blank_follows(*lines)) continue;
      finding.fixes.push_back({"Remove it", FixSafety::kSafe, {{with_blank_line(*lines), ""}}});
    }
  }
}

bool deploys_a_stack(const Step& step) {
  const std::vector<Argument>& words = step.argv;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i].is("stack") && words[i + 1].is("deploy")) return true;
  }
  return false;
}

// `docker stack deploy` wants it still, and docker-compose 1.x reads another language without it.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  bool stack = false;
  bool old = false;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      old |= step.call && step.call->program == ComposeProgram::kStandalone;
      stack |= deploys_a_stack(step);
    }
  }
  for (Finding* finding : findings) {
    if (stack) finding->severity = Severity::kOff;
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
        "Stacks for Swarm: `docker stack deploy` reads it still. Where scripts call "
        "`docker-compose`, the fix is offered and not applied: 1.x takes a file without `version` "
        "for the format of 2014.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_written = on_written,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
