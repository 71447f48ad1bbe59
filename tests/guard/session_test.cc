#include "guard/session.h"

#include <composelint/exit_code.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>

#include "guard/script_check.h"
#include "tests/guard/fake_surroundings.h"
#include "tests/guard/scratch_directory.h"

namespace composelint::guard {
namespace {

// Starts nothing: looks at what a script would find, and ends as it is told.
class StagedProcesses : public Processes {
 public:
  End end{EndKind::kExited, 0};
  std::vector<int> signals;  // that come while it runs
  std::vector<std::string> argv;
  std::vector<int> sent;
  std::string path;     // at the start
  std::string session;  // the file
  bool fails = false;

  std::vector<Captured> capture(std::span<const Command>, const Bounds&) override { return {}; }
  Result<std::unique_ptr<Child>> start(const Command& command, const Streams&) override {
    argv = command.argv;
    path = std::getenv("PATH");
    session = ScratchDirectory::read(path.substr(0, path.find(':')) + "/session.json");
    if (fails) return Failure{FailureCode::kNotFound, "no such program", {}};
    return std::unique_ptr<Child>(std::make_unique<StagedChild>(*this));
  }
  int wait(std::span<Child* const>, std::chrono::milliseconds) override {
    if (signals.empty()) return 0;
    const int signal = signals.front();
    signals.erase(signals.begin());
    return signal;
  }

 private:
  class StagedChild : public Child {
   public:
    explicit StagedChild(StagedProcesses& stage) : stage_(stage) {}
    int pid() const override { return 1; }
    std::optional<End> ended() override {
      return stage_.signals.empty() ? std::optional(stage_.end) : std::nullopt;
    }
    std::optional<std::string> line() override { return std::nullopt; }
    void send(int signal) override { stage_.sent.push_back(signal); }

   private:
    StagedProcesses& stage_;
  };
};

class SessionTest : public testing::Test {
 protected:
  void SetUp() override {
    const char* path = std::getenv("PATH");
    path_ = path == nullptr ? "" : path;
    std::filesystem::create_directory(scratch_ / "bin");
    std::filesystem::copy_file("/bin/true", scratch_ / "bin/docker");
    ::setenv("PATH", (scratch_ / "bin").c_str(), 1);
    around_.directory = scratch_.path();
    around_.variables = {{"TMPDIR", scratch_.path()}};
    write("services:\n  app: {image: a}\n", "compose.yaml");
  }
  void TearDown() override {
    ::setenv("PATH", path_.c_str(), 1);
    ::unsetenv("COMPOSELINT_SESSION");
  }
  void write(const std::string& text, const std::string& name = "deploy.sh") const {
    std::ofstream(scratch_ / name) << text;
  }
  int run(GuardOptions options = {}) {
    options.script = true;
    if (options.command.empty()) options.command = {scratch_ / "deploy.sh", "now"};
    return guard_script(options, processes_, around_);
  }
  [[nodiscard]] bool tidy() const {
    for (const auto& each : std::filesystem::directory_iterator(scratch_.path())) {
      if (each.path().filename().string().starts_with("composelint-session-")) return false;
    }
    return true;
  }

  ScratchDirectory scratch_;
  FakeSurroundings around_;
  StagedProcesses processes_;
  std::string path_;
};

TEST_F(SessionTest, PutsShimsFirstAndTidiesUp) {
  write("docker compose ps\n");
  GuardOptions options;
  options.yes = true;
  EXPECT_EQ(run(options), 0);
  EXPECT_EQ(processes_.argv, (std::vector<std::string>{"sh", scratch_ / "deploy.sh", "now"}));
  EXPECT_TRUE(processes_.path.ends_with(":" + (scratch_ / "bin"))) << processes_.path;
  EXPECT_TRUE(processes_.path.starts_with(scratch_ / "composelint-session-"));
  EXPECT_NE(processes_.session.find("\"yes\":true"), std::string::npos) << processes_.session;
  EXPECT_TRUE(tidy());
  EXPECT_EQ(around_.said, "");
}

TEST_F(SessionTest, GivesTheScriptsOwnStatus) {
  write("true\n");
  processes_.end = {EndKind::kExited, 7};
  EXPECT_EQ(run(), 7);
  processes_.end = {EndKind::kSignalled, SIGTERM};
  EXPECT_EQ(run(), 128 + SIGTERM);
  EXPECT_TRUE(tidy());
}

TEST_F(SessionTest, PassesSignalsOn) {
  write("true\n");
  processes_.signals = {SIGTERM, SIGHUP};
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(processes_.sent, (std::vector<int>{SIGTERM, SIGHUP}));
}

TEST_F(SessionTest, AProgramThatIsNotThereIsTroubleAndLeavesNothing) {
  write("#!/no/such/interpreter\n");
  processes_.fails = true;
  EXPECT_EQ(run(), 2);
  EXPECT_NE(around_.said.find("no such program"), std::string::npos);
  EXPECT_TRUE(tidy());
}

TEST_F(SessionTest, ErrorsAreToldAndStopNothing) {
  write("docker compose restart nosuch\n");
  EXPECT_EQ(run(), 0);
  EXPECT_NE(around_.said.find("unknown-service"), std::string::npos) << around_.said;
  EXPECT_FALSE(processes_.argv.empty());
}

TEST_F(SessionTest, ADryRunStartsNothing) {
  write("docker compose restart nosuch\n");
  GuardOptions options;
  options.dry_run = true;
  EXPECT_EQ(run(options), static_cast<int>(GuardExit::kBlocked));
  write("docker compose ps\n");
  EXPECT_EQ(run(options), 0);
  EXPECT_TRUE(processes_.argv.empty());
}

TEST_F(SessionTest, WhatGoesPastGuardIsNotStarted) {
  for (const std::string& text :
       {std::string("PATH=/usr/bin\ndocker compose up -d\n"),
        "export PATH=" + (scratch_ / "bin") + ":$PATH\ndocker compose up -d\n",
        (scratch_ / "bin/docker") + " compose up -d\n",
        "DOCKER=" + (scratch_ / "bin/docker") + "\n$DOCKER compose up -d\n"}) {
    write(text);
    around_.said.clear();
    EXPECT_EQ(run(), static_cast<int>(GuardExit::kBlocked)) << text;
    EXPECT_NE(around_.said.find("deploy.sh:"), std::string::npos) << text << around_.said;
  }
  EXPECT_TRUE(processes_.argv.empty());
  // Without a compose call that changes something, PATH is nobody's business.
  write("PATH=/usr/bin\ndocker compose ps\n/usr/bin/docker ps\n");
  EXPECT_EQ(run(), 0);
  write("ssh prod docker compose up -d\n");
  around_.said.clear();
  EXPECT_EQ(run(), 0);
  EXPECT_NE(around_.said.find("runs on prod"), std::string::npos) << around_.said;
}

TEST_F(SessionTest, OutputIsForOneCommand) {
  write("true\n");
  GuardOptions options;
  options.output = "x.sql";
  EXPECT_EQ(run(options), 2);
  options.output.reset();
  options.command = {scratch_ / "missing\x1b[31m.sh"};
  EXPECT_EQ(run(options), 2);
  EXPECT_EQ(around_.said.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace composelint::guard
