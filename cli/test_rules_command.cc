#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analyzer/engine/custom_examples.h"
#include "analyzer/text/disk_file_system.h"
#include "cli/commands.h"
#include "cli/configured_rules.h"
#include "cli/console.h"

namespace composelint::cli {

namespace {

std::string line_of(const engine::ExampleTrial& trial) {
  if (trial.number == 0) return fmt::format("{}: has no examples\n", trial.rule);
  std::string verdict;
  if (!trial.unsafe_fires) verdict = "nothing is reported in `unsafe`";
  if (trial.safe_fires) {
    verdict += (verdict.empty() ? "" : ", and ") + std::string("`safe` is reported");
  }
  return fmt::format("{}: example {}: {}\n", trial.rule, trial.number,
                     verdict.empty() ? "ok" : verdict);
}

std::string summary(const std::vector<engine::ExampleTrial>& trials) {
  std::set<std::string> rules;
  for (const engine::ExampleTrial& trial : trials) rules.insert(trial.rule);
  const auto examples = std::count_if(trials.begin(), trials.end(),
                                      [](const auto& trial) { return trial.number != 0; });
  const auto failed = std::count_if(trials.begin(), trials.end(),
                                    [](const auto& trial) { return !trial.passed(); });
  return fmt::format("{} rule{}, {} example{}, {} wrong\n", rules.size(),
                     rules.size() == 1 ? "" : "s", examples, examples == 1 ? "" : "s", failed);
}

}  // namespace

ExitCode test_rules_command(const Words& words) {
  const auto parsed = parse_test_rules(words);
  if (const Answer* answer = std::get_if<Answer>(&parsed)) return show(*answer);
  const TestRulesOptions& options = *std::get_if<TestRulesOptions>(&parsed);
  const auto directory = working_directory();
  if (!directory) return complain(directory.failure().message);
  const text::DiskFileSystem files;
  const engine::CustomTrials tried = engine::try_examples(
      *directory, {options.config.file, options.config.none}, files, all_rules());
  if (tell_trouble(tried.outcome.run)) return ExitCode::kTrouble;
  if (tried.trials.empty()) return complain("the configuration has no custom rules");
  std::string text;
  bool passed = true;
  for (const engine::ExampleTrial& trial : tried.trials) {
    text += line_of(trial);
    passed &= trial.passed();
  }
  const auto trouble = write_output(std::nullopt, text + summary(tried.trials));
  if (trouble) return complain(trouble->message);
  return passed ? ExitCode::kClean : ExitCode::kFindings;
}

}  // namespace composelint::cli
