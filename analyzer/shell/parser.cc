#include "analyzer/shell/parser.h"

#include <algorithm>
#include <string_view>

#include "analyzer/shell/argument_parts.h"
#include "analyzer/shell/grammar.h"
#include "analyzer/shell/reader.h"

namespace composelint::shell {
namespace {

// A name no program has: where a hole stands, the shell reads a word.
constexpr std::string_view kPlaceholder = "composelint_hole";

std::string shebang_of(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (!text.starts_with("#!")) return {};
  text = text.substr(2, text.substr(0, text.find('\n')).size() - 2);
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

Dialect dialect_of(std::string_view shebang, Dialect otherwise) {
  for (const std::string_view shell : {"bash", "ksh", "zsh"}) {
    if (shebang.find(shell) != std::string_view::npos) return Dialect::kBash;
  }
  const std::size_t name = shebang.find_last_of("/ ");
  for (std::string_view shell : {"sh", "dash", "ash"}) {
    if (name != std::string_view::npos && shebang.substr(name + 1) == shell) return Dialect::kSh;
    if (shebang.find("/" + std::string(shell) + " ") != std::string_view::npos) {
      return Dialect::kSh;
    }
  }
  return otherwise;
}

void add_hole(ScriptText& script, std::string name, const Span& place) {
  const auto begin = static_cast<std::uint32_t>(script.text.size());
  script.text += kPlaceholder;
  const auto end = static_cast<std::uint32_t>(script.text.size());
  script.map.add_whole(end - begin, place.begin, place.size());
  script.foreign.push_back({begin, end, std::move(name)});
}

}  // namespace

ScriptText whole_file(const SourceFile& file) {
  return {std::string(file.bytes()), text::SpanMap(file, 0), {}, Dialect::kBash};
}

ScriptText script_in(const Argument& argument) {
  ScriptText script;
  if (!argument.span) return script;
  script.map = text::SpanMap::pieces(*argument.span.file);
  for (const ArgumentPart& part : parts_of(argument)) {
    if (part.hole != nullptr) {
      add_hole(script, part.hole->name, argument.span);
      continue;
    }
    // A map leads into one file; what another one holds is where the word is used.
    const bool located = part.written.file == argument.span.file;
    const Span& place = located ? part.written : argument.span;
    if (located && part.exact)
      script.map.add(part.size, place.begin);
    else
      script.map.add_whole(part.size, place.begin, place.size());
    script.text += argument.text.substr(part.at, part.size);
  }
  return script;
}

ScriptText script_in(const HereDocument& document) {
  ScriptText script;
  if (!document.body.span) return script;
  script.map = text::SpanMap::pieces(*document.body.span.file);
  for (const WordPart& part : document.body.parts) {
    if (part.kind != WordPartKind::kLiteral) {
      const bool named = part.kind == WordPartKind::kParameter;
      add_hole(script, named ? part.parameter.name : std::string(part.span.text()), part.span);
      continue;
    }
    script.map.add(static_cast<std::uint32_t>(part.text.size()), part.span.begin, part.span.size());
    script.text += part.text;
  }
  return script;
}

Result<Script> parse_script(const ScriptText& source, const ParseLimits& limits) {
  const Span all = source.map.span(0, static_cast<std::uint32_t>(source.text.size()));
  if (source.text.size() > limits.bytes) {
    return Failure{FailureCode::kLimit, "the script is too large to be read", all};
  }
  const std::size_t nul = source.text.find('\0');
  if (nul != std::string::npos) {
    const auto at = static_cast<std::uint32_t>(nul);
    return Failure{FailureCode::kUnreadable, "the script holds NUL bytes: it is a binary file",
                   source.map.span(at, at + 1)};
  }
  Grammar grammar(limits.parse_steps, limits.depth);
  Reader reader(source, limits, grammar);
  Script script;
  script.commands = reader.read_all();
  if (reader.exhausted()) {
    return Failure{FailureCode::kLimit, "the script is nested too deep or too long to be read",
                   all};
  }
  script.file = source.map.file();
  script.span = all;
  script.shebang = shebang_of(source.text);
  script.dialect = dialect_of(script.shebang, source.dialect);
  script.comments = std::move(reader.comments());
  script.unparsed = std::move(reader.unparsed());
  std::sort(script.unparsed.begin(), script.unparsed.end(),
            [](const Span& a, const Span& b) { return a.begin < b.begin; });
  return script;
}

}  // namespace composelint::shell
