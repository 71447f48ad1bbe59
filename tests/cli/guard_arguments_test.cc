#include "cli/guard_arguments.h"

#include <gtest/gtest.h>

namespace composelint::cli {
namespace {

GuardCall call_of(const Words& words) {
  const auto parsed = parse_guard(words);
  if (const auto* answer = std::get_if<Answer>(&parsed)) ADD_FAILURE() << answer->text;
  const auto* call = std::get_if<GuardCall>(&parsed);
  return call == nullptr ? GuardCall{} : *call;
}

TEST(GuardArguments, LeaveTheCommandsOwnOptionsAlone) {
  const GuardCall call =
      call_of({"--yes", "--output", "f", "--attest", "ready=I looked", "--timeout", "1h30m",
               "--format=json", "--", "docker", "compose", "run", "--yes", "--", "x"});
  EXPECT_EQ(call.action, GuardAction::kGuard);
  EXPECT_FALSE(call.options.script);
  EXPECT_EQ(call.options.command, (Words{"docker", "compose", "run", "--yes", "--", "x"}));
  EXPECT_TRUE(call.options.yes);
  EXPECT_TRUE(call.options.json);
  EXPECT_EQ(call.options.output, "f");
  EXPECT_EQ(call.options.timeout, std::chrono::minutes(90));
  ASSERT_EQ(call.options.attestations.size(), 1U);
  EXPECT_EQ(call.options.attestations[0].first, "ready");
  EXPECT_EQ(call.options.attestations[0].second, "I looked");
}

TEST(GuardArguments, TakeAScriptWithItsArguments) {
  const GuardCall call = call_of({"--dry-run", "./deploy.sh", "--fix", "status"});
  EXPECT_TRUE(call.options.script);
  EXPECT_TRUE(call.options.dry_run);
  EXPECT_FALSE(call.options.fix);
  EXPECT_EQ(call.options.command, (Words{"./deploy.sh", "--fix", "status"}));
}

TEST(GuardArguments, KnowTheOtherActions) {
  EXPECT_EQ(call_of({"status"}).action, GuardAction::kStatus);
  EXPECT_EQ(call_of({"history", "--format", "json"}).action, GuardAction::kHistory);
  EXPECT_TRUE(call_of({"recover", "--yes"}).options.yes);
  EXPECT_EQ(call_of({"unlock"}).action, GuardAction::kUnlock);
  EXPECT_TRUE(call_of({"./status"}).options.script);
}

TEST(GuardArguments, RefuseWithTheWordThatWasMeant) {
  const struct {
    Words words;
    const char* text;
  } rows[] = {
      {{"--dryrun", "--", "x"}, "unknown option \"--dryrun\"; did you mean \"--dry-run\"?"},
      {{"--yes=1", "--", "x"}, "--yes takes no value"},
      {{"--output"}, "--output needs FILE"},
      {{"--output=", "--", "x"}, "--output has to name a file"},
      {{"--attest", "ready", "--", "x"}, "--attest has to be CLAIM=WHY"},
      {{"--timeout", "5", "--", "x"}, "--timeout has to be a duration, as 90s, 10m or 1h30m"},
      {{"--format", "xml", "--", "x"}, "--format has to be text or json"},
      {{"--yes"}, "a command has to stand behind --"},
      {{"--"}, "a command has to stand behind --"},
      {{"docker", "compose", "up"}, "a command stands behind --: composelint guard -- docker …"},
      {{"status", "now"}, "unexpected argument \"now\""},
  };
  for (const auto& row : rows) {
    const auto parsed = parse_guard(row.words);
    const auto* answer = std::get_if<Answer>(&parsed);
    ASSERT_NE(answer, nullptr) << row.text;
    EXPECT_EQ(answer->code, ExitCode::kTrouble);
    EXPECT_EQ(answer->text.substr(0, answer->text.find('\n')), row.text);
  }
}

TEST(GuardArguments, OfPlanShowOnly) {
  const auto parsed = parse_plan({"--", "docker", "compose", "up"});
  const auto* call = std::get_if<GuardCall>(&parsed);
  ASSERT_NE(call, nullptr);
  EXPECT_TRUE(call->options.dry_run);
  const auto bare = parse_plan({"docker", "compose", "up"});
  EXPECT_NE(std::get_if<Answer>(&bare), nullptr);
}

TEST(GuardArguments, HelpTellsTheExitCodes) {
  const auto parsed = parse_guard({"--help"});
  const auto* answer = std::get_if<Answer>(&parsed);
  ASSERT_NE(answer, nullptr);
  EXPECT_EQ(answer->code, ExitCode::kClean);
  for (const char* code : {"100", "101", "102", "103", "104", "105"}) {
    EXPECT_NE(answer->text.find(code), std::string::npos);
  }
}

}  // namespace
}  // namespace composelint::cli
