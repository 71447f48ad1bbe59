// How the option tables are written: flag("--rm"), value("--user", 'u').
#pragma once

#include "analyzer/knowledge/command_line.h"

namespace composelint::knowledge {

constexpr OptionSpec flag(std::string_view name, char short_name = 0,
                          std::string_view canonical = {}) {
  return {name, canonical.empty() ? name : canonical, Arity::kFlag, short_name, false, false};
}

constexpr OptionSpec value(std::string_view name, char short_name = 0,
                           std::string_view canonical = {}) {
  return {name, canonical.empty() ? name : canonical, Arity::kValue, short_name, false, false};
}

constexpr OptionSpec optional_value(std::string_view name, char short_name = 0) {
  return {name, name, Arity::kOptionalValue, short_name, false, false};
}

constexpr OptionSpec hidden_flag(std::string_view name, char short_name = 0,
                                 std::string_view canonical = {}) {
  OptionSpec spec = flag(name, short_name, canonical);
  spec.hidden = true;
  return spec;
}

constexpr OptionSpec hidden_value(std::string_view name, char short_name = 0,
                                  std::string_view canonical = {}) {
  OptionSpec spec = value(name, short_name, canonical);
  spec.hidden = true;
  return spec;
}

constexpr OptionSpec old_flag(std::string_view name, char short_name = 0,
                              std::string_view canonical = {}) {
  OptionSpec spec = flag(name, short_name, canonical);
  spec.v1_only = true;
  return spec;
}

constexpr OptionSpec old_value(std::string_view name, char short_name = 0,
                               std::string_view canonical = {}) {
  OptionSpec spec = value(name, short_name, canonical);
  spec.v1_only = true;
  return spec;
}

}  // namespace composelint::knowledge
