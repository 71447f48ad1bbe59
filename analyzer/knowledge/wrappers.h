// Programs that run a command given to them as further words or as one string.
#pragma once

#include <composelint/argument.h>

#include <optional>
#include <span>
#include <string_view>

namespace composelint::knowledge {

enum class Place {
  kHere,       // same machine, same file system
  kContainer,  // docker run, docker exec
  kRemote,     // ssh
};

struct Unwrapped {
  std::string_view wrapper;  // "sudo"
  Place place = Place::kHere;
  // Index into argv of the wrapped command's first word; argv.size() when `script` holds it all.
  std::size_t rest = 0;
  // `sh -c '…'`, `su -c '…'`: shell text, to be parsed by the caller; into argv. Words from
  // `rest` on are its $0, $1, ….
  const Argument* script = nullptr;
  // Index of the word that names the machine or the image; 0: none does.
  std::size_t host = 0;
  bool joins_rest = false;   // ssh, eval, watch: the words from `rest` on, joined by blanks, are
                             // shell text; with several words, each was expanded once already
  bool errexit = false;      // `bash -e -c`
  bool pipefail = false;     // `bash -o pipefail -c`
  bool login_shell = false;  // starts in another directory: su -, sudo -i
  bool feeds_words = false;  // xargs, find -exec: further words come from elsewhere
  bool repeats = false;      // runs it more than once: xargs, watch, find -exec \;
  bool bounded = false;      // timeout: may be killed half-way
  bool background = false;   // setsid, nohup in effect: outlives the caller
  // Not empty: a wrapper, but where its command begins cannot be told. Nothing else is valid then.
  std::string_view why_not;
};

// Takes off the outermost wrapper. Nothing: argv[0] is none, or it wraps no command here
// (`env` alone, `command -v x`, `exec 3>&1`, an interactive `sudo -i`).
// NAME=VALUE words that env and sudo take are skipped.
[[nodiscard]] std::optional<Unwrapped> unwrap_once(std::span<const Argument> argv);

}  // namespace composelint::knowledge
