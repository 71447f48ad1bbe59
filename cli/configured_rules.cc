#include "cli/configured_rules.h"

#include <fmt/format.h>

#include <utility>

#include "analyzer/text/disk_file_system.h"
#include "cli/console.h"

namespace composelint::cli {

namespace {

std::string told(const Notification& trouble) {
  if (trouble.path.empty()) return trouble.message;
  if (!trouble.span) return fmt::format("{}: {}", trouble.path, trouble.message);
  const Position at = trouble.span.file->position(trouble.span.begin, ColumnUnit::kCodePoint);
  return fmt::format("{}:{}:{}: {}", trouble.path, at.line, at.column, trouble.message);
}

}  // namespace

bool tell_trouble(const Run& run) {
  bool any = false;
  for (const Notification& trouble : run.notifications) {
    if (trouble.severity != Severity::kError) continue;
    complain(told(trouble));
    any = true;
  }
  return any;
}

Result<engine::Outcome> configured_rules(const ConfigFileOptions& config) {
  auto directory = working_directory();
  if (!directory) return directory.failure();
  const text::DiskFileSystem files;
  engine::CheckRequest request;
  request.working_directory = *directory;
  request.config = {config.file, config.none};
  engine::Outcome outcome = engine::check(request, files, all_rules());
  tell_trouble(outcome.run);
  return outcome;
}

}  // namespace composelint::cli
