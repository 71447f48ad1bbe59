// Walks through compose files as they are written, and the lines that an entry takes up.
#pragma once

#include <composelint/document.h>
#include <composelint/source.h>

#include <optional>
#include <vector>

namespace composelint {

// Every node of a document, what aliases stand for once. Without recursion: files are nested as
// deep as their writers like.
template <typename Look>
void for_each_node(const yaml::Node& root, Look look) {
  std::vector<const yaml::Node*> waiting = {&root};
  while (!waiting.empty()) {
    const yaml::Node* node = waiting.back();
    waiting.pop_back();
    look(*node);
    for (const yaml::Node* item : node->items) waiting.push_back(item);
    for (const yaml::Entry& entry : node->entries) waiting.push_back(entry.value);
  }
}

// Something else may mean the value too, `&name value`, or say what it is, `!!int value`.
[[nodiscard]] bool has_anchor(const Span& value);

// The whole lines of a key with its value, or of an item of a list, in block style, when nothing
// else stands on them: no comment, no second entry. A dash before it is taken as its own.
[[nodiscard]] std::optional<Span> lines_of(Span entry);

}  // namespace composelint
