#include <algorithm>
#include <functional>
#include <utility>

#include "analyzer/engine/check.h"
#include "analyzer/report/reports.h"
#include "analyzer/text/disk_file_system.h"
#include "cli/baseline.h"
#include "cli/check_fix.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/rule_words.h"
#include "cli/verdict.h"

namespace composelint::cli {

namespace {

// Takes "-" out of the paths; reads standard input where it, or a name for it alone, was given.
MaybeFailure add_standard_input(const CheckOptions& options, engine::CheckRequest& request) {
  const auto dashes = std::remove(request.paths.begin(), request.paths.end(), "-");
  const bool asked = dashes != request.paths.end();
  request.paths.erase(dashes, request.paths.end());
  if (!asked && !(options.stdin_filename && request.paths.empty())) return std::nullopt;
  Result<std::string> text = read_standard_input();
  if (!text) return text.failure();
  request.stdin_text = std::move(*text);
  request.stdin_filename = options.stdin_filename.value_or("<stdin>");
  return std::nullopt;
}

std::string render(const engine::Outcome& outcome, const CheckOptions& options) {
  const Run& run = outcome.run;
  report::Options shown;
  shown.fold = !options.show_repeated;
  shown.show_suppressed = options.show_suppressed;
  shown.stats = options.stats;
  if (options.list_files) {
    return options.format == Format::kJson ? report::files_json(run) : report::files_text(run);
  }
  switch (options.format) {
    case Format::kJson: return report::json_report(run, shown);
    case Format::kSarif: return report::sarif_report(run, outcome.rules, shown);
    case Format::kText:
    case Format::kMarkdown: break;
  }
  shown.colour = wants_colour(options.colour, options.output.has_value());
  return report::text_report(run, shown);
}

ExitCode report_run(const engine::Outcome& outcome, const CheckOptions& options) {
  const Run& run = outcome.run;
  if (const auto trouble = write_output(options.output, render(outcome, options))) {
    return complain(trouble->message);
  }
  if (options.list_files) return verdict(run, std::nullopt);
  if (options.stats && options.format != Format::kJson) say(report::stats_text(run));
  return verdict(run, fail_level(options.fail_on, outcome));
}

ExitCode fix_files(const engine::CheckRequest& request, const CheckOptions& options,
                   const std::function<void(Run&)>& filter) {
  if (request.stdin_text) return complain("--fix changes files, and standard input is none");
  return check_and_fix(request, options, filter, [&](const engine::Outcome& outcome) {
    return report_run(outcome, options);
  });
}

ExitCode only_check(const engine::CheckRequest& request, const CheckOptions& options,
                    const std::function<void(Run&)>& filter) {
  const text::DiskFileSystem files;
  engine::Outcome outcome = engine::check(request, files, all_rules());
  if (const std::string wrong = wrong_choice(options, outcome.rules); !wrong.empty()) {
    return complain(wrong);
  }
  if (options.write_baseline) {
    return write_baseline(outcome.run, *options.write_baseline, request.working_directory);
  }
  if (filter) filter(outcome.run);
  return report_run(outcome, options);
}

}  // namespace

ExitCode check_command(const Words& words) {
  const auto parsed = parse_check(words);
  if (const Answer* answer = std::get_if<Answer>(&parsed)) return show(*answer);
  const CheckOptions& options = *std::get_if<CheckOptions>(&parsed);
  const auto directory = working_directory();
  if (!directory) return complain(directory.failure().message);
  engine::CheckRequest request;
  request.paths = options.paths;
  request.context = options.context;
  request.working_directory = *directory;
  request.today = today();
  request.inline_comments = !options.no_inline;
  request.config = {options.config.file, options.config.none};
  request.rules = {options.select, options.ignore};
  if (const auto trouble = add_standard_input(options, request)) return complain(trouble->message);
  if (request.paths.empty() && !request.stdin_text) request.paths = {"."};
  std::function<void(Run&)> filter;
  if (options.baseline) {
    auto known = baseline_filter(*options.baseline, *directory, request.rules);
    if (!known) return complain(known.failure().message);
    filter = std::move(*known);
  }
  return options.fix ? fix_files(request, options, filter) : only_check(request, options, filter);
}

}  // namespace composelint::cli
