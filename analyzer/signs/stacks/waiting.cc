#include "analyzer/signs/stacks/waiting.h"

#include <composelint/contains.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/steps/inner_command.h"

namespace composelint {

namespace {

// The last component of the program's path, here for the programs that wait.
bool runs_program(const Step& step, std::string_view wanted) {
  if (step.argv.empty() || !step.argv.front().known()) return false;
  const std::string_view text = step.argv.front().text;
  return file_name(text) == wanted;
}

}  // namespace

bool sleeps(const Step& step) {
  return step.launcher == Launcher::kNone && runs_program(step, "sleep");
}

bool written_in(Span place, const Step& step) {
  return contains(place, step.span) ||
         std::any_of(step.called_from.begin(), step.called_from.end(),
                     [&](const Span& call) { return contains(place, call); });
}

bool decides_a_loop(const Timeline& timeline, const Step& step) {
  return std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& branch) {
    return branch.kind == BranchKind::kWhile && written_in(branch.condition, step);
  });
}

bool repeats_with_pauses(const Timeline& timeline, const Step& step) {
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const BranchKind kind = timeline.branches[way.branch].kind;
    if (kind != BranchKind::kWhile && kind != BranchKind::kFor) return false;
    return std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& other) {
      return sleeps(other) && std::find(other.conditions.begin(), other.conditions.end(), way) !=
                                  other.conditions.end();
    });
  });
}

bool polls(const Timeline& timeline, const Step& step, const Step& use) {
  return sleeps(step) &&
         std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
           return timeline.branches[way.branch].kind == BranchKind::kWhile &&
                  std::find(use.conditions.begin(), use.conditions.end(), way) ==
                      use.conditions.end();
         });
}

bool asks_for_life(const Step& step) {
  static constexpr std::array<std::string_view, 7> kAsking = {"curl",   "nc",   "ncat", "netcat",
                                                              "telnet", "wget", "ping"};
  return step.launcher != Launcher::kNone || step.role == Role::kHealth ||
         std::any_of(kAsking.begin(), kAsking.end(),
                     [&](std::string_view name) { return runs_program(step, name); });
}

namespace {

// `curl -O https://…`, `curl -o dump.sql https://…`: what is asked for is the file.
bool keeps_what_it_gets(const Step& step) {
  for (std::size_t i = 1; i < step.argv.size(); ++i) {
    const Argument& word = step.argv[i];
    const bool file = word.is("-o") || word.is("--output");
    if (word.is("-O") || (file && i + 1 < step.argv.size() && !step.argv[i + 1].is("/dev/null"))) {
      return runs_program(step, "curl");
    }
  }
  return false;
}

}  // namespace

bool retries(const Step& step) {
  return (runs_program(step, "curl") || runs_program(step, "wget")) && !keeps_what_it_gets(step) &&
         std::any_of(step.argv.begin(), step.argv.end(), [](const Argument& word) {
           return word.text.starts_with("--retry") || word.text.starts_with("--tries");
         });
}

namespace {

// `exec app util wait_bootstrap`: by its own name.
bool is_called_a_wait(const Step& step) {
  const bool docker = step.docker && step.docker->is("container exec");
  if (!step.call && !docker) return false;
  const std::vector<Argument>& inner = step.call ? step.call->inner : step.docker->inner;
  return std::any_of(inner.begin(), inner.end(), [](const Argument& word) {
    return word.text.find("wait") != std::string::npos;
  });
}

// `python app/pre_start.py`, `exec app node scripts/ready.mjs`: what it does is not known. The
// commands of a framework are.
bool runs_own_program(const Step& step) {
  static constexpr std::array<std::string_view, 6> kInterpreters = {"node", "php",     "python",
                                                                    "ruby", "python3", "tsx"};
  static constexpr std::array<std::string_view, 6> kEndings = {".cjs", ".js", ".mjs",
                                                               ".php", ".py", ".rb"};
  const auto inner = inner_command_of(step);
  if (!inner && step.launcher != Launcher::kNone) return false;
  const std::vector<Argument>& words = inner ? *inner->words : step.argv;
  if (words.size() < 2 || !words[0].known() || !words[1].known()) return false;
  const std::string_view program = file_name(words[0].text);
  const std::string_view path = words[1].text;
  return std::find(kInterpreters.begin(), kInterpreters.end(), program) != kInterpreters.end() &&
         file_name(path) != "manage.py" &&
         std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return path.ends_with(ending); });
}

}  // namespace

Waits waits(const Timeline& timeline, const Step& step) {
  if (step.role == Role::kWaits) return Waits::kYes;
  if (is_called_a_wait(step) || runs_own_program(step)) return Waits::kMaybe;
  // `logs -f` comes back when somebody ends it, who has seen what it shows.
  const bool follows = step.call && step.call->is("logs") && step.call->has("--follow");
  if (follows && !step.background && step.pipeline == 0) return Waits::kMaybe;
  const bool tested = step.status == StatusUse::kDecides || step.status == StatusUse::kStops;
  if (decides_a_loop(timeline, step)) {
    return asks_for_life(step) ? Waits::kYes : Waits::kMaybe;
  }
  if (asks_for_life(step) && repeats_with_pauses(timeline, step)) {
    return tested ? Waits::kYes : Waits::kMaybe;
  }
  // `pg_isready || true` asks once, and goes on whatever the answer is.
  const bool once =
      step.role == Role::kHealth && step.status == StatusUse::kDiscarded && step.conditions.empty();
  if (once && !retries(step)) return Waits::kNo;
  if (step.role == Role::kHealth || retries(step)) return tested ? Waits::kYes : Waits::kMaybe;
  // `for f in dumps/*.sql` goes through its list whatever comes of each: it waits where something
  // decides on the answer.
  const bool repeated =
      std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
        const BranchKind kind = timeline.branches[way.branch].kind;
        return kind == BranchKind::kWhile ||
               (kind == BranchKind::kFor && step.status == StatusUse::kDecides);
      });
  return repeated && asks_for_life(step) ? Waits::kMaybe : Waits::kNo;
}

}  // namespace composelint
