#include <composelint/document.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/files/empty_base.h"
#include "analyzer/signs/files/optional_file.h"
#include "analyzer/signs/files/shown_service.h"
#include "analyzer/signs/reports/doubled_braces.h"
#include "analyzer/signs/reports/half_services.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/reports/once_a_subject.h"
#include "analyzer/signs/reports/project_trouble.h"
#include "analyzer/signs/reports/read_twice.h"
#include "analyzer/signs/reports/refusal_words.h"
#include "analyzer/signs/reports/refusals.h"
#include "analyzer/signs/reports/told_by_name.h"
#include "analyzer/signs/reports/unknown_keys.h"
#include "analyzer/signs/reports/written_nodes.h"
#include "analyzer/signs/stacks/import_conflict.h"
#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/words/certain_value.h"

namespace composelint::rules {
namespace {

bool is_plain_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.';
  });
}

// The mapping that has the key at `place` has one called `word` already.
bool has_sibling(const Project& project, const Span& place, std::string_view word) {
  bool found = false;
  for (const WrittenFile& file : project.written) {
    if (file.file != place.file) continue;
    for (const yaml::Node* root : file.documents) {
      for_each_node(*root, [&](const yaml::Node& node) {
        const auto is_it = [&](const yaml::Entry& entry) { return entry.key->span == place; };
        const bool here = std::any_of(node.entries.begin(), node.entries.end(), is_it);
        found |= here && node.find(word) != nullptr;
      });
    }
  }
  return found;
}

// Where the word stands as such: not in quotes, not behind an alias that others share.
void add_fix(const Project& project, const ProjectProblem& problem, Finding& finding) {
  const std::string_view written = problem.span.text();
  if (!is_plain_word(written) || has_anchor(problem.span)) return;
  const bool quote = problem.message.ends_with("; put it in quotes");
  if (quote && is_duration(problem.message)) return;
  if (quote) {
    finding.fixes.push_back({"Put it in quotes",
                             FixSafety::kSafe,
                             {{problem.span, "\"" + std::string(written) + "\""}}});
    return;
  }
  const std::string_view word = meant(problem.message);
  if (word.empty() || problem.message.find(quoted(written)) == std::string::npos) return;
  if (has_sibling(project, problem.span, word)) return;
  finding.fixes.push_back(
      {"Write " + std::string(word), FixSafety::kUnsafe, {{problem.span, std::string(word)}}});
}

void on_project(const Project& project, RuleContext& context) {
  constexpr std::size_t kMost = 3;
  for (const Refusal& refusal : refusals_of(project)) {
    const ProjectProblem& problem = *refusal.problem;
    const bool half = !half_service(problem.message).empty();
    if (half && is_headed_as_a_part(*refusal.places.front().file)) continue;
    const bool conflict = is_an_import_conflict(problem);
    const std::size_t more = refusal.places.size() - 1;
    const std::string message = conflict ? told_of_conflict(refusal.message, more)
                                         : "Compose refuses the project: " + refusal.message +
                                               owner_of_key(refusal.message);
    Finding& finding = context.report(refusal.places.front(), message, {refusal.message});
    if (conflict) finding.severity = std::min(finding.severity, Severity::kWarning);
    for (std::size_t i = 1; i < refusal.places.size() && i <= kMost; ++i) {
      finding.related.push_back({refusal.places[i], "here as well"});
    }
    if (problem.span) add_fix(project, problem, finding);
  }
}

constexpr std::string_view kCall = "call";

// Nothing is included or extended that may have what a service lacks.
bool reads_its_files_alone(const Project& project) {
  return project.written.size() <= project.files.size();
}

// The call leads to this project alone, whatever else it is read for.
bool is_sure(const ComposeInvocation& call) {
  const bool all_read = std::all_of(call.target.missing.begin(), call.target.missing.end(),
                                    [](const MissingFile& file) { return file.env_file; });
  return call.target.project != nullptr && call.target.others.empty() && all_read &&
         call.errors.empty() && !call.opaque_global &&
         reads_its_files_alone(*call.target.project) && !call.target.project->partial &&
         call.option("--no-consistency") == nullptr;
}

// `-f compose.prod.yml` alone, where that file only says what another one lacks, or has the oldest
// form. Where the file is judged itself, that says it.
void on_file(std::span<const Timeline* const> tasks, RuleContext& context) {
  std::set<const SourceFile*> told;
  for (const Timeline* task : tasks) {
    for (const Step& step : task->steps) {
      if (!step.call || step.call->global_option("--file") == nullptr) continue;
      const ComposeInvocation& call = *step.call;
      const bool sure = is_sure(call) && has_certain_stack(step, *task);
      if (call.span.file != task->file || !sure) continue;
      for (const ProjectProblem& problem : call.target.project->problems) {
        const std::string name = half_service(problem.message);
        const bool half = !name.empty();
        if (!problem.refused || !(half || is_old_format(problem.message))) continue;
        if (half && shows_half(*task->file, call, name)) continue;
        if (!told.insert(call.target.project->files.back()).second) break;
        const std::string message = short_message(problem.message);
        Finding& finding =
            context.report(call.global_option("--file")->span,
                           "Compose refuses the call: " + message, {message, std::string(kCall)});
        if (problem.span) {
          finding.related.push_back(
              {problem.span, half ? "it is read by itself here" : "stands at the top level here"});
        }
        break;
      }
    }
  }
}

bool is_made_elsewhere(const WorkspaceFacts& facts, const SourceFile& file,
                       const std::string& name) {
  if (!is_whole(facts, &file) || is_part(facts, file)) return true;
  const auto has = [&](const Project& project) {
    const Service* service = project.service(name);
    return service != nullptr && (service->image || service->build);
  };
  return is_completed(facts, file, has) ||
         std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
           return !project->files.empty() && is_on_one_shelf(file, *project->files.front()) &&
                  has(*project);
         });
}

bool is_of_a_call(const Finding& finding) {
  return finding.key.back() == kCall;
}

// "invalid hostPort: WEB_PORT", "services.app.build is empty": the next value or service of a file
// that has the same fault is told with the first, where one way of mending does for both.
void tell_faults_once(std::span<Finding* const> findings) {
  constexpr std::string_view kInvalid = "invalid ";
  constexpr std::string_view kServices = "services.";
  constexpr std::string_view kColon = ": ";
  std::vector<NamedFinding> all;
  for (Finding* finding : findings) {
    std::string fault = finding->key.front();
    const bool of_service = fault.starts_with(kServices);
    const std::size_t colon = fault.find(kColon);
    if (!of_service && (!fault.starts_with(kInvalid) || colon == fault.npos)) continue;
    const std::size_t begin = of_service ? kServices.size() : colon + kColon.size();
    const std::size_t end = of_service ? fault.find('.', begin) : fault.size();
    if (end == fault.npos) continue;
    const std::string name = fault.substr(begin, end - begin);
    fault.erase(begin, end - begin);
    fault += std::to_string(together(*finding).second);
    all.push_back({finding, std::move(fault), name});
  }
  tell_by_name(all);
}

// What a later file adds is not told of the first one. A key that several files know is a word of
// some other tool that reads them.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::map<std::string, std::set<const SourceFile*>> keys;
  std::map<const SourceFile*, std::set<std::string>> unknown;  // words of each file
  const auto is_whole_stack = [&](const Finding& finding) {
    return is_whole(facts, finding.span.file);
  };
  for (const Finding* finding : findings) {
    const std::string key = unknown_key(finding->key.front());
    if (key.empty()) continue;
    unknown[finding->span.file].insert(key);
    if (!is_whole_stack(*finding)) keys[key].insert(finding->span.file);
  }
  // One that has several such words is another tool's, whatever Compose would say.
  std::map<const SourceFile*, std::size_t> words;
  for (const auto& [key, files] : keys) {
    for (const SourceFile* file : files) ++words[file];
  }
  // Services to be extended may say what they leave to others.
  std::set<const SourceFile*> halves;
  for (const Finding* finding : findings) {
    if (!half_service(finding->key.front()).empty() && !is_whole_stack(*finding)) {
      halves.insert(finding->span.file);
    }
  }
  std::set<std::string> told;
  std::vector<Finding*> of_calls;
  constexpr std::size_t kSeveral = 3;
  // Several unknown words and no services at all: what the file is called does not make it one.
  const auto has_services = [&](const SourceFile* file) {
    const auto reads = [&](const Project* project) {
      return !project->services.empty() &&
             std::find(project->files.begin(), project->files.end(), file) != project->files.end();
    };
    return std::any_of(facts.projects.begin(), facts.projects.end(), reads);
  };
  for (Finding* finding : findings) {
    const std::string key = unknown_key(finding->key.front());
    const std::string half = half_service(finding->key.front());
    if (is_of_a_call(*finding)) {
      of_calls.push_back(finding);
      continue;
    }
    const SourceFile* const file = finding->span.file;
    const bool of_a_tool =
        (words[file] > 1 && file_name(file->path()).find("compose") == std::string_view::npos) ||
        (unknown[file].size() > 1 && !has_services(file));
    // Docker's own builds of Compose take `::1:80:80`, those of Debian want brackets.
    const bool differs =
        finding->key.front().starts_with("invalid IP address") &&
        std::count(finding->key.front().begin(), finding->key.front().end(), ':') > 1;
    const bool foreign =
        of_a_tool || (!key.empty() && keys[key].size() >= kSeveral && !is_whole_stack(*finding));
    const bool left_open = halves.contains(finding->span.file) &&
                           finding->key.front().find(" is empty: it must ") != std::string::npos;
    if (foreign || left_open || differs || is_an_empty_base(facts, *finding) ||
        waits_for_a_value(facts, finding->span) ||
        (!half.empty() && is_made_elsewhere(facts, *finding->span.file, half))) {
      finding->severity = Severity::kOff;
    } else {
      told.insert(finding->key.front());
      if (finding->related.empty()) point_to_second_reading(facts, *finding);
    }
  }
  for (Finding* finding : of_calls) {
    if (told.contains(finding->key.front())) finding->severity = Severity::kOff;
  }
  tell_once_a_subject(of_calls, [](const Finding& finding) { return finding.message; });
  tell_unknown_tops_once(facts, findings);
  tell_unknown_keys_once(findings);
  tell_doubled_braces_once(findings);
  tell_half_services_once(findings);
  tell_faults_once(findings);
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n  app:\n    image: example/app:1.4\n    user: 0\n",
    .safe = "services:\n  app:\n    image: example/app:1.4\n    user: \"0\"\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(schema_violation) = {
    .slug = "schema-violation",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "A key or a value of a compose file is none that Compose takes",
    .rationale =
        "An unknown key, a number for a string, two attributes that exclude each other: Compose "
        "refuses the whole project, `ps` and `logs` of running services too, with exit code 1 (15 "
        "with 2.26). Most unknown keys are known ones with a slip in them, or stand one level too "
        "high or too deep. The schema is that of 2.40.3. What an included file has as well, with "
        "an image or a build, is a warning, told once a file: 2.40.3 refuses it; 5.0 and later "
        "are said not to (not measured).",
    .silent_on =
        "Values that hang on a variable nobody set. Keys that begin with `x-`. Services without "
        "`image` and `build` in files that are laid over others which have them; where a call "
        "reads such a file alone, it is told at the call, once for all of them, unless that page "
        "shows the file with it. So it is with services of a file whose head says that it is "
        "included into another. What files read with it put right. Unknown keys that several "
        "files have to which neither a call nor the default search leads, and files with another "
        "name that have several: another tool reads them. Values that a script fills in before it "
        "adds the file, and words that its `sed` puts another one in the place of. Dollars in a "
        "volume's `content`. Empty files that calls lay others over, or that an issue wants, and "
        "that no call reads alone.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_file = on_file,
    .on_project = on_project,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
