// A rule is constant data and free functions: no state, no inheritance. One file in rules/ declares
// one rule; its file stem is the slug, and everything else about it (registry, documentation, SARIF
// descriptor) is derived from this declaration.
#pragma once

#include <composelint/allowance.h>
#include <composelint/evidence.h>
#include <composelint/finding.h>
#include <composelint/timeline.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

// Where a script belongs; the same slip weighs differently in each.
enum class Context { kOps, kDev, kCi, kDocs };

[[nodiscard]] constexpr std::string_view to_string(Context context) {
  switch (context) {
    case Context::kOps: return "ops";
    case Context::kDev: return "dev";
    case Context::kCi: return "ci";
    case Context::kDocs: return "docs";
  }
  return "ops";
}

struct Severities {
  Severity ops = Severity::kWarning;
  Severity dev = Severity::kWarning;
  Severity ci = Severity::kWarning;
  Severity docs = Severity::kOff;

  [[nodiscard]] constexpr Severity in(Context context) const {
    switch (context) {
      case Context::kOps: return ops;
      case Context::kDev: return dev;
      case Context::kCi: return ci;
      case Context::kDocs: return docs;
    }
    return ops;
  }
};

// Shell text, and a compose file beside it where the rule needs one. Both run as tests: `unsafe`
// fires this rule, `safe` does not; for a rule with a safe fix, `unsafe` repaired equals `safe`.
struct Example {
  std::string_view unsafe;
  std::string_view safe;
  std::string_view compose = {};
  bool is_compose = false;       // the texts are compose files themselves
  std::string_view file = {};    // what the texts are called where they are neither: "crontab"
  std::string_view beside = {};  // one more file: its name, a line feed, its text
};

enum class FixKind { kNone, kSafe, kOffer };

// The collection a rule is part of. Strict ones hold for every stack and ask for more care than
// most take; those of style name what reads badly and breaks nothing.
enum class Preset { kDefault, kStrict, kStyle };

[[nodiscard]] constexpr std::string_view to_string(Preset preset) {
  switch (preset) {
    case Preset::kDefault: return "default";
    case Preset::kStrict: return "strict";
    case Preset::kStyle: return "style";
  }
  return "default";
}

class RuleContext;

// All projects and tasks of a run. A finding takes its severity from the rule's `in(context)`.
struct TaskView {
  const Timeline* timeline = nullptr;
  Context context = Context::kOps;
};
struct WorkspaceFacts {
  std::span<const Project* const> projects;
  std::span<const TaskView> tasks;
  // What templates (*.j2, *.tmpl, …) call containers, as far as it is plain text: `app_` of
  // `container_name: app_{{ n }}`.
  std::span<const std::string> template_names = {};
};

// What has to be proven around every call that `applies` picks out.
struct Expectation {
  Claim claim = Claim::kContextInspected;
  Phase phase = Phase::kBefore;
  // The sentence of the finding for a call whose claim is refuted; the evidence's note follows it.
  std::string (*message)(const Step& about) = nullptr;
};

struct Rule {
  std::string_view slug;   // completes "allow <slug>"
  std::string_view since;  // first version that has it
  Severities severity;
  Preset preset = Preset::kDefault;
  std::string_view summary;    // one line: what is wrong
  std::string_view rationale;  // Markdown: what happens, measured, and in which case it bites
  std::string_view silent_on;  // Markdown: what looks alike and is not reported
  std::span<const Example> examples;
  FixKind fix = FixKind::kNone;
  int cwe = 0;  // 0: none fits
  // What it answers to elsewhere: "CIS-Docker-5.4", "OWASP-Docker-3".
  std::span<const std::string_view> tags = {};

  // What it looks at; null where it does not.
  void (*on_step)(const Step&, RuleContext&) = nullptr;  // every step of every script
  void (*on_invocation)(const Step&, const ComposeInvocation&, RuleContext&) = nullptr;
  // All tasks of a file, in the context in which the rule weighs most: for what is said once a
  // file.
  void (*on_file)(std::span<const Timeline* const>, RuleContext&) = nullptr;
  void (*on_service)(const Service&, const Project&, RuleContext&) = nullptr;
  void (*on_project)(const Project&, RuleContext&) = nullptr;
  // Each compose file of a project as it is written.
  void (*on_written)(const WrittenFile&, const Project&, RuleContext&) = nullptr;
  // Once a run, when all is read.
  void (*on_workspace)(const WorkspaceFacts&, RuleContext&) = nullptr;
  // Its own findings again, when all is read: what is safe to change may hang on other files.
  void (*on_findings)(const WorkspaceFacts&, std::span<Finding* const>) = nullptr;
  // Every rule that a comment names, once all others have looked.
  void (*on_allowance)(const AllowComment&, RuleContext&) = nullptr;
  // Or what it expects.
  bool (*applies)(const Step&) = nullptr;
  Expectation expects = {};
};

// Every rule in the order of slugs. Generated from the files in rules/.
[[nodiscard]] std::span<const Rule* const> all_rules();
[[nodiscard]] const Rule* find_rule(std::string_view slug);

}  // namespace composelint

// Heads the one definition in a rule's file: COMPOSELINT_RULE(run_without_rm) = { … };
// The declaration gives the constant external linkage, so that the registry can name it.
#define COMPOSELINT_RULE(identifier) \
  extern const Rule identifier;      \
  constexpr Rule identifier
