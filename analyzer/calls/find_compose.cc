#include <array>
#include <cctype>
#include <string>
#include <string_view>

#include "analyzer/calls/command_line.h"
#include "analyzer/calls/option_reader.h"
#include "analyzer/knowledge/compose_cli.h"
#include "analyzer/knowledge/docker_cli.h"
#include "analyzer/text/path.h"

namespace composelint::calls {

namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

// One hole and nothing else: `$X` or "$X".
bool is_single_hole(const Argument& word) {
  return word.text.empty() && word.holes.size() == 1;
}

bool begins_compose_arguments(std::span<const Argument> argv, std::size_t at) {
  if (at >= argv.size() || !argv[at].known()) return false;
  const std::string& text = argv[at].text;
  if (knowledge::find_verb(text) != nullptr) return true;
  for (const knowledge::OptionSpec& spec : knowledge::global_options()) {
    if (text == spec.name) return true;
    if (spec.short_name != 0 && text.size() == 2 && text[0] == '-' && text[1] == spec.short_name) {
      return true;
    }
  }
  return false;
}

// Whole programs under another name are not Compose: podman-compose, mutagen-compose.
std::optional<ComposeProgram> standalone(const Argument& word) {
  const std::string_view name = text::name_of(word.text);
  if (name == "docker-compose" || name == "docker-compose-v1") return ComposeProgram::kStandalone;
  // `${ENGINE}-compose`: the engine is docker or stands in for it.
  if (name == "-compose" && !word.holes.empty() && word.holes.back().at + 8 == word.text.size()) {
    return ComposeProgram::kStandalone;
  }
  return std::nullopt;
}

// `bin/docker-compose`, `"$ROOT/bin/docker-compose"`: a script that belongs to the repository. What
// it calls in the end is mostly v2, with files that it adds.
bool belongs_to_repository(const Argument& word) {
  if (text::name_of(word.text) != "docker-compose") return false;
  const std::size_t slash = word.text.find('/');
  const bool from_root = slash == 0 && (word.holes.empty() || word.holes.front().at > 0);
  return slash != std::string::npos && !from_root;
}

bool named_like_compose(std::string_view variable) {
  const std::string name = lower(variable);
  if (name.find("compose") != std::string::npos) return true;
  static constexpr std::array<std::string_view, 4> kShort = {"dc", "dcmd", "dcr", "dco"};
  for (const std::string_view candidate : kShort) {
    if (name == candidate) return true;
  }
  return false;
}

}  // namespace

std::optional<ComposeStart> find_compose(std::span<const Argument> argv) {
  if (argv.empty()) return std::nullopt;
  const Argument& program = argv.front();
  if (belongs_to_repository(program)) {
    return ComposeStart{ComposeProgram::kPlugin, 1, true, true};
  }
  if (const auto kind = standalone(program)) return ComposeStart{*kind, 1, false};
  if (program.holes.empty() && text::name_of(program.text) == "docker") {
    const OptionReading options =
        read_options(argv, 1, knowledge::docker_global_options(), Operands::kStopAtFirst, false);
    if (options.next < argv.size() && argv[options.next].is("compose")) {
      return ComposeStart{ComposeProgram::kPlugin, options.next + 1, options.opaque};
    }
    return std::nullopt;
  }
  if (!is_single_hole(program)) return std::nullopt;
  if (argv.size() > 1 && argv[1].is("compose") && begins_compose_arguments(argv, 2)) {
    return ComposeStart{ComposeProgram::kPlugin, 2, false};
  }
  // Nothing tells what is in `$DC`; its name and a compose verb behind it do. It may hold options.
  if (named_like_compose(program.holes.front().name) && begins_compose_arguments(argv, 1)) {
    return ComposeStart{ComposeProgram::kPlugin, 1, true};
  }
  return std::nullopt;
}

}  // namespace composelint::calls
