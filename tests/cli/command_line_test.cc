// The binary as a user meets it: words in, output and exit code out.
#include "tests/cli/command_line.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace composelint::cli {
namespace {

using nlohmann::json;

TEST_F(CommandLine, CheckFindsAndFails) {
  write("compose.yaml", kCompose);
  write("deploy.sh", kRisky);
  const Ended found = run("check");
  EXPECT_EQ(found.code, 1);
  EXPECT_NE(found.out.find("deploy.sh:3:"), std::string::npos) << found.out;
  EXPECT_NE(found.out.find("[run-without-rm]"), std::string::npos) << found.out;
  EXPECT_EQ(run("check --fail-on never").code, 0);
}

TEST_F(CommandLine, CheckIsQuietOnWhatIsFine) {
  write("compose.yaml", kCompose);
  write("deploy.sh", "#!/bin/sh\nset -eu\ndocker compose ps\n");
  const Ended clean = run("check .");
  EXPECT_EQ(clean.code, 0) << clean.out;
  EXPECT_EQ(clean.out, "no findings (2 files, 1 compose call)\n");
}

TEST_F(CommandLine, WhatCannotBeReadNeverHidesTheRest) {
  write("compose.yaml", kCompose);
  write("deploy.sh", kRisky);
  const Ended ended = run("check gone.sh deploy.sh");
  EXPECT_EQ(ended.code, 2);
  EXPECT_NE(ended.out.find("[run-without-rm]"), std::string::npos) << ended.out;
  EXPECT_NE(ended.out.find("gone.sh"), std::string::npos) << ended.out;
}

TEST_F(CommandLine, AllowCommentsAreCounted) {
  write("compose.yaml", kCompose);
  write("deploy.sh",
        "#!/bin/sh\n# composelint: allow run-without-rm -- logs\ndocker compose run app ./task\n");
  EXPECT_EQ(run("check").code, 0);
  const Ended all = run("check --show-suppressed --format json");
  EXPECT_EQ(json::parse(all.out)["suppressed"][0]["suppression"]["reason"], "logs");
}

TEST_F(CommandLine, RunsTheRulesThatAreSelected) {
  write("compose.yaml", kCompose);
  write("deploy.sh", kRisky);
  EXPECT_EQ(run("check --select exec-* deploy.sh").code, 0);
  EXPECT_EQ(run("check --ignore run-without-rm").code, 0);
  EXPECT_EQ(run("check --select run-*,compose-v1").code, 1);
  const Ended unknown = run("check --ignore run-without-rn");
  EXPECT_EQ(unknown.code, 2);
  EXPECT_EQ(unknown.out,
            "composelint: --ignore: there is no rule \"run-without-rn\"; did you mean "
            "\"run-without-rm\"?\n");
}

TEST_F(CommandLine, TheConfigurationSaysWhatFails) {
  write("compose.yaml", kCompose);
  write("deploy.sh", kRisky);
  write(".composelint.yaml", "fail-on: error\n");
  EXPECT_EQ(run("check").code, 0);
  EXPECT_EQ(run("check --fail-on warning").code, 1);
  write(".composelint.yaml", "fail-on: error\nrules: {run-without-rm: error}\n");
  EXPECT_EQ(run("check").code, 1);
  write(".composelint.yaml", "rules: {run-without-rn: off}\n");
  const Ended wrong = run("check");
  EXPECT_EQ(wrong.code, 2);
  EXPECT_NE(wrong.out.find(".composelint.yaml:1:9: error: \"run-without-rn\" is no rule; did you "
                           "mean \"run-without-rm\"?"),
            std::string::npos)
      << wrong.out;
}

constexpr const char* kOwnRule =
    "custom-rules:\n  - rule: web-restart\n    summary: Web is restarted\n"
    "    severity: {ops: error}\n    when: {verb: restart, service: {name: app}}\n"
    "    message: '`{verb} {service}` cuts off {project}'\n"
    "    examples: [{unsafe: docker compose restart app, safe: docker compose restart db}]\n";

TEST_F(CommandLine, RulesOfTheConfigurationAreRulesEverywhere) {
  write("compose.yaml", std::string("name: shop\n") + kCompose);
  write("ops/deploy.sh", "#!/bin/sh\ndocker compose restart app\n");
  write(".composelint.yaml", kOwnRule);
  const Ended found = run("check");
  EXPECT_EQ(found.code, 1);
  EXPECT_NE(found.out.find("error: `restart app` cuts off shop [web-restart]"), std::string::npos)
      << found.out;
  const json sarif = json::parse(run("check --format sarif --select web-*").out)["runs"][0];
  ASSERT_EQ(sarif["results"].size(), 1U);
  const json index = sarif["results"][0]["ruleIndex"];
  EXPECT_EQ(sarif["tool"]["driver"]["rules"][index.get<std::size_t>()]["id"], "web-restart");
  EXPECT_EQ(run("check --ignore web-restart").code, 0);
  EXPECT_NE(run("rules").out.find("web-restart"), std::string::npos);
  EXPECT_EQ(run("rules --no-config").out.find("web-restart"), std::string::npos);
  EXPECT_EQ(run("explain web-restart").out.find("web-restart: Web is restarted\n"), 0U);
  EXPECT_NE(run("explain web-restrat").out.find("did you mean \"web-restart\"?"),
            std::string::npos);
}

TEST_F(CommandLine, TestRulesTriesTheirExamples) {
  EXPECT_EQ(run("test-rules").code, 2);
  write(".composelint.yaml", kOwnRule);
  const Ended passed = run("test-rules");
  EXPECT_EQ(passed.code, 0);
  EXPECT_EQ(passed.out, "web-restart: example 1: ok\n1 rule, 1 example, 0 wrong\n");
  write("own.yaml", std::string(kOwnRule) +
                        "  - {rule: b, summary: S, message: M, when: {verb: up}, examples: "
                        "[{unsafe: docker compose ps, safe: docker compose up}]}\n");
  const Ended wrong = run("test-rules --config own.yaml");
  EXPECT_EQ(wrong.code, 1);
  EXPECT_NE(wrong.out.find("b: example 1: nothing is reported in `unsafe`, and `safe` is reported"),
            std::string::npos)
      << wrong.out;
  write("bad.yaml", "custom-rules: [{}]\n");
  EXPECT_EQ(run("test-rules --config bad.yaml").code, 2);
  const Ended example =
      run("test-rules --config '" COMPOSELINT_SOURCE_DIR "/examples/composelint.yaml'");
  EXPECT_EQ(example.code, 0) << example.out;
}

TEST_F(CommandLine, ImportConfigWritesWhatIsAccepted) {
  EXPECT_EQ(run("import-config").code, 2);  // nothing to take over
  write(".dclintrc", R"({"rules": {"no-version-field": 0, "no-such": 1}, "exclude": ["old/*"]})");
  write("compose.yaml", std::string("version: '3'\n") + kCompose);
  const Ended printed = run("import-config --print");
  EXPECT_EQ(printed.code, 0);
  EXPECT_NE(printed.out.find(".dclintrc:1:35: dclint has no rule"), std::string::npos)
      << printed.out;
  EXPECT_FALSE(fs::exists(directory_ / ".composelint.yaml"));
  EXPECT_EQ(run("import-config").code, 0);
  EXPECT_EQ(run("import-config .dclintrc").code, 2);  // it is there already
  const Ended checked = run("check");
  EXPECT_NE(checked.code, 2) << checked.out;
  EXPECT_EQ(checked.out.find("obsolete-version"), std::string::npos) << checked.out;
  EXPECT_NE(run("check --no-config").out.find("obsolete-version"), std::string::npos);
}

TEST_F(CommandLine, InitWritesWhatIsAccepted) {
  write("compose.yaml", std::string("name: shop\n") + kCompose);
  write("ops/deploy.sh", kRisky);
  write("ci/it.sh", "#!/bin/sh\ndocker compose -f \"$FILE\" up -d\n");
  const Ended printed = run("init --print");
  EXPECT_EQ(printed.code, 0);
  EXPECT_FALSE(fs::exists(directory_ / ".composelint.yaml"));
  for (const char* part :
       {"#   run-without-rm: on  # 1 finding\n", "#   - {paths: \"ops/*\", is: ops}\n",
        "#   - {paths: \"ci/*\", is: ci}\n", "#   shop: compose.yaml\n",
        "#   - {scripts: ci/it.sh, files: [compose.yaml]}\n"}) {
    EXPECT_NE(printed.out.find(part), std::string::npos) << part << "\n" << printed.out;
  }
  EXPECT_EQ(run("init").code, 0);
  EXPECT_EQ(run("init").code, 2);
  EXPECT_EQ(run("check").code, run("check --no-config").code);
  // What it offers is accepted once its comment signs are gone.
  std::string text;
  std::ifstream written(directory_ / ".composelint.yaml");
  for (std::string line; std::getline(written, line);) {
    const bool key = line.starts_with("# ") && line.find(':') < line.find(' ', 2);
    const bool item = line.starts_with("#   ") && !line.starts_with("#   shop:");
    if (key || item) text += line.substr(2) + "\n";
  }
  write(".composelint.yaml", text);
  const Ended accepted = run("rules");
  EXPECT_EQ(accepted.code, 0) << accepted.out << text;
}

TEST_F(CommandLine, TheSchemaKnowsEveryRule) {
  const json schema = json::parse(run("config-schema").out);
  EXPECT_TRUE(schema["definitions"]["rules"]["properties"].contains("run-without-rm"));
  EXPECT_TRUE(schema["properties"].contains("custom-rules"));
}

TEST_F(CommandLine, ReadsStandardInputUnderAName) {
  write("compose.yaml", kCompose);
  write("text", kRisky);
  const Ended ended = run("check --format json --stdin-filename ops/deploy.sh - < text");
  EXPECT_EQ(ended.code, 1) << ended.out;
  EXPECT_EQ(json::parse(ended.out)["findings"][0]["file"], "ops/deploy.sh");
}

TEST_F(CommandLine, WritesReportsToAFile) {
  write("compose.yaml", kCompose);
  write("deploy.sh", kRisky);
  const Ended ended = run("check --format sarif --output out.sarif");
  EXPECT_EQ(ended.code, 1);
  EXPECT_EQ(ended.out, "");
  std::ifstream file(directory_ / "out.sarif");
  EXPECT_EQ(json::parse(file)["version"], "2.1.0");
  EXPECT_EQ(run("check --output gone/out.txt").code, 2);
}

TEST_F(CommandLine, CallsNameTheStack) {
  write("compose.yaml", std::string("name: shop\n") + kCompose);
  write("deploy.sh", kRisky);
  const Ended ended = run("calls --format json");
  EXPECT_EQ(ended.code, 0);
  const json calls = json::parse(ended.out)["calls"];
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0]["verb"], "run");
  EXPECT_EQ(calls[0]["service"], "app");
  EXPECT_EQ(calls[0]["project"], "shop");
  EXPECT_EQ(calls[0]["line"], 3);
}

TEST_F(CommandLine, TraceTellsTheSteps) {
  write("compose.yaml", std::string("name: shop\n") + kCompose);
  write("deploy.sh", kRisky);
  const Ended text = run("trace deploy.sh");
  EXPECT_EQ(text.code, 0);
  EXPECT_NE(text.out.find("  line 3    docker compose run app ./task\n"), std::string::npos)
      << text.out;
  EXPECT_NE(text.out.find("service app of project shop (compose.yaml)"), std::string::npos);
  const json steps = json::parse(run("trace deploy.sh --format json").out)["scripts"][0]["steps"];
  ASSERT_EQ(steps.size(), 1U);
  EXPECT_EQ(steps[0]["call"]["project"], "shop");
  EXPECT_EQ(steps[0]["on_failure"], "stops");
}

TEST_F(CommandLine, TraceSaysWhatItCannotShow) {
  write("compose.yaml", kCompose);
  write("deploy.sh", kRisky);
  struct Row {
    const char* words;
    const char* hint;
  };
  const Row rows[] = {
      {"trace deploy.sh up", "deploy.sh has no tasks of a name"},
      {"trace gone.sh", "no such file or directory"},
      {"trace .", "a trace is of one file"},
      {"trace compose.yaml", "compose.yaml holds no commands"},
  };
  for (const Row& row : rows) {
    const Ended ended = run(row.words);
    EXPECT_EQ(ended.code, 2) << row.words;
    EXPECT_NE(ended.out.find(row.hint), std::string::npos) << ended.out;
  }
}

TEST_F(CommandLine, StatsAndFilesTellOfTheRun) {
  write("compose.yaml", kCompose);
  write("deploy.sh", "#!/bin/sh\nset -eu\ndocker compose ps\n");
  const Ended stats = run("check --stats");
  EXPECT_EQ(stats.code, 0);
  EXPECT_NE(stats.out.find("calls     1 (literal 1)\nproject   1 of 1 calls\n"), std::string::npos)
      << stats.out;
  const json figures = json::parse(run("check --stats --format json").out)["stats"];
  EXPECT_EQ(figures["tasks"], 1);
  EXPECT_EQ(figures["kinds"]["compose file"], 1);
  const Ended files = run("check --list-files . notes.txt");
  EXPECT_EQ(files.code, 2);
  EXPECT_NE(files.out.find("compose.yaml  compose file\n"), std::string::npos) << files.out;
  EXPECT_NE(files.out.find("notes.txt     left out: no such file"), std::string::npos) << files.out;
}

TEST_F(CommandLine, TemplatesAreNotCheckedAndSlipsStay) {
  write("lib/templates/compose.yaml", "services:\n  {{ name }}:\n    image: x:1\n");
  write("gen.sh", "#!/bin/sh\nset -e\nenvsubst < base.yaml > compose.yaml\n");
  write("base.yaml", "services:\n  ${NAME}:\n    image: x:1\n");
  const Ended quiet = run("check");
  EXPECT_EQ(quiet.code, 0) << quiet.out;
  EXPECT_NE(quiet.out.find("base.yaml: note: is a template and is not checked"), std::string::npos)
      << quiet.out;
  const Ended files = run("check --list-files");
  EXPECT_NE(
      files.out.find("lib/templates/compose.yaml  left out: is a template and is not checked"),
      std::string::npos)
      << files.out;
  write("compose.yaml", "services:\n  app:\n    image: \"x:1\n");
  EXPECT_EQ(run("check").code, 2);
}

TEST_F(CommandLine, ConfigurationIsFoundAndRefusedWithItsPlace) {
  write("compose.yaml", kCompose);
  write("deploy.sh", kRisky);
  write(".composelint.yaml", "context:\n  - {paths: deploy.sh, is: ci}\n");
  EXPECT_EQ(run("check").code, 0);
  EXPECT_EQ(run("check --no-config").code, 1);
  write("other.yaml", "context:\n  - {path: deploy.sh, is: ci}\n");
  const Ended wrong = run("check --config other.yaml");
  EXPECT_EQ(wrong.code, 2);
  EXPECT_NE(wrong.out.find("other.yaml:2:6: error: unknown key \"path\" in \"context\"; did you "
                           "mean \"paths\"?"),
            std::string::npos)
      << wrong.out;
}

TEST_F(CommandLine, EveryRuleCanBeExplained) {
  const Ended list = run("rules --format json");
  EXPECT_EQ(list.code, 0);
  const json rules = json::parse(list.out)["rules"];
  ASSERT_GE(rules.size(), 10U);
  for (const json& rule : rules) {
    const auto slug = rule["rule"].get<std::string>();
    const Ended explained = run("explain " + slug);
    EXPECT_EQ(explained.code, 0);
    EXPECT_TRUE(explained.out.starts_with(slug + ": ")) << explained.out;
  }
}

TEST_F(CommandLine, WrongUsageEndsWithTwoAndAHint) {
  struct Row {
    const char* words;
    const char* hint;
  };
  const Row rows[] = {
      {"chekc", "did you mean \"check\"?"},
      {"check --fromat json", "did you mean \"--format\"?"},
      {"explain run-withot-rm", "did you mean \"run-without-rm\"?"},
      {"explain qqq", "composelint rules lists them"},
  };
  for (const Row& row : rows) {
    const Ended ended = run(row.words);
    EXPECT_EQ(ended.code, 2) << row.words;
    EXPECT_NE(ended.out.find(row.hint), std::string::npos) << ended.out;
  }
}

TEST_F(CommandLine, DocsWritesPagesAndTheTable) {
  write("README.md", "# x\n<!-- rules:begin -->\nbefore all this\n<!-- rules:end -->\ny\n");
  EXPECT_EQ(run("docs --out docs/rules --readme README.md").code, 0);
  EXPECT_TRUE(fs::exists(directory_ / "docs/rules/run-without-rm.md"));
  std::ifstream file(directory_ / "README.md");
  const std::string readme{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(readme.find("before all this"), std::string::npos);
  EXPECT_NE(readme.find("(docs/rules/run-without-rm.md)"), std::string::npos);
  EXPECT_TRUE(readme.ends_with("<!-- rules:end -->\ny\n"));
  write("README.md", "no marks\n");
  EXPECT_EQ(run("docs --out docs/rules --readme README.md").code, 2);
}

TEST_F(CommandLine, PagesDoNotRunTheScriptsTheyName) {
  write("compose.yaml", kCompose);
  write("deploy.sh", std::string(kRisky));
  write("README.md", "Then\n\n```sh\n./deploy.sh now\ndocker compose ps\n```\n");
  const Ended page = run("trace README.md");
  EXPECT_NE(page.out.find("./deploy.sh now"), std::string::npos) << page.out;
  EXPECT_EQ(page.out.find("run app"), std::string::npos) << page.out;
}

}  // namespace
}  // namespace composelint::cli
