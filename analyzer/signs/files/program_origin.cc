#include "analyzer/signs/files/program_origin.h"

#include <composelint/variable_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "analyzer/signs/files/current_compose.h"

namespace composelint {

bool brings_its_own(std::string_view text) {
  return text.find("docker/compose:1.") != std::string_view::npos ||  // an image that has it
         fetches_current_compose(text);
}

bool is_vendored(std::string_view path) {
  static constexpr std::array<std::string_view, 6> kTrees = {
      "wp-content/plugins/", "wp-content/themes/", "node_modules/",
      "third_party/",        "third-party/",       "vendor/"};
  const auto holds = [&](std::string_view tree) {
    const std::size_t at = path.find(tree);
    return at != std::string_view::npos && (at == 0 || path[at - 1] == '/') &&
           path.find('/', at + tree.size()) != std::string_view::npos;
  };
  const std::size_t plugin = path.find("plugins/");
  return std::any_of(kTrees.begin(), kTrees.end(), holds) ||
         (plugin != path.npos && path.find("/dependencies/", plugin) != path.npos);
}

std::uint32_t lost_alias_in(const SourceFile& file) {
  const std::string_view text = file.bytes();
  const bool expands = text.find("expand_aliases") != text.npos || text.starts_with("#!/bin/sh") ||
                       text.starts_with("#!/bin/dash");
  const std::size_t at = text.find("alias docker-compose=");
  return expands || at == text.npos ? 0 : file.line_of(static_cast<std::uint32_t>(at));
}

namespace {

// `apt-get install -y docker-compose`
bool installs_old_package(std::string_view text) {
  static constexpr std::array<std::string_view, 4> kInstallers = {"apt-get install", "apt install",
                                                                  "pip install", "pip3 install"};
  constexpr std::string_view kName = " docker-compose";
  return std::any_of(kInstallers.begin(), kInstallers.end(), [&](std::string_view installer) {
    for (std::size_t at = text.find(installer); at != text.npos;
         at = text.find(installer, at + 1)) {
      const std::string_view line = text.substr(at, text.find('\n', at) - at);
      const std::size_t end = line.find(kName) + kName.size();
      if (end < kName.size()) continue;  // not found: npos + size wraps
      if (end == line.size() || std::string_view(" \"'=&;").find(line[end]) != text.npos) {
        return true;
      }
    }
    return false;
  });
}

}  // namespace

bool installs_first_line(std::string_view text) {
  return fetches_old_compose(text) || installs_old_package(text);
}

namespace {

// `docker/compose:$VERSION`, and `VERSION=${VERSION-'1.7.0'}` in the same text.
bool runs_an_old_image(std::string_view text) {
  constexpr std::string_view kImage = "docker/compose:$";
  const std::size_t image = text.find(kImage);
  if (image == text.npos) return false;
  std::string_view rest = text.substr(image + kImage.size());
  if (rest.starts_with('{')) rest.remove_prefix(1);
  const std::string_view name = leading_name(rest);
  if (name.empty()) return false;
  for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    std::string_view value = text.substr(at + name.size());
    if (!value.starts_with('=')) continue;
    value = value.substr(1, value.find('\n') - 1);
    const std::size_t fallback = value.find(name);
    if (value.find("${") < fallback && fallback != value.npos)
      value = value.substr(fallback + name.size());
    const std::size_t number = value.find_first_not_of("\"':-=");
    if (number != value.npos && value.substr(number).starts_with("1.")) return true;
  }
  return false;
}

}  // namespace

bool pins_first_line(std::string_view text) {
  if (runs_an_old_image(text)) return true;
  for (const std::string_view said :
       {"compose/releases/download/1.", "docker/compose:1.", "docker-compose==1."}) {
    if (text.find(said) != text.npos) return true;
  }
  // Named for whoever installs it: `COMPOSE_VERSION=1.29.2`, "Docker-compose: 1.25.4", a variable
  // of Ansible.
  for (const std::string_view name : {"COMPOSE_VERSION", "compose_version", "ocker-compose"}) {
    for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
      const std::string_view rest = text.substr(at + name.size());
      const std::size_t value = rest.find_first_not_of("=:-*` \"'v");
      if (value != rest.npos && value > 0 && rest.substr(value).starts_with("1.")) return true;
    }
  }
  return installs_old_package(text);
}

std::size_t mentions_of_program(std::string_view text) {
  constexpr std::string_view kName = "docker-compose";
  std::size_t count = 0;
  for (std::size_t at = text.find(kName); at != std::string_view::npos;
       at = text.find(kName, at + 1)) {
    const std::size_t end = at + kName.size();
    const std::size_t line = text.rfind('\n', at) + 1;  // npos + 1 is 0
    const bool comment = text.substr(line, at - line).find('#') != std::string_view::npos;
    const bool longer =
        text.substr(end, 2) == "\\." ||  // of a pattern
        (end < text.size() &&
         std::string_view(".-_/:*").find(text[end]) != std::string_view::npos) ||
        (at > 0 && std::string_view("-_/.").find(text[at - 1]) != std::string_view::npos);
    if (!comment && !longer) ++count;
  }
  return count;
}

}  // namespace composelint
