#include "analyzer/compose/difference.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "analyzer/compose/numbers.h"
#include "analyzer/compose/origin.h"

namespace composelint::compose {

namespace {

void compare(const std::string& path, const Value& a, const Value& b, std::vector<Difference>& out);

void only_one(const std::string& path, const Value& value, bool removed,
              std::vector<Difference>& out) {
  for_each_scalar(value, [&](const std::string& below, const Value& scalar, const Span&) {
    const bool item = below.starts_with('[');
    const std::string full = below.empty() ? path : item ? path + below : path + "." + below;
    out.push_back(removed ? Difference{full, scalar, std::nullopt}
                          : Difference{full, std::nullopt, scalar});
  });
}

void compare_maps(const std::string& path, const Value& a, const Value& b,
                  std::vector<Difference>& out) {
  std::set<std::string> keys;
  for (const Member& member : a.members) keys.insert(member.key);
  for (const Member& member : b.members) keys.insert(member.key);
  for (const std::string& key : keys) {
    const Value* before = a.find(key);
    const Value* after = b.find(key);
    const std::string below = path_of_key(path, key);
    if (before != nullptr && after != nullptr) {
      compare(below, *before, *after, out);
    } else {
      only_one(below, before != nullptr ? *before : *after, before != nullptr, out);
    }
  }
}

void compare_lists(const std::string& path, const Value& a, const Value& b,
                   std::vector<Difference>& out) {
  const std::size_t common = std::min(a.items.size(), b.items.size());
  for (std::size_t i = 0; i < common; ++i) {
    compare(path_of_item(path, i), a.items[i], b.items[i], out);
  }
  for (std::size_t i = common; i < a.items.size(); ++i) {
    only_one(path_of_item(path, i), a.items[i], true, out);
  }
  for (std::size_t i = common; i < b.items.size(); ++i) {
    only_one(path_of_item(path, i), b.items[i], false, out);
  }
}

void compare(const std::string& path, const Value& a, const Value& b,
             std::vector<Difference>& out) {
  if (same(a, b)) return;
  if (a.is_map() && b.is_map()) {
    compare_maps(path, a, b, out);
  } else if (a.is_list() && b.is_list()) {
    compare_lists(path, a, b, out);
  } else {
    out.push_back({path, a, b});
  }
}

bool has_password(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::string_view rest = url.substr(scheme + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/ ?#"));
  const std::size_t host = authority.rfind('@');
  return host != std::string_view::npos && authority.substr(0, host).find(':') < host;
}

}  // namespace

std::vector<Difference> differences(const Value& before, const Value& after) {
  std::vector<Difference> out;
  compare({}, before, after, out);
  return out;
}

bool looks_secret(const std::string& path, const Value& value) {
  constexpr std::array<std::string_view, 12> kWords = {
      "password", "passwd",  "passphrase", "secret",     "token", "apikey",
      "api_key",  "private", "credential", "access_key", "auth",  "_key"};
  if (value.is_string() && has_password(value.text)) return true;
  const bool carries =
      path.find(".environment.") != std::string::npos || path.find(".args.") != std::string::npos ||
      path.find(".labels.") != std::string::npos || path.find(".options.") != std::string::npos ||
      path.find(".driver_opts.") != std::string::npos ||
      (path.starts_with("configs.") && path.ends_with(".content"));
  if (!carries) return false;
  if (path.ends_with(".content")) return true;
  const std::string key = lower(path.substr(path.rfind('.') + 1));
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return key.find(word) != std::string::npos; }) ||
         key.ends_with("pass") || key.ends_with("pwd") || key.ends_with("dsn");
}

std::string shown_value(const std::string& path, const Value& value) {
  if (value.is_map()) return "{}";
  if (value.is_list()) return "[]";
  if (value.is_null()) return "null";
  if (looks_secret(path, value) && !plain_text(value).empty()) return "***";
  return value.is_string() ? "\"" + value.text + "\"" : plain_text(value);
}

}  // namespace composelint::compose
