// fixtures/hosts/<host>/<case>/ holds files of a workspace; expected.txt lists the compose calls
// that are seen in them, and how.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "tests/engine/tree.h"
#include "tests/rules/fixture.h"

namespace composelint {
namespace {

namespace fs = std::filesystem;

const std::string kRoot = std::string(COMPOSELINT_SOURCE_DIR) + "/fixtures/hosts/";

struct Case {
  std::string host;
  std::string name;
};

// GoogleTest finds it by this name.
void PrintTo(const Case& test, std::ostream* out) {
  *out << test.host << "/" << test.name;
}

std::vector<Case> cases() {
  std::vector<Case> out;
  for (const std::string& host : fixture::entries(kRoot, false)) {
    for (const std::string& name : fixture::entries(kRoot + host, false)) {
      out.push_back({host, name});
    }
  }
  return out;
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\r';
    if (!blank) out += c;
    if (blank && !out.ends_with(' ')) out += ' ';
  }
  return out;
}

std::string context_name(Context context) {
  switch (context) {
    case Context::kOps: return "ops";
    case Context::kDev: return "dev";
    case Context::kCi: return "ci";
    case Context::kDocs: return "docs";
  }
  return "?";
}

// The way on which nothing before it has failed is no condition of its own.
bool conditional(const Step& step, const engine::Outcome& outcome) {
  for (const ScriptRecord& script : outcome.run.scripts) {
    const Timeline& timeline = *script.timeline;
    const bool holds = !timeline.steps.empty() && &step >= &timeline.steps.front() &&
                       &step <= &timeline.steps.back();
    if (!holds) continue;
    return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& one) {
      const Branch& branch = timeline.branches[one.branch];
      return branch.kind != BranchKind::kLeft || branch.span;
    });
  }
  return !step.conditions.empty();
}

std::string described(const CallRecord& record, const engine::Outcome& outcome) {
  const Step& step = *record.step;
  const ComposeInvocation& call = *step.call;
  const SourceFile& file = *call.span.file;
  const Position at = file.position(call.span.begin, ColumnUnit::kUtf8Byte);
  std::string out = file.path() + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
  out += "  " + one_line(call.span.text()) + "\n    " + (call.verb.empty() ? "?" : call.verb);
  for (const Argument& service : call.services) out += " " + (service.known() ? service.text : "?");
  out += " | " + context_name(record.context);
  if (step.errexit) out += " errexit";
  if (step.pipefail) out += " pipefail";
  if (conditional(step, outcome)) out += " maybe";
  if (step.status == StatusUse::kDiscarded) out += " discarded";
  if (step.place == Place::kRemote) out += " on " + one_line(step.place_name);
  out += " | in " + step.directory.value_or("?");
  const Project* project = call.target.project;
  out += " | " + (project != nullptr ? project->name.value : "? " + call.target.why_unknown) + "\n";
  return out;
}

std::string listing(const std::string& directory) {
  engine::Tree tree;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    const std::string name = entry.path().lexically_relative(directory).string();
    if (entry.is_regular_file() && name != "expected.txt") {
      tree.file("/project/" + name, fixture::read(entry.path().string()));
    }
  }
  engine::CheckRequest request;
  request.paths = {"."};
  request.working_directory = "/project";
  const engine::Outcome outcome = engine::check(request, tree, {});
  std::string out;
  for (const CallRecord& record : outcome.run.calls) out += described(record, outcome);
  for (const Notification& notification : outcome.run.notifications) {
    out += notification.path + ": " + notification.message + "\n";
  }
  return out;
}

class HostFixture : public testing::TestWithParam<Case> {};

TEST_P(HostFixture, ShowsTheCallsThatAreExpected) {
  const std::string directory = kRoot + GetParam().host + "/" + GetParam().name;
  fixture::expect_golden(directory + "/expected.txt", listing(directory));
}

INSTANTIATE_TEST_SUITE_P(Hosts, HostFixture, testing::ValuesIn(cases()), [](const auto& test) {
  std::string name = test.param.host + "_" + test.param.name;
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
});

}  // namespace
}  // namespace composelint
