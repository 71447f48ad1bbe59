// Each control structure of the shell: whether one step ran when another is reached, and what
// becomes of its exit status; in functions, in files that are sourced and in scripts that are
// called.
#include <composelint/timeline.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "analyzer/shell/parser.h"
#include "analyzer/timeline/build.h"
#include "tests/timeline/calls_in.h"

namespace composelint::timeline {
namespace {

constexpr const char* kMain = "/repo/m.sh";

struct Walked {
  std::map<std::string, std::unique_ptr<SourceFile>> files;
  std::map<std::string, hosts::HostFile> scripts;
  Timeline timeline;
};

// `child` is /repo/c.sh.
Walked walk(const std::string& text, const std::string& child) {
  Walked out;
  for (const auto& [path, bytes] :
       std::map<std::string, std::string>{{kMain, text}, {"/repo/c.sh", child}}) {
    out.files[path] = std::make_unique<SourceFile>(path, bytes);
    out.scripts[path] =
        hosts::script_host(std::move(*shell::parse_script(shell::whole_file(*out.files[path]))));
  }
  BuildRequest request{
      out.scripts.at(kMain).tasks.data(), out.files.at(kMain).get(), kMain, "/repo", {}, {}};
  request.open = [&](const std::string& path) {
    const auto found = out.scripts.find(path);
    return found == out.scripts.end() ? nullptr
                                      : &found->second.tasks.front().blocks.front()->script;
  };
  out.timeline =
      build(request, [](const ComposeInvocation&, const calls::CallSite&) { return Target{}; });
  return out;
}

std::size_t index_of(const Timeline& timeline, const std::string& program) {
  for (std::size_t i = 0; i < timeline.steps.size(); ++i) {
    const auto& argv = timeline.steps[i].argv;
    if (!argv.empty() && argv.front().text == program) return i;
  }
  ADD_FAILURE() << "no step " << program;
  return 0;
}

std::string reach(const Timeline& timeline) {
  switch (timeline.reach(index_of(timeline, "a"), index_of(timeline, "b"))) {
    case Reach::kNever: return "never";
    case Reach::kMaybe: return "maybe";
    case Reach::kAlways: return "always";
  }
  return "?";
}

std::string status(const Timeline& timeline) {
  switch (timeline.steps[index_of(timeline, "a")].status) {
    case StatusUse::kStops: return "stops";
    case StatusUse::kDecides: return "decides";
    case StatusUse::kUnchecked: return "unchecked";
    case StatusUse::kDiscarded: return "discarded";
    case StatusUse::kMasked: return "masked";
  }
  return "?";
}

struct Row {
  const char* text;
  const char* reach;   // of `a`, seen from `b`
  const char* status;  // of `a`
  const char* child = "";
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    const Walked walked = walk(row.text, row.child);
    EXPECT_EQ(reach(walked.timeline), row.reach) << row.text << "\n" << row.child;
    EXPECT_EQ(status(walked.timeline), row.status) << row.text << "\n" << row.child;
  }
}

TEST(Control, Lists) {
  check({
      {"a; b", "always", "unchecked"},
      {"set -e; a; b", "always", "stops"},
      {"a && b", "always", "decides"},
      {"a || b", "always", "decides"},
      {"a || exit 1; b", "always", "stops"},
      {"a || { echo no; exit 1; }; b", "always", "stops"},
      {"a || echo no; b", "always", "discarded"},
      {"a || true; b", "always", "discarded"},
      {"! a; b", "always", "discarded"},
      {"x && a; b", "maybe", "unchecked"},
      {"x && { a; exit; }; b", "never", "unchecked"},
      {"x || { a; exit 1; }; b", "never", "unchecked"},
      {"a & b", "always", "discarded"},
      {"{ a; x; } & b", "always", "unchecked"},
      {"a | x; b", "always", "masked"},
      {"x | a; b", "always", "unchecked"},
      {"set -e; { a; x; } | y; b", "always", "masked"},
      {"set -eo pipefail; { a; x; } | y; b", "always", "stops"},
      {"(a); b", "always", "unchecked"},
      {"(set -e; a; x) || echo no; b", "always", "unchecked"},
      {"set -e; (a; x); b", "always", "stops"},
      {"v=$(a); b", "always", "unchecked"},
      {"set -e; v=$(a); b", "always", "stops"},
      {"set -e; export v=$(a); b", "always", "unchecked"},
  });
}

TEST(Control, Conditions) {
  check({
      {"if a; then x; fi; b", "always", "decides"},
      {"if ! a; then exit 1; fi; b", "always", "decides"},
      {"if ! a; then echo no; fi; b", "always", "discarded"},
      {"if x; then a; fi; b", "maybe", "unchecked"},
      {"if x; then a; exit; fi; b", "never", "unchecked"},
      {"if x; then y; else a; fi; b", "maybe", "unchecked"},
      {"if x; then a; else exit 1; fi; b", "always", "unchecked"},
      {"if x; then a; elif y; then exit; else exit 1; fi; b", "always", "unchecked"},
      {"if x; then a; else b; fi", "never", "stops"},
      {"case $1 in x) a;; *) exit 1;; esac; b", "always", "unchecked"},
      {"case $1 in x) a;; y) exit 1;; esac; b", "maybe", "unchecked"},
      {"case $1 in x) a; exit;; esac; b", "never", "unchecked"},
      {"case $(a) in x) y;; esac; b", "always", "unchecked"},
      {"[ -f x ] || a; b", "maybe", "unchecked"},
      {"set -e; x && a; b", "maybe", "stops"},
  });
}

TEST(Control, Loops) {
  check({
      {"while ! a; do sleep 1; done; b", "always", "decides"},
      {"until a; do sleep 1; done; b", "always", "decides"},
      {"while x; do a; done; b", "maybe", "unchecked"},
      {"set -e; while x; do a; done; b", "maybe", "stops"},
      {"for i in 1 2 3; do a; done; b", "always", "unchecked"},
      {"for i in 1 2 3; do a && break; done; b", "always", "decides"},
      {"for i in 1 2 3; do a || continue; done; b", "always", "decides"},
      {"for i in 1 2 3; do x && continue; a; done; b", "maybe", "unchecked"},
      {"for i in $l; do a; done; b", "maybe", "unchecked"},
      {"for ((i = 0; i < 3; i++)); do a; done; b", "maybe", "unchecked"},
      {"select s in x y; do a; done; b", "maybe", "unchecked"},
      {"select s in x y; do a; break; done; b", "maybe", "unchecked"},
  });
}

TEST(Control, StatusAskedForNext) {
  check({
      {"a; if [ $? -ne 0 ]; then exit 1; fi; b", "always", "stops"},
      {"a; if [ \"$?\" != \"0\" ]; then echo no; exit 1; fi; b", "always", "stops"},
      {"a; if [[ $? -eq 0 ]]; then x; else exit 1; fi; b", "always", "stops"},
      {"a; if [ $? -eq 0 ]; then x; fi; b", "always", "unchecked"},
      {"a; if [ $? -ne 0 ]; then echo no; fi; b", "always", "unchecked"},
      {"a; if [ $? -eq 1 ]; then exit 1; fi; b", "always", "unchecked"},
      {"a; [ $? -eq 0 ] || exit 1; b", "always", "stops"},
      {"a; [ $? -ne 0 ] && exit 1; b", "always", "stops"},
      {"a; (( $? )) && { echo no; exit 1; }; b", "always", "stops"},
      {"die() { echo no; exit 1; }\na; [ $? -eq 0 ] || die; b", "always", "stops"},
      {"a; rc=$?; if [ $rc -ne 0 ]; then exit $rc; fi; b", "always", "stops"},
      {"a; rc=$?; echo \"$rc\"; if [ \"${rc}\" -gt 0 ]; then exit 1; fi; b", "always", "stops"},
      {"a; rc=$?; x; if [ $rc -ne 0 ]; then exit 1; fi; b", "always", "unchecked"},
      {"if x; then a; else y; fi; rc=$?; [ $rc -eq 0 ] || exit $rc; b", "maybe", "stops"},
      {"for i in 1 2; do a; done; [ $? -eq 0 ] || exit 1; b", "always", "unchecked"},
      {"a; x; if [ $? -ne 0 ]; then exit 1; fi; b", "always", "unchecked"},
      {"run() { \"$@\"; local s=$?; if [[ $s -ne 0 ]]; then exit $s; fi; }\nrun a; b", "always",
       "stops"},
      {"run() { \"$@\"; [ $? -eq 0 ] || return 1; x; }\nrun a; b", "always", "unchecked"},
      {"run() { \"$@\"; [ $? -eq 0 ] || return 1; x; }\nrun a || exit 1; b", "always", "stops"},
  });
}

TEST(Control, Functions) {
  check({
      {"f() { a; }\nf; b", "always", "unchecked"},
      {"f() { a; }\nset -e; f; b", "always", "stops"},
      {"f() { a; }\nf || exit 1; b", "always", "stops"},
      {"f() { a; x; }\nset -e; f; b", "always", "stops"},
      {"f() { a; x; }\nset -e; f || true; b", "always", "unchecked"},
      // What `return` hands on is the business of the call.
      {"f() { a || return; x; }\nf; b", "always", "unchecked"},
      {"f() { a || return 1; x; }\nf; b", "always", "unchecked"},
      {"f() { a || { echo no; return 1; }; x; }\nf; b", "always", "unchecked"},
      {"f() { a || return 1; x; }\nf || exit 1; b", "always", "stops"},
      {"f() { a || return 1; x; }\nf || echo no; b", "always", "discarded"},
      {"f() { a || return 1; x; }\nif f; then y; fi; b", "always", "decides"},
      {"f() { a || return 1; x; }\nset -e; f; b", "always", "stops"},
      {"f() { a || return 0; x; }\nset -e; f; b", "always", "discarded"},
      {"f() { x || return 1; a; }\nf; b", "maybe", "unchecked"},
      {"f() { x || { echo no; return 1; }; a; }\nf; b", "maybe", "unchecked"},
      {"f() { if x; then return; fi; a; }\nf; b", "maybe", "unchecked"},
      {"f() { if x; then a; return; fi; y; }\nf; b", "maybe", "unchecked"},
      {"f() { if x; then exit 1; fi; a; }\nf; b", "always", "unchecked"},
      {"f() { if x; then a; exit; fi; }\nf; b", "never", "unchecked"},
      {"die() { exit 1; }\na || die; b", "always", "stops"},
      {"f() ( x || exit 1; a; )\nf; b", "maybe", "unchecked"},
  });
}

// Whoever goes on behind it has left it before its end.
TEST(Control, FunctionsThatMayExit) {
  check_rows({
      {"f() { if [ -f x ]; then return 0; fi; exit 1; }\nf\ndocker compose stop a", "stop a"},
      {"f() { [ -f x ] && return; die; }\ndie() { exit 1; }\nf\ndocker compose stop a", "stop a"},
      {"f() { case $1 in a) return 0 ;; esac; exit 1; }\nf $x\ndocker compose stop a", "stop a"},
      {"f() { for i in 1 2 3; do curl x && return 0; done; exit 1; }\nf\ndocker compose stop a",
       "stop a"},
      {"f() { while true; do curl x && return; done; exit 1; }\nif f; then docker compose stop a; "
       "fi",
       "stop a"},
      {"f() { if a; then S=web; return; fi; S=db; exit 1; }\nf\ndocker compose stop $S",
       "stop web"},
      {"f() { (a && return); exit 1; }\nf\ndocker compose stop a", ""},
      {"f() { a | b && exit 1; exit 1; }\nf\ndocker compose stop a", ""},
      {"g() { a && return; b; }\nf() { g; exit 1; }\nf\ndocker compose stop a", ""},
  });
}

TEST(Control, Traps) {
  check({
      {"trap a EXIT; b", "never", "unchecked"},
      {"trap b EXIT; a", "always", "stops"},
      {"f() { trap b EXIT; }\nf; a; x", "always", "unchecked"},
      {"trap b EXIT; x || exit 1; a", "maybe", "stops"},
      {"trap b ERR; a", "always", "stops"},
      {"(trap a EXIT; x); b", "always", "unchecked"},
      {"c() { a; }\n(trap c EXIT; x); b", "always", "unchecked"},
  });
}

TEST(Control, OtherFiles) {
  check({
      {". ./c.sh; b", "always", "unchecked", "a"},
      {". ./c.sh || exit 1; b", "always", "stops", "a"},
      {". ./c.sh; b", "maybe", "unchecked", "x || return; a"},
      {". ./c.sh; b", "always", "unchecked", "x || exit 1; a"},
      {"set -e; . ./c.sh; b", "always", "stops", "a || return 1; x"},
      {"./c.sh; b", "always", "unchecked", "a"},
      {"./c.sh; b", "always", "unchecked", "set -e\na\nx"},
      {"./c.sh; b", "always", "unchecked", "a || exit 1\nx"},
      {"./c.sh; b", "maybe", "unchecked", "x || exit 1\na"},
      {"set -e; ./c.sh; b", "always", "stops", "set -e\na\nx"},
      {"set -e; ./c.sh; b", "always", "unchecked", "a\nx"},
      {"set -e; ./c.sh; b", "always", "stops", "x || exit 1\na"},
      {"set -e; ./c.sh; b", "maybe", "stops", "x || exit 0\na"},
      {"set -e; ./c.sh; b", "always", "discarded", "a || exit 0\nx"},
      // The call's failure stops nothing, and neither does what made it fail.
      {"set -e; ./c.sh || echo failed; b", "always", "discarded", "set -e\na\nx"},
      {"./c.sh || echo failed; b", "always", "discarded", "a || exit 1\nx"},
      {"./c.sh || exit 1; b", "always", "stops", "set -e\na\nx"},
      {"./c.sh || exit 1; b", "always", "unchecked", "a\nx"},
      {"if ./c.sh; then x; fi; b", "always", "decides", "set -e\na\nx"},
      {"./c.sh && b", "always", "decides", "set -e\na\nx"},
      {"./c.sh | x; b", "always", "masked", "set -e\na\nx"},
      {"./c.sh & b", "always", "discarded", "set -e\na\nx"},
      {"bash -ec 'a; x' || echo no; b", "always", "discarded"},
      {"set -e; bash -c 'a; x'; b", "always", "unchecked"},
      {"set -e; bash -ec 'a; x'; b", "always", "stops"},
      {"set -e; ssh h 'a; x'; b", "always", "unchecked"},
      {"set -e; ssh h 'set -e; a; x'; b", "always", "stops"},
  });
}

}  // namespace
}  // namespace composelint::timeline
