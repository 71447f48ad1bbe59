#include <algorithm>
#include <array>
#include <optional>

#include "tests/house/house.h"

namespace composelint::house {
namespace {

constexpr std::array<std::string_view, 16> kRooms = {
    "text",  "yaml",     "compose", "shell",  "hosts", "knowledge", "calls", "timeline",
    "signs", "evidence", "engine",  "report", "rules", "guard",     "lsp",   "cli"};

constexpr std::string_view kPublic = "include/composelint/";

struct Include {
  std::string name;
  bool angled = false;
};

std::optional<Include> parse_include(std::string_view line) {
  const std::size_t hash = line.find_first_not_of(" \t");
  if (hash == std::string_view::npos || line[hash] != '#') return std::nullopt;
  const std::size_t word = line.find_first_not_of(" \t", hash + 1);
  if (word == std::string_view::npos || line.substr(word, 7) != "include") return std::nullopt;
  const std::size_t open = line.find_first_of("<\"", word + 7);
  if (open == std::string_view::npos) return std::nullopt;
  const std::size_t close = line.find_first_of(">\"", open + 1);
  if (close == std::string_view::npos) return std::nullopt;
  return Include{std::string(line.substr(open + 1, close - open - 1)), line[open] == '<'};
}

// "analyzer/yaml/document.h" -> "yaml", "cli/main.cc" -> "cli"; empty outside of the rooms.
std::string_view room_of(std::string_view path) {
  constexpr std::string_view kAnalyzer = "analyzer/";
  if (path.starts_with(kAnalyzer)) path.remove_prefix(kAnalyzer.size());
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return {};
  const std::string_view room = path.substr(0, slash);
  return std::find(kRooms.begin(), kRooms.end(), room) == kRooms.end() ? std::string_view() : room;
}

std::ptrdiff_t rank(std::string_view room) {
  return std::find(kRooms.begin(), kRooms.end(), room) - kRooms.begin();
}

bool is_code(std::string_view path) {
  return path.ends_with(".cc") || path.ends_with(".h");
}

// A header of the standard library is written without a folder and without an ending.
bool is_standard(std::string_view name) {
  return name.find_first_of("./") == std::string_view::npos;
}

// A library that one room knows and no other.
struct Owned {
  std::string_view prefix;
  std::string_view room;
  std::string_view trouble;
};

constexpr std::array<Owned, 4> kOwned = {{
    {"yaml-cpp/", "yaml", "only yaml/ knows the YAML library"},
    {"tree_sitter/", "shell", "only shell/ knows tree-sitter"},
    {"CLI/", "cli", "only cli/ knows CLI11"},
    {"arpa/inet.h", "compose", "only compose/ reads addresses"},
}};

// POSIX headers belong to the rooms that deal with the system.
bool is_posix_of(std::string_view room, std::string_view name) {
  return name.ends_with(".h") &&
         (room == "cli" || room == "guard" || room == "lsp" || room == "text");
}

bool is_everybodys(std::string_view name) {
  return is_standard(name) || name.starts_with("composelint/") || name.starts_with("fmt/") ||
         name == "nlohmann/json_fwd.hpp";
}

// What is not listed is refused, so that a new dependency is a decision made here.
std::string library_trouble(std::string_view path, std::string_view name) {
  if (name == "regex") return "<regex> is slow and recurses on hostile input";
  if (is_everybodys(name)) return {};
  if (name == "nlohmann/json.hpp") {
    return path.ends_with(".h") ? "headers take <nlohmann/json_fwd.hpp>" : std::string();
  }
  const std::string_view room = room_of(path);
  const auto* const owned = std::find_if(
      kOwned.begin(), kOwned.end(), [&](const Owned& one) { return name.starts_with(one.prefix); });
  if (owned != kOwned.end()) return room == owned->room ? "" : std::string(owned->trouble);
  if (is_posix_of(room, name)) return {};
  return "<" + std::string(name) + "> is no library of this room";
}

std::string direction_trouble(std::string_view path, std::string_view name) {
  const std::string_view from = room_of(path);
  const std::string_view to = room_of(name);
  if (name.find('/') == std::string_view::npos) return "write the path from the top of the tree";
  if (to.empty()) return "\"" + std::string(name) + "\" is in no room";
  if (from == "rules" && to != "signs") return "a rule includes public headers and signs/ only";
  if (rank(to) > rank(from)) {
    return std::string(from) + " comes before " + std::string(to) + " and may not include it";
  }
  return {};
}

std::string include_trouble(std::string_view path, const Include& include) {
  if (path.starts_with(kPublic)) {
    if (include.angled && (is_standard(include.name) || include.name.starts_with("composelint/"))) {
      return include.name == "regex" ? library_trouble(path, include.name) : std::string();
    }
    return "public headers include the standard library and each other, in angle brackets";
  }
  if (include.angled) {
    const bool third_party =
        !is_standard(include.name) && !include.name.starts_with("composelint/");
    if (room_of(path) == "rules" && third_party)
      return "a rule includes public headers and signs/ only";
    return library_trouble(path, include.name);
  }
  return direction_trouble(path, include.name);
}

void check_one_cli11_unit(const Tree& tree, Complaints& complaints) {
  std::string first;
  for (const TreeFile& file : tree) {
    if (!is_code(file.path)) continue;
    const bool uses =
        std::any_of(file.lines.begin(), file.lines.end(), [](const std::string& line) {
          const std::optional<Include> include = parse_include(line);
          return include && include->name.starts_with("CLI/");
        });
    if (!uses) continue;
    if (first.empty()) {
      first = file.path;
    } else {
      complaints.push_back({file.path, 0, "CLI11 costs seconds to compile; " + first + " has it"});
    }
  }
}

// One room a line, its name the first word: "- `analyzer/text/`: files, spans".
std::string first_word(std::string_view line) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
  constexpr std::string_view kAnalyzer = "analyzer/";
  line.remove_prefix(std::min(line.size(), line.find_first_of(kLetters)));
  if (line.starts_with(kAnalyzer)) line.remove_prefix(kAnalyzer.size());
  return std::string(line.substr(0, line.find_first_not_of(kLetters)));
}

std::vector<std::string> told_rooms(const TreeFile& page) {
  std::vector<std::string> told;
  bool inside = false;
  for (const std::string& line : page.lines) {
    if (line.find("<!-- /rooms -->") != std::string::npos) inside = false;
    std::string word = inside ? first_word(line) : std::string();
    if (!word.empty()) told.push_back(std::move(word));
    if (line.find("<!-- rooms -->") != std::string::npos) inside = true;
  }
  return told;
}

}  // namespace

std::span<const std::string_view> rooms() {
  return kRooms;
}

Complaints check_includes(const Tree& tree) {
  Complaints complaints;
  for (const TreeFile& file : tree) {
    if (!is_code(file.path)) continue;
    if (room_of(file.path).empty() && !file.path.starts_with(kPublic)) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::optional<Include> include = parse_include(file.lines[i]);
      if (!include) continue;
      std::string trouble = include_trouble(file.path, *include);
      if (!trouble.empty()) complaints.push_back({file.path, i + 1, std::move(trouble)});
    }
  }
  check_one_cli11_unit(tree, complaints);
  return complaints;
}

Complaints check_room_list(const Tree& tree) {
  const std::string path = "docs/architecture.md";
  const auto page = std::find_if(tree.begin(), tree.end(),
                                 [&](const TreeFile& file) { return file.path == path; });
  if (page == tree.end()) return {{path, 0, "there is no such page"}};
  const std::vector<std::string> told = told_rooms(*page);
  if (std::equal(told.begin(), told.end(), kRooms.begin(), kRooms.end())) return {};
  std::string order;
  for (const std::string_view room : kRooms) order += " " + std::string(room);
  return {{path, 0, "between <!-- rooms --> and <!-- /rooms -->, one a line, belong:" + order}};
}

}  // namespace composelint::house
