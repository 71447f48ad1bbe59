// `docker run -v VOLUME:/data -v /srv/backups:/to … tar czf /to/data.tgz /data`: the archive that a
// container makes of a volume.
#pragma once

#include <composelint/docker.h>
#include <composelint/script_text.h>
#include <composelint/step.h>

#include <optional>

namespace composelint {

// A volume by its name, or those of another container.
[[nodiscard]] bool takes_volumes(const DockerInvocation& run);

// Its path in the container; nothing where it has another name each time, or goes elsewhere.
[[nodiscard]] std::optional<TextWord> volume_archive(const Step& step);

}  // namespace composelint
