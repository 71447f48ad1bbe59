#include "tests/timeline/calls_in.h"

#include <composelint/timeline.h>
#include <gtest/gtest.h>

#include "analyzer/shell/parser.h"
#include "analyzer/timeline/build.h"

namespace composelint::timeline {

namespace {

std::string place_of(const Step& step) {
  switch (step.place) {
    case Place::kHost: return "";
    case Place::kRemote: return "@" + step.place_name + " ";
    case Place::kContainer: return "in " + step.place_name + " ";
  }
  return "?";
}

}  // namespace

std::string calls_in(const std::string& text) {
  const SourceFile file("ops/x.sh", text);
  auto script = shell::parse_script(shell::whole_file(file));
  EXPECT_TRUE(script.ok()) << text;
  if (!script) return "refused";
  const hosts::HostFile host = hosts::script_host(std::move(*script));
  const Timeline timeline =
      build({host.tasks.data(), &file, "/repo/ops/x.sh", "/repo", {}, {}},
            [](const ComposeInvocation&, const calls::CallSite&) { return Target{}; });
  std::string out;
  for (const Step& step : timeline.steps) {
    if (!step.call) continue;
    const auto shown = [](const Argument& word) { return word.text.empty() ? "*" : word.text; };
    if (!out.empty()) out += "\n";
    out += place_of(step) + (step.call->verb.empty() ? "?" : step.call->verb);
    for (const Argument& service : step.call->services) out += " " + shown(service);
    if (step.call->services.empty() && !step.call->operands.empty()) {
      out += " " + shown(step.call->operands.front());
    }
  }
  return out;
}

void check_rows(const std::vector<Row>& rows) {
  for (const Row& row : rows) EXPECT_EQ(calls_in(row.text), row.calls) << row.text;
}

}  // namespace composelint::timeline
