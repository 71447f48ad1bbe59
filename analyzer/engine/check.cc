#include "analyzer/engine/check.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "analyzer/engine/comment_findings.h"
#include "analyzer/engine/compose_template.h"
#include "analyzer/engine/configured_project.h"
#include "analyzer/engine/context_cues.h"
#include "analyzer/engine/covered_places.h"
#include "analyzer/engine/discovery.h"
#include "analyzer/engine/fit_fixes.h"
#include "analyzer/engine/folded.h"
#include "analyzer/engine/followed.h"
#include "analyzer/engine/judged_projects.h"
#include "analyzer/engine/open_findings.h"
#include "analyzer/engine/outweighed.h"
#include "analyzer/engine/refused_calls.h"
#include "analyzer/engine/rule_set.h"
#include "analyzer/engine/run_order.h"
#include "analyzer/engine/same_call.h"
#include "analyzer/engine/set_aside.h"
#include "analyzer/engine/shown_paths.h"
#include "analyzer/engine/source_graph.h"
#include "analyzer/engine/suppressions.h"
#include "analyzer/engine/task_facts.h"
#include "analyzer/engine/template_names.h"
#include "analyzer/engine/workspace.h"
#include "analyzer/evidence/timeline_evidence.h"
#include "analyzer/text/path.h"
#include "analyzer/timeline/build.h"

namespace composelint::engine {

namespace {

class Checker {
 public:
  Checker(const CheckRequest& request, Outcome& outcome, std::span<const Rule* const> rules)
      : request_(request),
        outcome_(outcome),
        workspace_(*outcome.workspace),
        run_(outcome.run),
        configs_(workspace_.sources, request.config, rules),
        rule_sets_(rules, request.rules, request.working_directory),
        start_(text::join_path(request.working_directory, kConfigName)) {}

  void check() {
    workspace_.give(request_.paths, request_.on_this_machine);
    Discovery discovery = discover(request_.paths, workspace_.sources);
    run_.notifications = std::move(discovery.notifications);
    for (Discovery::Skipped& skipped : discovery.skipped)
      run_.files.push_back({std::move(skipped.path), "", std::move(skipped.why), 0, false});
    outcome_.fail_on = config_of(start_).fail_on;
    static_cast<void>(rules_of(start_));  // its rules are known even where no file is
    template_names_ = names_in_templates(discovery.templates, workspace_.sources.files());
    walk_scripts(discovery.files);
    for (const DiscoveredFile& file : discovery.files) check_file(file);
    if (request_.stdin_text) check_stdin();
    judge_compose_files();
    finish();
  }

 private:
  const Config& config_of(const std::string& path) {
    return configs_.of(path, workspace_.root_of(path));
  }

  const RuleSet& rules_of(const std::string& path) { return rule_sets_.of(config_of(path)); }

  // Scripts read each other: all are walked before any is judged.
  void walk_scripts(const std::vector<DiscoveredFile>& files) {
    for (const DiscoveredFile& file : files)
      if (file.role == FileRole::kShell) index_.add(file.path);
    for (const DiscoveredFile& file : files) {
      if (file.role != FileRole::kShell) continue;
      const Result<const SourceFile*> source = workspace_.sources.open(file.path);
      if (!source) continue;
      const auto& host = workspace_.host_file(file.path, nullptr, **source);
      if (!host) continue;
      for (const hosts::Task& task : host->tasks) graph_.add(walk_task(*host, task, file.path));
    }
    graph_.close();
  }

  void check_file(const DiscoveredFile& file) {
    const Result<const SourceFile*> source = workspace_.sources.open(file.path);
    if (!source) {
      trouble(file.path, source.failure());
      return;
    }
    check_source(**source, file.path, file.role);
  }

  void check_stdin() {
    const std::string& name = request_.stdin_filename;
    const std::string path =
        text::join_path(request_.working_directory, name.empty() ? "stdin" : name);
    FileRole role = classify(path, *request_.stdin_text);
    if (role == FileRole::kOther) role = FileRole::kShell;  // it was handed over to be checked
    const SourceFile& source =
        workspace_.sources.add(name.empty() ? "<stdin>" : name, *request_.stdin_text);
    if (role != FileRole::kCompose) {
      check_source(source, path, role);
      return;
    }
    ++run_.stats.files;
    ++run_.stats.compose_files;
    run_.files.push_back({source.path(), "compose file", "", 0, false});
    allow(source, path);
    const Project* project = workspace_.binder(workspace_.root_of(path))
                                 .project_of_text(text::directory_of(path), *request_.stdin_text);
    if (project != nullptr) judge(*project, path);
  }

  void check_source(const SourceFile& source, const std::string& path, FileRole role) {
    ++run_.stats.files;
    if (role == FileRole::kCompose) {
      if (pass_over_template(source, path, workspace_, run_)) return;
      ++run_.stats.compose_files;
      run_.files.push_back({source.path(), "compose file", "", 0, false});
      check_compose_file(source, path);
      return;
    }
    ++run_.stats.scripts;
    const hosts::Host* host =
        role == FileRole::kHost ? hosts::find_host(path, source.bytes()) : nullptr;
    check_host(source, path, host);
  }

  void check_host(const SourceFile& source, const std::string& path, const hosts::Host* host) {
    run_.files.push_back(
        {source.path(), host ? std::string(host->name) : "shell script", "", 0, true});
    const Result<hosts::HostFile>& file = workspace_.host_file(path, host, source);
    if (!file) {
      trouble(path, file.failure());
      return;
    }
    run_.files.back().unparsed = file->troubles.size();
    tell_troubles(*file, run_);
    allow(*file, path);
    task_of_.clear();
    const bool sourced = graph_.sourced(&source);
    if (sourced) list_seen(source);
    judge_tasks(*file, path, sourced);
    if (!sourced) list_seen(source);
  }

  void judge_tasks(const hosts::HostFile& file, const std::string& path, bool sourced) {
    std::vector<std::unique_ptr<evidence::TimelineEvidence>> evidence;
    std::vector<TaskFacts> tasks;
    CoveredPlaces covered(*file.file);
    bool by_default = true;  // nothing says where these tasks belong
    const auto walk = [&](const hosts::Task& task) {
      const ScriptFacts& facts = walk_task(file, task, path);
      list_task(facts, task);
      covered.add(facts.timeline, facts.context);
      // What runs in a container at its start is no operator's script, and what is kept nobody's.
      if (file.kind == hosts::HostKind::kComposeCommands || facts.context.kept) return;
      evidence.push_back(std::make_unique<evidence::TimelineEvidence>(facts.timeline));
      tasks.push_back(task_facts(facts, task, *evidence.back()));
      by_default &= facts.context.by_default;
    };
    for (const hosts::Task& task : file.tasks) {
      if (!task.called || request_.called_tasks) walk(task);
    }
    // What another task runs is seen there, with what came before it; unless that other one is not
    // seen itself (it stands in an included file, or they call each other). `deploy` that `test`
    // runs first is an operator's all the same.
    for (const hosts::Task& task : file.tasks) {
      if (!task.called || request_.called_tasks || covered.holds_in_operations(task)) continue;
      if (!covered.holds(task) || is_operators_own(walk_task(file, task, path).context)) walk(task);
    }
    const RuleSet& rules = rules_of(path);
    std::vector<Finding> findings = rules.about(tasks);
    drop_refused_calls(rules.known(), tasks, findings);
    drop_outweighed(rules.known(), tasks, findings);
    std::erase_if(findings,
                  [&](const Finding& finding) { return !rules.tells_alone(finding.rule); });
    if (by_default)
      weigh_followed(rules, *file.file, workspace_, request_.working_directory, findings);
    looked_.add(*file.file, rules.looking(), tasks);
    if (!file.troubles.empty()) looked_.add_unsure(*file.file);
    fit_fixes(file, path, workspace_, findings);
    // What runs where others stand is judged there.
    if (sourced) {
      std::erase_if(findings,
                    [&](const Finding& finding) { return graph_.seen_by_others(finding.span); });
    }
    add(std::move(findings));
  }

  ScriptFacts& walk_task(const hosts::HostFile& file, const hosts::Task& task,
                         const std::string& path) {
    ScriptFacts*& slot = walked_[&task];
    if (slot != nullptr) return *slot;
    const std::string root = workspace_.root_of(path);
    calls::Binder& binder = workspace_.binder(root);
    workspace_.scripts.push_back(std::make_unique<ScriptFacts>());
    ScriptFacts& facts = *workspace_.scripts.back();
    slot = &facts;
    facts.file = file.file;
    const Config& config = config_of(path);
    timeline::BuildRequest request{&task, file.file, path, root, {}, {}, &config.vocabulary};
    // A script that documentation has its reader start is checked where it stands, once, and not
    // on every page that names it.
    if (file.kind != hosts::HostKind::kMarkdown) {
      request.open = [&](const std::string& other) { return workspace_.script(other); };
    }
    request.find = index_.finder(file.kind, root);
    request.open_tasks = [&](const std::vector<Argument>& argv, const std::string& directory) {
      return workspace_.tasks(argv, directory, root);
    };
    facts.timeline =
        timeline::build(request, [&](const ComposeInvocation& call, const calls::CallSite& site) {
          return binder.bind(call, site);
        });
    apply_project(facts.timeline, config, workspace_.sources, binder);
    const std::string shown = text::relative_path(root, path);
    facts.context = context_around(
        {shown, file.kind, &task, facts.timeline, workspace_.told_above(path)}, path, workspace_);
    if (auto told = told_of(path)) facts.context = std::move(*told);
    return facts;
  }

  std::optional<ContextCue> told_of(const std::string& path) {
    if (request_.context) return given(*request_.context, "given on the command line");
    const Config::ContextOf* told = config_of(path).context_of(path);
    return told == nullptr ? std::nullopt : std::optional(given(told->context, told->cue));
  }

  // What is told of a task beside findings. Calls in a sourced file are listed as those see them
  // who source it.
  void list_task(const ScriptFacts& facts, const hosts::Task& task) {
    run_.scripts.push_back({&facts.timeline, facts.context.context, facts.context.cue});
    if (facts.timeline.truncated) {
      run_.notifications.push_back({Severity::kError, facts.file->path(), task.span,
                                    "too many steps: the rest is not checked"});
    }
    list_calls(facts);
  }

  // Calls in this file that were met on the way through others: in a file that is sourced they are
  // understood better there.
  void list_seen(const SourceFile& source) {
    for (const SourceGraph::Seen& seen : graph_.calls_in(&source)) {
      const Span span = seen.step->call->span;
      if (!task_of_.contains({span.begin, span.end})) list_call(*seen.step, *seen.from);
    }
  }

  // Those of a followed script are listed with that script, those of a shared prerequisite with the
  // first task that has it.
  void list_calls(const ScriptFacts& facts) {
    for (const Step& step : facts.timeline.steps) {
      if (step.call && step.call->span.file == facts.file) list_call(step, facts);
    }
  }

  void list_call(const Step& step, const ScriptFacts& facts) {
    const Span span = step.call->span;
    const ScriptFacts*& first = task_of_[{span.begin, span.end}];
    if (first == nullptr) first = &facts;
    if (first != &facts) return;
    // A function that is called twice with the same words makes one call for a reader.
    for (auto other = run_.calls.rbegin(); other != run_.calls.rend(); ++other) {
      const ComposeInvocation& known = *other->step->call;
      if (known.span.file != span.file) break;
      if (known.span == span && is_same_call(*other->step, step)) return;
    }
    run_.calls.push_back({&step, facts.context.context, facts.context.cue, facts.timeline.task});
    ++run_.stats.invocations;
  }

  // The calls that a compose file makes itself, in the containers of its services.
  void list_commands(const SourceFile& source, const std::string& path) {
    const hosts::Host* host = hosts::host_of(hosts::HostKind::kComposeCommands);
    const Result<hosts::HostFile>& file = workspace_.host_file(path, host, source);
    if (!file) return;
    task_of_.clear();
    for (const hosts::Task& task : file->tasks) list_task(walk_task(*file, task, path), task);
  }

  void check_compose_file(const SourceFile& source, const std::string& path) {
    allow(source, path);
    list_commands(source, path);
    compose_files_.emplace_back(&source, path);
  }

  // Calls say which files are read together: all of them are known only when all else is read.
  void judge_compose_files() {
    std::set<const Project*> known;
    std::vector<std::pair<const Project*, const std::string*>> all;  // loaded before any is judged
    for (const auto& [source, path] : compose_files_) {
      for (const Project* project : judged_projects(*source, path, workspace_, run_.calls))
        if (known.insert(project).second) all.emplace_back(project, &path);
    }
    for (const auto& [project, path] : all) judge(*project, *path);
  }

  void add(std::vector<Finding> findings) {
    found_.insert(found_.end(), std::make_move_iterator(findings.begin()),
                  std::make_move_iterator(findings.end()));
  }

  // `text` is a compose file, or a file with tasks.
  template <typename Text>
  void allow(const Text& text, const std::string& path) {
    if (!request_.inline_comments) return;
    const RuleSet& rules = rules_of(path);
    Allowances here = allowances(text, rules.known(), request_.today);
    for (const Allowance& each : here.allowed) rules_of_file_[each.comment.span.file] = &rules;
    allowed_.append(std::move(here));
  }

  void judge(const Project& project, const std::string& path) {
    const RuleSet& rules = rules_of(path);
    std::vector<Finding> findings = rules.about(project);
    weigh_by_file(rules, project, workspace_, request_.working_directory, told_, findings, run_);
    add(std::move(findings));
    looked_.add(project, rules.looking());
  }

  void trouble(const std::string& path, const Failure& failure) {
    run_.notifications.push_back(
        {Severity::kError, workspace_.sources.shown(path), failure.span, failure.message});
  }

  void check_workspace() {
    std::vector<const Project*> projects;
    for (const auto& [root, binder] : workspace_.binders)
      for (const Project* project : binder->projects()) projects.push_back(project);
    std::vector<TaskView> tasks;
    for (const ScriptRecord& each : run_.scripts) tasks.push_back({each.timeline, each.context});
    const WorkspaceFacts facts{projects, tasks, template_names_};
    const RuleSet& rules = rules_of(start_);
    add(weigh_by_projects(rules, projects, workspace_, request_.working_directory, told_,
                          fitted(without_kept(rules.about(facts), workspace_), workspace_), run_));
    look_again(rules, facts, workspace_, allowed_.allowed, found_, run_);
  }

  void finish() {
    check_workspace();
    const auto tell = [&](const auto& all) {
      run_.notifications.insert(run_.notifications.end(), all.begin(), all.end());
    };
    for (const auto& [root, binder] : workspace_.binders) tell(binder->notifications());
    tell(configs_.problems());
    tell(allowed_.notifications);
    sort_records(run_);
    sort_findings(found_);
    apply(std::move(found_), allowed_.allowed, run_);
    judge_comments([&](const SourceFile* of) -> const RuleSet& { return *rules_of_file_.at(of); },
                   looked_, allowed_.allowed, run_);
    fold(run_);
    place_in_repository(workspace_, request_.working_directory, run_);
    tell_context_cues(workspace_, request_.working_directory, run_);
    outcome_.rules = rule_sets_.known();
    outcome_.custom_rules = configs_.custom_rules();
  }

  const CheckRequest& request_;
  Outcome& outcome_;
  Workspace& workspace_;
  Run& run_;
  Configs configs_;
  RuleSets rule_sets_;
  const std::string start_;  // stands for the directory the run was started in
  const ToldContext told_ = [this](const std::string& file) { return told_of(file); };
  std::vector<Finding> found_;
  std::vector<std::string> template_names_;
  std::vector<std::pair<const SourceFile*, std::string>> compose_files_;  // with absolute paths
  Allowances allowed_;
  std::map<const SourceFile*, const RuleSet*> rules_of_file_;  // of those with comments
  Looked looked_;
  ScriptIndex index_;
  SourceGraph graph_;
  std::map<const hosts::Task*, ScriptFacts*> walked_;
  // Of the file being checked: the first task in which the call at this place stands.
  std::map<std::pair<std::uint32_t, std::uint32_t>, const ScriptFacts*> task_of_;
};

}  // namespace

Outcome::Outcome() = default;
Outcome::Outcome(Outcome&&) noexcept = default;
Outcome& Outcome::operator=(Outcome&&) noexcept = default;
Outcome::~Outcome() = default;

Outcome check(const CheckRequest& request, const FileSystem& files,
              std::span<const Rule* const> rules) {
  Outcome outcome;
  outcome.workspace = std::make_unique<Workspace>(files, request.working_directory);
  Checker(request, outcome, rules).check();
  return outcome;
}

}  // namespace composelint::engine
