#include "analyzer/signs/files/rewritten_file.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

const Argument* file_made_by(const Step& step) {
  static constexpr std::array<std::string_view, 4> kEditors = {"cp", "install", "mv", "tee"};
  if (step.call || step.argv.size() < 2) return nullptr;
  const std::string_view program = program_name(step);
  if (std::find(kEditors.begin(), kEditors.end(), program) != kEditors.end()) {
    return &step.argv.back();
  }
  const bool wget = program == "wget";
  if (!wget && program != "curl") return nullptr;
  const Argument* url = nullptr;
  bool remote_name = wget;
  for (std::size_t i = 1; i < step.argv.size(); ++i) {
    const std::string_view word = step.argv[i].text;
    if (word.starts_with("http")) url = &step.argv[i];
    const bool option = word.size() > 1 && word.front() == '-' && word[1] != '-';
    const bool names = option ? word.back() == (wget ? 'O' : 'o')
                              : word == (wget ? "--output-document" : "--output");
    if (names && i + 1 < step.argv.size()) return &step.argv[i + 1];
    remote_name |=
        !wget && ((option && word.find('O') != std::string_view::npos) || word == "--remote-name");
  }
  return remote_name ? url : nullptr;
}

bool is_file_of_script(const ComposeInvocation& call, const Timeline& timeline, const Step& step) {
  const auto own = [&](const Argument& path) {
    if (!path.known()) return false;
    const std::string_view name = file_name(path.text);
    if (call.target.project == nullptr) {
      return name.find("compose") != name.npos &&
             (name.ends_with(".yml") || name.ends_with(".yaml"));
    }
    // Compose adds the override itself, be it in the repository or not.
    const bool named = call.global_option("--file") != nullptr;
    if (!named && name.find("compose.override.y") != name.npos) return true;
    const auto& files = call.target.project->files;
    return std::any_of(files.begin(), files.end(),
                       [&](const SourceFile* file) { return file_name(file->path()) == name; });
  };
  return last_before(timeline, step, [&](const Step& other) {
           if (other.call || other.argv.empty()) return false;
           if (other.out.kind == StreamKind::kFile && own(other.out.target)) return true;
           const Argument* made = file_made_by(other);
           return made != nullptr && own(*made);
         }) != nullptr;
}

}  // namespace composelint
