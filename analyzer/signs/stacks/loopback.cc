#include "analyzer/signs/stacks/loopback.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace composelint {

std::optional<Edit> bind_short(const Span& span) {
  std::string_view text = span.text();
  std::uint32_t at = span.begin;
  if (text.starts_with('"') || text.starts_with('\'')) {
    text.remove_prefix(1);
    ++at;
  }
  for (const std::string_view all : {"0.0.0.0:", "[::]:"}) {
    if (!text.starts_with(all)) continue;
    const auto end = at + static_cast<std::uint32_t>(all.size());
    return Edit{{span.file, at, end}, all.front() == '[' ? "[::1]:" : "127.0.0.1:"};
  }
  if (text.empty() || text.find_first_of("|>&*!\n") != std::string_view::npos) return std::nullopt;
  // A colon inside of `${PORT:-80}` parts nothing.
  int braces = 0;
  int parts = 0;
  for (const char c : text) {
    braces += c == '{' ? 1 : c == '}' ? -1 : 0;
    parts += c == ':' && braces == 0 ? 1 : 0;
  }
  if (parts > 1) return std::nullopt;  // `${BIND:-0.0.0.0}:80:80` has an address
  return Edit{{span.file, at, at}, parts == 1 ? "127.0.0.1:" : "127.0.0.1::"};
}

std::optional<Edit> bind_long(const Value& entry) {
  if (const Value* address = entry.find("host_ip")) {
    const std::string_view text = address->span.text();
    if (text.find('$') != std::string_view::npos || text.empty()) return std::nullopt;
    return Edit{address->span, "127.0.0.1"};
  }
  const std::string_view text = entry.span.text();
  if (text.starts_with('{')) {
    const std::uint32_t behind = entry.span.begin + 1;
    return Edit{{entry.span.file, behind, behind}, "host_ip: 127.0.0.1, "};
  }
  const auto first = std::min_element(entry.members.begin(), entry.members.end(),
                                      [](const Member& a, const Member& b) {
                                        return !b.span || (a.span && a.span.begin < b.span.begin);
                                      });
  if (first == entry.members.end() || !first->span || first->span.file != entry.span.file) {
    return std::nullopt;
  }
  const SourceFile& file = *first->span.file;
  const std::uint32_t column = first->span.begin - file.line_begin(file.line_of(first->span.begin));
  return Edit{{&file, first->span.begin, first->span.begin},
              "host_ip: 127.0.0.1\n" + std::string(column, ' ')};
}

bool is_taken_over(const Value& value) {
  for (const Trail* trail = value.trail; trail != nullptr; trail = trail->before) {
    const OriginKind kind = trail->step.kind;
    if (kind == OriginKind::kAnchor || kind == OriginKind::kExtends) return true;
  }
  return false;
}

}  // namespace composelint
