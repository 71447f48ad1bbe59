#include <fmt/format.h>

#include <string>

#include "analyzer/compose/origin.h"
#include "analyzer/engine/import_config.h"
#include "analyzer/text/disk_file_system.h"
#include "analyzer/text/path.h"
#include "analyzer/text/source_store.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/new_config.h"

namespace composelint::cli {

namespace {

std::string place(const Span& span, const std::string& path) {
  return span ? compose::shown_place(span) : path;
}

// The file to take over: named, or the first that is here.
std::string found_in(const std::string& directory, const FileSystem& files) {
  for (const char* name : engine::kPeerConfigNames) {
    if (files.kind(text::join_path(directory, name)) == FileKind::kRegular) return name;
  }
  return {};
}

}  // namespace

ExitCode import_config_command(const Words& words) {
  const auto parsed = parse_import_config(words);
  if (const Answer* answer = std::get_if<Answer>(&parsed)) return show(*answer);
  const ImportConfigOptions& options = *std::get_if<ImportConfigOptions>(&parsed);
  const auto directory = working_directory();
  if (!directory) return complain(directory.failure().message);
  const text::DiskFileSystem files;
  const auto path = place_of_new_config(*directory, options.print);
  if (!path) return complain(path.failure().message);
  const std::string name = options.file.empty() ? found_in(*directory, files) : options.file;
  if (name.empty()) return complain("no .compose-lint.yml or .dclintrc is here; name the file");
  text::SourceStore sources(files, *directory);
  const Result<const SourceFile*> source = sources.open(text::join_path(*directory, name));
  if (!source) return complain(name + ": " + source.failure().message);
  const Result<engine::ImportedConfig> imported = engine::import_config(**source);
  if (!imported) {
    return complain(place(imported.failure().span, name) + ": " + imported.failure().message);
  }
  for (const Notification& each : imported->left_aside) {
    say(fmt::format("{}: {}\n", place(each.span, name), each.message));
  }
  return write_new_config(*path, imported->text, options.print);
}

}  // namespace composelint::cli
