#include "cli/arguments.h"

#include <gtest/gtest.h>

namespace composelint::cli {
namespace {

CheckOptions check(const Words& words) {
  const auto parsed = parse_check(words);
  const auto* options = std::get_if<CheckOptions>(&parsed);
  EXPECT_NE(options, nullptr) << std::get_if<Answer>(&parsed)->text;
  return options == nullptr ? CheckOptions{} : *options;
}

template <typename Options>
Answer answer(const Parsed<Options>& parsed) {
  const auto* found = std::get_if<Answer>(&parsed);
  EXPECT_NE(found, nullptr);
  return found == nullptr ? Answer{} : *found;
}

TEST(ParseCheck, HasDefaults) {
  const CheckOptions options = check({});
  EXPECT_TRUE(options.paths.empty());
  EXPECT_EQ(options.format, Format::kText);
  EXPECT_FALSE(options.fail_on);
  EXPECT_TRUE(options.select.empty());
  EXPECT_TRUE(options.ignore.empty());
  EXPECT_EQ(options.colour, Colour::kAuto);
  EXPECT_FALSE(options.output);
  EXPECT_FALSE(options.context);
  EXPECT_FALSE(options.stdin_filename);
  EXPECT_FALSE(options.show_suppressed);
  EXPECT_FALSE(options.stats);
  EXPECT_FALSE(options.list_files);
  EXPECT_FALSE(options.config.file);
  EXPECT_FALSE(options.config.none);
}

TEST(ParseCheck, ReadsWhatToSayOfTheRun) {
  EXPECT_TRUE(check({"--stats"}).stats);
  EXPECT_TRUE(check({"--list-files"}).list_files);
  EXPECT_EQ(check({"--config", "c.yaml"}).config.file, "c.yaml");
  EXPECT_TRUE(check({"--no-config"}).config.none);
}

TEST(ParseCheck, ReadsOptionsBetweenPaths) {
  const CheckOptions options = check({"ops", "--format", "sarif", "-o", "out.sarif", "-",
                                      "--fail-on=error", "--context", "ci", "--stdin-filename",
                                      "a.sh", "--color=never", "--show-suppressed", "--", "-x.sh"});
  EXPECT_EQ(options.paths, (Words{"ops", "-", "-x.sh"}));
  EXPECT_EQ(options.format, Format::kSarif);
  EXPECT_EQ(options.output, "out.sarif");
  EXPECT_EQ(options.fail_on, Severity::kError);
  EXPECT_EQ(options.context, Context::kCi);
  EXPECT_EQ(options.stdin_filename, "a.sh");
  EXPECT_EQ(options.colour, Colour::kNever);
  EXPECT_TRUE(options.show_suppressed);
}

TEST(ParseCheck, CanNeverFail) {
  EXPECT_EQ(check({"--fail-on", "never"}).fail_on, Severity::kOff);
}

TEST(ParseCheck, ReadsRulesByListAndOneByOne) {
  const CheckOptions options =
      check({"--select", "a,b-*", "ops", "--select=c", "--ignore", "d", "x.sh"});
  EXPECT_EQ(options.select, (Words{"a", "b-*", "c"}));
  EXPECT_EQ(options.ignore, (Words{"d"}));
  EXPECT_EQ(options.paths, (Words{"ops", "x.sh"}));
}

TEST(ParseCheck, RefusesWithANearWord) {
  struct Row {
    Words words;
    std::string message;
  };
  const Row rows[] = {
      {{"--formt", "json"}, "unknown option \"--formt\"; did you mean \"--format\"?"},
      {{"--fail-onn=note"}, "unknown option \"--fail-onn\"; did you mean \"--fail-on\"?"},
      {{"--qqq"}, "unknown option \"--qqq\""},
      {{"--format", "jsn"}, "--format: unknown value \"jsn\"; did you mean \"json\"?"},
      {{"--context", "production"}, "--context: unknown value \"production\""},
      {{"--fail-on", "warn"}, "--fail-on: unknown value \"warn\""},
  };
  for (const Row& row : rows) {
    const Answer refused = answer(parse_check(row.words));
    EXPECT_EQ(refused.code, ExitCode::kTrouble) << row.message;
    EXPECT_EQ(refused.text, row.message + "\nSee composelint check --help.\n");
  }
  EXPECT_EQ(answer(parse_check({"--output"})).code, ExitCode::kTrouble);
}

TEST(Help, ShowsOptionsAndExamplesOfEverySubcommand) {
  const Answer helps[] = {answer(parse_check({"--help"})), answer(parse_explain({"-h"})),
                          answer(parse_rules({"--help"})), answer(parse_calls({"--help"})),
                          answer(parse_docs({"--help"})),  answer(parse_trace({"--help"}))};
  for (const Answer& help : helps) {
    EXPECT_EQ(help.code, ExitCode::kClean);
    EXPECT_NE(help.text.find("Examples:\n  composelint "), std::string::npos) << help.text;
  }
  EXPECT_NE(helps[0].text.find("--stdin-filename NAME"), std::string::npos) << helps[0].text;
}

TEST(ParseOthers, ReadTheirOptions) {
  EXPECT_EQ(std::get<ExplainOptions>(parse_explain({"compose-v1"})).slug, "compose-v1");
  EXPECT_EQ(std::get<RulesOptions>(parse_rules({"--format=markdown"})).format, Format::kMarkdown);
  const auto calls = std::get<CallsOptions>(parse_calls({"a", "b", "--format", "json"}));
  EXPECT_EQ(calls.paths, (Words{"a", "b"}));
  EXPECT_EQ(calls.format, Format::kJson);
  const auto trace = std::get<TraceOptions>(
      parse_trace({"Makefile", "deploy", "--all", "--format=json", "--color", "never"}));
  EXPECT_EQ(trace.script, "Makefile");
  EXPECT_EQ(trace.task, "deploy");
  EXPECT_TRUE(trace.all);
  EXPECT_EQ(trace.format, Format::kJson);
  EXPECT_EQ(trace.colour, Colour::kNever);
  const auto docs = std::get<DocsOptions>(parse_docs({"--out", "d", "--readme", "R.md"}));
  EXPECT_EQ(docs.out, "d");
  EXPECT_EQ(docs.readme, "R.md");
}

TEST(ParseOthers, RefuseWhatIsMissingOrTooMuch) {
  EXPECT_EQ(answer(parse_explain({})).code, ExitCode::kTrouble);
  EXPECT_EQ(answer(parse_explain({"a", "b"})).text,
            "unexpected argument \"b\"\nSee composelint explain --help.\n");
  EXPECT_EQ(answer(parse_calls({"--format", "sarif"})).code, ExitCode::kTrouble);
  EXPECT_EQ(answer(parse_trace({})).code, ExitCode::kTrouble);
  EXPECT_EQ(answer(parse_trace({"a", "b", "c"})).code, ExitCode::kTrouble);
  EXPECT_EQ(answer(parse_check({"--config", "x", "--no-config"})).code, ExitCode::kTrouble);
  EXPECT_EQ(answer(parse_docs({})).code, ExitCode::kTrouble);
}

}  // namespace
}  // namespace composelint::cli
