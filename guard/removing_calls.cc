#include "guard/removing_calls.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>

namespace composelint::guard {

namespace {

// `open my $f, '>', $x`: the word stands in the statement so far.
bool opens_in(std::string_view statement) {
  constexpr std::string_view kOpen = "open";
  const auto is_name = [&](std::size_t at) {
    return at < statement.size() &&
           (std::isalnum(static_cast<unsigned char>(statement[at])) != 0 || statement[at] == '_');
  };
  for (std::size_t at = statement.find(kOpen); at != std::string_view::npos;
       at = statement.find(kOpen, at + 1)) {
    if ((at == 0 || !is_name(at - 1)) && !is_name(at + kOpen.size())) return true;
  }
  return false;
}

// The mode of a file that is opened: `'w'`, `"wb+"`, `'r+'`; Perl has `'>'` and `'>/x'`.
bool opens_for_writing(std::string_view program, bool perl) {
  for (std::size_t at = 0; at + 1 < program.size(); ++at) {
    const char quote = program[at];
    if (quote != '\'' && quote != '"') continue;
    const std::string_view rest = program.substr(at + 1);
    if (perl && rest.starts_with('>') && !rest.starts_with(">>")) {
      constexpr std::size_t kFarthest = 200;  // else a long program is read over and over
      const std::size_t begin = at - std::min(at, kFarthest);
      const std::string_view before = program.substr(begin, at - begin);
      if (opens_in(before.substr(before.rfind(';') + 1))) return true;
    }
    const std::size_t end = std::min(rest.find_first_not_of("rwxabt+"), rest.size());
    const std::string_view mode = rest.substr(0, end);
    const bool writes = mode.starts_with('w') || mode.find('+') != std::string_view::npos;
    if (!writes || mode.size() > 3 || end == rest.size()) continue;
    // `'w:gz'`, `'w|gz'`, `'w:UTF-8'`
    if (rest[end] == quote || rest[end] == ':' || rest[end] == '|') return true;
  }
  return false;
}

}  // namespace

bool calls_remover(std::string_view program, bool perl) {
  static constexpr std::array<std::string_view, 21> kCalls = {
      "\"rm\"",      "'rm'",       "File.write",       "IO.write", "copyfile", "delete",
      "os.replace",  "remove",     "rename",           "rm -",     "rmSync",   "rm_r",
      "rmdir",       "rmtree",     "shutil.mov",       "truncate", "unlink",   "writeFile",
      "write_bytes", "write_text", "file_put_contents"};
  return opens_for_writing(program, perl) ||
         std::any_of(kCalls.begin(), kCalls.end(), [&](std::string_view call) {
           return program.find(call) != std::string_view::npos;
         });
}

}  // namespace composelint::guard
