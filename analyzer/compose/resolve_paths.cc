#include "analyzer/compose/resolve_paths.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "analyzer/compose/place.h"
#include "analyzer/text/path.h"

namespace composelint::compose {

namespace {

enum class PathRule { kPlain, kWatch, kContext, kHost, kExtends, kMount, kVolume };

const PlaceTable<PathRule>& path_rules() {
  static const PlaceTable<PathRule> table = {
      {"services.*.build.context", PathRule::kContext},
      {"services.*.build.additional_contexts.*", PathRule::kContext},
      {"services.*.build.ssh.*", PathRule::kHost},
      {"services.*.env_file.*.path", PathRule::kPlain},
      {"services.*.label_file.*", PathRule::kPlain},
      {"services.*.extends.file", PathRule::kExtends},
      {"services.*.develop.watch.*.path", PathRule::kWatch},
      {"services.*.volumes.*", PathRule::kMount},
      {"configs.*.file", PathRule::kHost},
      {"secrets.*.file", PathRule::kHost},
      {"include.path", PathRule::kPlain},
      {"include.project_directory", PathRule::kPlain},
      {"include.env_file", PathRule::kPlain},
      {"volumes.*", PathRule::kVolume},
  };
  return table;
}

bool is_separator(char c) {
  return c == '/' || c == '\\';
}

// A drive with a path behind it, or anything that starts with two separators.
bool is_windows_absolute(std::string_view path) {
  if (path.size() > 2 && path[1] == ':') return is_separator(path[2]);
  return path.size() > 2 && is_separator(path[0]) && is_separator(path[1]);
}

bool is_remote_context(std::string_view context) {
  constexpr std::array<std::string_view, 6> kPrefixes = {"https://", "http://",     "git://",
                                                         "ssh://",   "github.com/", "git@"};
  return context.find("://") != std::string_view::npos || context.starts_with("service:") ||
         std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return context.starts_with(prefix); });
}

std::vector<std::string_view> components(std::string_view path) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    if (end > at) parts.push_back(path.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

class Resolver {
 public:
  Resolver(const std::string& base, Load& load) : base_(base), load_(load) {}

  MaybeFailure walk(Value& value, const Place& place);

 private:
  MaybeFailure apply(Value& value, PathRule rule, const Place& place);
  MaybeFailure plain(Value& value, const Place& place);
  MaybeFailure watch(Value& value, const Place& place);
  void host(Value& value);
  void expand_home(std::string& path);
  [[nodiscard]] std::string join(const std::string& path) const {
    return base_.empty() ? text::normalise(path) : text::normalise(base_ + "/" + path);
  }

  const std::string& base_;
  Load& load_;
};

void Resolver::expand_home(std::string& path) {
  if (!path.starts_with('~')) return;
  const Variable* home = load_.request().environment.find("HOME");
  if (home == nullptr || home->value.empty()) {
    if (!load_.lint()) {
      load_.warn({}, "cannot expand '~', because the environment lacks HOME");
    }
    return;
  }
  path = text::normalise(home->value + "/" + path.substr(1));
}

MaybeFailure Resolver::plain(Value& value, const Place& place) {
  if (value.is_list()) {
    for (Value& item : value.items) {
      if (MaybeFailure failure = plain(item, place)) return failure;
    }
    return std::nullopt;
  }
  if (!value.is_string()) {
    return load_.refuse({FailureCode::kInvalid, dotted(place) + ": unexpected type", value.span});
  }
  expand_home(value.text);
  if (!text::is_absolute(value.text) && !value.text.empty()) value.text = join(value.text);
  return std::nullopt;
}

// A watched path goes on where its first link leads; a link to nowhere is refused.
MaybeFailure Resolver::watch(Value& value, const Place& place) {
  if (MaybeFailure failure = plain(value, place)) return failure;
  if (!value.is_string() || !value.known) return std::nullopt;
  const std::string& here = load_.request().working_directory;
  const bool absolute = text::is_absolute(value.text);
  std::string part = absolute ? "/" : "";
  for (const std::string_view component : components(value.text)) {
    part = text::normalise(part.empty() ? std::string(component)
                                        : part + "/" + std::string(component));
    const Result<std::optional<std::string>> target =
        load_.files().link_target(text::join_path(here, part));
    if (!target) {
      return load_.refuse({FailureCode::kInvalid,
                           dotted(place) + ": the link " + part + " leads nowhere", value.span});
    }
    if (!target->has_value()) continue;
    // Compose replaces the text, which may not be there when the path is written with detours.
    const std::size_t at = value.text.find(part);
    if (at == std::string::npos) return std::nullopt;
    const bool below = !absolute && (*target)->starts_with(here + "/");
    value.text.replace(at, part.size(), below ? (*target)->substr(here.size() + 1) : **target);
    return std::nullopt;
  }
  return std::nullopt;
}

// Hosts of both kinds: a path of Windows counts as absolute here too.
void Resolver::host(Value& value) {
  if (!value.is_string()) return;
  expand_home(value.text);
  if (!text::is_absolute(value.text) && !is_windows_absolute(value.text)) {
    value.text = join(value.text);
  }
}

MaybeFailure Resolver::apply(Value& value, PathRule rule, const Place& place) {
  switch (rule) {
    case PathRule::kPlain: return plain(value, place);
    case PathRule::kWatch: return watch(value, place);
    case PathRule::kContext:
      if (value.is_string() && is_remote_context(value.text)) return std::nullopt;
      return plain(value, place);
    case PathRule::kHost: host(value); return std::nullopt;
    case PathRule::kExtends:
      if (is_remote_resource(value.text)) return std::nullopt;
      return plain(value, place);
    case PathRule::kMount: {
      if (value.text_of("type") != "bind") return std::nullopt;
      Value* source = value.find("source");
      if (source == nullptr) {
        return load_.refuse(
            {FailureCode::kInvalid,
             "invalid mount config for type \"bind\": field Source must not be empty", value.span});
      }
      host(*source);
      return std::nullopt;
    }
    case PathRule::kVolume: {
      if (value.text_of("driver") != "local") return std::nullopt;
      Value* options = value.find("driver_opts");
      if (options == nullptr || options->text_of("o") != "bind") return std::nullopt;
      if (Value* device = options->find("device")) host(*device);
      return std::nullopt;
    }
  }
  return std::nullopt;
}

MaybeFailure Resolver::walk(Value& value, const Place& place) {
  if (const PathRule* rule = path_rules().find(place)) return apply(value, *rule, place);
  for (Value& item : value.items) {
    if (MaybeFailure failure = walk(item, place / kItemKey)) return failure;
  }
  for (Member& member : value.members) {
    if (MaybeFailure failure = walk(member.value, place / member.key)) return failure;
  }
  return std::nullopt;
}

}  // namespace

MaybeFailure resolve_paths(Value& tree, const std::string& base, Load& load) {
  Resolver resolver(base, load);
  for (Member& member : tree.members) {
    if (MaybeFailure failure = resolver.walk(member.value, Place{nullptr, member.key})) {
      return failure;
    }
  }
  return std::nullopt;
}

std::string relative_path(std::string_view base, std::string_view path) {
  const std::string from = text::normalise(base);
  const std::string to = text::normalise(path);
  const std::vector<std::string_view> a = components(from);
  const std::vector<std::string_view> b = components(to);
  std::size_t common = 0;
  while (common < a.size() && common < b.size() && a[common] == b[common]) ++common;
  std::string out;
  for (std::size_t i = common; i < a.size(); ++i) out += "../";
  for (std::size_t i = common; i < b.size(); ++i) {
    out += b[i];
    out += '/';
  }
  return text::normalise(out);
}

bool is_remote_resource(std::string_view path) {
  constexpr std::array<std::string_view, 6> kPrefixes = {"oci://", "git://",      "git@",
                                                         "ssh://", "github.com/", "http"};
  return std::any_of(kPrefixes.begin(), kPrefixes.end(), [&](std::string_view prefix) {
    return prefix == "http" ? path.starts_with("http://") || path.starts_with("https://")
                            : path.starts_with(prefix);
  });
}

}  // namespace composelint::compose
