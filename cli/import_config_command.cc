#include <fmt/format.h>

#include <string>

#include "analyzer/compose/origin.h"
#include "analyzer/engine/config.h"
#include "analyzer/engine/import_config.h"
#include "analyzer/text/disk_file_system.h"
#include "analyzer/text/path.h"
#include "analyzer/text/source_store.h"
#include "cli/commands.h"
#include "cli/console.h"

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
  const std::string path = text::join_path(*directory, engine::kConfigName);
  if (!options.print && files.kind(path) != FileKind::kNone) {
    return complain(std::string(engine::kConfigName) +
                    " is there already; --print shows what would be written");
  }
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
  const auto trouble =
      write_output(options.print ? std::nullopt : std::optional(path), imported->text);
  if (trouble) return complain(trouble->message);
  if (!options.print) say("wrote " + std::string(engine::kConfigName) + "\n");
  return ExitCode::kClean;
}

}  // namespace composelint::cli
