#include "analyzer/knowledge/command_line.h"

#include <composelint/nearest.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace composelint::knowledge {
namespace {

ReadOption read_long(std::span<const OptionSpec> options, std::string_view text) {
  ReadOption out;
  const std::size_t equals = text.find('=');
  const std::string_view name = text.substr(0, equals);
  out.spec = find_option(options, name);
  out.attached = equals != std::string_view::npos;
  if (out.attached) out.value = text.substr(equals + 1);
  if (out.spec == nullptr) {
    out.unknown = name;
  } else {
    out.takes_next = out.spec->arity == Arity::kValue && !out.attached;
  }
  return out;
}

ReadOption read_short(std::span<const OptionSpec> options, std::string_view text, std::size_t& at) {
  ReadOption out;
  const std::size_t here = at == 0 ? 1 : at;
  at = std::string_view::npos;
  out.spec = find_option(options, text[here]);
  if (out.spec == nullptr) {
    out.unknown = text.substr(here, 1);
    return out;
  }
  const std::string_view rest = text.substr(here + 1);
  if (rest.starts_with('=')) {
    out.attached = true;
    out.value = rest.substr(1);
  } else if (out.spec->arity == Arity::kFlag) {
    if (!rest.empty()) at = here + 1;
  } else if (!rest.empty()) {
    out.attached = true;
    out.value = rest;
  } else {
    out.takes_next = out.spec->arity == Arity::kValue;
  }
  return out;
}

}  // namespace

const OptionSpec* find_option(std::span<const OptionSpec> options, std::string_view name) {
  name = name.substr(0, name.find('='));
  const auto found = std::find_if(options.begin(), options.end(),
                                  [name](const OptionSpec& option) { return option.name == name; });
  return found == options.end() ? nullptr : &*found;
}

const OptionSpec* find_option(std::span<const OptionSpec> options, char short_name) {
  const auto found =
      std::find_if(options.begin(), options.end(), [short_name](const OptionSpec& option) {
        return option.short_name == short_name && short_name != 0;
      });
  return found == options.end() ? nullptr : &*found;
}

std::string_view nearest_option(std::span<const OptionSpec> options, std::string_view name) {
  name = name.substr(0, name.find('='));
  std::vector<std::string_view> names;
  for (const OptionSpec& option : options) {
    if (!option.v1_only && !option.hidden) names.push_back(option.name);
  }
  return nearest(name, names);
}

ReadOption read_option(std::span<const OptionSpec> options, std::string_view text,
                       std::size_t& at) {
  if (at == 0 && text.starts_with("--")) {
    at = std::string_view::npos;
    return read_long(options, text);
  }
  return read_short(options, text, at);
}

}  // namespace composelint::knowledge
