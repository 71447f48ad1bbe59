#include "analyzer/signs/data/packed_volume.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/copied_volume.h"
#include "analyzer/signs/data/volume_write.h"
#include "analyzer/signs/stacks/mounts.h"

namespace composelint {

namespace {

// The word behind the letter f: `tar czf FILE`, `tar -c -f FILE`, `--file=FILE`.
std::optional<TextWord> archive_in(const std::vector<TextWord>& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& text = words[i].text;
    constexpr std::string_view kLong = "--file=";
    if (text.starts_with(kLong)) {
      return TextWord{text.substr(kLong.size()), words[i].known, words[i].span};
    }
    const bool letters = (i == 1 || text.starts_with('-')) && !text.starts_with("--");
    if (letters && text.ends_with('f') && i + 1 < words.size()) return words[i + 1];
  }
  return std::nullopt;
}

}  // namespace

bool takes_volumes(const DockerInvocation& run) {
  return std::any_of(run.options.begin(), run.options.end(), [](const OptionUse& use) {
    if (use.name == "--volumes-from") return true;
    if (use.name != "--volume" || !use.value || use.value->text.empty()) return false;
    const std::string_view source =
        std::string_view(use.value->text).substr(0, use.value->text.find(':'));
    const bool path = source.find_first_of("/~.") != std::string_view::npos;
    const bool engines = lies_below(source, "/var/lib/docker/volumes");
    return engines || (!path && !source.empty() && use.value->holes.empty());
  });
}

namespace {

// A directory of this machine is mounted there, and is the same one each time.
bool comes_out(const DockerInvocation& run, std::string_view path) {
  return std::any_of(run.options.begin(), run.options.end(), [&](const OptionUse& use) {
    if (use.name != "--volume" || !use.value) return false;
    const std::string& text = use.value->text;
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos) return false;
    const bool here =
        std::all_of(use.value->holes.begin(), use.value->holes.end(), [](const Hole& hole) {
          return hole.at == 0 &&
                 (hole.name == "PWD" || hole.name == "$(pwd)" || hole.name == "HOME");
        });
    const std::string_view source = std::string_view(text).substr(0, colon);
    const bool bind = source.empty() ? !use.value->holes.empty()
                                     : source.find_first_of("/~.") != std::string_view::npos;
    std::string_view target = std::string_view(text).substr(colon + 1);
    target = target.substr(0, target.find(':'));
    return here && bind && lies_below(path, target);
  });
}

}  // namespace

std::optional<TextWord> volume_archive(const Step& step) {
  if (!step.docker || step.docker->opaque_options || !runs_a_copier(step) ||
      !takes_volumes(*step.docker)) {
    return std::nullopt;
  }
  for (const TextCommand& command : commands_inside(step.docker->inner)) {
    if (program_name(command) != "tar") continue;
    const auto archive = archive_in(command.words);
    if (archive && archive->known && archive->text.starts_with('/') &&
        comes_out(*step.docker, archive->text)) {
      return archive;
    }
  }
  return std::nullopt;
}

}  // namespace composelint
