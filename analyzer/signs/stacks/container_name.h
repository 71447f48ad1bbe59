// Names that Compose makes up for containers: `PROJECT-SERVICE-1`, and `PROJECT_SERVICE_1` as
// docker-compose 1.x joined them.
#pragma once

#include <composelint/compose.h>

#include <optional>
#include <string_view>

namespace composelint {

struct GeneratedName {
  const Service* service = nullptr;
  std::string_view project;  // what stands before the service
  bool old = false;          // as docker-compose 1.x joins it
};

// For a service of the project that is not called otherwise; that of the longest name, where
// several fit: `x-shop-db-1` is of `shop-db` rather than of `db`.
[[nodiscard]] std::optional<GeneratedName> generated_name(std::string_view word,
                                                          const Project& project);

}  // namespace composelint
