#include <composelint/nearest.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/files/admitted_files.h"
#include "analyzer/signs/files/commented_service.h"
#include "analyzer/signs/files/rewritten_file.h"
#include "analyzer/signs/files/shown_service.h"
#include "analyzer/signs/reports/once_a_subject.h"
#include "analyzer/signs/reports/project_trouble.h"
#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/stacks/looked_for_service.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/blank_word.h"
#include "analyzer/signs/words/certain_value.h"
#include "analyzer/signs/words/development_words.h"
#include "analyzer/signs/words/said_for_later.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

const Service* meant(const Project& project, std::string_view name) {
  std::vector<std::string_view> names;
  for (const Service& service : project.services) names.push_back(service.name);
  return project.service(nearest(name, names));
}

// It names what nobody declares: somebody lays it over other files, or glues them together.
bool is_a_piece(const Project& project) {
  return std::any_of(
      project.problems.begin(), project.problems.end(),
      [](const ProjectProblem& problem) { return trouble_of(problem) == Trouble::kUndefined; });
}

bool may_have(const Project& project, const std::string& name) {
  return project.partial || project.service(name) != nullptr || is_a_piece(project);
}

std::string names_of(const Project& project) {
  std::string out;
  constexpr std::size_t kMost = 8;
  for (std::size_t i = 0; i < project.services.size() && i < kMost; ++i) {
    out += (i == 0 ? "" : ", ") + project.services[i].name;
  }
  return project.services.size() > kMost ? out + ", …" : out;
}

// `exec`, `cp` and `logs` find what runs, whichever file it was started from.
bool finds_what_runs(const ComposeInvocation& call) {
  static constexpr std::array<std::string_view, 5> kFind = {"cp", "exec", "logs", "ps", "stop"};
  return std::find(kFind.begin(), kFind.end(), call.verb) != kFind.end();
}

// Another file of the same stack has it: one beside it, which COMPOSE_FILE on some machine may
// name, or one that another call of the script adds with -f. A call with files of its own reads
// these alone.
bool is_elsewhere(const std::string& name, const ComposeInvocation& call,
                  const WorkspaceFacts& facts, const Timeline& timeline) {
  const bool own_files = call.global_option("--file") != nullptr && !call.opaque_global;
  if (own_files && !finds_what_runs(call)) return false;
  const std::string& directory = call.target.project->directory;
  return std::any_of(facts.projects.begin(), facts.projects.end(),
                     [&](const Project* other) {
                       return other->directory == directory && other->service(name) != nullptr;
                     }) ||
         std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& step) {
           return step.call && same_stack(*step.call, call) &&
                  may_have(*step.call->target.project, name);
         });
}

// A page that calls services again and again, and none of the project, is about another stack. One
// such call alone is a slip, and so is any on a page that names the project's file.
class Pages {
 public:
  explicit Pages(const WorkspaceFacts& facts) {
    for (const TaskView& task : facts.tasks) {
      if (task.context != Context::kDocs) continue;
      for (const Step& step : task.timeline->steps) {
        if (step.call) note(*step.call, pages_[task.timeline->file]);
      }
    }
  }
  static bool names_files(const ComposeInvocation& call) {
    return call.global_option("--file") != nullptr;
  }
  // Nothing says that what the page calls is of this project.
  [[nodiscard]] bool is_about_another(const SourceFile* file, const ComposeInvocation& call,
                                      bool elsewhere) const {
    const auto page = pages_.find(file);
    if (page == pages_.end() || page->second.files.contains(call.target.project->files.front())) {
      return false;
    }
    return elsewhere || (page->second.calls > 1 && !page->second.known);
  }

 private:
  struct Page {
    std::size_t calls = 0;              // that name services
    bool known = false;                 // some service is one of the project
    std::set<const SourceFile*> files;  // named with -f
  };

  static void note(const ComposeInvocation& call, Page& page) {
    const Project* project = call.target.project;
    if (!call.services.empty()) ++page.calls;
    if (project == nullptr || project->files.empty()) return;
    if (names_files(call)) {
      page.files.insert(project->files.front());
      return;
    }
    for (const Argument& word : call.services) {
      page.known |= word.known() && may_have(*project, word.text);
    }
  }

  std::map<const SourceFile*, Page> pages_;
};

// A page whose reader was told before to start it from a file that is not here.
bool is_started_from_elsewhere(const std::string& name, const Step& step, const TaskView& task) {
  if (task.context != Context::kDocs) return false;
  const auto& steps = task.timeline->steps;
  const auto here = steps.begin() + static_cast<std::ptrdiff_t>(index_of(*task.timeline, step));
  return std::any_of(steps.begin(), here, [&](const Step& other) {
    if (!other.call || other.call->target.project != nullptr) return false;
    const auto& globals = other.call->global_options;
    const bool file = std::any_of(globals.begin(), globals.end(),
                                  [](const OptionUse& use) { return use.name == "--file"; });
    const auto& services = other.call->services;
    return file && std::any_of(services.begin(), services.end(),
                               [&](const Argument& word) { return word.text == name; });
  });
}

// AUTH_REPORT.md, LOGIN_COMPLETE.md: what somebody has done, once; nobody is told to do it.
bool tells_what_was_done(const SourceFile& page) {
  return has_name_word(file_name(page.path()), {"complete", "completed", "report", "summary"});
}

// `my-app`, `your_service`: the reader puts in what theirs is called.
bool is_placeholder(std::string_view name) {
  static constexpr std::array<std::string_view, 4> kHeads = {"my-", "my_", "your-", "your_"};
  static constexpr std::array<std::string_view, 9> kNames = {
      "myapp",        "myservice",    "new-app",     "new-service", "service",
      "service-name", "service_name", "servicename", "yourservice"};
  // SERVICE_NAME, as the words of a usage are.
  const bool spelt_out = name.size() > 1 && name.find('_') != name.npos &&
                         name.find_first_not_of("_ABCDEFGHIJKLMNOPQRSTUVWXYZ") == name.npos;
  return spelt_out || is_blank_word(name) ||
         std::any_of(kHeads.begin(), kHeads.end(),
                     [&](std::string_view head) { return name.starts_with(head); }) ||
         std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// `ps -q solr 2>/dev/null`, `ps -q solr || echo ""`: whether it is there is what is asked. Whoever
// throws away what `stop` says, and how it ends, is ready for a service that is not there, and so
// is whoever does not wait for it.
bool is_asked_for(const Step& step, const Timeline& timeline) {
  static constexpr std::array<std::string_view, 4> kStops = {"kill", "ps", "rm", "stop"};
  if (std::find(kStops.begin(), kStops.end(), step.call->verb) == kStops.end()) return false;
  const bool unheard = step.err.kind == StreamKind::kNull;
  const bool fallback =
      step.status == StatusUse::kDiscarded ||
      std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
        const Span& left = branch.condition;
        return branch.kind == BranchKind::kOr && left.file == step.span.file &&
               left.begin <= step.span.begin && step.span.end <= left.end;
      });
  if (!step.call->is("ps") && step.background) return true;
  return step.call->is("ps") ? unheard || fallback : unheard && fallback;
}

// How many bytes of their directories the paths have in common.
std::size_t common_directory(std::string_view a, std::string_view b) {
  std::size_t common = 0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()) && a[i] == b[i]; ++i) {
    if (a[i] == '/') common = i + 1;
  }
  return common;
}

// The script lies nearer to a stack that has the service than to the one above it, and may be
// started there.
bool is_nearer_to_another(const std::string& name, const ComposeInvocation& call,
                          const WorkspaceFacts& facts, const SourceFile& script) {
  const Project& project = *call.target.project;
  if (call.global_option("--file") != nullptr || project.files.empty()) return false;
  const std::size_t near = common_directory(project.files.front()->path(), script.path());
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* other) {
    return other->service(name) != nullptr && !other->files.empty() &&
           common_directory(other->files.front()->path(), script.path()) > near;
  });
}

Finding* look_at(const Argument& word, const ComposeInvocation& call, const WorkspaceFacts& facts,
                 const TaskView& task, RuleContext& context) {
  if (word.text.empty()) return nullptr;
  const Project& project = *call.target.project;
  const std::string& name = word.text;
  if (may_have(project, name)) return nullptr;
  for (const Project* other : call.target.others) {
    if (may_have(*other, name)) return nullptr;
  }
  if (is_elsewhere(name, call, facts, *task.timeline)) return nullptr;
  if (is_nearer_to_another(name, call, facts, *task.timeline->file)) return nullptr;
  const Span place = word.place();
  std::string message = "there is no service " + quoted(name) + " in project " +
                        quoted(project.name.value) + ": " + quoted(call.verb) + " fails";
  const Service* near = meant(project, name);
  message += near != nullptr ? "; did you mean " + quoted(near->name) + "?"
                             : "; its services are " + names_of(project);
  Finding& finding = context.report(place, std::move(message), {call.verb, name});
  finding.severity = context.severity_in(task.context);
  finding.context = to_string(task.context);
  if (const Span out = commented_out_service(project, name)) {
    finding.severity = std::min(finding.severity, Severity::kWarning);
    finding.related.push_back({out, "it is commented out here"});
  }
  if (near == nullptr) return &finding;
  finding.related.push_back({near->span, "service " + quoted(near->name) + " is declared here"});
  if (place.text() == name) {
    finding.fixes.push_back({"Write " + near->name, FixSafety::kUnsafe, {{place, near->name}}});
  }
  return &finding;
}

bool any_has(const WorkspaceFacts& facts, const std::string& name) {
  return std::any_of(facts.projects.begin(), facts.projects.end(),
                     [&](const Project* other) { return other->service(name) != nullptr; });
}

// `-f "compose.$1.yml"`, and none of the files that the script admits has it.
void look_at_admitted(const Step& step, const WorkspaceFacts& facts, const TaskView& task,
                      RuleContext& context) {
  if (step.call->services.empty() || step.call->opaque_options) return;
  const std::vector<const Project*> all = admitted_projects(facts, *task.timeline, step);
  for (const Argument& word : step.call->services) {
    const auto has = [&](const Project* project) { return may_have(*project, word.text); };
    if (all.empty() || !word.known() || word.text.empty() ||
        !is_certain(word, step, *task.timeline) || std::any_of(all.begin(), all.end(), has)) {
      continue;
    }
    std::string files;
    for (const Project* project : all) {
      files += (files.empty() ? "neither " : " nor ") + quoted(project->files.front()->path());
    }
    Finding& finding = context.report(
        word.place(),
        files + " has a service " + quoted(word.text) + ": " + quoted(step.call->verb) + " fails",
        {step.call->verb, word.text});
    finding.severity = context.severity_in(task.context);
    finding.context = to_string(task.context);
  }
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  const Pages pages(facts);
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (step.call && step.call->target.project == nullptr) {
        look_at_admitted(step, facts, task, context);
      }
      if (!step.call || step.call->target.project == nullptr || !step.call->errors.empty() ||
          step.call->opaque_options || step.call->target.project->services.empty()) {
        continue;
      }
      // `-p NAME` with ps, exec, down and their like works on a running stack of any make.
      const bool loose = task.context == Context::kDocs && !Pages::names_files(*step.call) &&
                         !step.call->target.project->files.empty();
      for (const Argument& word : step.call->services) {
        if (loose &&
            pages.is_about_another(task.timeline->file, *step.call, any_has(facts, word.text))) {
          continue;
        }
        if (task.context == Context::kDocs && word.known() &&
            (is_placeholder(word.text) || is_shown_on(*task.timeline->file, word.text) ||
             is_said_for_later(step.span) || tells_what_was_done(*task.timeline->file))) {
          continue;
        }
        const bool certain = is_certain(word, step, *task.timeline);
        if (!certain && !is_certain_without_arguments(word, step, *task.timeline)) continue;
        if (!has_certain_services(step, *task.timeline)) continue;
        if (is_started_from_elsewhere(word.text, step, task)) continue;
        if (is_file_of_script(*step.call, *task.timeline, step)) continue;
        if (is_asked_for(step, *task.timeline)) continue;
        if (is_behind_a_look(step, *task.timeline, word.text)) continue;
        if (Finding* told = look_at(word, *step.call, facts, task, context); told && !certain) {
          told->severity = std::min(told->severity, Severity::kWarning);
        }
      }
    }
  }
}

// `up -d users chats mails`, of a project that has none of them: the script was written for
// another one. What it may have meant is told name by name.
void tell_once_a_script(std::span<Finding* const> findings) {
  std::map<std::pair<const SourceFile*, std::string>, std::vector<Finding*>> scripts;
  for (Finding* finding : findings) {
    const std::size_t project = finding->message.find(" in project ");
    const std::size_t end = finding->message.find("; its services are ");
    if (finding->severity == Severity::kOff || std::max(project, end) == std::string::npos)
      continue;
    const std::string names = finding->message.substr(end, finding->message.find("; so ") - end);
    const bool out = finding->severity == Severity::kWarning;  // may be put in again, see above
    if (!out) scripts[{finding->span.file, finding->context + names}].push_back(finding);
  }
  for (auto& [script, all] : scripts) {
    std::vector<std::string> others;
    for (Finding* finding : std::span(all).subspan(1)) {
      merge_into(*all.front(), *finding);
      others.push_back(finding->key[1]);
    }
    if (others.empty()) continue;
    all.front()->message += (others.size() == 1 ? "; nor is there " : "; nor are there ");
    all.front()->message += listed(others);
  }
}

// A file has a name wrong all the way down, and so have those that were written with it.
void on_findings(const WorkspaceFacts&, std::span<Finding* const> findings) {
  // The name and the project, whatever the command.
  tell_once_a_subject(findings, [](const Finding& finding) {
    return told_before(finding, ": `") + (finding.key[1].empty() ? "" : " " + finding.key[1]);
  });
  tell_once_a_script(findings);
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -T postgres pg_isready",
    .safe = "docker compose exec -T db pg_isready",
    .compose = "services:\n  db:\n    image: postgres:16\n  web:\n    image: nginx:1.27\n",
}};

}  // namespace

COMPOSELINT_RULE(unknown_service) = {
    .slug = "unknown-service",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kError},
    .summary = "A command names a service that its project does not have",
    .rationale =
        "A service gets renamed or dropped, and the scripts that name it are found out when they "
        "are needed. Compose refuses with `no such service`; `exec` says `service \"x\" is not "
        "running`, the same text as for a service that is merely stopped, so the message does not "
        "tell a slip of the pen (measured with 2.40.3). Services of inactive profiles count as "
        "there: naming one turns its profile on.",
    .silent_on =
        "Calls whose project is not known, and projects that could not be read in full (a missing "
        "`include` or `extends` file), or that Compose refuses because something they name is "
        "declared nowhere: the service may be there. Names and files that are not certain: the "
        "default of an argument that the script looks at, a variable whose value the script tests. "
        "Services that another "
        "compose "
        "file of the same directory has, where the call names no files of its own (COMPOSE_FILE on "
        "the machine may name it) or enters, stops or shows what runs. Words behind one "
        "that is not known, as in `exec \"$@\" bash`: they may be the command. In documents, calls "
        "without `-f` on pages of several calls none of which names a service of the project, and "
        "of a service that another file of the workspace has: the page is about that stack, unless "
        "it names the project's own file. Parts of a page whose heading ends with `(later)` or "
        "`(planned)`. On a page that has its reader start the service from another file first, "
        "which is not there, or that shows the lines of the service; reports of what was done "
        "(`AUTH_REPORT.md`); names like `my-app` or `SERVICE_NAME` there, which the reader "
        "replaces. `ps` whose errors are thrown away, `stop`, `kill` and `rm` where the failure is "
        "as well (`2>/dev/null || true`), and calls behind a test whether the service is there. A "
        "name that the files of a run get wrong is told of once, as are those of one file.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_workspace = on_workspace,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
