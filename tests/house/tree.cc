#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include "tests/house/house.h"

namespace composelint::house {
namespace {

namespace fs = std::filesystem;

bool is_left_out(const fs::path& name) {
  return name == ".git" || name == "build" || name == "out" || name == "node_modules";
}

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace

Tree read_tree(const fs::path& root) {
  Tree tree;
  for (auto entry = fs::recursive_directory_iterator(root); entry != fs::end(entry); ++entry) {
    if (is_left_out(entry->path().filename())) {
      if (entry->is_directory()) entry.disable_recursion_pending();
      continue;
    }
    if (entry->is_symlink() || !entry->is_regular_file()) continue;
    std::ifstream stream(entry->path(), std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(stream)), {});
    if (text.find('\0') != std::string::npos) continue;
    tree.push_back({fs::relative(entry->path(), root).generic_string(), split_lines(text)});
  }
  std::sort(tree.begin(), tree.end(),
            [](const TreeFile& a, const TreeFile& b) { return a.path < b.path; });
  return tree;
}

std::ostream& operator<<(std::ostream& out, const Complaint& complaint) {
  out << complaint.path;
  if (complaint.line != 0) out << ':' << complaint.line;
  return out << ": " << complaint.message;
}

}  // namespace composelint::house
