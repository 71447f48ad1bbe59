#include "guard/script_behind.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "tests/guard/fake_surroundings.h"
#include "tests/guard/scratch_directory.h"

namespace composelint::guard {
namespace {

class Behind : public testing::Test {
 protected:
  Behind() {
    around_.directory = scratch_.path();
    around_.variables = {{"PATH", scratch_ / "bin"}};
    put("deploy.sh", "#!/bin/sh\ndocker compose up -d\n");
    put("plain", "docker compose up -d\n");
    put("tool.py", "#!/usr/bin/python3\n");
    put("program", std::string("\x7f"
                               "ELF\0\0",
                               6));
    put("bin/release", "#!/bin/bash\n");
  }
  void put(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(scratch_ / "bin");
    std::ofstream(scratch_ / name) << text;
    ASSERT_EQ(::chmod((scratch_ / name).c_str(), 0755), 0);
  }

  ScratchDirectory scratch_;
  FakeSurroundings around_;
};

TEST_F(Behind, ACommandThatIsAScriptIsGuardedAsOne) {
  const struct {
    std::vector<std::string> argv;
    std::string script;
    bool make = false;
  } rows[] = {
      {{"./deploy.sh", "a b"}, scratch_ / "deploy.sh"},
      {{"./plain"}, scratch_ / "plain"},
      {{"release"}, scratch_ / "bin/release"},
      {{"sh", "deploy.sh"}, "deploy.sh"},
      {{"bash", "-euo", "pipefail", "-x", "deploy.sh", "-l"}, "deploy.sh"},
      {{"timeout", "5", "env", "A=1", "./deploy.sh"}, scratch_ / "deploy.sh"},
      {{"./tool.py"}, ""},
      {{"python3", "tool.py"}, ""},
      {{"npm", "run", "deploy"}, ""},
      {{"just", "deploy"}, ""},
      {{"make", "deploy"}, "", true},
      {{"nice", "make", "-C", "x"}, "", true},
  };
  for (const auto& row : rows) {
    const auto behind = script_behind(row.argv, around_);
    ASSERT_TRUE(behind.ok()) << row.argv[0] << behind.failure().message;
    ASSERT_TRUE(behind->has_value()) << row.argv[0];
    EXPECT_EQ((*behind)->script, row.script) << row.argv[0];
    EXPECT_EQ((*behind)->make, row.make) << row.argv[0];
  }
}

TEST_F(Behind, OtherProgramsAreNot) {
  const std::vector<std::string> rows[] = {
      {"docker", "compose", "up"},
      {"docker", "ps"},
      {"docker-compose", "up"},
      {"ls", "-l"},
      {"./program"},
      {"./nowhere.sh"},
      {"sh", "-c", "exit 3"},
      {"sh"},
      {"bash", "-l"},
      {"python3"},
      {"sudo", "ls"},
      {"env", "X=1", "ls"},
      {"sudo", "docker", "ps"},
      {"ssh", "h", "x"},
  };
  for (const auto& argv : rows) {
    const auto behind = script_behind(argv, around_);
    ASSERT_TRUE(behind.ok()) << argv[0] << ": " << behind.failure().message;
    EXPECT_FALSE(behind->has_value()) << argv[0];
  }
}

TEST_F(Behind, WhatWouldNotSeeTheShimsIsRefusedWithTheWay) {
  const struct {
    std::vector<std::string> argv;
    std::string way;
    StreamIs in = StreamIs::kNull;
  } rows[] = {
      {{"sudo", "-n", "./deploy.sh"}, "sudo … composelint guard " + scratch_ / "deploy.sh"},
      {{"sudo", "make", "deploy"}, "sudo … composelint guard -- make deploy"},
      {{"su", "deploy", "-c", "./deploy.sh"}, "composelint guard SCRIPT"},
      {{"env", "-i", "./deploy.sh"}, "composelint guard " + scratch_ / "deploy.sh"},
      {{"env", "PATH=/bin", "sh", "deploy.sh"}, "composelint guard deploy.sh"},
      {{"bash", "-l", "deploy.sh"}, "composelint guard deploy.sh"},
      {{"sh", "-c", "./deploy.sh"}, "composelint guard -- ./deploy.sh …"},
      {{"nice", "sh", "-c", "./deploy.sh"}, "composelint guard -- … ./deploy.sh …"},
      {{"sh", "-c", "cd x && make deploy"}, "composelint guard SCRIPT"},
      {{"bash"}, "composelint guard SCRIPT", StreamIs::kFile},
      {{"sh", "-s"}, "composelint guard SCRIPT", StreamIs::kPipe},
  };
  for (const auto& row : rows) {
    around_.descriptors = {{0, {row.in, ""}}};
    const auto behind = script_behind(row.argv, around_);
    ASSERT_FALSE(behind.ok()) << row.argv[0];
    EXPECT_EQ(behind.failure().code, FailureCode::kUsage);
    EXPECT_NE(behind.failure().message.find(row.way), std::string::npos)
        << behind.failure().message;
  }
}

}  // namespace
}  // namespace composelint::guard
