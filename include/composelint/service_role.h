// What a service is there for, judged by its image and its name.
#pragma once

#include <composelint/compose.h>

namespace composelint {

enum class ServiceRole {
  kUnknown,
  kDatabase,
  kCache,  // caches and brokers
  kWorker,
  kProxy,
  kOneOff,  // ends by itself: a migration, a job, a command line
  kApplication,
};

// The image tells more than the name does.
[[nodiscard]] ServiceRole role_of(const Service& service);

}  // namespace composelint
