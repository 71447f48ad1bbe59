#include "cli/check_fix.h"

#include <fmt/format.h>

#include "analyzer/engine/fix.h"
#include "analyzer/report/reports.h"
#include "analyzer/report/unified_diff.h"
#include "analyzer/text/disk_file_system.h"
#include "cli/console.h"
#include "cli/replace_file.h"
#include "cli/verdict.h"

namespace composelint::cli {

namespace {

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

ExitCode show_diff(engine::FixOutcome& outcome, const CheckOptions& options) {
  std::string diff;
  for (const engine::ChangedFile& file : outcome.changed) {
    diff += report::unified_diff(file.shown, file.before, file.after);
  }
  if (const auto trouble = write_output(options.output, diff)) return complain(trouble->message);
  for (const Notification& trouble : outcome.left().run.notifications) {
    if (trouble.severity < Severity::kWarning) continue;
    complain(trouble.path.empty() ? trouble.message : trouble.path + ": " + trouble.message);
  }
  say(fmt::format("would fix {} in {}; {} would be left\n", counted(outcome.fixed, "finding"),
                  counted(outcome.changed.size(), "file"),
                  counted(outcome.left().run.findings.size(), "finding")));
  // Nothing was written: what is wrong still is.
  return verdict(outcome.before.run, options.fail_on);
}

// Whether all of them are.
bool write_all(const std::vector<engine::ChangedFile>& files) {
  bool good = true;
  for (const engine::ChangedFile& file : files) {
    const auto trouble = replace_file(file.path, file.before, file.after);
    if (!trouble) continue;
    complain(trouble->message);
    good = false;
  }
  return good;
}

}  // namespace

ExitCode check_and_fix(const engine::CheckRequest& request, const CheckOptions& options,
                       const std::function<void(Run&)>& filter, const Render& render) {
  const text::DiskFileSystem files;
  const FixSafety most = options.unsafe_fixes ? FixSafety::kUnsafe : FixSafety::kSafe;
  engine::FixOutcome outcome = engine::fix(request, files, all_rules(), {most, filter});
  if (options.diff) return show_diff(outcome, options);
  if (!write_all(outcome.changed)) {
    // Some are fixed and some are not: only the disk knows.
    engine::Outcome now = engine::check(request, files, all_rules());
    if (filter) filter(now.run);
    render(now);
    return ExitCode::kTrouble;
  }
  const ExitCode code = render(outcome.left());
  say(fmt::format("fixed {} in {}\n", counted(outcome.fixed, "finding"),
                  counted(outcome.changed.size(), "file")));
  return code;
}

}  // namespace composelint::cli
