#include "analyzer/engine/discovery.h"

#include <gtest/gtest.h>

#include "tests/engine/tree.h"

namespace composelint::engine {
namespace {

const std::string kShebang = "#!/bin/sh\n";
const std::string kServices = "services:\n  web:\n    image: nginx\n";

Discovery discover_in(const Tree& tree, const std::vector<std::string>& paths) {
  const text::SourceStore store(tree, "/w");
  return discover(paths, store);
}

// The files found, as "role path" lines.
std::string listing(const Discovery& found) {
  std::string out;
  for (const DiscoveredFile& file : found.files) {
    out += file.role == FileRole::kCompose ? "compose "
           : file.role == FileRole::kHost  ? "host "
                                           : "shell ";
    out += file.path + "\n";
  }
  return out;
}

TEST(Discover, TakesScriptsAndComposeFilesInOrderOfPath) {
  Tree tree;
  tree.file("/w/z.sh").file("/w/a/compose.yaml").file("/w/a/stack.yml", kServices);
  tree.file("/w/a/notes.yml", "a: b\n").file("/w/README.md").file("/w/README.rst");
  tree.file("/w/bin/deploy", kShebang, true);
  tree.file("/w/bin/plain", kShebang).file("/w/.hidden/x.sh");
  EXPECT_EQ(listing(discover_in(tree, {"."})),
            "shell /w/.hidden/x.sh\nhost /w/README.md\ncompose /w/a/compose.yaml\n"
            "compose /w/a/stack.yml\nshell /w/bin/deploy\nshell /w/bin/plain\nshell /w/z.sh\n");
}

// A shell that is to start it takes it for a script of its own.
TEST(Discover, TakesExecutablesThatCallComposeWithoutAShebang) {
  const std::string calls = "set -e\ncd /srv/shop\n  docker compose pull\n";
  Tree tree;
  tree.file("/w/bin/deploy", calls, true).file("/w/bin/notes", calls);
  tree.file("/w/bin/other", "docker compose\0", true)
      .file("/w/bin/say", "echo docker compose up\n", true);
  tree.file("/w/README", calls, true).file("/w/bin/up.txt", calls, true);
  tree.file("/w/bin/prose", "To see it:\ndocker compose ps\n(that's all)\n", true);
  tree.file("/w/bin/report", "#!/usr/bin/env python3\n" + calls, true);
  EXPECT_EQ(listing(discover_in(tree, {"."})), "shell /w/bin/deploy\n");
}

TEST(Discover, LeavesVersionControlAndLinkedDirectoriesAlone) {
  Tree tree;
  tree.file("/w/.git/hooks/x.sh").file("/w/.svn/x.sh").file("/w/node_modules/a/x.sh");
  tree.link("/w/linked").file("/w/x.sh");
  EXPECT_EQ(listing(discover_in(tree, {"/w"})), "shell /w/x.sh\n");
}

TEST(Discover, RespectsIgnoreFilesFromTheRepositoryDown) {
  Tree tree;
  tree.file("/w/.git/info/exclude", "private/\n").file("/w/.gitignore", "*.gen.sh\n/out\n");
  tree.file("/w/sub/.gitignore", "!keep.gen.sh\nlocal.sh\n").file("/w/sub/.ignore", "vendor\n");
  for (const char* path : {"a.gen.sh", "out/a.sh", "private/a.sh", "sub/keep.gen.sh",
                           "sub/local.sh", "sub/vendor/a.sh", "sub/out/a.sh", "local.sh"}) {
    tree.file(std::string("/w/") + path);
  }
  EXPECT_EQ(listing(discover_in(tree, {"/w"})),
            "shell /w/local.sh\nshell /w/sub/keep.gen.sh\nshell /w/sub/out/a.sh\n");
  EXPECT_EQ(listing(discover_in(tree, {"sub"})),
            "shell /w/sub/keep.gen.sh\nshell /w/sub/out/a.sh\n");
}

TEST(Discover, PatternsDoNotReachIntoARepositoryInside) {
  Tree tree;
  tree.file("/w/.git/HEAD").file("/w/.gitignore", "*.sh\n").file("/w/module/.git/HEAD");
  tree.file("/w/a.sh").file("/w/module/b.sh");
  EXPECT_EQ(listing(discover_in(tree, {"."})), "shell /w/module/b.sh\n");
}

TEST(Discover, AnIgnoredParentCannotBeReopenedFromInside) {
  Tree tree;
  tree.file("/w/.gitignore", "out/\n!out/keep.sh\n").file("/w/out/keep.sh").file("/w/a.sh");
  EXPECT_EQ(listing(discover_in(tree, {"."})), "shell /w/a.sh\n");
}

TEST(Discover, FilesNamedAreTakenEvenWhenIgnored) {
  Tree tree;
  tree.file("/w/.gitignore", "*\n").file("/w/a.sh").file("/w/task", kShebang);
  EXPECT_EQ(listing(discover_in(tree, {"a.sh", "/w/task", "./a.sh", "."})),
            "shell /w/a.sh\nshell /w/task\n");
}

TEST(Discover, TellsWhatItCouldNotTakeAndGoesOn) {
  Tree tree;
  tree.file("/w/a.sh").file("/w/shut.sh").file("/w/dark/b.sh").file("/w/notes.txt", "hello");
  tree.unreadable("/w/shut.sh").unreadable("/w/dark");
  const Discovery found = discover_in(tree, {"gone.sh", ".", "notes.txt"});
  EXPECT_EQ(listing(found), "shell /w/a.sh\n");
  std::string said;
  for (const Notification& each : found.notifications) {
    said += std::string(to_string(each.severity)) + " " + each.path + "\n";
  }
  EXPECT_EQ(said, "error gone.sh\nerror shut.sh\nerror dark\nnote notes.txt\n");
}

TEST(Discover, OpensNothingWhoseNameSaysEnough) {
  Tree tree;
  tree.file("/w/photo.png", "", true).file("/w/data.bin", "", true);
  tree.file("/w/ignored.yml", kServices).file("/w/.gitignore", "ignored.yml\n");
  discover_in(tree, {"."});
  EXPECT_EQ(tree.opened, (std::set<std::string>{"/w/.gitignore"}));
}

}  // namespace
}  // namespace composelint::engine
