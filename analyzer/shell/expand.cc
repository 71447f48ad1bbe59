#include "analyzer/shell/expand.h"

#include <algorithm>
#include <string_view>

#include "analyzer/shell/argument_parts.h"
#include "analyzer/shell/expander.h"

namespace composelint::shell {
namespace {

// Calls run(expander, notes) once for each combination of values.
template <typename Run>
void each_combination(const Scope& scope, const ExpansionContext& context, Run run) {
  Choices choices;
  for (std::size_t count = 1;; ++count) {
    Expansion notes;
    Expander expander(scope, context, choices, notes);
    run(expander, notes);
    if (!choices.next()) return;
    if (count + 1 < kMaxExpansions) continue;
    // Too many: the last entry stands for all that are left.
    Choices rest;
    rest.give_up();
    Expansion last;
    Expander holes(scope, context, rest, last);
    run(holes, last);
    return;
  }
}

bool is_plain(const Word& word) {
  return std::all_of(word.parts.begin(), word.parts.end(), [](const WordPart& part) {
    return part.kind == WordPartKind::kLiteral || part.kind == WordPartKind::kGlob;
  });
}

// One place for all of it, where there is one.
Span written_place(const std::vector<WrittenRun>& runs, std::size_t size) {
  if (runs.empty() || runs.front().at != 0) return {};
  Span place = runs.front().span;
  std::uint32_t end = runs.front().size;
  if (place.size() != end) return runs.size() == 1 && end == size ? place : Span{};
  for (std::size_t i = 1; i < runs.size(); ++i) {
    const WrittenRun& run = runs[i];
    const bool follows = run.span.file == place.file && run.span.begin == place.end &&
                         run.at == end && run.span.size() == run.size;
    if (!follows) return {};
    place.end = run.span.end;
    end += run.size;
  }
  return end == size ? place : Span{};
}

Argument to_argument(const Word& word, const Text& text) {
  Argument argument;
  argument.span = word.span;
  for (const Piece& piece : text) {
    const auto at = static_cast<std::uint32_t>(argument.text.size());
    argument.quoted = argument.quoted || piece.quoted;
    argument.splits = argument.splits || piece.splits;
    if (piece.hole) {
      argument.holes.push_back({at, piece.text});
      continue;
    }
    argument.text += piece.text;
    if (!piece.written) continue;
    argument.runs.push_back({at, static_cast<std::uint32_t>(piece.text.size()), piece.written});
  }
  if (is_plain(word)) {
    argument.written = word.span;
    argument.quoted = std::any_of(word.parts.begin(), word.parts.end(),
                                  [](const WordPart& part) { return part.quoted; });
  } else if (argument.holes.empty()) {
    argument.written = written_place(argument.runs, argument.text.size());
  }
  return argument;
}

Text element_text(const Argument& argument) {
  Text text = to_text(argument);
  // [key]=value: the value.
  const std::size_t equals = argument.text.find("]=");
  if (!argument.text.starts_with('[') || equals == std::string::npos) return text;
  return slice(text, equals + 2, argument.text.size());
}

// Flags of the word it was written in say nothing about where the value is used.
Text as_value(Text text) {
  for (Piece& piece : text) piece.splits = false;
  return text;
}

void assign_part_defaults(const Word& word, Scope& scope, const ExpansionContext& context) {
  for (const WordPart& part : word.parts) {
    const ParameterExpansion& parameter = part.parameter;
    if (part.kind != WordPartKind::kParameter || parameter.argument == nullptr) continue;
    assign_part_defaults(*parameter.argument, scope, context);
    if (parameter.op != ":=" && parameter.op != "=") continue;
    Word one;
    one.span = part.span;
    one.parts.push_back(part);
    std::vector<Value> values;
    for (Text& text : expand_text(one, scope, context)) {
      values.push_back(Value::scalar(as_value(std::move(text)), part.span));
    }
    scope.set(parameter.name, std::move(values));
  }
}

// `DB="${arg#*=}"`, `DB="$2"`, `DB=$OPTARG`: of a loop over options. Each variable takes something
// else from there, so from here on the unknown goes by its own name.
bool takes_from_a_list(const Word& word) {
  static constexpr std::string_view kTransforms = "#%/^,:";
  if (word.parts.size() != 1 || word.parts[0].kind != WordPartKind::kParameter) return false;
  const ParameterExpansion& from = word.parts[0].parameter;
  if (from.length || from.indirect || !from.subscript.empty()) return false;
  if (from.op.empty()) {
    return from.name == "OPTARG" || from.name.find_first_not_of("0123456789") == std::string::npos;
  }
  const bool alternative = from.op.find_first_of("-=+?") != std::string::npos;
  return !alternative && kTransforms.find(from.op[0]) != std::string_view::npos;
}

}  // namespace

std::vector<Expansion> expand(const std::vector<Word>& words, const Scope& scope,
                              const ExpansionContext& context) {
  std::vector<Expansion> all;
  each_combination(scope, context, [&](Expander& expander, Expansion& notes) {
    notes.arguments.reserve(words.size());
    for (const Word& word : words) {
      for (const Text& field : expander.fields(word)) {
        notes.arguments.push_back(to_argument(word, field));
      }
    }
    all.push_back(std::move(notes));
  });
  return all;
}

std::vector<Text> expand_text(const Word& word, const Scope& scope,
                              const ExpansionContext& context) {
  std::vector<Text> all;
  each_combination(scope, context, [&](Expander& expander, Expansion&) {
    Text text = expander.text(word);
    if (std::find(all.begin(), all.end(), text) == all.end()) all.push_back(std::move(text));
  });
  return all;
}

std::vector<Argument> expand_argument(const Word& word, const Scope& scope,
                                      const ExpansionContext& context) {
  std::vector<Argument> all;
  for (const Text& text : expand_text(word, scope, context)) {
    all.push_back(to_argument(word, text));
  }
  return all;
}

void assign(const Assignment& assignment, Scope& scope, const ExpansionContext& context) {
  std::vector<Value> values;
  const bool renames = takes_from_a_list(assignment.value);
  if (assignment.array) {
    for (const Expansion& expansion : expand(assignment.elements, scope, context)) {
      std::vector<Text> elements;
      for (const Argument& argument : expansion.arguments) {
        elements.push_back(element_text(argument));
      }
      values.push_back(Value::list(std::move(elements), assignment.span));
    }
  } else {
    for (Text& text : expand_text(assignment.value, scope, context)) {
      const bool unknown_part = renames && text.size() == 1 && text[0].hole;
      if (unknown_part && text[0].text == assignment.value.parts[0].parameter.name) {
        text[0].text = assignment.name;
      }
      values.push_back(Value::scalar(as_value(std::move(text)), assignment.span));
    }
  }
  if (!assignment.subscript.empty()) {
    const bool sure = values.size() == 1 && values[0].elements.size() == 1 && !assignment.append;
    Text text = sure ? values[0].elements[0] : unknown(assignment.name, assignment.span);
    scope.set_element(assignment.name, assignment.subscript, std::move(text), assignment.span);
  } else if (assignment.append) {
    scope.append(assignment.name, values);
  } else {
    scope.set(assignment.name, std::move(values));
  }
}

void assign_defaults(const std::vector<Word>& words, Scope& scope,
                     const ExpansionContext& context) {
  for (const Word& word : words) assign_part_defaults(word, scope, context);
}

Text to_text(const Argument& argument) {
  Text text;
  for (const ArgumentPart& part : parts_of(argument)) {
    Piece piece;
    if (part.hole != nullptr) {
      piece = std::move(unknown(part.hole->name, argument.span)[0]);
      piece.splits = argument.splits;
    } else {
      piece.text = argument.text.substr(part.at, part.size);
      piece.quoted = argument.quoted;
      piece.written = part.written;
      piece.exact = part.exact;
    }
    text.push_back(std::move(piece));
  }
  return text;
}

}  // namespace composelint::shell
