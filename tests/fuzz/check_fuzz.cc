// engine/check and engine/fix, every rule and every report: any bytes as any file that is looked
// at.
#include <array>
#include <nlohmann/json.hpp>

#include "analyzer/engine/fix.h"
#include "analyzer/report/reports.h"
#include "tests/engine/tree.h"
#include "tests/fuzz/target.h"

namespace composelint::fuzz {
namespace {

constexpr std::array<std::string_view, 18> kNames = {"*.sh",
                                                     "Makefile",
                                                     "*.mk",
                                                     "compose.yaml",
                                                     "docker-compose.yml",
                                                     "package.json",
                                                     "justfile",
                                                     "Taskfile.yml",
                                                     "Dockerfile",
                                                     "crontab",
                                                     ".gitlab-ci.yml",
                                                     "*.service",
                                                     "README.md",
                                                     "*.cron",
                                                     "mise.toml",
                                                     ".drone.yml",
                                                     "workflow.yml",
                                                     ".composelint.yaml"};

std::string path_of(const std::string& name) {
  const std::string plain = name.starts_with("*") ? "file" + name.substr(1) : name;
  return plain == "workflow.yml" ? "/project/.github/workflows/" + plain : "/project/" + plain;
}

// A small stack that scripts can be about.
constexpr std::string_view kCompose = R"(services:
  app:
    image: shop/app:1
    depends_on: [db]
  db:
    image: postgres:16
    volumes: [data:/var/lib/postgresql/data]
volumes: {data: {}}
)";

void look(const Run& run) {
  for (const Finding& finding : run.findings) {
    require_inside(finding.span, finding.rule);
    require(!finding.message.empty(), "a finding has a message", finding.rule);
    for (const Related& related : finding.related) require_inside(related.span, finding.rule);
  }
  for (const Notification& notification : run.notifications) {
    require_inside(notification.span, notification.message);
  }
}

void report_all(const engine::Outcome& outcome) {
  const report::Options options;
  (void)report::text_report(outcome.run, options);
  (void)report::calls_text(outcome.run);
  (void)report::trace_text(outcome.run.scripts, options);
  for (const std::string& text :
       {report::json_report(outcome.run, options), report::calls_json(outcome.run),
        report::sarif_report(outcome.run, outcome.rules, options),
        report::trace_json(outcome.run.scripts)}) {
    require(nlohmann::json::accept(text), "a report is JSON", text.substr(0, 200));
  }
}

}  // namespace

std::span<const std::string_view> names() {
  return kNames;
}

void try_one(const Input& input) {
  engine::Tree tree;
  const std::string path = path_of(input.name);
  tree.file("/project/.git/HEAD", "ref: refs/heads/main\n");
  if (path != "/project/compose.yaml" && path != "/project/docker-compose.yml") {
    tree.file("/project/compose.yaml", std::string(kCompose));
  }
  tree.file(path, std::string(input.text));

  engine::CheckRequest request;
  request.paths = {"."};
  request.working_directory = "/project";
  request.today = "2026-01-31";
  request.rules.select = {"*"};
  engine::FixOutcome outcome =
      engine::fix(request, tree, all_rules(), {FixSafety::kUnsafe, nullptr});
  look(outcome.before.run);
  report_all(outcome.before);
  if (outcome.passes > 0) look(outcome.after.run);
}

}  // namespace composelint::fuzz
