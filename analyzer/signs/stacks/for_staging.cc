#include "analyzer/signs/stacks/for_staging.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <string_view>

namespace composelint {

bool is_for_staging(const Step& step) {
  return step.call &&
         std::any_of(step.call->global_options.begin(), step.call->global_options.end(),
                     [](const OptionUse& use) {
                       return use.name == "--file" && use.value &&
                              file_name(use.value->text).find("staging") != std::string_view::npos;
                     });
}

}  // namespace composelint
