// Text of a shell put together from ranges of the file that holds it.
#pragma once

#include <cstdint>
#include <string_view>

#include "analyzer/hosts/yaml_text.h"

namespace composelint::hosts {

class TextBuilder {
 public:
  explicit TextBuilder(const SourceFile& file) : file_(file) {}

  // The bytes [begin, end) of the file as they are.
  void copy(std::uint32_t begin, std::uint32_t end);
  // Other text, which stands for [begin, end).
  void put(std::string_view text, std::uint32_t begin, std::uint32_t end);
  // The host fills in something for [begin, end).
  void fill_in(std::string_view name, std::uint32_t begin, std::uint32_t end);

  [[nodiscard]] const SourceFile& file() const { return file_; }
  [[nodiscard]] const HostText& text() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.text().empty(); }
  [[nodiscard]] shell::ScriptText script(Dialect dialect = Dialect::kSh) const {
    return text_.script(dialect);
  }

 private:
  const SourceFile& file_;
  HostText text_;
};

}  // namespace composelint::hosts
