// One way of expanding words, with one value picked for each variable that has several.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/shell/expand.h"

namespace composelint::shell {

// Walks through the combinations of values: run all words once, then next(), until it says no.
class Choices {
 public:
  // The value `variable` has in this run; null when it is unset. What is set together with one that
  // has been picked follows it.
  std::shared_ptr<const Value> pick(std::string_view name, const Variable& variable,
                                    Expansion& notes);
  // Moves on to the next combination; false behind the last.
  bool next();
  // From now on what has several values is a hole.
  void give_up() { gave_up_ = true; }

 private:
  struct Choice {
    std::string name;
    std::size_t index = 0;
    std::size_t count = 0;
    Variable variable;
  };
  std::vector<Choice> choices_;
  bool gave_up_ = false;
};

// Collects pieces into fields.
class Fields {
 public:
  Fields(bool splits, std::string separators)
      : splits_(splits), separators_(std::move(separators)) {}

  // `quoted`: empty text makes a field too, and nothing is split.
  void add(Piece piece, bool quoted);
  // An empty field if there is nothing else in it.
  void open();
  void end();
  [[nodiscard]] bool splitting() const { return splits_; }
  [[nodiscard]] std::vector<Text> take();

 private:
  void add_split(const Piece& piece);
  bool splits_;
  std::string separators_;
  std::vector<Text> done_;
  Text current_;
  bool open_ = false;
};

class Expander {
 public:
  Expander(const Scope& scope, const ExpansionContext& context, Choices& choices, Expansion& notes)
      : scope_(scope), context_(context), choices_(choices), notes_(notes) {}

  // The fields of a word, as they stand in argv.
  [[nodiscard]] std::vector<Text> fields(const Word& word);
  // No splitting, no globs.
  [[nodiscard]] Text text(const Word& word);
  // A pattern: quoted text matches itself. Nothing when it is not known.
  [[nodiscard]] std::optional<std::string> pattern(const Word& word);

 private:
  // What a parameter stands for before its operator.
  struct Found {
    std::vector<Text> elements;
    bool list = false;      // "$@", ${a[@]}: every element a field of its own
    bool joined = false;    // "$*", ${a[*]}
    bool unset = false;     // surely unset
    bool unknown = false;   // nothing in sight sets it
    bool open_end = false;  // any number of unknown elements follow
  };

  void expand_parts(const Word& word, Fields& fields, bool quoted);
  void expand_part(const WordPart& part, Fields& fields, bool quoted);
  void expand_parameter(const WordPart& part, Fields& fields, bool quoted);
  void expand_substitution(const WordPart& part, Fields& fields, bool quoted);
  void expand_arithmetic(const WordPart& part, Fields& fields, bool quoted);
  void expand_tilde(const WordPart& part, Fields& fields);
  void add_hole(std::string_view name, const Span& span, Fields& fields, bool quoted, bool list);
  void add_text(const Text& text, Fields& fields, bool quoted, bool list);
  void add_found(const Found& found, const WordPart& part, Fields& fields, bool quoted);

  // parameters.cc
  bool expand_alternative(const Found& found, const WordPart& part, Fields& fields, bool quoted);
  bool transform(Found& found, const ParameterExpansion& parameter);
  [[nodiscard]] std::optional<Text> transformed(const Text& text,
                                                const ParameterExpansion& parameter);
  [[nodiscard]] std::optional<Text> replaced(const Text& text, const ParameterExpansion& parameter);
  bool take_range(Found& found, const ParameterExpansion& parameter);
  [[nodiscard]] Found find(const ParameterExpansion& parameter);
  [[nodiscard]] Found find_named(std::string_view name, std::string_view subscript);
  [[nodiscard]] Found find_special(std::string_view name);
  [[nodiscard]] std::shared_ptr<const Value> value_of(std::string_view name, bool& unset);
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view name);
  [[nodiscard]] std::string separators() const;

  const Scope& scope_;
  const ExpansionContext& context_;
  Choices& choices_;
  Expansion& notes_;
  int depth_ = 0;
};

}  // namespace composelint::shell
