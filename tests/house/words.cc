#include <algorithm>
#include <array>
#include <cctype>

#include "tests/house/house.h"

namespace composelint::house {
namespace {

// In two pieces each, or this file would hold the words it forbids.
constexpr std::array<std::string_view, 9> kOneMachineOnly = {
    "/wo"
    "rk/",
    "/Us"
    "ers/",
    "/home/run"
    "ner/",
    "/var/tm"
    "p/",
    "registry."
    "npmjs",
    "deb."
    "debian.org",
    "security."
    "debian.org",
    "pypi."
    "org/simple",
    "files."
    "pythonhosted"};

struct Impurity {
  std::string_view call;
  std::string_view message;
};

constexpr std::array<Impurity, 9> kImpurities = {{
    {"getenv(", "the analyzer reads no environment: take the value as an argument"},
    {"environ", "the analyzer reads no environment: take the value as an argument"},
    {"popen(", "the analyzer starts no process"},
    {"system(", "the analyzer starts no process"},
    {"fork(", "the analyzer starts no process"},
    {"posix_spawn(", "the analyzer starts no process"},
    {"_clock::now", "the analyzer reads no clock"},
    {"time(nullptr", "the analyzer reads no clock"},
    {"gettimeofday", "the analyzer reads no clock"},
}};

bool is_word_char(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Finds `word` where no longer name begins or ends in it: "file_system(" is not "system(".
bool holds_word(std::string_view text, std::string_view word) {
  const bool opens = is_word_char(word.front()) && word.front() != '_';
  const bool closes = is_word_char(word.back());
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool longer_before = opens && at > 0 && is_word_char(text[at - 1]);
    const bool longer_after = closes && end < text.size() && is_word_char(text[end]);
    if (!longer_before && !longer_after) return true;
  }
  return false;
}

// A path of one machine starts at the root; "frame/wo" "rk/x" is somebody's folder.
bool holds_path(std::string_view text, std::string_view path) {
  for (std::size_t at = text.find(path); at != std::string_view::npos;
       at = text.find(path, at + 1)) {
    const bool inside = at > 0 && (is_word_char(text[at - 1]) || text[at - 1] == '.' ||
                                   text[at - 1] == '-' || text[at - 1] == '}');
    if (path.front() != '/' || !inside) return true;
  }
  return false;
}

std::string_view without_comment(std::string_view line) {
  return line.substr(0, line.find("//"));
}

bool is_analysis(std::string_view path) {
  return (path.starts_with("analyzer/") || path.starts_with("rules/")) &&
         (path.ends_with(".cc") || path.ends_with(".h"));
}

bool is_lock(std::string_view path) {
  return path == "package-lock.json" || path.ends_with("/package-lock.json");
}

std::size_t count_lines(const TreeFile& file, std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(file.lines.begin(), file.lines.end(),
                    [&](const std::string& line) { return line.find(text) != std::string::npos; }));
}

}  // namespace

Complaints check_words(const Tree& tree) {
  Complaints complaints;
  for (const TreeFile& file : tree) {
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      for (const std::string_view word : kOneMachineOnly) {
        if (!holds_path(file.lines[i], word)) continue;
        complaints.push_back(
            {file.path, i + 1, std::string(word) + " is true on one machine only"});
      }
    }
  }
  return complaints;
}

Complaints check_purity(const Tree& tree) {
  Complaints complaints;
  for (const TreeFile& file : tree) {
    if (!is_analysis(file.path)) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::string_view code = without_comment(file.lines[i]);
      for (const Impurity& impurity : kImpurities) {
        if (!holds_word(code, impurity.call)) continue;
        complaints.push_back({file.path, i + 1, std::string(impurity.message)});
      }
    }
  }
  return complaints;
}

Complaints check_locks(const Tree& tree) {
  Complaints complaints;
  for (const TreeFile& file : tree) {
    if (!is_lock(file.path)) continue;
    const std::size_t packages = count_lines(file, "\"node_modules/");
    const std::size_t hashes = count_lines(file, "\"integrity\": \"sha512-");
    if (count_lines(file, "\"resolved\":") != 0) {
      complaints.push_back({file.path, 0, "names the place a package came from"});
    }
    if (packages == 0 || packages != hashes) {
      complaints.push_back({file.path, 0,
                            std::to_string(packages) + " packages, " + std::to_string(hashes) +
                                " integrity hashes"});
    }
  }
  return complaints;
}

}  // namespace composelint::house
