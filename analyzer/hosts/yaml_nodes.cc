#include "analyzer/hosts/yaml_nodes.h"

#include <cstddef>
#include <set>

namespace composelint::hosts {
namespace {

using yaml::Entry;
using yaml::Node;
using yaml::NodeKind;

// Aliases may refer to each other in lists of lists, so that a few lines mean millions of items.
constexpr std::size_t kMaxItems = 4'000;
constexpr int kMaxDepth = 16;

bool is_merge(const Entry& entry) {
  return entry.key->kind == NodeKind::kScalar && entry.key->text == "<<";
}

class Merger {
 public:
  std::vector<Entry> run(const Node& node) {
    add(node, 0);
    return std::move(entries_);
  }

 private:
  void add(const Node& written, int depth) {
    const Node& node = written.resolved();
    if (depth > kMaxDepth || ++visited_ > kMaxItems) return;
    if (node.kind == NodeKind::kSequence && depth > 0) {
      for (const Node* item : node.items) add(*item, depth + 1);
    }
    if (node.kind != NodeKind::kMapping) return;
    // The last of several entries with one key is the one that counts.
    for (std::size_t i = node.entries.size(); i-- > 0;) {
      const Entry& entry = node.entries[i];
      if (!is_merge(entry)) latest_.push_back(&entry);
    }
    std::vector<const Entry*> own;
    for (const Entry* entry : latest_) {
      if (entry->key->kind != NodeKind::kScalar || keys_.insert(entry->key->text).second) {
        own.push_back(entry);
      }
    }
    latest_.clear();
    for (std::size_t i = own.size(); i-- > 0;) {
      if (entries_.size() < kMaxItems) entries_.push_back(*own[i]);
    }
    for (const Entry& entry : node.entries) {
      if (is_merge(entry)) add(*entry.value, depth + 1);
    }
  }

  std::vector<Entry> entries_;
  std::vector<const Entry*> latest_;
  std::set<std::string_view> keys_;
  std::size_t visited_ = 0;
};

const Node* find(const Node& written, std::string_view key, int depth, std::size_t& visited) {
  const Node& node = written.resolved();
  if (depth > kMaxDepth || ++visited > kMaxItems) return nullptr;
  if (node.kind == NodeKind::kSequence && depth > 0) {
    for (const Node* item : node.items) {
      if (const Node* found = find(*item, key, depth + 1, visited)) return found;
    }
  }
  if (node.kind != NodeKind::kMapping) return nullptr;
  for (std::size_t i = node.entries.size(); i-- > 0;) {
    const Entry& entry = node.entries[i];
    if (entry.key->kind == NodeKind::kScalar && entry.key->text == key) {
      return &entry.value->resolved();
    }
  }
  for (const Entry& entry : node.entries) {
    if (!is_merge(entry)) continue;
    if (const Node* found = find(*entry.value, key, depth + 1, visited)) return found;
  }
  return nullptr;
}

void collect(const Node& written, int depth, std::size_t& visited, std::vector<const Node*>& out) {
  const Node& node = written.resolved();
  if (depth > kMaxDepth || ++visited > kMaxItems) return;
  if (node.kind == NodeKind::kScalar && node.style != yaml::ScalarStyle::kNone) {
    out.push_back(&node);
  }
  for (const Node* item : node.items) collect(*item, depth + 1, visited, out);
}

}  // namespace

std::vector<Entry> entries_of(const Node& node) {
  return Merger().run(node);
}

const Node* value_of(const Node& node, std::string_view key) {
  std::size_t visited = 0;
  return find(node, key, 0, visited);
}

const Node* value_of(const Node* node, std::string_view key) {
  return node == nullptr ? nullptr : value_of(*node, key);
}

std::vector<const Node*> items_of(const Node& written) {
  const Node& node = written.resolved();
  std::vector<const Node*> out;
  if (node.kind == NodeKind::kSequence) {
    for (const Node* item : node.items) out.push_back(&item->resolved());
  } else if (node.kind == NodeKind::kMapping || node.style != yaml::ScalarStyle::kNone) {
    out.push_back(&node);
  }
  return out;
}

std::vector<const Node*> commands_of(const Node& node) {
  std::vector<const Node*> out;
  std::size_t visited = 0;
  collect(node, 0, visited, out);
  return out;
}

std::string_view text_of(const Node* node, std::string_view key) {
  const Node* value = value_of(node, key);
  return value != nullptr && value->kind == NodeKind::kScalar ? value->text : std::string_view();
}

bool is_true(const Node* node) {
  return node != nullptr && node->kind == NodeKind::kScalar &&
         (node->text == "true" || node->text == "True" || node->text == "yes");
}

}  // namespace composelint::hosts
