// A healthy stack on a healthy engine, for tests to break.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "guard/command.h"
#include "guard/live_evidence.h"
#include "tests/compose/memory_files.h"
#include "tests/guard/fake_surroundings.h"

namespace composelint::guard {

inline constexpr const char* kShop =
    "name: shop\n"
    "services:\n"
    "  app:\n"
    "    image: shop:1\n"
    "    environment: {KEY: \"${KEY}\"}\n"
    "    depends_on:\n"
    "      db: {condition: service_started}\n"
    "      prepare: {condition: service_completed_successfully}\n"
    "  db: {image: \"postgres:15\", volumes: [\"data:/var/lib/postgresql/data\"]}\n"
    "  prepare: {image: \"shop:1\"}\n"
    "  worker: {image: \"shop:1\", command: celery worker}\n"
    "  mail: {image: \"mail:1\", environment: {MAIL: \"${MAIL}\"}}\n"
    "  tool: {image: \"shop:1\", profiles: [tools]}\n"
    "volumes: {data: {}}\n";

inline constexpr const char* kShopJson = R"({"name":"shop","services":{
  "app":{"image":"shop:1"},"db":{"image":"postgres:15"},"prepare":{"image":"shop:1"},
  "worker":{"image":"shop:1"},"mail":{"image":"mail:1"}},
  "volumes":{"data":{"name":"shop_data"}}})";

struct StackCase {
  explicit StackCase(const std::vector<std::string>& argv, const std::string& compose = kShop)
      : files(std::map<std::string, std::string>{{"/srv/shop/compose.yaml", compose},
                                                 {"/srv/shop/b", compose},
                                                 {"/old/compose.yaml", compose}}) {
    around.directory = "/srv/shop";
    around.variables = {{"PATH", "/bin"}, {"HOME", "/home/anna"}};
    auto understood = understand(argv, around, {}, files);
    EXPECT_TRUE(understood) << (understood ? "" : understood.failure().message);
    if (understood) command = std::move(*understood);
    snapshot.engine = {true,    "",       "default", "unix:///var/run/docker.sock",
                       "20.10", "2.40.3", false};
    snapshot.config = {true, true, "", {}, {}, kShopJson};
    snapshot.all_profiles = snapshot.config;
    for (const char* service : {"app", "db", "worker", "mail"}) {
      Container& one = add(std::string("shop-") + service + "-1", service, "running");
      one.number = 1;
    }
    container("shop-db-1").health = "healthy";
    snapshot.task = {true, true, "", {{"Container", "shop-db-1", "Running"}}};
    snapshot.up = {true, true, "", {{"Container", "shop-app-1", "Running"}}};
    snapshot.configured_image_id = "sha256:1";
    snapshot.logs_asked = true;
    now = around.clock;
  }

  Container& add(const std::string& name, const std::string& service, const std::string& state) {
    Container one;
    one.id = name;
    one.name = name;
    one.service = service;
    one.state = state;
    one.image_id = "sha256:1";
    one.working_directory = "/srv/shop";
    one.config_files = "/srv/shop/compose.yaml";
    snapshot.containers.push_back(one);
    return snapshot.containers.back();
  }
  Container& container(const std::string& name) {
    for (Container& one : snapshot.containers) {
      if (one.name == name) return one;
    }
    ADD_FAILURE() << "no container " << name;
    return snapshot.containers.front();
  }
  Container& one_off(const std::string& service, const std::string& state) {
    Container& one = add("shop-" + service + "-run-1", service, state);
    one.one_off = true;
    return one;
  }
  void remove(const std::string& name) {
    auto& all = snapshot.containers;
    for (auto one = all.begin(); one != all.end(); ++one) {
      if (one->name != name) continue;
      all.erase(one);
      return;
    }
  }

  [[nodiscard]] LiveFacts facts() const {
    return {*command, snapshot, policy, journal, attestations,
            "s1",     "anna",   now,    files,   "/srv/shop"};
  }
  // The answer to `claim`; one without a claim where it was not asked.
  [[nodiscard]] Answer asked(const std::string& claim) const {
    const LiveFacts all = facts();
    for (Answer& answer : ask_the_stack(all)) {
      if (answer.claim == claim) return answer;
    }
    return {};
  }
  [[nodiscard]] Answer told(Claim claim) const {
    const LiveFacts all = facts();
    return LiveEvidence(all).tell(claim);
  }

  compose::MemoryFiles files;
  FakeSurroundings around;
  std::unique_ptr<GuardedCommand> command;
  Snapshot snapshot;
  Policy policy;
  std::vector<JournalRun> journal;
  std::vector<std::pair<std::string, std::string>> attestations;
  std::int64_t now = 0;
};

inline const std::vector<std::string> kMigrate = {"docker", "compose",   "run",    "--rm",
                                                  "app",    "manage.py", "migrate"};
inline const std::vector<std::string> kMigrateInside = {"docker", "compose",   "exec",
                                                        "app",    "manage.py", "migrate"};
inline const std::vector<std::string> kTidyInside = {"docker", "compose", "exec", "app", "./tidy"};
inline const std::vector<std::string> kDump = {"docker", "compose", "exec", "-T", "db", "pg_dump"};

}  // namespace composelint::guard
