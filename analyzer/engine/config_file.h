// One file of configuration, before what it extends is put behind it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/config.h"

namespace composelint::engine {

struct ConfigFile {
  // A rule as the file names it: whether there is one can be told only of the whole chain.
  struct Named {
    std::string slug;
    Span span;
  };

  Config config;  // its vocabulary stands in `rows`
  std::vector<knowledge::Vocabulary::Row> rows;
  std::vector<Named> named;
  std::string extends;  // as written; empty: nothing
  Span extends_span;
  std::vector<Notification> problems;
};

// `told_as` is what a context is said to come from: "configuration".
[[nodiscard]] ConfigFile read_config_file(const SourceFile& file, const std::string& path,
                                          std::string_view told_as);

}  // namespace composelint::engine
