#include "cli/baseline.h"

#include <fmt/format.h>

#include <utility>

#include "analyzer/engine/baseline.h"
#include "analyzer/text/disk_file_system.h"
#include "analyzer/text/path.h"
#include "cli/console.h"
#include "cli/verdict.h"

namespace composelint::cli {

namespace {

constexpr std::size_t kMostTold = 10;

engine::BaselinePlace place_of(const std::string& path, const std::string& working_directory) {
  return {text::directory_of(text::join_path(working_directory, path)), working_directory};
}

// Of rules that were not run nobody knows.
void tell_gone(const engine::Baseline& gone, const engine::RuleChoice& choice,
               const std::string& path, Run& run) {
  std::size_t told = 0;
  for (const auto& [entry, count] : gone) {
    if (!choice.allows(entry.rule)) continue;
    if (++told > kMostTold) continue;
    const std::string often = count == 1 ? "" : fmt::format(" ({} times)", count);
    run.notifications.push_back(
        {Severity::kNote,
         path,
         {},
         fmt::format("{} has {} in {}{}, which is no longer found; --write-baseline drops it", path,
                     entry.rule, entry.path.empty() ? "the project" : entry.path, often)});
  }
  if (told <= kMostTold) return;
  run.notifications.push_back(
      {Severity::kNote, path, {}, fmt::format("and {} more of {}", told - kMostTold, path)});
}

}  // namespace

Result<std::function<void(Run&)>> baseline_filter(const std::string& path,
                                                  const std::string& working_directory,
                                                  engine::RuleChoice choice) {
  Result<std::string> bytes = text::DiskFileSystem().read(path);
  if (!bytes) return bytes.failure();
  const SourceFile file(path, std::move(*bytes));
  Result<engine::Baseline> baseline = engine::read_baseline(file);
  if (!baseline) {
    Failure failure = baseline.failure();
    const std::uint32_t line = failure.span ? file.line_of(failure.span.begin) : 1;
    failure.message = fmt::format("{}:{}: {}", path, line, failure.message);
    failure.span = {};
    return failure;
  }
  return std::function<void(Run&)>([known = std::move(*baseline),
                                    place = place_of(path, working_directory), path,
                                    choice = std::move(choice)](Run& run) {
    const text::DiskFileSystem files;
    tell_gone(engine::apply_baseline(known, place, files, run), choice, path, run);
  });
}

ExitCode write_baseline(const Run& run, const std::string& path,
                        const std::string& working_directory) {
  const engine::Baseline baseline = engine::baseline_of(run, place_of(path, working_directory));
  if (const auto trouble = write_output(path, engine::baseline_text(baseline))) {
    return complain(trouble->message);
  }
  // What could not be read is not in it.
  for (const Notification& trouble : run.notifications) {
    if (trouble.severity != Severity::kError) continue;
    complain(trouble.path.empty() ? trouble.message : trouble.path + ": " + trouble.message);
  }
  const std::size_t count = run.findings.size();
  say(fmt::format("wrote {} finding{} to {}\n", count, count == 1 ? "" : "s", path));
  return verdict(run, std::nullopt);
}

}  // namespace composelint::cli
