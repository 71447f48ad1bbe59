// How far an output file is: bytes and time, on one line of a terminal that is taken away again.
#pragma once

#include <chrono>
#include <string>

#include "guard/surroundings.h"

namespace composelint::guard {

class Progress {
 public:
  // `descriptor` of the file; -1: there is nothing to be shown.
  Progress(int descriptor, Surroundings& around);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  // How long to the next line; an hour where there will be none.
  [[nodiscard]] std::chrono::milliseconds until_next() const;
  // Shows the line if it is its time.
  void show();
  // Before others write.
  void clear();

 private:
  int descriptor_;
  Surroundings& around_;
  std::chrono::milliseconds began_;
  std::chrono::milliseconds due_;
  bool shown_ = false;
};

// "812 bytes", "4.2 MB"
[[nodiscard]] std::string size_text(long long bytes);

}  // namespace composelint::guard
