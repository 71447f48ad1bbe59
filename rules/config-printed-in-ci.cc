#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/secrets/secret_name.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool prints_values(const ComposeInvocation& call) {
  static constexpr std::array<std::string_view, 13> kOthers = {"--quiet",
                                                               "--services",
                                                               "--images",
                                                               "--profiles",
                                                               "--volumes",
                                                               "--networks",
                                                               "--models",
                                                               "--hash",
                                                               "--no-interpolate",
                                                               "--output",
                                                               "--variables",
                                                               "--help",
                                                               "--lock-image-digests"};
  return call.is("config") && !call.opaque_options &&
         std::none_of(kOthers.begin(), kOthers.end(),
                      [&](std::string_view name) { return call.option(name) != nullptr; });
}

// What it prints goes into the log, itself or by way of a program that shows it.
bool is_shown(const Step& step, const Timeline& timeline) {
  if (step.out.kind == StreamKind::kInherited) return true;
  if (step.out.kind != StreamKind::kPipe) return false;
  const Step* next = next_stage(timeline, step);
  return next != nullptr && next->out.kind == StreamKind::kInherited &&
         (program_name(*next) == "tee" || program_name(*next) == "cat");
}

// The value is not written in the repository: it comes with the job.
bool comes_from_outside(const Located<std::optional<std::string>>& value) {
  return !value.known;
}

// Where the shell of the step is written in the file of its task.
Span shell_of(const Timeline& timeline, const Step& step) {
  const std::size_t index = static_cast<std::size_t>(&step - timeline.steps.data());
  Span span = step.span;
  for (const Section& section : timeline.sections) {
    if (section.first <= index && section.span) span = section.span;
  }
  return span;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// A workflow without its other jobs: their environment, and that of the services beside them, is
// their own.
std::string without_other_jobs(std::string_view text, std::size_t here) {
  struct Job {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  std::vector<Job> jobs;
  bool inside = false;
  std::size_t depth = 0;  // of the names of the jobs; 0: none has come yet
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    const std::size_t indent = line.find_first_not_of(" \r");
    if (indent != std::string_view::npos && line[indent] != '#') {
      if (indent == 0) {
        inside = line.starts_with("jobs:");
      } else if (inside && (depth == 0 || indent == depth)) {
        depth = indent;
        jobs.push_back({at, at});
      }
    }
    at = std::min(end + 1, text.size());
    if (inside && !jobs.empty()) jobs.back().end = at;
  }
  const auto holds = [here](const Job& job) { return job.begin <= here && here < job.end; };
  if (std::none_of(jobs.begin(), jobs.end(), holds)) return std::string(text);
  std::string out;
  std::size_t from = 0;
  for (const Job& job : jobs) {
    if (holds(job)) continue;
    out += text.substr(from, job.begin - from);
    from = job.end;
  }
  return out += text.substr(from);
}

// The lines of the node that has the anchor `name`, or none.
std::string_view anchored(std::string_view text, std::string_view name) {
  const std::string anchor = " &" + std::string(name);
  for (std::size_t at = text.find(anchor); at != text.npos; at = text.find(anchor, at + 1)) {
    const std::size_t behind = at + anchor.size();
    if (behind < text.size() && !is_blank(text[behind])) continue;
    const std::size_t begin = text.rfind('\n', at) + 1;  // npos + 1 is 0
    const std::size_t indent = text.find_first_not_of(' ', begin) - begin;
    const bool item = text[begin + indent] == '-';
    std::size_t end = std::min(text.find('\n', at), text.size());
    while (end < text.size()) {
      const std::size_t first = text.find_first_not_of(" \r", end + 1);
      if (first == text.npos) break;
      const std::size_t deep = first - end - 1;
      const bool within = text[first] == '\n' || text[first] == '#' || deep > indent ||
                          (deep == indent && text[first] == '-' && !item);
      if (!within) break;
      end = std::min(text.find('\n', first), text.size());
    }
    return text.substr(begin, end - begin);
  }
  return {};
}

// With what other jobs have given a name to, and this one takes: `env: *build`.
std::string with_anchored(std::string own, std::string_view text) {
  std::set<std::string> followed;
  for (std::size_t at = own.find(" *"); at != own.npos; at = own.find(" *", at + 1)) {
    const std::size_t end = std::min(own.find_first_of(" \t\r\n,]}", at + 2), own.size());
    const std::string name = own.substr(at + 2, end - at - 2);
    if (name.empty() || !followed.insert(name).second) continue;
    own += "\n" + std::string(anchored(text, name));
  }
  return own;
}

// Workflows of GitHub get no variable that they do not speak of: what this one says where the step
// stands. Nothing where any may be set, as in those of others.
std::optional<std::string> all_that_is_said(const Timeline& timeline, const Step& step) {
  if (timeline.file == nullptr ||
      timeline.file->path().find(".github/workflows/") == std::string::npos) {
    return std::nullopt;
  }
  const std::string_view text = timeline.file->bytes();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (line.find("secrets") != std::string_view::npos &&
        line.find("env") != std::string_view::npos) {
      return std::nullopt;  // `echo "${{ secrets.DOTENV }}" > .env`
    }
    at = end + 1;
  }
  const Span shell = shell_of(timeline, step);
  return shell.file == timeline.file ? with_anchored(without_other_jobs(text, shell.begin), text)
                                     : std::string(text);
}

bool speaks_of(std::string_view text, std::string_view expression) {
  const auto is_name = [](char c) {
    return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
  };
  for (std::size_t at = expression.find('$'); at != std::string_view::npos;
       at = expression.find('$', at + 1)) {
    std::size_t begin = at + 1;
    if (begin < expression.size() && expression[begin] == '{') ++begin;
    std::size_t end = begin;
    while (end < expression.size() && is_name(expression[end])) ++end;
    const std::string_view name = expression.substr(begin, end - begin);
    if (!name.empty() && text.find(name) != std::string_view::npos) return true;
  }
  return false;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  const Project* project = call.target.project;
  if (project == nullptr || context.timeline() == nullptr || step.place != Place::kHost) return;
  if (!prints_values(call) || !is_shown(step, *context.timeline())) return;
  const std::optional<std::string> said = all_that_is_said(*context.timeline(), step);
  for (const Service& service : project->services) {
    for (const auto& [name, value] : service.environment) {
      if (!service.active || !names_a_secret(name) || !comes_from_outside(value) ||
          (said && !speaks_of(*said, value.from.span.text()))) {
        continue;
      }
      Finding& finding =
          context.report(call.verb_span,
                         "`config` prints the project with all values put in: " + quoted(name) +
                             " of " + quoted(service.name) + " ends up in the job's log",
                         {"config", service.name, name});
      finding.related.push_back({value.from.span, "its value comes with the job"});
      const Span verb = call.verb_span;
      if (call.verb_editable && verb.text() == "config" &&
          step.out.kind == StreamKind::kInherited) {
        if (auto fix = add_option(call, "-q")) finding.fixes.push_back(std::move(*fix));
      }
      return;
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose config\n",
    .safe = "docker compose config -q\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n    environment:\n      "
               "DB_PASSWORD: ${DB_PASSWORD}\n",
}};

}  // namespace

COMPOSELINT_RULE(config_printed_in_ci) = {
    .slug = "config-printed-in-ci",
    .since = "0.1.0",
    .severity = {.ops = Severity::kOff, .dev = Severity::kOff, .ci = Severity::kWarning},
    .summary = "docker compose config prints secrets into the log of a CI job",
    .rationale =
        "`docker compose config` prints the project with every variable replaced and the contents "
        "of env files put in; `--format json` and `--no-env-resolution` too (measured with "
        "2.40.3). CI services mask values that they know as secrets, as long as they stand alone "
        "and unchanged. `-q` checks the project and prints nothing but warnings.",
    .silent_on =
        "Projects whose passwords, tokens and keys are written in the repository or have a default "
        "there: everybody knows them. Variables of which a workflow of GitHub does not speak, or "
        "in another job alone: they are empty there. Output that goes to a file. `--services`, "
        "`--images` and "
        "their like, which print names.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .cwe = 532,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
