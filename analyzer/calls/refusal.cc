#include "analyzer/calls/refusal.h"

#include <composelint/quoted.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace composelint::calls {

namespace {

using knowledge::OptionSpec;

// An edit may be made only where the word itself is written, not where a variable is used.
bool editable(const Argument& word) {
  return word.written && word.written == word.span;
}

void add(ComposeInvocation& call, std::string message, std::string_view subject, Span span,
         std::optional<Fix> fix = std::nullopt) {
  call.errors.push_back({std::move(message), std::string(subject), span, std::move(fix)});
}

const OptionSpec* find(std::span<const OptionSpec> specs, std::string_view name) {
  return name.starts_with("--") ? knowledge::find_option(specs, name)
                                : knowledge::find_option(specs, name.size() > 1 ? name[1] : '\0');
}

// `compose up -f x.yaml`: right option, wrong place. Moved where the words are plain text.
std::optional<Fix> move_before_verb(std::span<const Argument> argv, const UnknownOption& unknown,
                                    const OptionSpec& global, const ComposeInvocation& call) {
  const Argument& word = argv[unknown.index];
  // In front of the verb it has Compose print that and end well, whatever was to be done.
  if (global.name == "--version" || global.name == "--help") return std::nullopt;
  if (!editable(word) || word.quoted || call.verb_span.file != word.span.file) return std::nullopt;
  if (call.verb_span.begin > word.span.begin) return std::nullopt;
  // `up -f x.yaml up -d`: what is meant by the second one nobody knows.
  const auto repeats = [&](const Argument& other) { return other.is(call.verb.c_str()); };
  if (std::count_if(argv.begin(), argv.end(), repeats) > 1) return std::nullopt;
  const bool whole_word = word.text == unknown.name || word.text.find('=') != std::string::npos;
  if (!whole_word) return std::nullopt;  // one letter of a cluster
  Span taken = word.span;
  const bool next = global.arity == knowledge::Arity::kValue && word.text == unknown.name;
  if (next) {
    if (unknown.index + 1 >= argv.size() || !editable(argv[unknown.index + 1])) return std::nullopt;
    taken = join(taken, argv[unknown.index + 1].span);
  }
  const std::string moved(taken.text());
  if (moved.find('\n') != std::string::npos) return std::nullopt;
  Span removed = taken;
  while (removed.begin > 0 && removed.file->bytes()[removed.begin - 1] == ' ') --removed.begin;
  const Span before{call.verb_span.file, call.verb_span.begin, call.verb_span.begin};
  return Fix{"Move " + moved + " before " + call.verb,
             FixSafety::kSafe,
             {{before, moved + " "}, {removed, ""}}};
}

void refuse_unknown_option(std::span<const Argument> argv, const UnknownOption& unknown,
                           std::span<const OptionSpec> specs, const knowledge::VerbSpec* verb,
                           ComposeInvocation& call) {
  const Span span = argv[unknown.index].place();
  // docker-compose 1.x takes `--force` for `--force-recreate` where nothing else begins so.
  const auto begins = [&](const OptionSpec& option) {
    return option.name.starts_with(unknown.name);
  };
  const bool shortened = call.program == ComposeProgram::kStandalone && unknown.name.size() > 2 &&
                         std::count_if(specs.begin(), specs.end(), begins) == 1;
  if (shortened) return;
  if (verb != nullptr) {
    if (const OptionSpec* global = find(knowledge::global_options(), unknown.name)) {
      add(call,
          quoted(unknown.name) + " belongs to `docker compose` itself: behind " +
              quoted(verb->name) + " the command line is refused",
          unknown.name, span, move_before_verb(argv, unknown, *global, call));
      return;
    }
  }
  std::string message = verb == nullptr
                            ? quoted(unknown.name) + " is no option of `docker compose` itself"
                            : quoted(unknown.name) + " is no option of " + quoted(verb->name);
  message += ": the command line is refused";
  const std::string_view near = knowledge::nearest_option(specs, unknown.name);
  if (unknown.name.starts_with("--") && !near.empty())
    message += "; did you mean " + quoted(near) + "?";
  add(call, std::move(message), unknown.name, span);
}

// "–rm" as a word processor leaves it: "--rm" where that is an option, else "-d".
void refuse_typographic_dash(const Argument& word, std::span<const OptionSpec> specs,
                             ComposeInvocation& call) {
  const std::string rest = word.text.substr(3);
  const std::string long_form = "--" + rest;
  const std::string short_form = "-" + rest;
  std::optional<Fix> fix;
  const bool is_long = knowledge::find_option(specs, std::string_view(long_form)) != nullptr;
  const bool is_short = rest.size() == 1 && knowledge::find_option(specs, rest[0]) != nullptr;
  if (editable(word) && (is_long || is_short)) {
    const std::string& meant = is_long ? long_form : short_form;
    fix = Fix{"Write " + meant, FixSafety::kSafe, {{word.span, meant}}};
  }
  add(call,
      quoted(word.text) +
          " begins with a typographic dash: it is taken as a name, not as an option",
      word.text, word.place(), std::move(fix));
}

}  // namespace

void refuse_options(std::span<const Argument> argv, const OptionReading& reading,
                    std::span<const OptionSpec> specs, const knowledge::VerbSpec* verb,
                    ComposeInvocation& call) {
  for (const UnknownOption& unknown : reading.unknown) {
    refuse_unknown_option(argv, unknown, specs, verb, call);
  }
  for (const std::size_t index : reading.typographic) {
    refuse_typographic_dash(argv[index], specs, call);
  }
  if (reading.missing_value_of) {
    const Argument& word = argv[*reading.missing_value_of];
    add(call, quoted(word.text) + " needs a value, and the command ends there", word.text,
        word.place());
  }
}

void refuse_missing_verb(std::span<const Argument> argv, ComposeInvocation& call) {
  if (call.opaque_global || !call.errors.empty()) return;
  if (call.global_option("--help") != nullptr || call.global_option("--version") != nullptr) return;
  // A wrapper that is called without words.
  if (call.span.text().find("$@") != std::string_view::npos) return;
  if (call.global_options.empty()) return;  // bare `docker compose` prints its help: a probe
  add(call, "no command follows the options: compose prints its help and does nothing", "",
      join(argv.front().span, argv.back().span));
}

void refuse_unknown_verb(const Argument& word, ComposeInvocation& call) {
  if (call.opaque_global || !call.errors.empty()) return;
  std::string message =
      quoted(word.text) + " is no command of compose: the command line is refused";
  const std::string_view near = knowledge::nearest_verb(word.text);
  std::optional<Fix> fix;
  if (!near.empty()) message += "; did you mean " + quoted(near) + "?";
  add(call, std::move(message), word.text, call.verb_span, std::move(fix));
}

void refuse_operands(const knowledge::VerbSpec& verb, ComposeInvocation& call) {
  if (call.opaque_options || !call.errors.empty() || call.has("--help")) return;
  for (const Argument& operand : call.operands) {
    if (!operand.known()) return;  // may be several words, or none
  }
  const auto count = static_cast<int>(call.operands.size() + call.inner.size());
  const std::string name = quoted(verb.name);
  if (count < verb.min_operands) {
    const char* const what = verb.operands == knowledge::OperandShape::kServiceAndCommand
                                 ? (count == 0 ? " needs a service and a command"
                                               : " needs a command behind the service")
                             : verb.takes_services ? " needs a service"
                                                   : " needs more arguments";
    add(call, name + what + ": the command line is refused", "", call.verb_span);
  } else if (verb.max_operands >= 0 && count > verb.max_operands) {
    const auto first_extra = static_cast<std::size_t>(verb.max_operands);
    if (first_extra >= call.operands.size()) return;
    const Argument& extra = call.operands[first_extra];
    add(call, name + " takes no argument " + quoted(extra.text) + ": the command line is refused",
        extra.text, extra.place());
  }
}

}  // namespace composelint::calls
