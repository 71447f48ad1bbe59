#include "analyzer/calls/command_line.h"

#include <algorithm>
#include <string>
#include <utility>

#include "analyzer/calls/option_reader.h"
#include "analyzer/calls/refusal.h"
#include "analyzer/knowledge/compose_cli.h"

namespace composelint::calls {

namespace {

Span program_span(std::span<const Argument> argv, std::size_t after) {
  Span span = argv.front().place();
  for (std::size_t i = 1; i < after && i < argv.size(); ++i) span = join(span, argv[i].place());
  return span;
}

// `run` of `docker compose run`, of `task run` that calls a function, of DC="docker compose run";
// not of V=run, where a second word would be a command of its own.
bool editable(const Argument& word, const ComposeInvocation& call) {
  if (!word.written) return false;
  if (word.written == word.span) return true;
  const std::string_view source = word.span.text();
  if (source.find('@') != std::string_view::npos || source.find('*') != std::string_view::npos) {
    return word.written.text() == word.text;
  }
  const Span program = call.program_span;
  if (program.file != word.written.file || program.end > word.written.begin) return false;
  const std::string_view between =
      program.file->bytes().substr(program.end, word.written.begin - program.end);
  return between.find_first_of("\n;\"'") == std::string_view::npos && between.ends_with(' ');
}

// The part of an operand before `end`: `web` of `web=3`, `db` of `db:/var/lib`.
std::optional<Argument> name_before(const Argument& operand, char end) {
  const std::size_t at = operand.text.find(end);
  if (at == std::string::npos) return std::nullopt;
  Argument name = operand;
  name.text.resize(at);
  name.written = {};
  std::erase_if(name.holes, [&](const Hole& hole) { return hole.at > at; });
  return name;
}

void take_services(const knowledge::VerbSpec& verb, ComposeInvocation& call) {
  if (verb.operands == knowledge::OperandShape::kCopy) {
    for (const Argument& operand : call.operands) {
      // `./a:b` is a path; a service stands before the first colon and has no slash.
      auto name = name_before(operand, ':');
      if (name && name->text.find('/') == std::string::npos) call.services.push_back(*name);
    }
  } else if (verb.operands == knowledge::OperandShape::kServiceScales) {
    for (const Argument& operand : call.operands) {
      if (auto name = name_before(operand, '=')) call.services.push_back(*name);
    }
  } else if (verb.takes_services) {
    for (const OptionUse& use : call.options) {
      if (use.name != "--scale" || !use.value) continue;
      if (auto name = name_before(*use.value, '=')) call.services.push_back(*name);
    }
    const bool all = verb.operands == knowledge::OperandShape::kServices;
    for (const Argument& operand : call.operands) {
      call.services.push_back(operand);
      if (!all) return;
    }
  }
}

void take_operands(std::span<const Argument> argv, const knowledge::VerbSpec& verb,
                   OptionReading&& reading, ComposeInvocation& call) {
  call.operands = std::move(reading.operands);
  if (!verb.stops_at_operand) return;
  for (std::size_t i = reading.next; i < argv.size(); ++i) {
    (call.operands.empty() ? call.operands : call.inner).push_back(argv[i]);
  }
}

ComposeInvocation read_words(std::span<const Argument> argv, const ComposeStart& start,
                             Span span) {
  ComposeInvocation call;
  call.span = span;
  call.program = start.program;
  call.program_span = program_span(argv, start.after);
  call.program_literal = argv.front().written && argv.front().written == argv.front().span;
  const bool v1 = start.program == ComposeProgram::kStandalone;
  const auto globals = knowledge::global_options();

  OptionReading global = read_options(argv, start.after, globals, Operands::kStopAtFirst, v1);
  call.opaque_global = start.opaque || global.opaque;
  refuse_options(argv, global, globals, nullptr, call);
  call.global_options = std::move(global.options);
  const std::size_t at = global.next;
  if (at >= argv.size()) {
    call.opaque_options = call.opaque_global;
    refuse_missing_verb(argv, call);
    return call;
  }

  const Argument& word = argv[at];
  call.verb_span = word.place();
  call.verb_editable = editable(word, call);
  if (!word.known()) {  // `docker compose "$@"`: everything from here on is open
    call.opaque_global = call.opaque_options = true;
    return call;
  }
  call.verb = word.text;
  const knowledge::VerbSpec* verb = knowledge::find_verb(call.verb);
  if (verb == nullptr) {
    refuse_unknown_verb(word, call);
    return call;
  }

  OptionReading own =
      read_options(argv, at + 1, verb->options,
                   verb->stops_at_operand ? Operands::kStopAtFirst : Operands::kMixed, v1);
  call.opaque_options = own.opaque;
  refuse_options(argv, own, verb->options, verb, call);
  call.options = std::move(own.options);
  take_operands(argv, *verb, std::move(own), call);
  refuse_operands(*verb, call);
  take_services(*verb, call);
  return call;
}

}  // namespace

ComposeInvocation read_command_line(std::span<const Argument> argv, const ComposeStart& start,
                                    Span span) {
  ComposeInvocation call = read_words(argv, start, span);
  if (start.own) call.errors.clear();  // its own options are nobody else's business
  return call;
}

}  // namespace composelint::calls
