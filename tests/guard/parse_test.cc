#include "guard/parse.h"

#include <gtest/gtest.h>

namespace composelint::guard {
namespace {

using Names = std::vector<std::string>;

TEST(ParseVersion, TellsWhoAnswers) {
  const struct {
    const char* out;
    const char* err;
    bool reachable;
    bool podman;
    const char* failure;
  } rows[] = {
      {R"({"Client":{"Version":"28","ApiVersion":"1","Context":"prod"},"Server":{"Version":"20"}})",
       "", true, false, ""},
      {R"({"Client":{"Version":"28","ApiVersion":"1"},"Server":null})",
       "time=\"x\" level=warning msg=\"hm\"\nCannot connect to the Docker daemon\n", false, false,
       "Cannot connect to the Docker daemon"},
      {"", "Failed to initialize: no such context\n", false, false,
       "Failed to initialize: no such context"},
      {"{\"Client\":", "", false, false, ""},
      {"[1,2]", "", false, false, ""},
      {R"({"Server":{"Version":"4","Components":[7,{"Name":"Podman Engine"}]}})", "", true, true,
       ""},
      {R"({"Client":{"APIVersion":"4.3","Version":"4.3"},"Server":{"Version":"4.3"}})", "", true,
       true, ""},
      {R"({"Server":{"Version":"4"}})", "Emulate Docker CLI using podman.", true, true, ""},
  };
  for (const auto& row : rows) {
    EngineFacts engine;
    parse_version(row.out, row.err, engine);
    EXPECT_EQ(engine.reachable, row.reachable) << row.out;
    EXPECT_EQ(engine.podman, row.podman) << row.out;
    EXPECT_EQ(engine.failure, row.failure) << row.out;
  }
}

TEST(ParseContext, KeepsCredentialsOut) {
  const struct {
    const char* host;
    const char* endpoint;
  } rows[] = {
      {"unix:///var/run/docker.sock", "unix:///var/run/docker.sock"},
      {"ssh://anna@host:22", "ssh://anna@host:22"},
      {"ssh://anna:s3cret@host", "ssh://anna@host"},
      {"ssh://an@na:s3@cret@host/x", "ssh://an@host/x"},
      {"tcp://s3cret@host:2376", "tcp://host:2376"},
      {"https://a:b@host/x@y?token=s3cret", "https://host/x@y"},
      {"nonsense", "nonsense"},
  };
  for (const auto& row : rows) {
    EngineFacts engine;
    parse_context(
        std::string(R"({"Name":"prod","Endpoints":{"docker":{"Host":")") + row.host + R"("}}})",
        engine);
    EXPECT_EQ(engine.endpoint, row.endpoint);
    EXPECT_EQ(engine.context, "prod");
  }
  EngineFacts listed;
  parse_context(R"([{"Name":"x","Endpoints":{"docker":{"Host":"unix:///s"}}}])", listed);
  EXPECT_EQ(listed.endpoint, "unix:///s");
  EngineFacts broken;
  parse_context("[]", broken);
  parse_context("nope", broken);
  EXPECT_EQ(broken.endpoint, "");
}

TEST(ParseComposeVersion, ReadsAllSpellings) {
  const struct {
    const char* out;
    const char* version;
    std::optional<bool> new_enough;
  } rows[] = {
      {"2.40.3-3\n", "2.40.3", true},
      {"v2.26.1", "2.26.1", true},
      {"2.25.0", "2.25.0", false},
      {"1.29.2\n", "1.29.2", false},
      {"5.0.1", "5.0.1", true},
      {"dev", "", std::nullopt},
      {"", "", std::nullopt},
      {"7", "", std::nullopt},
      {"Docker Compose version v2.30.1", "2.30.1", true},
  };
  for (const auto& row : rows) {
    const std::string version = parse_compose_version(row.out);
    EXPECT_EQ(version, row.version);
    EXPECT_EQ(at_least(version, 2, 26), row.new_enough) << row.out;
  }
}

constexpr const char* kLine =
    R"j({"id":"abc","name":"p-app-2,x/app","state":"running","status":"Up 2 s (healthy)",)j"
    R"j("image":"i","service":"app","number":"2","oneoff":"False","image_id":"sha256:1",)j"
    R"j("directory":"/a b,c","files":"/a,/b","run":"f00","new":{"x":[1]}})j";

TEST(ParseContainers, ReadsLinesAndArrays) {
  for (const std::string& out :
       {std::string(kLine), std::string(kLine) + "\r\n\n", "[" + std::string(kLine) + "]"}) {
    const ContainerList list = parse_containers(out);
    ASSERT_EQ(list.containers.size(), 1U);
    EXPECT_EQ(list.broken, 0U);
    const Container& one = list.containers.front();
    EXPECT_EQ(one.name, "p-app-2");
    EXPECT_EQ(one.health, "healthy");
    EXPECT_EQ(one.number, 2);
    EXPECT_FALSE(one.one_off);
    EXPECT_EQ(one.working_directory, "/a b,c");
    EXPECT_EQ(one.guard_run, "f00");
  }
}

TEST(ParseContainers, CountsWhatCannotBeRead) {
  const struct {
    std::string out;
    std::size_t containers;
    std::size_t broken;
  } rows[] = {
      {"", 0, 0},
      {std::string(kLine) + "\n" + std::string(kLine).substr(0, 40), 1, 1},
      {"null\n7\n{}\n", 0, 3},
      {R"({"id":7,"state":"running"})", 0, 1},
      {"[{\"id\":\"a\"", 0, 1},
      {"{\"id\":\"a\",\"state\":\"exited\",\"name\":\"x\xff\xfe\"}", 1, 0},
      {R"({"id":"a","state":"running","number":"x","oneoff":"True"})", 1, 0},
  };
  for (const auto& row : rows) {
    const ContainerList list = parse_containers(row.out);
    EXPECT_EQ(list.containers.size(), row.containers) << row.out;
    EXPECT_EQ(list.broken, row.broken) << row.out;
  }
}

TEST(ParseStatus, FindsHealthAndExitCode) {
  const struct {
    const char* status;
    const char* health;
    int code;
  } rows[] = {
      {"Up 10 seconds (healthy)", "healthy", -1},
      {"Up 2 hours (unhealthy)", "unhealthy", -1},
      {"Up 1 second (health: starting)", "starting", -1},
      {"Up 3 minutes (Paused)", "", -1},
      {"Up 3 minutes", "", -1},
      {"Exited (137) 2 minutes ago", "", 137},
      {"Exited (0) 2 days ago", "", 0},
      {"", "", -1},
      {"(", "", -1},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(parse_health(row.status), row.health) << row.status;
    EXPECT_EQ(parse_exit_code(row.status), row.code) << row.status;
  }
}

TEST(ParseHealthChecks, TakesTheLastOne) {
  const auto runs = parse_health_checks("abc 2 \"t1\" \"t2\" \ndef 0 \n\nx\ny z \"t\"\n");
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[0].failures, 2);
  EXPECT_EQ(runs[0].ended, "\"t2\"");
  EXPECT_EQ(runs[1].ended, "");
}

TEST(ParseConfigWords, TellsUnsetVariablesFromOtherWarnings) {
  ConfigFacts config;
  parse_config_words(
      "time=\"2026\" level=warning msg=\"The \\\"NOPE\\\" variable is not set. Defaulting to a "
      "blank string.\"\n"
      "time=\"2026\" level=warning msg=\"The \\\"NOPE\\\" variable is not set. Defaulting to a "
      "blank string.\"\n"
      "WARN[0000] The \"abc\" variable is not set. Defaulting to a blank string. \r\n"
      "WARNING: The X variable is not set. Defaulting to a blank string.\n"
      "time=\"2026\" level=warning msg=\"/w/c.yml: the attribute `version` is obsolete\x1b[1m\"\n"
      "some words\n",
      config);
  EXPECT_EQ(config.unset, (Names{"NOPE", "abc", "X"}));
  EXPECT_EQ(config.warnings, (Names{"/w/c.yml: the attribute `version` is obsolete\\x1b[1m"}));
}

TEST(LastWords, AreWhyAProgramRefused) {
  EXPECT_EQ(last_words("time=\"x\" level=warning msg=\"a\"\nvalidating -: no\n\n"),
            "validating -: no");
  EXPECT_EQ(last_words("time=\"x\" level=warning msg=\"a\"\n"), "");
  EXPECT_EQ(last_words("invalid interpolation format for services.a.labels.P.\n"
                       "You may need to escape any $ with another $.\n${canary\n"),
            "invalid interpolation format for services.a.labels.P.");
  EXPECT_EQ(last_words("a\x1b]0;x\x07"), "a\\x1b]0;x\\x07");
  EXPECT_LE(last_words(std::string(9999, 'x')).size(), 300U);
}

TEST(ParseClientProject, TakesWhatIsThere) {
  const auto project = parse_client_project(
      R"({"name":"p","services":{"b":{"image":"x:$$y"},"a":null},"volumes":{"v":{"name":"p_v"}}})");
  ASSERT_TRUE(project);
  EXPECT_EQ(project->services.size(), 2U);
  EXPECT_EQ(project->service("b")->image, "x:$y");
  EXPECT_EQ(project->service("a")->image, "");
  EXPECT_EQ(project->service("c"), nullptr);
  EXPECT_EQ(project->volumes.front().second, "p_v");
  for (const char* text : {"", "{", "[]", "{}", R"({"name":7})"}) {
    EXPECT_FALSE(parse_client_project(text)) << text;
  }
}

TEST(ParseDryRun, ReadsAllVersionsOfIt) {
  const std::vector<PlannedAction> actions = parse_dry_run(
      " DRY-RUN MODE -  Container p-db-1  Recreate \n"
      " DRY-RUN MODE -  Container 3c7dfeef9c52_p-db-1  Starting\r\n"
      " Network p_default  Creating\n"
      " Container p-app-1 Running\n"
      " DRY-RUN MODE -  app ==> ==> writing image dryRun-7d10\n"
      "Container\nContainer x\n"
      "time=\"x\" level=warning msg=\"Container y  Recreate\"\n");
  ASSERT_EQ(actions.size(), 4U);
  EXPECT_EQ(actions[0].action, "Recreate");
  EXPECT_EQ(actions[1].name, "p-db-1");
  EXPECT_EQ(actions[2].kind, "Network");
  EXPECT_EQ(actions[3].action, "Running");
}

TEST(ParseLogs, CountsByService) {
  Container own;
  own.name = "shop_main";
  own.service = "app";
  Container usual;
  usual.name = "p-db-1";
  usual.service = "db";
  const auto logs = parse_logs(
      "db-1       | 2026-11-28T12:06:02.100000000Z LOG:  ready\n"
      "db-1       | 2026-11-28T12:06:03.100000000Z FATAL:  no role \x1b[31m\xff\n"
      "shop_main  | 2026-11-28T12:06:01.100000000Z ok\n"
      "shop_main  | \n"
      "shop_main  |\n"
      "other-1    | ERROR x | y\n"
      "no prefix at all\n",
      {own, usual}, "p");
  ASSERT_EQ(logs.size(), 3U);
  EXPECT_EQ(logs.at("db").lines, 2U);
  EXPECT_EQ(logs.at("db").error_count, 1U);
  EXPECT_EQ(logs.at("db").newest, "2026-11-28T12:06:03.100000000Z");
  EXPECT_EQ(logs.at("db").errors.front().text.find('\x1b'), std::string::npos);
  EXPECT_EQ(logs.at("app").lines, 3U);
  EXPECT_EQ(logs.at("app").error_count, 0U);
  EXPECT_EQ(logs.at("other-1").errors.front().text, "ERROR x | y");
}

TEST(ParseLogs, KeepsTheNewestErrors) {
  std::string out;
  for (int i = 0; i < 30; ++i) out += "a-1  | error in a" + std::to_string(i) + "\n";
  const auto logs = parse_logs(out, {}, "p");
  EXPECT_EQ(logs.at("a-1").error_count, 30U);
  EXPECT_EQ(logs.at("a-1").errors.size(), 20U);
  EXPECT_EQ(logs.at("a-1").errors.back().text, "error in a29");
  EXPECT_EQ(logs.at("a-1").kinds.size(), 1U);
}

TEST(LooksLikeError, JudgesLines) {
  const struct {
    const char* line;
    bool error;
  } rows[] = {
      {"ERROR: relation does not exist", true},
      {"2026-11-28 12:06:02 UTC [7] FATAL:  password authentication failed", true},
      {"2026-11-28 12:06:02 UTC [7] LOG:  statement: select error from x", false},
      {"Traceback (most recent call last):", true},
      {"django.db.utils.ProgrammingError: relation", true},
      {"java.lang.IllegalStateException: x", true},
      {"panic: runtime error", true},
      {"level=error msg=\"x\"", true},
      {"level=info msg=\"error budget is fine\"", false},
      {"{\"level\":\"error\",\"msg\":\"x\"}", true},
      {"{\"level\": \"INFO\", \"msg\": \"3 errors before\"}", false},
      {"\"GET / HTTP/1.1\" 502 13", true},
      {"\"GET /500 HTTP/1.1\" 200 5", false},
      {"10 errors", true},
      {"finished with 0 errors", false},
      {"no errors found", false},
      {"compiling error_handler.js", false},
      {"error-page ready", false},
      {"[INFO] error reporting is on", false},
      {"Segmentation fault (core dumped)", true},
      {"listening on 8080", false},
      {"", false},
  };
  for (const auto& row : rows) EXPECT_EQ(looks_like_error(row.line), row.error) << row.line;
}

TEST(KindOfLine, LeavesOutWhatDiffersEachTime) {
  EXPECT_EQ(kind_of_line("2026-11-28 Error 42 at 0xdeadbeef0"), "#-#-# error # at #");
  EXPECT_EQ(kind_of_line("request a1b2 failed"), kind_of_line("request 77f failed"));
  EXPECT_NE(kind_of_line("cannot read"), kind_of_line("cannot write"));
}

}  // namespace
}  // namespace composelint::guard
