// Runs the binary in a directory of its own.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace composelint::cli {

namespace fs = std::filesystem;

constexpr const char* kRisky = "#!/bin/sh\nset -eu\ndocker compose run app ./task\n";
constexpr const char* kCompose = "services:\n  app:\n    image: busybox:1.36\n";

struct Ended {
  int code = -1;
  std::string out;  // standard output and standard error
};

class CommandLine : public testing::Test {
 protected:
  void SetUp() override {
    directory_ = fs::path(testing::TempDir()) /
                 (std::string("command-line-") +
                  testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(directory_);
    fs::create_directories(directory_);
  }
  void TearDown() override { fs::remove_all(directory_); }

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((directory_ / name).parent_path());
    std::ofstream(directory_ / name, std::ios::binary) << text;
  }

  [[nodiscard]] std::string read(const std::string& name) const {
    std::ostringstream out;
    out << std::ifstream(directory_ / name, std::ios::binary).rdbuf();
    return out.str();
  }

  // Runs `line` by a shell in the test's directory, $C being the binary.
  [[nodiscard]] Ended shell(const std::string& line) const {
    const std::string all =
        "{ cd '" + directory_.string() + "' && C='" COMPOSELINT_BINARY "' && " + line + "; } 2>&1";
    FILE* const pipe = ::popen(all.c_str(), "r");
    if (pipe == nullptr) return {};
    Ended ended;
    std::array<char, 4096> buffer{};
    for (std::size_t got = 1; got > 0;) {
      got = std::fread(buffer.data(), 1, buffer.size(), pipe);
      ended.out.append(buffer.data(), got);
    }
    const int status = ::pclose(pipe);
    ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ended;
  }

  // Runs `composelint <words>`.
  [[nodiscard]] Ended run(const std::string& words) const { return shell("\"$C\" " + words); }

  fs::path directory_;
};

}  // namespace composelint::cli
