// Whether a command that somebody types goes on in the next line.
#pragma once

#include <string>
#include <string_view>

namespace composelint::hosts {

// Fed with the lines of one command: open quotes, a `\`, `|` or `&&` at the end, a here-document.
class Unfinished {
 public:
  void take(std::string_view line);
  [[nodiscard]] explicit operator bool() const {
    return continued_ || quote_ != '\0' || !delimiter_.empty();
  }
  // By a `\` or an operator at the end of the line, not by a text that is open.
  [[nodiscard]] bool continued() const {
    return continued_ && quote_ == '\0' && delimiter_.empty();
  }

 private:
  void take_delimiter(std::string_view line, std::size_t at);

  bool continued_ = false;
  char quote_ = '\0';
  std::string delimiter_;
};

}  // namespace composelint::hosts
