#include "analyzer/signs/images/short_age.h"

#include <cstddef>
#include <string_view>

namespace composelint {

namespace {

// Hours of `24h`, `90m`; nothing for a date or what is not known.
std::optional<double> hours_of(std::string_view text) {
  double value = 0;
  std::size_t at = 0;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
    value = value * 10 + (text[at++] - '0');
  }
  const std::string_view unit = text.substr(at);
  if (at == 0 || at > 6) return std::nullopt;
  if (unit == "h") return value;
  if (unit == "m") return value / 60;
  return unit == "s" ? std::optional(value / 3600) : std::nullopt;
}

}  // namespace

std::optional<std::string> short_age_of(const DockerInvocation& call) {
  constexpr double kFewDays = 72;
  std::optional<std::string> time;
  for (const OptionUse& use : call.options) {
    if (use.name != "--filter") continue;
    constexpr std::string_view kUntil = "until=";
    if (!use.value || !use.value->known() || !use.value->text.starts_with(kUntil)) return {};
    const std::string_view text = std::string_view(use.value->text).substr(kUntil.size());
    const auto hours = hours_of(text);
    if (!hours || *hours > kFewDays) return std::nullopt;
    time = std::string(text);
  }
  return time;
}

}  // namespace composelint
