#include "analyzer/engine/config.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "analyzer/engine/check.h"
#include "analyzer/engine/config_keys.h"
#include "tests/engine/tree.h"

namespace composelint::engine {
namespace {

std::string told(const Notification& problem) {
  const Position at = problem.span.file->position(problem.span.begin, ColumnUnit::kCodePoint);
  return std::to_string(at.line) + ":" + std::to_string(at.column) + ": " + problem.message;
}

std::string problem_of(const std::string& text) {
  const SourceFile file(".composelint.yaml", text);
  const ConfigReading reading = read_config(file, "/repo/.composelint.yaml");
  return reading.problems.empty() ? "" : told(reading.problems.front());
}

TEST(Config, OverridesFitFilesAndServices) {
  const Config::Override overrides[] = {
      {{"/repo", {}}, {"proxy", "*-agent"}, {}},
      {{"/repo", {"ops/"}}, {"web"}, {}},
      {{"/repo", {"ops/"}}, {}, {}},
  };
  struct Row {
    std::string path;
    std::vector<std::string> about;
    std::array<bool, 3> fits;
  };
  const Row rows[] = {
      {"/repo/compose.yaml", {"proxy"}, {true, false, false}},
      {"/repo/compose.yaml", {"log-agent", "x"}, {true, false, false}},
      {"/repo/ops/compose.yaml", {"web"}, {false, true, true}},
      {"/repo/ops/compose.yaml", {}, {false, false, true}},
      {"/repo/compose.yaml", {"web"}, {false, false, false}},
  };
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.fits.size(); ++i) {
      EXPECT_EQ(overrides[i].fits(row.path, row.about), row.fits[i]) << row.path << i;
    }
  }
}

TEST(Config, RefusesWithPlaceAndNearestKey) {
  struct Row {
    const char* text;
    const char* problem;
  };
  const Row rows[] = {
      {"", ""},
      {"# nothing yet\n", ""},
      {"{}\n", ""},
      {"context: []\n", ""},
      {"- a\n", "1:1: the file has to be a mapping, not a list"},
      {"contxt: []\n", "1:1: unknown key \"contxt\"; did you mean \"context\"?"},
      {"rulez: 1\n", "1:1: unknown key \"rulez\"; did you mean \"rules\"?"},
      {"servers: 1\n",
       "1:1: unknown key \"servers\"; known are extends, preset, rules, overrides, custom-rules, "
       "fail-on, "
       "context, "
       "vocabulary, projects, guard"},
      {"preset: [strict, styl]\n",
       "1:18: \"preset\": unknown value \"styl\"; did you mean \"style\"?"},
      {"fail-on: off\n",
       "1:10: \"fail-on\" has to be one of note, warning, error, never, not \"off\""},
      {"rules: [a]\n", "1:8: \"rules\" has to be a mapping, not a list"},
      {"rules: {a: eror}\n", "1:12: \"a\": unknown value \"eror\"; did you mean \"error\"?"},
      {"rules: {a: {prod: error}}\n",
       "1:13: unknown key \"prod\" in \"a\"; known are ops, dev, ci, docs"},
      {"rules: {a: {ops: on}}\n",
       "1:18: \"ops\" has to be one of off, note, warning, error, not \"on\""},
      {"rules: {a: off, a: on}\n", "1:17: \"a\" stands here twice"},
      {"rules: {a: off}\n", "1:9: \"a\" is no rule; composelint rules lists them"},
      {"overrides: [{paths: x}]\n", "1:13: \"overrides\": \"rules\" is missing"},
      {"context: ops\n", "1:10: \"context\" has to be a list, not \"ops\""},
      {"context:\n", "1:9: \"context\" has to be a list, not nothing"},
      {"context:\n  - ops\n", "2:5: each of \"context\" has to be a mapping, not \"ops\""},
      {"context:\n  - {paths: a}\n", "2:5: \"context\": \"is\" is missing"},
      {"context:\n  - {paths: a, is: opps}\n",
       "2:20: \"is\": unknown value \"opps\"; did you mean \"ops\"?"},
      {"context:\n  - {paths: a, is: production}\n",
       "2:20: \"is\" has to be one of ops, dev, ci, docs, not \"production\""},
      {"context:\n  - {paths: a, is: ci, is: dev}\n", "2:24: \"is\" stands here twice"},
      {"context:\n  - {path: a, is: ci}\n",
       "2:6: unknown key \"path\" in \"context\"; did you mean \"paths\"?"},
      {"context:\n  - {paths: [a, [b]], is: ci}\n",
       "2:17: \"paths\" has to be a list of texts, not a list"},
      {"context:\n  - {paths: {a: b}, is: ci}\n",
       "2:13: \"paths\" has to be a text or a list of them, not a mapping"},
      {"projects:\n  - {scripts: a, project-name: [b]}\n",
       "2:32: \"project-name\" has to be a text, not a list"},
      {"vocabulary:\n  - {program: x, effect: dumps, name: X, example: x}\n", ""},
      {"vocabulary:\n  - {program: x, words: up, effect: dumps, name: X, example: x down}\n",
       "2:62: this row does not recognise its own example \"x down\""},
      {"vocabulary:\n  - {program: x, effect: dumps, name: X, example: x; y}\n",
       "2:51: this row does not recognise its own example \"x; y\""},
  };
  for (const Row& row : rows) EXPECT_EQ(problem_of(row.text), row.problem) << row.text;
  // What the parser itself refuses is told with its place as well.
  EXPECT_NE(problem_of("a: [\n"), "");
}

TEST(Config, TheExampleIsAccepted) {
  std::ifstream in(COMPOSELINT_SOURCE_DIR "/examples/composelint.yaml");
  const SourceFile file("examples/composelint.yaml", {std::istreambuf_iterator<char>(in), {}});
  Rule named[2]{};
  named[0].slug = "run-without-rm";
  named[1].slug = "compose-v1";
  const Rule* const rules[] = {&named[0], &named[1]};
  const ConfigReading reading = read_config(file, "/repo/.composelint.yaml", {rules, nullptr});
  for (const Notification& problem : reading.problems) ADD_FAILURE() << told(problem);
  EXPECT_EQ(reading.config.contexts.size(), 1U);
  ASSERT_EQ(reading.config.projects.size(), 1U);
  EXPECT_EQ(reading.config.projects[0].request.working_directory, "/repo/deploy");
  EXPECT_EQ(reading.config.projects[0].request.files.size(), 2U);
}

TEST(Config, BoundsWhatAliasesShowAgain) {
  std::string text = "context:\n  - &a {paths: &p [";
  for (int i = 0; i < 1000; ++i) text += "x,";
  text += "x], is: ci}\n";
  for (int i = 0; i < 1000; ++i) text += "  - *a\n";
  EXPECT_NE(problem_of(text).find("too large"), std::string::npos);
}

TEST(Config, EveryKeySaysWhatItIs) {
  const auto check = [](auto self, std::span<const ConfigKey> keys) -> void {
    for (const ConfigKey& key : keys) {
      EXPECT_FALSE(key.doc.empty()) << key.name;
      const bool level = key.kind == KeyKind::kLevel || key.kind == KeyKind::kLevels;
      const bool words = key.kind == KeyKind::kChoice || key.kind == KeyKind::kChoices;
      const bool mappings = key.kind == KeyKind::kList || key.kind == KeyKind::kMapping ||
                            key.kind == KeyKind::kMappings;
      EXPECT_EQ(words || level, !key.choices.empty()) << key.name;
      EXPECT_EQ(mappings || level, !key.keys.empty()) << key.name;
      self(self, key.keys);
    }
  };
  check(check, config_keys());
}

// Each word that a choice offers means something of its own.
TEST(Config, KnowsEveryEffectAndRole) {
  const auto keys = config_keys();
  const auto vocabulary = std::find_if(
      keys.begin(), keys.end(), [](const ConfigKey& key) { return key.name == "vocabulary"; });
  for (const ConfigKey& key : vocabulary->keys) {
    for (const std::string_view word : key.choices) {
      const std::string other = key.name == "role" ? "effect: reads, role: " : "effect: ";
      const SourceFile file(
          "c", "vocabulary:\n  - {program: x, name: X, " + other + std::string(word) + "}\n");
      const ConfigReading reading = read_config(file, "/c");
      ASSERT_TRUE(reading.problems.empty()) << word;
      const knowledge::Fact* fact = reading.config.vocabulary.find("x", {});
      ASSERT_NE(fact, nullptr);
      if (key.name == "role") {
        EXPECT_NE(fact->role, Role::kNone) << word;
      } else {
        EXPECT_EQ(to_string(fact->effect), word);
      }
    }
  }
}

TEST(Fits, ReadsGlobs) {
  struct Row {
    const char* glob;
    const char* path;
    bool fits;
  };
  const Row rows[] = {
      {"*.sh", "a/b.sh", true},          {"ops/*.sh", "ops/b.sh", true},
      {"ops/*.sh", "ops/x/b.sh", false}, {"ops/**", "ops/x/b.sh", true},
      {"ops", "ops/x/b.sh", true},       {"ops/", "ops/b.sh", true},
      {"./ops/b.sh", "ops/b.sh", true},  {"/b.sh", "b.sh", true},
      {"**/b.sh", "x/b.sh", true},       {"op", "ops/b.sh", false},
      {"Makefile", "x/Makefile", true},  {"*", "", false},
  };
  for (const Row& row : rows) EXPECT_EQ(fits({row.glob}, row.path), row.fits) << row.glob;
}

class Configured : public testing::Test {
 protected:
  Configured() {
    tree_.file("/repo/.git/HEAD", "");
    tree_.file("/repo/deploy/prod/compose.yaml", "name: shop\nservices:\n  db: {image: a}\n");
    tree_.file("/repo/tools/x.sh", "#!/bin/sh\ncd \"$HERE\"\ndocker compose run db frob now\n");
    request_.paths = {"."};
    request_.working_directory = "/repo";
  }
  Outcome check(const std::string& config, const std::string& path = "/repo/.composelint.yaml") {
    tree_.file(path, config);
    return engine::check(request_, tree_, {});
  }

  Tree tree_;
  CheckRequest request_;
};

constexpr const char* kAll =
    "context:\n  - {paths: tools/, is: ci}\n"
    "vocabulary:\n  - {program: frob, words: now, effect: restores, name: Frobnicate}\n"
    "projects:\n  - {scripts: ['tools/*.sh'], directory: deploy/prod, project-name: live}\n";

TEST_F(Configured, TellsContextVocabularyAndProject) {
  const Outcome outcome = check(kAll);
  ASSERT_EQ(outcome.run.calls.size(), 1U);
  const CallRecord& call = outcome.run.calls.front();
  EXPECT_EQ(call.context, Context::kCi);
  EXPECT_EQ(call.cue, "configuration, line 2");
  EXPECT_EQ(call.step->effect, Effect::kRestores);
  EXPECT_EQ(call.step->effect_name, "Frobnicate");
  ASSERT_NE(call.step->call->target.project, nullptr);
  EXPECT_EQ(call.step->call->target.project->name.value, "live");
  EXPECT_TRUE(outcome.run.notifications.empty());
}

TEST_F(Configured, TheNearestFileCounts) {
  tree_.file("/repo/tools/.composelint.yaml", "context: [{paths: '*', is: docs}]\n");
  EXPECT_EQ(check(kAll).run.calls.front().context, Context::kDocs);
}

TEST_F(Configured, NothingAboveTheRepositoryCounts) {
  EXPECT_EQ(check(kAll, "/.composelint.yaml").run.calls.front().context, Context::kOps);
}

TEST_F(Configured, CanBeChosenOrLeftOut) {
  request_.config.none = true;
  EXPECT_EQ(check(kAll).run.calls.front().context, Context::kOps);
  request_.config = {"other.yaml", false};
  tree_.file("/repo/other.yaml", "context: [{paths: '*.sh', is: dev}]\n");
  EXPECT_EQ(check(kAll).run.calls.front().context, Context::kDev);
  request_.config = {"gone.yaml", false};
  const Outcome outcome = check(kAll);
  ASSERT_EQ(outcome.run.notifications.size(), 1U);
  EXPECT_EQ(outcome.run.notifications.front().severity, Severity::kError);
}

TEST_F(Configured, TroubleIsToldOnceAndHidesNothing) {
  tree_.file("/repo/y.sh", "#!/bin/sh\ndocker compose ps\n");
  const Outcome outcome = check("contxt: []\n");
  ASSERT_EQ(outcome.run.notifications.size(), 1U);
  EXPECT_EQ(outcome.run.notifications.front().path, ".composelint.yaml");
  EXPECT_EQ(outcome.run.calls.size(), 2U);
}

TEST_F(Configured, AFileThatIsGoneBindsNothing) {
  const Outcome outcome = check("projects:\n  - {scripts: tools/, files: [gone.yml]}\n");
  ASSERT_EQ(outcome.run.calls.size(), 1U);
  const Target& target = outcome.run.calls.front().step->call->target;
  EXPECT_EQ(target.project, nullptr);
  EXPECT_EQ(target.why_unknown, "gone.yml, which the configuration names, is not there");
}

TEST_F(Configured, AStackThatIsKnownStays) {
  tree_.file("/repo/tools/y.sh",
             "#!/bin/sh\ndocker compose -f /repo/deploy/prod/compose.yaml ps\n");
  const Outcome outcome = check(kAll);
  ASSERT_EQ(outcome.run.calls.size(), 2U);
  EXPECT_EQ(outcome.run.calls[1].step->call->target.project->name.value, "shop");
}

TEST_F(Configured, RecordsWhatIsReadAndWhatIsNot) {
  tree_.file("/repo/notes.txt", "hello");
  request_.paths = {".", "notes.txt", "gone"};
  const Outcome outcome = check(kAll);
  ASSERT_EQ(outcome.run.files.size(), 4U);
  EXPECT_EQ(outcome.run.files[0].kind, "compose file");
  EXPECT_EQ(outcome.run.files[1].why_not, "no such file or directory");
  EXPECT_EQ(outcome.run.files[2].path, "notes.txt");
  EXPECT_EQ(outcome.run.files[2].kind, "");
  EXPECT_EQ(outcome.run.files[3].kind, "shell script");
}

}  // namespace
}  // namespace composelint::engine
