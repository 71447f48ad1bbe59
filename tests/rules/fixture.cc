#include "tests/rules/fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "analyzer/text/disk_file_system.h"
#include "analyzer/text/edit.h"
#include "tests/engine/tree.h"

namespace composelint::fixture {

namespace {

constexpr const char* kToday = "2026-07-01";

}  // namespace

engine::Outcome check_directory(const std::string& directory, std::span<const Rule* const> rules) {
  static const text::DiskFileSystem disk;
  engine::CheckRequest request;
  request.paths = {"."};
  request.working_directory = directory;
  request.today = kToday;
  request.rules.select = {"*"};  // whatever preset they are in
  return engine::check(request, disk, rules);
}

engine::Outcome check_texts(const std::map<std::string, std::string>& texts,
                            std::span<const Rule* const> rules, Context context) {
  // Findings point into the sources, which the outcome owns; the tree itself may go.
  engine::Tree tree;
  for (const auto& [name, text] : texts) tree.file("/project/" + name, text);
  engine::CheckRequest request;
  request.paths = {"."};
  request.working_directory = "/project";
  request.today = kToday;
  request.context = context;
  request.rules.select = {"*"};
  return engine::check(request, tree, rules);
}

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<std::string> entries(const std::string& directory, bool files) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    if (entry.is_directory() != files) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool exists(const std::string& path) {
  return std::filesystem::exists(path);
}

std::string repaired(const Run& run, std::string_view path) {
  const SourceFile* file = nullptr;
  std::vector<Edit> edits;
  for (const Finding& finding : run.findings) {
    if (finding.fixes.empty() || finding.fixes.front().safety != FixSafety::kSafe) continue;
    for (const Edit& edit : finding.fixes.front().edits) {
      // One finding may tell of several files.
      if (edit.span.file->path() != path) continue;
      file = edit.span.file;
      // Two findings may ask for the same edit: one line `set -o pipefail` serves all pipes.
      const auto same = [&](const Edit& other) {
        return other.span == edit.span && other.replacement == edit.replacement;
      };
      if (std::none_of(edits.begin(), edits.end(), same)) edits.push_back(edit);
    }
  }
  if (file == nullptr) return {};
  const auto text = text::apply_edits(*file, edits);
  EXPECT_TRUE(text.ok()) << path;
  return text.ok() ? *text : std::string();
}

void expect_golden(const std::string& path, const std::string& actual) {
  const char* const update = std::getenv("COMPOSELINT_UPDATE_GOLDEN");
  if (update != nullptr && std::string_view(update) == "1") {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  EXPECT_TRUE(exists(path)) << path << " is missing; the target update-golden writes it";
  EXPECT_EQ(read(path), actual) << path << "; the target update-golden rewrites it";
}

}  // namespace composelint::fixture
