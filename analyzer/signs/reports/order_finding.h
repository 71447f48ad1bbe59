// How rules about order speak: the first name that stands too late, and the edit that sets it
// right.
#pragma once

#include <composelint/document.h>
#include <composelint/rule_context.h>

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/steps/block_parts.h"
#include "analyzer/signs/words/heading_comment.h"

namespace composelint {

// As people sort: upper and lower case alike, numbers by their value.
[[nodiscard]] std::string sort_key(std::string_view text);

struct Ordered {
  std::string what;  // "the services"
  std::string how;   // "by name"
  std::vector<std::string> names;
  std::vector<std::string> ranks;
  HeadComments head = HeadComments::kOfTheFirst;
  Headings headings = Headings::kDrawn;
};

// One finding where the parts of a collection in block style stand otherwise than by their ranks.
void report_order(const yaml::Node& collection, const Ordered& wanted,
                  const std::vector<std::string>& key, RuleContext& context);

}  // namespace composelint
