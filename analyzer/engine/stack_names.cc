#include "analyzer/engine/stack_names.h"

#include "analyzer/compose/select_files.h"
#include "analyzer/signs/words/development_words.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

// A directory called `server` holds the code of one.
std::string told_by_name(std::string_view shown) {
  const std::string_view name = text::name_of(shown);
  if (has_name_word(name, {"deploy", "deployment", "live", "prd", "prod", "production", "release",
                           "selfhost", "selfhosted", "server", "staging"})) {
    return "file name " + std::string(name);
  }
  // `deploy/` holds what belongs to it, and that may be a developer's stack.
  const std::string directory = text::directory_of(shown);
  if (has_name_word(directory, {"live", "prd", "prod", "production", "selfhosted", "staging"})) {
    return "directory " + directory;
  }
  return "";
}

bool is_of_a_laptop(const std::string& path, Workspace& workspace) {
  return has_name_word(text::name_of(path), {"mac", "macos", "win", "windows"}) &&
         compose::has_default_file(workspace.sources.files(), text::directory_of(path));
}

bool is_an_override(const std::string& path) {
  const std::string_view name = text::name_of(path);
  const std::string_view stem = name.substr(0, name.rfind('.'));
  return stem == "compose.override" || stem == "docker-compose.override";
}

}  // namespace composelint::engine
