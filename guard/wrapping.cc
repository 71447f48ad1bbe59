#include "guard/wrapping.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "analyzer/knowledge/option_words.h"
#include "analyzer/knowledge/wrapper_table.h"
#include "analyzer/knowledge/wrappers.h"

namespace composelint::guard {

namespace {

using knowledge::OptionHit;
using knowledge::OptionWords;
using Environment = std::map<std::string, std::string>;
using Words = std::span<const Argument>;

template <std::size_t Size>
bool one_of(std::string_view word, const std::array<std::string_view, Size>& set) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

constexpr std::array<std::string_view, 3> kDecideWhoAsks = {"sudo", "doas", "env"};
// What they do to the command changes nothing of what it means.
constexpr std::array<std::string_view, 10> kHarmless = {
    "time", "timeout", "gtimeout", "nice", "ionice", "nohup", "stdbuf", "chronic", "flock", "exec"};

Failure refuse(std::string message) {
  return {FailureCode::kUsage, std::move(message), {}};
}

std::string_view value_of(const OptionHit& hit, Words argv) {
  if (hit.value_word == hit.word) return hit.attached;
  return hit.value_word < argv.size() ? std::string_view(argv[hit.value_word].text)
                                      : std::string_view();
}

const knowledge::WrapperSpec* spec_of(std::string_view name) {
  for (const knowledge::WrapperSpec& spec : knowledge::wrapper_table()) {
    if (spec.name == name) return &spec;
  }
  return nullptr;
}

constexpr std::array<std::string_view, 7> kKept = {"COLORS",   "DISPLAY", "HOSTNAME", "LANG",
                                                   "LANGUAGE", "PATH",    "TERM"};

// What sudo leaves of the environment under its usual settings.
void reset_environment(Environment& environment, std::string_view keep) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at <= keep.size();) {
    const std::size_t end = std::min(keep.find(',', at), keep.size());
    names.emplace_back(keep.substr(at, end - at));
    at = end + 1;
  }
  std::erase_if(environment, [&](const auto& variable) {
    const std::string& name = variable.first;
    return !one_of(name, kKept) && !name.starts_with("LC_") &&
           std::find(names.begin(), names.end(), name) == names.end();
  });
}

// The wrapper at the front of `argv`, its command at `rest`.
MaybeFailure apply(std::string_view name, Words argv, std::size_t rest, Environment& environment) {
  const knowledge::WrapperSpec* spec = spec_of(name);
  if (spec == nullptr || !one_of(name, kDecideWhoAsks)) return std::nullopt;
  const OptionWords words = knowledge::read_options(spec->options, argv, 1);
  for (const std::string_view option : {"--chdir", "--chroot", "--split-string", "--login"}) {
    if (words.find(option) == nullptr) continue;
    return refuse(std::string(name) + " " + std::string(option) +
                  " takes the command to another place; start guard there");
  }
  if (name == "env") {
    if (words.find("--ignore-environment") != nullptr) environment.clear();
    for (const OptionHit& hit : words.hits) {
      if (hit.spec->canonical == "--unset") environment.erase(std::string(value_of(hit, argv)));
    }
  } else {
    const OptionHit* some = words.find("--preserve-env");
    const std::string_view list = some == nullptr ? std::string_view() : value_of(*some, argv);
    const bool all = words.find("-E") != nullptr || (some != nullptr && list.empty());
    if (!all) reset_environment(environment, list);
  }
  for (std::size_t at = words.next; at < rest; ++at) {
    if (name == "env" && argv[at].is("-")) environment.clear();
    const std::size_t equals = argv[at].text.find('=');
    if (equals == std::string::npos || !knowledge::is_assignment(argv[at])) continue;
    environment[argv[at].text.substr(0, equals)] = argv[at].text.substr(equals + 1);
  }
  return std::nullopt;
}

}  // namespace

Result<Wrapping> read_wrapping(const std::vector<Argument>& argv, const Surroundings& around) {
  Wrapping out;
  for (const auto& [name, value] : around.environment()) out.environment[name] = value;
  while (true) {
    const Words rest = std::span(argv).subspan(out.command_at);
    const auto wrapper = knowledge::unwrap_once(rest);
    if (!wrapper || wrapper->place == knowledge::Place::kContainer) return out;
    const std::string name(wrapper->wrapper);
    if (!wrapper->why_not.empty() || wrapper->script != nullptr || wrapper->joins_rest ||
        wrapper->place == knowledge::Place::kRemote || wrapper->rest == 0 ||
        wrapper->rest >= rest.size() ||
        (!one_of(name, kDecideWhoAsks) && !one_of(name, kHarmless))) {
      return out;
    }
    if (auto failure = apply(name, rest, wrapper->rest, out.environment)) return *failure;
    if (one_of(name, kDecideWhoAsks)) {
      for (std::size_t i = 0; i < wrapper->rest; ++i) out.prefix.push_back(rest[i].text);
    }
    out.command_at += wrapper->rest;
  }
}

}  // namespace composelint::guard
