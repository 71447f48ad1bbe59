#include "analyzer/calls/command_line.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "analyzer/shell/expand.h"
#include "analyzer/shell/parser.h"

namespace composelint::calls {
namespace {

// One line of shell, its words expanded with nothing set.
struct Line {
  std::unique_ptr<SourceFile> file;
  Script script;
  std::vector<Argument> argv;
};

Line line_of(const std::string& text) {
  Line line;
  line.file = std::make_unique<SourceFile>("x.sh", text);
  auto script = shell::parse_script(shell::whole_file(*line.file));
  EXPECT_TRUE(script.ok()) << text;
  line.script = std::move(*script);
  const auto* simple = line.script.commands.at(0).as<SimpleCommand>();
  EXPECT_NE(simple, nullptr) << text;
  if (simple != nullptr) line.argv = shell::expand(simple->words, {}).front().arguments;
  return line;
}

std::string text_of(const Argument& argument) {
  std::string out = argument.text;
  for (auto hole = argument.holes.rbegin(); hole != argument.holes.rend(); ++hole) {
    out.insert(hole->at, "<" + hole->name + ">");
  }
  return out;
}

std::string dump(const ComposeInvocation& call) {
  std::string out = call.program == ComposeProgram::kPlugin ? "plugin" : "standalone";
  const auto options = [&](const std::vector<OptionUse>& uses) {
    for (const OptionUse& use : uses) {
      out += " " + use.name;
      if (use.value) out += "=" + text_of(*use.value);
    }
  };
  options(call.global_options);
  out += " | " + call.verb;
  options(call.options);
  out += " |";
  for (const Argument& operand : call.operands) out += " " + text_of(operand);
  if (!call.inner.empty()) out += " :";
  for (const Argument& word : call.inner) out += " " + text_of(word);
  if (call.opaque_global) out += " opaque-global";
  if (call.opaque_options) out += " opaque";
  for (const CliError& error : call.errors) out += " !" + error.subject;
  return out;
}

std::string read(const std::string& text) {
  const Line line = line_of(text);
  const auto start = find_compose(line.argv);
  if (!start) return "not compose";
  return dump(read_command_line(line.argv, *start, line.script.commands[0].span));
}

TEST(ReadCommandLine, SeparatesOptionsVerbServiceAndInnerCommand) {
  struct Row {
    const char* line;
    const char* expected;
  };
  const Row rows[] = {
      {"docker compose up -d", "plugin | up --detach |"},
      {"docker compose -f a.yml --env-file=b.env -p x run --rm app migrate --plan",
       "plugin --file=a.yml --env-file=b.env --project-name=x | run --rm | app : migrate --plan"},
      {"docker --context prod compose ps", "plugin | ps |"},
      {"/usr/bin/docker compose ps", "plugin | ps |"},
      {"docker-compose -fa.yml exec -T db sh -c 'a; b'",
       "standalone --file=a.yml | exec --no-tty | db : sh -c a; b"},
      {"/usr/local/bin/docker-compose logs -f --tail 5 app",
       "standalone | logs --follow --tail=5 | app"},
      {"docker compose run -eA=1 -v ./x:/x --name=n app",
       "plugin | run --env=A=1 --volume=./x:/x "
       "--name=n | app"},
      {"docker compose rm -fsv db web", "plugin | rm --force --stop --volumes | db web"},
      {"docker compose up web -d", "plugin | up --detach | web"},
      {"docker compose exec app -T true", "plugin | exec | app : -T true"},
      {"docker compose down -v=false", "plugin | down --volumes=false |"},
  };
  for (const Row& row : rows) EXPECT_EQ(read(row.line), row.expected) << row.line;
}

TEST(ReadCommandLine, LeavesRoomForWordsItDoesNotKnow) {
  struct Row {
    const char* line;
    const char* expected;
  };
  const Row rows[] = {
      // The service may be among the words of the caller.
      {"docker compose exec \"$@\" bash", "plugin | exec | <@> : bash opaque"},
      {"docker compose run --rm $@ sh -c ls", "plugin | run --rm | <@> : sh -c ls opaque"},
      {"docker compose run --rm \"$@\"", "plugin | run --rm | opaque"},
      {"docker compose $OPTS run app", "plugin | run | app opaque-global"},
      {"docker compose run $OPTS app", "plugin | run | app opaque"},
      {"docker compose exec \"$SERVICE\" ls", "plugin | exec | <SERVICE> : ls"},
      {"docker compose exec $SERVICE ls", "plugin | exec | <SERVICE> : ls opaque"},
      {"docker compose -f \"$FILE\" up", "plugin --file=<FILE> | up |"},
      {"docker compose --env-file=$ENV.env up", "plugin --env-file=<ENV>.env | up |"},
      {"docker compose \"$@\"", "plugin |  | opaque-global opaque"},
      // The verb is among them: what stands behind is one of its options.
      {"docker compose \"$@\" --remove-orphans", "plugin |  | opaque-global opaque"},
      {"docker compose -f a.yml \"$@\" -f b.yml -e X=1 ps",
       "plugin --file=a.yml |  | opaque-global opaque"},
      // A verb stands there, whatever is wrong in front of it.
      {"docker compose \"$@\" --no-deps down -v",
       "plugin | down --volumes | opaque-global !--no-deps"},
      {"docker compose \"$@\" --proflie jobs up -d", "plugin | jobs | opaque-global !--proflie"},
      {"docker compose \"$@\" -f b.yml ps", "plugin --file=b.yml | ps | opaque-global"},
      {"$ENGINE compose up", "plugin | up |"},
      {"$DC up -d", "plugin | up --detach | opaque-global"},
      {"${COMPOSE_CMD} exec app ls", "plugin | exec | app : ls opaque-global"},
      // A script of the repository knows options of its own.
      {"bin/docker-compose --no-dev up -d", "plugin | up --detach | opaque-global"},
      {"$X up -d", "not compose"},
  };
  for (const Row& row : rows) EXPECT_EQ(read(row.line), row.expected) << row.line;
}

TEST(ReadCommandLine, KnowsWhatIsNoCompose) {
  for (const char* line : {"docker run app", "podman-compose up", "docker ps compose",
                           "echo docker compose up", "docker-compose-wait up"}) {
    EXPECT_EQ(read(line), "not compose") << line;
  }
}

TEST(ReadCommandLine, NamesWhatTheCommandLineRefuses) {
  struct Row {
    const char* line;
    const char* expected;
  };
  const Row rows[] = {
      {"docker compose up -d -f x.yml", "plugin | up --detach | x.yml !-f"},
      {"docker compose -d up", "plugin | up | !-d"},
      {"docker compose exec db", "plugin | exec | db !"},
      {"docker compose strat app", "plugin | strat | !strat"},
      {"docker compose logs --tail", "plugin | logs --tail | !--tail"},
      {"docker compose up –d", "plugin | up | !–d"},
      {"docker compose -f a.yml", "plugin --file=a.yml |  | !"},
      {"docker compose run --rm app --no-such", "plugin | run --rm | app : --no-such"},
      {"docker compose", "plugin |  |"},
      {"docker compose --help", "plugin --help |  |"},
  };
  for (const Row& row : rows) EXPECT_EQ(read(row.line), row.expected) << row.line;
}

TEST(ReadCommandLine, SaysWhichOperandsNameServices) {
  struct Row {
    const char* line;
    std::vector<std::string> services;
  };
  const Row rows[] = {
      {"docker compose up -d web db", {"web", "db"}},
      {"docker compose run --rm app web", {"app"}},
      {"docker compose cp db:/var/x ./x", {"db"}},
      {"docker compose cp ./a:b web:/tmp", {"web"}},
      {"docker compose scale web=3 worker=2", {"web", "worker"}},
      {"docker compose ls", {}},
  };
  for (const Row& row : rows) {
    const Line line = line_of(row.line);
    const auto start = find_compose(line.argv);
    ASSERT_TRUE(start.has_value()) << row.line;
    const auto call = read_command_line(line.argv, *start, line.script.commands[0].span);
    std::vector<std::string> services;
    for (const Argument& service : call.services) services.push_back(service.text);
    EXPECT_EQ(services, row.services) << row.line;
  }
}

}  // namespace
}  // namespace composelint::calls
