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
bool asks_a_host(const Step& step) {
  static constexpr std::array<std::string_view, 3> kHere = {"localhost", "127.0.0.1", "/"};
  const std::vector<Argument>& words = words_of_task(step);
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string_view text = words[i].text;
    if (text.find("://") != text.npos) return true;
    const bool apart = (text == "-h" || text == "--host") && i + 1 < words.size();
    const bool joined = text.starts_with("--host=") || text.starts_with("host=");
    if (!apart && !joined && !(text.starts_with("-h") && text.size() > 2)) continue;
    text = apart    ? std::string_view(words[i + 1].text)
           : joined ? text.substr(text.find('=') + 1)
                    : text.substr(2);
    if (std::none_of(kHere.begin(), kHere.end(),
                     [&](std::string_view here) { return text.starts_with(here); })) {
      return true;
    }
  }
  return step.span.text().find("PGHOST=") != std::string_view::npos;
}

}  // namespace

bool is_of_own_container(const Timeline& timeline, const Step& step) {
  if (!step.docker || !step.docker->is("container exec") || step.docker->operands.empty() ||
      asks_a_host(step)) {
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
