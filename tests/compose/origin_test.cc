#include "analyzer/compose/origin.h"

#include <gtest/gtest.h>

#include "analyzer/compose/difference.h"
#include "analyzer/compose/loader.h"
#include "tests/compose/memory_files.h"

namespace composelint::compose {
namespace {

TEST(Origin, TellsTheWayOfAValue) {
  const MemoryFiles files({{"/p/compose.yaml",
                            "x-b: &b {restart: always}\n"
                            "services:\n"
                            "  base: {image: \"app:${TAG}\", user: \"${U:-me}\"}\n"
                            "  app: {<<: *b, extends: base, env_file: a.env}\n"},
                           {"/p/prod.yml", "services: {app: {user: root}}\n"},
                           {"/p/a.env", "A=1\n"},
                           {"/p/.env", "TAG=7\n"}});
  text::SourceStore store(files, "/p");
  LoadRequest request;
  request.working_directory = "/p";
  request.files = {"compose.yaml", "prod.yml"};
  const Result<LoadedProject> loaded = load(request, store);
  ASSERT_TRUE(loaded) << loaded.failure().message;
  const struct {
    const char* path;
    const char* expected;
  } rows[] = {
      {"services.app.image",
       "services.app.image is \"app:7\"\n  compose.yaml:3:17\n  TAG from .env:1:1\n"
       "  taken over from base by extends at compose.yaml:4:26\n"},
      {"services.app.restart",
       "services.app.restart is \"always\"\n  compose.yaml:1:19\n  through *b at "
       "compose.yaml:4:13\n"},
      {"services.app.environment.A",
       "services.app.environment.A is \"1\"\n  a.env:1:1\n  read from env_file at a.env:1:1\n"},
      {"services.app.networks.default",
       "services.app.networks.default is nothing\n  default of Compose\n"},
  };
  for (const auto& row : rows) {
    const std::optional<Found> found = find_path(loaded->model, row.path);
    ASSERT_TRUE(found) << row.path;
    EXPECT_EQ(story_of(row.path, *found->value, found->place), row.expected);
  }
  const std::optional<Found> user = find_path(loaded->model, "services.app.user");
  ASSERT_TRUE(user);
  EXPECT_NE(story_of("u", *user->value, user->place).find("overridden at prod.yml:1:24"),
            std::string::npos);
  EXPECT_FALSE(find_path(loaded->model, "services.app.ports[0]"));
}

TEST(Origin, QuotesKeysThatHoldDots) {
  Value labels = Value::map();
  labels.set("a.b", Value::of(std::string("x")));
  Value tree = Value::map();
  tree.set("labels", std::move(labels));
  std::string path;
  for_each_scalar(tree, [&](const std::string& at, const Value&, const Span&) { path = at; });
  EXPECT_EQ(path, "labels.\"a.b\"");
  ASSERT_TRUE(find_path(tree, path));
  EXPECT_EQ(find_path(tree, path)->value->text, "x");
}

TEST(Difference, NamesWhatChangesAndHidesSecrets) {
  const auto project = [](const char* image, const char* password, bool port) {
    Value environment = Value::map();
    environment.set("DB_PASSWORD", Value::of(std::string(password)));
    environment.set("URL", Value::of(std::string("pg://u:") + password + "@db/x"));
    Value app = Value::map();
    app.set("image", Value::of(std::string(image)));
    app.set("environment", std::move(environment));
    if (port) app.set("expose", Value::list()).items.push_back(Value::of(std::string("80")));
    Value services = Value::map();
    services.set("app", std::move(app));
    Value model = Value::map();
    model.set("services", std::move(services));
    return model;
  };
  std::string got;
  for (const Difference& one : differences(project("a", "old", false), project("b", "new", true))) {
    got += one.path + ":" + (one.before ? shown_value(one.path, *one.before) : "-") + ">" +
           (one.after ? shown_value(one.path, *one.after) : "-") + "\n";
  }
  EXPECT_EQ(got,
            "services.app.environment.DB_PASSWORD:***>***\n"
            "services.app.environment.URL:***>***\n"
            "services.app.expose[0]:->\"80\"\n"
            "services.app.image:\"a\">\"b\"\n");
}

}  // namespace
}  // namespace composelint::compose
