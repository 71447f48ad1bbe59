// How a command line is written: options with their arity, and what operands follow. The tables of
// Compose, of docker and of the wrappers speak in these nouns.
#pragma once

#include <span>
#include <string_view>

namespace composelint::knowledge {

enum class Arity {
  kFlag,           // stands alone; --flag=false is accepted
  kValue,          // --name value, --name=value, -n value, -nvalue
  kOptionalValue,  // only attached: --name, --name=value
};

struct OptionSpec {
  std::string_view name;       // as written: "--rm"; empty: it has a short form only
  std::string_view canonical;  // what rules call it: "--no-tty" for each spelling of -T
  Arity arity = Arity::kFlag;
  char short_name = 0;   // 'T' for -T; 0: none
  bool v1_only = false;  // docker-compose 1.29.2 takes it, the plugin does not
  bool hidden = false;   // accepted, and left out of --help
};

// By the long name with its dashes, as far as '='; null: no such option.
[[nodiscard]] const OptionSpec* find_option(std::span<const OptionSpec> options,
                                            std::string_view name);
[[nodiscard]] const OptionSpec* find_option(std::span<const OptionSpec> options, char short_name);

// Long names only.
[[nodiscard]] std::string_view nearest_option(std::span<const OptionSpec> options,
                                              std::string_view name);

// One word read as options. `-itd` is several options in one word.
struct ReadOption {
  const OptionSpec* spec = nullptr;  // null: no option of the table; `unknown` names it
  std::string_view unknown;          // "--foo", or "-x" for a letter within a cluster
  std::string_view value;            // attached, as known text
  bool attached = false;             // a value is attached, maybe an empty one
  bool takes_next = false;           // the value is the next word
};

// Reads the first option of `text` ("-it", "--rm", "--env=A=1"), or of what is left of a cluster:
// start with `at` 0 and call again while `at` is not npos. A word that does not begin with '-', "-"
// and "--" are no options; do not pass them.
[[nodiscard]] ReadOption read_option(std::span<const OptionSpec> options, std::string_view text,
                                     std::size_t& at);

}  // namespace composelint::knowledge
