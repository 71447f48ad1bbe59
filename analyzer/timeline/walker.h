// The abstract interpreter's state and its steps through the grammar. Split by what is walked:
// control flow (walk_control.cc, walk_case.cc, branches.cc), what tests rule out (narrow.cc),
// simple commands (walk_simple.cc), programs that run others (walk_wrappers.cc), shells inside of
// words (walk_texts.cc), builtins (builtins.cc), traps and aliases (traps.cc), command
// substitutions (substitution.cc).
#pragma once

#include <composelint/timeline.h>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/knowledge/wrappers.h"
#include "analyzer/shell/expand.h"
#include "analyzer/shell/scope.h"
#include "analyzer/timeline/build.h"

namespace composelint::timeline {

// Of Branch::leaves: no step at all is reached through the arm.
inline constexpr std::size_t kNever = static_cast<std::size_t>(-1);

// Why the commands behind this one are not reached.
enum class Ended { kNo, kLoop, kReturn, kExit };

// What differs between the ways through a script; copied where they part and joined where they
// meet.
struct State {
  shell::Scope scope;
  std::optional<std::string> directory = ".";
  std::string why_no_directory;                   // from the start; empty where a `cd` is to blame
  std::optional<std::string> previous_directory;  // for `cd -`
  std::vector<std::string> directory_stack;       // pushd
  bool errexit = false;
  bool pipefail = false;
  bool allexport = false;
  Stream in, out, err;  // as `exec >file` leaves them for all that follows
  Place place = Place::kHost;
  std::string place_name;
  std::string elsewhere;  // why files and projects of this repository are not those of this shell
  Ended ended = Ended::kNo;
  bool ended_well = false;  // `exit 0`: whatever started this shell goes on behind it
  bool goes_on = false;     // … and does so when this shell fails
  // Some way has left the loop, the function, before this point.
  bool left_loop = false;
  bool left_function = false;

  void join(const State& other);
};

// Where a command's streams go and what becomes of its status, from the commands around it.
struct Surroundings {
  Stream in, out, err;
  // What a shell that reads standard input would run: a here-document or here-string, the command
  // in front in a pipeline, or text that another shell has expanded.
  const Word* fed = nullptr;
  const Command* fed_by = nullptr;
  std::shared_ptr<const std::vector<Argument>> fed_text;
  StatusUse status = StatusUse::kUnchecked;
  StatusUse shell = StatusUse::kStops;   // when the shell ends because of it
  StatusUse caller = StatusUse::kStops;  // when the function does, or the file that is sourced
  bool tested = false;                   // inside a condition: errexit does not act
  bool background = false;
  bool in_stdin_loop = false;
  std::uint32_t pipeline = 0;
  bool last_in_pipeline = true;
};

// `#!/bin/bash -e` and `#!/usr/bin/env -S bash -eu` turn errexit on.
[[nodiscard]] bool shebang_sets_errexit(const std::string& shebang);

// From the first command to the last; nowhere when there are none.
[[nodiscard]] Span span_of(const std::vector<Command>& commands);

class Walker {
 public:
  Walker(const BuildRequest& request, const Bind& bind, const BuildLimits& limits);
  Timeline build();

 private:
  using Commands = std::vector<Command>;

  // Blocks: shells of their own, one after the other.
  void walk_blocks(const std::vector<std::shared_ptr<const hosts::Block>>& blocks,
                   const shell::Scope& inherited, const Surroundings& around);
  void walk_block(const hosts::Block& block, shell::Scope variables, const Surroundings& around);
  void enter_block(const hosts::Block& block, shell::Scope variables);
  // The ways on which all has gone well, where a failure is not the end.
  struct Attempts {
    bool goes_on = false;
    std::optional<std::uint32_t> all;
    std::map<std::uint32_t, std::uint32_t> groups;
  };
  void enter_attempts(const hosts::Block& block, Attempts& attempts);
  void note_assigned(const Script& script, std::string_view text);
  // A shell ends where it began: what left it has not left the one around it. `stops`: its failure
  // ends that one as well.
  [[nodiscard]] bool others_follow_this_shell() const;
  void leave_shell(std::size_t first_branch, bool stops);
  bool run_tasks(const std::vector<Argument>& argv, const Command& command,
                 const Surroundings& around);

  // Control flow.
  void walk_list(const Commands& commands, const Surroundings& around);
  void walk(const Command& command, const Surroundings& around);
  void walk_pipeline(const Pipeline& pipeline, const Surroundings& around);
  void walk_and_or(const AndOrList& list, const Surroundings& around);
  // True: some arm ends in `exit`.
  bool walk_if(const IfClause& clause, std::size_t first, Span span, const Surroundings& around);
  void walk_loop(const LoopClause& loop, Span span, const Surroundings& around);
  void walk_for(const ForClause& loop, Span span, const Surroundings& around);
  void walk_case(const CaseClause& clause, Span span, const Surroundings& around);
  static void leave_loop(State& round);
  void walk_subshell(const Commands& body, const Surroundings& around);
  [[nodiscard]] bool only_says(const Command& command, bool inside = false) const;
  [[nodiscard]] bool only_says(const Commands& commands, bool inside = false) const;
  void settle_statuses(std::size_t from, std::size_t to, const Command& handler,
                       const Surroundings& around);
  // The surroundings of a shell that starts here, a program of its own or a part of this one.
  [[nodiscard]] static Surroundings own_shell(const Surroundings& around);
  [[nodiscard]] static Surroundings own_program(const Surroundings& around);
  // Of a command that others follow.
  [[nodiscard]] StatusUse status_in_list(const Surroundings& around) const {
    return state_.errexit && !around.tested ? around.shell : StatusUse::kUnchecked;
  }
  // The same, where the next commands ask for `$?` and leave.
  [[nodiscard]] StatusUse status_in_list(const Commands& commands, std::size_t at,
                                         const Surroundings& around) const;
  void ask_operator(Span span);
  void settle(std::size_t from, std::size_t to, StatusUse use);
  void walk_uncalled_functions(const hosts::Block& block);

  // Ways that part: open a branch, walk its arms from a copy of the state, and join what comes out.
  std::uint32_t open_branch(Span span, std::uint32_t arms, BranchKind kind, Span condition = {});
  template <typename Body>
  State walk_arm(State before, Condition condition, Body body) {
    State kept = std::exchange(state_, std::move(before));
    const std::size_t depth = conditions_.size();
    conditions_.push_back(condition);
    body();
    conditions_.resize(depth);
    return std::exchange(state_, std::move(kept));
  }
  void close_branch(std::uint32_t branch, std::vector<State> arms);
  [[nodiscard]] bool is_left_already() const;
  // `[ -f x ] && return; exit 1`: whoever goes on behind the function has left it before.
  void come_back();

  // What a test of words that are known comes to; several rounds of a loop that it decides.
  [[nodiscard]] std::optional<bool> decided(const Command& command, const Surroundings& around);
  [[nodiscard]] std::optional<bool> decided_test(const std::vector<Word>& test);
  [[nodiscard]] std::optional<bool> has_terminal(const SimpleCommand& test,
                                                 const Surroundings& around) const;
  [[nodiscard]] bool asks_for_word_of_call(const std::vector<Argument>& argv) const;
  // `[[ $env =~ ^(dev|prod)$ ]] || exit 1`: of the values that its variables may have, those by
  // which the commands can have come out like this; nothing is known where none can.
  using Tests = std::span<const Command>;
  using Operators = std::span<const ListOperator>;  // between the tests
  struct Narrowed {
    std::string name;
    shell::Variable before;
    shell::Variable after;
  };
  std::vector<Narrowed> narrow(Tests tests, Operators operators, bool holds, shell::Scope& scope);
  // What the tests have ruled out may be again, unless it has been set anew.
  static void widen(const std::vector<Narrowed>& narrowed, shell::Scope& scope);
  [[nodiscard]] std::optional<bool> outcome(Tests tests, Operators operators,
                                            const shell::Scope& scope);
  [[nodiscard]] std::optional<bool> outcome(const Command& test, const shell::Scope& scope);
  [[nodiscard]] std::optional<bool> outcome_of_words(const std::vector<Word>& test,
                                                     const shell::Scope& scope);
  [[nodiscard]] std::optional<bool> outcome_of_one(const std::vector<Word>& test,
                                                   const shell::Scope& scope);

  // The item of a `case` on a known word; their number when it is none of them.
  [[nodiscard]] std::optional<std::size_t> decided(const CaseClause& clause);
  // The items that the words of this call can lead to.
  [[nodiscard]] std::vector<const CaseClause::Item*> possible(const CaseClause& clause) const;
  // `case $x in`, where `x` may be one of several words: which of them each item gets, and behind
  // the last item those that none does. No values: as before.
  struct PartedValues {
    std::string variable;
    std::vector<std::vector<shell::Value>> values;
  };
  // The items that leave the script rule out the words that they get.
  void rule_out_values(const PartedValues& parted, const std::vector<bool>& left);
  [[nodiscard]] PartedValues parted(const CaseClause& clause,
                                    const std::vector<const CaseClause::Item*>& items) const;
  [[nodiscard]] State with_values(const PartedValues& parted, std::size_t item) const;
  bool walk_decided_loop(const LoopClause& loop, const Surroundings& around);

  // Simple commands.
  void walk_simple(const Command& command, const SimpleCommand& simple, const Surroundings& around);
  void leave_list_open(std::vector<shell::Expansion>& ways, std::size_t chosen) const;
  void walk_substitutions(const Command& command, const SimpleCommand& simple,
                          const Surroundings& around);
  void walk_substitutions_of(const Word& word, const Surroundings& around);
  void walk_substitutions_of(const IoRedirect& redirect, const Surroundings& around);
  [[nodiscard]] static Surroundings substitution_of(const Surroundings& around);
  void walk_argv(std::vector<Argument> argv, const Command& command, const Surroundings& around,
                 const std::vector<shell::Expansion>& others);
  bool walk_wrapped(const std::vector<Argument>& argv, const Command& command,
                    const Surroundings& around);
  bool walk_side_by_side(const std::vector<Argument>& argv, const Command& command,
                         const Surroundings& around);
  void walk_behind(std::size_t step, const Command& command, const Surroundings& around);
  // A shell over the text of a word. Text that may turn out in several ways is walked in each.
  struct InnerShell {
    bool errexit = false;
    bool pipefail = false;
    bool same = false;            // eval, trap: no shell of its own
    std::vector<Argument> words;  // $1, $2, …
  };
  void walk_texts(const std::vector<Argument>& ways, Span outer, const InnerShell& shell,
                  const Surroundings& around);
  void walk_text(const Argument& script, Span outer, const InnerShell& shell,
                 const Surroundings& around);
  bool walk_wrapped_text(const std::vector<Argument>& argv, std::size_t removed,
                         const knowledge::Unwrapped& wrapper, const Command& command,
                         const Surroundings& around, const std::vector<shell::Expansion>& others);
  [[nodiscard]] std::vector<Argument> fed_texts(const Surroundings& around);
  [[nodiscard]] std::optional<std::vector<Argument>> with_fed_script(std::vector<Argument> inner,
                                                                     const Surroundings& around);
  bool walk_fed_shell(const std::vector<Argument>& argv, const Command& command,
                      const Surroundings& around);
  // ssh, docker run, docker exec: nothing of this shell is known there.
  bool walk_remote(const std::vector<Argument>& argv, std::size_t removed,
                   const knowledge::Unwrapped& wrapper, const Command& command,
                   const Surroundings& around, const std::vector<shell::Expansion>& others);
  void walk_in_container(std::vector<Argument> inner, const std::string& name,
                         const Command& command, const Surroundings& around);
  void enter_elsewhere(Place place, const std::string& name);

  // Traps and aliases.
  void set_trap(const std::vector<Argument>& argv, const Command& command);
  // `depth`: of the conditions around the shell that ends.
  void run_traps(std::size_t first_branch, std::size_t depth);
  [[nodiscard]] bool traps_exit() const;
  void set_aliases(const SimpleCommand& simple);
  [[nodiscard]] std::optional<SimpleCommand> without_alias(const SimpleCommand& simple) const;
  bool call_function(const std::vector<Argument>& argv, const Command& command,
                     const Surroundings& around);
  void add_step(std::vector<Argument> argv, const Command& command, const Surroundings& around,
                const std::vector<shell::Expansion>& others);
  [[nodiscard]] bool is_own_script(const Argument& program) const;
  void understand(Step& step, const Surroundings& around,
                  const std::vector<shell::Expansion>& others);
  void judge_fed(Step& step, const Surroundings& around);
  void bind_each(ComposeInvocation& call, std::span<const ComposeInvocation> readings);
  void bind_call(ComposeInvocation& call, const std::vector<shell::Expansion>& others);
  [[nodiscard]] calls::CallSite call_site() const;
  [[nodiscard]] Surroundings with_redirects(const Command& command, const Surroundings& around);
  [[nodiscard]] Span reported_span(const ComposeInvocation& call, Span command) const;

  // Builtins: true when `argv` was one and is dealt with.
  bool run_builtin(const std::vector<Argument>& argv, const Command& command,
                   const SimpleCommand& simple, const Surroundings& around);
  void declare(const std::string& keyword, const std::vector<Argument>& argv,
               const SimpleCommand& simple);
  // `HERE=$(pwd)`, and `cd "$HERE"` after it.
  void note_directory(const Assignment& assignment);
  [[nodiscard]] std::optional<std::string> noted_directory(const Argument& word) const;
  void change_directory(const std::vector<Argument>& argv);
  void push_directory(const std::vector<Argument>& argv);
  void set_options(const std::vector<Argument>& argv);
  void read_variables(const std::vector<Argument>& argv);
  void read_record(const std::vector<Argument>& argv, const Surroundings& around);

  // Other files.
  struct Followed {
    std::string path;
    const Script* script;
  };
  // False, and the timeline is cut, when a bound on depth or number is reached.
  [[nodiscard]] bool may_enter();
  [[nodiscard]] bool in_function() const;
  [[nodiscard]] bool in_called_script() const;
  // Absolute directories in which this point of the script may be, the likeliest first.
  [[nodiscard]] std::vector<std::string> start_directories() const;
  [[nodiscard]] std::vector<std::string> places_of(const Argument& word) const;
  [[nodiscard]] std::optional<Followed> open_script(const Argument& word);
  [[nodiscard]] std::optional<Followed> find_script(const Argument& word) const;
  bool source_file(const std::vector<Argument>& argv, const Command& command,
                   const Surroundings& around);
  bool run_script(const std::vector<Argument>& argv, const Command& command,
                  const Surroundings& around);
  shell::Value set_bash_source();

  // What `$(…)` may print, where that can be told.
  std::vector<shell::Value> substitute(const WordPart& part, const shell::Scope& scope);
  [[nodiscard]] shell::ExpansionContext context();

  struct Function {
    FunctionDefinition definition;
    const SourceFile* file = nullptr;
  };

  const BuildRequest& request_;
  const Bind& bind_;
  const BuildLimits& limits_;
  Timeline timeline_;
  State state_;
  std::vector<Condition> conditions_;
  std::size_t floor_ = 0;  // of the conditions, in the function, file or shell on the way
  // On the ways that `return` has left the function or file by, before its end.
  std::optional<State> returned_;
  std::set<std::string, std::less<>> assigned_;                   // by any script on the way
  std::set<std::pair<std::uint32_t, std::uint32_t>> well_ended_;  // arms that leave by `exit 0`
  // What is being walked through on the way here: functions by name, scripts by path.
  enum class FrameKind { kFunction, kSourced, kChild, kInner };
  struct Frame {
    Span call;
    std::string name;
    FrameKind kind = FrameKind::kFunction;
    // What it is called with, where all of it is known; `shift` takes nothing away here.
    std::optional<std::vector<std::string>> words;
  };
  std::vector<Frame> frames_;
  std::string script_path_;  // of the file that is being read
  // What `trap` left to be done.
  struct Trap {
    std::string signal;
    Argument text;
    Span span;
  };
  // What a shell knows by name, and another one does not.
  struct Shell {
    std::map<std::string, Function, std::less<>> functions;
    std::vector<std::string> order;  // of the functions
    std::set<std::string, std::less<>> called;
    std::map<std::string, SimpleCommand, std::less<>> aliases;
    std::vector<Trap> traps;
  };
  Shell shell_;
  const hosts::Environment* environment_ = nullptr;  // of the block on the way
  // Scripts parsed out of words (`bash -c '…'`); their commands must outlive the walk.
  std::vector<std::unique_ptr<Script>> inner_scripts_;
  std::uint32_t pipelines_ = 0;
  std::size_t entered_ = 0;       // functions and inner scripts, however short
  std::size_t substituting_ = 0;  // substitutions inside each other
  std::size_t fuel_ = 0;          // commands that may still be looked at for what they print
  bool detached_ = false;
};

}  // namespace composelint::timeline
