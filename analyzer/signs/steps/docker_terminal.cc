#include "analyzer/signs/steps/docker_terminal.h"

#include <composelint/quoted.h>
#include <composelint/variable_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/signs/images/compared_release.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

// The next stage takes the carriage returns out, or only shows them.
bool next_does_not_mind(const Step& step, const Timeline* timeline) {
  static constexpr std::array<std::string_view, 10> kShows = {
      "cat", "dos2unix", "grep", "head", "jq", "less", "more", "rg", "tail", "tee"};
  const Step* next = timeline == nullptr ? nullptr : next_stage(*timeline, step);
  const auto shows = [](std::string_view program) {
    return std::find(kShows.begin(), kShows.end(), program) != kShows.end();
  };
  // Of the pipe of a script or a group around it the neighbour is told by its text.
  const std::string_view text = step.out.span.text();
  if (shows(text.substr(0, text.find_first_of(" \n")))) return true;
  if (next != nullptr && shows(program_name(*next))) return true;
  if (next == nullptr) return false;
  // `| strings | sort | grep x`: what the last of them is for.
  static constexpr std::array<std::string_view, 5> kHandOn = {"cut", "sort", "strings", "uniq",
                                                              "wc"};
  const Step* last = next;
  while (last != nullptr &&
         std::find(kHandOn.begin(), kHandOn.end(), program_name(*last)) != kHandOn.end()) {
    last = next_stage(*timeline, *last);
  }
  if (last != nullptr && last != next && shows(program_name(*last))) return true;
  return std::any_of(next->argv.begin(), next->argv.end(), [](const Argument& word) {
    static constexpr std::array<std::string_view, 5> kReturns = {"\\r", "\\015", "\r", "[:space:]",
                                                                 "[:cntrl:]"};
    return std::any_of(kReturns.begin(), kReturns.end(), [&](std::string_view taken) {
      return word.text.find(taken) != std::string::npos;
    });
  });
}

// `stderr "${output}"`, of a function that does nothing but print.
bool calls_a_printer(std::string_view line, std::string_view text) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  const std::string_view name = line.substr(0, line.find(' '));
  if (!has_letters_of_a_name(name)) return false;
  const std::string opens = "\n" + std::string(name) + "()";
  const std::size_t at = text.find(opens);
  const std::size_t body = at == text.npos ? at : text.find('{', at);
  const std::size_t end = body == text.npos ? body : text.find("\n}", body);
  if (end == text.npos) return false;
  bool prints = false;
  for (std::size_t from = body + 1; from < end;) {
    const std::size_t past = std::min(text.find('\n', from), end);
    std::string_view each = text.substr(from, past - from);
    from = past + 1;
    each.remove_prefix(std::min(each.find_first_not_of(" \t"), each.size()));
    if (each.empty() || each.starts_with('#') || each.starts_with("local ")) continue;
    for (const std::string_view to : {">&2 ", "1>&2 "}) {
      if (each.starts_with(to)) each.remove_prefix(to.size());
    }
    if (!each.starts_with("echo ") && !each.starts_with("printf ")) return false;
    prints = true;
  }
  return prints;
}

// `status=$(docker exec -it …)` whose value is only shown, or searched: a carriage return at its
// end makes no difference.
bool is_only_shown(const Step& step) {
  if (step.out.kind != StreamKind::kCaptured) return false;
  const std::string_view text = step.span.file->bytes();
  std::size_t at = text.rfind("$(", step.span.begin);
  if (at == std::string_view::npos) return false;
  if (at > 0 && text[at - 1] == '"') --at;
  if (at == 0 || text[--at] != '=') return false;
  const std::size_t end = at;
  while (at > 0 && is_part_of_a_name(text[at - 1])) --at;
  const std::string_view name = text.substr(at, end - at);
  if (name.empty()) return false;
  bool used = false;
  for (std::size_t use = text.find(name); use != std::string_view::npos;
       use = text.find(name, use + 1)) {
    const std::size_t behind = use + name.size();
    if (behind < text.size() && is_part_of_a_name(text[behind])) continue;
    const bool expands = use > 0 && (text[use - 1] == '$' || text[use - 1] == '{');
    if (!expands) continue;
    const std::size_t begin = text.rfind('\n', use) + 1;  // npos + 1 is 0
    const std::string_view line = text.substr(begin, text.find('\n', use) - begin);
    const bool shown = line.find("echo ") != std::string_view::npos ||
                       line.find("printf ") != std::string_view::npos ||
                       line.find("grep ") != std::string_view::npos || calls_a_printer(line, text);
    if (!shown) return false;
    used = true;
  }
  return used;
}

std::string what_becomes(const Step& step, bool interactive) {
  if (is_fed(step) && interactive) return "stops with \"the input device is not a TTY\"";
  if (is_a_compared_release(step.out)) return "";
  const std::string from_cron = interactive ? "; from cron it stops altogether" : "";
  switch (step.out.kind) {
    case StreamKind::kFile: {
      const Argument& file = step.out.target;
      const bool named = file.known() && !file.text.empty();
      return "writes CRLF line ends and the error messages into " +
             (named ? quoted(file.text) : std::string("the file")) + from_cron;
    }
    case StreamKind::kPipe:
      return "writes CRLF line ends and the error messages into the pipe" + from_cron;
    case StreamKind::kCaptured: return "gives a value that ends in a carriage return" + from_cron;
    case StreamKind::kInherited:
    case StreamKind::kNull:
    case StreamKind::kHere: return "";
  }
  return "";
}

// `gpg --export > keys.gpg`, `report > today.csv`: a program reads it, and minds.
bool is_read_by_programs(const Step& step) {
  static constexpr std::array<std::string_view, 17> kEndings = {
      ".bin", ".bz2", ".crt", ".csv", ".gpg", ".gz",  ".json", ".key", ".pem",
      ".sql", ".tar", ".tgz", ".xml", ".xz",  ".zip", ".zst",  ".asc"};
  const std::string_view file = step.out.target.text;
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return file.ends_with(ending); });
}

// `docker … -it` whose input is handed over by the script.
bool stops_for_a_terminal(const Step& step) {
  return is_fed(step) && step.docker->has("--interactive");
}

}  // namespace

std::string harm_of_terminal(const Step& step, const Timeline* timeline) {
  if (step.docker->has("--detach")) return {};
  const bool kept = step.effect == Effect::kDumps || step.effect == Effect::kExports;
  // A file is read by people as well, and they do not mind: of a dump it is known.
  if (!stops_for_a_terminal(step) && !kept && step.out.kind == StreamKind::kFile &&
      !is_read_by_programs(step)) {
    return {};
  }
  if (!stops_for_a_terminal(step) && !kept) {
    if (step.effect == Effect::kShell || next_does_not_mind(step, timeline)) return {};
    if (is_only_shown(step)) return {};
  }
  return what_becomes(step, step.docker->has("--interactive"));
}

std::optional<Related> stream_of_terminal(const Step& step) {
  const bool stops = stops_for_a_terminal(step);
  const Span place = stops ? step.in.span : step.out.span;
  if (!place) return std::nullopt;
  return Related{place, stops ? "its input comes from here" : "its output goes here"};
}

std::optional<Fix> without_terminal(const OptionUse& use) {
  const std::string_view text = use.span.text();
  if (text == "-it" || text == "-ti") {
    return Fix{"Leave -t out", FixSafety::kSafe, {{use.span, "-i"}}};
  }
  if (text != "-t" && text != "--tty") return std::nullopt;
  const std::string_view bytes = use.span.file->bytes();
  const std::uint32_t end = use.span.end;
  if (end >= bytes.size() || bytes[end] != ' ') return std::nullopt;
  return Fix{"Leave -t out", FixSafety::kSafe, {{{use.span.file, use.span.begin, end + 1}, ""}}};
}

}  // namespace composelint
