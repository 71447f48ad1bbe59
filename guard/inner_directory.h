// Where the commands of an inner text stand.
#pragma once

#include <composelint/script_text.h>

#include <cstddef>
#include <string>
#include <vector>

namespace composelint::guard {

// `cd a || cd b`: it may be several directories.
class InnerDirectory {
 public:
  explicit InnerDirectory(std::string start) { now_.may_be.push_back(std::move(start)); }

  // The command is none, but says where a subshell, or what is done on some ways only, begins and
  // ends, or what `chroot` takes for the root.
  bool marks(const TextCommand& command);
  void go(const std::string& path);

  [[nodiscard]] std::size_t count() const { return now_.may_be.size(); }
  [[nodiscard]] const std::string& here() const { return now_.may_be.front(); }  // empty: not known
  // Of the container; empty: not known.
  [[nodiscard]] std::string resolved(const std::string& path, std::size_t which) const;

 private:
  struct Stand {
    std::vector<std::string> may_be;
    std::string root{};
  };
  Stand now_;
  std::vector<Stand> outside_;  // of the subshells that it stands in
  int ways_ = 0;                // within what is done on some ways only
};

}  // namespace composelint::guard
