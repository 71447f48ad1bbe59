#include "analyzer/signs/stacks/named_for.h"

#include <composelint/value.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "analyzer/signs/words/development_words.h"

namespace composelint {

bool is_named(const Project& project, const std::vector<std::string_view>& words) {
  if (project.name.from.span && has_name_word(project.name.value, words)) return true;
  const Value* networks = project.networks_model;
  return networks != nullptr &&
         std::any_of(networks->members.begin(), networks->members.end(), [&](const Member& each) {
           const Value* name = each.value.find("name");
           return name != nullptr && name->span && name->is_string() &&
                  has_name_word(name->text, words);
         });
}

}  // namespace composelint
