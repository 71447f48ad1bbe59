#include "analyzer/signs/files/current_compose.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>

namespace composelint {

bool is_current_release(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of("\"' \t"), text.size()));
  if (text.starts_with('v')) text.remove_prefix(1);
  return text.size() > 1 && text[0] >= '2' && text[0] <= '9' && text[1] == '.';
}

namespace {

constexpr std::string_view kFrom = "compose/releases/download/";

// The name in `${NAME}`, `$NAME`, `{{ name }}`, `${{ env.NAME }}`.
std::string_view name_of_release(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of("\"'${ "), text.size()));
  if (text.starts_with("env.")) text.remove_prefix(4);
  return text.substr(0, text.find_first_not_of("_0123456789abcdefghijklmnopqrstuvwxyz"
                                               "ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
}

// `NAME=v2.24.5`, `NAME: v2.24.5`, `ENV NAME 2.24.5`, `NAME=${NAME:-v2.24.5}`, `NAME=$(curl -s
// …/docker/compose/tags | …)`.
// Where `newest`, what the publisher is asked for counts as well.
template <typename Is>
bool is_set_to(std::string_view text, std::string_view name, Is is, bool newest) {
  if (name.empty()) return false;
  for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    // `APP_VERSION` is no `VERSION`.
    const char before = at == 0 ? ' ' : text[at - 1];
    if (before == '_' || std::isalnum(static_cast<unsigned char>(before)) != 0) continue;
    std::string_view rest = text.substr(at + name.size());
    rest = rest.substr(0, rest.find('\n'));
    if (rest.empty() || std::string_view("=: ").find(rest.front()) == rest.npos) continue;
    rest.remove_prefix(1);
    if (const std::size_t otherwise = rest.find(":-"); otherwise != rest.npos) {
      rest.remove_prefix(otherwise + 2);
    }
    if (is(rest)) return true;
    if (newest && rest.find("docker/compose") != rest.npos) return true;
  }
  return false;
}

}  // namespace

bool fetches_current_compose(std::string_view text) {
  if (text.find("compose/releases/latest") != text.npos) return true;
  for (std::size_t at = text.find(kFrom); at != text.npos; at = text.find(kFrom, at + 1)) {
    const std::string_view release = text.substr(at + kFrom.size());
    if (release.starts_with('v')) return true;
    if (is_set_to(text, name_of_release(release), is_current_release, true)) return true;
  }
  return false;
}

bool fetches_old_compose(std::string_view text) {
  const auto is_old = [](std::string_view release) {
    release.remove_prefix(std::min(release.find_first_not_of("\"' \t"), release.size()));
    return release.starts_with("1.");
  };
  for (std::size_t at = text.find(kFrom); at != text.npos; at = text.find(kFrom, at + 1)) {
    const std::string_view release = text.substr(at + kFrom.size());
    if (is_old(release)) return true;
    if (is_set_to(text, name_of_release(release), is_old, false)) return true;
  }
  return false;
}

}  // namespace composelint
