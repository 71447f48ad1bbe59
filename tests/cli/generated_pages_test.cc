// docs/rules and the README's table are written by `composelint docs`; here is told when they are
// stale. COMPOSELINT_UPDATE_GOLDEN=1 renews them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace composelint::cli {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

int write_docs(const fs::path& out, const fs::path& readme) {
  std::string line = "'" COMPOSELINT_BINARY "' docs --out '" + out.string() + "'";
  if (fs::exists(readme)) line += " --readme '" + readme.string() + "'";
  return std::system(line.c_str());
}

std::set<std::string> names_in(const fs::path& directory) {
  std::set<std::string> names;
  if (!fs::exists(directory)) return names;
  for (const auto& entry : fs::directory_iterator(directory)) {
    names.insert(entry.path().filename().string());
  }
  return names;
}

TEST(GeneratedPages, AreFresh) {
  const fs::path source = COMPOSELINT_SOURCE_DIR;
  const fs::path pages = source / "docs" / "rules";
  if (std::getenv("COMPOSELINT_UPDATE_GOLDEN") != nullptr) {
    fs::remove_all(pages);
    ASSERT_EQ(write_docs(pages, source / "README.md"), 0);
    return;
  }
  const fs::path fresh = fs::path(testing::TempDir()) / "generated-pages";
  fs::remove_all(fresh);
  fs::create_directories(fresh);
  if (fs::exists(source / "README.md")) fs::copy(source / "README.md", fresh / "README.md");
  ASSERT_EQ(write_docs(fresh / "rules", fresh / "README.md"), 0);
  EXPECT_EQ(names_in(fresh / "rules"), names_in(pages));
  for (const std::string& name : names_in(fresh / "rules")) {
    EXPECT_EQ(read(fresh / "rules" / name), read(pages / name)) << name;
  }
  EXPECT_EQ(read(fresh / "README.md"), read(source / "README.md"));
  fs::remove_all(fresh);
}

}  // namespace
}  // namespace composelint::cli
