#include "cli/new_config.h"

#include <optional>

#include "analyzer/engine/config.h"
#include "analyzer/text/disk_file_system.h"
#include "analyzer/text/path.h"
#include "cli/console.h"

namespace composelint::cli {

Result<std::string> place_of_new_config(const std::string& directory, bool print) {
  std::string path = text::join_path(directory, engine::kConfigName);
  if (!print && text::DiskFileSystem().kind(path) != FileKind::kNone) {
    return Failure{
        FailureCode::kInvalid,
        std::string(engine::kConfigName) + " is there already; --print shows what would be written",
        {}};
  }
  return path;
}

ExitCode write_new_config(const std::string& path, std::string_view text, bool print) {
  const auto trouble = write_output(print ? std::nullopt : std::optional(path), text);
  if (trouble) return complain(trouble->message);
  if (!print) say("wrote " + std::string(engine::kConfigName) + "\n");
  return ExitCode::kClean;
}

}  // namespace composelint::cli
