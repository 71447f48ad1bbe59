#include <composelint/rule.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "analyzer/engine/check.h"
#include "tests/engine/tree.h"

namespace composelint {
namespace {

engine::Outcome outcome_of(const engine::Tree& tree) {
  engine::CheckRequest request;
  request.paths = {"."};
  request.working_directory = "/repo";
  return engine::check(request, tree, all_rules());
}

TEST(WholeRun, LeavesPagesIncomplete) {
  engine::Tree tree;
  tree.file("/repo/.git/HEAD", "")
      .file("/repo/README.md",
            "```sh\ndocker compose exec db mongo\n\nrs0:PRIMARY> db.customers.update(\n  {\n    "
            "_id : x\n"
            "  }\n);\n# compose\n```\n");
  const engine::Outcome outcome = outcome_of(tree);
  const composelint::Run& run = outcome.run;
  ASSERT_FALSE(run.notifications.empty());
  for (const Notification& told : run.notifications) EXPECT_EQ(told.severity, Severity::kNote);
  EXPECT_EQ(run.calls.size(), 1U);
}

TEST(WholeRun, TellsOfFilesFromTheRoot) {
  engine::Tree tree;
  tree.file("/repo/.git/HEAD", "")
      .file("/repo/compose.yaml", "services:\n  db:\n    image: postgres:16\n")
      .file("/repo/bin/dump.sh",
            "#!/bin/bash\nhere=$(cd \"$(dirname \"$0\")\" && pwd)\n"
            "docker-compose exec db pg_dump app > \"$here/app.sql\"\n");
  bool told = false;
  const engine::Outcome outcome = outcome_of(tree);
  for (const Finding& finding : outcome.run.findings) {
    EXPECT_EQ(finding.message.find("/repo"), std::string::npos) << finding.message;
    for (const std::string& word : finding.key) EXPECT_EQ(word.find("/repo"), std::string::npos);
    told |= finding.message.find("`bin/app.sql`") != std::string::npos;
  }
  EXPECT_TRUE(told);
}

// What a developer's file has written out is told by nobody: that of the stack in use has to be.
TEST(WholeRun, TellsWhatNoOtherRuleTells) {
  engine::Tree tree;
  tree.file("/repo/.git/HEAD", "")
      .file("/repo/compose.yaml",
            "services:\n  store:\n    image: registry.example.org/store:2.3\n    restart: always\n"
            "    ports: [\"443:8443\"]\n    environment:\n"
            "      STORE_URL: postgres://store:vK4tq91LmZ@db/store\n")
      .file("/repo/compose.dev.yaml",
            "services:\n  db:\n    image: postgres:16.4\n    environment:\n"
            "      POSTGRES_PASSWORD: vK4tq91LmZ\n")
      .file("/repo/Makefile",
            "dev:\n\tdocker compose -f compose.yaml -f compose.dev.yaml up\n\n"
            "live:\n\tdocker compose -f compose.yaml up -d --wait\n");
  bool told = false;
  const engine::Outcome outcome = outcome_of(tree);
  for (const Finding& finding : outcome.run.findings) told |= finding.rule == "credential-in-url";
  EXPECT_TRUE(told);
}

// The services of a circle lack an image for that reason alone.
TEST(WholeRun, TellsOfACircleOnce) {
  engine::Tree tree;
  tree.file("/repo/.git/HEAD", "")
      .file("/repo/compose.yaml",
            "services:\n  a:\n    extends:\n      service: b\n"
            "  b:\n    extends:\n      service: a\n  c: {}\n");
  const engine::Outcome outcome = outcome_of(tree);
  std::vector<std::string> told;
  for (const Finding& finding : outcome.run.findings) {
    if (finding.rule == "schema-violation") told.push_back(finding.message);
  }
  ASSERT_EQ(told.size(), 2U);
  EXPECT_NE(told[0].find("Circular reference: a in "), std::string::npos) << told[0];
  EXPECT_NE(told[1].find("service \"c\" has neither"), std::string::npos) << told[1];
}

// Not as if there were nothing in it.
TEST(WholeRun, SaysThatLinesForAnotherShellAreNotChecked) {
  engine::Tree tree;
  tree.file("/repo/.git/HEAD", "")
      .file("/repo/justfile",
            "set shell := [\"pwsh\", \"-Command\"]\n\nup:\n    docker compose up -d\n");
  const engine::Outcome outcome = outcome_of(tree);
  const composelint::Run& run = outcome.run;
  ASSERT_EQ(run.notifications.size(), 1U);
  EXPECT_EQ(run.notifications[0].severity, Severity::kWarning);
  EXPECT_EQ(run.notifications[0].message,
            "its recipes are not checked: they are for no POSIX shell");
}

// What a rule leaves to another one is told where that one is not run.
TEST(WholeRun, TellsWhatIsLeftToARuleThatIsIgnored) {
  engine::Tree tree;
  tree.file("/repo/.git/HEAD", "")
      .file("/repo/compose.yaml",
            "services:\n  db:\n    image: mysql:8.4\n    restart: always\n    environment:\n"
            "      MYSQL_PASSWORD: k3Vt9qXw2LmZ\n  app:\n    image: example/app:1.4\n"
            "    environment:\n      DATABASE_URL: mysql://app:k3Vt9qXw2LmZ@db/app\n");
  const auto told = [&](const std::vector<std::string>& ignored) {
    engine::CheckRequest request;
    request.paths = {"."};
    request.working_directory = "/repo";
    request.rules.ignore = ignored;
    std::vector<std::string> rules;
    const engine::Outcome outcome = engine::check(request, tree, all_rules());
    for (const Finding& finding : outcome.run.findings) {
      if (finding.message.find("written out") != finding.message.npos) {
        rules.push_back(finding.rule);
      }
    }
    return rules;
  };
  EXPECT_EQ(told({}), std::vector<std::string>{"literal-secret"});
  EXPECT_EQ(told({"literal-secret"}), std::vector<std::string>{"credential-in-url"});
}

// Read by itself, `app.yaml` does not show that the password stands alone in `db.yaml`.
TEST(WholeRun, LeavesAPlaceThatOneProjectShowsToBeToldElsewhere) {
  engine::Tree tree;
  tree.file("/repo/.git/HEAD", "")
      .file("/repo/compose.yaml",
            "services:\n  db:\n    extends: {file: parts/db.yaml, service: db}\n"
            "  app:\n    extends: {file: parts/app.yaml, service: app}\n")
      .file("/repo/parts/db.yaml",
            "services:\n  db:\n    image: mysql:8.4\n    restart: always\n    environment:\n"
            "      MYSQL_PASSWORD: k3Vt9qXw2LmZ\n")
      .file("/repo/parts/app.yaml",
            "services:\n  app:\n    image: example/app:1.4\n    restart: always\n"
            "    environment:\n      DATABASE_URL: mysql://app:k3Vt9qXw2LmZ@db/app\n");
  const engine::Outcome outcome = outcome_of(tree);
  std::vector<std::string> rules;
  for (const Finding& finding : outcome.run.findings) {
    if (finding.message.find("written out") != finding.message.npos) rules.push_back(finding.rule);
  }
  EXPECT_EQ(rules, std::vector<std::string>{"literal-secret"});
}

// Whoever still has it in use has errors to mend, and no more.
TEST(WholeRun, TellsNoNotesOfAnArchivedRepository) {
  const auto told = [](const std::string& readme) {
    engine::Tree tree;
    tree.file("/repo/.git/HEAD", "")
        .file("/repo/README.md", readme)
        .file("/repo/compose.yaml",
              "version: \"3.8\"\nservices:\n  app:\n    image: example/app:1.4\n"
              "    networks: [front]\n");
    std::vector<std::string> rules;
    for (const Finding& finding : outcome_of(tree).run.findings) rules.push_back(finding.rule);
    return rules;
  };
  EXPECT_EQ(told("# Shop\n\n> **ARCHIVED**: it has moved.\n"),
            std::vector<std::string>{"undefined-reference"});
  EXPECT_EQ(told("# Shop\n\nOrders are archived at night.\n").size(), 2U);
}

// A finding says why its line counts as what it does.
TEST(WholeRun, SaysWhatDecidedTheContext) {
  engine::Tree tree;
  tree.file("/repo/.git/HEAD", "")
      .file("/repo/compose.yaml", "services:\n  db:\n    image: postgres:16.4\n")
      .file("/repo/tests/a.sh", "#!/bin/sh\ndocker-compose ps db\n")
      .file("/repo/backup.sh", "#!/bin/sh\ndocker compose run db env\n");
  const engine::Outcome outcome = outcome_of(tree);
  std::map<std::string, std::string> cues;
  for (const Finding& finding : outcome.run.findings) {
    const auto cue =
        outcome.run.context_cues.find({finding.span.file, finding.span.begin, finding.context});
    ASSERT_NE(cue, outcome.run.context_cues.end()) << finding.rule;
    cues[finding.span.file->path()] = finding.context + ": " + cue->second;
  }
  EXPECT_EQ(cues["tests/a.sh"], "ci: directory tests");
  EXPECT_EQ(cues["backup.sh"], "ops: file name backup.sh");
}

TEST(WholeRun, WeighsALineForOperationsInAllRules) {
  engine::Tree tree;
  tree.file("/repo/.git/HEAD", "")
      .file("/repo/compose.yaml", "services:\n  web:\n    image: example/web:1.4\n")
      .file("/repo/Makefile", "setup:\n\t./scripts/init.sh\n")
      .file("/repo/scripts/init.sh",
            "#!/bin/bash\ndocker compose exec -T web ./manage.py migrate || true\n"
            "docker compose restart web\n");
  const engine::Outcome outcome = outcome_of(tree);
  for (const Finding& finding : outcome.run.findings) {
    if (finding.span.file->path() != "scripts/init.sh") continue;
    EXPECT_EQ(finding.context, "ops") << finding.rule;
  }
}

// There is no service `ap`: what the migration would do is not told as well.
TEST(WholeRun, TellsNothingMoreOfACallThatIsRefused) {
  engine::Tree tree;
  tree.file("/repo/.git/HEAD", "")
      .file("/repo/compose.yaml", "services:\n  app:\n    image: example/app:1.4\n")
      .file("/repo/deploy.sh",
            "#!/bin/bash\nset -e\ndocker compose exec -T ap ./manage.py migrate\n");
  const engine::Outcome outcome = outcome_of(tree);
  std::string told;
  for (const Finding& finding : outcome.run.findings) {
    if (finding.span.file->path() == "deploy.sh") told += finding.rule + ";";
  }
  EXPECT_EQ(told, "unknown-service;");
}

// The script ends at `ap`; a trap runs all the same, as does another way. A script that is not in
// the checkout is no end.
TEST(WholeRun, TellsNothingOfLinesBehindTheEndOfAScript) {
  const auto told_of = [](const std::string& script) {
    engine::Tree tree;
    tree.file("/repo/.git/HEAD", "")
        .file("/repo/compose.yaml", "services:\n  app:\n    image: example/app:1.4\n")
        .file("/repo/scripts/other.sh", "#!/bin/sh\necho hello\n")
        .file("/repo/deploy.sh", script);
    const engine::Outcome outcome = outcome_of(tree);
    std::string told;
    for (const Finding& finding : outcome.run.findings) {
      if (finding.span.file->path() == "deploy.sh") told += finding.rule + ";";
    }
    return told;
  };
  const std::string prune = "docker system prune -af --volumes\n";
  const std::string head = "#!/bin/bash\nset -e\n";
  EXPECT_EQ(told_of(head + prune), "unscoped-prune;");
  EXPECT_EQ(told_of(head + "docker compose up -d ap\n" + prune), "unknown-service;");
  EXPECT_EQ(told_of("#!/bin/bash\ndocker compose up -d ap || exit 1\n" + prune),
            "unknown-service;");
  EXPECT_EQ(
      told_of(head + "docker compose up -d ap\n# composelint: allow unscoped-prune -- ours\n" +
              prune),
      "unknown-service;");
  EXPECT_EQ(
      told_of(head + "docker compose up -d ap\n# composelint: allow volume-destruction\n" + prune),
      "unknown-service;unused-suppression;");
  EXPECT_EQ(told_of(head + "./scripts/backup.sh\n" + prune), "unscoped-prune;");
  EXPECT_EQ(told_of(head + "./scripts/other.sh\n" + prune), "unscoped-prune;");
  EXPECT_EQ(told_of(head + "[ -x ./scripts/backup.sh ] && ./scripts/backup.sh\n" + prune),
            "unscoped-prune;");
  EXPECT_EQ(told_of(head + "if [ -n \"$1\" ]; then docker compose up -d ap; fi\n" + prune),
            "unknown-service;unscoped-prune;");
  EXPECT_EQ(told_of(head + "trap 'docker system prune -af --volumes' EXIT\n"
                           "docker compose up -d ap\n"),
            "unscoped-prune;unknown-service;");
  EXPECT_EQ(told_of("#!/bin/bash\ndocker compose up -d ap\n" + prune),
            "missing-errexit;unknown-service;unscoped-prune;");
}

TEST(WholeRun, NamesWhatTheGravestOutweighs) {
  engine::Tree tree;
  tree.file("/repo/.git/HEAD", "")
      .file("/repo/compose.yaml",
            "services:\n  web:\n    image: example/web:1.4\n"
            "  db:\n    image: postgres:16.4\n")
      .file("/repo/ops/deploy.sh",
            "#!/bin/bash\nset -e\ndocker compose pull\n"
            "docker compose run --rm web ./manage.py migrate\n"
            "docker compose up -d\n");
  const engine::Outcome outcome = outcome_of(tree);
  std::string also;
  for (const Finding& finding : outcome.run.findings) {
    EXPECT_NE(finding.rule, "migration-without-preflight");
    EXPECT_NE(finding.rule, "migration-unverified");
    if (finding.rule != "migration-without-backup") continue;
    for (const Related& related : finding.related) also += related.message + "\n";
  }
  EXPECT_NE(also.find("also migration-without-preflight: a migration starts"), std::string::npos);
  EXPECT_NE(also.find("also migration-unverified: nothing looks"), std::string::npos);
}

// What is a part of a graver finding is none on its own, unless the preset is asked for.
TEST(WholeRun, TellsOfStrictExpectationsAloneWhereTheyAreAskedFor) {
  for (const bool strict : {false, true}) {
    engine::Tree tree;
    tree.file("/repo/.git/HEAD", "")
        .file("/repo/compose.yaml",
              "services:\n  db:\n    image: postgres:16.4\n  web:\n    image: example/web:1.4\n")
        .file("/repo/ops/deploy.sh",
              "#!/bin/bash\nset -e\ndocker compose pull\n"
              "docker compose exec -T db pg_dump -U app app > \"before-$(date +%s).sql\"\n"
              "docker compose run --rm web ./manage.py migrate\n"
              "docker compose up -d\n");
    if (strict) tree.file("/repo/.composelint.yaml", "preset: [strict]\n");
    const engine::Outcome outcome = outcome_of(tree);
    bool told = false;
    for (const Finding& finding : outcome.run.findings) {
      told |= finding.rule == "migration-unverified";
    }
    EXPECT_EQ(told, strict);
  }
}

}  // namespace
}  // namespace composelint
