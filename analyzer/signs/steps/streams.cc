#include "analyzer/signs/steps/streams.h"

#include <composelint/contains.h>

#include <cstddef>
#include <string_view>

namespace composelint {

std::string_view text_between(Span left, Span right) {
  if (!left || left.file != right.file || left.end > right.begin) return ";?\n";
  return left.file->bytes().substr(left.end, right.begin - left.end);
}

Span written_command(const Step& step) {
  if (step.argv.empty()) return step.span;
  const Span last = step.argv.back().place();
  if (contains(step.span, last)) return step.span;
  for (auto call = step.called_from.rbegin(); call != step.called_from.rend(); ++call) {
    if (contains(*call, last)) return *call;
  }
  return step.span;
}

Span asked_at(const Step& step, Span run) {
  const bool inside = step.call && !step.call->inner.empty();
  const auto& words = inside ? step.call->inner : step.argv;
  const std::string_view text = step.span.text();
  const bool hands_on =
      text.find("$@") != std::string_view::npos || text.find("$*") != std::string_view::npos;
  if (words.empty() || (!hands_on && contains(step.span, words.front().place()))) return run;
  for (const Span& call : step.called_from) {
    for (const Argument& word : words) {
      if (contains(call, word.place())) return call;
    }
  }
  return run;
}

Span asked_at(const Step& step) {
  return asked_at(step, step.call ? step.call->span : step.span);
}

bool feeds_it_alone(const Step& step) {
  const Span source = step.in.span;
  const Span command = written_command(step);
  if (!source || source.file != command.file) return false;
  if (step.in.kind == StreamKind::kPipe) {
    return text_between(source, command).find_first_not_of(" \t\r\n\\|&") == std::string_view::npos;
  }
  if (command.begin <= source.begin && source.end <= command.end) return true;
  const std::string_view between = text_between(command, source);
  for (std::size_t i = 0; i < between.size(); ++i) {
    const bool duplicates = between[i] == '&' && i > 0 && between[i - 1] == '>';  // 2>&1
    if (!duplicates && std::string_view(";\n(){}|&").find(between[i]) != std::string_view::npos) {
      return false;
    }
  }
  return true;
}

bool is_fed(const Step& step) {
  const StreamKind in = step.in.kind;
  // `docker run -it … < /dev/tty` in a script that itself comes by a pipe: whoever sits there.
  if (in == StreamKind::kFile && step.in.target.is("/dev/tty")) return false;
  return in == StreamKind::kPipe || in == StreamKind::kFile || in == StreamKind::kHere;
}

bool is_fed_with_the_script(const Step& step) {
  return step.in.kind == StreamKind::kHere && step.place == Place::kRemote &&
         step.in.span.file == step.span.file && step.in.span.end <= step.span.begin;
}

}  // namespace composelint
