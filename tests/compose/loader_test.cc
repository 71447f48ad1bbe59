#include "analyzer/compose/loader.h"

#include <gtest/gtest.h>

#include "tests/compose/memory_files.h"

namespace composelint::compose {
namespace {

using Files = std::map<std::string, std::string>;

// A store and what was loaded through it, kept together because spans point into the store.
struct Loaded {
  Loaded(std::initializer_list<Files::value_type> contents)
      : files(Files(contents)), store(files, "/p") {
    request.working_directory = "/p";
  }
  Result<LoadedProject> run() { return load(request, store); }

  MemoryFiles files;
  text::SourceStore store;
  LoadRequest request;
};

const Service& service(const Result<LoadedProject>& loaded, std::string_view name) {
  return *loaded->project.service(name);
}

TEST(Loader, PutsFilesVariablesAndOverridesTogether) {
  Loaded test{{"/p/compose.yaml", "services: {app: {image: \"app:${TAG:-1}\", restart: always}}"},
              {"/p/compose.override.yaml", "services: {app: {restart: 'no'}}"},
              {"/p/.env", "TAG=7\n"}};
  const Result<LoadedProject> loaded = test.run();
  ASSERT_TRUE(loaded) << loaded.failure().message;
  EXPECT_TRUE(loaded->project.default_files);
  EXPECT_EQ(loaded->project.name.value, "p");
  const Service& app = service(loaded, "app");
  EXPECT_EQ(app.image->value, "app:7");
  EXPECT_EQ(app.restart->value, "no");
  EXPECT_EQ(app.restart->from.span.file->path(), "compose.override.yaml");
  EXPECT_EQ(app.restart->from.steps->front().span.file->path(), "compose.yaml");
  EXPECT_EQ(app.image->from.steps->back().span.text(), "TAG=7");
}

TEST(Loader, ShowsInactiveServicesToo) {
  Loaded test{{"/p/compose.yaml",
               "services: {a: {image: x}, b: {image: y, profiles: [job], depends_on: [a]}}"}};
  const Result<LoadedProject> loaded = test.run();
  ASSERT_TRUE(loaded);
  EXPECT_TRUE(service(loaded, "a").active);
  EXPECT_FALSE(service(loaded, "b").active);
  EXPECT_EQ(service(loaded, "b").profiles.front().value, "job");
  EXPECT_EQ(service(loaded, "b").depends_on.front().service, "a");
}

TEST(Loader, RefusesAsComposeDoes) {
  const struct {
    const char* yaml;
    const char* message;
  } rows[] = {
      {"services: {a: {image: \"${X:?why}\"}}", "required variable X is missing a value: why"},
      {"services: {a: {image: x, depends_on: [b]}}", "depends on undefined service"},
      {"services: {a: {image: x, env_file: no.env}}", "not found"},
      {"services: {a: {image: x, volumes: ['v:/d', 'data:/e']}}", "undefined volume data"},
      {"services: {a: {}}", "neither an image nor a build context"},
      {"services: {a: {image: x, ports: ['80x']}}", "invalid containerPort"},
      {"services: {a: {extends: a}}", "Circular reference"},
      {"services: {a: {image: x, depends_on: [b]}, b: {image: x, depends_on: [a]}}",
       "cycle detected"},
      {"services: {a: {image: x}, a: {image: y}}", "already defined"},
      {"version: '3'", "empty compose file"},
  };
  for (const auto& row : rows) {
    Loaded test{{"/p/compose.yaml", row.yaml}};
    const Result<LoadedProject> loaded = test.run();
    ASSERT_FALSE(loaded) << row.yaml;
    EXPECT_NE(loaded.failure().message.find(row.message), std::string::npos)
        << loaded.failure().message;
  }
}

TEST(Loader, GoesOnWhenLinting) {
  Loaded test{{"/p/compose.yaml",
               "include: [missing.yaml]\n"
               "services:\n"
               "  a: {image: \"${REG}/a:${TAG:-1}\", env_file: no.env}\n"
               "  b: {image: \"${X:?why}\", depends_on: [elsewhere]}\n"
               "  c: {image: c, extends: {file: gone.yaml, service: c}}\n"}};
  test.request.strictness = Strictness::kLint;
  const Result<LoadedProject> loaded = test.run();
  ASSERT_TRUE(loaded) << loaded.failure().message;
  const Project& project = loaded->project;
  EXPECT_TRUE(project.partial);
  ASSERT_EQ(project.services.size(), 3U);
  EXPECT_EQ(project.services[0].image->value, "${REG}/a:1");
  EXPECT_FALSE(project.services[0].image->known);
  EXPECT_EQ(project.services[2].image->value, "c");
  std::size_t refused = 0;
  for (const ProjectProblem& problem : project.problems) refused += problem.refused ? 1 : 0;
  EXPECT_EQ(refused, 4U);
}

TEST(Loader, NamesVolumesAsTheEngineDoes) {
  Loaded test{{"/p/compose.yaml",
               "services: {a: {image: x, volumes: ['data:/d', 'ext:/e', './src:/s:ro']}}\n"
               "volumes: {data: , ext: {external: true, name: shared}}"}};
  const Result<LoadedProject> loaded = test.run();
  ASSERT_TRUE(loaded) << loaded.failure().message;
  ASSERT_EQ(loaded->project.volumes.size(), 2U);
  EXPECT_EQ(loaded->project.volumes[0].name, "p_data");
  EXPECT_EQ(loaded->project.volumes[1].name, "shared");
  EXPECT_TRUE(loaded->project.volumes[1].external);
  const std::vector<Mount>& mounts = service(loaded, "a").mounts;
  EXPECT_EQ(mounts[2].source, "/p/src");
  EXPECT_TRUE(mounts[2].read_only);
}

TEST(Loader, EndsOnBombsAndLoops) {
  std::string bomb = "x-0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "x-" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int k = 0; k < 9; ++k) bomb += ", " + before;
    bomb += "]\n";
  }
  const struct {
    std::string yaml;
    const char* message;
  } rows[] = {
      {bomb + "services: {a: {image: x}}\n", "too large"},
      {"services: &s {a: {image: x, labels: *s}}", "contain itself"},
      {"include: [compose.yaml]\nservices: {a: {image: x}}", "include cycle"},
  };
  for (const auto& row : rows) {
    Loaded test{{"/p/compose.yaml", row.yaml}};
    const Result<LoadedProject> loaded = test.run();
    ASSERT_FALSE(loaded) << row.message;
    EXPECT_NE(loaded.failure().message.find(row.message), std::string::npos)
        << loaded.failure().message;
  }
}

TEST(Loader, EndsOnAFileOf50Megabytes) {
  std::string large = "services:\n";
  constexpr std::size_t kSize = 50U << 20U;
  large.reserve(kSize + 256);
  for (std::size_t i = 0; large.size() < kSize; ++i) {
    large += "  service-" + std::to_string(i) +
             ":\n    image: registry.example.com/team/service:1.2.3\n    environment:\n"
             "      LOG_LEVEL: info\n      DATABASE_URL: postgres://app@db:5432/app\n";
  }
  Loaded test{{"/p/compose.yaml", std::move(large)}};
  const Result<LoadedProject> loaded = test.run();
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.failure().code, FailureCode::kLimit);
  EXPECT_TRUE(loaded.failure().message.ends_with(" values")) << loaded.failure().message;
  EXPECT_TRUE(loaded.failure().span);
}

}  // namespace
}  // namespace composelint::compose
