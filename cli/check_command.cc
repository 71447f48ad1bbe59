#include <algorithm>

#include "analyzer/engine/check.h"
#include "analyzer/report/reports.h"
#include "analyzer/text/disk_file_system.h"
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

// The command line, else the configuration, else warnings; nothing: never.
std::optional<Severity> fail_on(const CheckOptions& options, const engine::Outcome& outcome) {
  const Severity level = options.fail_on.value_or(outcome.fail_on.value_or(Severity::kWarning));
  return level == Severity::kOff ? std::nullopt : std::optional(level);
}

// Rules of a configuration are known once it has been read.
std::string wrong_choice(const CheckOptions& options, const engine::Outcome& outcome) {
  std::string wrong = unknown_rules("--select", options.select, outcome.rules);
  return wrong.empty() ? unknown_rules("--ignore", options.ignore, outcome.rules) : wrong;
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
  request.config = {options.config.file, options.config.none};
  request.rules = {options.select, options.ignore};
  if (const auto trouble = add_standard_input(options, request)) return complain(trouble->message);
  if (request.paths.empty() && !request.stdin_text) request.paths = {"."};
  const text::DiskFileSystem files;
  const engine::Outcome outcome = engine::check(request, files, all_rules());
  if (const std::string wrong = wrong_choice(options, outcome); !wrong.empty()) {
    return complain(wrong);
  }
  if (const auto trouble = write_output(options.output, render(outcome, options))) {
    return complain(trouble->message);
  }
  if (options.list_files) return verdict(outcome.run, std::nullopt);
  if (options.stats && options.format != Format::kJson) say(report::stats_text(outcome.run));
  return verdict(outcome.run, fail_on(options, outcome));
}

}  // namespace composelint::cli
