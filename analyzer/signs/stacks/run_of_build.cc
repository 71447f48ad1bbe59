#include "analyzer/signs/stacks/run_of_build.h"

#include <composelint/path_name.h>
#include <composelint/variable_name.h>

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/mentions.h"
#include "analyzer/signs/words/written_path.h"

namespace composelint {

bool builds_image(const Step& step, const Argument& image) {
  if (!step.docker || !step.docker->verb.ends_with("build")) return false;
  return std::any_of(step.docker->options.begin(), step.docker->options.end(),
                     [&](const OptionUse& use) {
                       return use.name == "--tag" && use.value && use.value->text == image.text &&
                              use.value->holes == image.holes;
                     });
}

namespace {

// `ENV` of `app:${ENV:-dev}`; empty: the tag is none of a variable's.
std::string_view variable_of_tag(std::string_view image) {
  const std::size_t at = image.rfind(":$");
  if (at == image.npos) return {};
  std::string_view name = image.substr(at + 2);
  if (name.starts_with('{')) name.remove_prefix(1);
  return leading_name(name);
}

}  // namespace

bool is_built_by_that_name(const Service& service, const Argument& tag, const Step& build) {
  if (tag.known()) return same_image(service.image->value, tag.text);
  // All but the tag is known.
  const std::size_t colon = tag.text.rfind(':');
  if (colon == tag.text.npos || tag.text.find('/', colon) != tag.text.npos ||
      tag.holes.front().at <= colon ||
      image_name(tag.text).name != image_name(service.image->value).name) {
    return false;
  }
  const Span& written = service.image->from.span;
  if (!written || written.text().find('@') != std::string_view::npos) return false;
  const std::string_view variable = variable_of_tag(written.text());
  return variable.empty() ? written.text().find('$') == std::string_view::npos
                          : find_name(build.span.file->bytes(), variable) == std::string_view::npos;
}

namespace {

// `docker pull example/app:latest`: without it, `docker run` takes the one that is there.
bool pulls_a_moving_image(const Step& step, const Argument& image) {
  if (!step.docker || !step.docker->is("image pull") || step.docker->opaque_options ||
      step.docker->operands.size() != 1 || !image.known() ||
      step.docker->operands.front().text != image.text) {
    return false;
  }
  const std::string_view name = file_name(image.text);
  return name.ends_with(":latest") || name.find_first_of(":@") == std::string_view::npos;
}

}  // namespace

bool runs_what_was_built(const Step& earlier, const Step& later) {
  return later.docker && later.docker->is("container run") && later.docker->has("--detach") &&
         !later.docker->opaque_options && !later.docker->operands.empty() &&
         (builds_image(earlier, later.docker->operands.front()) ||
          (pulls_a_moving_image(earlier, later.docker->operands.front()) &&
           !later.docker->has("--pull")));
}

bool removes_images_before(const Timeline& timeline, const Step& build) {
  return last_before(timeline, build, [&](const Step& other) {
           if (!same_place(other, build)) return false;
           if (other.docker) return other.docker->is("image rm") && !other.docker->operands.empty();
           return other.call && other.call->is("down") && other.call->has("--rmi");
         }) != nullptr;
}

bool may_pull_for(const Step& pull, const Step& task) {
  if (pull.docker && pull.docker->option("--tag") != nullptr) {
    return task.docker && task.docker->is("container run") && !task.docker->operands.empty() &&
           builds_image(pull, task.docker->operands.front());
  }
  // No registry has what Compose builds and gives a name of its own.
  const Service* built = pull.call && pull.call->is("pull") ? service_of(task) : nullptr;
  if (built != nullptr && built->build && !built->image) return false;
  if (!pull.docker || pull.docker->operands.empty()) return true;
  const Argument& image = pull.docker->operands.front();
  if (task.docker && task.docker->is("container run")) {
    return !task.docker->operands.empty() &&
           path_of(task.docker->operands.front()) == path_of(image);
  }
  const Service* service = service_of(task);
  if (service == nullptr) return true;
  if (!service->image) return false;
  return !image.known() || service->image->value.starts_with(image.text);
}

}  // namespace composelint
