// A command on its way through the corridor, with a test behind each door.
#pragma once

#include <gtest/gtest.h>

#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "guard/doors.h"
#include "guard/journal.h"
#include "tests/guard/fake_surroundings.h"
#include "tests/guard/scratch_directory.h"
#include "tests/guard/scripted_processes.h"

namespace composelint::guard {

inline constexpr const char* kShopFile =
    "name: shop\n"
    "services:\n"
    "  app: {image: \"shop:1\", depends_on: {db: {condition: service_healthy}}}\n"
    "  db:\n"
    "    image: postgres:15\n"
    "    volumes: [\"data:/var/lib/postgresql/data\"]\n"
    "    environment: {POSTGRES_PASSWORD: canary-env}\n"
    "    healthcheck: {test: [CMD, pg_isready, -h, 127.0.0.1]}\n"
    "  worker: {image: \"shop:1\", command: celery worker}\n"
    "volumes: {data: {}}\n";

struct CorridorCase {
  explicit CorridorCase(std::vector<std::string> command) {
    ScratchDirectory::append(work / "compose.yaml", kShopFile);
    around.directory = work.path();
    around.home_directory = home.path();
    around.variables = {{"PATH", "/bin"}, {"MY_TOKEN", "canary-own"}};
    around.clock = static_cast<std::int64_t>(::time(nullptr)) * 1'000'000'000;
    options.command = std::move(command);
    snapshot.engine = {true,    "",       "default", "unix:///var/run/docker.sock",
                       "20.10", "2.40.3", false};
    snapshot.config = {true,
                       true,
                       "",
                       {},
                       {},
                       R"({"name":"shop","services":{"app":{"image":"shop:1"},
                           "db":{"image":"postgres:15"},"worker":{"image":"shop:1"}},
                           "volumes":{"data":{"name":"shop_data"}}})"};
    snapshot.all_profiles = snapshot.config;
    for (const char* service : {"app", "db", "worker"}) {
      Container one;
      one.id = one.name = std::string("shop-") + service + "-1";
      one.service = service;
      one.state = "running";
      one.image_id = "sha256:1";
      one.number = 1;
      one.working_directory = work.path();
      one.config_files = work / "compose.yaml";
      if (one.service == "db") one.health = "healthy";
      snapshot.containers.push_back(one);
    }
    snapshot.task = {true, true, "", {{"Container", "shop-db-1", "Running"}}};
    snapshot.up = {true, true, "", {{"Container", "shop-app-1", "Running"}}};
    snapshot.configured_image_id = "sha256:1";
    snapshot.logs_asked = true;
    outcome.end = TaskEnd::kEnded;
    doors.snapshot = [this](const GuardedCommand&, const SnapshotWish&, Processes&,
                            const Surroundings&) {
      ++snapshots;
      if (on_snapshot) on_snapshot(snapshots);
      snapshot.taken = around.clock;
      return snapshot;
    };
    doors.execute = [this](const ExecutionRequest& request, Processes&, Surroundings&) {
      executed.push_back(request.argv);
      run_id = request.run_id;
      output = request.output;
      open_while_it_ran = !journal().runs.empty() && journal().runs.back().open();
      if (on_execute) on_execute(request);
      return outcome;
    };
    doors.verify = [this](const VerificationRequest& request, Processes&, Surroundings&) {
      ++verified;
      set_aside = request.set_aside;
      return verification;
    };
  }

  int run() { return guard_through(options, processes, around, doors); }

  void configure(const std::string& text) {
    ScratchDirectory::append(work / ".composelint.yaml", text);
  }
  // Backups that are there make a migration a decent thing to do.
  void have_backup() {
    ScratchDirectory::append(
        work / "app.sql",
        "-- PostgreSQL database dump\n\nx\n-- PostgreSQL database dump complete\n");
    configure("guard: {backups: [{file: app.sql}], writers: [cron]}\n");
  }
  [[nodiscard]] std::string state() const { return home / ".local/state/composelint"; }
  [[nodiscard]] Journal::Reading journal() const {
    const auto opened = Journal::open(state());
    if (!opened) return {};
    const auto reading = opened->read();
    return reading ? *reading : Journal::Reading{};
  }
  [[nodiscard]] JournalRun last() const {
    const auto reading = journal();
    return reading.runs.empty() ? JournalRun{} : reading.runs.back();
  }

  ScratchDirectory work;
  ScratchDirectory home;
  FakeSurroundings around;
  ScriptedProcesses processes;
  GuardOptions options;
  Snapshot snapshot;
  TaskOutcome outcome;
  std::vector<Answer> verification;
  Doors doors;
  std::function<void(int)> on_snapshot;
  std::function<void(const ExecutionRequest&)> on_execute;

  int snapshots = 0;
  int verified = 0;
  int output = -1;
  bool open_while_it_ran = false;
  std::string run_id;
  std::vector<std::string> set_aside;
  std::vector<std::vector<std::string>> executed;
};

}  // namespace composelint::guard
