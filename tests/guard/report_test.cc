#include "guard/report.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/compose/memory_files.h"
#include "tests/guard/fake_surroundings.h"

namespace composelint::guard {
namespace {

// COMPOSELINT_UPDATE_GOLDEN=1 writes what is compared with.
void expect_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(COMPOSELINT_SOURCE_DIR) + "/tests/guard/golden/" + name;
  if (std::getenv("COMPOSELINT_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  std::ostringstream golden;
  golden << std::ifstream(path, std::ios::binary).rdbuf();
  EXPECT_EQ(text, golden.str()) << name;
}

struct Case {
  explicit Case(std::vector<std::string> argv)
      : files(std::map<std::string, std::string>{
            {"/p/compose.yaml",
             "name: shop\n"
             "services:\n"
             "  app: {image: shop/app, environment: {OPAQUE: canary-value}}\n"
             "  db: {image: postgres}\n"}}) {
    around.directory = "/p";
    around.variables = {{"PATH", "/bin"}};
    auto read = understand(std::move(argv), around, config, files);
    if (!read) {
      ADD_FAILURE() << read.failure().message;
      return;
    }
    command = std::move(*read);
    mask.hide_values(around.variables, command->call().target.project);
    snapshot.engine = {true,       "",       "default", "unix:///var/run/docker.sock",
                       "20.10.24", "2.40.3", false};
    Container app;
    app.name = "shop-app-1";
    app.service = "app";
    app.state = "running";
    app.health = "healthy";
    app.number = 1;
    snapshot.containers = {app};
  }
  Told told() { return Told{*command, snapshot, decision, mask}; }

  compose::MemoryFiles files;
  FakeSurroundings around;
  engine::Config config;
  std::unique_ptr<GuardedCommand> command;
  Mask mask;
  Snapshot snapshot;
  Decision decision;
};

// A command with secrets in every corner, findings in front of and within one, and answers of each
// kind.
Case hard_case() {
  Case test({"docker", "compose", "run", "-e", "TOKEN=canary-argv", "app", "migrate",
             "postgres://u:canary-url@db/x", "\x1b[2J"});
  const auto& words = test.command->words;
  Finding missing;
  missing.rule = "run-without-rm";
  missing.severity = Severity::kWarning;
  missing.span = words[2];
  missing.message = "`run app` leaves its container behind";
  const Span behind{words[2].file, words[2].end, words[2].end};
  missing.fixes = {{"Add --rm", FixSafety::kSafe, {{behind, " --rm"}}}};
  Finding secret;
  secret.rule = "secret-on-command-line";
  secret.severity = Severity::kError;
  secret.span = {words[7].file, words[7].begin + 13, words[7].begin + 23};
  secret.message = "everybody sees canary-value and postgres://u:canary-url@db/x";
  Finding quiet = missing;
  quiet.severity = Severity::kNote;
  test.decision.findings = {secret, missing, quiet};
  test.decision.answers = {
      {"engine-reachable", Truth::kSupported, Severity::kError, "engine 20.10.24 answers", "",
       "docker version"},
      {"backup-taken", Truth::kUnknown, Severity::kError, "`run app` migrates with no backup",
       "--backup takes one", "guard"},
      {"writers-paused", Truth::kRefuted, Severity::kWarning, "worker is at work",
       "--pause-writers", "docker ps"},
      {"logs-baseline", Truth::kRefuted, Severity::kNote, "there are errors", "", "logs"}};
  decide(test.decision);
  return test;
}

TEST(Report, TellsAPlan) {
  Case test = hard_case();
  Told told = test.told();
  expect_golden("plan.txt", plan_text(told));
  told.verbose = true;
  told.given = {"docker", "compose", "run", "app"};
  expect_golden("plan-verbose.txt", plan_text(told));
  told.colour = true;
  const std::string colours = plan_text(told);
  EXPECT_NE(colours.find("\x1b[1;31merror:"), std::string::npos);
  EXPECT_EQ(plan_text(told).find("canary"), std::string::npos);
}

TEST(Report, CallsNoLookWhatMayBeNone) {
  for (const char* text : {"echo x > /srv/f", "echo x | tee /srv/f"}) {
    Case writes({"docker", "compose", "exec", "-T", "app", "sh", "-c", text});
    EXPECT_NE(plan_text(writes.told()).find("does     unknown: "), std::string::npos)
        << plan_text(writes.told());
  }
  Case looks({"docker", "compose", "exec", "-T", "app", "cat", "/srv/f"});
  EXPECT_NE(plan_text(looks.told()).find("does     reads: "), std::string::npos)
      << plan_text(looks.told());
}

TEST(Report, TellsAnOutcomeOnlyWhereThereIsSomethingToSay) {
  Case test({"docker", "compose", "run", "--rm", "app", "migrate"});
  TaskOutcome outcome;
  outcome.end = TaskEnd::kEnded;
  std::vector<Answer> verification = {
      {"exit-status", Truth::kSupported, Severity::kError, "it ended with 0", "", "docker events"}};
  Told told = test.told();
  told.outcome = &outcome;
  told.verification = &verification;
  EXPECT_EQ(outcome_text(told), "");
  outcome.notes = {"the client ended with 137 and the task with 0 (canary-value)"};
  verification.push_back({"services-healthy", Truth::kRefuted, Severity::kError,
                          "shop-app-1 is unhealthy", "see `docker compose ps`", "docker ps"});
  expect_golden("outcome.txt", outcome_text(told));
  told.verbose = true;
  expect_golden("outcome-verbose.txt", outcome_text(told));
}

TEST(Report, IsOneDocument) {
  Case test = hard_case();
  TaskOutcome outcome;
  outcome.end = TaskEnd::kEnded;
  outcome.code = 3;
  outcome.client = {EndKind::kSignalled, 9};
  outcome.container = "0123456789ab";
  outcome.began = 1'800'000'000'000'000'000;
  outcome.ended = 1'800'000'060'000'000'000;
  const std::vector<Answer> verification = {{"exit-status", Truth::kRefuted, Severity::kError,
                                             "it ended with 3", "", "docker events",
                                             1'800'000'060'000'000'000}};
  Told told = test.told();
  told.outcome = &outcome;
  told.verification = &verification;
  told.exit_code = 3;
  const std::string text = json_document(told);
  EXPECT_EQ(text.find("canary"), std::string::npos);
  expect_golden("document.json", text);
}

TEST(Report, TellsTheHistory) {
  JournalRun run;
  run.id = "0123456789abcdef";
  run.project = "shop";
  run.user = "anna";
  run.argv = {"docker", "compose", "run", "--rm", "app", "a b\x1b[2J"};
  run.started = 1'800'000'000'000'000'000;
  run.ended = 1'800'000'060'000'000'000;
  run.code = 0;
  run.verified = true;
  run.end = "verified";
  JournalRun open = run;
  open.ended = 0;
  open.code = -1;
  open.end.clear();
  open.pid = 77;
  expect_golden("history.txt", history_text({run, open}, 1));
  expect_golden("history.json", history_json({run, open}, 0));
  EXPECT_EQ(history_text({}, 0), "no runs\n");
  Leftover alive{open, true, {}, false, {}, ""};
  Leftover dead{open, false, {"0123456789abcdef"}, true, {"worker"}, "/x/.f.part"};
  expect_golden("leftovers.txt", leftovers_text({alive, dead}));
}

}  // namespace
}  // namespace composelint::guard
