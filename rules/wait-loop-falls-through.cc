#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/stacks/healthy_since_up.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/waiting.h"
#include "analyzer/signs/steps/asked_again.h"
#include "analyzer/signs/steps/dropped_status.h"
#include "analyzer/signs/steps/giving_up.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/only_shows.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// `… || echo "not yet"`: the failure is told, and nobody acts on it.
bool only_says_so(std::string_view line) {
  const std::size_t or_else = line.rfind("||");
  if (or_else == std::string_view::npos || line.find("||") != or_else) return false;
  line.remove_prefix(or_else + 2);
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  const bool says = line.starts_with("echo ") || line.starts_with("printf ");
  return says && line.find("exit") == std::string_view::npos &&
         line.find("return") == std::string_view::npos && !line.ends_with('\\');
}

// What the loop sets is looked at, or whatever comes next is no plain command.
bool is_looked_at(const Branch& loop) {
  std::string_view rest = loop.span.file->bytes().substr(loop.span.end, 600);
  if (mentions_one_of(rest, names_set_in(loop)) || is_counted_again(loop)) return true;
  static constexpr std::array<std::string_view, 4> kSaying = {"echo", "printf", "log", "info"};
  static constexpr std::array<std::string_view, 19> kNoPlain = {
      "if", "[",  "[[",   "test", "case", "((",    "exit",  "return", "}", "done",
      "fi", ";;", "else", "elif", "for",  "while", "until", "||",     "&&"};
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t first = line.find_first_not_of(" \t;\\@\r");
    if (first == std::string_view::npos || line[first] == '#') continue;
    line.remove_prefix(first);
    const std::string_view word = line.substr(0, line.find_first_of(" \t;("));
    if (std::find(kSaying.begin(), kSaying.end(), word) != kSaying.end()) continue;
    return word.empty() || std::find(kNoPlain.begin(), kNoPlain.end(), word) != kNoPlain.end() ||
           line[0] == '|' || line[0] == '>' || line[0] == '<' || line[0] == '&' || line[0] == '}' ||
           line[0] == ')' || (line.find("||") != std::string_view::npos && !only_says_so(line));
  }
  return true;
}

// All that comes behind the loop says that the work is done; the line that does, without what is
// around it. Empty: something else is there, or nothing is claimed.
std::string claims_success(const Branch& loop) {
  static constexpr std::array<std::string_view, 8> kClaims = {
      "complete", "success", "finished", "healthy", "is ready", "is up", "deployed", "restored"};
  std::string_view rest = loop.span.file->bytes().substr(loop.span.end);
  std::string claim;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    line.remove_prefix(std::min(line.find_first_not_of(" \t;\r"), line.size()));
    if (line.empty() || line[0] == '#') continue;
    if (!line.starts_with("echo ") || line.find_first_of("|>&") != std::string_view::npos)
      return {};
    std::string lower(line);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const bool claims = std::any_of(kClaims.begin(), kClaims.end(), [&](std::string_view word) {
      return lower.find(word) != std::string::npos;
    });
    if (claims && claim.empty())
      claim = std::string(line.substr(0, line.find_last_not_of(' ') + 1));
  }
  return claim;
}

bool is_part(const Step& step, std::uint32_t branch) {
  return std::any_of(step.conditions.begin(), step.conditions.end(),
                     [&](const Condition& way) { return way.branch == branch; });
}

// Something in the loop asks for life.
bool asks(const Timeline& task, std::uint32_t branch) {
  return std::any_of(task.steps.begin(), task.steps.end(), [&](const Step& step) {
    return (is_part(step, branch) || written_in(task.branches[branch].condition, step)) &&
           asks_for_life(step);
  });
}

// `for i in 1 2 3; do run --rm app migrate && break; done`: not an answer, the work itself.
bool does_work(const Timeline& task, std::uint32_t branch) {
  return std::any_of(task.steps.begin(), task.steps.end(), [&](const Step& step) {
    if (!is_part(step, branch) && !written_in(task.branches[branch].condition, step)) return false;
    if (step.status != StatusUse::kDecides) return false;
    const bool brings = (step.call && (step.call->is("build") || step.call->is("pull"))) ||
                        (step.docker && step.docker->is("image pull"));
    return brings || step.effect == Effect::kMigrates || step.effect == Effect::kImports ||
           step.effect == Effect::kRestores || step.effect == Effect::kDumps;
  });
}

const OptionUse* project_name(const Step& step) {
  if (!step.call) return nullptr;
  for (const OptionUse& use : step.call->global_options) {
    if (use.name == "--project-name" && use.value) return &use;
  }
  return nullptr;
}

// `-p shop-green up -d`, a loop, `-p shop-blue down`: the old one goes whatever the new one says.
bool takes_the_other_away(const Timeline& task, std::uint32_t branch, const Step& step) {
  const OptionUse* mine = project_name(step);
  if (mine == nullptr || (!step.call->is("down") && !step.call->is("stop"))) return false;
  const Step* up = nullptr;
  for (const Step& other : task.steps) {
    if (other.span.begin >= task.branches[branch].span.begin) break;
    if (other.call && other.call->is("up")) up = &other;
  }
  const OptionUse* its = up == nullptr ? nullptr : project_name(*up);
  return its != nullptr && its->value->span.text() != mine->value->span.text();
}

// `cp green.conf active.conf` and `restart nginx` behind the loop: users are sent to what was asked
// for.
bool switches_over(const Timeline& task, std::uint32_t branch, const Step& step) {
  static constexpr std::array<std::string_view, 5> kPuts = {"cp", "install", "ln", "mv", "sed"};
  if (!step.call || !step.call->is("restart") || step.call->services.empty()) return false;
  return std::any_of(task.steps.begin(), task.steps.end(), [&](const Step& other) {
    return other.span.file == step.span.file && other.launcher == Launcher::kNone &&
           other.span.begin >= task.branches[branch].span.end &&
           other.span.end <= step.span.begin &&
           std::find(kPuts.begin(), kPuts.end(), program_name(other)) != kPuts.end();
  });
}

// `if docker image inspect x; then` behind it: what the loop has asked decides there once more.
bool is_asked_again(const Timeline& task, std::uint32_t branch) {
  std::vector<std::string_view> questions;
  for (const Step& step : task.steps) {
    const std::string_view text = step.span.text();
    if (is_part(step, branch) || written_in(task.branches[branch].condition, step)) {
      if (asks_for_life(step)) questions.push_back(text);
    } else if (step.status == StatusUse::kDecides && !questions.empty() &&
               std::find(questions.begin(), questions.end(), text) != questions.end()) {
      return true;
    }
  }
  return false;
}

// "App is ready.", "Migration done!": a sentence that is over, in whichever language. No heading,
// no announcement ("Starting…"), nothing that shows a value or an address.
bool states_something(std::string_view text) {
  while (!text.empty() && std::string_view(" \t\"'").find(text.back()) != std::string_view::npos) {
    text.remove_suffix(1);
  }
  static constexpr std::array<std::string_view, 4> kMarks = {"\u2705", "\u2714", "\u2713",
                                                             "\U0001F389"};
  const bool marked = std::any_of(kMarks.begin(), kMarks.end(), [&](std::string_view mark) {
    return text.find(mark) != std::string_view::npos;
  });
  const bool over = (text.ends_with('.') && !text.ends_with("..")) || text.ends_with('!');
  static constexpr std::array<std::string_view, 6> kShows = {"$", "http", ":", "`", "?", "ing "};
  return (over || marked) && std::none_of(kShows.begin(), kShows.end(), [&](std::string_view sign) {
           return text.find(sign) != std::string_view::npos;
         });
}

Span told_at(const Step& step) {
  return step.called_from.empty() ? step.span : step.called_from.back();
}

// The words behind `echo`, or behind the script's own function that prints.
std::string_view said_by(const Step& step) {
  std::string_view text = told_at(step).text();
  text.remove_prefix(std::min(text.find_first_of(" \t"), text.size()));
  return text.find('\n') == text.npos ? text : std::string_view();
}

bool prints(const Step& step) {
  return step.launcher == Launcher::kNone && step.out.kind == StreamKind::kInherited &&
         step.err.kind == StreamKind::kInherited && step.pipeline == 0 && !step.argv.empty() &&
         (step.argv.front().is("echo") || step.argv.front().is("printf"));
}

// The message that the script comes to first behind the loop, where it states something and
// nothing in between asks what came of the loop; null without one.
const Step* stated_behind(const Timeline& task, std::uint32_t branch) {
  const Branch& loop = task.branches[branch];
  const std::vector<std::string_view> names = names_set_in(loop);
  std::optional<std::size_t> last;
  for (std::size_t i = 0; i < task.steps.size(); ++i) {
    const Step& step = task.steps[i];
    if (is_part(step, branch) || written_in(loop.condition, step)) {
      last = i;
      continue;
    }
    if (!last || step.detached != task.steps[*last].detached) continue;
    if (task.reach(*last, i) == Reach::kNever) continue;
    if (step.out.kind == StreamKind::kCaptured) continue;  // `say "$(date) done"`
    if (!prints(step)) return nullptr;
    const std::string_view said = said_by(step);
    const bool blank = std::none_of(said.begin(), said.end(), [](unsigned char c) {
      return std::isalnum(c) != 0 || c >= 0x80;
    });
    if (blank) continue;
    const Span place = told_at(step);
    if (place.file != loop.span.file || place.begin < loop.span.end) return nullptr;
    const std::string_view between =
        loop.span.file->bytes().substr(loop.span.end, place.begin - loop.span.end);
    static constexpr std::array<std::string_view, 3> kAsks = {"$?", "return", "exit"};
    const bool asked = mentions_one_of(between, names) || mentions_one_of(said, names) ||
                       std::any_of(kAsks.begin(), kAsks.end(), [&](std::string_view word) {
                         return between.find(word) != std::string_view::npos;
                       });
    return asked || !states_something(said) ? nullptr : &step;
  }
  return nullptr;
}

// Where nothing answers it fails, and the script ends there with its error, or with it as its last
// command. `nginx -s reload` sends users to what has not come up, and is content.
bool ends_without_an_answer(const Step& step) {
  const bool heard = step.status == StatusUse::kStops || step.status == StatusUse::kDecides ||
                     says_that_it_failed(step);
  return heard && step.span.text().find("reload") == std::string_view::npos;
}

// The step behind the loop that works on the stack; null where it only looks, or waits itself.
const Step* what_goes_on(const Timeline& task, std::uint32_t branch) {
  if (is_asked_again(task, branch)) return nullptr;
  const bool worked = does_work(task, branch);
  bool asked = worked;
  std::vector<Span> parts;  // a function that the loop asks may be asked once more
  std::optional<std::size_t> last;
  for (std::size_t i = 0; i < task.steps.size(); ++i) {
    const Step& step = task.steps[i];
    if (is_part(step, branch) || written_in(task.branches[branch].condition, step)) {
      asked = asked || asks_for_life(step);
      last = i;
      parts.push_back(step.span);
      continue;
    }
    const bool fresh = std::find(parts.begin(), parts.end(), step.span) == parts.end();
    if (!fresh || !asked || step.detached != task.steps[*last].detached) continue;
    if (!same_place(step, task.steps[*last])) continue;
    if (waits_by_itself(step)) return nullptr;
    // The steps of a `$(MAKE) migrate` come next.
    if (step.followed) continue;
    const bool works = step.launcher != Launcher::kNone || step.effect == Effect::kMigrates;
    // `curl -f` once more, and errexit sees the answer.
    if (!works && asks_for_life(step) && step.status == StatusUse::kStops) return nullptr;
    // `nginx -t` reads files, and asks nobody.
    if (!works || only_shows(step) || step.effect_name == "configuration test") continue;
    // What is started or stopped needs no answer, but what has been done before.
    static constexpr std::array<std::string_view, 7> kNeedNone = {"down",  "kill", "restart", "rm",
                                                                  "start", "stop", "up"};
    if (step.call &&
        std::find(kNeedNone.begin(), kNeedNone.end(), step.call->verb) != kNeedNone.end()) {
      return worked || takes_the_other_away(task, branch, step) || switches_over(task, branch, step)
                 ? &step
                 : nullptr;
    }
    // `docker info` asks once more, and errexit sees the answer.
    const bool inside =
        !step.docker || step.docker->is("container exec") || step.docker->is("container run");
    const bool looks = step.effect == Effect::kReads || waits(task, step) != Waits::kNo;
    return looks || !inside || (!worked && ends_without_an_answer(step)) ? nullptr : &step;
  }
  return nullptr;
}

void on_file(std::span<const Timeline* const> tasks, RuleContext& context) {
  std::vector<Span> seen;
  for (const Timeline* task : tasks) {
    for (std::uint32_t i = 0; i < task->branches.size(); ++i) {
      const Branch& loop = task->branches[i];
      if (loop.kind != BranchKind::kFor && loop.kind != BranchKind::kWhile) continue;
      if (loop.span.file != task->file ||
          std::find(seen.begin(), seen.end(), loop.span) != seen.end()) {
        continue;
      }
      seen.push_back(loop.span);
      if (!gives_up(loop)) continue;
      const std::size_t line = loop.span.text().find('\n');
      const auto head = static_cast<std::uint32_t>(std::min<std::size_t>(line, loop.span.size()));
      const Span place{loop.span.file, loop.span.begin, loop.span.begin + head};
      const bool script = task->task.empty() && loop.span.file == task->script->file;
      const bool speaks = asks(*task, i) && !warns_on_its_last_try(loop);
      const std::string claim = script && speaks ? claims_success(loop) : std::string();
      if (!claim.empty()) {
        context.report(place,
                       "the loop gives up after its last try, and the script ends with 0 as if "
                       "something had answered: " +
                           quoted(claim),
                       {"loop", claim});
        continue;
      }
      if (const Step* stated = speaks ? stated_behind(*task, i) : nullptr) {
        const Span said = told_at(*stated);
        Finding& finding = context.report(
            place,
            "the loop gives up after its last try, and the script says all the same: " +
                quoted(said.text()),
            {"loop", std::string(said.text())});
        finding.related.push_back({said, "said whatever came of the loop"});
        continue;
      }
      if (is_looked_at(loop) || warns_on_its_last_try(loop)) continue;
      const Step* next = what_goes_on(*task, i);
      if (next == nullptr) continue;
      Finding& finding =
          context.report(place,
                         "the loop gives up after its last try and the script goes on: " +
                             quoted(task_text(*next)) + " on " + line_of(*next, place) +
                             (does_work(*task, i) ? " runs although none of them has worked"
                                                  : " runs although nothing has answered"),
                         {"loop", task_text(*next)});
      finding.related.push_back({next->span, "goes on here"});
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose up -d\n"
              "for i in $(seq 30); do\n"
              "  docker compose exec -T db pg_isready -h 127.0.0.1 && break\n"
              "  sleep 1\n"
              "done\n"
              "docker compose exec -T app ./bin/load\n"
              "echo 'http://localhost:8080'\n",
    .safe = "docker compose up -d\n"
            "for i in $(seq 30); do\n"
            "  docker compose exec -T db pg_isready -h 127.0.0.1 && break\n"
            "  [ \"$i\" -lt 30 ] || exit 1\n"
            "  sleep 1\n"
            "done\n"
            "docker compose exec -T app ./bin/load\n"
            "echo 'http://localhost:8080'\n",
}};

}  // namespace

COMPOSELINT_RULE(wait_loop_falls_through) = {
    .slug = "wait-loop-falls-through",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kOff},
    .summary = "A wait loop gives up and the script goes on as if it had succeeded",
    .rationale =
        "A loop of thirty tries ends in two ways: by `break`, because something answered, and by "
        "running out of tries. Its exit status is that of its last command, a `sleep`, and so 0 "
        "both times; errexit sees nothing. What follows then runs against a service that is not "
        "there, and the failure is reported far from its cause. Reported once a file.",
    .silent_on =
        "Jobs of CI services. Loops that end the script or the function themselves, or warn on "
        "their last try, and loops whose result is asked for behind them: a test, a variable that "
        "they set, `||`. A command behind the loop whose own failure is told (errexit, recipes, "
        "the last line, `|| echo`), unless it is a `reload`, which succeeds without an answer. "
        "Loops behind which the stack is started or stopped (but not another project's that was "
        "waited for, nor behind tries to migrate, restore, pull or build), "
        "or comes a call of services that wait for healthy ones themselves. Loops behind which "
        "nothing works on the stack, unless the first message behind them states something (`echo "
        "\"The shop answers.\"`), or all that "
        "follows says that the work is done (`echo \"Restore complete\"`).",
    .examples = kExamples,
    .on_file = on_file,
    .on_findings = tell_once_a_file,
};

}  // namespace composelint::rules
