// Files that end anywhere, and files with a byte changed: every reader comes to an end, and what it
// says lies inside of the file.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "analyzer/hosts/host.h"
#include "tests/rules/fixture.h"

namespace composelint::hosts {
namespace {

namespace fs = std::filesystem;

const std::string kRoot = std::string(COMPOSELINT_SOURCE_DIR) + "/fixtures/hosts";

bool inside(const Span& span, const SourceFile& file) {
  return span.file != &file || (span.begin <= span.end && span.end <= file.size());
}

void read(const std::string& path, std::string bytes) {
  const SourceFile file(path, std::move(bytes));
  const Host* host = find_host(path, file.bytes());
  if (fs::path(path).filename() == "compose.yml") host = host_of(HostKind::kComposeCommands);
  if (host == nullptr) return;
  const HostFile read = host->read({file, path, "/project", [](const std::string&) {
                                      return static_cast<const SourceFile*>(nullptr);
                                    }});
  for (const Task& task : read.tasks) {
    EXPECT_TRUE(inside(task.span, file)) << path;
    for (const auto& block : task.blocks) {
      EXPECT_TRUE(inside(block->script.span, file)) << path;
      for (const Command& command : block->script.commands) {
        EXPECT_TRUE(inside(command.span, file)) << path;
      }
    }
  }
  for (const Comment& comment : read.comments) EXPECT_TRUE(inside(comment.span, file)) << path;
  for (const Trouble& trouble : read.troubles) EXPECT_TRUE(inside(trouble.span, file)) << path;
}

TEST(HostReaders, StandFilesThatAreCutOrChanged) {
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot)) {
    if (!entry.is_regular_file() || entry.path().filename() == "expected.txt") continue;
    ++files;
    const std::string path = "/project/" + entry.path().lexically_relative(kRoot).string();
    const std::string bytes = fixture::read(entry.path().string());
    for (std::size_t size = 0; size < bytes.size(); size += 7) read(path, bytes.substr(0, size));
    constexpr std::string_view kBytes = "\"'`\\{[<$%#\n\t\xFF";
    for (std::size_t at = 0; at < bytes.size(); at += 11) {
      std::string changed = bytes;
      changed[at] = kBytes[at % kBytes.size()];
      read(path, changed);
    }
  }
  EXPECT_GT(files, 20U);
}

}  // namespace
}  // namespace composelint::hosts
