#include "analyzer/knowledge/compose_cli.h"

#include <gtest/gtest.h>

#include <string>

namespace composelint::knowledge {
namespace {

TEST(ComposeCli, KnowsTheVerbsThatExist) {
  for (const char* verb : {"up", "run", "exec", "cp", "alpha viz", "bridge transformations ls"}) {
    ASSERT_NE(find_verb(verb), nullptr) << verb;
    EXPECT_EQ(find_verb(verb)->name, verb);
    EXPECT_FALSE(find_verb(verb)->v1_only) << verb;
  }
  // `convert` is in the reference and not in the program.
  for (const char* verb : {"", "rmi", "convert", "list", "alpha scale", "Up", "upp"}) {
    EXPECT_EQ(find_verb(verb), nullptr) << verb;
  }
  EXPECT_TRUE(find_verb("help")->v1_only);
  EXPECT_EQ(find_verb("alpha")->operands, OperandShape::kVerb);
}

TEST(ComposeCli, OptionsHaveTheirArity) {
  struct Row {
    const char* verb;
    const char* option;
    char short_name;
    Arity arity;
    bool v1_only;
    bool hidden;
  };
  const Row rows[] = {{"run", "--rm", 0, Arity::kFlag, false, false},
                      {"run", "--user", 'u', Arity::kValue, false, false},
                      {"run", "--no-TTY", 'T', Arity::kFlag, false, false},
                      {"run", "--tty", 't', Arity::kFlag, false, true},
                      {"exec", "--interactive", 'i', Arity::kFlag, false, true},
                      {"exec", "--no-TTY", 0, Arity::kFlag, false, true},
                      {"exec", "--index", 0, Arity::kValue, false, false},
                      {"up", "--detach", 'd', Arity::kFlag, false, false},
                      {"up", "--scale", 0, Arity::kValue, false, false},
                      {"up", "--y", 0, Arity::kFlag, false, true},
                      {"up", "--yes", 'y', Arity::kFlag, false, false},
                      {"up", "--no-recreate", 0, Arity::kFlag, false, false},
                      {"down", "--volumes", 'v', Arity::kFlag, false, false},
                      {"logs", "--tail", 'n', Arity::kValue, false, false},
                      {"config", "--hash", 0, Arity::kValue, false, false},
                      {"rm", "--all", 'a', Arity::kFlag, false, true},
                      {"scale", "--timeout", 't', Arity::kValue, true, false},
                      {"ps", "--dry-run", 0, Arity::kFlag, false, false}};
  for (const Row& row : rows) {
    const OptionSpec* option = find_option(find_verb(row.verb)->options, row.option);
    ASSERT_NE(option, nullptr) << row.verb << row.option;
    EXPECT_EQ(option->short_name, row.short_name) << row.verb << row.option;
    EXPECT_EQ(option->arity, row.arity) << row.verb << row.option;
    EXPECT_EQ(option->v1_only, row.v1_only) << row.verb << row.option;
    EXPECT_EQ(option->hidden, row.hidden) << row.verb << row.option;
  }
}

TEST(ComposeCli, RefusesWhatTheProgramRefuses) {
  struct Row {
    const char* verb;
    const char* option;
  };
  const Row rows[] = {{"up", "--file"},    {"up", "--project-name"}, {"run", "--no-tty"},
                      {"ps", "--profile"}, {"logs", "--detach"},     {"config", "--env-file"},
                      {"exec", "--rm"},    {"down", "--rm"}};
  for (const Row& row : rows) {
    EXPECT_EQ(find_option(find_verb(row.verb)->options, row.option), nullptr)
        << row.verb << row.option;
  }
  EXPECT_EQ(find_option(find_verb("up")->options, 'f'), nullptr);
}

TEST(ComposeCli, SpellingsOfOneOptionShareACanonicalName) {
  const auto run = find_verb("run")->options;
  const auto exec = find_verb("exec")->options;
  EXPECT_EQ(find_option(run, 'T')->canonical, "--no-tty");
  EXPECT_EQ(find_option(exec, 'T')->canonical, "--no-tty");
  EXPECT_EQ(find_option(exec, "--no-TTY=true")->canonical, "--no-tty");
  EXPECT_EQ(find_option(find_verb("down")->options, "--volume")->canonical, "--volumes");
  EXPECT_EQ(find_option(global_options(), "--workdir")->canonical, "--project-directory");
}

TEST(ComposeCli, GlobalOptionsOfV1AreMarked) {
  for (const char* name :
       {"--context", "--log-level", "--host", "--tls", "--skip-hostname-check"}) {
    ASSERT_NE(find_option(global_options(), name), nullptr) << name;
    EXPECT_TRUE(find_option(global_options(), name)->v1_only) << name;
  }
  for (const char* name : {"--file", "--profile", "--env-file", "--no-ansi", "--verbose"}) {
    ASSERT_NE(find_option(global_options(), name), nullptr) << name;
    EXPECT_FALSE(find_option(global_options(), name)->v1_only) << name;
  }
}

TEST(ComposeCli, OperandsHaveShapeAndCount) {
  EXPECT_TRUE(find_verb("run")->stops_at_operand);
  EXPECT_TRUE(find_verb("exec")->stops_at_operand);
  EXPECT_FALSE(find_verb("up")->stops_at_operand);
  EXPECT_EQ(find_verb("exec")->min_operands, 2);
  EXPECT_EQ(find_verb("run")->min_operands, 1);
  EXPECT_EQ(find_verb("cp")->max_operands, 2);
  EXPECT_EQ(find_verb("ls")->max_operands, 0);
  EXPECT_TRUE(find_verb("restart")->takes_services);
  EXPECT_FALSE(find_verb("cp")->takes_services);
}

TEST(ComposeCli, ReadsAWordAsOptions) {
  struct Row {
    const char* word;
    const char* read;  // canonical[=value][+], '+' takes the next word, "?x" unknown
  };
  const Row rows[] = {{"--rm", "--rm"},
                      {"--rm=false", "--rm=false"},
                      {"--user", "--user+"},
                      {"--user=0", "--user=0"},
                      {"-it", "--interactive --tty"},
                      {"-T", "--no-tty"},
                      {"-Tu5", "--no-tty --user=5"},
                      {"-u", "--user+"},
                      {"-u=0", "--user=0"},
                      {"-eA=1", "--env=A=1"},
                      {"-t=false", "--tty=false"},
                      {"-iz", "--interactive ?z"},
                      {"--nope=1", "?--nope"}};
  for (const Row& row : rows) {
    std::string read;
    for (std::size_t at = 0; at != std::string_view::npos;) {
      const ReadOption option = read_option(find_verb("run")->options, row.word, at);
      if (!read.empty()) read += ' ';
      read += option.spec != nullptr ? std::string(option.spec->canonical)
                                     : "?" + std::string(option.unknown);
      if (option.spec != nullptr && option.attached) read += "=" + std::string(option.value);
      if (option.takes_next) read += '+';
    }
    EXPECT_EQ(read, row.read) << row.word;
  }
}

TEST(ComposeCli, SuggestsTheNearestName) {
  struct Row {
    const char* word;
    const char* nearest;
  };
  const Row rows[] = {{"pu", "up"},       {"dwon", "down"}, {"exce", "exec"},
                      {"strat", "start"}, {"psuh", "push"}, {"bulid", "build"},
                      {"frobnicate", ""}, {"x", ""},        {"restrat", "restart"}};
  for (const Row& row : rows) EXPECT_EQ(nearest_verb(row.word), row.nearest) << row.word;
  EXPECT_EQ(nearest_option(find_verb("up")->options, "--detatch"), "--detach");
  EXPECT_EQ(nearest_option(find_verb("run")->options, "--no-dep=1"), "--no-deps");
  EXPECT_EQ(nearest_option(find_verb("run")->options, "--colour"), "");
}

TEST(ComposeCli, TablesHoldNoNameTwice) {
  for (const VerbSpec& verb : verbs()) {
    for (std::size_t i = 0; i < verb.options.size(); ++i) {
      const OptionSpec& option = verb.options[i];
      EXPECT_TRUE(option.name.starts_with("--")) << verb.name << option.name;
      if (!option.v1_only) {
        EXPECT_EQ(find_option(verb.options, option.name), &option) << verb.name << option.name;
      }
      EXPECT_TRUE(option.canonical.starts_with("--")) << verb.name << option.name;
    }
  }
}

}  // namespace
}  // namespace composelint::knowledge
