#include "analyzer/engine/source_graph.h"

#include <gtest/gtest.h>

#include <string>

#include "analyzer/engine/check.h"
#include "tests/engine/tree.h"

namespace composelint::engine {
namespace {

// "file:line verb service" of each call, in the order of the list.
std::string calls_of(Tree& tree) {
  CheckRequest request;
  request.paths = {"."};
  request.working_directory = "/w";
  const Outcome outcome = check(request, tree, {});
  std::string out;
  for (const CallRecord& call : outcome.run.calls) {
    const ComposeInvocation& made = *call.step->call;
    const SourceFile& file = *made.span.file;
    out += std::string(file.path()) + ":" + std::to_string(file.line_of(made.span.begin)) + " " +
           made.verb;
    for (const Argument& service : made.services) out += " " + service.text;
    out += "\n";
  }
  return out;
}

TEST(SourceGraph, GivesASourcedScriptWhatItsParentDefines) {
  Tree tree;
  tree.file("/w/install.sh", "x='docker compose run --rm'\n. install/detect.sh\n. install/b.sh\n");
  tree.file("/w/install/detect.sh", "on() { docker compose exec \"$@\"; }\n");
  tree.file("/w/install/b.sh", "$x web migrate\non db ls\n");
  EXPECT_EQ(calls_of(tree), "install/b.sh:1 run web\ninstall/detect.sh:1 exec db\n");
}

TEST(SourceGraph, ListsAPlaceOnceHoweverManySourceIt) {
  Tree tree;
  tree.file("/w/a.sh", "d='docker compose'\n. ./lib.sh\n");
  tree.file("/w/b.sh", "d=docker-compose\n. ./lib.sh\n");
  tree.file("/w/lib.sh", "$d stop web\nunused() { docker compose down; }\n");
  EXPECT_EQ(calls_of(tree), "lib.sh:1 stop web\nlib.sh:2 down\n");
}

TEST(SourceGraph, ListsCallsOfAFunctionOnceForEachWayTheyDiffer) {
  Tree tree;
  tree.file("/w/a.sh",
            "start() { docker compose up -d \"$1\"; }\nstart web\nstart web\nstart db\n"
            "all() { docker compose pull; }\nall\nall\n");
  EXPECT_EQ(calls_of(tree), "a.sh:1 up web\na.sh:1 up db\na.sh:5 pull\n");
}

TEST(SourceGraph, FindsTheOnlyFileOfAName) {
  Tree tree;
  tree.file("/w/bin/run.sh",
            "cd \"$1\"\n. \"$BASE/lib/dc.sh\"\n. \"$BASE/two.sh\"\ndc stop web\nup\n");
  tree.file("/w/src/lib/dc.sh", "dc() { docker compose \"$@\"; }\n");
  // Two of this name: neither is meant for sure.
  tree.file("/w/a/two.sh", "up() { docker compose up; }\n").file("/w/b/two.sh", "up() { x; }\n");
  EXPECT_EQ(calls_of(tree), "a/two.sh:1 up\nbin/run.sh:4 stop web\nsrc/lib/dc.sh:1 \n");
}

TEST(SourceGraph, TakesTheArmOfACalledScriptThatItsWordsChoose) {
  Tree tree;
  tree.file("/w/go.sh", "./manage.sh configure etc/x.env\n./manage.sh dc ps web\n./manage.sh -h\n");
  tree.file("/w/manage.sh",
            "dc() { docker compose \"$@\"; }\nverb=$1; shift\ncase \"$verb\" in\n"
            "  configure) cp \"$1\" .env;;\n  dc) dc \"$@\";;\n  stop | down*) dc stop;;\n"
            "  *) exit 1;;\nesac\n");
  EXPECT_EQ(calls_of(tree), "go.sh:2 ps web\nmanage.sh:1 \nmanage.sh:6 stop\n");
}

TEST(SourceGraph, EndsWhereFilesSourceEachOther) {
  Tree tree;
  tree.file("/w/a.sh", "d='docker compose'\n. ./b.sh\n$d stop a\n");
  tree.file("/w/b.sh", ". ./a.sh\n$d stop b\n");
  EXPECT_EQ(calls_of(tree), "a.sh:3 stop a\nb.sh:2 stop b\n");
}

}  // namespace
}  // namespace composelint::engine
