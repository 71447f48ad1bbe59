#include "analyzer/signs/words/allowed_there.h"

#include <cstdint>
#include <string_view>

#include "analyzer/signs/words/accepted.h"

namespace composelint {

namespace {

bool allows(std::string_view text, std::string_view how, std::string_view rule) {
  for (std::size_t at = text.find(how); at != text.npos; at = text.find(how, at + 1)) {
    const std::string_view rest = text.substr(at + how.size());
    const std::string_view list = rest.substr(0, rest.find('\n'));
    if (list.substr(0, list.find(" --")).find(rule) != list.npos) return true;
  }
  return false;
}

}  // namespace

bool is_allowed_there(Span place, std::string_view rule) {
  // Most files have no such comment, and many places.
  if (!place || place.file->bytes().find("composelint:") == std::string_view::npos) return false;
  return allows(said_above(place), "composelint: allow ", rule) ||
         allows(place.file->bytes(), "composelint: allow-file ", rule) ||
         // Where its block ends is not looked at.
         allows(place.file->bytes().substr(0, place.begin), "composelint: allow-block ", rule);
}

}  // namespace composelint
