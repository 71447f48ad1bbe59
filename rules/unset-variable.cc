#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "analyzer/signs/files/carried_file.h"
#include "analyzer/signs/secrets/secret_variable.h"
#include "analyzer/signs/stacks/anothers_input.h"
#include "analyzer/signs/steps/set_elsewhere.h"
#include "analyzer/signs/steps/settings_of_others.h"
#include "analyzer/signs/words/mentions.h"
#include "analyzer/signs/words/variable_place.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// The value as Compose gets it, its quotes and the variable taken off; nothing where another
// variable is left in it.
std::optional<std::string> without_variable(const UnsetVariable& unset) {
  std::string text(unset.span.text());
  if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'')) {
    text = text.substr(1, text.size() - 2);
  }
  const std::string braces = "${" + unset.name + "}";
  const std::string plain = "$" + unset.name;
  const bool in_braces = text.find(braces) != std::string::npos;
  const std::size_t at = text.find(in_braces ? braces : plain);
  if (at == std::string::npos) return std::nullopt;
  text.erase(at, in_braces ? braces.size() : plain.size());
  return text.find('$') == std::string::npos ? std::optional(text) : std::nullopt;
}

// Where an empty string is more than empty: what Compose then says (measured with 2.40.3).
struct Refused {
  std::string_view place;          // the end of the attribute's path
  bool (*fits)(std::string_view);  // the value without the variable
  std::string_view before, after;  // of that value in the message
};

bool is_empty(std::string_view text) {
  return text.empty();
}
bool ends_in_colon(std::string_view text) {
  return text.ends_with(':');
}
bool lacks_an_end(std::string_view text) {
  return text.size() > 1 && (text.starts_with(':') || text.ends_with(':'));
}
bool lacks_the_port(std::string_view text) {
  return text.empty() || text.ends_with(':');
}

constexpr std::array<Refused, 6> kRefused = {{
    {".image", ends_in_colon,
     "the image has an empty tag, and Compose refuses it with \"invalid "
     "reference format\"",
     ""},
    {".image", is_empty,
     "Compose refuses the project with \"service … has neither an image nor a "
     "build context specified\"",
     ""},
    {".env_file", is_empty, "Compose refuses the project with \"env file  not found\"", ""},
    {".volumes[]", is_empty, "Compose refuses the project with \"invalid empty volume spec\"", ""},
    {".volumes[]", lacks_an_end,
     "Compose refuses the project with \"invalid spec: ", ": empty section between colons\""},
    {".ports[]", lacks_the_port,
     "Compose refuses the project with \"No port specified: ", "<empty>\""},
}};

std::string refusal_of(const UnsetVariable& unset) {
  const std::optional<std::string> rest = without_variable(unset);
  if (!rest || !unset.place.starts_with("services.")) return {};
  for (const Refused& row : kRefused) {
    if (!unset.place.ends_with(row.place) || !row.fits(*rest)) continue;
    if (row.after.empty()) return std::string(row.before);
    return std::string(row.before) + *rest + std::string(row.after);
  }
  return {};
}

// `X=${X}` of an environment hands on what may be empty: the program in the container decides.
bool only_hands_on(const UnsetVariable& unset) {
  std::string_view text = unset.span.text();
  if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'')) {
    text = text.substr(1, text.size() - 2);
  }
  if (unset.place.ends_with(".environment[]")) {
    if (!text.starts_with(unset.name + "=")) return false;
    text.remove_prefix(unset.name.size() + 1);
  } else if (!unset.place.ends_with(".environment." + unset.name)) {
    return false;
  }
  return text == "${" + unset.name + "}" || text == "$" + unset.name;
}

// What the bundlers of web applications put in as they build: in a container nobody reads it.
bool is_for_a_bundler(const UnsetVariable& unset) {
  static constexpr std::array<std::string_view, 4> kPrefixes = {"NEXT_PUBLIC_", "NUXT_PUBLIC_",
                                                                "REACT_APP_", "VITE_"};
  return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return unset.name.starts_with(prefix); });
}

constexpr std::string_view kHandedOn = "handed on";  // in the key

struct Unset {
  const UnsetVariable* variable = nullptr;
  std::string refusal;  // what Compose says; empty where it goes on
  bool handed_on = false;
};

// Each once, where it does most harm.
std::vector<Unset> unset_in(const Project& project, const WorkspaceFacts& facts) {
  std::vector<Unset> out;
  const auto harm = [](const Unset& each) {
    return each.handed_on ? 0 : each.refusal.empty() ? 1 : 2;
  };
  for (const UnsetVariable& unset : project.unset) {
    if (unset.place.empty() || !unset.span || comes_with_the_session(unset.name)) continue;
    if (is_meant_literally(project, unset) || is_in_a_volumes_text(unset.place)) continue;
    if (std::binary_search(project.set_nearby.begin(), project.set_nearby.end(), unset.name) ||
        mentioned(facts, project, unset.name)) {
      continue;
    }
    Unset own{&unset, refusal_of(unset), only_hands_on(unset)};
    if (own.handed_on && is_for_a_bundler(unset)) continue;
    const auto known = std::find_if(out.begin(), out.end(), [&](const Unset& each) {
      return each.variable->name == unset.name;
    });
    if (known == out.end()) {
      out.push_back(std::move(own));
    } else if (harm(own) > harm(*known)) {
      *known = std::move(own);
    }
  }
  return out;
}

void report(const Project& project, std::span<const Unset* const> all, RuleContext& context) {
  const Unset& first = *all.front();
  const UnsetVariable& unset = *first.variable;
  std::string message =
      quoted(unset.name) + " is set nowhere in sight: " +
      (first.refusal.empty() ? "Compose puts an empty string into " + quoted(unset.place) +
                                   " and goes on with a warning"
                             : first.refusal);
  std::vector<std::string> key = {unset.place, unset.name};
  if (first.handed_on) key.emplace_back(kHandedOn);
  if (all.size() > 1) {
    std::vector<std::string> others;
    for (const Unset* each : all.subspan(1)) others.push_back(each->variable->name);
    message += "; so it is with " + std::to_string(others.size()) + " more: " + listed(others);
  }
  Finding& finding = context.report(place_of_variable(unset), std::move(message), std::move(key));
  if (first.refusal.empty()) finding.severity = std::min(finding.severity, Severity::kWarning);
  const bool secret = std::any_of(all.begin(), all.end(), [](const Unset* each) {
    return holds_a_secret(each->variable->name);
  });
  if (first.handed_on && !secret) finding.severity = std::min(finding.severity, Severity::kNote);
  for (const Unset* each : all.subspan(1)) {
    finding.related.push_back(
        {place_of_variable(*each->variable), quoted(each->variable->name) + " is read here"});
  }
  if (project.env_files.empty()) return;
  finding.related.push_back({{project.env_files.front(), 0, 0},
                             "the variables come from here, and it is not among them"});
}

void look_at(const Project& project, const WorkspaceFacts& facts, RuleContext& context) {
  if (project.unset.empty() || has_hidden_env_file(project, facts)) return;
  if (is_called_with_settings_of_others(facts, project)) return;
  std::vector<Unset> all = unset_in(project, facts);
  const auto told_as = [](const Unset& each) {
    return std::tuple(each.handed_on, each.refusal.empty());
  };
  std::stable_sort(all.begin(), all.end(),
                   [&](const Unset& a, const Unset& b) { return told_as(a) < told_as(b); });
  // What Compose refuses is told of each; else one of each file, the gravest, tells of the others.
  std::map<const SourceFile*, std::vector<const Unset*>> groups;
  for (const Unset& each : all) {
    const SourceFile& file = *each.variable->span.file;
    if (is_carried_away(facts, file) || lies_in_a_skeleton(file)) continue;
    if (each.refusal.empty()) {
      groups[&file].push_back(&each);
    } else {
      const Unset* const alone = &each;
      report(project, {&alone, 1}, context);
    }
  }
  for (const auto& [file, group] : groups) report(project, group, context);
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  if (some_call_is_open(facts) || env_file_comes_from_elsewhere(facts)) return;
  const auto lacking = [](const Project& project) -> auto& {
    return project.unset;
  };
  for (const Project* project : facts.projects) {
    const bool otherwise = lacks_less_elsewhere(*project, facts, lacking);
    if (!otherwise && is_in_use(facts, *project)) look_at(*project, facts, context);
  }
}

// Whoever develops or tests has what is handed on, or does without.
void on_findings(const WorkspaceFacts& /*facts*/, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    const bool less = finding->context == "dev" || finding->context == "ci";
    if (less && finding->key.back() == kHandedOn) finding->severity = Severity::kOff;
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n  app:\n    image: example/app:${TAG}\n",
    .safe = "services:\n  app:\n    image: example/app:${TAG:-1.4}\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(unset_variable) = {
    .slug = "unset-variable",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kNote,
                 .ci = Severity::kNote,
                 .docs = Severity::kNote},
    .summary = "A variable of a compose file has no default and is set nowhere",
    .rationale =
        "Compose warns once (`The \"X\" variable is not set. Defaulting to a blank string.`), "
        "exits "
        "with 0 and goes on with an empty string (measured with 2.40.3): an empty password, host "
        "or path. An empty tag is refused, and so are an empty image, env file or container port "
        "and an empty end of a short volume (`$DATA:/data`). Where the stack's env file is in "
        "sight and lacks the "
        "variable, it was renamed on one side. `${X:?}` makes the lack an error, `${X:-}` says "
        "that it may be empty.",
    .silent_on =
        "Stacks with a `.env` that git ignores or that has a template: the values are elsewhere. "
        "So it is with one of a service, unless a script starts the stack and neither a command "
        "nor a task file names that file: Compose itself reads nothing from `env_file`. "
        "Variables that a file with `env`, `vars` or `secret` in its name or any script, "
        "Makefile or workflow of the repository speaks of, and those that a README beside it "
        "tells somebody to set (\"put `TAG=1.4` into …\", a line or a cell of its own). Compose "
        "files that no call and no default search leads to. "
        "What a login session or a runner brings (`HOME`, `UID`, `CI_…`). What a bundler reads "
        "as it builds (`NEXT_PUBLIC_…`, `VITE_…`), handed on to a container. Calls with an "
        "`--env-file` that is not known. Repositories in which some task writes `.env` with what "
        "it gets from elsewhere (`op inject`, `sops -d`, `envsubst`). `X=${X}` in an environment "
        "only hands on what may be empty: a note, unless `X` is a secret, and nothing in files "
        "for development and tests. Those of one file are told together, unless Compose refuses "
        "it. Files that a task or a page carries to another directory, and those in a directory "
        "that is there to be copied (`.example`, `skeleton`).",
    .examples = kExamples,
    .on_workspace = on_workspace,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
