// Shell inside of YAML: scalars as text whose every byte is known by its place in the file, with
// the expressions that the host fills in.
#pragma once

#include <composelint/source.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/shell/parser.h"
#include "analyzer/shell/value.h"
#include "analyzer/yaml/document.h"

namespace composelint::hosts {

// A script's text in the making: pieces are added in the order of the text, all of one file.
class HostText {
 public:
  // Text that stands in the file as it is.
  void add_exact(std::string_view text, const SourceFile& file, std::uint32_t begin);
  // Text that comes from `place` as a whole: an escape, a folded line end, a value filled in.
  void add_whole(std::string_view text, Span place);
  // What the host fills in at `place`; `name` is for messages: "inputs.tag".
  void add_foreign(std::string_view name, Span place);
  // Bytes [begin, end) of another text of the same file, with what is foreign in them.
  void add_part(const HostText& other, std::size_t begin, std::size_t end);
  void add(const HostText& other) { add_part(other, 0, other.text_.size()); }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const SourceFile* file() const { return file_; }
  [[nodiscard]] bool has_foreign() const { return !foreign_.empty(); }
  // Where [begin, end) of the text stands.
  [[nodiscard]] Span place(std::size_t begin, std::size_t end) const;
  // The text when the host fills in nothing.
  [[nodiscard]] std::optional<std::string> known() const;

  [[nodiscard]] shell::ScriptText script(Dialect dialect = Dialect::kBash) const;
  // For the environment of a shell: what is foreign becomes a hole.
  [[nodiscard]] shell::Value value() const;

 private:
  struct Run {
    std::size_t at = 0;  // offset in the text
    std::size_t size = 0;
    std::uint32_t file_begin = 0;
    std::uint32_t file_size = 0;
    bool exact = false;
    bool foreign = false;
  };
  [[nodiscard]] std::size_t run_at(std::size_t offset) const;

  const SourceFile* file_ = nullptr;
  std::string text_;
  std::vector<Run> runs_;  // they cover the text
  std::vector<shell::ForeignRange> foreign_;
};

// A scalar of any style, or the one that an alias stands for; empty for what is no scalar.
[[nodiscard]] HostText scalar_text(const yaml::Node& node);

// How a host marks what it fills in.
struct ExpressionSyntax {
  std::string_view open;
  std::string_view close;
  // Whether this is one, by what stands in it, trimmed; null: all are. `<<` may as well be a
  // here-document.
  bool (*accepts)(std::string_view name) = nullptr;
  std::string_view escape = {};  // written for a literal `open`
};

inline constexpr ExpressionSyntax kGithubExpression = {"${{", "}}"};  // GitHub, Azure
inline constexpr ExpressionSyntax kJinjaExpression = {"{{", "}}"};    // Ansible, Taskfile

// The value of an expression, by what stands in it, trimmed: "matrix.service". Nothing: unknown.
using Substitute = std::function<std::optional<std::string>(std::string_view name)>;

// The text with known values put in the place of expressions; the others become foreign. A null
// `substitute` knows none.
[[nodiscard]] HostText fill_in(const HostText& text, const ExpressionSyntax& syntax,
                               const Substitute& substitute = {});

}  // namespace composelint::hosts
