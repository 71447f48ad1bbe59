#include "analyzer/signs/reports/order_finding.h"

#include <composelint/quoted.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/steps/block_order.h"

namespace composelint {

std::string sort_key(std::string_view text) {
  constexpr std::size_t kDigits = 12;
  std::string out = " ";  // never empty
  for (std::size_t at = 0; at < text.size();) {
    const auto digit = [&](std::size_t i) {
      return i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])) != 0;
    };
    std::size_t end = at;
    while (digit(end)) ++end;
    if (end > at) {
      out.append(kDigits - std::min(kDigits, end - at), '0');
      out += text.substr(at, end - at);
      at = end;
      continue;
    }
    out += static_cast<char>(std::tolower(static_cast<unsigned char>(text[at])));
    ++at;
  }
  return out;
}

void report_order(const yaml::Node& collection, const Ordered& wanted,
                  const std::vector<std::string>& key, RuleContext& context) {
  if (collection.flow) return;
  for (std::size_t i = 0; i < wanted.names.size(); ++i) {
    for (std::size_t other = 0; other < i; ++other) {
      if (wanted.names[other] == wanted.names[i]) return;  // Compose has its say on that
    }
  }
  const std::vector<std::size_t> order = ordered(collection, wanted.ranks);
  const auto moved = first_moved(order);
  if (!moved) return;
  const bool is_list = collection.kind == yaml::NodeKind::kSequence;
  const std::size_t late = order[*moved];
  const yaml::Node& node = is_list ? *collection.items[late] : *collection.entries[late].key;
  Finding& finding =
      context.report(node.span,
                     quoted(wanted.names[late]) + " stands behind " + quoted(wanted.names[*moved]) +
                         ": " + wanted.what + " are not in order (" + wanted.how + ")",
                     key);
  if (auto fix = reorder(collection, order, wanted.head, wanted.headings, "Put them in order")) {
    finding.fixes.push_back(std::move(*fix));
  }
}

}  // namespace composelint
