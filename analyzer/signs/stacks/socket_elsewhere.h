// What other files of a workspace say of a service that gets the socket of an engine.
#pragma once

#include <composelint/rule.h>

#include "analyzer/signs/stacks/socket_user.h"

namespace composelint {

struct SocketElsewhere {
  // What the image is for, where the file has none and is laid over one that has; or as it is built
  // here with the engine's command line, and nobody gets to it.
  Purpose purpose = Purpose::kOther;
  bool reached = false;  // from outside, in one of those
  // A page starts the same image with the socket by `docker run`: its makers ask for it.
  bool documented = false;
  // "The deploy shell has the socket, which is root on the host", says a page.
  bool said_to_be_root = false;
};

[[nodiscard]] SocketElsewhere socket_elsewhere(const WorkspaceFacts& facts, const Service& service);

}  // namespace composelint
