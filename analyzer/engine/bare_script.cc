#include "analyzer/engine/bare_script.h"

#include <algorithm>
#include <array>

#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

using std::string_view;

// The line without what may stand in front of a command.
string_view command_of(string_view line) {
  static constexpr std::array<string_view, 7> kBefore = {"exec ", "sudo ",  "if ",  "! ",
                                                         "then ", "while ", "time "};
  const auto trim = [&] {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  };
  trim();
  for (bool more = true; more;) {
    more = false;
    for (const string_view word : kBefore) {
      if (!line.starts_with(word)) continue;
      line.remove_prefix(word.size());
      trim();
      more = true;
    }
  }
  return line;
}

bool calls_compose(string_view line) {
  const string_view command = command_of(line);
  return command.starts_with("docker compose ") || command.starts_with("docker-compose ");
}

}  // namespace

bool may_be_bare_script(string_view path) {
  const string_view name = text::name_of(path);
  const bool lower = !name.empty() && name[0] >= 'a' && name[0] <= 'z';
  return lower && text::extension_of(path).empty();
}

bool is_bare_script(string_view head) {
  if (head.starts_with("#!") || head.find('\0') != string_view::npos) return false;
  while (!head.empty()) {
    const string_view line = head.substr(0, head.find('\n'));
    head.remove_prefix(std::min(line.size() + 1, head.size()));
    if (calls_compose(line)) return true;
  }
  return false;
}

}  // namespace composelint::engine
