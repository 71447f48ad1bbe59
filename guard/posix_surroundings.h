// The machine itself.
#pragma once

#include <signal.h>

#include <string>
#include <utility>
#include <vector>

#include "guard/surroundings.h"

namespace composelint::guard {

class PosixSurroundings final : public Surroundings {
 public:
  // Reads the environment and the working directory once, and what signals do: make it before
  // anything changes that. A directory that is gone is "/".
  PosixSurroundings();

  [[nodiscard]] std::int64_t now() const override;
  [[nodiscard]] std::chrono::milliseconds uptime() const override;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& environment()
      const override {
    return environment_;
  }
  [[nodiscard]] std::optional<std::string> variable(std::string_view name) const override;
  [[nodiscard]] std::string working_directory() const override { return directory_; }
  [[nodiscard]] std::string home() const override;
  [[nodiscard]] std::string user() const override;
  [[nodiscard]] Terminal terminal() const override;
  [[nodiscard]] FedText fed() const override;
  [[nodiscard]] std::string sink_of_output() const override;
  [[nodiscard]] bool nobody_reads_output() const override;
  [[nodiscard]] StreamFact stream(int descriptor) const override;
  [[nodiscard]] std::optional<std::string> ask(std::string_view question) override;
  void say(std::string_view text) override;
  void print(std::string_view text) override;
  [[nodiscard]] int replace_process(const std::vector<std::string>& argv) override;

 private:
  std::vector<std::pair<std::string, std::string>> environment_;
  std::string directory_;
  sigset_t mask_{};
  struct sigaction pipe_ {};
};

}  // namespace composelint::guard
