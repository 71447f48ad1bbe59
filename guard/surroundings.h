// What guard asks of the machine and of the person in front of it, besides programs.
#pragma once

#include <composelint/result.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace composelint::guard {

// What a standard stream of guard is.
struct Terminal {
  bool in = false;
  bool out = false;
  bool err = false;
};

enum class StreamIs { kTerminal, kFile, kNull, kPipe, kClosed };

struct StreamFact {
  StreamIs is = StreamIs::kTerminal;
  std::string path{};  // of kFile, absolute; empty where it has no name
};

// What the command is about to read from standard input, as far as it is there already.
struct FedText {
  std::string text{};
  bool whole = false;  // nothing comes behind it
};

class Surroundings {
 public:
  virtual ~Surroundings() = default;
  // Wall clock, nanoseconds since 1970. It may jump; durations are measured by `uptime`.
  [[nodiscard]] virtual std::int64_t now() const = 0;
  [[nodiscard]] virtual std::chrono::milliseconds uptime() const = 0;
  [[nodiscard]] virtual const std::vector<std::pair<std::string, std::string>>& environment()
      const = 0;
  [[nodiscard]] virtual std::optional<std::string> variable(std::string_view name) const = 0;
  [[nodiscard]] virtual std::string working_directory() const = 0;  // absolute
  [[nodiscard]] virtual std::string home() const = 0;  // HOME, else the user's entry; may be empty
  [[nodiscard]] virtual std::string user() const = 0;
  [[nodiscard]] virtual Terminal terminal() const = 0;
  // Shows `question` on the terminal and reads one line from it; what was typed before is thrown
  // away. Nothing when there is no terminal or it has ended.
  [[nodiscard]] virtual std::optional<std::string> ask(std::string_view question) = 0;
  // Where descriptor 0, 1 or 2 of guard leads, and so that of the command.
  [[nodiscard]] virtual StreamFact stream(int /*descriptor*/) const { return {}; }
  // It stays where it is, for the command.
  [[nodiscard]] virtual FedText fed() const { return {}; }
  // The file at the end of the pipeline that standard output leads into; empty: not known. To be
  // asked while the pipe is open.
  [[nodiscard]] virtual std::string sink_of_output() const { return ""; }
  // Standard output is a pipe whose other end is closed.
  [[nodiscard]] virtual bool nobody_reads_output() const { return false; }
  // Text to standard error. Whether that can be written makes no difference to what is done.
  virtual void say(std::string_view text) = 0;
  // Text to standard output: a document that was asked for.
  virtual void print(std::string_view text) { say(text); }
  // Puts the program `argv` in the place of this process. Comes back only where that fails, with
  // the errno.
  [[nodiscard]] virtual int replace_process(const std::vector<std::string>& /*argv*/) {
    return 38;  // ENOSYS
  }
};

}  // namespace composelint::guard
