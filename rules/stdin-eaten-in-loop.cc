#include <composelint/contains.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// What the command is called where it reads standard input; empty where it does not.
std::string reader(const Step& step) {
  if (const auto& call = step.call) {
    if (!(call->is("exec") || call->is("run")) || call->opaque_options || call->operands.empty())
      return "";
    const bool closed = call->option("--interactive") != nullptr && !call->has("--interactive");
    return closed || call->has("--detach") || call->has("--help") ? "" : short_form(*call);
  }
  if (!step.docker || step.docker->opaque_options || !step.docker->has("--interactive")) return "";
  if (step.docker->has("--detach")) return "";
  if (step.docker->is("container exec")) return "docker exec -i";
  return step.docker->is("container run") ? "docker run -i" : "";
}

// Behind the command, where it is written as a whole.
std::optional<Fix> close_input(const Step& step) {
  const Span command = step.call ? step.call->span : written_command(step);
  const std::string_view bytes = command.file->bytes();
  if (command.end > bytes.size() || command.size() == 0) return std::nullopt;
  const std::string_view text = command.text();
  if (text.find("<<") != std::string_view::npos || text.ends_with('\n')) return std::nullopt;
  return Fix{"Add </dev/null",
             FixSafety::kSafe,
             {{{command.file, command.end, command.end}, " </dev/null"}}};
}

bool is_of_same_text(const Step& other, const Step& step, std::uint32_t end) {
  return other.in.span == step.in.span && other.span.begin >= end && other.place == step.place;
}

// `echo "done"`: nothing is lost but what it says.
bool only_says(const Step& step) {
  const std::string_view program = program_name(step);
  return (program == "echo" || program == "printf") && step.out.kind != StreamKind::kFile &&
         step.out.kind != StreamKind::kPipe;
}

// `du` of `echo "$(du -h app.sql)"`: it only looks, for the sake of what is said.
bool is_part_of_a_message(const Timeline& timeline, const Step& step) {
  const bool looks = step.effect == Effect::kUnknown || step.effect == Effect::kReads;
  return step.launcher == Launcher::kNone && looks && step.out.kind != StreamKind::kFile &&
         std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& other) {
           return only_says(other) && &other != &step && contains(other.span, step.span);
         });
}

// What it captured is said behind it: that was what it was for.
bool only_words_follow(const Timeline& timeline, const Step& step, std::uint32_t end) {
  return step.out.kind != StreamKind::kCaptured &&
         first_after(timeline, step, [&](const Step& other) {
           return is_of_same_text(other, step, end) && !only_says(other) &&
                  !is_part_of_a_message(timeline, other);
         }) == nullptr;
}

// Where the shell has read to before it runs the step: a line, a loop to its `done`.
std::uint32_t read_until(const Timeline& timeline, const Step& step) {
  std::uint32_t end = step.span.end;
  const auto take = [&](const Span& whole) {
    const bool inside = whole.file == step.span.file && whole.begin >= step.in.span.end;
    if (inside) end = std::max(end, whole.end);
  };
  for (const Condition& way : step.conditions) take(timeline.branches[way.branch].span);
  for (const Span& call : step.called_from) take(call);
  const std::size_t line = step.span.file->bytes().find('\n', end);
  return line == std::string_view::npos ? end : static_cast<std::uint32_t>(line);
}

void look_at_script(const Step& step, RuleContext& context) {
  // It stops, as there is no terminal.
  const bool stops =
      step.call ? !step.call->has("--no-tty") : step.docker && step.docker->has("--tty");
  if (stops) return;
  const std::string line = reader(step);
  if (line.empty() || !is_fed_with_the_script(step)) return;
  const std::uint32_t end = read_until(*context.timeline(), step);
  const Step* next = first_after(*context.timeline(), step, [&](const Step& other) {
    return is_of_same_text(other, step, end);
  });
  if (next == nullptr) return;
  // `mysql shop < /tmp/shop.sql` has an input of its own, and is not reached either.
  const Step* own = first_after(*context.timeline(), step, [&](const Step& other) {
    return other.place == step.place && other.span.file == step.span.file &&
           other.span.begin >= end && other.span.begin < next->span.begin;
  });
  if (own != nullptr) next = own;
  const Span place = step.call ? step.call->verb_span : step.docker->verb_span;
  const bool words = only_words_follow(*context.timeline(), step, end);
  Finding& finding =
      context.report(place,
                     quoted(line) + " reads the rest of the script that `ssh` feeds this shell: " +
                         line_of(next->span, place) + " and what follows never run, " +
                         (words ? "which is nothing but messages" : "and nothing says so") +
                         (step.call ? "; -T does not help" : ""),
                     {line, "script"});
  if (words) finding.severity = std::min(finding.severity, Severity::kNote);
  finding.related.push_back({step.in.span, "the script comes from here"});
  finding.related.push_back({next->span, "the first that is not reached"});
  if (auto fix = close_input(step)) finding.fixes.push_back(std::move(*fix));
}

// `logs -f`, `tail -f`, `docker events`: as long as it runs, lines come.
bool follows(const Step& step) {
  if (step.call)
    return step.call->is("events") || (step.call->is("logs") && step.call->has("--follow"));
  if (step.docker) {
    const std::string_view verb = step.docker->verb;
    return verb.ends_with("events") || (verb.ends_with("logs") && step.docker->has("--follow"));
  }
  const std::string_view program = program_name(step);
  if (program == "inotifywait") return true;
  return (program == "tail" || program == "journalctl") &&
         std::any_of(step.argv.begin() + 1, step.argv.end(), [](const Argument& word) {
           const bool letters = word.text.size() > 1 && word.text[0] == '-' && word.text[1] != '-';
           return word.text.starts_with("--follow") ||
                  (letters && word.text.find_first_of("fF") != std::string::npos);
         });
}

// `head -n 20`, `grep -m 3` let so many lines through.
bool takes_a_few(const Step& step) {
  const std::string_view program = program_name(step);
  return program == "head" ||
         (program == "grep" &&
          std::any_of(step.argv.begin(), step.argv.end(), [](const Argument& word) {
            return word.is("-m") || word.text.starts_with("--max-count");
          }));
}

// What the loop reads has no end, also by way of a `grep` in between: of lines that come for ever
// some are passed over anyway.
bool is_endless(const Timeline& timeline, const Step& step) {
  const auto feeds = [&](const Step& other) { return contains(step.in.span, other.span); };
  const auto last = std::find_if(timeline.steps.begin(), timeline.steps.end(), feeds);
  if (last == timeline.steps.end()) return false;
  const auto is_part = [&](const Step& other) {
    return (last->pipeline != 0 && other.pipeline == last->pipeline) || feeds(other);
  };
  const bool found = std::any_of(timeline.steps.begin(), timeline.steps.end(),
                                 [&](const Step& each) { return is_part(each) && follows(each); });
  const bool ends =
      std::any_of(timeline.steps.begin(), timeline.steps.end(),
                  [&](const Step& each) { return is_part(each) && takes_a_few(each); });
  return found && !ends;
}

void on_step(const Step& step, RuleContext& context) {
  if (!step.in_stdin_loop && context.timeline() != nullptr) look_at_script(step, context);
  if (!step.in_stdin_loop || step.place == Place::kContainer) return;
  if (!is_fed(step) || feeds_it_alone(step)) return;
  const std::string line = reader(step);
  if (line.empty()) return;
  const Span place = step.call ? step.call->verb_span : step.docker->verb_span;
  const Timeline* timeline = context.timeline();
  if (timeline != nullptr && is_endless(*timeline, step)) return;
  Finding& finding = context.report(
      place,
      quoted(line) + " reads the rest of the list: the loop ends after its first round, with 0" +
          (step.call && step.call->has("--no-tty") ? "; -T does not help" : ""),
      {line});
  if (step.in.span) finding.related.push_back({step.in.span, "the list of the loop"});
  if (auto fix = close_input(step)) finding.fixes.push_back(std::move(*fix));
}

// The first call has read all there was: one loop, or one script, is told of once.
void on_findings(const WorkspaceFacts&, std::span<Finding* const> findings) {
  std::map<std::pair<const SourceFile*, std::uint32_t>, std::vector<Finding*>> inputs;
  for (Finding* finding : findings) {
    if (finding->severity == Severity::kOff || finding->related.empty()) continue;
    const Span& input = finding->related.front().span;
    inputs[{input.file, input.begin}].push_back(finding);
  }
  for (auto& [input, all] : inputs) {
    const std::size_t more = merge_places(all) - 1;
    if (more == 0) continue;
    all.front()->message +=
        std::string("; so ") +
        (more == 1 ? "does 1 more call" : "do " + std::to_string(more) + " more calls") +
        " that it is fed to";
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "while read -r tenant; do\n"
              "  docker compose exec -T app ./bin/migrate \"$tenant\"\n"
              "done < tenants.txt\n",
    .safe = "while read -r tenant; do\n"
            "  docker compose exec -T app ./bin/migrate \"$tenant\" </dev/null\n"
            "done < tenants.txt\n",
}};

}  // namespace

COMPOSELINT_RULE(stdin_eaten_in_loop) = {
    .slug = "stdin-eaten-in-loop",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "exec or run reads the rest of a loop's list, or of the script itself",
    .rationale =
        "`exec`, `run` and `docker exec -i` copy their standard input into the container, whether "
        "the command there reads it or not. In `while read …; do …; done < list` that is the rest "
        "of the list: of four rounds one takes place, the exit code is 0, nothing is said. `-T` "
        "does not help; `</dev/null`, `-i=false` and `-d` do (measured with Compose 2.26.1 and "
        "2.40.3). A script that `ssh` gets from a here-document is such an input as well: what "
        "stands behind the line, or behind the whole loop, in which the command is, is never run; "
        "where that is `echo` and `printf` alone it is no more than a note.",
    .silent_on =
        "Commands with an input of their own, `docker exec` without `-i`, and with `-it` in what "
        "`ssh` is fed, where it stops for want of a terminal; loops that read another descriptor "
        "(`read -u 3`, `done 3< list`), `for` loops; lists without an end (`logs -f`, `tail -f`, "
        "`events`), whose loop goes on. All but the first call of a loop or script, which tells "
        "how many there are.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_step = on_step,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
