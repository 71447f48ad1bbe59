// Puts the text that a shell reads together from pieces of the file that holds it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/shell/parser.h"

namespace composelint::hosts {

class TextBuilder {
 public:
  explicit TextBuilder(const SourceFile& file) : file_(file) {
    script_.map = text::SpanMap::pieces(file);
  }

  // The bytes [begin, end) of the file as they are.
  void copy(std::uint32_t begin, std::uint32_t end);
  // Other text, which stands for [begin, end).
  void put(std::string_view text, std::uint32_t begin, std::uint32_t end);
  // The host fills in something for [begin, end).
  void fill_in(std::string_view name, std::uint32_t begin, std::uint32_t end);

  [[nodiscard]] const SourceFile& file() const { return file_; }
  [[nodiscard]] bool empty() const { return script_.text.empty(); }
  [[nodiscard]] std::string_view text() const { return script_.text; }
  [[nodiscard]] shell::ScriptText finish(Dialect dialect = Dialect::kSh);

 private:
  const SourceFile& file_;
  shell::ScriptText script_;
};

// Words that go to a program as they are, without a shell: written so that a shell would see just
// these words.
class WordWriter {
 public:
  explicit WordWriter(TextBuilder& out) : out_(out) {}

  void copy(std::uint32_t begin, std::uint32_t end);
  void put(std::string_view text, std::uint32_t begin, std::uint32_t end);
  void fill_in(std::string_view name, std::uint32_t begin, std::uint32_t end);
  // A variable that whoever starts the program puts in. `alone`: it may become several words.
  void parameter(std::string_view name, bool alone, std::uint32_t begin, std::uint32_t end);
  // Ends the word, which may be empty. [begin, end) is all of it.
  void end_word(std::uint32_t begin, std::uint32_t end);

 private:
  enum class Kind { kCopy, kPut, kFillIn, kParameter, kParameterAlone };
  struct Fragment {
    Kind kind;
    std::string text;
    std::uint32_t begin;
    std::uint32_t end;
  };
  void write_quoted(const Fragment& fragment, bool& open);

  TextBuilder& out_;
  std::vector<Fragment> fragments_;
};

}  // namespace composelint::hosts
