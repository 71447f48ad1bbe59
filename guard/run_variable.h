// What tells a guard that it was started from within another's run.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace composelint::guard {

// Ids of the runs that a process is a part of, the outermost first, with blanks between them. Only
// the id that the lock's holder has written down lets anybody in, so that one of a run that has
// ended means nothing; and only whom the holder has started, as anybody may have read the id.
inline constexpr std::string_view kRunVariable = "COMPOSELINT_RUN";

[[nodiscard]] std::vector<std::string> runs_in(std::string_view variable);

// The variable of this process, and so of what it starts, with one more id; as it was in the end.
class RunVariable {
 public:
  RunVariable(const std::vector<std::string>& around, const std::string& id);
  RunVariable(const RunVariable&) = delete;
  RunVariable& operator=(const RunVariable&) = delete;
  ~RunVariable();

 private:
  std::optional<std::string> before_;
};

}  // namespace composelint::guard
