#include "analyzer/signs/steps/switched_off.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/signs/data/destructive_recipe.h"

namespace composelint {

bool is_switched_off(const Span& condition) {
  constexpr std::string_view kLetters =
      "_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const std::string_view test = condition.text();
  const std::size_t dollar = test.find('$');
  if (dollar == test.npos || test.find("! ") != test.npos) return false;
  std::string_view name = test.substr(dollar + 1);
  if (name.starts_with('{')) name.remove_prefix(1);
  name = name.substr(0, name.find_first_not_of(kLetters));
  if (name.empty()) return false;
  const SourceFile& file = *condition.file;
  for (const std::string_view off : {"=false", "=0", "=no"}) {
    const std::string sets = std::string(name) + std::string(off);
    const std::size_t set = file.bytes().find(sets);
    if (set == std::string_view::npos) continue;
    const std::uint32_t line = file.line_of(static_cast<std::uint32_t>(set));
    const std::string_view own = file.line_text(line);
    const std::string_view front = own.substr(0, set - file.line_begin(line));
    const std::string_view above = line > 1 ? file.line_text(line - 1) : std::string_view();
    const auto chooses = [](std::string_view text) {
      return text.find("--") != text.npos && composelint::says_destruction(text);
    };
    if (chooses(front) || (chooses(above) && above.find(";;") == above.npos)) return true;
  }
  return false;
}

}  // namespace composelint
