#include "analyzer/knowledge/wrappers.h"

#include <algorithm>

#include "analyzer/knowledge/docker_cli.h"
#include "analyzer/knowledge/option_rows.h"
#include "analyzer/knowledge/option_words.h"
#include "analyzer/knowledge/wrapper_table.h"

namespace composelint::knowledge {
namespace {

using Words = std::span<const Argument>;

constexpr std::string_view kHidden = "a word that is not known stands where an option may";

bool one_of(std::string_view word, std::initializer_list<std::string_view> set) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

// Whether `name` is one of the words of `list`.
bool in_list(std::string_view list, std::string_view name) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    if (list.substr(0, end) == name) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

Unwrapped gives_up(std::string_view wrapper, std::string_view why_not) {
  Unwrapped out;
  out.wrapper = wrapper;
  out.why_not = why_not;
  return out;
}

bool is_number(const Argument& word) {
  return word.known() && !word.text.empty() &&
         std::all_of(word.text.begin(), word.text.end(),
                     [](char c) { return c >= '0' && c <= '9'; });
}

Unwrapped with_traits(const WrapperSpec& spec) {
  Unwrapped out;
  out.wrapper = spec.name;
  out.place = (spec.traits & kRemote) != 0 ? Place::kRemote : Place::kHere;
  out.joins_rest = (spec.traits & kJoinsWords) != 0;
  out.feeds_words = (spec.traits & kFeedsWords) != 0;
  out.repeats = (spec.traits & kRepeats) != 0;
  out.bounded = (spec.traits & kBounded) != 0;
  out.background = (spec.traits & kBackground) != 0;
  return out;
}

// The value of an option as a word of its own: `env -S 'a b'`, `flock f -c 'a b'`.
const Argument* script_value(Words argv, const WrapperSpec& spec, const OptionWords& words) {
  if (spec.script_option.empty()) return nullptr;
  const OptionHit* hit = words.find(spec.script_option);
  if (hit == nullptr || hit->value_word == hit->word || hit->value_word >= argv.size()) {
    return nullptr;
  }
  return &argv[hit->value_word];
}

std::optional<Unwrapped> after_dashes(Words argv, const WrapperSpec& spec, std::size_t at) {
  while (at < argv.size() && !argv[at].is("--")) ++at;
  if (at + 1 >= argv.size()) return std::nullopt;
  Unwrapped out = with_traits(spec);
  out.rest = at + 1;
  return out;
}

// `nice -10`
bool is_dashed_number(const Argument& word) {
  return word.known() && word.text.size() > 1 && word.text[0] == '-' && word.text[1] >= '0' &&
         word.text[1] <= '9';
}

// Where the command begins after the options; nothing when an unknown word may move it.
std::optional<std::size_t> command_start(Words argv, const WrapperSpec& spec, std::size_t first) {
  std::size_t next = first + static_cast<std::size_t>(spec.operands);
  if (spec.operands > 0) {
    // `gosu app -- cmd`
    if (next < argv.size() && argv[next].is("--")) ++next;
    if (first < argv.size() && argv[first].splits && argv[first].holes.empty()) return std::nullopt;
  }
  if ((spec.traits & kTakesAssignments) == 0) return next;
  while (next < argv.size() && (is_assignment(argv[next]) || argv[next].is("-"))) ++next;
  const bool moved = next > first && next < argv.size();
  if (moved && argv[next].splits && argv[next].text.empty()) return std::nullopt;
  return next;
}

bool only_looks(const WrapperSpec& spec, const OptionWords& words) {
  return std::any_of(words.hits.begin(), words.hits.end(), [&spec](const OptionHit& hit) {
    return in_list(spec.looks_only, hit.spec->canonical);
  });
}

// `flock FILE -c '…'`: the option stands after the operand.
const Argument* late_script(Words argv, const WrapperSpec& spec, std::size_t next) {
  const bool late = spec.name == "flock" && next + 1 < argv.size() && argv[next].is("-c");
  return late ? &argv[next + 1] : nullptr;
}

std::optional<Unwrapped> regular(Words argv, const WrapperSpec& spec, std::size_t at) {
  const bool number = (spec.traits & kTakesNumber) != 0;
  if (number && at < argv.size() && is_dashed_number(argv[at])) ++at;
  const OptionWords words = read_options(spec.options, argv, at);
  if (only_looks(spec, words)) return std::nullopt;
  if (!words.why_not.empty()) return gives_up(spec.name, words.why_not);
  Unwrapped out = with_traits(spec);
  out.login_shell = words.find("--login") != nullptr;
  if (words.find("--exec") != nullptr) out.joins_rest = false;
  const std::optional<std::size_t> next = command_start(argv, spec, words.next);
  if (!next) return gives_up(spec.name, kHidden);
  out.script = script_value(argv, spec, words);
  if (out.script == nullptr) out.script = late_script(argv, spec, *next);
  if (out.script == nullptr && *next >= argv.size()) return std::nullopt;
  out.rest = out.script != nullptr ? argv.size() : *next;
  if (out.place == Place::kRemote) out.host = words.next;
  return out;
}

// `gcloud compute ssh vm --command 'text'`, `vagrant ssh -c 'text'`: options stand anywhere.
std::optional<Unwrapped> remote_text(Words argv, std::size_t at, std::string_view option) {
  Unwrapped out;
  out.wrapper = base_name(argv.front());
  out.place = Place::kRemote;
  out.rest = argv.size();
  const std::string joined = std::string(option) + "=";
  for (; at < argv.size(); ++at) {
    if (argv[at].text == option && at + 1 < argv.size()) {
      out.script = &argv[++at];
    } else if (argv[at].is("--") && at + 1 < argv.size()) {
      out.rest = at + 1;
      out.joins_rest = true;
      return out;
    } else if (!argv[at].text.starts_with('-') && out.host == 0) {
      out.host = at;
    }
  }
  if (out.script == nullptr) return std::nullopt;
  return out;
}

std::optional<Unwrapped> cloud_ssh(Words argv) {
  const std::string_view name = base_name(argv.front());
  if (name == "vagrant" && argv.size() > 1 && argv[1].is("ssh")) {
    return remote_text(argv, 2, "-c");
  }
  const bool gcloud = name == "gcloud" && argv.size() > 2 && argv[1].is("compute");
  if (gcloud && argv[2].is("ssh")) return remote_text(argv, 3, "--command");
  const bool doctl = name == "doctl" && argv.size() > 2 && argv[1].is("compute");
  if (doctl && argv[2].is("ssh")) return remote_text(argv, 3, "--ssh-command");
  return std::nullopt;
}

// `$SSH_OPTS`, `"${ssh_args[@]}"`: no host is called so.
bool holds_options(const Argument& word) {
  if (word.holes.size() != 1 || !word.text.empty()) return false;
  std::string name = word.holes.front().name;
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return name.find("opt") != std::string::npos || name.find("arg") != std::string::npos ||
         name.find("flag") != std::string::npos;
}

// `$HOST`, `$DEPLOY_SERVER`, `$1`: of any other word without quotes nothing tells that it is not an
// option.
bool may_be_host(const Argument& word, std::size_t words_behind) {
  if (!word.splits || !word.text.empty() || word.holes.size() != 1 || words_behind < 2) return true;
  std::string name = word.holes.front().name;
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (name.find_first_not_of("0123456789") == std::string::npos) return true;
  for (const std::string_view part : {"host", "server", "remote", "node", "machine", "target",
                                      "addr", "user", "ssh", "ip", "vm", "dest"}) {
    if (name.find(part) != std::string::npos) return true;
  }
  return false;
}

// ssh [options] host [options] [command …]
std::optional<Unwrapped> ssh(Words argv) {
  constexpr std::string_view kTakeValue = "BbcDEeFIiJLlmOopQRSWw";
  Unwrapped out;
  out.wrapper = "ssh";
  out.place = Place::kRemote;
  out.joins_rest = true;
  for (out.rest = 1; out.rest < argv.size(); ++out.rest) {
    const Argument& word = argv[out.rest];
    if (holds_options(word)) continue;
    const bool option = word.text.size() > 1 && word.text[0] == '-' &&
                        (word.holes.empty() || word.holes.front().at > 0);
    if (!option && out.host != 0) break;
    if (!option) {
      if (!may_be_host(word, argv.size() - out.rest - 1)) return gives_up("ssh", kHidden);
      out.host = out.rest;
      continue;
    }
    if (word.is("--")) continue;
    if (word.text.find_first_of("NGVO") == 1) return std::nullopt;
    const std::size_t letter = word.text.find_first_of(kTakeValue, 1);
    if (letter + 1 == word.text.size() && word.holes.empty()) ++out.rest;
  }
  if (out.host == 0 || out.rest >= argv.size()) return std::nullopt;
  return out;
}

struct ShellOptions {
  bool command = false;  // -c stands there
  std::size_t next = 1;  // the first operand
  bool hidden = false;   // a word that is not known stands among them
};

// One word of options; says whether the word after it is the value of -o.
bool read_shell_word(std::string_view text, Unwrapped& out, bool& command) {
  const bool on = text.front() == '-';
  if (text.starts_with("--")) {
    out.login_shell = out.login_shell || text == "--login";
    return text == "--rcfile" || text == "--init-file";
  }
  for (const char letter : text.substr(1)) {
    if (letter == 'c' && on) command = true;
    if (letter == 'l') out.login_shell = true;
    if (letter == 'e') out.errexit = on;
  }
  return text.find('o') != std::string_view::npos;
}

// The value of -o or +o.
void read_shell_setting(const Argument& value, bool on, Unwrapped& out) {
  if (value.is("pipefail")) out.pipefail = on;
  if (value.is("errexit")) out.errexit = on;
}

ShellOptions read_shell_options(Words argv, Unwrapped& out) {
  ShellOptions read;
  for (std::size_t& at = read.next; at < argv.size(); ++at) {
    const Argument& word = argv[at];
    const bool plus = word.known() && word.text.size() > 1 && word.text[0] == '+';
    const bool option = looks_like_option(word) || plus;
    read.hidden = (word.text.empty() && word.splits) || (option && !word.known());
    if (read.hidden || !option) return read;
    if (word.is("--")) {
      ++at;
      return read;
    }
    if (!read_shell_word(word.text, out, read.command) || at + 1 >= argv.size()) continue;
    ++at;
    read_shell_setting(argv[at], !plus, out);
  }
  return read;
}

// sh, bash -lc, dash -euc: the text is the first operand, wherever -c stands.
std::optional<Unwrapped> shell(Words argv) {
  Unwrapped out;
  out.wrapper = base_name(argv.front());
  const ShellOptions read = read_shell_options(argv, out);
  if (read.hidden) return gives_up(out.wrapper, kHidden);
  if (!read.command || read.next >= argv.size()) return std::nullopt;
  out.script = &argv[read.next];
  out.rest = read.next + 1;
  return out;
}

constexpr OptionSpec kSu[] = {value("--command", 'c'),
                              value("--session-command"),
                              value("--shell", 's'),
                              value("--group", 'g'),
                              value("--supp-group", 'G'),
                              value("--whitelist-environment", 'w'),
                              flag("--login", 'l'),
                              flag("--preserve-environment", 'm'),
                              hidden_flag("", 'p', "--preserve-environment"),
                              flag("--fast", 'f'),
                              flag("--pty", 'P')};

// `su - $PGUSER -c '…'`: in front of another option it is the user.
bool is_user(Words argv, std::size_t at) {
  return at + 1 < argv.size() && argv[at].text.empty() && argv[at].holes.size() == 1 &&
         looks_like_option(argv[at + 1]);
}

// su takes its options before and after the user.
std::optional<Unwrapped> su(Words argv) {
  Unwrapped out;
  out.wrapper = "su";
  out.rest = argv.size();
  for (std::size_t at = 1; at < argv.size();) {
    const OptionWords words = read_options(kSu, argv, at);
    if (!words.why_not.empty() && !is_user(argv, words.next)) return gives_up("su", words.why_not);
    if (words.find("--login") != nullptr) out.login_shell = true;
    if (words.next < argv.size() && argv[words.next].is("-")) out.login_shell = true;
    for (const std::string_view name : {"--command", "--session-command"}) {
      const OptionHit* hit = words.find(name);
      if (hit != nullptr && hit->value_word > hit->word && hit->value_word < argv.size()) {
        out.script = &argv[hit->value_word];
      }
    }
    at = words.next + 1;
  }
  if (out.script == nullptr) return std::nullopt;
  return out;
}

std::optional<Unwrapped> find_exec(Words argv) {
  for (std::size_t at = 1; at + 1 < argv.size(); ++at) {
    if (!argv[at].known() || !one_of(argv[at].text, {"-exec", "-execdir", "-ok", "-okdir"})) {
      continue;
    }
    Unwrapped out;
    out.wrapper = "find";
    out.rest = at + 1;
    out.feeds_words = out.repeats = true;
    return out;
  }
  return std::nullopt;
}

std::optional<Unwrapped> docker(Words argv) {
  const std::optional<DockerCall> call = read_docker(argv);
  if (!call || (call->verb != "container exec" && call->verb != "container run")) {
    return std::nullopt;
  }
  if (call->opaque) return gives_up("docker", kHidden);
  if (call->inner >= argv.size()) return std::nullopt;
  Unwrapped out;
  out.wrapper = "docker";
  out.place = Place::kContainer;
  out.rest = call->inner;
  if (!call->operands.empty()) out.host = call->operands.front();
  out.background = call->has("--detach");
  return out;
}

std::optional<Unwrapped> from_table(Words argv, std::string_view name) {
  for (const WrapperSpec& spec : wrapper_table()) {
    if (spec.name != name) continue;
    std::size_t at = 1;
    if (!spec.verb.empty()) {
      if (argv.size() < 2 || !argv[1].known() || argv[1].text != spec.verb) continue;
      at = 2;
    }
    if ((spec.traits & kAfterDashes) != 0 && spec.script_option.empty()) {
      return after_dashes(argv, spec, at);
    }
    return regular(argv, spec, at);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Unwrapped> unwrap_once(std::span<const Argument> argv) {
  if (argv.empty()) return std::nullopt;
  const std::string_view name = base_name(argv.front());
  if (name.empty()) return std::nullopt;
  if (one_of(name, {"sh", "bash", "dash", "ash", "zsh", "ksh"})) return shell(argv);
  if (name == "busybox" && argv.size() > 1) {
    Unwrapped out;
    out.wrapper = "busybox";
    out.rest = 1;
    return out;
  }
  if (name == "su") return su(argv);
  if (name == "runuser" && argv.size() > 1 && !argv[1].is("-u") && !argv[1].is("--user")) {
    return su(argv);
  }
  if (name == "find") return find_exec(argv);
  if (name == "ssh" || name == "autossh") return ssh(argv);
  if (name == "doctl" || name == "gcloud" || name == "vagrant") return cloud_ssh(argv);
  if (name == "docker" || name == "podman" || name == "nerdctl") return docker(argv);
  // `flock 9`: a descriptor, no command.
  if (name == "flock" && argv.size() == 2 && is_number(argv[1])) return std::nullopt;
  return from_table(argv, name);
}

}  // namespace composelint::knowledge
