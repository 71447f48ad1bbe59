// `check --fix` as a user meets it.
#include "tests/cli/command_line.h"

namespace composelint::cli {
namespace {

constexpr const char* kFixed = "#!/bin/sh\nset -eu\ndocker compose run --rm app ./task\n";

class Fix : public CommandLine {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    write("compose.yaml", kCompose);
    write("deploy.sh", kRisky);
  }
};

TEST_F(Fix, WritesAndReportsWhatIsLeft) {
  const Ended ended = run("check --fix");
  EXPECT_EQ(ended.code, 0) << ended.out;
  EXPECT_EQ(read("deploy.sh"), kFixed);
  EXPECT_NE(ended.out.find("fixed 1 finding in 1 file\n"), std::string::npos) << ended.out;
  EXPECT_NE(ended.out.find("no findings"), std::string::npos) << ended.out;
  EXPECT_EQ(run("check --fix").out,
            "no findings (2 files, 1 compose call)\nfixed 0 findings in 0 files\n");
}

TEST_F(Fix, TheExitCodeIsThatOfWhatIsLeft) {
  write("deploy.sh", std::string(kRisky) + "docker compose exec -T wep true\n");
  const Ended ended = run("check --fix");
  EXPECT_EQ(ended.code, 1);
  EXPECT_NE(ended.out.find("[unknown-service]"), std::string::npos) << ended.out;
  EXPECT_NE(read("deploy.sh").find("run --rm app"), std::string::npos);
}

TEST_F(Fix, UnsafeOnesAreAskedFor) {
  write("deploy.sh", "#!/bin/sh\ndocker compose exec -T ap true\n");
  EXPECT_EQ(run("check --fix").code, 1);
  EXPECT_EQ(read("deploy.sh"), "#!/bin/sh\ndocker compose exec -T ap true\n");
  EXPECT_EQ(run("check --fix --unsafe-fixes").code, 0);
  EXPECT_EQ(read("deploy.sh"), "#!/bin/sh\ndocker compose exec -T app true\n");
}

TEST_F(Fix, ADiffIsTakenByGitAndByPatch) {
  const std::string before = "#!/bin/sh\ndocker-compose run app ./a\ndocker-compose ps";
  const std::string after = "#!/bin/sh\ndocker compose run --rm app ./a\ndocker compose ps";
  write("ops dir/a.sh", before);
  const Ended diff = run("check --fix --diff");
  EXPECT_EQ(diff.code, 1);
  EXPECT_EQ(read("deploy.sh"), kRisky);
  EXPECT_NE(diff.out.find("--- a/deploy.sh\n+++ b/deploy.sh\n@@ -1,3 +1,3 @@\n"), std::string::npos)
      << diff.out;
  EXPECT_NE(diff.out.find("would fix 3 findings in 2 files; 0 findings would be left\n"),
            std::string::npos)
      << diff.out;
  if (shell("command -v git").code == 0) {
    const Ended applied = shell("\"$C\" check --fix --diff 2>/dev/null | git apply -v");
    EXPECT_EQ(applied.code, 0) << applied.out;
    EXPECT_EQ(read("deploy.sh"), kFixed);
    EXPECT_EQ(read("ops dir/a.sh"), after);
    EXPECT_EQ(run("check").code, 0);
    write("deploy.sh", kRisky);
    write("ops dir/a.sh", before);
  }
  if (shell("command -v patch").code == 0) {
    const Ended applied = shell("\"$C\" check --fix --diff 2>/dev/null | patch -p1");
    EXPECT_EQ(applied.code, 0) << applied.out;
    EXPECT_EQ(read("deploy.sh"), kFixed);
    EXPECT_EQ(read("ops dir/a.sh"), after);
  }
}

TEST_F(Fix, KeepsLineEndsAndByteOrderMark) {
  write("deploy.sh", "\xEF\xBB\xBF#!/bin/sh\r\ndocker compose run app ./a\r\n\xFF\r\n");
  const Ended ended = run("check --fix");
  EXPECT_EQ(read("deploy.sh"),
            "\xEF\xBB\xBF#!/bin/sh\r\ndocker compose run --rm app ./a\r\n\xFF\r\n")
      << ended.out;
}

TEST_F(Fix, KeepsModesAndLinks) {
  fs::create_directories(directory_ / "real");
  fs::rename(directory_ / "deploy.sh", directory_ / "real/deploy.sh");
  fs::permissions(directory_ / "real/deploy.sh", static_cast<fs::perms>(0750));
  fs::create_symlink("real/deploy.sh", directory_ / "link.sh");
  EXPECT_EQ(run("check --fix link.sh").code, 0);
  EXPECT_TRUE(fs::is_symlink(directory_ / "link.sh"));
  EXPECT_EQ(read("real/deploy.sh"), kFixed);
  EXPECT_EQ(fs::status(directory_ / "real/deploy.sh").permissions(), static_cast<fs::perms>(0750));
}

TEST_F(Fix, LeavesAloneWhatACommentAllows) {
  const std::string allowed =
      "#!/bin/sh\n# composelint: allow run-without-rm -- logs\ndocker compose run app ./a\n";
  write("deploy.sh", allowed + "docker compose run app ./b\n");
  EXPECT_EQ(run("check --fix").code, 0);
  EXPECT_EQ(read("deploy.sh"), allowed + "docker compose run --rm app ./b\n");
}

TEST_F(Fix, TouchesOnlyWhatWasAskedFor) {
  write("lib.sh", "docker compose run app ./b\n");
  write("deploy.sh", "#!/bin/sh\n. ./lib.sh\ndocker compose run app ./a\n");
  EXPECT_EQ(run("check --fix deploy.sh --fail-on never").code, 0);
  EXPECT_EQ(read("lib.sh"), "docker compose run app ./b\n");
  EXPECT_NE(read("deploy.sh").find("run --rm"), std::string::npos);
}

TEST_F(Fix, NeedsFiles) {
  const Ended ended = run("check --fix - < deploy.sh");
  EXPECT_EQ(ended.code, 2);
  EXPECT_EQ(ended.out, "composelint: --fix changes files, and standard input is none\n");
  EXPECT_EQ(run("check --diff").code, 2);
  EXPECT_EQ(run("check --unsafe-fixes").code, 2);
}

TEST_F(Fix, KeepsMachineReportsClean) {
  const Ended ended = shell("\"$C\" check --fix --format json 2>/dev/null");
  EXPECT_EQ(ended.out.substr(0, 1), "{") << ended.out;
  EXPECT_EQ(ended.out.find("fixed"), std::string::npos);
}

}  // namespace
}  // namespace composelint::cli
