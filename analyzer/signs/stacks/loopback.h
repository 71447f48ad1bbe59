// Binding published ports to the host itself.
#pragma once

#include <composelint/compose.h>
#include <composelint/fix.h>
#include <composelint/source.h>
#include <composelint/value.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "analyzer/signs/stacks/published_port.h"

namespace composelint {

// `"5432:5432"`, `- 0.0.0.0:5432:5432`, `- "5432"`.
[[nodiscard]] std::optional<Edit> bind_short(const Span& span);

// `{target: 80, published: 80}` in braces or on lines of its own.
[[nodiscard]] std::optional<Edit> bind_long(const Value& entry);

// Others may use it, too: it came by an alias, a merge key or `extends`.
[[nodiscard]] bool is_taken_over(const Value& value);

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
    const auto edit = is_short ? bind_short(entry.span) : bind_long(entry);
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
