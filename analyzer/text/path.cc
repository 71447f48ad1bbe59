#include "analyzer/text/path.h"

#include <algorithm>
#include <vector>

namespace composelint::text {

bool is_absolute(std::string_view path) {
  return path.starts_with('/');
}

std::string join_path(std::string_view base, std::string_view path) {
  if (is_absolute(path) || base.empty()) return normalise(path);
  std::string joined(base);
  joined += '/';
  joined += path;
  return normalise(joined);
}

std::string normalise(std::string_view path) {
  const bool absolute = is_absolute(path);
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at < path.size();) {
    std::size_t end = path.find('/', at);
    if (end == std::string_view::npos) end = path.size();
    const std::string_view part = path.substr(at, end - at);
    at = end + 1;
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (!parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (!absolute) {
      parts.push_back(part);
    }
  }
  std::string out = absolute ? "/" : "";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) out += '/';
    out += parts[i];
  }
  return out.empty() ? "." : out;
}

std::string relative_path(std::string_view base, std::string_view path) {
  const std::string from = normalise(base);
  const std::string to = normalise(path);
  if (from == to) return ".";
  // The part they share, up to a slash.
  std::size_t shared = 0;
  for (std::size_t at = 0;; ++at) {
    const bool ends_here =
        (at == from.size() || from[at] == '/') && (at == to.size() || to[at] == '/');
    if (ends_here) shared = at;
    if (at >= from.size() || at >= to.size() || from[at] != to[at]) break;
  }
  std::string out;
  for (std::size_t at = shared; at < from.size(); ++at) {
    const bool part = from[at] != '/' && (at == 0 || from[at - 1] == '/');
    if (part) out += "../";
  }
  const std::size_t rest = std::min(to.find_first_not_of('/', shared), to.size());
  if (rest == to.size() && !out.empty()) out.pop_back();
  return out + to.substr(rest);
}

std::string directory_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  return slash == 0 ? "/" : std::string(path.substr(0, slash));
}

std::string_view name_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view extension_of(std::string_view path) {
  const std::string_view name = name_of(path);
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view() : name.substr(dot);
}

}  // namespace composelint::text
