// Where the containers of a command have the files of databases.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "guard/command.h"

namespace composelint::guard {

// A directory of the container in which a database has its files.
struct Place {
  std::string path;
  std::string service;
};

class Places {
 public:
  // Of the container that run or exec works in.
  explicit Places(const GuardedCommand& command);
  // Of a service by this name, for `cp`.
  Places(const GuardedCommand& command, std::string_view name);

  // The one that `path` is in, or that is in `path`. Settings and logs of the
  // server lie there as well, and are none.
  [[nodiscard]] const Place* hit(std::string_view path) const;
  // Where a variable leads that only the container knows.
  [[nodiscard]] const Place* by_variable(std::string_view text) const;
  // The data that a program takes that is told of none; null: there is none.
  [[nodiscard]] const Place* first() const { return all_.empty() ? nullptr : &all_.front(); }

 private:
  void of_service(const Service& service);
  // What a database has mounted as its data is its data wherever else it is mounted, by its name or
  // by the directory that the engine has for it.
  void of_mount(const std::string& source, const std::string& target);

  const GuardedCommand& command_;
  std::vector<Place> all_;
};

}  // namespace composelint::guard
