#include "analyzer/calls/docker_line.h"

#include <composelint/container_word.h>

#include <string>
#include <utility>

#include "analyzer/calls/option_reader.h"
#include "analyzer/knowledge/docker_cli.h"

namespace composelint::calls {

std::optional<DockerInvocation> read_docker_line(std::span<const Argument> argv) {
  const std::optional<knowledge::DockerCall> line = knowledge::read_docker(argv);
  if (!line || line->verb.empty()) return std::nullopt;
  DockerInvocation call;
  call.verb = line->verb;
  call.verb_editable = true;
  for (std::size_t i = line->verb_at; i < line->rest; ++i) {
    const Argument& word = argv[i];
    call.verb_editable = call.verb_editable && word.written && word.written == word.span;
    call.verb_span = call.verb_span ? join(call.verb_span, word.place()) : word.place();
  }
  const bool inner = knowledge::runs_inner_command(*line);
  OptionReading reading = read_options(argv, line->rest, line->specs,
                                       inner ? Operands::kStopAtFirst : Operands::kMixed, false);
  const bool entered = call.verb == "container exec" && reading.next < argv.size() &&
                       stands_for_container(argv[reading.next]);
  call.opaque_options = (reading.opaque && !entered) || line->opaque || !reading.unknown.empty();
  call.options = std::move(reading.options);
  call.operands = std::move(reading.operands);
  for (std::size_t i = reading.next; inner && i < argv.size(); ++i) {
    (call.operands.empty() ? call.operands : call.inner).push_back(argv[i]);
  }
  return call;
}

}  // namespace composelint::calls
