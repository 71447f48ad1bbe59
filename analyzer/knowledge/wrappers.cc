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

std::optional<Unwrapped> regular(Words argv, const WrapperSpec& spec, std::size_t at) {
  if ((spec.traits & kTakesNumber) != 0 && at < argv.size() && argv[at].known() &&
      argv[at].text.size() > 1 && argv[at].text[0] == '-' && argv[at].text[1] >= '0' &&
      argv[at].text[1] <= '9') {
    ++at;
  }
  OptionWords words = read_options(spec.options, argv, at);
  Unwrapped out = with_traits(spec);
  for (const OptionHit& hit : words.hits) {
    if (in_list(spec.looks_only, hit.spec->canonical)) return std::nullopt;
    if (hit.spec->canonical == "--login") out.login_shell = true;
    if (hit.spec->canonical == "--exec") out.joins_rest = false;
  }
  if (!words.why_not.empty()) return gives_up(spec.name, words.why_not);
  if ((out.script = script_value(argv, spec, words)) != nullptr) {
    out.rest = argv.size();
    return out;
  }
  std::size_t next = words.next + static_cast<std::size_t>(spec.operands);
  if (spec.name == "flock" && next < argv.size() && argv[next].is("-c")) {
    if (next + 1 >= argv.size()) return std::nullopt;
    out.script = &argv[next + 1];
    out.rest = argv.size();
    return out;
  }
  // `ssh -t host -p 22 cmd`, `gosu app -- cmd`: what stands after the operands is the command.
  if (spec.operands > 0 && next < argv.size() && argv[next].is("--")) ++next;
  if (spec.operands > 0 && words.next < argv.size() && argv[words.next].splits &&
      argv[words.next].holes.empty()) {
    return gives_up(spec.name, kHidden);
  }
  const bool assigns = (spec.traits & kTakesAssignments) != 0;
  while (assigns && next < argv.size() && (is_assignment(argv[next]) || argv[next].is("-"))) ++next;
  if (assigns && next < argv.size() && next > words.next && argv[next].splits &&
      argv[next].text.empty()) {
    return gives_up(spec.name, kHidden);
  }
  if (next >= argv.size()) return std::nullopt;
  out.rest = next;
  return out;
}

// sh, bash -lc, dash -euc: the text is the first operand, wherever -c stands.
std::optional<Unwrapped> shell(Words argv) {
  Unwrapped out;
  out.wrapper = base_name(argv.front());
  bool command = false;
  std::size_t at = 1;
  for (; at < argv.size() && !argv[at].is("--"); ++at) {
    const Argument& word = argv[at];
    if (word.text.empty() && word.splits) return gives_up(out.wrapper, kHidden);
    const bool plus = word.known() && word.text.size() > 1 && word.text[0] == '+';
    if (!looks_like_option(word) && !plus) break;
    if (!word.known()) return gives_up(out.wrapper, kHidden);
    if (word.text.starts_with("--")) {
      out.login_shell = out.login_shell || word.text == "--login";
      if (word.text == "--rcfile" || word.text == "--init-file") ++at;
      continue;
    }
    for (const char letter : word.text.substr(1)) {
      if (letter == 'c' && !plus) command = true;
      if (letter == 'l') out.login_shell = true;
      if (letter == 'e') out.errexit = !plus;
    }
    if (word.text.find('o') != std::string::npos && at + 1 < argv.size()) {
      ++at;
      if (argv[at].is("pipefail")) out.pipefail = !plus;
      if (argv[at].is("errexit")) out.errexit = !plus;
    }
  }
  if (at < argv.size() && argv[at].is("--")) ++at;
  if (!command || at >= argv.size()) return std::nullopt;
  out.script = &argv[at];
  out.rest = at + 1;
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

// su takes its options before and after the user.
std::optional<Unwrapped> su(Words argv) {
  Unwrapped out;
  out.wrapper = "su";
  out.rest = argv.size();
  for (std::size_t at = 1; at < argv.size();) {
    const OptionWords words = read_options(kSu, argv, at);
    if (!words.why_not.empty()) return gives_up("su", words.why_not);
    for (const OptionHit& hit : words.hits) {
      if (hit.spec->canonical == "--login") out.login_shell = true;
      const bool runs = hit.spec->name == "--command" || hit.spec->name == "--session-command";
      if (runs && hit.value_word > hit.word && hit.value_word < argv.size()) {
        out.script = &argv[hit.value_word];
      }
    }
    if (words.next < argv.size() && argv[words.next].is("-")) out.login_shell = true;
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
  if (name == "docker" || name == "podman" || name == "nerdctl") return docker(argv);
  // `flock 9`: a descriptor, no command.
  if (name == "flock" && argv.size() == 2 && is_number(argv[1])) return std::nullopt;
  return from_table(argv, name);
}

}  // namespace composelint::knowledge
