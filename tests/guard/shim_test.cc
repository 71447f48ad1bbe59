#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sstream>

#include "guard/real_program.h"
#include "guard/script_command.h"
#include "guard/script_path.h"
#include "guard/session_directory.h"
#include "guard/shim_line.h"
#include "tests/guard/scratch_directory.h"

namespace composelint::guard {
namespace {

struct Row {
  const char* line;
  ShimWay way;
};

constexpr Row kLines[] = {
    {"docker", ShimWay::kPass},
    {"docker ps -a", ShimWay::kPass},
    {"docker build -t compose .", ShimWay::kPass},
    {"docker run --rm compose up", ShimWay::kPass},
    {"docker volume rm compose", ShimWay::kPass},
    {"docker compose", ShimWay::kPass},
    {"docker compose ps", ShimWay::kPass},
    {"docker compose logs -f app", ShimWay::kPass},
    {"docker compose config -q", ShimWay::kPass},
    {"docker compose version", ShimWay::kPass},
    {"docker compose --version", ShimWay::kPass},
    {"docker compose nosuchverb", ShimWay::kPass},
    {"docker compose run --help", ShimWay::kPass},
    {"docker compose --help up", ShimWay::kPass},
    {"docker compose --dry-run up -d", ShimWay::kPass},
    {"docker compose up -d", ShimWay::kGuard},
    {"docker compose down -v", ShimWay::kGuard},
    {"docker compose run --rm app migrate", ShimWay::kGuard},
    {"docker compose exec -T db pg_dump app", ShimWay::kGuard},
    {"docker compose exec db psql -c select", ShimWay::kGuard},  // a vocabulary may know better
    {"docker compose exec app prog --help", ShimWay::kGuard},
    {"docker --context prod compose -f a.yaml --profile x up", ShimWay::kGuard},
    {"docker --context compose ps", ShimWay::kPass},
    {"docker --no-such compose up", ShimWay::kGuard},  // guard says what it does not know
    {"docker-compose ps", ShimWay::kPass},
    {"docker-compose up -d", ShimWay::kGuard},
    {"sudo apt-get install compose", ShimWay::kPass},
    {"sudo docker ps", ShimWay::kPass},
    {"sudo -u deploy docker compose up -d", ShimWay::kGuard},
    {"sudo -E docker compose ps", ShimWay::kPass},
    {"sudo docker-compose down", ShimWay::kGuard},
    {"sudo /usr/bin/docker-compose down", ShimWay::kGuard},
    {"sudo nice docker compose up", ShimWay::kGuard},
    {"sudo ssh host docker compose up", ShimWay::kPass},
};

TEST(ShimLine, TellsWhatIsGuardsBusiness) {
  for (const Row& row : kLines) {
    std::istringstream text(row.line);
    std::vector<std::string> words;
    for (std::string word; text >> word;) words.push_back(word);
    const std::vector<std::string_view> rest(words.begin() + 1, words.end());
    EXPECT_EQ(way_of(words[0], rest), row.way) << row.line;
  }
}

class Programs : public testing::Test {
 protected:
  void put(const std::string& directory, const std::string& name, mode_t mode = 0755) const {
    std::filesystem::create_directories(scratch_ / directory);
    const std::string path = scratch_ / directory + "/" + name;
    std::ofstream(path) << "#!/bin/sh\n";
    ASSERT_EQ(::chmod(path.c_str(), mode), 0);
  }
  void put_shim(const std::string& directory, const std::string& name) const {
    std::filesystem::create_directories(scratch_ / directory);
    std::filesystem::create_symlink(std::filesystem::read_symlink("/proc/self/exe"),
                                    scratch_ / directory + "/" + name);
  }
  [[nodiscard]] std::string path(std::initializer_list<const char*> directories) const {
    std::string joined;
    for (const char* each : directories) {
      if (!joined.empty()) joined += ':';
      joined += scratch_ / each;
    }
    return joined;
  }

  ScratchDirectory scratch_;
};

TEST_F(Programs, TheRealOneStandsBehindAllShims) {
  put_shim("shims", "docker");
  put_shim("others", "docker");
  put("plain", "docker", 0644);  // may not be run
  std::filesystem::create_directories(scratch_ / "folder/docker");
  put("real", "docker");
  put("later", "docker");
  const std::string all =
      path({"shims", "nowhere", "others", "shims", "plain", "folder", "real", "later"});
  EXPECT_EQ(find_real_program("docker", all.c_str()), scratch_ / "real/docker");
  EXPECT_EQ(find_real_program("docker", path({"shims", "others"}).c_str()), "");
  EXPECT_EQ(path_without_shims("docker", all.c_str()),
            path({"nowhere", "plain", "folder", "real", "later"}));
}

TEST(RealProgram, ReadsPathAsShellsDo) {
  std::vector<std::string> seen;
  const auto take = [&](std::string_view directory) {
    seen.emplace_back(directory);
    return false;
  };
  each_directory(":/a::/b:", take);
  EXPECT_EQ(seen, (std::vector<std::string>{".", "/a", ".", "/b", "."}));
  EXPECT_FALSE(find_real_program("sh", nullptr).empty());
}

TEST_F(Programs, ASessionHasAShimForEachProgramThatIsThere) {
  put("bin", "docker");
  GuardOptions options;
  options.session = "0123";
  std::string made;
  {
    auto session = SessionDirectory::make(scratch_.path(), path({"bin"}).c_str(), options);
    ASSERT_TRUE(session.ok()) << session.failure().message;
    made = session->path();
    struct stat status {};
    ASSERT_EQ(::stat(made.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0700U);
    EXPECT_TRUE(std::filesystem::equivalent(made + "/docker", "/proc/self/exe"));
    EXPECT_FALSE(std::filesystem::exists(made + "/docker-compose"));
    EXPECT_FALSE(std::filesystem::exists(made + "/sudo"));
    // A second one is a session of its own, and leaves the first alone.
    auto other = SessionDirectory::make(scratch_.path(), path({"bin"}).c_str(), options);
    ASSERT_TRUE(other.ok());
    EXPECT_TRUE(std::filesystem::exists(made));
    std::ofstream(made + "/left-by-the-script") << "x";
  }
  EXPECT_FALSE(std::filesystem::exists(made));
}

TEST_F(Programs, WhatAKilledSessionLeftIsRemoved) {
  const std::string dead = scratch_ / "composelint-session-abcdef";
  const std::string alien = scratch_ / "composelint-session-ghijkl";
  const std::string other = scratch_ / "composelint-something";
  for (const std::string& each : {dead, alien, other}) std::filesystem::create_directory(each);
  std::ofstream(dead + "/session.json") << R"({"v":1,"pid":2147483632,"boot":"","ticks":5})";
  std::ofstream(alien + "/session.json") << "no JSON";
  const std::string unwritten = scratch_ / "composelint-session-mnopqr";
  std::filesystem::create_directory(unwritten);
  std::filesystem::last_write_time(
      unwritten, std::filesystem::file_time_type::clock::now() - std::chrono::hours(2));
  std::ofstream(other + "/session.json") << R"({"v":1,"pid":2147483632,"boot":"","ticks":5})";
  put("bin", "docker");
  ASSERT_TRUE(SessionDirectory::make(scratch_.path(), path({"bin"}).c_str(), {}).ok());
  EXPECT_FALSE(std::filesystem::exists(dead));
  EXPECT_FALSE(std::filesystem::exists(unwritten));
  EXPECT_TRUE(std::filesystem::exists(alien));
  EXPECT_TRUE(std::filesystem::exists(other));
}

TEST(SessionFile, GivesTheOptionsBack) {
  GuardOptions options;
  options.session = "0123456789abcdef";
  options.yes = options.backup = options.json = true;
  options.attestations = {{"backup-taken", "snapshot \xff of\nnoon"}};
  options.policy_file = "/srv/caf\xe9/policy.yaml";
  options.timeout = std::chrono::minutes(5);
  options.settle = std::chrono::seconds(7);
  const auto read = read_session(session_text(options));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->session, options.session);
  EXPECT_TRUE(read->yes && read->backup && read->json);
  EXPECT_FALSE(read->fix || read->pause_writers || read->verbose || read->dry_run);
  EXPECT_EQ(read->attestations, options.attestations);
  EXPECT_EQ(read->policy_file, options.policy_file);
  EXPECT_EQ(read->timeout, options.timeout);
  EXPECT_EQ(read->settle, options.settle);
  for (const char* text : {"", "{", "[]", "{\"v\":2,\"session\":[48]}", "{\"v\":1}"}) {
    EXPECT_FALSE(read_session(text)) << text;
  }
}

TEST(SessionFile, StandsWherePathCanSayIt) {
  EXPECT_EQ(temporary_directory(std::nullopt), "/tmp");
  EXPECT_EQ(temporary_directory("/run/user/7"), "/run/user/7");
  EXPECT_EQ(temporary_directory("/a:b"), "/tmp");
  EXPECT_EQ(temporary_directory("relative"), "/tmp");
}

class ScriptStart : public testing::Test {
 protected:
  [[nodiscard]] std::vector<std::string> argv_of(const std::string& text, mode_t mode) const {
    const std::string path = scratch_ / "deploy.sh";
    std::ofstream(path, std::ios::binary) << text;
    EXPECT_EQ(::chmod(path.c_str(), mode), 0);
    const auto command = script_command({path, "a b"}, "/nowhere");
    if (!command) return {command.failure().message};
    std::vector<std::string> argv = command->argv;
    for (std::string& word : argv) {
      if (word == path) word = "SCRIPT";
    }
    return argv;
  }

  ScratchDirectory scratch_;
};

TEST_F(ScriptStart, ReadsTheFirstLineAsTheKernelDoes) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(argv_of("#!/bin/bash -eu\n", 0755), (Words{"SCRIPT", "a b"}));
  EXPECT_EQ(argv_of("#!/bin/bash -e -u\n", 0644), (Words{"/bin/bash", "-e -u", "SCRIPT", "a b"}));
  EXPECT_EQ(argv_of("#! /usr/bin/env bash\r\n", 0644),
            (Words{"/usr/bin/env", "bash", "SCRIPT", "a b"}));
  EXPECT_EQ(argv_of("docker compose up\n", 0755), (Words{"sh", "SCRIPT", "a b"}));
  EXPECT_EQ(argv_of("#!\n", 0644), (Words{"sh", "SCRIPT", "a b"}));
  EXPECT_EQ(argv_of("", 0644), (Words{"sh", "SCRIPT", "a b"}));
  const Words refused = argv_of(std::string("\x7f"
                                            "ELF\0\0",
                                            6),
                                0755);
  ASSERT_EQ(refused.size(), 1U);
  EXPECT_NE(refused[0].find("is no script"), std::string::npos);
}

TEST_F(ScriptStart, FindsItInPathAndNamesWhatIsMissing) {
  std::ofstream(scratch_ / "deploy") << "true\n";
  const auto command = script_command({"deploy"}, scratch_.path().c_str());
  ASSERT_TRUE(command.ok());
  EXPECT_EQ(command->argv, (std::vector<std::string>{"sh", scratch_ / "deploy"}));
  const auto missing = script_command({"no-such-script"}, scratch_.path().c_str());
  ASSERT_FALSE(missing.ok());
  EXPECT_NE(missing.failure().message.find("no-such-script"), std::string::npos);
  EXPECT_FALSE(script_command({}, "").ok());
}

struct PathRow {
  const char* line;
  const char* why;  // part of it; empty: nothing is wrong
};

constexpr PathRow kPaths[] = {
    {"PATH=/usr/sbin:/usr/bin", "without $PATH"},
    {"export PATH='/sbin'", "without $PATH"},
    {"PATH=/bin docker compose up", "without $PATH"},
    {"env PATH=/bin docker compose up", "without $PATH"},
    {"PATH=$PATH:/usr/bin", ""},
    {"PATH=\"${PATH}:/usr/bin\"", ""},
    {"PATH=/opt/tools/bin:$PATH", ""},
    {"PATH=/with/docker:$PATH", "/with/docker before"},
    {"PATH=\"$HOME/bin:$PATH\"; docker ps", "/home/anna/bin before"},
    {"PATH=~/bin:$PATH", "/home/anna/bin before"},
    {"PATH=$TOOLS/bin:$PATH", ""},  // not known
    {"MANPATH=/x", ""},
    {"echo $PATH=", ""},
    {"# PATH=/bin", ""},
    {"${PATH=/bin}", ""},
};

TEST(ScriptPath, SeesWhatGoesPastTheShims) {
  const auto has_docker = [](const std::string& directory) {
    return directory == "/with/docker" || directory == "/home/anna/bin";
  };
  for (const PathRow& row : kPaths) {
    const auto changes =
        path_changes(std::string("#!/bin/sh\n") + row.line + "\n", "/home/anna", has_docker);
    const std::string why = changes.empty() ? "" : changes[0].why;
    EXPECT_EQ(changes.empty(), std::string_view(row.why).empty()) << row.line << ": " << why;
    EXPECT_NE(why.find(row.why), std::string::npos) << row.line << ": " << why;
    if (!changes.empty()) {
      EXPECT_EQ(changes[0].line, 2U);
    }
  }
}

}  // namespace
}  // namespace composelint::guard
