#include "analyzer/knowledge/docker_cli.h"

#include <composelint/container_word.h>

#include <algorithm>

#include "analyzer/knowledge/option_rows.h"
#include "analyzer/knowledge/option_words.h"

namespace composelint::knowledge {
namespace {

struct DockerVerb {
  std::string_view name;       // as written: "exec", "container exec"
  std::string_view canonical;  // "container exec"
  std::span<const OptionSpec> options;
};

#include "analyzer/knowledge/docker_cli.inc"

constexpr bool by_name(const DockerVerb& a, const DockerVerb& b) {
  return a.name < b.name;
}
static_assert(std::is_sorted(std::begin(kDockerVerbs), std::end(kDockerVerbs), by_name));

const DockerVerb* find(std::string_view name) {
  const DockerVerb wanted{name, {}, {}};
  const auto found =
      std::lower_bound(std::begin(kDockerVerbs), std::end(kDockerVerbs), wanted, by_name);
  return found != std::end(kDockerVerbs) && found->name == name ? &*found : nullptr;
}

bool is_docker(const Argument& word) {
  const std::string_view base = base_name(word);
  return base == "docker" || base == "podman" || base == "nerdctl";
}

// Options stop at the first operand of the verbs that run something.
bool stops_at_operand(std::string_view verb) {
  return verb == "container exec" || verb == "container run" || verb == "container create";
}

// Reads the options of one word and says how many words they took; 0: the word cannot be read.
std::size_t take_options(std::span<const OptionSpec> options, const Argument& word,
                         std::vector<std::string_view>& names) {
  std::size_t words = 1;
  for (std::size_t at = 0; at != std::string_view::npos;) {
    const ReadOption read = read_option(options, word.text, at);
    if (read.spec == nullptr) return 0;
    // --tty=false stands there, and turns off what it names.
    if (!(read.spec->arity == Arity::kFlag && read.value == "false")) {
      names.push_back(read.spec->canonical);
    }
    if (read.takes_next) words = 2;
  }
  return words;
}

// The first word that is no option of docker itself; argv size: none; nothing: not to be told.
std::optional<std::size_t> skip_global_options(std::span<const Argument> argv) {
  std::vector<std::string_view> ignored;
  std::size_t at = 1;
  while (at < argv.size() && looks_like_option(argv[at])) {
    if (!option_is_readable(kGlobalOptions, argv[at])) return std::nullopt;
    const std::size_t words = take_options(kGlobalOptions, argv[at], ignored);
    if (words == 0) return std::nullopt;
    at += words;
  }
  if (at < argv.size() && !argv[at].known()) return std::nullopt;
  return std::min(at, argv.size());
}

// Reads the options of one word of the verb; says how many words they took.
std::size_t read_verb_option(const DockerVerb& verb, const Argument& word, DockerCall& call) {
  const std::size_t words =
      option_is_readable(verb.options, word) ? take_options(verb.options, word, call.options) : 0;
  if (words != 0) return words;
  call.opaque = true;
  return 1;
}

void read_rest(std::span<const Argument> argv, const DockerVerb& verb, std::size_t at,
               DockerCall& call) {
  bool options = true;
  while (at < argv.size()) {
    const Argument& word = argv[at];
    if (options && looks_like_option(word)) {
      options = !word.is("--");
      at += options ? read_verb_option(verb, word, call) : 1;
      continue;
    }
    // An unquoted unknown word may vanish or turn out to be options; a quoted one is the operand.
    const bool operand = verb.canonical == "container exec" && stands_for_container(word);
    call.opaque = call.opaque || (options && word.splits && !operand);
    call.operands.push_back(at++);
    if (!stops_at_operand(verb.canonical)) continue;
    call.inner = at;
    return;
  }
}

}  // namespace

std::span<const OptionSpec> docker_global_options() {
  return kGlobalOptions;
}

bool DockerCall::has(std::string_view option) const {
  return std::find(options.begin(), options.end(), option) != options.end();
}

bool runs_inner_command(const DockerCall& call) {
  return stops_at_operand(call.verb);
}

std::optional<std::size_t> find_compose_word(std::span<const Argument> argv) {
  if (argv.empty() || !is_docker(argv.front())) return std::nullopt;
  const std::optional<std::size_t> verb = skip_global_options(argv);
  if (!verb || *verb >= argv.size() || !argv[*verb].is("compose")) return std::nullopt;
  return verb;
}

std::optional<DockerCall> read_docker(std::span<const Argument> argv) {
  if (argv.empty() || !is_docker(argv.front()) || find_compose_word(argv)) return std::nullopt;
  DockerCall call;
  call.inner = argv.size();
  const std::optional<std::size_t> at = skip_global_options(argv);
  if (!at || *at >= argv.size()) {
    call.opaque = !at;
    return call;
  }
  call.verb_at = *at;
  const DockerVerb* verb = find(argv[*at].text);
  std::size_t rest = *at + 1;
  if (verb == nullptr && rest < argv.size() && argv[rest].known()) {
    verb = find(argv[*at].text + " " + argv[rest].text);
    ++rest;
  }
  if (verb == nullptr) return call;
  call.verb = verb->canonical;
  call.specs = verb->options;
  call.rest = rest;
  read_rest(argv, *verb, rest, call);
  return call;
}

}  // namespace composelint::knowledge
