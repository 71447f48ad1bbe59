#include "analyzer/signs/reports/written_nodes.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace composelint {

bool has_anchor(const Span& value) {
  std::string_view before = value.file->bytes().substr(0, value.begin);
  const std::size_t end = before.find_last_not_of(" \t");
  if (end == before.npos || end + 1 == before.size()) return false;
  before = before.substr(0, end + 1);
  const std::size_t blank = before.find_last_of(" \t\n");
  if (blank == before.npos || blank + 1 >= before.size()) return false;
  return before[blank + 1] == '&' || before[blank + 1] == '!';
}

std::optional<Span> lines_of(Span entry) {
  if (!entry) return std::nullopt;
  const std::string_view text = entry.file->bytes();
  const std::size_t before = text.rfind('\n', entry.begin == 0 ? 0 : entry.begin - 1);
  const std::size_t begin = entry.begin == 0 || before == std::string_view::npos ? 0 : before + 1;
  std::string_view head = text.substr(begin, entry.begin - begin);
  head.remove_prefix(std::min(head.find_first_not_of(" \t"), head.size()));
  const bool dash = head.starts_with('-') && head.find_first_not_of(" \t", 1) == head.npos;
  if (!head.empty() && !dash) return std::nullopt;
  const std::size_t end = std::min(text.find('\n', entry.end), text.size());
  const std::string_view tail = text.substr(entry.end, end - entry.end);
  if (tail.find_first_not_of(" \t\r") != tail.npos) return std::nullopt;
  return Span{entry.file, static_cast<std::uint32_t>(begin),
              static_cast<std::uint32_t>(std::min(end + 1, text.size()))};
}

}  // namespace composelint
