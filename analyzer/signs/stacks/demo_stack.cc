#include "analyzer/signs/stacks/demo_stack.h"

#include <composelint/value.h>

#include <algorithm>
#include <string_view>

#include "analyzer/signs/words/development_words.h"

namespace composelint {

bool is_named_a_demo(const Project& project) {
  const auto names = [](std::string_view name) { return has_name_word(name, {"demo"}); };
  if (project.name.from.span && names(project.name.value)) return true;
  const Value* networks = project.networks_model;
  return networks != nullptr &&
         std::any_of(networks->members.begin(), networks->members.end(), [&](const Member& each) {
           const Value* name = each.value.find("name");
           return name != nullptr && name->span && name->is_string() && names(name->text);
         });
}

}  // namespace composelint
