// `check --baseline` as a user meets it.
#include <nlohmann/json.hpp>

#include "tests/cli/command_line.h"

namespace composelint::cli {
namespace {

// Two findings of one file that are not told together.
constexpr const char* kAnswers = "docker compose run --rm --use-aliases app ./task\n";

class BaselineFile : public CommandLine {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    write("compose.yaml", kCompose);
    write("ops/deploy.sh", std::string("#!/bin/sh\nset -eu\n") + kAnswers + kAnswers);
  }
};

TEST_F(BaselineFile, LeavesOutWhatItHas) {
  const Ended wrote = run("check --write-baseline known.json");
  EXPECT_EQ(wrote.code, 0);
  EXPECT_EQ(wrote.out, "wrote 2 findings to known.json\n");
  EXPECT_EQ(read("known.json"),
            "{\n  \"version\": 1,\n  \"findings\": [\n"
            "    {\"path\": \"ops/deploy.sh\", \"rule\": \"run-use-aliases\", \"key\": [\"run\", "
            "\"app\", \"./task\"], \"count\": 2}\n  ]\n}\n");
  const Ended same = run("check --baseline known.json");
  EXPECT_EQ(same.code, 0);
  EXPECT_EQ(same.out, "no findings, 2 in the baseline (2 files, 2 compose calls)\n");
  // Lines move, and the run starts somewhere else.
  write("ops/deploy.sh", "#!/bin/sh\n\n\n" + read("ops/deploy.sh").substr(10));
  EXPECT_EQ(shell("cd ops && \"$C\" check --baseline ../known.json").code, 0);
}

TEST_F(BaselineFile, NewFindingsFail) {
  static_cast<void>(run("check --write-baseline known.json"));
  write("ops/deploy.sh", read("ops/deploy.sh") + kAnswers);
  const Ended more = run("check --baseline known.json");
  EXPECT_EQ(more.code, 1);
  EXPECT_NE(more.out.find("1 warning in 1 file, 2 in the baseline"), std::string::npos) << more.out;
}

TEST_F(BaselineFile, TellsWhatIsGone) {
  static_cast<void>(run("check --write-baseline known.json"));
  write("ops/deploy.sh", std::string("#!/bin/sh\n") + kAnswers);
  const Ended fewer = run("check --baseline known.json");
  EXPECT_EQ(fewer.code, 0);
  EXPECT_NE(fewer.out.find("note: known.json has run-use-aliases in ops/deploy.sh, which is no "
                           "longer found; --write-baseline drops it"),
            std::string::npos)
      << fewer.out;
  // Nothing is said of files that were not looked at.
  EXPECT_EQ(run("check --baseline known.json compose.yaml").out.find("known.json"),
            std::string::npos);
  // Nor of rules that were not run.
  const Ended other = run("check --baseline known.json --select unknown-service");
  EXPECT_EQ(other.out.find("no longer found"), std::string::npos) << other.out;
  fs::remove(directory_ / "ops/deploy.sh");
  EXPECT_NE(run("check --baseline known.json").out.find("(2 times)"), std::string::npos);
}

TEST_F(BaselineFile, IsNotFixedEither) {
  write("ops/deploy.sh", kRisky);
  static_cast<void>(run("check --write-baseline known.json"));
  write("ops/other.sh", "#!/bin/sh\ndocker compose run app ./other\n");
  EXPECT_EQ(run("check --fix --baseline known.json").code, 0);
  EXPECT_EQ(read("ops/deploy.sh"), kRisky);
  EXPECT_EQ(read("ops/other.sh"), "#!/bin/sh\ndocker compose run --rm app ./other\n");
}

TEST_F(BaselineFile, BadOnesAreRefused) {
  struct Row {
    const char* text;
    const char* message;
  };
  const Row rows[] = {
      {"", "known.json:1: "},
      {"[]\n", "known.json:1: no baseline"},
      {"{\n\"version\": 2, \"findings\": []}\n", "known.json:2: \"version\" has to be 1"},
      {"{\"version\": 1,\n\"findings\": 3}\n", "known.json:2: \"findings\" has to be a list"},
      {"{\"version\": 1, \"findings\": [\n{\"path\": \"a\"}]}\n",
       "known.json:2: an entry needs \"path\" and \"rule\""},
      {"{\"version\": 1, \"findings\": [\n{\"path\": \"a\", \"rule\": \"b\", \"count\": -1}]}\n",
       "known.json:2: \"count\" has to be a number above 0"},
      {"{\"version\": 1, \"findings\": [\n\n{\"path\": \"a\", \"rule\": \"b\", \"line\": 1}]}\n",
       "known.json:3: \"line\" is nothing that an entry has"},
      {"{\"version\": 1, \"findings\": [\n", "known.json:"},
  };
  for (const Row& row : rows) {
    write("known.json", row.text);
    const Ended ended = run("check --baseline known.json");
    EXPECT_EQ(ended.code, 2) << row.text;
    EXPECT_NE(ended.out.find(row.message), std::string::npos) << row.text << ended.out;
  }
  EXPECT_EQ(run("check --baseline gone.json").code, 2);
  EXPECT_EQ(run("check --baseline a --write-baseline b").code, 2);
}

TEST_F(BaselineFile, FingerprintsDoNotDependOnTheStart) {
  using nlohmann::json;
  fs::create_directories(directory_ / ".git");
  const json here = json::parse(run("check --format json").out);
  const json below = json::parse(shell("cd ops && \"$C\" check --format json").out);
  ASSERT_EQ(here["findings"].size(), 2U);
  EXPECT_EQ(below["findings"][0]["file"], "deploy.sh");
  EXPECT_EQ(here["findings"][0]["fingerprint"], below["findings"][0]["fingerprint"]);
  EXPECT_EQ(here["findings"][1]["fingerprint"], below["findings"][1]["fingerprint"]);
}

}  // namespace
}  // namespace composelint::cli
