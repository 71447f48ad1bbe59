#include "analyzer/signs/dumps/copied_in.h"

#include <composelint/path_name.h>

#include <cstddef>
#include <string>
#include <vector>

#include "analyzer/signs/steps/sequence.h"

namespace composelint {

namespace {

// SOURCE CONTAINER:PATH
const std::vector<Argument>* operands_of_cp(const Step& step) {
  const std::vector<Argument>* words = nullptr;
  if (step.call && step.call->is("cp")) words = &step.call->operands;
  if (step.docker && step.docker->is("container cp")) words = &step.docker->operands;
  return words != nullptr && words->size() == 2 ? words : nullptr;
}

bool arrives_at(const Argument& source, std::string_view to, std::string_view path) {
  if (to == path) return true;
  while (to.ends_with('/')) to.remove_suffix(1);
  return source.known() && !to.empty() &&
         path == std::string(to) + "/" + std::string(file_name(source.text));
}

}  // namespace

const Argument* copied_in(const Timeline& timeline, const Step& step, std::string_view path) {
  if (!path.starts_with('/')) return nullptr;
  const Step* copy = last_before(timeline, step, [&](const Step& other) {
    const auto* words = operands_of_cp(other);
    if (words == nullptr || !same_place(other, step)) return false;
    const Argument& to = words->back();
    const std::size_t colon = to.text.find(':');
    const bool open =
        colon == std::string::npos || (!to.holes.empty() && to.holes.back().at > colon);
    return !open && arrives_at(words->front(), std::string_view(to.text).substr(colon + 1), path);
  });
  return copy == nullptr ? nullptr : &operands_of_cp(*copy)->front();
}

}  // namespace composelint
