#include "guard/endpoint.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "guard/machine_lock.h"
#include "tests/guard/corridor_case.h"

namespace composelint::guard {
namespace {

class Endpoints : public testing::Test {
 protected:
  Endpoints() {
    std::filesystem::create_directories(scratch_ / "run");
    std::filesystem::create_directory_symlink(scratch_ / "run", scratch_ / "var-run");
    std::ofstream(scratch_ / "run/docker.sock") << "";
    std::filesystem::create_symlink(scratch_ / "run/docker.sock", scratch_ / "linked.sock");
    real_ = "unix://" + scratch_ / "run/docker.sock";
  }
  void put_context(const std::string& name, const std::string& host) const {
    const std::string directory = scratch_ / "docker/contexts/meta/" + name;
    std::filesystem::create_directories(directory);
    std::ofstream(directory + "/meta.json")
        << R"({"Name":")" + name + R"(","Endpoints":{"docker":{"Host":")" + host + R"("}}})";
  }

  ScratchDirectory scratch_;
  std::string real_;
};

TEST_F(Endpoints, ASocketIsOneByWhateverWay) {
  for (const char* way : {"run/docker.sock", "/run/docker.sock", "run/../run/./docker.sock",
                          "var-run/docker.sock", "linked.sock"}) {
    EXPECT_TRUE(same_engine("unix://" + scratch_ / way, real_)) << way;
  }
  EXPECT_TRUE(same_engine("unix:///" + scratch_ / "run/docker.sock", real_));
  EXPECT_FALSE(same_engine("unix://" + scratch_ / "run/other.sock", real_));
  // It need not be there: the way to it may.
  EXPECT_TRUE(same_engine("unix://" + scratch_ / "var-run/gone.sock",
                          "unix://" + scratch_ / "run/gone.sock"));
}

TEST(Endpoint, AHostIsOneInAllSpellings) {
  const struct {
    const char* endpoint;
    const char* plain;
  } rows[] = {
      {"tcp://localhost:2375", "tcp://127.0.0.1:2375"},
      {"tcp://127.0.0.1:2375/", "tcp://127.0.0.1:2375"},
      {"http://[::1]:2375", "tcp://127.0.0.1:2375"},
      {"tcp://Build.Example", "tcp://build.example:2375"},
      {"tcp://10.0.0.1:2376/v1", "tcp://10.0.0.1:2376/v1"},
      {"ssh://anna@Prod:22", "ssh://prod:22"},
      {"ssh://prod", "ssh://prod:22"},
      {"ssh://prod:2222", "ssh://prod:2222"},
      {"npipe:////./pipe/docker", "npipe:////./pipe/docker"},
      {"", ""},
      {"elsewhere", "elsewhere"},
  };
  for (const auto& row : rows) EXPECT_EQ(plain_endpoint(row.endpoint), row.plain);
}

TEST_F(Endpoints, ContextsLeadToThem) {
  put_context("production", "ssh://prod");
  put_context("same", "ssh://anna@PROD:22");
  put_context("mine", "unix://" + scratch_ / "var-run/docker.sock");
  std::filesystem::create_directories(scratch_ / "docker/contexts/meta/broken");
  std::ofstream(scratch_ / "docker/contexts/meta/broken/meta.json") << "{";
  using Names = std::vector<std::string>;
  EXPECT_EQ(contexts_of("ssh://prod", scratch_ / "docker"), (Names{"production", "same"}));
  EXPECT_EQ(contexts_of(real_, scratch_ / "docker"), Names{"mine"});
  EXPECT_EQ(contexts_of("unix:///var/run/docker.sock", scratch_ / "docker"), Names{"default"});
  EXPECT_EQ(contexts_of("", scratch_ / "docker"), Names{});
  EXPECT_EQ(contexts_of("ssh://prod", scratch_ / "nowhere"), Names{});
}

TEST_F(Endpoints, ThePolicyKnowsThemByAnyName) {
  const std::string other = "unix://" + scratch_ / "var-run/docker.sock";
  const struct {
    std::string policy;
    std::string endpoint;
    std::vector<std::string> contexts;
    bool fits;
  } rows[] = {
      {"endpoints: '" + other + "'", other, {}, true},
      {"endpoints: '" + other + "'", real_, {}, true},
      {"endpoints: '" + real_ + "'", other, {}, true},
      {"endpoints: 'unix://" + scratch_ / "var-run/*'", real_, {}, true},
      {"endpoints: 'unix://" + scratch_ / "run/dock*'", other, {}, true},
      {"endpoints: 'unix:////" + scratch_ / "run/docker.sock'", other, {}, true},
      {"endpoints: 'unix://" + scratch_ / "else/*'", real_, {}, false},
      {"endpoints: 'ssh://prod'", "ssh://anna@PROD", {}, true},
      {"endpoints: 'ssh://anna@*'", "ssh://anna@prod", {}, true},
      {"endpoints: 'ssh://anna@prod'", "ssh://prod", {}, true},
      {"endpoints: 'ssh://prod'", "ssh://staging", {}, false},
      {"contexts: production", "ssh://prod", {"production"}, true},
      {"contexts: 'prod*'", "ssh://prod", {"other", "production"}, true},
      {"contexts: production", "ssh://prod", {"staging"}, false},
  };
  for (const auto& row : rows) {
    CorridorCase it({"docker", "compose", "exec", "app", "env-check"});
    it.snapshot.engine.endpoint = row.endpoint;
    it.snapshot.engine.other_contexts = row.contexts;
    it.configure("guard: {environments: [{name: production, confirm: type-name, " + row.policy +
                 "}]}\n");
    it.options.yes = true;
    EXPECT_EQ(it.run(), row.fits ? 100 : 0) << row.policy << " " << row.endpoint << "\n"
                                            << it.around.said;
  }
}

TEST_F(Endpoints, FilesAreProtectedThroughLinks) {
  CorridorCase it({"docker", "compose", "exec", "app", "env-check"});
  std::filesystem::create_directory_symlink(it.work.path(), scratch_ / "linked");
  it.configure("guard: {environments: [{name: production, confirm: type-name, files: '" +
               scratch_ / "linked/*.yaml'}]}\n");
  it.options.yes = true;
  EXPECT_EQ(it.run(), 100) << it.around.said;
}

TEST_F(Endpoints, TheLockIsOneForAllNamesOfASocket) {
  const auto name = [&](const char* way) {
    return ProjectLock::file_name("unix://" + scratch_ / way, "shop");
  };
  EXPECT_EQ(name("run/docker.sock"), name("var-run/docker.sock"));
  EXPECT_NE(name("run/docker.sock"), name("run/other.sock"));
}

TEST(MachineLock, OneAtATimeWhereverTheStateIs) {
  const std::string project = "shop-" + std::to_string(::getpid());
  const std::string engine = "unix:///var/run/docker.sock";
  EXPECT_FALSE(MachineLock::holder(engine, project));
  {
    const auto mine = MachineLock::take(engine, project);
    ASSERT_TRUE(mine.ok());
    ASSERT_TRUE(std::holds_alternative<MachineLock>(*mine));
    for (int i = 0; i < 3; ++i) {
      const auto second = MachineLock::take(engine, project);
      ASSERT_TRUE(second.ok());
      const auto* who = std::get_if<LockHolder>(&*second);
      ASSERT_NE(who, nullptr);
      EXPECT_EQ(who->pid, ::getpid());
      EXPECT_NE(who->user, "");
    }
    const auto other = MachineLock::take(engine, project + "-other");
    EXPECT_TRUE(other.ok() && std::holds_alternative<MachineLock>(*other));
    ASSERT_TRUE(MachineLock::holder(engine, project));
  }
  EXPECT_FALSE(MachineLock::holder(engine, project));
  const auto again = MachineLock::take(engine, project);
  EXPECT_TRUE(again.ok() && std::holds_alternative<MachineLock>(*again));
}

TEST(MachineLock, StandsAgainstACommandOfAnotherJournal) {
  CorridorCase it({"docker", "compose", "exec", "app", "env-check"});
  std::string engine;
  it.doors.hold = [&](const std::string& on,
                      const std::string& project) -> Result<MachineLock::Taken> {
    engine = on + " " + project;
    return MachineLock::Taken(LockHolder{7, "berta", "here", "", 0});
  };
  EXPECT_EQ(it.run(), 102) << it.around.said;
  EXPECT_EQ(engine, "unix:///var/run/docker.sock shop");
  EXPECT_NE(it.around.said.find("shop is held by berta (process 7 on here)"), std::string::npos)
      << it.around.said;
  EXPECT_TRUE(it.executed.empty());
}

}  // namespace
}  // namespace composelint::guard
