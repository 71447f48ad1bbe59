#include <algorithm>
#include <array>
#include <set>

#include "tests/house/house.h"

namespace composelint::house {
namespace {

constexpr std::size_t kLongestFile = 400;
constexpr std::size_t kLongestPublicHeader = 150;
constexpr std::size_t kLongestGuide = 60;  // CONTRIBUTING.md fits a screen

constexpr std::array<std::string_view, 3> kCases = {"unsafe", "safe", "near-miss"};

bool is_generated(const TreeFile& file) {
  return !file.lines.empty() && file.lines.front().find("GENERATED") != std::string::npos;
}

std::string length_trouble(std::size_t lines, std::size_t limit) {
  if (lines <= limit) return {};
  return std::to_string(lines) + " lines, and " + std::to_string(limit) + " is the limit";
}

// "rules/run-without-rm.cc" with prefix "rules/" and ending ".cc" -> "run-without-rm"; empty if the
// path is not of this form.
std::string stem_between(std::string_view path, std::string_view prefix, std::string_view ending) {
  if (!path.starts_with(prefix) || !path.ends_with(ending)) return {};
  path.remove_prefix(prefix.size());
  path.remove_suffix(ending.size());
  return path.find('/') == std::string_view::npos ? std::string(path) : std::string();
}

std::string identifier_of(std::string slug) {
  std::replace(slug.begin(), slug.end(), '-', '_');
  return slug;
}

bool mentions(const TreeFile& file, std::string_view text) {
  return std::any_of(file.lines.begin(), file.lines.end(),
                     [&](const std::string& line) { return line.find(text) != std::string::npos; });
}

bool has_below(const Tree& tree, const std::string& folder) {
  return std::any_of(tree.begin(), tree.end(),
                     [&](const TreeFile& file) { return file.path.starts_with(folder + "/"); });
}

void check_rule(const Tree& tree, const TreeFile& rule, const std::string& slug,
                Complaints& complaints) {
  if (!mentions(rule, "COMPOSELINT_RULE(" + identifier_of(slug) + ")")) {
    complaints.push_back({rule.path, 0,
                          "does not define COMPOSELINT_RULE(" + identifier_of(slug) +
                              "): the file's stem is the rule's name"});
  }
  for (const std::string_view name : kCases) {
    const std::string folder = "fixtures/rules/" + slug + "/" + std::string(name);
    if (!has_below(tree, folder)) {
      complaints.push_back({rule.path, 0, "has no " + std::string(name) + " case: " + folder});
    }
  }
  const std::string page = "docs/rules/" + slug + ".md";
  const bool has_page = std::any_of(tree.begin(), tree.end(),
                                    [&](const TreeFile& file) { return file.path == page; });
  if (!has_page) complaints.push_back({rule.path, 0, "has no page: " + page});
}

void check_leftovers(const Tree& tree, const std::set<std::string>& slugs, Complaints& complaints) {
  constexpr std::string_view kFixtures = "fixtures/rules/";
  std::set<std::string> seen;
  for (const TreeFile& file : tree) {
    std::string slug = stem_between(file.path, "docs/rules/", ".md");
    if (file.path.starts_with(kFixtures)) {
      const std::string_view rest = std::string_view(file.path).substr(kFixtures.size());
      slug = rest.substr(0, rest.find('/'));
      if (!seen.insert(slug).second) continue;
    }
    if (!slug.empty() && !slugs.contains(slug)) {
      complaints.push_back({file.path, 0, "there is no rule " + slug});
    }
  }
}

}  // namespace

Complaints check_lengths(const Tree& tree) {
  Complaints complaints;
  for (const TreeFile& file : tree) {
    std::string trouble;
    if (file.path == "CONTRIBUTING.md") {
      trouble = length_trouble(file.lines.size(), kLongestGuide);
    } else if (file.path.starts_with("include/composelint/")) {
      trouble = length_trouble(file.lines.size(), kLongestPublicHeader);
    } else if ((file.path.ends_with(".cc") || file.path.ends_with(".h")) && !is_generated(file)) {
      trouble = length_trouble(file.lines.size(), kLongestFile);
    }
    if (!trouble.empty()) complaints.push_back({file.path, 0, std::move(trouble)});
  }
  return complaints;
}

Complaints check_rules(const Tree& tree) {
  Complaints complaints;
  std::set<std::string> slugs;
  for (const TreeFile& file : tree) {
    const std::string slug = stem_between(file.path, "rules/", ".cc");
    if (slug.empty()) continue;
    slugs.insert(slug);
    check_rule(tree, file, slug, complaints);
  }
  check_leftovers(tree, slugs, complaints);
  return complaints;
}

}  // namespace composelint::house
