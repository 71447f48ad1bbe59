// Which steps throw the data of a stack away.
#pragma once

#include <composelint/docker.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// Loads a schema over what is there: every table that it knows is dropped and made anew. In
// production Rails refuses that unless it is told to skip its own check.
[[nodiscard]] bool loads_schema_anew(const Step& step);

// The container that is entered has a name here, or stands in a variable that is there for it.
[[nodiscard]] bool enters_named(const DockerInvocation& docker);

// `docker run --name "$CID" …`, `CID=$(docker run -d …)` before it: what is in there is the
// script's own.
[[nodiscard]] bool starts_it_itself(const Timeline& timeline, const Step& step);

// All the data goes, or whole tables of it. Single rows and files, queues and caches are not meant.
[[nodiscard]] bool destroys_data(const Step& step);

// Both are statements for clients in containers that are written out, and those are two.
[[nodiscard]] bool is_another_database(const Step& other, const Step& step);

// Behind it nothing is left that a backup could save: the data is gone, or its volumes are.
[[nodiscard]] bool empties_data(const Step& step);

// What comes behind it finds no data of before, whatever the script meant by it.
[[nodiscard]] bool leaves_nothing(const Step& step);

}  // namespace composelint
