#include <composelint/contains.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/calls/command_line.h"
#include "analyzer/calls/docker_line.h"
#include "analyzer/calls/task.h"
#include "analyzer/text/path.h"
#include "analyzer/timeline/walker.h"
#include "analyzer/timeline/words.h"

namespace composelint::timeline {

namespace {

// The weakest link on the way from the text to the words up to the verb.
ResolvedBy resolved_by(const std::vector<Argument>& argv, const ComposeInvocation& call) {
  ResolvedBy by = ResolvedBy::kLiteral;
  for (const Argument& word : argv) {
    if (word.written != word.span) {
      const std::string_view source = word.span.text();
      const bool array = source.find("[@]") != std::string_view::npos ||
                         source.find("[*]") != std::string_view::npos;
      const bool arguments = source.find("$@") != std::string_view::npos ||
                             source.find("$*") != std::string_view::npos ||
                             source.find("{@") != std::string_view::npos ||
                             source.find("{*") != std::string_view::npos;
      const ResolvedBy one = array       ? ResolvedBy::kArray
                             : arguments ? ResolvedBy::kFunction
                                         : ResolvedBy::kVariable;
      by = std::max(by, one);
    }
    if (word.place() == call.verb_span) break;
  }
  return by;
}

// Statements that leave nothing of a database or of whole tables; not those of tests.
bool drops_all(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kStatements = {
      "drop database", "drop schema",   "drop table",    "drop owned",
      "truncate ",     "drop keyspace", "dropdatabase(", ".drop("};
  std::string lower(text);
  for (char& c : lower) {
    c = c == '\n' || c == '\t' ? ' '
                               : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  // Where a statement begins, and not within what one prints.
  const auto begins = [&](std::size_t at) {
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
    return at == 0 || text[at - 1] == '\n' || text[at - 1] == ';';
  };
  const auto stands = [&](std::string_view statement) {
    for (std::size_t at = lower.find(statement); at != std::string::npos;
         at = lower.find(statement, at + 1)) {
      if (statement.ends_with('(') || begins(at)) return true;
    }
    return false;
  };
  return lower.find("test") == std::string::npos &&
         std::any_of(kStatements.begin(), kStatements.end(), stands);
}

// Two readings of the same line act on the same stack when their global options are the same.
bool same_globals(const ComposeInvocation& a, const ComposeInvocation& b) {
  if (a.global_options.size() != b.global_options.size()) return false;
  for (std::size_t i = 0; i < a.global_options.size(); ++i) {
    const OptionUse& left = a.global_options[i];
    const OptionUse& right = b.global_options[i];
    if (left.name != right.name) return false;
    if ((left.value ? left.value->text : "") != (right.value ? right.value->text : ""))
      return false;
  }
  return true;
}

// `FLAGS+=(--no-cache)` under an `if`: one variable with a few values, and each of them may be the
// one where nothing in front of the call asks for it.
bool varies_in_one_place(const std::vector<shell::Expansion>& others,
                         const std::vector<Argument>& argv) {
  constexpr std::size_t kMost = 3;
  if (others.empty() || others.size() > kMost || others.front().chosen.size() != 1) return false;
  const std::string& name = others.front().chosen.front().first;
  return std::all_of(others.begin(), others.end(), [&](const shell::Expansion& other) {
    const bool same = other.chosen.size() == 1 && other.chosen.front().first == name;
    // Another engine, with options of its own, comes with its program.
    return same && !other.arguments.empty() &&
           other.arguments.front().place() == argv.front().place();
  });
}

// The first reading that is refused, all being calls of the same program and verb.
void take_errors(const std::vector<shell::Expansion>& others, std::vector<CliError> errors,
                 ComposeInvocation& call) {
  for (const shell::Expansion& other : others) {
    const auto start = calls::find_compose(other.arguments);
    if (!start) return;
    ComposeInvocation reading = calls::read_command_line(other.arguments, *start, call.span);
    if (reading.program != call.program || reading.opaque_global) return;
    if (errors.empty()) errors = std::move(reading.errors);
  }
  call.errors = std::move(errors);
}

// What the other values of the variables on the line add: `for s in web db; do docker compose
// restart "$s"` names two services.
void add_readings(const std::vector<shell::Expansion>& others, ComposeInvocation& call) {
  for (const shell::Expansion& other : others) {
    const auto start = calls::find_compose(other.arguments);
    if (!start) {
      // Too many values to tell: what is wrong with this one may be right with others.
      if (!other.arguments.empty() && !other.arguments.front().known()) call.errors.clear();
      continue;
    }
    const ComposeInvocation reading = calls::read_command_line(other.arguments, *start, call.span);
    // On one branch podman is called, say: the line is wrong only if no reading of it is right.
    if (reading.errors.empty()) call.errors.clear();
    if (reading.verb != call.verb) continue;
    for (const Argument& service : reading.services) {
      const auto same = [&](const Argument& known) { return known.text == service.text; };
      if (std::none_of(call.services.begin(), call.services.end(), same)) {
        call.services.push_back(service);
      }
    }
  }
}

}  // namespace

calls::CallSite Walker::call_site() const {
  calls::CallSite site;
  site.script_directory = text::directory_of(request_.script_path);
  site.directory = state_.directory;
  site.variables = state_.scope;
  site.why_no_directory = state_.place == Place::kHost ? state_.why_no_directory
                                                       : where(state_.place, state_.place_name);
  return site;
}

// The command a reader would point at: the one whose text holds the verb, be it a call of `dc`.
Span Walker::reported_span(const ComposeInvocation& call, Span command) const {
  if (contains(command, call.verb_span)) return command;
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    if (contains(frame->call, call.verb_span)) return frame->call;
  }
  return command;
}

// What it acts on with each of the values, in their order; nothing unless all are known.
void Walker::bind_each(ComposeInvocation& call, std::span<const ComposeInvocation> readings) {
  constexpr std::size_t kMost = 3;
  if (state_.place != Place::kHost || readings.size() > kMost) return;
  std::vector<const Project*> projects{bind_(call, call_site()).project};
  for (const ComposeInvocation& reading : readings) {
    projects.push_back(bind_(reading, call_site()).project);
  }
  const bool all = std::find(projects.begin(), projects.end(), nullptr) == projects.end();
  if (all) call.target.others = std::move(projects);
}

void Walker::bind_call(ComposeInvocation& call, const std::vector<shell::Expansion>& others) {
  if (!state_.elsewhere.empty()) {
    call.target.why_unknown = state_.elsewhere;
    // Over there lies a copy of the repository, more often than not.
    if (state_.place == Place::kRemote) call.target.likely = bind_(call, call_site()).likely;
    return;
  }
  std::vector<ComposeInvocation> readings;
  for (const shell::Expansion& other : others) {
    const auto start = calls::find_compose(other.arguments);
    if (!start) continue;
    ComposeInvocation reading = calls::read_command_line(other.arguments, *start, call.span);
    if (same_globals(call, reading)) continue;
    const std::string name = other.chosen.empty() ? "a variable" : "$" + other.chosen.front().first;
    if (readings.empty()) call.target.why_unknown = name + " has several values here";
    readings.push_back(std::move(reading));
  }
  if (!readings.empty()) return bind_each(call, readings);
  call.target = bind_(call, call_site());
  // The files of another machine are not to be found here.
  if (state_.place != Place::kHost && call.target.project == nullptr) {
    call.target.why_unknown = where(state_.place, state_.place_name);
    call.target.missing.clear();
  }
}

// `bin/docker-compose` may be a script of the repository: what it runs is seen there.
bool Walker::is_own_script(const Argument& program) const {
  return request_.open && state_.elsewhere.empty() && program.text.find('/') != std::string::npos &&
         find_script(program);
}

void Walker::understand(Step& step, const Surroundings& around,
                        const std::vector<shell::Expansion>& others) {
  const auto start = calls::find_compose(step.argv);
  if (start && !is_own_script(step.argv.front())) {
    ComposeInvocation call = calls::read_command_line(step.argv, *start, step.span);
    call.resolved_by = resolved_by(step.argv, call);
    call.span = reported_span(call, step.span);
    std::vector<CliError> errors = call.errors;
    add_readings(others, call);
    const bool asked =
        std::any_of(conditions_.begin(), conditions_.end(), [&](const Condition& way) {
          const BranchKind kind = timeline_.branches[way.branch].kind;
          return kind != BranchKind::kLeft && kind != BranchKind::kUncalled;
        });
    if (!asked && varies_in_one_place(others, step.argv))
      take_errors(others, std::move(errors), call);
    bind_call(call, others);
    if (call.is("exec") || call.is("run")) {
      if (auto fed = with_fed_script(call.inner, around)) call.inner = std::move(*fed);
    }
    calls::judge(call, request_.vocabulary);
    step.launcher = Launcher::kCompose;
    step.effect = call.effect;
    step.effect_name = call.effect_name;
    step.role = call.role;
    step.call = std::move(call);
    return;
  }
  calls::Judgement judgement = calls::judge(step.argv, request_.vocabulary);
  step.launcher = judgement.launcher;
  if (step.launcher == Launcher::kDocker) {
    step.docker = calls::read_docker_line(step.argv);
    auto fed = step.docker && !step.docker->opaque_options
                   ? with_fed_script(step.docker->inner, around)
                   : std::nullopt;
    if (fed) {
      judgement = calls::judge(*fed, request_.vocabulary);
      step.docker->inner = std::move(*fed);
    }
  }
  // What a function does is what stands in it, not what its name says.
  if (step.launcher == Launcher::kNone && !step.argv.empty() &&
      shell_.functions.contains(step.argv.front().text)) {
    return;
  }
  step.effect = judgement.effect;
  step.effect_name = judgement.effect_name;
  step.role = judgement.role;
  step.asks = judgement.asks;
}

// `echo 'DROP DATABASE shop' | mysql`: what a client is fed deletes as what stands behind its `-e`.
void Walker::judge_fed(Step& step, const Surroundings& around) {
  struct Client {
    std::string_view shell;
    std::string_view program;
    std::string_view option;
  };
  static constexpr std::array<Client, 3> kClients = {{{"SQL shell", "psql", "-c"},
                                                      {"MongoDB shell", "mongosh", "--eval"},
                                                      {"CQL shell", "cqlsh", "-e"}}};
  const auto client = std::find_if(kClients.begin(), kClients.end(), [&](const Client& each) {
    return step.effect_name == each.shell;
  });
  if (client == kClients.end() || step.role != Role::kClient) return;
  for (Argument& text : fed_texts(around)) {
    std::vector<Argument> words(3);
    words[0].text = client->program;
    words[1].text = client->option;
    const bool all = drops_all(text.text);
    words[2] = std::move(text);
    const calls::Judgement judgement = calls::judge(words, nullptr);
    if (judgement.effect != Effect::kDeletes) continue;
    step.effect = judgement.effect;
    step.effect_name = judgement.effect_name;
    step.role = all ? Role::kResets : judgement.role;
    if (!step.call) return;
    step.call->effect = step.effect;
    step.call->effect_name = step.effect_name;
    step.call->role = step.role;
    return;
  }
}

void Walker::add_step(std::vector<Argument> argv, const Command& command,
                      const Surroundings& around, const std::vector<shell::Expansion>& others) {
  if (timeline_.steps.size() >= limits_.steps || conditions_.size() > limits_.conditions) {
    timeline_.truncated = true;
    return;
  }
  Step step;
  step.span = command.span;
  step.argv = std::move(argv);
  step.conditions = conditions_;
  for (const Frame& frame : frames_) {
    if (frame.call) step.called_from.push_back(frame.call);
  }
  step.status = around.status;
  step.errexit = state_.errexit && !around.tested;
  step.pipefail = state_.pipefail;
  const auto or_session = [](const Stream& own, const Stream& session) {
    return own.kind == StreamKind::kInherited ? session : own;
  };
  step.in = or_session(around.in, state_.in);
  step.out = or_session(around.out, state_.out);
  step.err = or_session(around.err, state_.err);
  step.pipeline = around.pipeline;
  step.last_in_pipeline = around.last_in_pipeline;
  step.background = around.background;
  step.in_stdin_loop = around.in_stdin_loop;
  step.detached = detached_;
  step.place = state_.place;
  step.place_name = state_.place_name;
  step.directory = state_.directory;
  understand(step, around, others);
  judge_fed(step, around);
  timeline_.steps.push_back(std::move(step));
}

}  // namespace composelint::timeline
