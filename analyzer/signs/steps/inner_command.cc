#include "analyzer/signs/steps/inner_command.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace composelint {

std::optional<InnerCommand> inner_command_of(const Step& step) {
  if (step.place == Place::kContainer) return std::nullopt;
  if (const auto& call = step.call) {
    if (!(call->is("run") || call->is("exec")) || call->inner.empty()) return std::nullopt;
    const Argument* service = call->service();
    return InnerCommand{&call->inner, call->verb + (service != nullptr ? " " + service->text : ""),
                        call->verb_span, call->is("run"), call->opaque_options};
  }
  const auto& docker = step.docker;
  if (!docker || docker->inner.empty()) return std::nullopt;
  const bool exec = docker->is("container exec");
  if (!exec && !docker->is("container run")) return std::nullopt;
  const bool named = !docker->operands.empty() && docker->operands.front().known();
  return InnerCommand{
      &docker->inner,
      (exec ? "docker exec" : "docker run") + (named ? " " + docker->operands.front().text : ""),
      docker->verb_span, !exec, docker->opaque_options};
}

namespace {

bool is_one_of(const Argument& word, std::span<const std::string_view> names) {
  const std::string_view text = word.text;
  return word.known() && std::find(names.begin(), names.end(), file_name(text)) != names.end();
}

}  // namespace

std::optional<ShellScript> shell_script_in(std::span<const Argument> words) {
  static constexpr std::array<std::string_view, 6> kShells = {"ash", "bash", "dash",
                                                              "ksh", "sh",   "zsh"};
  static constexpr std::array<std::string_view, 3> kBefore = {"env", "sudo", "with-contenv"};
  ShellScript found;
  while (found.shell < words.size() &&
         (is_one_of(words[found.shell], kBefore) ||
          (found.shell > 0 && words[found.shell].text.find('=') != std::string::npos))) {
    ++found.shell;
  }
  if (found.shell >= words.size() || !is_one_of(words[found.shell], kShells)) {
    return std::nullopt;
  }
  bool script_follows = false;
  for (std::size_t i = found.shell + 1; i < words.size(); ++i) {
    const std::string_view text = words[i].text;
    // An unknown word may be an option, unless it is quoted and the script is due; one that begins
    // with known text is the script, whatever its holes make of it: 'pg_dump -U '$1.
    const bool begins = !words[i].holes.empty() && words[i].holes.front().at > 0;
    if (!words[i].known() && (!script_follows || (words[i].splits && !begins))) return std::nullopt;
    if (!words[i].known() || !(text.starts_with('-') || text.starts_with('+'))) {
      found.at = i;
      return script_follows ? std::optional(found) : std::nullopt;
    }
    if (text.starts_with("--")) continue;
    script_follows = script_follows || text.find('c') != std::string_view::npos;
    found.errexit = found.errexit || (text[0] == '-' && text.find('e') != std::string_view::npos);
    if (text.ends_with('o')) {  // -o NAME, -eo NAME
      if (i + 1 < words.size()) found.errexit = found.errexit || words[i + 1].is("errexit");
      ++i;
    }
  }
  return std::nullopt;
}

}  // namespace composelint
