#include <filesystem>
#include <system_error>

#include "analyzer/report/config_schema.h"
#include "analyzer/report/reports.h"
#include "analyzer/text/disk_file_system.h"
#include "cli/commands.h"
#include "cli/console.h"

namespace composelint::cli {

namespace {

// Leaves a file alone that already says the same: its time tells builds what has changed.
MaybeFailure renew(const std::string& path, const std::string& text) {
  const auto old = text::DiskFileSystem().read(path);
  if (old && *old == text) return std::nullopt;
  return write_output(path, text);
}

MaybeFailure renew_readme(const std::string& path) {
  const auto old = text::DiskFileSystem().read(path);
  if (!old) return old.failure();
  const auto text = report::with_rules_table(*old, all_rules(), "docs/rules/");
  if (!text) return Failure{text.failure().code, path + ": " + text.failure().message, {}};
  return renew(path, *text);
}

MaybeFailure renew_configuration(const std::string& path) {
  const auto old = text::DiskFileSystem().read(path);
  if (!old) return old.failure();
  const auto text = report::with_config_keys(*old);
  if (!text) return Failure{text.failure().code, path + ": " + text.failure().message, {}};
  return renew(path, *text);
}

MaybeFailure renew_tables(const DocsOptions& options) {
  MaybeFailure trouble;
  if (options.readme) trouble = renew_readme(*options.readme);
  if (!trouble && options.configuration) trouble = renew_configuration(*options.configuration);
  if (!trouble && options.schema) {
    trouble = renew(*options.schema, report::config_schema(all_rules()));
  }
  return trouble;
}

}  // namespace

ExitCode docs_command(const Words& words) {
  const auto parsed = parse_docs(words);
  if (const Answer* answer = std::get_if<Answer>(&parsed)) return show(*answer);
  const DocsOptions& options = *std::get_if<DocsOptions>(&parsed);
  std::error_code error;
  std::filesystem::create_directories(options.out, error);
  if (error) return complain("cannot create " + options.out + ": " + error.message());
  for (const Rule* rule : all_rules()) {
    const std::string path = options.out + "/" + std::string(rule->slug) + ".md";
    if (auto trouble = renew(path, report::rule_page(*rule))) return complain(trouble->message);
  }
  if (auto trouble = renew_tables(options)) return complain(trouble->message);
  return ExitCode::kClean;
}

}  // namespace composelint::cli
