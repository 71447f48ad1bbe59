// What other files of a workspace say of a service that gets the socket of an engine.
#pragma once

#include <composelint/rule.h>

#include "analyzer/signs/stacks/socket_user.h"

namespace composelint {

struct SocketElsewhere {
  // What the image is for, where the file has none and is laid over one that has.
  Purpose purpose = Purpose::kOther;
  bool reached = false;  // from outside, in one of those
  // A page starts the same image with the socket by `docker run`: its makers ask for it.
  bool documented = false;
};

[[nodiscard]] SocketElsewhere socket_elsewhere(const WorkspaceFacts& facts, const Service& service);

}  // namespace composelint
