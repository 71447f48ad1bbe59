#include "analyzer/engine/deployed_by_run.h"

#include <algorithm>
#include <string>
#include <vector>

#include "analyzer/signs/words/development_words.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

std::string deployed_by_run(const std::string& path, Workspace& workspace) {
  const std::string directory = text::directory_of(path);
  if (directory == workspace.root_of(path)) return "";
  for (const auto& script : workspace.scripts) {
    const std::string& shown = script->file->path();
    const std::string at = text::join_path(workspace.sources.base(), shown);
    if (text::directory_of(at) != directory) continue;
    if (!has_name_word(text::name_of(at), {"deploy", "deployment"})) continue;
    const std::vector<Step>& steps = script->timeline.steps;
    const auto runs = [](const Step& each) {
      return each.docker && each.docker->is("container run");
    };
    const auto calls = [](const Step& each) { return each.call.has_value(); };
    if (std::any_of(steps.begin(), steps.end(), runs) &&
        std::none_of(steps.begin(), steps.end(), calls)) {
      return shown + " deploys without it";
    }
  }
  return "";
}

}  // namespace composelint::engine
