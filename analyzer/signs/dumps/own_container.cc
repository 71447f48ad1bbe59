#include "analyzer/signs/dumps/own_container.h"

#include <composelint/argument.h>
#include <composelint/docker.h>
#include <composelint/option_use.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/database_client.h"
#include "analyzer/signs/dumps/fed_dump.h"
#include "analyzer/signs/steps/sequence.h"

namespace composelint {

namespace {

bool same_word(const Argument& one, const Argument& other) {
  return one.text == other.text && one.holes == other.holes;
}

// `docker run -d $OPTIONS`: nowhere in the script does a variable mount anything.
bool mounts_nothing(const Step& step) {
  static constexpr std::array<std::string_view, 4> kMounts = {"--mount", "--volume", "-v ", "-v="};
  return step.span.file != nullptr && !has_one_of(step.span.file->bytes(), kMounts);
}

bool starts_without_volumes(const Step& step, const Argument& name) {
  if (!step.docker || !step.docker->is("container run") ||
      (step.docker->opaque_options && !mounts_nothing(step))) {
    return false;
  }
  const OptionUse* called = step.docker->option("--name");
  return called != nullptr && called->value && same_word(*called->value, name) &&
         !step.docker->has("--volume") && !step.docker->has("--mount") &&
         !step.docker->has("--volumes-from");
}

// `pg_dump -h db.internal`: the container is there for its client, and the data is elsewhere.
bool dumps_from_elsewhere(const Step& step) {
  return asks_a_host(words_of_task(step)) || step.span.text().find("PGHOST=") != std::string::npos;
}

}  // namespace

bool is_of_own_container(const Timeline& timeline, const Step& step) {
  if (!step.docker || !step.docker->is("container exec") || step.docker->operands.empty() ||
      dumps_from_elsewhere(step)) {
    return false;
  }
  const Argument& name = step.docker->operands.front();
  const Step* run = last_before(timeline, step, [&](const Step& other) {
    return same_place(other, step) && starts_without_volumes(other, name);
  });
  return run != nullptr &&
         timeline.reach(index_of(timeline, *run), index_of(timeline, step)) == Reach::kAlways;
}

}  // namespace composelint
