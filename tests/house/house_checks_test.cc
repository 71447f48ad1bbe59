// Each check on a small tree that breaks it, beside one that does not.
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "tests/house/house.h"

namespace composelint::house {
namespace {

namespace fs = std::filesystem;

using Files = std::map<std::string, std::string>;

// Writes the files below a fresh folder and reads them back as read_tree sees them.
Tree tree_of(const Files& files) {
  const testing::TestInfo* const test = testing::UnitTest::GetInstance()->current_test_info();
  const fs::path root = fs::path(testing::TempDir()) /
                        (std::string("house-") + test->test_suite_name() + "-" + test->name());
  fs::remove_all(root);
  for (const auto& [path, text] : files) {
    fs::create_directories((root / path).parent_path());
    std::ofstream(root / path, std::ios::binary) << text;
  }
  Tree tree = read_tree(root);
  fs::remove_all(root);
  return tree;
}

std::vector<std::string> places(const Complaints& complaints) {
  std::vector<std::string> found;
  for (const Complaint& complaint : complaints) {
    found.push_back(complaint.path + ":" + std::to_string(complaint.line));
  }
  return found;
}

using Places = std::vector<std::string>;

std::string lines(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "//\n";
  return text;
}

TEST(ReadTree, SkipsBuildsBinariesAndHistory) {
  const Tree tree = tree_of({{"a.cc", "one\ntwo\n"},
                             {"build/dev/b.cc", "x"},
                             {".git/config", "x"},
                             {"tests/npm/node_modules/c.h", "x"},
                             {"image.bin", std::string("\0\1", 2)},
                             {".ci/run", "x"}});
  ASSERT_EQ(tree.size(), 2U);
  EXPECT_EQ(tree[0].path, ".ci/run");
  EXPECT_EQ(tree[1].path, "a.cc");
  EXPECT_EQ(tree[1].lines, (std::vector<std::string>{"one", "two"}));
}

struct IncludeCase {
  std::string_view path;
  std::string_view line;
  bool fine;
};

constexpr IncludeCase kIncludeCases[] = {
    {"analyzer/yaml/a.cc", "#include \"analyzer/text/path.h\"", true},
    {"analyzer/yaml/a.cc", "#include \"analyzer/yaml/b.h\"", true},
    {"analyzer/yaml/a.cc", "#include \"analyzer/shell/parser.h\"", false},
    {"analyzer/yaml/a.cc", "  #  include \"analyzer/shell/parser.h\"", false},
    {"analyzer/report/a.cc", "#include \"cli/check.h\"", false},
    {"analyzer/report/a.cc", "#include \"guard/run.h\"", false},
    {"cli/check.cc", "#include \"analyzer/report/sarif.h\"", true},
    {"analyzer/yaml/a.cc", "#include \"b.h\"", false},
    {"analyzer/yaml/a.cc", "#include \"somewhere/b.h\"", false},
    {"rules/run-without-rm.cc", "#include <composelint/rule.h>", true},
    {"rules/run-without-rm.cc", "#include <string>", true},
    {"rules/run-without-rm.cc", "#include \"analyzer/text/path.h\"", false},
    {"rules/run-without-rm.cc", "#include \"analyzer/signs/steps/sequence.h\"", true},
    {"analyzer/calls/a.cc", "#include \"analyzer/signs/steps/sequence.h\"", false},
    {"rules/run-without-rm.cc", "#include <fmt/format.h>", false},
    {"include/composelint/a.h", "#include <composelint/rule.h>", true},
    {"include/composelint/a.h", "#include <vector>", true},
    {"include/composelint/a.h", "#include <nlohmann/json_fwd.hpp>", false},
    {"include/composelint/a.h", "#include \"analyzer/text/path.h\"", false},
    {"analyzer/yaml/a.cc", "#include <yaml-cpp/parser.h>", true},
    {"analyzer/compose/a.cc", "#include <yaml-cpp/parser.h>", false},
    {"analyzer/shell/a.cc", "#include <tree_sitter/api.h>", true},
    {"analyzer/calls/a.cc", "#include <tree_sitter/api.h>", false},
    {"analyzer/report/a.cc", "#include <nlohmann/json.hpp>", true},
    {"analyzer/report/a.h", "#include <nlohmann/json.hpp>", false},
    {"analyzer/report/a.h", "#include <nlohmann/json_fwd.hpp>", true},
    {"analyzer/calls/a.cc", "#include <CLI/CLI.hpp>", false},
    {"analyzer/calls/a.cc", "#include <boost/any.hpp>", false},
    {"analyzer/calls/a.cc", "#include <regex>", false},
    {"analyzer/calls/a.cc", "#include <unistd.h>", false},
    {"analyzer/compose/a.cc", "#include <arpa/inet.h>", true},
    {"analyzer/calls/a.cc", "#include <arpa/inet.h>", false},
    {"cli/main.cc", "#include <unistd.h>", true},
};

TEST(Includes, AreJudgedByRoom) {
  for (const auto& [path, line, fine] : kIncludeCases) {
    const Complaints found = check_includes({{std::string(path), {"// first", std::string(line)}}});
    EXPECT_EQ(places(found), fine ? Places{} : Places{std::string(path) + ":2"})
        << path << ": " << line;
  }
}

TEST(Includes, OfCli11StayInOneUnit) {
  const std::string text = "#include <CLI/CLI.hpp>\n";
  EXPECT_EQ(check_includes(tree_of({{"cli/main.cc", text}})), Complaints{});
  EXPECT_EQ(places(check_includes(tree_of({{"cli/check.cc", text}, {"cli/main.cc", text}}))),
            Places{"cli/main.cc:0"});
}

TEST(Purity, FindsCallsAndNotNamesThatEndAlike) {
  const Tree tree = tree_of({{"analyzer/calls/a.cc",
                              "auto home = std::getenv(\"HOME\");\n"
                              "file_system(path);  // system( in words\n"
                              "std::system(command);\n"
                              "auto now = std::chrono::steady_clock::now();\n"
                              "read(call.environment);\n"
                              "for (char** entry = environ; *entry; ++entry) {\n"},
                             {"rules/b.cc", "popen(command, \"r\");\n"},
                             {"guard/c.cc", "fork();\n"}});
  EXPECT_EQ(places(check_purity(tree)),
            (Places{"analyzer/calls/a.cc:1", "analyzer/calls/a.cc:3", "analyzer/calls/a.cc:4",
                    "analyzer/calls/a.cc:6", "rules/b.cc:1"}));
}

std::string architecture(std::string_view first, std::string_view second) {
  std::string text = "# Rooms\n<!-- rooms -->\n```\n";
  for (const std::string_view room : rooms()) {
    const std::string_view told = room == first ? second : room == second ? first : room;
    text += "    analyzer/" + std::string(told) + "/   what it holds\n";
  }
  return text + "```\n<!-- /rooms -->\nmore words\n";
}

TEST(RoomList, IsComparedInOrder) {
  const std::string page = "docs/architecture.md";
  EXPECT_EQ(check_room_list(tree_of({{page, architecture("", "")}})), Complaints{});
  EXPECT_EQ(places(check_room_list(tree_of({{page, architecture("yaml", "shell")}}))),
            Places{page + ":0"});
  EXPECT_EQ(places(check_room_list(tree_of({{page, "# Rooms\n"}}))), Places{page + ":0"});
  EXPECT_EQ(places(check_room_list(tree_of({{"README.md", "#\n"}}))), Places{page + ":0"});
}

TEST(Lengths, HaveTheirLimitsToTheLine) {
  const Tree tree = tree_of({{"analyzer/yaml/fits.cc", lines(400)},
                             {"analyzer/yaml/long.cc", lines(401)},
                             {"analyzer/yaml/long.h", lines(401)},
                             {"tests/yaml/long_test.cc", lines(401)},
                             {"analyzer/knowledge/table.inc", lines(900)},
                             {"analyzer/knowledge/table.cc", "// GENERATED\n" + lines(900)},
                             {"include/composelint/fits.h", lines(150)},
                             {"include/composelint/long.h", lines(151)},
                             {"CONTRIBUTING.md", lines(61)}});
  EXPECT_EQ(places(check_lengths(tree)),
            (Places{"CONTRIBUTING.md:0", "analyzer/yaml/long.cc:0", "analyzer/yaml/long.h:0",
                    "include/composelint/long.h:0", "tests/yaml/long_test.cc:0"}));
}

Files whole_rule() {
  return {{"rules/run-without-rm.cc", "COMPOSELINT_RULE(run_without_rm) = {};\n"},
          {"fixtures/rules/run-without-rm/unsafe/a.sh", "x\n"},
          {"fixtures/rules/run-without-rm/safe/a.sh", "x\n"},
          {"fixtures/rules/run-without-rm/near-miss/a.sh", "x\n"},
          {"docs/rules/run-without-rm.md", "# run-without-rm\n"}};
}

TEST(Rules, AreFineWithFixturesAndPage) {
  EXPECT_EQ(check_rules(tree_of(whole_rule())), Complaints{});
}

TEST(Rules, MissEachOfTheirPartsByName) {
  const std::string fixtures = "fixtures/rules/run-without-rm/";
  const std::map<std::string, std::string> missing_and_named = {
      {fixtures + "unsafe/a.sh", fixtures + "unsafe"},
      {fixtures + "safe/a.sh", fixtures + "safe"},
      {fixtures + "near-miss/a.sh", fixtures + "near-miss"},
      {"docs/rules/run-without-rm.md", "docs/rules/run-without-rm.md"}};
  for (const auto& [missing, named] : missing_and_named) {
    Files files = whole_rule();
    files.erase(missing);
    const Complaints found = check_rules(tree_of(files));
    EXPECT_EQ(places(found), Places{"rules/run-without-rm.cc:0"}) << missing;
    EXPECT_TRUE(found.size() == 1 && found[0].message.find(named) != std::string::npos) << missing;
  }
}

TEST(Rules, AreNamedAsTheirFile) {
  Files files = whole_rule();
  files["rules/run-without-rm.cc"] = "COMPOSELINT_RULE(run_leaves_container) = {};\n";
  EXPECT_EQ(places(check_rules(tree_of(files))), Places{"rules/run-without-rm.cc:0"});
}

TEST(Rules, LeaveNothingBehind) {
  Files files = whole_rule();
  files.erase("rules/run-without-rm.cc");
  EXPECT_EQ(
      places(check_rules(tree_of(files))),
      (Places{"docs/rules/run-without-rm.md:0", "fixtures/rules/run-without-rm/near-miss/a.sh:0"}));
}

TEST(Words, OfOneMachineAreFoundWherePathsBegin) {
  const std::string work = std::string("/wo") + "rk/";
  const Tree tree = tree_of({{"docs/a.md", "see " + work + "main\nsee frame" + work + "main\n"},
                             {"docs/b.md", std::string("https://registry.") + "npmjs.org/x\n"}});
  EXPECT_EQ(places(check_words(tree)), (Places{"docs/a.md:1", "docs/b.md:1"}));
}

TEST(Locks, NeedHashesAndNoPlaces) {
  const std::string entry = "\"node_modules/a\": {\n";
  const std::string hash = "\"integrity\": \"sha512-x\"\n";
  EXPECT_EQ(check_locks(tree_of({{"package-lock.json", entry + hash}})), Complaints{});
  EXPECT_EQ(places(check_locks(tree_of({{"package-lock.json", entry}}))),
            Places{"package-lock.json:0"});
  EXPECT_EQ(places(check_locks(tree_of({{"tests/x/package-lock.json", "{}\n"}}))),
            Places{"tests/x/package-lock.json:0"});
  EXPECT_EQ(places(check_locks(
                tree_of({{"package-lock.json", entry + "\"resolved\": \"somewhere\",\n" + hash}}))),
            Places{"package-lock.json:0"});
}

}  // namespace
}  // namespace composelint::house
