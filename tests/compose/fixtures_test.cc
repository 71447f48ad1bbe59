// Whole projects: fixtures/compose/<case>/ with the files, the answer of Compose in expected.json,
// and in `call` how it was asked: args, env, services, flags, or the text a refusal has to hold.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "analyzer/compose/loader.h"
#include "analyzer/compose/origin.h"
#include "analyzer/compose/presentation.h"
#include "analyzer/compose/print_json.h"
#include "analyzer/compose/print_yaml.h"
#include "analyzer/text/disk_file_system.h"

namespace composelint::compose {
namespace {

namespace fs = std::filesystem;

struct Case {
  fs::path directory;
  LoadRequest request;
  std::string refused;
};

std::vector<std::string> words(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

std::string content(const fs::path& path) {
  std::ifstream in(path);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void read_args(const std::vector<std::string>& args, LoadRequest& request) {
  for (std::size_t i = 0; i + 1 < args.size(); i += 2) {
    const std::string& value = args[i + 1];
    if (args[i] == "-f") request.files.push_back(value);
    if (args[i] == "-p") request.project_name = value;
    if (args[i] == "--profile") request.profiles.push_back(value);
    if (args[i] == "--env-file") request.env_files.push_back(value);
    if (args[i] == "--project-directory") request.project_directory = value;
  }
}

Case read_case(const fs::path& directory) {
  Case out;
  out.directory = directory;
  out.request.working_directory = directory.string();
  out.request.environment.set("HOME", {"/root", {}, {}});
  std::ifstream in(directory / "call");
  for (std::string line; std::getline(in, line);) {
    const std::string rest = line.substr(std::min(line.find(": ") + 2, line.size()));
    if (line.starts_with("args:")) read_args(words(rest), out.request);
    if (line.starts_with("flags: --no-interpolate")) {
      out.request.no_interpolate = out.request.as_written = true;
    }
    if (line.starts_with("services:")) out.request.services = words(rest);
    if (line.starts_with("refused:")) out.refused = rest;
    if (line.starts_with("env:")) {
      const std::size_t equals = rest.find('=');
      out.request.environment.set(rest.substr(0, equals), {rest.substr(equals + 1), {}, {}});
    }
  }
  return out;
}

std::vector<fs::path> cases() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(COMPOSELINT_SOURCE_DIR "/fixtures/compose")) {
    if (entry.is_directory()) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

class Fixture : public testing::TestWithParam<fs::path> {
 protected:
  text::DiskFileSystem disk_;
};

std::string as_json(LoadedProject loaded, bool untyped = false) {
  if (untyped) {
    const Result<std::string> text =
        print_json(as_untyped_json_model(std::move(loaded.model), true), false);
    return text ? *text : text.failure().message;
  }
  const Result<Value> model = as_json_model(std::move(loaded.model));
  const Result<std::string> text = model ? print_json(*model, true) : model.failure();
  return text ? *text : text.failure().message;
}

TEST_P(Fixture, ResolvesAsComposeDoes) {
  const Case asked = read_case(GetParam());
  text::SourceStore store(disk_, asked.request.working_directory);
  Result<LoadedProject> loaded = load(asked.request, store);
  if (!asked.refused.empty()) {
    ASSERT_FALSE(loaded);
    const std::string told = shown_place(loaded.failure().span) + ": " + loaded.failure().message;
    EXPECT_NE(told.find(asked.refused), std::string::npos) << told;
    return;
  }
  ASSERT_TRUE(loaded) << loaded.failure().message;
  std::string expected = content(asked.directory / "expected.json");
  for (std::size_t at = expected.find("@DIR@"); at != std::string::npos;
       at = expected.find("@DIR@", at)) {
    expected.replace(at, 5, asked.request.working_directory);
  }
  while (expected.ends_with('\n')) expected.pop_back();
  EXPECT_EQ(as_json(std::move(*loaded), asked.request.no_interpolate), expected);
}

TEST_P(Fixture, KnowsTheOriginOfEveryValue) {
  const Case asked = read_case(GetParam());
  text::SourceStore store(disk_, asked.request.working_directory);
  Result<LoadedProject> loaded = load(asked.request, store);
  if (!loaded) GTEST_SKIP() << "refused";
  std::size_t count = 0;
  for_each_scalar(as_yaml_model(std::move(loaded->model)),
                  [&](const std::string& path, const Value& value, const Span& place) {
                    ++count;
                    EXPECT_TRUE(place || value.trail != nullptr) << path;
                  });
  EXPECT_GT(count, 0U);
}

TEST_P(Fixture, ReadsItsOwnOutput) {
  const Case asked = read_case(GetParam());
  if (asked.request.no_interpolate) GTEST_SKIP() << "nothing to be read again";
  text::SourceStore store(disk_, asked.request.working_directory);
  Result<LoadedProject> first = load(asked.request, store);
  if (!first) GTEST_SKIP() << "refused";
  LoadRequest again;
  again.working_directory = asked.request.working_directory;
  again.files = {"-"};
  again.profiles = {"*"};
  again.stdin_text = print_yaml(as_yaml_model(first->model), true);
  Result<LoadedProject> second = load(again, store);
  ASSERT_TRUE(second) << second.failure().message << "\n" << *again.stdin_text;
  EXPECT_EQ(as_json(std::move(*second)), as_json(std::move(*first)));
}

std::string case_name(const testing::TestParamInfo<fs::path>& of) {
  std::string name = of.param.filename().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Compose, Fixture, testing::ValuesIn(cases()), case_name);

}  // namespace
}  // namespace composelint::compose
