#include "cli/config_options.h"

#include <gtest/gtest.h>

#include "cli/config_call.h"

namespace composelint::cli {
namespace {

TEST(ConfigOptions, TakeTheCommandLineOfCompose) {
  const Result<ConfigOptions> options = parse_config_options(
      {"-f", "a.yml", "--file=b.yml", "-fc.yml", "-p", "shop", "--profile", "x", "--env-file", "e",
       "--project-directory=d", "config", "--format", "json", "-q", "--no-interpolate=false",
       "--no-consistency", "web", "db"});
  ASSERT_TRUE(options) << options.failure().message;
  EXPECT_EQ(options->files, (std::vector<std::string>{"a.yml", "b.yml", "c.yml"}));
  EXPECT_EQ(options->project_name, "shop");
  EXPECT_EQ(options->project_directory, "d");
  EXPECT_EQ(options->profiles, (std::vector<std::string>{"x"}));
  EXPECT_EQ(options->env_files, (std::vector<std::string>{"e"}));
  EXPECT_EQ(options->services, (std::vector<std::string>{"web", "db"}));
  EXPECT_EQ(options->format, "json");
  EXPECT_TRUE(options->quiet);
  EXPECT_FALSE(options->no_interpolate);
  EXPECT_TRUE(options->no_consistency);
}

TEST(ConfigOptions, ChooseTheView) {
  const struct {
    std::vector<std::string> words;
    ConfigView view;
  } rows[] = {
      {{"config"}, ConfigView::kModel},
      {{"config", "--services"}, ConfigView::kServices},
      {{"config", "--hash", "*"}, ConfigView::kHash},
      {{"config", "--why", "services.a.image"}, ConfigView::kWhy},
      {{"config", "--provenance"}, ConfigView::kProvenance},
      {{"config", "--variables"}, ConfigView::kVariables},
  };
  for (const auto& row : rows) {
    const Result<ConfigOptions> options = parse_config_options(row.words);
    ASSERT_TRUE(options) << row.words.back();
    EXPECT_EQ(options->view, row.view) << row.words.back();
  }
}

TEST(ConfigOptions, RefuseWhatComposeRefuses) {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"-f", "a.yml"},
                                             {"config", "--nonsense"},
                                             {"--format", "json", "config"},
                                             {"config", "--format", "toml"},
                                             {"config", "--hash"}}) {
    const Result<ConfigOptions> options = parse_config_options(words);
    ASSERT_FALSE(options) << words.back();
    EXPECT_EQ(options.failure().code, FailureCode::kUsage);
  }
}

// Compose lists volumes and networks of the typed model even then: those that are in use.
TEST(ConfigOptions, WithoutInterpolationSomeViewsStayTyped) {
  const struct {
    std::vector<std::string> words;
    bool as_written;
  } rows[] = {
      {{"config"}, false},
      {{"config", "--no-interpolate"}, true},
      {{"config", "--no-interpolate", "--services"}, true},
      {{"config", "--no-interpolate", "--volumes"}, false},
      {{"config", "--no-interpolate", "--networks"}, false},
      {{"config", "--variables"}, true},
  };
  for (const auto& row : rows) {
    const Result<ConfigOptions> options = parse_config_options(row.words);
    ASSERT_TRUE(options) << row.words.back();
    EXPECT_EQ(load_request(*options, "/srv").as_written, row.as_written) << row.words.back();
  }
}

}  // namespace
}  // namespace composelint::cli
