#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/steps/called_under_errexit.h"
#include "analyzer/signs/steps/dependent_steps.h"
#include "analyzer/signs/steps/exits.h"
#include "analyzer/signs/steps/remote_change.h"
#include "analyzer/signs/steps/seen_directory.h"
#include "analyzer/signs/steps/sets_errexit.h"
#include "analyzer/signs/words/own_file_names.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// A `cd` or `pushd` as a command of its own, and how far the commands behind it go.
struct Change {
  Span span;
  std::string program;
  const Word* where = nullptr;
  std::uint32_t until = 0;
  bool ends = false;   // the script ends where it fails, however the commands behind it are asked
  Span subshell = {};  // which is left where it fails: `|| (…; exit 1)`
  Span said = {};      // what says no more than that it has failed: `|| echo "not there"`
};

void collect(const std::vector<Command>& commands, std::uint32_t until, std::vector<Change>& out);

// `cd there || (echo "not there"; exit 1)`: it is the subshell that is left.
bool leaves_subshell_alone(const AndOrList& list) {
  const auto* group = list.commands.back().as<Group>();
  return list.operators.back() == ListOperator::kOr && group != nullptr && group->subshell &&
         !group->body.empty() && is_exit(group->body.back()) &&
         std::all_of(list.operators.begin(), list.operators.end(),
                     [](ListOperator each) { return each == ListOperator::kOr; });
}

// `cd there || echo "not there"`: errexit is not asked, and the script goes on.
bool only_says_so(const AndOrList& list) {
  const auto* last = list.commands.back().as<SimpleCommand>();
  if (list.operators.back() != ListOperator::kOr || last == nullptr || last->words.empty()) {
    return false;
  }
  const std::string program = last->words[0].literal_text();
  return (program == "echo" || program == "printf" || program == "true" || program == ":") &&
         list.commands.size() == 2;
}

void collect(const Command& command, std::uint32_t until, std::vector<Change>& out) {
  if (const auto* simple = command.as<SimpleCommand>()) {
    const bool plain = !simple->words.empty() && simple->words[0].literal();
    const std::string program = plain ? simple->words[0].literal_text() : std::string();
    const bool changes = program == "cd" || program == "pushd";
    if (changes && simple->words.size() == 2) {
      out.push_back({command.span, program, &simple->words[1], until, false, {}, {}});
    }
    // Where pushd has failed, so does popd, and the script is where it would have come back to.
    if (program == "popd" && !out.empty() && out.back().program == "pushd") {
      out.back().until = std::min(out.back().until, command.span.begin);
    }
  } else if (const auto* list = command.as<AndOrList>()) {
    const bool says = only_says_so(*list);
    if (!says && !leaves_subshell_alone(*list)) return;
    const std::size_t before = out.size();
    collect(list->commands[list->commands.size() - 2], until, out);
    if (out.size() == before) return;
    (says ? out.back().said : out.back().subshell) = list->commands.back().span;
  } else if (const auto* group = command.as<Group>()) {
    collect(group->body, group->subshell ? command.span.end : until, out);
  } else if (const auto* clause = command.as<IfClause>()) {
    for (const IfClause::Branch& branch : clause->branches) {
      collect(branch.body, command.span.end, out);
    }
  } else if (const auto* function = command.as<FunctionDefinition>()) {
    collect(*function->body, command.span.end, out);
  } else if (const auto* loop = command.as<ForClause>()) {
    collect(loop->body, command.span.end, out);
  }
}

void collect(const std::vector<Command>& commands, std::uint32_t until, std::vector<Change>& out) {
  for (const Command& command : commands) collect(command, until, out);
}

// `set -e; cd there; clear || true`: errexit rests for `clear` alone. In a function it hangs on how
// that is called.
std::vector<Change> changes_of(const Script& script) {
  std::vector<Change> out;
  const std::string& shebang = script.shebang;
  const std::size_t option = shebang.find(" -");
  bool errexit = option != shebang.npos && shebang.find('e', option) != shebang.npos &&
                 shebang.find("env ") == shebang.npos;
  for (const Command& command : script.commands) {
    if (const auto* simple = command.as<SimpleCommand>()) {
      errexit = sets_errexit(*simple).value_or(errexit);
    }
    if (looks_where_it_is(command)) {
      for (Change& each : out) each.until = std::min(each.until, command.span.begin);
    }
    const std::size_t before = out.size();
    collect(command, script.span.end, out);
    if (command.as<FunctionDefinition>() != nullptr) continue;
    for (std::size_t i = before; i < out.size(); ++i) out[i].ends = errexit && !out[i].said;
  }
  return out;
}

// Where the script stood: `$PWD`, and no directory below it.
bool is_where_it_stood(std::string_view value) {
  for (const std::string_view name : {"$PWD", "${PWD}"}) {
    if (!value.starts_with(name)) continue;
    return value.size() == name.size() ||
           std::string_view("\"\n;&| \t").find(value[name.size()]) != std::string_view::npos;
  }
  return false;
}

bool is_assigned_by_command(std::string_view text, const std::string& name) {
  const std::string sets = name + "=";
  for (std::size_t at = text.find(sets); at != std::string_view::npos;
       at = text.find(sets, at + 1)) {
    std::size_t value = at + sets.size();
    if (value < text.size() && text[value] == '"') ++value;
    const std::string_view rest = text.substr(value);
    if (rest.starts_with("$(") || rest.starts_with('`') || rest.starts_with("${BASH_SOURCE") ||
        rest.starts_with("${0") || is_where_it_stood(rest)) {
      return true;
    }
  }
  return false;
}

// May not be there: no `..`, no home, no place that the script works out from its own.
bool may_fail(const Word& where, std::string_view before) {
  const std::string text = where.literal_text();
  if (!where.literal()) {
    for (const WordPart& part : where.parts) {
      if (part.kind == WordPartKind::kLiteral) continue;
      if (part.kind != WordPartKind::kParameter) return false;
      const std::string& name = part.parameter.name;
      if (name == "HOME" || name == "PWD" || name == "OLDPWD" || name == "0" ||
          name == "BASH_SOURCE" || !part.parameter.op.empty()) {
        return false;
      }
      if (is_assigned_by_command(before, name)) return false;
    }
  } else if (text == "-" || text.find_first_not_of("./") == std::string::npos) {
    return false;
  }
  // Made or looked for before.
  const std::string_view written = where.span.text();
  const std::string_view inside = written.starts_with('"') && written.ends_with('"')
                                      ? written.substr(1, written.size() - 2)
                                      : written;
  for (const std::string_view sign : {"mkdir", "-d ", "clone", "unzip", "tar ", "mktemp"}) {
    for (std::size_t at = before.find(sign); at != std::string_view::npos;
         at = before.find(sign, at + 1)) {
      const std::string_view line = before.substr(at, before.find('\n', at) - at);
      if (sign == "clone" || sign == "unzip" || sign == "tar " || sign == "mktemp") return false;
      if (line.find(written) != std::string_view::npos) return false;
      // `mkdir -p "$APP_DIR/logs"`
      if (sign == "mkdir" && line.find(std::string(inside) + "/") != line.npos) return false;
    }
  }
  // The engine makes the source of a bind mount: `docker run -v /srv/out/new:/out`.
  const std::string bare = text.empty() ? std::string(written) : text;
  for (const std::string_view sign : {"-v ", "--volume ", "--volume="}) {
    for (std::size_t at = before.find(sign); at != std::string_view::npos;
         at = before.find(sign, at + 1)) {
      std::string_view source = before.substr(at + sign.size());
      source.remove_prefix(std::min(source.find_first_not_of("\"'"), source.size()));
      if (!source.starts_with(bare) || bare.size() >= source.size()) continue;
      if (source[bare.size()] == '/' || source[bare.size()] == ':') return false;
    }
  }
  return true;
}

// Where it acts hangs on the working directory.
bool places_itself(const Step& step) {
  for (const OptionUse& use : step.call->global_options) {
    const bool places =
        use.name == "--file" || use.name == "--project-directory" || use.name == "--project-name";
    if (!places || !use.value) continue;
    // `-f deploy/compose.yml`, `-f live.yml` find nothing elsewhere, and nothing is done.
    const std::string_view where = use.value->text;
    const bool own = where.find('/') == where.npos
                         ? where.find("compose.y") == where.npos  // no default name
                         : !where.starts_with("./") && !where.starts_with("../");
    if (!use.value->known() || where.starts_with('/') || (own && use.name == "--file"))
      return false;
  }
  return true;
}

bool acts_here(const Step& step) {
  if (step.place != Place::kHost) return false;
  return step.call ? places_itself(step) : removed_here(step) != nullptr;
}

// `cd there && rm -rf old`
bool is_chained_to_cd(const Timeline& timeline, const Step& step) {
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    return branch.kind == BranchKind::kAnd &&
           (branch.condition.text().find("cd ") != std::string_view::npos ||
            branch.condition.text().find("pushd ") != std::string_view::npos);
  });
}

struct RemoteHarm {
  RemoteChange change;
  const Step* step = nullptr;
};

// The shell that ssh starts has no errexit, whatever the script around it says.
std::optional<RemoteHarm> first_remote_harm(const Timeline& timeline) {
  for (const Step& step : timeline.steps) {
    if (step.span.file != timeline.file || step.place != Place::kRemote || step.errexit) continue;
    if (!step.call || harm_of(step).empty() || !step.conditions.empty()) continue;
    const auto change = remote_change(step);
    if (!change) continue;
    const std::string_view bytes = timeline.file->bytes();
    const std::string_view before = bytes.substr(0, change->span.begin);
    const bool made = before.find("mkdir -p " + change->where) != before.npos ||
                      before.find("clone") != before.npos || is_carried_to(before, change->where);
    if (!made && places_itself(step)) return RemoteHarm{*change, &step};
  }
  return std::nullopt;
}

// `down` where the script was started takes another stack down, as `rm -s` does.
std::string harm_here(const Step& step) {
  std::string harm = harm_of(step);
  if (!harm.empty() || !step.call || step.call->opaque_options) return harm;
  if (step.call->is("down")) return "`down`";
  const bool stops = step.call->is("rm") && step.call->has("--stop") && step.call->has("--force");
  return stops ? "`rm`" : "";
}

struct Harm {
  const Change* change = nullptr;
  const Step* step = nullptr;
};

std::optional<Harm> first_harm(const Timeline& timeline, const std::vector<Change>& changes,
                               std::string (*harm_done)(const Step&)) {
  for (const Step& step : timeline.steps) {
    if (step.span.file != timeline.file || harm_done(step).empty()) continue;
    if (!acts_here(step) || is_chained_to_cd(timeline, step)) continue;
    // The last one before it.
    const Change* last = nullptr;
    for (const Change& change : changes) {
      if (change.span.end <= step.span.begin && step.span.begin < change.until) last = &change;
    }
    if (last == nullptr || last->ends || (step.errexit && !last->said)) continue;
    // `cd there; down || true`, in a function: errexit rests for `down` alone.
    const bool inside = last->until < timeline.script->span.end;
    if (inside && !last->said && is_called_under_errexit(*timeline.script, step)) continue;
    const std::string_view bytes = timeline.file->bytes();
    const std::string_view between = bytes.substr(last->span.end, step.span.begin - last->span.end);
    if (between.find("$?") != std::string_view::npos) continue;
    if (step.call && is_told_its_files(bytes.substr(0, step.span.begin))) continue;
    if (has_just_been_seen(timeline, *last->where)) continue;
    if (may_fail(*last->where, bytes.substr(0, last->span.begin))) return Harm{last, &step};
  }
  return std::nullopt;
}

void report(Span place, const std::string& program, std::string_view where, const Step& step,
            RuleContext& context, const Change* change = nullptr) {
  const bool remote = step.place == Place::kRemote;
  Finding& finding = context.report(
      place,
      "when this " + quoted(program) + " fails, the script goes on " +
          (remote ? "in the home directory over there: " : "where it was started: ") +
          harm_here(step) + " on " + line_of(step, place) +
          (step.call ? " acts on whatever project is found there" : " removes what lies there"),
      {program, std::string(where)});
  // A developer's own stack is up again in a minute.
  if (harm_of(step).empty() && context.context() != Context::kOps) {
    finding.severity = std::min(finding.severity, Severity::kNote);
  }
  finding.related.push_back({step.span, "acts in the wrong directory"});
  if (change != nullptr && change->said) {
    // `|| true` asks to go on.
    const bool says =
        change->said.text().starts_with("echo") || change->said.text().starts_with("printf");
    finding.fixes.push_back({says ? "Leave the script, and say why" : "Leave the script",
                             says ? FixSafety::kSafe : FixSafety::kUnsafe,
                             {{{place.file, change->said.begin, change->said.end},
                               "{ " + std::string(change->said.text()) + "; exit 1; }"}}});
    return;
  }
  if (const Span subshell = change != nullptr ? change->subshell : Span()) {
    const std::string_view inside =
        subshell.text().substr(1, std::max<std::size_t>(subshell.size(), 2) - 2);
    const bool ended = inside.ends_with('\n') || inside.ends_with(';');
    finding.fixes.push_back(
        {"Leave the script, and not a subshell",
         FixSafety::kSafe,
         {{{subshell.file, subshell.begin, subshell.begin + 1},
           inside.starts_with(' ') || inside.starts_with('\n') ? "{" : "{ "},
          {{subshell.file, subshell.end - 1, subshell.end}, ended ? "}" : "; }"}}});
    return;
  }
  finding.fixes.push_back(
      {"Add || exit 1", FixSafety::kSafe, {{{place.file, place.end, place.end}, " || exit 1"}}});
}

void on_file(std::span<const Timeline* const> tasks, RuleContext& context) {
  for (const Timeline* task : tasks) {
    if (!task->task.empty() || task->script == nullptr || task->script->file != task->file)
      continue;
    if (!drives_containers(*task)) continue;
    const std::vector<Change> changes = changes_of(*task->script);
    auto harm = first_harm(*task, changes, harm_of);
    if (!harm) harm = first_harm(*task, changes, harm_here);
    if (harm) {
      const Change& change = *harm->change;
      report(change.span, change.program, change.where->span.text(), *harm->step, context, &change);
      return;
    }
    if (const auto there = first_remote_harm(*task)) {
      report(there->change.span, there->change.program, there->change.where, *there->step, context);
      return;
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "cd /srv/app/cache\nrm -rf ./*\ndocker compose up -d --wait\n",
    .safe = "cd /srv/app/cache || exit 1\nrm -rf ./*\ndocker compose up -d --wait\n",
}};

}  // namespace

COMPOSELINT_RULE(unchecked_cd) = {
    .slug = "unchecked-cd",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kNote},
    .summary = "What destroys or changes data runs in the wrong directory when cd fails",
    .rationale =
        "Without errexit a script goes on after a failed `cd` or `pushd`, in the directory it was "
        "started from. `rm -rf data` removes what lies there; `docker compose` looks for its "
        "files there and in every directory above, and migrates, restores or takes down another "
        "project. The shell that `ssh` starts has no errexit, whatever the script says. Reported "
        "once a file, for the first step that does harm.",
    .silent_on =
        "`cd` and `pushd` with `||` (an `exit` in parentheses leaves the parentheses alone, an "
        "`echo` leaves nothing) or `&&`, under `set -e` or followed by a look at `$?`. Steps that "
        "lose nothing, or what a build makes anew (`node_modules`, `dist`). `cd ..`, home, places "
        "worked out from the script's own, the one it was started in (`HERE=$PWD`), directories "
        "that the script makes or looks for first, or has just listed in a loop, and those that a "
        "bind mount before has made. What comes behind `popd`. Calls with absolute files, with one "
        "in a folder (`-f deploy/compose.yml`) or those of `COMPOSE_FILE`, which are not found "
        "elsewhere. Directories on another machine that `rsync` or `scp` has just filled. Scripts "
        "that have nothing to do with containers.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .cwe = 252,
    .on_file = on_file,
};

}  // namespace composelint::rules
