// The memory behind a Stream: one arena for nodes, lists and texts.
#pragma once

#include <cstring>
#include <memory_resource>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/yaml/document.h"

namespace composelint::yaml {

struct Stream::Storage {
  // Nothing in the arena has a destructor to run.
  std::pmr::monotonic_buffer_resource arena{std::size_t{4} << 10};
  std::vector<const Node*> documents;
  std::string normalised;  // the bytes that were parsed, where they are not the file's own

  [[nodiscard]] Node* make_node() {
    return new (arena.allocate(sizeof(Node), alignof(Node))) Node();
  }

  [[nodiscard]] std::string_view keep(std::string_view text) {
    if (text.empty()) return {};
    char* const copy = static_cast<char*>(arena.allocate(text.size(), 1));
    std::memcpy(copy, text.data(), text.size());
    return {copy, text.size()};
  }

  template <typename T>
  [[nodiscard]] T* make_list(std::size_t count) {
    return std::pmr::polymorphic_allocator<T>(&arena).allocate(count);
  }
};

}  // namespace composelint::yaml
