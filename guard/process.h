// The one door to other programs. Everything that guard starts goes through here, as an argument
// list and never through a shell, so that tests can answer in the programs' place.
#pragma once

#include <composelint/result.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace composelint::guard {

struct Command {
  std::vector<std::string> argv;  // the first is looked up in PATH unless it holds a '/'
  std::string directory;          // empty: the one guard was started in
};

enum class EndKind {
  kExited,      // `code` is its exit status
  kSignalled,   // `code` is the signal
  kNotStarted,  // there is no such program, or it may not be run; `code` is the errno
  kTimedOut,    // it was killed for taking too long
};

struct End {
  EndKind kind = EndKind::kExited;
  int code = 0;

  [[nodiscard]] bool ok() const { return kind == EndKind::kExited && code == 0; }
  // What a shell would have in `$?`.
  [[nodiscard]] int shell_status() const;
};

// What a program wrote and how it ended.
struct Captured {
  End end;
  std::string out;
  std::string err;
  bool cut = false;  // it wrote more than the bound
};

struct Bounds {
  std::chrono::milliseconds time{30'000};      // then SIGTERM, a second later SIGKILL, to its group
  std::size_t output = std::size_t{16} << 20;  // bytes of each stream that are kept
  // Bytes of private memory that can be written, for each process; 0: no bound. Address space is no
  // measure: what is written in Go reserves gigabytes of it. The kernel refuses more, so that no
  // alias bomb in a compose file takes the machine along.
  std::size_t memory = std::size_t{1} << 30;
  // Whether a signal that comes meanwhile ends it early; `wait` still gives the signal.
  bool interruptible = false;
};

// Where a descriptor of the child leads.
enum class ChildStream { kInherited, kNull, kPipe, kDescriptor };

struct Streams {
  ChildStream in = ChildStream::kInherited;
  ChildStream out = ChildStream::kInherited;
  int in_descriptor = -1;                     // of kDescriptor; stays the caller's
  int out_descriptor = -1;                    // of kDescriptor; stays the caller's
  ChildStream err = ChildStream::kInherited;  // or kNull
  // A helper of guard's own: no ^C reaches it, it has no descriptors but its streams, and it ends
  // when guard does. Else it is what guard stands for: in its process group, with its signals.
  bool aside = false;
};

// A program that runs. Destroying it neither ends nor awaits it.
class Child {
 public:
  virtual ~Child() = default;
  [[nodiscard]] virtual int pid() const = 0;
  // How it ended; nothing while it runs. Never blocks.
  [[nodiscard]] virtual std::optional<End> ended() = 0;
  // The next whole line of its standard output when that is a pipe; nothing when there is none now.
  // What stands behind the last line's end counts as a line once the pipe is closed.
  [[nodiscard]] virtual std::optional<std::string> line() = 0;
  virtual void send(int signal) = 0;
};

class Processes {
 public:
  virtual ~Processes() = default;
  // Runs all of `commands` at once, each in a process group of its own and without standard input;
  // answers are in their order. One that stops to ask at the terminal is ended. Where signals are
  // not held, one that comes ends the commands and then guard.
  [[nodiscard]] virtual std::vector<Captured> capture(std::span<const Command> commands,
                                                      const Bounds& bounds) = 0;
  // Starts one that goes on by itself. Holds signals. Fails with kNotFound or kUnreadable.
  [[nodiscard]] virtual Result<std::unique_ptr<Child>> start(const Command& command,
                                                             const Streams& streams) = 0;
  // Blocks until a child of `start` has something new, a signal that guard is to pass on has come
  // (its number is the answer), or `time` has passed; 0 in the other cases. Holds signals. Lines
  // and ends stay news until they are taken.
  virtual int wait(std::span<Child* const> children, std::chrono::milliseconds time) = 0;
  // From here on INT, TERM, HUP and QUIT no longer end guard and are kept for `wait`; those that
  // guard was started to ignore stay ignored. For whoever changes something that has to be put
  // back.
  virtual void hold_signals() {}
  // Of the signal that `wait` gave last: it came from the terminal, so that every process of the
  // foreground has it already and passing it on would double it.
  [[nodiscard]] virtual bool whole_group() const { return false; }
};

}  // namespace composelint::guard
