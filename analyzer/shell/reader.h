// Reads the words of a script and finds where its commands stand. How the commands are grouped into
// pipelines, lists and compound commands is left to the grammar: for it the reader draws an
// outline, a text of the same length in which every simple command is one plain word.
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/shell/outline.h"
#include "analyzer/shell/parser.h"

namespace composelint::shell {

class Grammar;

class Reader {
 public:
  Reader(const ScriptText& source, const ParseLimits& limits, Grammar& grammar);

  // All of the text. Valid until a limit is reached: see failed().
  [[nodiscard]] std::vector<Command> read_all();
  [[nodiscard]] bool exhausted() const { return exhausted_; }
  [[nodiscard]] std::vector<Comment>& comments() { return comments_; }
  [[nodiscard]] std::vector<Span>& unparsed() { return unparsed_; }

 private:
  // Where a word ends and what is special in it.
  enum class Mode {
    kPlain,     // at blanks and operators
    kElement,   // of an array: newlines are blanks
    kTest,      // between [[ and ]]
    kRegex,     // behind =~: operators are text as long as parentheses match
    kBraces,    // behind an operator in ${…}: at the closing brace
    kQuoted,    // the same inside double quotes: single quotes are text
    kDouble,    // at the closing double quote
    kDocument,  // a here-document: at the end of the range
  };
  // What may come next in a command.
  enum class Expect {
    kCommand,        // a command or a reserved word
    kArguments,      // inside a simple command
    kAfterCompound,  // redirects, operators, or a reserved word
    kCaseSubject,
    kCaseIn,
    kPattern,
    kForName,
    kForIn,
    kFunctionName,
  };
  // Compound commands that are not closed yet, by what may come next in them.
  enum class Open { kParenthesis, kBrace, kCase, kIf, kThen, kLoop, kFor, kDo, kDoBrace };
  struct Opened {
    Open kind = Open::kBrace;
    std::uint32_t begin = 0;  // of the word that opened it
    std::uint32_t end = 0;
  };
  struct PendingDocument {
    std::shared_ptr<HereDocument> document;
    bool strip_tabs = false;
  };
  // Behind a simple command; what comes next decides whether the grammar must see it.
  struct Pipe {
    std::uint32_t at = 0;
    bool both = false;  // |&
  };
  // One list of commands being read: the script, or the inside of a substitution.
  struct List {
    Outline outline;
    std::vector<Opened> open;
    Expect expect = Expect::kCommand;
    bool closes = false;             // a closing parenthesis ends it
    bool joins = false;              // behind && || |: the command goes on in the next line
    bool negate = false;             // behind a `!`
    std::uint32_t pipes = 0;         // of one pipeline, in the outline
    std::optional<Pipe> pipe;        // not in the outline yet
    std::uint32_t compound_end = 0;  // in the outline, of the last compound command
  };
  // A literal part under construction.
  struct Literal {
    std::string text;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    bool quoted = false;
    bool open = false;
  };

  // read_commands.cc: one list of commands
  void read_list(List& list);
  bool read_token(List& list);
  bool read_operator(List& list);
  void read_separator(List& list);
  void read_pipe(List& list, std::string_view op);
  void keep_pipe(List& list);
  bool close_parenthesis(List& list);
  void end_line(List& list);
  void read_command_word(List& list);
  void read_simple_command(List& list);
  void read_simple_part(List& list, Command& command, SimpleCommand& simple);
  void add_simple(List& list, std::uint32_t begin, std::uint32_t end, Command command);
  [[nodiscard]] bool ends_simple_command() const;
  void read_compound_redirects(List& list);
  std::vector<Command> nested(std::uint32_t begin, bool closes);
  std::vector<Command> finish(List& list);

  // read_reserved.cc: opening and closing compound commands
  bool read_reserved(List& list, std::string_view word);
  bool read_section(List& list, std::string_view word);
  void open_compound(List& list, Open kind, std::string_view word);
  void close_compound(List& list, Open kind, std::string_view word);
  bool close_down_to(List& list, Open kind);
  void close_all(List& list);
  void close_last(List& list);
  void close_unfinished(List& list, std::initializer_list<Open> unfinished, Open finished,
                        std::string_view word);
  void go_on(List& list, Open from, Open to, std::string_view word);
  void separate_at(List& list, std::uint32_t begin);
  void stray(List& list, std::string_view word);
  [[nodiscard]] static bool inside(const List& list, Open kind) {
    return !list.open.empty() && list.open.back().kind == kind;
  }

  // read_compounds.cc: what has a syntax of its own behind its reserved word
  bool read_function(List& list);
  void read_function_name(List& list);
  void read_for_name(List& list);
  void read_for_in(List& list);
  void read_case_subject(List& list);
  void read_case_in(List& list);
  void read_patterns(List& list);
  void skip_prefix(std::string_view word);

  // the outline
  void keep(List& list, std::uint32_t begin, std::string_view text);
  void keep_word(List& list, std::string_view word);
  Token& add_token(List& list, std::uint32_t begin, std::uint32_t end);
  static void separate(List& list);
  static void set_apart(List& list);
  void pad(List& list, std::uint32_t to);

  // read_simple.cc: assignments, [[ ]], (( )), redirects
  bool read_assignment(SimpleCommand& command);
  void read_elements(Assignment& assignment);
  bool read_test(SimpleCommand& command);
  void read_arithmetic_command(SimpleCommand& command, std::uint32_t end);
  [[nodiscard]] bool starts_redirect() const;
  bool next_is_redirect();
  void read_redirect(std::vector<IoRedirect>& redirects);
  void read_document_start(IoRedirect& redirect);
  Word literal_word(std::uint32_t begin, std::uint32_t size);
  [[nodiscard]] std::string_view raw_word() const;
  [[nodiscard]] bool continues_apart(std::uint32_t at) const;

  // read_documents.cc
  void read_documents();
  void read_body(HereDocument& document, std::uint32_t begin, std::uint32_t end);
  Word quoted_body(std::uint32_t begin, std::uint32_t end);
  void read_comment();

  // read_words.cc
  Word read_word(Mode mode);
  [[nodiscard]] bool ends_word(Mode mode) const;
  void read_piece(Mode mode, Word& word, Literal& literal);
  void read_backslash(Mode mode, Word& word, Literal& literal);
  void read_single(Word& word, Literal& literal);
  void read_ansi(Word& word, Literal& literal);
  void add_written(Word& word, Literal& literal, std::uint32_t begin, std::uint32_t end,
                   bool single);
  void read_double(Word& word, Literal& literal);
  bool read_pattern(Mode mode, Word& word, Literal& literal);
  bool read_braces(Word& word, Literal& literal);
  bool read_tilde(Word& word, Literal& literal);
  bool read_foreign(Word& word, Literal& literal, bool quoted);
  void add_text(Word& word, Literal& literal, std::uint32_t begin, std::uint32_t size, bool quoted);
  void flush(Word& word, Literal& literal);
  WordPart& add_part(Word& word, Literal& literal, WordPartKind kind, std::uint32_t begin);
  void close_part(WordPart& part, std::uint32_t begin);

  // read_expansions.cc
  bool read_dollar(Mode mode, Word& word, Literal& literal);
  void read_backtick(Word& word, Literal& literal, bool quoted);
  void read_substitution(Word& word, Literal& literal, bool quoted);
  bool read_arithmetic(Word& word, Literal& literal, bool quoted);
  void read_parameter(Mode mode, Word& word, Literal& literal);
  void read_parameter_operator(Mode mode, ParameterExpansion& parameter);
  void read_process(Word& word, Literal& literal);
  std::vector<Command> unescaped(std::uint32_t begin, std::uint32_t end, bool quoted);
  std::vector<Command> commands_within(std::uint32_t begin, std::uint32_t end);
  [[nodiscard]] std::uint32_t arithmetic_end(std::uint32_t at);
  [[nodiscard]] std::uint32_t subscript_end(std::uint32_t at) const;

  [[nodiscard]] char peek(std::uint32_t ahead = 0) const {
    return at_ + ahead < end_ ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool starts(std::string_view prefix) const {
    return text_.substr(at_, end_ - at_).starts_with(prefix);
  }
  [[nodiscard]] bool at_end() const { return at_ >= end_; }
  [[nodiscard]] Span span(std::uint32_t begin, std::uint32_t end) const {
    return source_.map.span(begin, end);
  }
  [[nodiscard]] std::uint32_t line_end(std::uint32_t at) const;
  [[nodiscard]] const ForeignRange* foreign_at(std::uint32_t at) const;
  bool skip_continuation();
  void skip_blanks();
  void skip_space();  // newlines and comments too
  void lose(std::uint32_t begin, std::uint32_t end);
  bool spend(std::uint32_t begin);

  const ScriptText& source_;
  const ParseLimits& limits_;
  Grammar& grammar_;
  std::string_view text_;
  std::uint32_t at_ = 0;
  std::uint32_t end_ = 0;
  std::uint32_t depth_ = 0;
  std::uint64_t work_ = 0;
  bool exhausted_ = false;
  bool strip_tabs_ = false;
  std::vector<PendingDocument> documents_;  // whose bodies start behind the next newline
  std::vector<Comment> comments_;
  std::vector<Span> unparsed_;
};

}  // namespace composelint::shell
