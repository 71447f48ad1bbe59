#include "analyzer/calls/target.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "tests/engine/tree.h"

namespace composelint::calls {
namespace {

constexpr const char* kOne = "name: one\nservices:\n  app: {image: a}\n";
constexpr const char* kTwo = "name: two\nservices:\n  web: {image: b}\n";

class BinderTest : public testing::Test {
 protected:
  BinderTest() : sources_(tree_, "/repo"), binder_(sources_, "/repo") {}

  ComposeInvocation call(const std::vector<std::pair<std::string, std::string>>& options = {}) {
    ComposeInvocation out;
    out.verb = "up";
    for (const auto& [name, value] : options) {
      Argument argument;
      argument.text = value;
      out.global_options.push_back({name, {}, argument});
    }
    return out;
  }

  std::string project(const ComposeInvocation& call, const CallSite& site) {
    const Target target = binder_.bind(call, site);
    if (target.project == nullptr) return "unknown: " + target.why_unknown;
    std::string out = target.project->name.value;
    for (const Project* other : target.others) out += " or " + other->name.value;
    return out;
  }

  // The script's directory, the directory in force, an exported variable.
  static CallSite site(const std::string& script, const std::optional<std::string>& directory,
                       const std::string& name = "",
                       const std::optional<std::string>& value = std::nullopt) {
    CallSite out{script, directory, {}, {}};
    if (name.empty()) return out;
    out.variables.set(
        name, value ? shell::Value::scalar(shell::known(*value)) : shell::Value::hole(name));
    out.variables.set_exported(name);
    return out;
  }

  engine::Tree tree_;
  text::SourceStore sources_;
  Binder binder_;
};

TEST_F(BinderTest, SearchesUpwardsFromTheScript) {
  tree_.file("/repo/compose.yaml", kOne).file("/repo/ops/bin/deploy.sh");
  EXPECT_EQ(project(call(), site("/repo/ops/bin", ".")), "one");
}

TEST_F(BinderTest, NeverLeavesTheRepository) {
  tree_.file("/compose.yaml", kOne).file("/repo/deploy.sh");
  EXPECT_EQ(project(call(), site("/repo", ".")), "unknown: no compose file is found from here");
}

TEST_F(BinderTest, NamesEveryStackThatTheStartDirectoryLeavesOpen) {
  tree_.file("/repo/compose.yaml", kOne).file("/repo/docker/compose.yaml", kTwo);
  EXPECT_EQ(project(call(), site("/repo/docker", ".")), "two or one");
  // With `cd` to the script's own directory there is no doubt.
  EXPECT_EQ(project(call(), site("/repo/docker", "/repo/docker")), "two");
}

TEST_F(BinderTest, FollowsFilesAndVariables) {
  tree_.file("/repo/a.yml", kOne).file("/repo/sub/b.yml", kTwo);
  EXPECT_EQ(project(call({{"--file", "a.yml"}}), site("/repo", ".")), "one");
  EXPECT_EQ(project(call({{"--file", "b.yml"}}), site("/repo", "sub")), "two");
  EXPECT_EQ(project(call(), site("/repo", ".", "COMPOSE_FILE", "sub/b.yml")), "two");
  EXPECT_EQ(project(call({{"--project-name", "mine"}, {"--file", "a.yml"}}), site("/repo", ".")),
            "mine");
  EXPECT_EQ(project(call({{"--file", "no.yml"}}), site("/repo", ".")),
            "unknown: no.yml is not found from here");
}

TEST_F(BinderTest, SaysWhyAStackIsNotKnown) {
  tree_.file("/repo/compose.yaml", kOne);
  EXPECT_EQ(project(call(), site("/repo", std::nullopt)),
            "unknown: a directory change before it could not be followed");
  EXPECT_EQ(project(call(), {"/repo", std::nullopt, {}, "it runs in a container"}),
            "unknown: it runs in a container");
  ComposeInvocation open = call({{"--file", "x"}});
  open.global_options[0].value->holes = {{0, "FILE"}};
  EXPECT_EQ(project(open, site("/repo", ".")),
            "unknown: --file depends on FILE, which is not known here");
  EXPECT_EQ(project(call(), site("/repo", ".", "COMPOSE_FILE")),
            "unknown: COMPOSE_FILE is set to something that is not known here");
}

// A server's checkout is called as the repository is.
TEST_F(BinderTest, TakesACheckoutElsewhereForTheRepository) {
  tree_.file("/repo/compose.yaml", "name: one\nservices:\n  app: {image: \"a:1\"}\n");
  tree_.file("/repo/jobs/compose.yaml", "name: jobs\nservices:\n  app: {image: \"a:1\"}\n");
  EXPECT_EQ(project(call(), site("/repo/bin", "/opt/repo")), "one");
  EXPECT_EQ(project(call(), site("/repo/bin", "/srv/apps/repo/jobs")), "jobs");
  for (const char* other : {"/opt/repo-of-another", "/opt/other", "/opt/repo/none"}) {
    EXPECT_TRUE(project(call(), site("/repo/bin", other)).starts_with("unknown")) << other;
  }
}

// A thousand environments that differ in what the project does not ask for are one project.
TEST_F(BinderTest, LoadsAProjectAnewForWhatItAsksFor) {
  tree_.file("/repo/compose.yaml", "name: one\nservices:\n  app: {image: \"a:${TAG:-1}\"}\n");
  for (int i = 0; i < 1000; ++i) {
    const std::string value = std::to_string(i);
    EXPECT_EQ(project(call(), site("/repo", ".", "OTHER", value)), "one");
  }
  EXPECT_EQ(binder_.projects().size(), 1U);
  EXPECT_EQ(project(call(), site("/repo", ".", "TAG", "2")), "one");
  EXPECT_EQ(binder_.projects().size(), 2U);
  EXPECT_EQ(project(call(), site("/repo", ".", "COMPOSE_PROJECT_NAME", "mine")), "mine");
}

// Where other files are read as well, what they ask for is not looked up.
TEST_F(BinderTest, LoadsAProjectOfManyFilesAnew) {
  tree_.file("/repo/compose.yaml", "name: one\ninclude: [more.yaml]\n")
      .file("/repo/more.yaml", "services:\n  app: {image: \"a:${TAG:-1}\"}\n");
  EXPECT_EQ(project(call(), site("/repo", ".", "TAG", "2")), "one");
  EXPECT_EQ(project(call(), site("/repo", ".", "TAG", "3")), "one");
  EXPECT_EQ(binder_.projects().size(), 2U);
}

TEST_F(BinderTest, ReportsAFileThatCannotBeLoadedOnce) {
  tree_.file("/repo/compose.yaml", "services: [\n");
  for (int i = 0; i < 2; ++i) {
    const Target target = binder_.bind(call(), site("/repo", "."));
    EXPECT_TRUE(target.project == nullptr || target.project->partial);
  }
  EXPECT_EQ(binder_.notifications().size(), 1U);
}

}  // namespace
}  // namespace composelint::calls
