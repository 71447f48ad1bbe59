#include "analyzer/signs/steps/block_order.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace composelint {

namespace {

struct Names {
  std::vector<const yaml::Node*> aliases;
  std::vector<std::string_view> anchors;
};

void collect(const yaml::Node& node, Names& names) {
  if (!node.anchor.empty()) names.anchors.push_back(node.anchor);
  if (node.kind == yaml::NodeKind::kAlias) return names.aliases.push_back(&node);
  for (const yaml::Node* item : node.items) collect(*item, names);
  for (const yaml::Entry& entry : node.entries) {
    collect(*entry.key, names);
    collect(*entry.value, names);
  }
}

// For each part those whose anchors it uses; nothing where a name has two anchors.
std::optional<std::vector<std::vector<std::size_t>>> uses_of(const yaml::Node& collection) {
  const bool is_list = collection.kind == yaml::NodeKind::kSequence;
  std::vector<Names> parts;
  if (is_list) {
    for (const yaml::Node* item : collection.items) collect(*item, parts.emplace_back());
  }
  for (const yaml::Entry& entry : collection.entries) {
    Names& names = parts.emplace_back();
    collect(*entry.key, names);
    collect(*entry.value, names);
  }
  std::vector<std::string_view> anchors;
  for (const Names& part : parts) {
    anchors.insert(anchors.end(), part.anchors.begin(), part.anchors.end());
  }
  std::sort(anchors.begin(), anchors.end());
  if (std::adjacent_find(anchors.begin(), anchors.end()) != anchors.end()) return std::nullopt;
  std::vector<std::vector<std::size_t>> uses(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (const yaml::Node* alias : parts[i].aliases) {
      for (std::size_t other = 0; other < parts.size(); ++other) {
        const auto& names = parts[other].anchors;
        if (std::find(names.begin(), names.end(), alias->text) == names.end()) continue;
        // An anchor of that name further down is another one.
        if (alias->target->span.begin < collection.span.begin) return std::nullopt;
        if (other != i) uses[i].push_back(other);
      }
    }
  }
  return uses;
}

}  // namespace

std::vector<std::size_t> ordered(const yaml::Node& collection,
                                 const std::vector<std::string>& ranks) {
  std::vector<std::size_t> as_written(ranks.size());
  for (std::size_t i = 0; i < ranks.size(); ++i) as_written[i] = i;
  const auto uses = uses_of(collection);
  if (!uses) return as_written;
  std::vector<std::size_t> order;
  std::vector<bool> placed(ranks.size());
  while (order.size() < ranks.size()) {
    std::size_t best = order.size();
    if (!ranks[best].empty()) {
      best = ranks.size();
      for (std::size_t i = 0; i < ranks.size(); ++i) {
        if (placed[i] || ranks[i].empty()) continue;
        const bool ready = std::all_of((*uses)[i].begin(), (*uses)[i].end(),
                                       [&](std::size_t other) { return placed[other]; });
        if (ready && (best == ranks.size() || ranks[i] < ranks[best])) best = i;
      }
    }
    if (best == ranks.size()) return as_written;
    placed[best] = true;
    order.push_back(best);
  }
  return order;
}

std::optional<std::size_t> first_moved(const std::vector<std::size_t>& order) {
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (order[i] != i) return i;
  }
  return std::nullopt;
}

std::optional<Fix> reorder(const yaml::Node& collection, const std::vector<std::size_t>& order,
                           HeadComments head, Headings headings, std::string title) {
  const auto parts = block_parts(collection, head);
  const auto first = first_moved(order);
  if (!parts || !first || parts->size() != order.size()) return std::nullopt;
  std::size_t last = order.size() - 1;
  while (order[last] == last) --last;
  const SourceFile& file = *collection.span.file;
  const std::string_view bytes = file.bytes();
  if (heads_several(bytes, *parts, headings)) return std::nullopt;
  const std::size_t begin = (*parts)[*first].begin;
  const std::size_t end = (*parts)[last].end;
  const std::string_view old = bytes.substr(begin, end - begin);
  // A block scalar that keeps its blank lines, or whose last line has no end, would change.
  const bool keeps = old.find("|+") != old.npos || old.find(">+") != old.npos;
  if (keeps || end >= bytes.size()) return std::nullopt;
  // Blank lines go with what stands below them; those of the part that was first, with the one
  // that becomes it.
  const auto gap_above = [&](std::size_t part) {
    const std::size_t of = part == *first ? order[*first] : part;
    const std::size_t from = (*parts)[of - 1].end;
    return bytes.substr(from, (*parts)[of].begin - from);
  };
  std::string text;
  for (std::size_t i = *first; i <= last; ++i) {
    const BlockPart& part = (*parts)[order[i]];
    if (i > *first) text += gap_above(order[i]);
    text += bytes.substr(part.begin, part.end - part.begin);
  }
  return Fix{std::move(title),
             FixSafety::kSafe,
             {{{&file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
               std::move(text)}}};
}

}  // namespace composelint
