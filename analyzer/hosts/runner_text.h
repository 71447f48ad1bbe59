// Text that a task runner puts together before a shell sees it: what is written, what variables
// stand for, holes, and places where one of several texts may stand.
#pragma once

#include <composelint/source.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/shell/parser.h"
#include "analyzer/shell/value.h"

namespace composelint::hosts {

struct Choice;

struct TextPart {
  enum class Kind { kText, kHole, kChoice };
  Kind kind = Kind::kText;
  std::string text;    // of a hole its name
  Span written;        // where it is written
  bool exact = false;  // `written` holds `text` as is
  bool code = false;   // belongs to a $(…) that the runner's own function stands for
  Span used;           // the reference through which it came; nowhere for what stands there itself
  std::shared_ptr<const Choice> choice;
};

using RunnerText = std::vector<TextPart>;

// One of several texts, depending on a condition that is not known.
struct Choice {
  std::string name;
  std::vector<RunnerText> texts;
};

[[nodiscard]] RunnerText plain_text(std::string text, Span written = {}, bool exact = false);
[[nodiscard]] RunnerText hole_text(std::string name, Span written);
void append(RunnerText& to, const RunnerText& more);
// Neither holes nor choices nor code.
[[nodiscard]] bool is_plain(const RunnerText& text);
// The known text alone.
[[nodiscard]] std::string plain(const RunnerText& text);
// Bytes of text in all parts, for bounds.
[[nodiscard]] std::size_t size_of(const RunnerText& text);
// One of `texts`; the text itself where they are all the same, a hole where there are too many.
[[nodiscard]] RunnerText choose(const std::string& name, std::vector<RunnerText> texts,
                                Span written);
// What a reference at `place` stands for, for a shell: where it is plain words, a variable with
// that value, so that words are reported where they are written and commands where they stand; else
// the text itself, standing at the reference.
[[nodiscard]] RunnerText as_variable(const std::string& name, RunnerText value, Span place);
// At line ends that no backslash escapes.
[[nodiscard]] std::vector<RunnerText> split_lines(const RunnerText& text);
// The first `count` bytes of the text off; they stand in text parts.
[[nodiscard]] RunnerText without_front(RunnerText text, std::size_t count);

// What a shell reads of `text`, which stands in `file`. Choices become variables that are set in
// front of it. `fallback` is the place of what no file holds.
[[nodiscard]] shell::ScriptText script_text(const RunnerText& text, const SourceFile& file,
                                            Span fallback, Dialect dialect);
// For the environment. A choice is a hole there.
[[nodiscard]] shell::Value environment_value(const RunnerText& text, std::string_view name);

}  // namespace composelint::hosts
