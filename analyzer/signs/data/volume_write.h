// `docker run -v VOLUME:/data …`: work on the files of a volume by a container made for it.
#pragma once

#include <composelint/argument.h>
#include <composelint/script_text.h>
#include <composelint/step.h>

#include <optional>
#include <string>
#include <vector>

#include "analyzer/signs/stacks/run_mount.h"

namespace composelint {

// What runs in the container: the commands of the script that a shell is given, or the one command.
[[nodiscard]] std::vector<TextCommand> commands_inside(const std::vector<Argument>& inner);

struct VolumeWrite {
  std::string volume;    // as far as its name is known
  std::string program;   // that does it: "cp", "tar", "rm"
  bool empties = false;  // all that is in the volume goes; else files of another mount come in
};

// `shop_data_backup`: what goes in there is the copy.
[[nodiscard]] bool is_for_backups(const VolumeWrite& write);

// `tar xzf /backup/x.tgz -C /data`: where it unpacks to; nothing where it does something else.
[[nodiscard]] std::optional<std::string> unpacks_to(const std::vector<TextWord>& words,
                                                    const std::string& directory);

// What one command in the container does to the volume at `own`.
[[nodiscard]] std::optional<VolumeWrite> volume_write(const TextCommand& command,
                                                      const std::vector<RunMount>& mounts,
                                                      const RunMount& own,
                                                      const std::string& directory, bool fed);

// The heaviest of what the container's command does to a volume by name; nothing where it only
// reads, or works on directories of the host.
[[nodiscard]] std::optional<VolumeWrite> volume_write(const Step& step);

}  // namespace composelint
