// Rules that a configuration declares.
#include <gtest/gtest.h>

#include <algorithm>

#include "analyzer/engine/check.h"
#include "analyzer/engine/config_keys.h"
#include "analyzer/engine/custom_examples.h"
#include "analyzer/engine/custom_facts.h"
#include "analyzer/engine/custom_match.h"
#include "tests/engine/tree.h"

namespace composelint::engine {
namespace {

constexpr const char* kCompose =
    "name: shop\n"
    "services:\n"
    "  web:\n    image: ghcr.io/x/web:1\n    depends_on: [db]\n"
    "    environment: {DEBUG: '1', TOKEN: null}\n"
    "  db:\n    image: postgres:16\n    restart: always\n"
    "    volumes: ['data:/var/lib/postgresql/data']\n"
    "    healthcheck: {test: pg_isready}\n"
    "  mail-worker:\n    build: .\n    profiles: [jobs]\n    deploy: {replicas: 3}\n"
    "volumes: {data: {}}\n";

// A rule with `when` and whatever follows it, indented by four.
std::string rule(const std::string& when, const std::string& more = "") {
  return "custom-rules:\n  - rule: own\n    summary: It is wrong\n    message: '{verb} "
         "{service}'\n" +
         more + "    when: " + when + "\n";
}

class Custom : public testing::Test {
 protected:
  Custom() {
    tree_.file("/repo/.git/HEAD", "");
    tree_.file("/repo/compose.yaml", kCompose);
    request_.paths = {"."};
    request_.working_directory = "/repo";
    request_.context = Context::kOps;
  }

  // Messages of the findings in a script of these lines, and what was wrong.
  std::string found(const std::string& config, const std::string& script) {
    tree_.file("/repo/.composelint.yaml", config);
    tree_.file("/repo/x.sh", "#!/bin/sh\n" + script + "\n");
    outcome_ = check(request_, tree_, {});
    std::string out;
    for (const Finding& finding : outcome_.run.findings) {
      out += (out.empty() ? "" : "; ") + finding.message;
    }
    for (const Notification& each : outcome_.run.notifications) out += "! " + each.message;
    return out;
  }
  bool fires(const std::string& when, const std::string& script) {
    const std::string told = found(rule(when), script);
    EXPECT_EQ(told.find('!'), std::string::npos) << told << "\n" << when;
    return !told.empty();
  }

  Tree tree_;
  CheckRequest request_;
  Outcome outcome_;
};

struct Row {
  const char* when;
  const char* script;
  bool fires;
};

TEST_F(Custom, MatchesWhatACommandIs) {
  const Row rows[] = {
      {"{verb: restart}", "docker compose restart db", true},
      {"{verb: [stop, restart]}", "docker compose stop", true},
      {"{verb: restart}", "docker compose ps", false},
      {"{verb: restart}", "docker compose $VERB", false},
      {"{program: pg_dump}", "docker compose exec -T db pg_dump -U x", true},
      {"{program: pg_*}", "pg_dumpall", true},
      {"{program: pg_dump}", "docker compose exec db $TOOL", false},
      {"{program: manage.py, words: migrate !--check}", "docker compose run web manage.py migrate",
       true},
      {"{program: manage.py, words: migrate !--check}",
       "docker compose run web manage.py migrate --check", false},
      {"{verb: exec, with: -T}", "docker compose exec --no-TTY db x", true},
      {"{verb: exec, with: -T}", "docker compose exec db x", false},
      {"{verb: down, without: [-v, --rmi]}", "docker compose down", true},
      {"{verb: down, without: [-v, --rmi]}", "docker compose down --volumes", false},
      {"{verb: run, without: --rm}", "docker compose run $OPTIONS web x", false},
      {"{verb: ps, with: [-p, --profile]}", "docker compose -p a --profile b ps", true},
      {"{docker: container exec, program: psql}", "docker exec -i db psql", true},
      {"{docker: container exec, without: -i}", "docker exec -it db psql", false},
      {"{docker: container exec, without: -i}", "docker exec db psql -i", true},
      {"{docker: volume rm}", "docker compose down -v", false},
      {"{effect: migrates, without-after: verification}",
       "docker compose pull\ndocker compose run --rm web manage.py migrate", true},
      {"{effect: migrates, without-after: verification}",
       "docker compose run --rm web manage.py migrate", false},  // its caller may look
      {"{effect: migrates, without-after: verification}",
       "docker compose run --rm web manage.py migrate\ndocker compose ps", false},
      {"{program: tar, with: -z}", "tar -czf x.tgz data", true},
      {"{program: tar, without: -z}", "tar -cf x.tar data", true},
      {"{effect: dumps}", "docker compose exec -T db pg_dump x > y.sql", true},
      {"{effect: dumps, stdout: file}", "docker compose exec -T db pg_dump x > y.sql", true},
      {"{effect: dumps, stdout: file}", "docker compose exec -T db pg_dump x | gzip", false},
      {"{effect: dumps, stdout: pipe, pipefail: false}",
       "docker compose exec -T db pg_dump x | gzip > y.gz", true},
      {"{verb: exec, stdin: here}", "docker compose exec -T db psql <<X\nselect 1;\nX", true},
      {"{verb: up, errexit: false}", "docker compose up -d", true},
      {"{verb: up, errexit: true}", "set -e\ndocker compose up -d", true},
      {"{verb: up, status: discarded}", "docker compose up -d || true", true},
      {"{verb: up, status: discarded}", "docker compose up -d", false},
      {"{verb: up, context: ops}", "docker compose up -d", true},
      {"{verb: up, context: [dev, ci]}", "docker compose up -d", false},
      {"{verb: up, background: true}", "docker compose up &", true},
      {"{verb: run, without-before: backup}", "docker compose run --rm web x", true},
      {"{verb: run, without-before: backup}",
       "set -e\ndocker compose exec -T db pg_dump -U a b > c.sql\ndocker compose run --rm web x",
       false},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(fires(row.when, row.script), row.fires) << row.when << "\n" << row.script;
  }
}

TEST_F(Custom, MatchesTheServicesOfACall) {
  const Row rows[] = {
      {"{verb: restart, service: {name: db}}", "docker compose restart db", true},
      {"{verb: restart, service: {name: db}}", "docker compose restart", true},
      {"{verb: restart, service: {name: '*-worker'}}", "docker compose restart", false},
      {"{verb: restart, service: {name: '*-worker'}}", "docker compose restart mail-worker", true},
      {"{verb: restart, service: {name: db}}", "docker compose restart $NAME", false},
      {"{verb: restart, service: {image: '*postgres*'}}", "docker compose restart web db", true},
      {"{verb: restart, service: {image: '*postgres*'}}", "docker compose restart web", false},
      {"{verb: restart, service: {image: 'ghcr.io/*'}}", "docker compose restart web", true},
      {"{verb: exec, service: {role: database}}", "docker compose exec db x", true},
      {"{verb: exec, service: {role: [worker, cache]}}", "docker compose exec db x", false},
      {"{verb: exec, service: {init: false, publishes-ports: false}}", "docker compose exec db x",
       true},
      {"{verb: exec, service: {build: true}}", "docker compose exec mail-worker x", true},
      {"{verb: exec, service: {healthcheck: true}}", "docker compose exec db x", true},
      {"{verb: exec, service: {healthcheck: false}}", "docker compose exec db x", false},
      {"{verb: exec, service: {profile: jobs}}", "docker compose exec mail-worker x", true},
      {"{verb: exec, service: {restart: 'no'}}", "docker compose exec web x", true},
      {"{verb: exec, service: {restart: [always, unless-stopped]}}", "docker compose exec db x",
       true},
      {"{verb: exec, service: {replicas: '>1'}}", "docker compose exec mail-worker x", true},
      {"{verb: exec, service: {replicas: 1}}", "docker compose exec mail-worker x", false},
      {"{verb: exec, service: {environment: DEBUG}}", "docker compose exec web x", true},
      {"{verb: exec, service: {environment: DEBUG=1}}", "docker compose exec web x", true},
      {"{verb: exec, service: {environment: DEBUG=0}}", "docker compose exec web x", false},
      {"{verb: exec, service: {environment: TOKEN=x}}", "docker compose exec web x", false},
      {"{verb: exec, service: {mount: /var/lib/*, mount-type: volume}}", "docker compose exec db x",
       true},
      {"{verb: exec, service: {mount-source: data}}", "docker compose exec web x", false},
      // What a stack that is not known has is not known.
      {"{verb: exec, service: {build: false}}", "docker compose -f $F exec db x", false},
      {"{verb: exec, service: {name: db}}", "docker compose -f $F exec db x", true},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(fires(row.when, row.script), row.fires) << row.when << "\n" << row.script;
  }
}

TEST_F(Custom, ServicesAloneAreThoseOfComposeFiles) {
  const std::string config =
      "custom-rules:\n  - rule: own\n    summary: S\n    message: '{service} of {project}'\n"
      "    when: {service: {restart: 'no'}}\n    unless: {service: {profile: jobs}}\n";
  EXPECT_EQ(found(config, "docker compose exec web x"), "web of shop");
  EXPECT_EQ(outcome_.run.findings[0].span.text(), "web");
  EXPECT_EQ(outcome_.run.findings[0].key, (std::vector<std::string>{"web"}));
}

TEST_F(Custom, AlternativesAndExceptions) {
  const std::string both = "[{verb: stop}, {verb: kill, with: -s}]";
  EXPECT_EQ(found(rule(both), "docker compose stop\ndocker compose kill -s HUP web"),
            "stop …; kill web");
  EXPECT_EQ(found(rule(both), "docker compose kill web"), "");
  const std::string unless = "    unless: [{service: {name: web}}, {status: discarded}]\n";
  EXPECT_EQ(found(rule("{verb: stop}", unless),
                  "docker compose stop web\ndocker compose stop db || true\n"
                  "docker compose stop db\ndocker compose stop $X"),
            "stop db");
}

TEST_F(Custom, MessagesNameTheConcreteThings) {
  const auto message = [](const std::string& text) {
    return "custom-rules:\n  - {rule: own, summary: S, message: '" + text +
           "', when: {verb: run}}\n";
  };
  const char* const script = "docker compose run web ./manage.py migrate";
  EXPECT_EQ(found(message("{task} ({effect}) by {program} in {project}, {{x}} {1} {"), script),
            "./manage.py migrate (Django migration) by ./manage.py in shop, {{x}} {1} {");
  EXPECT_EQ(found(message("{servise}"), script),
            "! \"message\": there is no {servise}; did you mean \"service\"?");
}

TEST_F(Custom, LevelsAreThoseOfAnyRule) {
  const std::string severity = "    severity: {ops: error, dev: note}\n";
  const char* const script = "docker compose stop db";
  found(rule("{verb: stop}", severity), script);
  ASSERT_EQ(outcome_.run.findings.size(), 1U);
  EXPECT_EQ(outcome_.run.findings[0].severity, Severity::kError);
  request_.context = Context::kCi;
  EXPECT_EQ(found(rule("{verb: stop}", severity), script), "");
  EXPECT_EQ(found(rule("{verb: stop}"), script), "stop db");
  EXPECT_EQ(found(rule("{verb: stop}") + "rules: {own: off}\n", script), "");
  request_.rules.select = {"other"};
  EXPECT_EQ(found(rule("{verb: stop}"), script), "");
  request_.rules.select = {"ow*"};
  EXPECT_EQ(found(rule("{verb: stop}"), script + std::string("  # composelint: allow own -- y")),
            "");
  EXPECT_EQ(outcome_.run.suppressed.size(), 1U);
  ASSERT_EQ(outcome_.rules.size(), 1U);
  EXPECT_EQ(outcome_.rules[0]->slug, "own");
  EXPECT_EQ(outcome_.rules[0]->rationale, "It is wrong.");
}

TEST_F(Custom, WhatMeansNothingIsRefused) {
  const auto refused = [&](const std::string& config) {
    found(config, "docker compose stop db");
    EXPECT_EQ(outcome_.run.findings.size(), 0U) << config;
    if (outcome_.run.notifications.empty()) return std::string("accepted");
    const Notification& first = outcome_.run.notifications[0];
    const Position at = first.span.file->position(first.span.begin, ColumnUnit::kCodePoint);
    return std::to_string(at.line) + ":" + std::to_string(at.column) + ": " + first.message;
  };
  const auto named = [](const std::string& slug) {
    return "custom-rules: [{rule: " + slug + ", summary: S, message: M, when: {verb: up}}]\n";
  };
  EXPECT_EQ(refused(rule("{verb: restrat}")),
            "5:18: \"verb\": Compose has no verb \"restrat\"; did you mean \"restart\"?");
  EXPECT_EQ(refused(rule("{verbs: up}")),
            "5:12: unknown key \"verbs\" in \"when\"; did you mean \"verb\"?");
  EXPECT_EQ(refused(rule("{verb: up, service: {imag: x}}")),
            "5:32: unknown key \"imag\" in \"service\"; did you mean \"image\"?");
  EXPECT_EQ(refused(rule("{}")), "5:11: asks for nothing");
  EXPECT_EQ(refused(rule("{verb: []}")), "5:18: \"verb\" asks for nothing");
  EXPECT_EQ(refused(rule("{verb: up, with: d}")),
            "5:28: \"with\": \"d\" is no option; they begin with a dash");
  EXPECT_EQ(refused(rule("{verb: up, service: {replicas: many}}")),
            "5:42: \"replicas\": \"many\" is no number: they look like 2, \">1\" or \"<3\"");
  EXPECT_EQ(refused(rule("{verb: up, pipefail: maybe}")),
            "5:32: \"pipefail\" has to be true or false, not \"maybe\"");
  EXPECT_EQ(refused(rule("{verb: up, effect: migrate}")),
            "5:30: \"effect\": unknown value \"migrate\"; did you mean \"migrates\"?");
  EXPECT_EQ(refused(rule("[{verb: up}, {service: {name: x}}]")),
            "5:11: \"when\": some of the mappings are about services alone, and some about "
            "commands");
  EXPECT_EQ(refused(named("Own")),
            "1:23: \"Own\" is no name of a rule: lower case with hyphens, as worker-restart");
  EXPECT_EQ(refused(named("own-rule") + "rules: {own-rul: off}\n"),
            "2:9: \"own-rul\" is no rule; did you mean \"own-rule\"?");
  const std::string one = "{rule: a, summary: S, message: M, when: {verb: up}}";
  EXPECT_EQ(refused("custom-rules: [" + one + ", " + one + "]\n"), "1:76: \"a\" stands here twice");
}

TEST_F(Custom, MayNotTakeTheNameOfABuiltInRule) {
  Rule built_in{};
  built_in.slug = "own";
  const Rule* const rules[] = {&built_in};
  tree_.file("/repo/.composelint.yaml", rule("{verb: up}"));
  const Outcome outcome = check(request_, tree_, rules);
  ASSERT_EQ(outcome.run.notifications.size(), 1U);
  EXPECT_EQ(outcome.run.notifications[0].message, "\"own\" is the name of a built-in rule");
}

TEST_F(Custom, ComeFromWhatIsExtendedToo) {
  tree_.file("/repo/base/rules.yaml",
             "custom-rules:\n  - {rule: own, summary: S, message: base, when: {verb: up}}\n"
             "  - {rule: other, summary: S, message: other, when: {verb: up}}\n");
  const std::string nearer =
      "extends: base/rules.yaml\n"
      "custom-rules: [{rule: own, summary: S, message: near, when: {verb: up}}]\n";
  EXPECT_EQ(found(nearer, "docker compose up"), "other; near");
}

TEST_F(Custom, ExamplesAreTried) {
  const auto trials = [&](const std::string& examples) {
    tree_.file("/repo/.composelint.yaml",
               "vocabulary: [{program: frob, effect: restores, name: F}]\n"
               "rules: {own: off}\n" +
                   rule("{effect: restores, service: {name: db}}", examples));
    std::string out;
    for (const ExampleTrial& trial : try_examples("/repo", {}, tree_, {}).trials) {
      out += std::to_string(trial.number) + (trial.unsafe_fires ? " fires" : " silent") +
             (trial.safe_fires ? " fires" : " silent") + (trial.passed() ? " passed; " : "; ");
    }
    return out;
  };
  EXPECT_EQ(trials(""), "0 silent silent passed; ");
  EXPECT_EQ(trials("    examples:\n"
                   "      - unsafe: docker compose exec db frob\n"
                   "        safe: docker compose exec web frob\n"
                   "        compose: 'services: {db: {image: a}, web: {image: b}}'\n"
                   "      - {unsafe: frob, safe: docker compose exec db frob}\n"),
            "1 fires silent passed; 2 silent fires; ");
}

// Every key of the table can be asked for, and nothing else can.
TEST(CustomKeys, AreThoseThatAreMatched) {
  const auto names = [](auto rows) {
    std::vector<std::string> out;
    for (const auto& row : rows) out.emplace_back(row.name);
    std::sort(out.begin(), out.end());
    return out;
  };
  const auto find = [](std::span<const ConfigKey> keys, std::string_view name) {
    const auto found = std::find_if(keys.begin(), keys.end(),
                                    [&](const ConfigKey& key) { return key.name == name; });
    return found->keys;
  };
  const auto when = find(find(config_keys(), "custom-rules"), "when");
  EXPECT_EQ(names(when), names(custom_step_rows()));
  EXPECT_EQ(names(find(when, "service")), names(custom_service_rows()));
  for (const ConfigKey& key : when) {
    for (const std::string_view word : key.choices) {
      EXPECT_TRUE(key.name != "role" || role_word(role_named(word)) == word) << word;
      EXPECT_TRUE(!key.name.starts_with("without-") || claim_named(word)) << word;
    }
  }
}

}  // namespace
}  // namespace composelint::engine
