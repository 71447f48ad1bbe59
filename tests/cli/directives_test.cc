// Allow comments as a user meets them.
#include "tests/cli/command_line.h"

namespace composelint::cli {
namespace {

class Directives : public CommandLine {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    write("compose.yaml", kCompose);
    write("deploy.sh",
          "#!/bin/sh\n# composelint: allow run-without-rm until 2026-06-30 -- logs\n"
          "docker compose run app ./task\n");
  }

  [[nodiscard]] Ended on(const std::string& seconds, const std::string& words) const {
    return shell("SOURCE_DATE_EPOCH=" + seconds + " \"$C\" " + words);
  }
};

constexpr const char* kInTime = "1782820800";  // 2026-06-30, noon
constexpr const char* kLate = "1782907200";    // the day after

TEST_F(Directives, EndOnTheirDay) {
  EXPECT_EQ(on(kInTime, "check").code, 0);
  const Ended late = on(kLate, "check");
  EXPECT_EQ(late.code, 1);
  EXPECT_NE(late.out.find("[run-without-rm]"), std::string::npos) << late.out;
  EXPECT_NE(late.out.find("[expired-suppression]"), std::string::npos) << late.out;
  EXPECT_EQ(late.out.find("[unused-suppression]"), std::string::npos) << late.out;
}

TEST_F(Directives, AreJudgedByTheLevelsOfTheirFile) {
  write(".composelint.yaml", "overrides: [{paths: old/, rules: {expired-suppression: off}}]\n");
  write("old/deploy.sh", read("deploy.sh"));
  const Ended late = on(kLate, "check --select expired-suppression");
  EXPECT_TRUE(late.out.starts_with("deploy.sh:2:")) << late.out;
  EXPECT_EQ(late.out.find("old/deploy.sh"), std::string::npos) << late.out;
}

TEST_F(Directives, CanBeIgnored) {
  const Ended ended = on(kInTime, "check --no-inline");
  EXPECT_EQ(ended.code, 1);
  EXPECT_NE(ended.out.find("[run-without-rm]"), std::string::npos) << ended.out;
  EXPECT_EQ(on(kLate, "check --no-inline").out.find("[expired-suppression]"), std::string::npos);
}

TEST_F(Directives, AreListedWithTheirReasons) {
  const Ended ended = on(kInTime, "check --show-suppressed");
  EXPECT_EQ(ended.code, 0);
  EXPECT_NE(ended.out.find("allowed by the comment in line 2: logs"), std::string::npos)
      << ended.out;
}

TEST_F(Directives, ThatNothingNeedsAreTakenOut) {
  write("deploy.sh",
        "#!/bin/sh\n# composelint: allow run-without-rm -- logs\n"
        "docker compose run --rm app ./task  # composelint: allow compose-v1 -- old\n");
  EXPECT_EQ(run("check").code, 1);
  const Ended ended = run("check --fix");
  EXPECT_EQ(ended.code, 0) << ended.out;
  EXPECT_EQ(read("deploy.sh"), "#!/bin/sh\ndocker compose run --rm app ./task\n");
}

TEST_F(Directives, ThatNameNoRuleAreFindings) {
  write("deploy.sh", "#!/bin/sh\ndocker compose ps # composelint: allow run-without-mr -- x\n");
  const Ended ended = run("check");
  EXPECT_EQ(ended.code, 1);
  EXPECT_NE(ended.out.find("did you mean `run-without-rm`?"), std::string::npos) << ended.out;
}

}  // namespace
}  // namespace composelint::cli
