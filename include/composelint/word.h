// Shell words as written (POSIX 2.2, 2.6, and bash's additions): literal text, quoting and the
// expansions inside. What a word becomes at run time is asked of analyzer/shell.
#pragma once

#include <composelint/source.h>

#include <memory>
#include <string>
#include <vector>

namespace composelint {

struct Command;
struct Word;

// ${name}, ${name[subscript]}, ${name<op>argument}, ${#name}, ${!name}.
struct ParameterExpansion {
  std::string name;       // "x", "1", "@", "#", "?"
  std::string subscript;  // "@", "*", "0", "$i" as written; empty without []
  std::string op;         // ":-", "-", ":=", "=", ":?", "?", ":+", "+", "%", "%%", "#", "##", "/",
                          // "//", "^", "^^", ",", ",,", ":" (substring), "@" (transform), or empty
  std::shared_ptr<const Word> argument;  // null without one; text after `op`
  bool length = false;                   // ${#x}
  bool indirect = false;                 // ${!x}
};

enum class WordPartKind {
  kLiteral,              // text, after quote removal
  kParameter,            // parameter
  kCommandSubstitution,  // commands: $(…) and `…`
  kArithmetic,           // $((…)), text as written; commands: those substituted inside
  kProcessSubstitution,  // commands: <(…) and >(…)
  kGlob,                 // an unquoted *, ? or […] as written
  kBrace,                // an unquoted {a,b} or {1..3} as written
  kTilde,                // an unquoted leading ~ or ~user as written
  kForeign,              // a hole that the host fills: ${{ x }}, {{ x }}, $(MAKE_VARIABLE); text is
                         // what stands in it
};

struct WordPart {
  WordPartKind kind = WordPartKind::kLiteral;
  Span span;            // with the quotes that belong to this part alone
  bool quoted = false;  // in quotes or escaped: not split into fields, no glob
  bool single = false;  // in single quotes: nothing is expanded
  std::string text;
  ParameterExpansion parameter;
  std::vector<Command> commands;  // of a substitution
};

struct Word {
  Span span;
  std::vector<WordPart> parts;

  // All of it is literal text.
  [[nodiscard]] bool literal() const;
  // The literal text with expansions left out: for names, keywords and messages.
  [[nodiscard]] std::string literal_text() const;
};

}  // namespace composelint
