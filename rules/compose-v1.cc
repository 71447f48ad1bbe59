#include <composelint/contains.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/files/compose_origin.h"
#include "analyzer/signs/files/current_compose.h"
#include "analyzer/signs/files/program_origin.h"
#include "analyzer/signs/files/second_line.h"
#include "analyzer/signs/images/both_programs.h"
#include "analyzer/signs/images/wants_version_two.h"
#include "analyzer/signs/reports/once_a_run.h"
#include "analyzer/signs/stacks/first_line_habits.h"
#include "analyzer/signs/words/listed_program.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// The places where the program itself is written, each once; empty when one of them is not plain
// text that can be replaced.
std::vector<Edit> rewrite(const std::vector<const ComposeInvocation*>& calls) {
  std::vector<Edit> edits;
  for (const ComposeInvocation* call : calls) {
    const Span span = call->program_span;
    if (span.text() != "docker-compose" || !call->program_literal) return {};
    const auto same = [&](const Edit& edit) { return edit.span == span; };
    if (std::none_of(edits.begin(), edits.end(), same)) edits.push_back({span, "docker compose"});
  }
  return edits;
}

// The call is what an `if` asks, and nobody sees why it fails: the script takes the other way.
bool is_asked(std::span<const Timeline* const> tasks, const ComposeInvocation& call) {
  return std::any_of(tasks.begin(), tasks.end(), [&](const Timeline* task) {
    return std::any_of(task->branches.begin(), task->branches.end(), [&](const Branch& branch) {
      if (branch.kind != BranchKind::kIf || !branch.condition ||
          !contains(branch.condition, call.program_span)) {
        return false;
      }
      const std::string_view test = branch.condition.text();
      return test.find("2>") != test.npos || test.find("&>") != test.npos;
    });
  });
}

std::string message_of(std::span<const Timeline* const> tasks, const ComposeInvocation& call,
                       bool installs) {
  const SourceFile& file = *call.program_span.file;
  if (installs) {
    return "`docker-compose` is Compose v1, without fixes since 2023, and this file installs it "
           "itself";
  }
  const std::string old =
      "`docker-compose` is Compose v1, unsupported since 2023 and absent from current "
      "installations: ";
  if (const std::uint32_t line = lost_alias_in(file); line != 0) {
    return old + "a script expands no alias, so that of line " + std::to_string(line) +
           " does not help where only `docker compose` is installed";
  }
  if (is_asked(tasks, call)) {
    return old +
           "where only `docker compose` is installed the test fails, and the script goes "
           "the other way without a word";
  }
  return old + "the call fails where only `docker compose` is installed";
}

// `docker-compose --version`
bool only_says_version(const ComposeInvocation& call) {
  return call.is("version") || (call.verb.empty() && call.global_option("--version") != nullptr);
}

void on_file(std::span<const Timeline* const> tasks, RuleContext& context) {
  std::vector<const ComposeInvocation*> calls;
  std::set<const ComposeInvocation*> harmless;
  bool elsewhere = false;
  bool columns = false;
  bool plugin = false;
  for (const Timeline* task : tasks) {
    columns |= reads_columns(*task);
    for (const Step& step : task->steps) {
      if (!step.call || step.call->program_span.file != task->file) continue;
      if (step.call->program == ComposeProgram::kPlugin) {
        plugin = true;
        continue;
      }
      // An image of v1 brings it.
      if (step.place_name.find("docker/compose:1.") != std::string::npos) return;
      calls.push_back(&*step.call);
      elsewhere |= step.place != Place::kHost;
      if (is_looked_for(*task, step) || only_says_version(*step.call) || stands_in_a_list(step)) {
        harmless.insert(&*step.call);
      }
    }
  }
  // A script that knows both may pick the one it finds.
  if (calls.empty() || (plugin && may_pick_a_program(tasks))) return;
  // The first as they are written, not as tasks run.
  std::stable_sort(calls.begin(), calls.end(), [](const auto* left, const auto* right) {
    return left->program_span.begin < right->program_span.begin;
  });
  const auto told = std::find_if(calls.begin(), calls.end(), [&](const ComposeInvocation* call) {
    return !harmless.contains(call);
  });
  if (told == calls.end()) return;
  const ComposeInvocation& first = **told;
  const SourceFile& file = *first.program_span.file;
  if (brings_its_own(file.bytes()) || wants_version_two(file)) return;
  if (is_vendored(file.path())) return;
  const bool installs = installs_first_line(file.bytes());
  Finding& finding =
      context.report(first.program_span, message_of(tasks, first, installs), {"docker-compose"});
  if (auto edits = rewrite(calls); !edits.empty()) {
    // v2 names its containers with hyphens: who knows them by name has more to change.
    const bool names = file.bytes().find("_1") != std::string_view::npos;
    // `exec db dump > x; sed -i 1d x` cuts off what only the terminal of v1 puts there.
    const bool edited = file.bytes().find("sed -i") != std::string_view::npos;
    // `ssh host docker-compose up`: nobody here knows what is installed there.
    // `command -v docker-compose || exit` would go on asking for the old program.
    const bool safe = !names && !edited && !installs && !elsewhere && !columns &&
                      mentions_of_program(file.bytes()) == edits.size();
    finding.fixes.push_back(
        {"Write docker compose", safe ? FixSafety::kSafe : FixSafety::kUnsafe, std::move(edits)});
  }
}

// Files that go on calling v1 on the machines where the stack runs, whatever is repaired.
bool is_kept_elsewhere(std::span<Finding* const> findings) {
  std::set<const SourceFile*> moved;
  for (const Finding* finding : findings) {
    if (!finding->fixes.empty() && finding->fixes.front().safety == FixSafety::kSafe) {
      moved.insert(finding->span.file);
    }
  }
  for (const Finding* finding : findings) {
    if (!moved.contains(finding->span.file) && finding->context != "ci") return true;
  }
  return false;
}

// `ssh host bash -s < FILE`, `ssh host sh FILE`: a file of that name runs on another machine.
bool runs_elsewhere(const WorkspaceFacts& facts, const SourceFile& file) {
  const std::string name(file_name(file.path()));
  const auto names_it = [&](const Argument& word) {
    return word.text == name || word.text.ends_with("/" + name);
  };
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (step.place != Place::kRemote) continue;
      if (names_it(step.in.target) || std::any_of(step.argv.begin(), step.argv.end(), names_it)) {
        return true;
      }
    }
  }
  return false;
}

// Not what an image or a runner is given.
bool sets_up_machines(const SourceFile& file) {
  const std::string_view name = file_name(file.path());
  return name.find("ockerfile") == name.npos && !name.ends_with(".yml") && !name.ends_with(".yaml");
}

// A script of the job that fetches 1.x before, or one of the repository's that installs it: the
// program is there, and it is the old one.
const SourceFile* installer_of(const WorkspaceFacts& facts, bool of_jobs) {
  for (const TaskView& task : facts.tasks) {
    if (task.context == Context::kDocs || (task.context == Context::kCi) != of_jobs) continue;
    const SourceFile& own = *task.timeline->file;
    if (!of_jobs && sets_up_machines(own) && installs_first_line(own.bytes())) return &own;
    if (!of_jobs) continue;
    const SourceFile* seen = nullptr;  // the steps of a file stand one behind the other
    for (const Step& step : task.timeline->steps) {
      if (step.span.file == nullptr || step.span.file == seen) continue;
      seen = step.span.file;
      if (fetches_old_compose(seen->bytes())) return seen;
    }
  }
  return nullptr;
}

// One job, whose machine has it: those of another one run elsewhere.
bool shares_a_job(const WorkspaceFacts& facts, const SourceFile& installer,
                  const SourceFile& other) {
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const std::vector<Step>& steps = task.timeline->steps;
    const auto is_of = [&](const SourceFile& file) {
      return std::any_of(steps.begin(), steps.end(),
                         [&](const Step& step) { return step.span.file == &file; });
    };
    return task.context == Context::kCi && is_of(installer) && is_of(other);
  });
}

void tell_of_installer(const WorkspaceFacts& facts, std::span<Finding* const> findings,
                       bool of_jobs) {
  const SourceFile* installer = installer_of(facts, of_jobs);
  if (installer == nullptr) return;
  for (Finding* finding : findings) {
    const bool other = (finding->context == "ci") != of_jobs;
    if (other || installs_first_line(finding->span.file->bytes())) continue;
    if (of_jobs && !shares_a_job(facts, *installer, *finding->span.file)) continue;
    // Who is given the old program to develop or test with has it.
    if (finding->context != to_string(Context::kOps)) finding->severity = Severity::kOff;
    finding->message = "`docker-compose` is Compose v1, without fixes since 2023, and " +
                       quoted(std::string(file_name(installer->path()))) + " installs it" +
                       (of_jobs ? " for the job" : "");
    for (Fix& fix : finding->fixes) fix.safety = FixSafety::kUnsafe;
  }
}

// `${COMPOSE:-docker-compose}` in a library, and another script works out what COMPOSE is.
bool is_a_default_set_elsewhere(const Finding& finding, const WorkspaceFacts& facts) {
  const SourceFile& file = *finding.span.file;
  const std::uint32_t number = file.line_of(finding.span.begin);
  const std::string_view line = file.line_text(number);
  std::size_t open = line.rfind("${", finding.span.begin - file.line_begin(number) + 1);
  if (open == line.npos) return false;
  open += 2;
  const std::size_t end = line.find(":-", open);
  if (end == line.npos || line.find("docker-compose", end) > end + 3) return false;
  const std::string sets = std::string(line.substr(open, end - open)) + "=";
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const SourceFile* other = task.timeline->file;
    if (other == &file) return false;
    const std::string_view text = other->bytes();
    return text.find(sets + "$(") != text.npos || text.find(sets + "\"$(") != text.npos ||
           text.find(sets + "\"docker compose") != text.npos;
  });
}

// One place says it; the others are found when it is mended, by the tool or by hand.
void tell_of_the_others(std::span<Finding* const> told) {
  constexpr std::size_t kMany = 9;  // to be mended at a time
  std::map<bool, std::vector<Finding*>> groups;
  for (Finding* each : told) {
    for (Fix& fix : each->fixes) {
      if (told.size() > kMany) fix.safety = FixSafety::kUnsafe;
    }
    groups[!each->fixes.empty() && each->fixes.front().safety == FixSafety::kSafe].push_back(each);
  }
  for (auto& [safe, group] : groups) {
    // What an operator runs comes first, and what CI alone does last.
    std::stable_sort(group.begin(), group.end(), [](const Finding* left, const Finding* right) {
      const auto rank = [](const Finding* of) {
        return of->context == to_string(Context::kOps)  ? 0
               : of->context == to_string(Context::kCi) ? 2
                                                        : 1;
      };
      return rank(left) < rank(right);
    });
    const auto fixed = std::find_if(group.begin(), group.end(),
                                    [](const Finding* each) { return !each->fixes.empty(); });
    if (fixed != group.end()) std::swap(group.front()->fixes, (*fixed)->fixes);
    tell_once_a_run(std::move(group));
  }
}

// v1 and v2 call images and containers of one stack differently: they change together or not.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::vector<Finding*> told;
  const bool installed =
      installer_of(facts, true) != nullptr || installer_of(facts, false) != nullptr;
  const bool second = !installed && has_second_line(facts);
  for (const bool of_jobs : {true, false}) tell_of_installer(facts, findings, of_jobs);
  for (Finding* finding : findings) {
    const SourceFile& file = *finding->span.file;
    if (second || is_a_default_set_elsewhere(*finding, facts) || is_brought_along(facts, file) ||
        (finding->context == to_string(Context::kCi) && is_brought_by_jobs(facts, file)) ||
        (!installed && runs_where_it_is(facts, file))) {
      finding->severity = Severity::kOff;
    }
    if (finding->severity != Severity::kOff) told.push_back(finding);
  }
  for (Finding* finding : findings) {
    if (!finding->fixes.empty() && runs_elsewhere(facts, *finding->span.file)) {
      finding->fixes.front().safety = FixSafety::kUnsafe;
    }
  }
  if (knows_old_names(facts) || is_kept_elsewhere(findings)) {
    for (Finding* finding : findings) {
      for (Fix& fix : finding->fixes) fix.safety = FixSafety::kUnsafe;
    }
  }
  tell_of_the_others(told);
}

constexpr Example kExamples[] = {{
    .unsafe = "docker-compose pull\ndocker-compose up -d\n",
    .safe = "docker compose pull\ndocker compose up -d\n",
}};

}  // namespace

COMPOSELINT_RULE(compose_v1) = {
    .slug = "compose-v1",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "The script calls docker-compose, not docker compose",
    .rationale =
        "Compose v1 got its last release in 2021 and its end in 2023. Current packages install "
        "the plugin alone, so `docker-compose` is not found there; where an old one is still "
        "around, it behaves differently: it always allocates a terminal (dumps get CRLF line "
        "ends), names containers with underscores, and does not know newer attributes. Some "
        "distributions install v2 under the old name; there the script works and only the name is "
        "old. Reported once a repository.",
    .silent_on =
        "Scripts that call both where something looks for what is installed, a variable holds one "
        "of them, or the same is called by the other name on another way. Scripts that fetch the "
        "standalone `docker-compose` of the current line, or ask for a version of 2 or more. "
        "Calls that only print the version, and those behind a test for the program. Repositories "
        "with a script or a guide that puts the current program where the old one was (fetched, "
        "installed by pacman, linked to the plugin, copied from its image) or asks of "
        "`docker-compose` what only the second line does (`exec -it`, `up --wait`, a file with "
        "`include:`), scripts in images of CircleCI, in jobs of GitLab in an image like "
        "`docker-with-compose`, in Docker Hub's hooks. Scripts of jobs whose workflow fetches the "
        "current program, jobs that fetch the old one, and developers' scripts where another one "
        "installs it. "
        "Folders like `legacy` that nothing calls. The default of a variable "
        "that another script works out (`${COMPOSE:-docker-compose}`). Trees such as `vendor`.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_file = on_file,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
