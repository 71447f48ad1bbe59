// Each reader's three functions, for the table in registry.cc. One small file a host.
#pragma once

#include "analyzer/hosts/host.h"

namespace composelint::hosts {}  // namespace composelint::hosts
