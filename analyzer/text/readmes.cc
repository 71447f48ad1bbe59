#include "analyzer/text/readmes.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/text/path.h"

namespace composelint::text {

namespace {

constexpr std::size_t kMost = 256 * 1024;
constexpr std::array<std::string_view, 7> kEnds = {".md",       ".markdown", ".rst", ".adoc",
                                                   ".asciidoc", ".txt",      ""};

// `README`, `Readme.md`, `README.zh.md`, `readme-dev.md`; not `readme.html`, `README_files`.
std::optional<std::size_t> rank_of(std::string_view name) {
  constexpr std::string_view kName = "readme";
  const std::string lower = lower_case(name);
  if (!lower.starts_with(kName)) return std::nullopt;
  const std::string_view behind = std::string_view(lower).substr(kName.size());
  const auto* const own = std::find(kEnds.begin(), kEnds.end(), behind);
  if (own != kEnds.end()) return static_cast<std::size_t>(own - kEnds.begin());
  const bool page = std::any_of(kEnds.begin(), kEnds.end() - 1,
                                [&](std::string_view end) { return behind.ends_with(end); });
  const bool apart = std::string_view("._-").find(behind.front()) != std::string_view::npos;
  return page && apart ? std::optional(kEnds.size()) : std::nullopt;
}

}  // namespace

std::vector<Readme> readmes_in(const FileSystem& files, const std::string& directory) {
  std::vector<Readme> out;
  const auto entries = files.list(directory);
  if (!entries) return out;
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const DirectoryEntry& entry : *entries) {
    const auto rank = rank_of(entry.name);
    if (rank) found.emplace_back(*rank, join_path(directory, entry.name));
  }
  std::sort(found.begin(), found.end());
  for (const auto& [rank, path] : found) {
    // A link may lead to one.
    if (files.kind(path) != FileKind::kRegular) continue;
    auto text = files.read_head(path, kMost);
    if (text) out.push_back({std::move(*text), rank < kEnds.size()});
  }
  return out;
}

}  // namespace composelint::text
