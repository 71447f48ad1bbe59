#include "analyzer/signs/secrets/formatted_secret.h"

#include <algorithm>
#include <string_view>

#include "analyzer/signs/secrets/secret_name.h"
#include "analyzer/signs/secrets/secret_value.h"

namespace composelint {

namespace {

// Where the conversion that takes the argument of this number begins; npos: there is none.
std::size_t conversion(std::string_view format, std::size_t number) {
  for (std::size_t i = 0; i + 1 < format.size(); ++i) {
    if (format[i] != '%') continue;
    if (format[i + 1] == '%') {
      ++i;
    } else if (number-- == 0) {
      return i;
    }
  }
  return std::string_view::npos;
}

}  // namespace

std::optional<std::string> named_by_format(const std::vector<Argument>& words, std::size_t at) {
  constexpr std::size_t kFormat = 1;
  if (at <= kFormat || !words.front().is("printf") || !words[kFormat].known()) return std::nullopt;
  const Argument& value = words[at];
  if (std::none_of(value.holes.begin(), value.holes.end(), is_plain_hole)) return std::nullopt;
  const std::string_view format = words[kFormat].text;
  const std::size_t place = conversion(format, at - kFormat - 1);
  if (place == std::string_view::npos || place == 0 || format[place - 1] != '=') {
    return std::nullopt;
  }
  std::string_view name = name_before(format, place);
  // `\npassword=%s`
  const bool escaped = !name.empty() && name.data() != format.data() && name.data()[-1] == '\\';
  if (escaped) name.remove_prefix(1);
  return names_a_secret(name) ? std::optional(std::string(name)) : std::nullopt;
}

}  // namespace composelint
