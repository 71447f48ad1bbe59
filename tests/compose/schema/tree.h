// Values written as YAML, for tests that need no loader.
#pragma once

#include <string>
#include <utility>

#include "analyzer/compose/value.h"
#include "analyzer/yaml/document.h"
#include "analyzer/yaml/scalar.h"

namespace composelint::compose::schema {

inline Value scalar_of(const yaml::Node& node) {
  Value value;
  const yaml::Scalar scalar = yaml::resolve(node);
  value.text = std::string(scalar.text);
  switch (scalar.kind) {
    case yaml::ScalarKind::kNull: value.kind = ValueKind::kNull; break;
    case yaml::ScalarKind::kBool: value.kind = ValueKind::kBool; break;
    case yaml::ScalarKind::kInt: value.kind = ValueKind::kInt; break;
    case yaml::ScalarKind::kFloat: value.kind = ValueKind::kFloat; break;
    case yaml::ScalarKind::kTimestamp: value.kind = ValueKind::kTimestamp; break;
    default: value.kind = ValueKind::kString; break;
  }
  value.boolean = scalar.boolean;
  value.integer = scalar.integer;
  value.real = scalar.floating;
  // Stands for a variable that nobody knows.
  value.known = value.text != "${UNKNOWN}";
  return value;
}

inline Value value_of(const yaml::Node& node) {
  Value value;
  switch (node.kind) {
    case yaml::NodeKind::kScalar: value = scalar_of(node); break;
    case yaml::NodeKind::kAlias: return value_of(*node.target);
    case yaml::NodeKind::kSequence:
      value.kind = ValueKind::kList;
      for (const yaml::Node* item : node.items) value.items.push_back(value_of(*item));
      break;
    case yaml::NodeKind::kMapping:
      value.kind = ValueKind::kMap;
      for (const yaml::Entry& entry : node.entries) {
        value.members.push_back(
            Member{std::string(entry.key->text), entry.key->span, value_of(*entry.value)});
      }
      break;
  }
  value.span = node.span;
  return value;
}

}  // namespace composelint::compose::schema
