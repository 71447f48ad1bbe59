#include "cli/dispatch.h"

#include <gtest/gtest.h>

namespace composelint::cli {
namespace {

ExitCode count_words(const Words& words) {
  return static_cast<ExitCode>(words.size() + 10);
}

constexpr Subcommand kTable[] = {
    {"check", "Check", count_words},
    {"config", "Resolve", count_words, true},
    {"docs", "", count_words},
};

TEST(SubcommandAt, SkipsTheGlobalOptionsOfCompose) {
  struct Row {
    Words words;
    std::optional<std::size_t> at;
  };
  const Row rows[] = {
      {{"check", "x"}, 0},
      {{"-f", "x.yml", "-p", "y", "config", "--format", "json"}, 4},
      {{"--file=x.yml", "--profile", "a", "config"}, 3},
      {{"-fx.yml", "--dry-run", "config"}, 2},
      {{"--project-directory", "config", "config"}, 2},
      {{"-"}, 0},
      {{"--help"}, std::nullopt},
      {{"-f"}, std::nullopt},
      {{}, std::nullopt},
  };
  for (const Row& row : rows) EXPECT_EQ(subcommand_at(row.words), row.at);
}

TEST(Dispatch, GivesASubcommandTheWordsBehindItsName) {
  EXPECT_EQ(static_cast<int>(dispatch(kTable, {"check", "a", "-f"})), 12);
  EXPECT_EQ(static_cast<int>(dispatch(kTable, {"docs"})), 10);
}

TEST(Dispatch, GivesAWholeLineToThoseThatWantIt) {
  EXPECT_EQ(static_cast<int>(dispatch(kTable, {"-f", "x", "config", "--quiet"})), 14);
}

TEST(Dispatch, SaysWhatIsWrongWithTheRest) {
  struct Row {
    Words words;
    ExitCode code;
    std::string begins;
  };
  const Row rows[] = {
      {{}, ExitCode::kTrouble, "composelint "},
      {{"--help"}, ExitCode::kClean, "composelint "},
      {{"-h"}, ExitCode::kClean, "composelint "},
      {{"--version"}, ExitCode::kClean, "composelint 0."},
      {{"chekc"}, ExitCode::kTrouble, "unknown subcommand \"chekc\"; did you mean \"check\"?"},
      {{"deploy.sh"},
       ExitCode::kTrouble,
       "unknown subcommand \"deploy.sh\"; to check a file: composelint check deploy.sh"},
      {{"doc"}, ExitCode::kTrouble, "unknown subcommand \"doc\"\n"},
      {{"--color", "check"}, ExitCode::kTrouble, "\"--color\" stands before the subcommand"},
      {{"--verbose"}, ExitCode::kTrouble, "unknown option \"--verbose\""},
  };
  for (const Row& row : rows) {
    const auto answer = answer_without_subcommand(kTable, row.words);
    ASSERT_TRUE(answer) << row.begins;
    EXPECT_EQ(answer->code, row.code) << row.begins;
    EXPECT_TRUE(answer->text.starts_with(row.begins)) << answer->text;
  }
}

TEST(Dispatch, ListsOnlySubcommandsForUsers) {
  const std::string help = answer_without_subcommand(kTable, {"--help"})->text;
  EXPECT_NE(help.find("  check "), std::string::npos);
  EXPECT_EQ(help.find("docs"), std::string::npos);
}

}  // namespace
}  // namespace composelint::cli
