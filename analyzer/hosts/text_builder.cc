#include "analyzer/hosts/text_builder.h"

namespace composelint::hosts {

void TextBuilder::copy(std::uint32_t begin, std::uint32_t end) {
  if (begin < end) text_.add_exact(file_.bytes().substr(begin, end - begin), file_, begin);
}

void TextBuilder::put(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  text_.add_whole(text, {&file_, begin, end});
}

void TextBuilder::fill_in(std::string_view name, std::uint32_t begin, std::uint32_t end) {
  text_.add_foreign(name, {&file_, begin, end});
}

}  // namespace composelint::hosts
