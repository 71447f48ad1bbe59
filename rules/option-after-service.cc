#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// Words that mean something to `run` and hardly anything to the program of an entrypoint.
bool only_of_run(std::string_view word) {
  static constexpr std::array<std::string_view, 11> kOptions = {
      "--entrypoint", "--no-deps", "--no-TTY", "--rm", "--service-ports", "--use-aliases", "-T",
      "-it",          "-itd",      "-ti",      "-dit"};
  return std::find(kOptions.begin(), kOptions.end(), word) != kOptions.end();
}

// NAME=VALUE behind -e.
bool is_environment(const Argument& word) {
  const std::size_t equals = word.text.find('=');
  return equals != std::string::npos && equals > 0 &&
         std::all_of(
             word.text.begin(), word.text.begin() + static_cast<std::ptrdiff_t>(equals),
             [](unsigned char c) { return std::isupper(c) || std::isdigit(c) || c == '_'; });
}

bool takes_value(std::string_view word) {
  return word == "-e" || word == "--env" || word == "--entrypoint" || word == "-u" ||
         word == "--user" || word == "-w" || word == "--workdir" || word == "--index";
}

// `run app bash --rm`: meant for run wherever it stands, unless another `run` stands in it.
bool runs_containers(const std::vector<Argument>& words) {
  static constexpr std::array<std::string_view, 7> kPrograms = {
      "docker", "podman", "nerdctl", "kubectl", "compose", "buildah", "ctr"};
  return std::any_of(words.begin(), words.end(), [](const Argument& word) {
    return !word.known() || std::any_of(kPrograms.begin(), kPrograms.end(), [&](auto name) {
      return word.text.find(name) != std::string::npos;
    });
  });
}

// How many words at the front are options that stand on the wrong side; 0: none.
std::size_t misplaced(const InnerCommand& inner) {
  const std::vector<Argument>& words = *inner.words;
  std::size_t count = 0;
  while (count < words.size()) {
    const Argument& word = words[count];
    if (!word.known() || word.text.size() < 2 || word.text[0] != '-' || word.is("--")) break;
    const bool value = takes_value(word.text) && count + 1 < words.size();
    const bool environment =
        (word.is("-e") || word.is("--env")) && value && is_environment(words[count + 1]);
    // exec starts the word itself as a program, run may hand it to an entrypoint.
    if (inner.fresh && !environment && !only_of_run(word.text)) break;
    count += value ? 2 : 1;
  }
  return count;
}

// `docker run … docker:cli run --rm IMAGE`: a verb, whose options follow it.
const Argument* stray_rm(const InnerCommand& inner) {
  if (!inner.fresh || runs_containers(*inner.words)) return nullptr;
  if (inner.words->front().is("run") || inner.words->front().is("exec")) return nullptr;
  for (const Argument& word : *inner.words) {
    if (word.is("--rm") || word.is("--no-deps")) return &word;
  }
  return nullptr;
}

// Takes the words out of where they stand and puts them in behind the verb.
std::optional<Fix> move_words(const std::vector<Argument>& words, std::size_t count,
                              std::optional<Fix> added) {
  if (!added) return std::nullopt;
  for (std::size_t i = 0; i < count; ++i) {
    if (words[i].written != words[i].span) return std::nullopt;
  }
  if (count >= words.size()) return std::nullopt;
  const Span first = words.front().span;
  const Span next = words[count].span;
  if (first.file != next.file || first.begin >= next.begin) return std::nullopt;
  added->title = "Put it before the service";
  added->edits.push_back({{first.file, first.begin, next.begin}, ""});
  return added;
}

std::optional<Fix> repair(const Step& step, const std::vector<Argument>& words, std::size_t count) {
  const Span from = words.front().span;
  const Span to = words[count - 1].span;
  if (from.file != to.file || from.begin > to.end) return std::nullopt;
  const std::string_view text = Span{from.file, from.begin, to.end}.text();
  if (text.find('\n') != std::string_view::npos) return std::nullopt;
  return move_words(words, count,
                    step.call ? add_option(*step.call, text) : add_option(*step.docker, text));
}

void on_step(const Step& step, RuleContext& context) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  if (!inner || inner->opaque) return;
  const std::size_t count = misplaced(*inner);
  const Argument* const word = count > 0 ? &inner->words->front() : stray_rm(*inner);
  if (word == nullptr) return;
  const std::string what = quoted(word->text);
  std::string message = what + " stands behind the " + (step.call ? "service" : "name");
  message +=
      inner->fresh
          ? ": it goes to the command inside, and " + quoted(inner->line) + " runs without it"
          : ": " + quoted(inner->line) + " takes it for the program to start, and fails";
  Finding& finding = context.report(word->place(), std::move(message), {inner->line, word->text});
  if (count == 0) return;
  if (auto fix = repair(step, *inner->words, count)) finding.fixes.push_back(std::move(*fix));
}

constexpr Example kExamples[] = {
    {
        .unsafe = "docker compose run app --rm ./bin/report\n",
        .safe = "docker compose run --rm app ./bin/report\n",
    },
    {
        .unsafe = "docker compose exec db -T pg_dump -U app appdb > app.sql\n",
        .safe = "docker compose exec -T db pg_dump -U app appdb > app.sql\n",
    },
};

}  // namespace

COMPOSELINT_RULE(option_after_service) = {
    .slug = "option-after-service",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "An option stands behind the service, where it is part of the command",
    .rationale =
        "`run` and `exec` read options up to the service; what stands behind it is the command "
        "for the container. `exec db -T pg_dump` looks for a program called `-T` and ends with "
        "126 or 127; `run app --rm true` does so as well, or hands `--rm` to the entrypoint of "
        "the image, and its container stays behind (measured with Compose 2.40.3). The same holds "
        "for `docker exec` and `docker run` and the container's or image's name.",
    .silent_on =
        "Options that the entrypoint of an image may take: `run app --help`, `run cli -v`. Of "
        "`run` only those are reported that mean something to Compose alone. Lines with an unknown "
        "word before the service. What stands behind a verb of the image's own program: `docker "
        "run docker:cli run --rm …`.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_step = on_step,
};

}  // namespace composelint::rules
