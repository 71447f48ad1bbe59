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

using Ranked = std::vector<std::pair<std::size_t, std::string>>;  // path

Ranked found_in(const FileSystem& files, const std::string& directory) {
  Ranked found;
  const auto entries = files.list(directory);
  if (!entries) return found;
  for (const DirectoryEntry& entry : *entries) {
    const auto rank = rank_of(entry.name);
    if (rank) found.emplace_back(*rank, join_path(directory, entry.name));
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::optional<Readme> read(const FileSystem& files, const Ranked::value_type& found,
                           std::size_t most) {
  // A link may lead to one.
  if (files.kind(found.second) != FileKind::kRegular) return std::nullopt;
  auto text = files.read_head(found.second, most);
  if (!text) return std::nullopt;
  return Readme{std::move(*text), found.first < kEnds.size()};
}

}  // namespace

std::vector<Readme> readmes_in(const FileSystem& files, const std::string& directory,
                               std::size_t most) {
  std::vector<Readme> out;
  for (const auto& each : found_in(files, directory)) {
    if (auto readme = read(files, each, most)) out.push_back(std::move(*readme));
  }
  return out;
}

std::optional<std::string> first_readme_in(const FileSystem& files, const std::string& directory) {
  for (const auto& each : found_in(files, directory)) {
    auto readme = read(files, each, kMostOfAReadme);
    if (!readme) continue;
    return readme->first ? std::optional(std::move(readme->text)) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace composelint::text
