// What Compose refuses only because one file is laid over another.
#pragma once

#include <composelint/compose.h>
#include <composelint/source.h>

#include <string>

namespace composelint {

struct AddedTo {
  const Service* service = nullptr;
  std::string fault;                  // the message without the service: the same for others
  const SourceFile* other = nullptr;  // has the value that this one is added to
};

// "services.cache.security_opt holds … twice", "services.db: target /data already mounted", where
// the two are of two files. No service: it is nothing of this kind.
[[nodiscard]] AddedTo added_to(const ProjectProblem& problem, const Project& project);

}  // namespace composelint
