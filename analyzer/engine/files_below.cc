#include "analyzer/engine/files_below.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "analyzer/compose/select_files.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

constexpr std::string_view kAny = "*";

// `"$DIR/env/${ENV}/compose.yaml"`: *, env, *, compose.yaml. An absolute path is one of a server.
std::vector<std::string> components_of(const Argument& word) {
  std::vector<std::string> out;
  bool open = false;
  std::string each;
  const auto end = [&] {
    if (open) {
      out.emplace_back(kAny);
    } else if (!each.empty() && each != ".") {
      out.push_back(each);
    }
    open = false;
    each.clear();
  };
  auto hole = word.holes.begin();
  for (std::uint32_t at = 0; at <= word.text.size(); ++at) {
    for (; hole != word.holes.end() && hole->at == at; ++hole) open = true;
    if (at == word.text.size()) break;
    if (word.text[at] == '/') {
      end();
    } else {
      each += word.text[at];
    }
  }
  end();
  if (word.text.starts_with('/') && (out.empty() || out.front() != kAny)) {
    out.insert(out.begin(), std::string(kAny));
  }
  return out;
}

// Where the words of a call begin to be of the repository: the first of their components may be the
// way to it.
struct Start {
  std::string directory;
  std::size_t outside = 0;  // components
};

std::optional<Start> start_of(const std::vector<std::string>& components, const std::string& path,
                              const std::string& root) {
  const bool open = std::find(components.begin(), components.end(), kAny) != components.end();
  if (!open || components.back() != text::name_of(path)) return std::nullopt;
  // Every directory may have a file of such a name.
  bool tells = !compose::is_default_name(components.back());
  Start start{text::directory_of(path), components.size() - 1};
  const bool anywhere = components.front() == kAny;
  for (; start.outside > (anywhere ? 1U : 0U); --start.outside) {
    if (start.directory.size() <= root.size()) break;
    const std::string& own = components[start.outside - 1];
    if (own != kAny && own != text::name_of(start.directory)) {
      if (!anywhere || compose::is_default_name(components.back())) return std::nullopt;
      return Start{text::directory_of(path), components.size() - 1};  // all of it is elsewhere
    }
    tells |= own != kAny;
    start.directory = text::directory_of(start.directory);
  }
  return tells && (anywhere || start.outside == 0) ? std::optional(start) : std::nullopt;
}

// Empty: it is not in the repository, or may be any.
std::string below(const std::vector<std::string>& components, const Start& start,
                  const std::vector<std::string>& over, const FileSystem& files) {
  if (components.size() <= start.outside) return "";
  const auto inside = components.begin() + static_cast<std::ptrdiff_t>(start.outside);
  if (!std::equal(components.begin(), inside, over.begin())) return "";
  std::string found = start.directory;
  for (auto each = inside; each != components.end(); ++each) {
    if (*each == kAny) return "";
    found = text::join_path(found, *each);
  }
  return files.kind(found) == FileKind::kRegular ? found : "";
}

// `env/dev/compose.yaml` as `env/*/compose.yaml`.
void open_last_directory(std::vector<std::string>& components) {
  const std::size_t count = components.size();
  const bool closed = std::find(components.begin(), components.end(), kAny) == components.end();
  if (closed && count > 2) components[count - 2] = kAny;
}

std::vector<std::string> named_below(const ComposeInvocation& call, const std::string& path,
                                     Workspace& workspace, bool its_like) {
  // Asked of every call for every file: most name another one.
  const auto may_name_it = [&](const OptionUse& use) {
    return use.value && use.value->text.ends_with(text::name_of(path));
  };
  if (std::none_of(call.global_options.begin(), call.global_options.end(), may_name_it)) return {};
  std::vector<std::vector<std::string>> words;
  for (const OptionUse& use : call.global_options) {
    if (use.name != "--file" || !use.value) continue;
    words.push_back(components_of(*use.value));
    if (words.back().empty()) return {};
    if (words.size() == 1) continue;
    if (its_like) open_last_directory(words.back());
    const auto start = start_of(words.back(), path, workspace.root_of(path));
    if (!start) continue;
    std::vector<std::string> found;
    for (auto each = words.begin(); each + 1 != words.end(); ++each) {
      found.push_back(below(*each, *start, words.back(), workspace.sources.files()));
      if (found.back().empty() || found.back() == path) return {};
    }
    return found;
  }
  return {};
}

}  // namespace

std::vector<std::string> files_below(const std::string& path, Workspace& workspace,
                                     const std::vector<CallRecord>& calls) {
  for (const bool its_like : {false, true}) {
    for (const CallRecord& record : calls) {
      std::vector<std::string> found = named_below(*record.step->call, path, workspace, its_like);
      if (!found.empty()) return found;
    }
  }
  return {};
}

}  // namespace composelint::engine
