#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <string_view>
#include <utility>

#include "analyzer/calls/command_line.h"
#include "analyzer/knowledge/vocabulary.h"
#include "analyzer/knowledge/wrappers.h"
#include "analyzer/shell/parser.h"
#include "analyzer/text/path.h"
#include "analyzer/timeline/walker.h"
#include "analyzer/timeline/words.h"

namespace composelint::timeline {

namespace {

StreamKind kind_of_input(const std::string& op, const Argument& target) {
  if (op == "<<" || op == "<<-" || op == "<<<") return StreamKind::kHere;
  return target.is("/dev/null") ? StreamKind::kNull : StreamKind::kFile;
}

// What a command is followed by when nothing is known of the words: an alternative of `$DC` that is
// the plugin tells more than one that is v1, and that one more than podman-compose.
bool prefers(const std::vector<Argument>& candidate, const std::vector<Argument>& current) {
  const auto rank = [](const std::vector<Argument>& argv) {
    const auto start = calls::find_compose(argv);
    return !start ? 0 : start->program == ComposeProgram::kPlugin ? 2 : 1;
  };
  return rank(candidate) > rank(current);
}

// A variable that an option sets, to what is not known, or that nothing sets: one word all the
// same.
void drop_doubles(std::vector<shell::Expansion>& ways) {
  const auto same = [](const Argument& a, const Argument& b) {
    return a.text == b.text && a.holes == b.holes && a.splits == b.splits;
  };
  for (std::size_t i = 1; i < ways.size();) {
    const std::vector<Argument>& words = ways[i].arguments;
    const bool open = std::any_of(words.begin(), words.end(),
                                  [](const Argument& word) { return !word.holes.empty(); });
    const auto here = ways.begin() + static_cast<std::ptrdiff_t>(i);
    const bool known_already =
        open && std::any_of(ways.begin(), here, [&](const shell::Expansion& before) {
          return std::equal(before.arguments.begin(), before.arguments.end(), words.begin(),
                            words.end(), same);
        });
    if (known_already)
      ways.erase(here);
    else
      ++i;
  }
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
      if (redirect.fd > 0) continue;
      here.in = {kind_of_input(op, target), redirect.span, target};
      here.fed_by = nullptr;
      here.fed_text = nullptr;
      here.fed = redirect.here ? &redirect.here->body : op == "<<<" ? &redirect.target : nullptr;
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

Surroundings Walker::substitution_of(const Surroundings& around) {
  Surroundings inside = around;
  inside.pipeline = 0;
  inside.last_in_pipeline = true;
  inside.status = StatusUse::kUnchecked;
  return inside;
}

void Walker::walk_substitutions_of(const IoRedirect& redirect, const Surroundings& around) {
  const Surroundings inside = substitution_of(around);
  walk_substitutions_of(redirect.target, inside);
  if (redirect.here && !redirect.here->quoted) walk_substitutions_of(redirect.here->body, inside);
}

void Walker::walk_substitutions(const Command& command, const SimpleCommand& simple,
                                const Surroundings& around) {
  Surroundings inside = substitution_of(around);
  // Only of a bare assignment the status is the substitution's own.
  if (simple.words.empty()) inside.status = around.status;
  for (const Assignment& assignment : simple.assignments) {
    walk_substitutions_of(assignment.value, inside);
    for (const Word& element : assignment.elements) walk_substitutions_of(element, inside);
  }
  for (const Word& word : simple.words) walk_substitutions_of(word, inside);
  for (const IoRedirect& redirect : command.redirects) walk_substitutions_of(redirect, around);
}

// `f "${services[@]}"`, where the list was filled on some of the ways: f gets no word, or some. One
// that ends where the others go on gets the list as words that are not known.
void Walker::leave_list_open(std::vector<shell::Expansion>& ways, std::size_t chosen) const {
  const std::vector<Argument>& first = ways[chosen].arguments;
  if (ways.size() < 2 || first.empty() || !first.front().known()) return;
  if (!first.front().is("set") && !shell_.functions.contains(first.front().text)) return;
  const auto shorter = [](const shell::Expansion& a, const shell::Expansion& b) {
    return a.arguments.size() < b.arguments.size();
  };
  const auto [least, most] = std::minmax_element(ways.begin(), ways.end(), shorter);
  const std::size_t common = least->arguments.size();
  if (common == most->arguments.size()) return;
  const Span list = most->arguments[common].span;
  if (list.text().find("[@]") == std::string_view::npos) return;
  for (const shell::Expansion& way : ways) {
    for (std::size_t i = 0; i < way.arguments.size(); ++i) {
      const bool same =
          i < common ? way.arguments[i].text == first[i].text : way.arguments[i].span == list;
      if (!same) return;
    }
  }
  std::vector<Argument> argv(least->arguments);
  Argument open;
  open.span = list;
  open.holes.push_back({0, "@"});
  open.splits = true;
  argv.push_back(std::move(open));
  ways[chosen].arguments = std::move(argv);
}

void Walker::walk_simple(const Command& command, const SimpleCommand& written,
                         const Surroundings& around) {
  const std::optional<SimpleCommand> replaced = without_alias(written);
  const SimpleCommand& simple = replaced ? *replaced : written;
  Surroundings here = with_redirects(command, around);
  if (command.background) {
    here.background = true;
    here.status = here.shell = here.caller = StatusUse::kDiscarded;
  }
  walk_substitutions(command, simple, here);
  if (simple.words.empty()) {
    for (const Assignment& assignment : simple.assignments) {
      shell::assign(assignment, state_.scope, context());
      note_directory(assignment);
      if (state_.allexport) state_.scope.set_exported(assignment.name);
    }
    return;
  }
  std::vector<shell::Expansion> ways = shell::expand(simple.words, state_.scope, context());
  drop_doubles(ways);
  shell::assign_defaults(simple.words, state_.scope, context());
  std::size_t chosen = 0;
  for (std::size_t i = 1; i < ways.size(); ++i) {
    if (prefers(ways[i].arguments, ways[chosen].arguments)) chosen = i;
  }
  leave_list_open(ways, chosen);
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

// What is put in where it is called may take half of the room: the rest is kept for what the text
// itself does behind it.
bool Walker::may_enter() {
  const bool room = timeline_.steps.size() <= limits_.steps / 2;
  if (room && frames_.size() < limits_.call_depth && ++entered_ <= limits_.steps) return true;
  timeline_.truncated = true;
  return false;
}

namespace {

// `read`, `select`, a dialogue, another function that asks. `confirm_running`, which waits for a
// port, has none of them.
bool may_ask(std::string_view body) {
  static constexpr std::array<std::string_view, 14> kAsks = {
      "read",     "select", "dialog", "whiptail", "gum",    "zenity", "kdialog",
      "/dev/tty", "vared",  "fzf",    "input",    "prompt", "ask",    "confirm"};
  const auto is_letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  for (const std::string_view word : kAsks) {
    for (std::size_t at = body.find(word); at != body.npos; at = body.find(word, at + 1)) {
      const std::size_t end = at + word.size();
      const bool begins = at == 0 || !is_letter(body[at - 1]);
      // `ask_user`, `confirmation`; no `ready`.
      const bool ends = word != "read" || end == body.size() || !is_letter(body[end]);
      if (begins && ends) return true;
    }
  }
  return false;
}

}  // namespace

bool Walker::call_function(const std::vector<Argument>& argv, const Command& command,
                           const Surroundings& around) {
  if (!argv.front().known()) return false;
  const auto found = shell_.functions.find(argv.front().text);
  if (found == shell_.functions.end()) return false;
  shell_.called.insert(found->first);
  const auto recursive = std::any_of(frames_.begin(), frames_.end(), [&](const Frame& frame) {
    return frame.name == found->first;
  });
  // A function named like the program it wraps calls that program inside.
  if (recursive) return false;
  if (!may_enter()) return true;
  // However its body puts the question, as long as it may.
  if (knowledge::is_prompt(argv) && may_ask(span_of(*found->second.definition.body).text())) {
    ask_operator(command.span);
  }
  const FunctionDefinition definition = found->second.definition;
  shell::Positional positional = positional_of(std::span(argv).subspan(1));
  frames_.push_back({command.span, found->first, FrameKind::kFunction, known_words(positional)});
  const std::size_t depth = conditions_.size();
  const bool left_loop = std::exchange(state_.left_loop, false);
  const bool left_function = std::exchange(state_.left_function, false);
  state_.scope.enter_function(std::move(positional));
  Surroundings inside = around;
  inside.caller = around.status;
  const std::size_t floor = std::exchange(floor_, depth);
  std::optional<State> returned = std::exchange(returned_, std::nullopt);
  if (definition.subshell) {
    walk_subshell(*definition.body, inside);
  } else {
    walk_list(*definition.body, inside);
  }
  floor_ = floor;
  come_back();
  returned_ = std::move(returned);
  state_.scope.leave_function();
  state_.left_loop = left_loop;
  state_.left_function = left_function;
  conditions_.resize(depth);
  if (state_.ended == Ended::kLoop) state_.ended = Ended::kNo;
  frames_.pop_back();
  return true;
}

}  // namespace composelint::timeline
