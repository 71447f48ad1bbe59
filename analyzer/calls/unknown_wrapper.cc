#include "analyzer/calls/unknown_wrapper.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>

#include "analyzer/calls/command_line.h"
#include "analyzer/knowledge/compose_cli.h"
#include "analyzer/text/path.h"

namespace composelint::calls {

namespace {

// Words that may stand in front: a description, an option or two, a number of tries.
constexpr std::size_t kMaxInFront = 4;

// Words of a name ("log_info" has two) by which it only says, looks up or installs something.
constexpr std::array<std::string_view, 92> kOther = {
    "alert",   "apk",   "apt",      "ask",     "assert",   "awk",     "banner", "bold",
    "brew",    "cat",   "cecho",    "chmod",   "choco",    "chown",   "color",  "comment",
    "confirm", "cp",    "cron",     "crontab", "curl",     "cyan",    "debug",  "dep",
    "depends", "deps",  "describe", "die",     "dnf",      "docker",  "echo",   "egrep",
    "err",     "error", "exists",   "explain", "fail",     "fatal",   "fgrep",  "find",
    "git",     "gray",  "green",    "grep",    "has",      "hash",    "have",   "header",
    "heading", "help",  "hint",     "info",    "install",  "is",      "kill",   "killall",
    "ln",      "log",   "logger",   "ls",      "man",      "message", "mkdir",  "msg",
    "mv",      "need",  "needs",    "note",    "notice",   "notify",  "ok",     "out",
    "output",  "pgrep", "pip",      "pkill",   "podman",   "print",   "printf", "prompt",
    "ps",      "read",  "red",      "require", "requires", "rg",      "rm",     "say",
    "sed",     "set",   "title",    "usage"};
constexpr std::array<std::string_view, 20> kMoreOther = {
    "abort", "panic",   "section", "success", "tar",     "tee",   "test",
    "touch", "trace",   "type",    "unset",   "verbose", "warn",  "warning",
    "wget",  "whereis", "which",   "yellow",  "yum",     "zypper"};
// Words of a name by which it runs what it gets.
constexpr std::array<std::string_view, 19> kRuns = {
    "attempt", "bench",  "capture", "check", "cmd", "command", "do",   "eval", "exec", "execute",
    "remote",  "repeat", "retry",   "run",   "ssh", "task",    "time", "try",  "wait"};

template <typename Each>
bool any_word(std::string_view name, Each each) {
  std::string word;
  for (std::size_t i = 0; i <= name.size(); ++i) {
    const auto c = static_cast<unsigned char>(i < name.size() ? name[i] : '_');
    if (std::isalnum(c) != 0) {
      word += static_cast<char>(std::tolower(c));
      continue;
    }
    if (!word.empty() && each(word)) return true;
    word.clear();
  }
  return false;
}

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool does_something_else(std::string_view name) {
  return any_word(name, [](const std::string& word) {
    return one_of(word, kOther) || one_of(word, kMoreOther);
  });
}

// `docker compose VERB` in full, as it is written.
bool is_compose(std::span<const Argument> argv) {
  if (!argv.front().known()) return false;
  const auto start = find_compose(argv);
  if (!start || start->opaque) return false;
  for (std::size_t i = start->after; i < argv.size(); ++i) {
    if (!argv[i].known()) return false;
    if (!argv[i].text.starts_with('-')) {
      if (knowledge::find_verb(argv[i].text) != nullptr) return true;
      // The value of a global option.
      if (i == start->after || !argv[i - 1].text.starts_with('-')) return false;
    }
  }
  return false;
}

// "docker compose VERB …" as one word.
bool holds_compose(const Argument& word) {
  for (const std::string_view program : {"docker compose ", "docker-compose "}) {
    const std::string_view text = word.text;
    if (!text.starts_with(program)) continue;
    for (std::size_t at = program.size(); at < text.size();) {
      const std::size_t end = std::min(text.find(' ', at), text.size());
      if (knowledge::find_verb(text.substr(at, end - at)) != nullptr) return true;
      at = end + 1;
    }
  }
  return false;
}

}  // namespace

std::optional<Wrapped> find_wrapped(std::span<const Argument> argv) {
  if (argv.size() < 2) return std::nullopt;
  const Argument& program = argv.front();
  std::string_view name = text::name_of(program.text);
  if (!program.known()) {
    if (program.holes.size() != 1) return std::nullopt;
    if (name.empty()) name = program.holes.front().name;
  }
  if (name.empty() || does_something_else(name)) return std::nullopt;
  const bool runs = any_word(name, [](const std::string& word) { return one_of(word, kRuns); });
  const std::size_t last = std::min(argv.size(), kMaxInFront + 2);
  for (std::size_t at = 1; at < last; ++at) {
    if (is_compose(argv.subspan(at))) return Wrapped{at, false};
    // The first words of all but those that are named so are rather a description.
    const bool only = at + 1 == argv.size() && at == 1;
    const bool first = at == 1 && !only;
    if (runs && !first && holds_compose(argv[at])) return Wrapped{at, true};
  }
  return std::nullopt;
}

}  // namespace composelint::calls
