// Binding published ports to the host itself.
#pragma once

#include <composelint/attributes.h>
#include <composelint/fix.h>
#include <composelint/published_port.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

namespace detail {

// `"5432:5432"`, `- 0.0.0.0:5432:5432`, `- "5432"`.
[[nodiscard]] inline std::optional<Edit> bind_short(const Span& span) {
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

// `{target: 80, published: 80}` in braces or on lines of its own.
[[nodiscard]] inline std::optional<Edit> bind_long(const Value& entry) {
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

}  // namespace detail

// Others may use it, too: it came by an alias, a merge key or `extends`.
[[nodiscard]] inline bool is_taken_over(const Value& value) {
  for (const Trail* trail = value.trail; trail != nullptr; trail = trail->before) {
    const OriginKind kind = trail->step.kind;
    if (kind == OriginKind::kAnchor || kind == OriginKind::kExtends) return true;
  }
  return false;
}

// Binds the ports that `meant` picks out to 127.0.0.1; nothing where one of them cannot be edited.
template <typename Meant>
[[nodiscard]] std::optional<Fix> bind_to_loopback(const Service& service, const Meant& meant) {
  const Value* entries = service.attribute("ports");
  if (entries == nullptr || is_taken_over(*entries)) return std::nullopt;
  const std::vector<PublishedPort> ports = published_ports(service);
  Fix fix{"Publish on 127.0.0.1 alone", FixSafety::kUnsafe, {}};
  for (std::size_t i = 0; i < ports.size(); ++i) {
    const Value& entry = entries->items[i];
    if (!meant(ports[i])) continue;
    if (!entry.span || is_taken_over(entry)) return std::nullopt;
    const Value* target = entry.find("target");
    const bool is_short = target != nullptr && target->span == entry.span;
    const auto edit = is_short ? detail::bind_short(entry.span) : detail::bind_long(entry);
    if (!edit) return std::nullopt;
    const bool known = std::any_of(fix.edits.begin(), fix.edits.end(), [&](const Edit& other) {
      return other.span == edit->span;  // a range is written once
    });
    if (!known) fix.edits.push_back(*edit);
  }
  if (fix.edits.empty()) return std::nullopt;
  return fix;
}

}  // namespace composelint
