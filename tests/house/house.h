// The rules of this house as checks over a tree of files, so that each can be tried on a small bad
// tree before it judges the real one.
#pragma once

#include <cstddef>
#include <filesystem>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace composelint::house {

struct TreeFile {
  std::string path;  // from the top of the tree, '/' between components
  std::vector<std::string> lines;
};

// Sorted by path. Only text: what git ignores by folder (build, out) and binary files are left out.
using Tree = std::vector<TreeFile>;
[[nodiscard]] Tree read_tree(const std::filesystem::path& root);

struct Complaint {
  std::string path;
  std::size_t line = 0;  // 1-based; 0 is about the file as a whole
  std::string message;

  friend bool operator==(const Complaint&, const Complaint&) = default;
};
std::ostream& operator<<(std::ostream& out, const Complaint& complaint);
using Complaints = std::vector<Complaint>;

// The rooms from the first to the last: each may include only those before it.
[[nodiscard]] std::span<const std::string_view> rooms();

// Includes that go upwards, past the public headers, or to a library that is another room's.
[[nodiscard]] Complaints check_includes(const Tree& tree);
// Calls by which the analyzer would start a process, read a clock or the environment.
[[nodiscard]] Complaints check_purity(const Tree& tree);
// docs/architecture.md tells the same rooms in the same order.
[[nodiscard]] Complaints check_room_list(const Tree& tree);
// Files and public headers that have become two.
[[nodiscard]] Complaints check_lengths(const Tree& tree);
// Each rule has its fixtures, its page and its own name; no fixtures or page outlive their rule.
[[nodiscard]] Complaints check_rules(const Tree& tree);
// Words that are true on one machine only.
[[nodiscard]] Complaints check_words(const Tree& tree);
// Lock files pin what is fetched by content, and name no place to fetch it from.
[[nodiscard]] Complaints check_locks(const Tree& tree);

}  // namespace composelint::house
