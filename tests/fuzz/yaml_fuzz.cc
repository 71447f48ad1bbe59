// yaml/document: any bytes, as a file of Compose and as one of other readers.
#include <array>

#include "analyzer/yaml/document.h"
#include "tests/fuzz/target.h"

namespace composelint::fuzz {
namespace {

constexpr std::array<std::string_view, 2> kNames = {"*.yaml", "*.yml"};

// Aliases are not followed: their target is a node of the same tree.
void look(const yaml::Node& node, const Span& around) {
  require_inside(node.span, "a node");
  require_inside(node.properties, "tag and anchor");
  require(node.span.begin >= around.begin && node.span.end <= around.end,
          "a node lies in the one that holds it", node.text);
  if (node.kind == yaml::NodeKind::kAlias) {
    require(node.target != nullptr, "an alias has a target", node.text);
    return;
  }
  for (const yaml::Node* item : node.items) look(*item, node.span);
  for (const yaml::Entry& entry : node.entries) {
    require(entry.key != nullptr && entry.value != nullptr, "an entry has a key and a value");
    look(*entry.key, node.span);
    look(*entry.value, node.span);
  }
}

}  // namespace

std::span<const std::string_view> names() {
  return kNames;
}

void try_one(const Input& input) {
  const SourceFile file(input.name, std::string(input.text));
  for (const yaml::Limits& limits : {yaml::Limits{}, yaml::of_other_readers()}) {
    const Result<yaml::Stream> stream = yaml::parse(file, limits);
    if (!stream) {
      require_inside(stream.failure().span, "a failure");
      require(!stream.failure().message.empty(), "a failure says why");
      continue;
    }
    for (const yaml::Node* root : stream->documents()) look(*root, {&file, 0, file.size()});
  }
}

}  // namespace composelint::fuzz
