// Stacks that are left to run: containers come back by themselves, names and settings are those of
// production, others reach them by a name of their own.
#pragma once

#include <composelint/compose.h>

#include <string>

namespace composelint {

// What gets certificates for it, or a name under which others reach it.
[[nodiscard]] std::string reached_by(const Service& service);

// Why a stack is left to run, in words; empty: nothing shows it.
struct ShownOperated {
  std::string why;
  bool by_restarts = false;  // that a service comes back is all there is

  [[nodiscard]] bool empty() const { return why.empty(); }
};

// Why the project is one that is left to run, by what its services are; empty: none of them shows
// it. A developer's database is started when it is needed.
[[nodiscard]] ShownOperated shown_to_be_operated(const Project& project);

// The same where what is built here comes back, which says nothing by itself: it does so on the
// machine of whoever writes it as well.
[[nodiscard]] ShownOperated shown_by_more_than_restarts(const Project& project);

}  // namespace composelint
