// The client of a command, with what guard was given: streams, terminal, signals.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "guard/execution.h"
#include "guard/process.h"
#include "guard/surroundings.h"

namespace composelint::guard {

using std::chrono::milliseconds;

// A client that runs. What is told to guard goes on to it, once.
class Client {
 public:
  Client(const ExecutionRequest& request, Processes& processes, Surroundings& around)
      : request_(request), processes_(processes), around_(around) {}

  // False: it did not start, which has been told on standard error.
  [[nodiscard]] bool start();
  [[nodiscard]] Child* child() const { return end_ ? nullptr : child_.get(); }
  [[nodiscard]] const std::optional<End>& end() const { return end_; }
  void look();
  // A signal that `wait` gave. The second answer is whether it is a word of its own: one that was
  // sent to guard and to the whole group as well comes twice.
  [[nodiscard]] bool pass(int signal);
  // Ends it, and soon by force.
  void end_soon();

 private:
  const ExecutionRequest& request_;
  Processes& processes_;
  Surroundings& around_;
  std::unique_ptr<Child> child_;
  std::optional<End> end_;
  std::optional<milliseconds> last_signal_;
};

// Plainly: it is the command, its end is the end.
[[nodiscard]] TaskOutcome run_client(const ExecutionRequest& request, Processes& processes,
                                     Surroundings& around);

}  // namespace composelint::guard
