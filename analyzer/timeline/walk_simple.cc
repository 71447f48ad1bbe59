#include <algorithm>
#include <utility>

#include "analyzer/calls/command_line.h"
#include "analyzer/knowledge/vocabulary.h"
#include "analyzer/knowledge/wrappers.h"
#include "analyzer/shell/parser.h"
#include "analyzer/text/path.h"
#include "analyzer/timeline/walker.h"

namespace composelint::timeline {

namespace {

StreamKind kind_of_input(const std::string& op, const Argument& target) {
  if (op == "<<" || op == "<<-" || op == "<<<") return StreamKind::kHere;
  return target.is("/dev/null") ? StreamKind::kNull : StreamKind::kFile;
}

// What a command is followed by when nothing is known of the words: an alternative of `$DC` that is
// the plugin tells more than one that is v1.
bool prefers(const std::vector<Argument>& candidate, const std::vector<Argument>& current) {
  const auto is_plugin = [](const std::vector<Argument>& argv) {
    const auto start = calls::find_compose(argv);
    return start && start->program == ComposeProgram::kPlugin;
  };
  return is_plugin(candidate) && !is_plugin(current);
}

}  // namespace

shell::ExpansionContext Walker::context() {
  shell::ExpansionContext context;
  context.substitute = [this](const WordPart& part, const shell::Scope& scope) {
    return substitute(part, scope);
  };
  // In a sourced file $0 is still the script that sources it.
  context.script_name = request_.script_path;
  for (const Frame& frame : frames_) {
    if (frame.kind == FrameKind::kChild) context.script_name = frame.name;
  }
  return context;
}

Surroundings Walker::with_redirects(const Command& command, const Surroundings& around) {
  Surroundings here = around;
  for (const IoRedirect& redirect : command.redirects) {
    Argument target;
    if (!redirect.target.parts.empty()) {
      target = shell::expand_argument(redirect.target, state_.scope, context()).front();
    }
    const std::string& op = redirect.op;
    if (op[0] == '<' && op != "<&" && op != "<>") {
      if (redirect.fd <= 0) here.in = {kind_of_input(op, target), redirect.span, target};
      continue;
    }
    const bool duplicates = op == ">&" && (target.is("1") || target.is("2") || target.is("-"));
    if (op == "<&" || op == "<>" || duplicates) {
      const bool closes = target.is("-");
      if (op == "<&" && redirect.fd <= 0) {
        here.in = {closes ? StreamKind::kNull : StreamKind::kFile, redirect.span, target};
      } else if (op == ">&" && redirect.fd == 2) {
        here.err = closes ? Stream{StreamKind::kNull, redirect.span, {}} : here.out;
      } else if (op == ">&") {
        here.out = closes ? Stream{StreamKind::kNull, redirect.span, {}} : here.err;
      }
      continue;
    }
    const bool piped = !redirect.target.parts.empty() &&
                       redirect.target.parts.front().kind == WordPartKind::kProcessSubstitution;
    const bool null = target.is("/dev/null");
    const bool terminal =
        target.is("/dev/stderr") || target.is("/dev/tty") || target.is("/dev/stdout");
    const Stream stream{piped      ? StreamKind::kPipe
                        : null     ? StreamKind::kNull
                        : terminal ? StreamKind::kInherited
                                   : StreamKind::kFile,
                        redirect.span, target};
    const bool both = op == "&>" || op == "&>>" || (op == ">&" && redirect.fd < 0);
    if (both || redirect.fd == 1 || redirect.fd < 0) here.out = stream;
    if (both || redirect.fd == 2) here.err = stream;
  }
  return here;
}

void Walker::walk_substitutions_of(const Word& word, const Surroundings& around) {
  for (const WordPart& part : word.parts) {
    if (part.parameter.argument) walk_substitutions_of(*part.parameter.argument, around);
    if (part.commands.empty()) continue;
    Surroundings inside = around;
    inside.out = {
        part.kind == WordPartKind::kProcessSubstitution ? StreamKind::kPipe : StreamKind::kCaptured,
        part.span,
        {}};
    walk_subshell(part.commands, inside);
  }
}

void Walker::walk_substitutions(const Command& command, const SimpleCommand& simple,
                                const Surroundings& around) {
  Surroundings inside = around;
  inside.pipeline = 0;
  inside.last_in_pipeline = true;
  // Only of a bare assignment the status is the substitution's own.
  if (!simple.words.empty()) inside.status = StatusUse::kUnchecked;
  for (const Assignment& assignment : simple.assignments) {
    walk_substitutions_of(assignment.value, inside);
    for (const Word& element : assignment.elements) walk_substitutions_of(element, inside);
  }
  for (const Word& word : simple.words) walk_substitutions_of(word, inside);
  for (const IoRedirect& redirect : command.redirects) {
    walk_substitutions_of(redirect.target, inside);
    if (redirect.here && !redirect.here->quoted) walk_substitutions_of(redirect.here->body, inside);
  }
}

void Walker::walk_simple(const Command& command, const SimpleCommand& simple,
                         const Surroundings& around) {
  Surroundings here = with_redirects(command, around);
  if (command.background) {
    here.background = true;
    here.status = StatusUse::kDiscarded;
  }
  walk_substitutions(command, simple, here);
  if (simple.words.empty()) {
    for (const Assignment& assignment : simple.assignments) {
      shell::assign(assignment, state_.scope, context());
      if (state_.allexport) state_.scope.set_exported(assignment.name);
    }
    return;
  }
  std::vector<shell::Expansion> ways = shell::expand(simple.words, state_.scope, context());
  shell::assign_defaults(simple.words, state_.scope, context());
  std::size_t chosen = 0;
  for (std::size_t i = 1; i < ways.size(); ++i) {
    if (prefers(ways[i].arguments, ways[chosen].arguments)) chosen = i;
  }
  std::vector<Argument> argv = std::move(ways[chosen].arguments);
  ways.erase(ways.begin() + static_cast<std::ptrdiff_t>(chosen));
  if (argv.size() == 1 && argv.front().is("exec")) {  // `exec >log 2>&1`
    state_.in = here.in;
    state_.out = here.out;
    state_.err = here.err;
    return;
  }
  if (argv.empty() || run_builtin(argv, command, simple, here)) return;

  // Variables in front of a command hold for that command alone.
  if (simple.assignments.empty()) {
    walk_argv(std::move(argv), command, here, ways);
    return;
  }
  const shell::Scope before = state_.scope;
  for (const Assignment& assignment : simple.assignments) {
    shell::assign(assignment, state_.scope, context());
    state_.scope.set_exported(assignment.name);
  }
  walk_argv(std::move(argv), command, here, ways);
  state_.scope = before;
}

void Walker::walk_argv(std::vector<Argument> argv, const Command& command,
                       const Surroundings& around, const std::vector<shell::Expansion>& others) {
  std::optional<shell::Scope> outside;  // before `env NAME=VALUE` changed it
  const auto restore = [&] {
    if (outside) state_.scope = std::move(*outside);
  };
  for (int layers = 0; layers < 8 && !argv.empty(); ++layers) {
    if (call_function(argv, command, around)) return restore();
    const auto wrapper = knowledge::unwrap_once(argv);
    if (!wrapper || !wrapper->why_not.empty() || wrapper->place != knowledge::Place::kHere) break;
    if (wrapper->script != nullptr) {
      const auto index = static_cast<std::size_t>(wrapper->script - argv.data());
      std::vector<std::vector<Argument>> ways = {argv};
      for (const shell::Expansion& other : others) ways.push_back(other.arguments);
      walk_script_words(command, index, {wrapper->errexit, wrapper->pipefail}, around, ways);
      return restore();
    }
    if (wrapper->wrapper == "eval" && wrapper->rest + 1 == argv.size()) {
      const Argument text = argv.back();
      walk_script_word(text, command.span, {state_.errexit, state_.pipefail}, around);
      return restore();
    }
    if (wrapper->joins_rest || wrapper->rest == 0 || wrapper->rest >= argv.size()) break;
    const bool is_exec = wrapper->wrapper == "exec";
    for (std::size_t i = 1; i < wrapper->rest; ++i) {
      const std::size_t equals = argv[i].text.find('=');
      if (equals == std::string::npos || argv[i].text[0] == '-' || !argv[i].known()) continue;
      if (!outside) outside = state_.scope;
      const std::string name = argv[i].text.substr(0, equals);
      state_.scope.set(name, shell::Value::scalar(shell::known(argv[i].text.substr(equals + 1))));
      state_.scope.set_exported(name);
    }
    argv.erase(argv.begin(), argv.begin() + static_cast<std::ptrdiff_t>(wrapper->rest));
    if (is_exec) {
      add_step(std::move(argv), command, around, others);
      state_.ended = Ended::kExit;
      return restore();
    }
  }
  if (!argv.empty()) {
    const std::size_t step = timeline_.steps.size();
    add_step(std::move(argv), command, around, others);
    // At a bound there is no step, and nothing behind it is walked.
    if (step < timeline_.steps.size() && !timeline_.steps[step].call) {
      const std::vector<Argument> words = timeline_.steps[step].argv;  // steps grow on the way
      if (run_script(words, command, around) || run_tasks(words, command, around)) {
        timeline_.steps[step].followed = true;
      }
    }
  }
  restore();
}

// `bash -c "$DC up"`, where $DC has several values: each is a way of its own.
void Walker::walk_script_words(const Command& command, std::size_t index, ShellOptions options,
                               const Surroundings& around,
                               const std::vector<std::vector<Argument>>& ways) {
  if (ways.size() == 1) {
    walk_script_word(ways.front()[index], command.span, options, around);
    return;
  }
  const auto count = static_cast<std::uint32_t>(ways.size());
  const std::uint32_t branch = open_branch(command.span, count, BranchKind::kValue);
  for (std::uint32_t i = 0; i < count; ++i) {
    if (index >= ways[i].size()) continue;
    walk_arm(state_, {branch, i},
             [&] { walk_script_word(ways[i][index], command.span, options, around); });
  }
}

// `bash -c '…'`: a shell of its own over a text that stands in this file.
void Walker::walk_script_word(const Argument& script, Span outer, ShellOptions options,
                              const Surroundings& around) {
  if (!may_enter()) return;
  Result<Script> parsed = shell::parse_script(shell::script_in(script));
  if (!parsed) return;
  inner_scripts_.push_back(std::make_unique<Script>(std::move(*parsed)));
  State before = state_;
  state_.errexit = options.errexit;
  state_.pipefail = options.pipefail;
  const std::size_t depth = conditions_.size();
  const std::size_t first = timeline_.steps.size();
  const std::size_t branch = timeline_.branches.size();
  frames_.push_back({{}, "", FrameKind::kInner});
  walk_list(inner_scripts_.back()->commands, around);
  leave_shell(branch, around.status == StatusUse::kStops);
  frames_.pop_back();
  conditions_.resize(depth);
  state_ = std::move(before);
  // Text that comes out of variables is written elsewhere; what is reported is the command that
  // puts it together.
  for (std::size_t i = first; i < timeline_.steps.size(); ++i) {
    Step& step = timeline_.steps[i];
    const auto inside = [&](Span span) {
      return span.file == outer.file && outer.begin <= span.begin && span.end <= outer.end;
    };
    if (!inside(step.span)) step.span = outer;
    if (step.call && !inside(step.call->span)) step.call->span = outer;
  }
}

bool Walker::may_enter() {
  if (frames_.size() < limits_.call_depth && ++entered_ <= limits_.steps) return true;
  timeline_.truncated = true;
  return false;
}

bool Walker::call_function(const std::vector<Argument>& argv, const Command& command,
                           const Surroundings& around) {
  if (!argv.front().known()) return false;
  const auto found = functions_.find(argv.front().text);
  if (found == functions_.end()) return false;
  called_.insert(found->first);
  const auto recursive = std::any_of(frames_.begin(), frames_.end(), [&](const Frame& frame) {
    return frame.name == found->first;
  });
  // A function named like the program it wraps calls that program inside.
  if (recursive) return false;
  if (!may_enter()) return true;
  const FunctionDefinition definition = found->second.definition;
  shell::Positional positional;
  positional.known = true;
  for (std::size_t i = 1; i < argv.size(); ++i) {
    positional.arguments.push_back(shell::to_text(argv[i]));
  }
  frames_.push_back({command.span, found->first, FrameKind::kFunction});
  State before = state_;
  const std::size_t depth = conditions_.size();
  const bool left_loop = std::exchange(state_.left_loop, false);
  const bool left_function = std::exchange(state_.left_function, false);
  state_.scope.enter_function(std::move(positional));
  walk_list(*definition.body, around);
  state_.scope.leave_function();
  state_.left_loop = left_loop;
  state_.left_function = left_function;
  conditions_.resize(depth);
  if (definition.subshell) state_ = std::move(before);
  if (state_.ended == Ended::kReturn || state_.ended == Ended::kLoop) state_.ended = Ended::kNo;
  frames_.pop_back();
  return true;
}

}  // namespace composelint::timeline
