#include "analyzer/hosts/variables.h"

#include <algorithm>
#include <utility>

#include "analyzer/hosts/yaml_nodes.h"
#include "analyzer/text/span_map.h"

namespace composelint::hosts {
namespace {

using yaml::Node;
using yaml::NodeKind;

void put(std::string_view name, HostText text, Variables& variables) {
  variables.set(name, std::move(text));
}

void put(std::string_view name, HostText text, WrittenVariables& variables) {
  variables.insert_or_assign(std::string(name), std::move(text));
}

template <typename Into>
void add_entry(std::string_view name, const Node& value, const ExpressionSyntax& syntax,
               const Substitute& substitute, Into& variables) {
  if (name.empty()) return;
  HostText text;
  if (value.kind == NodeKind::kScalar) {
    text = fill_in(scalar_text(value), syntax, substitute);
  } else if (const Node* inner = value_of(value, "value")) {
    text = fill_in(scalar_text(*inner), syntax, substitute);
  } else {
    text.add_foreign(name, value.span);
  }
  put(name, std::move(text), variables);
}

template <typename Into>
void add_all(const Node* node, const ExpressionSyntax& syntax, const Substitute& substitute,
             Into& variables) {
  if (node == nullptr) return;
  for (const yaml::Entry& entry : entries_of(*node)) {
    if (entry.key->kind != NodeKind::kScalar) continue;
    add_entry(entry.key->text, entry.value->resolved(), syntax, substitute, variables);
  }
  if (node->resolved().kind != NodeKind::kSequence) return;
  for (const Node* item : items_of(*node)) {
    if (item->kind == NodeKind::kScalar) {
      const HostText text = scalar_text(*item);
      const std::size_t equals = text.text().find('=');
      if (equals == std::string::npos) continue;
      HostText value;
      value.add_part(text, equals + 1, text.text().size());
      put(text.text().substr(0, equals), fill_in(value, syntax, substitute), variables);
    } else if (const Node* value = value_of(*item, "value")) {
      add_entry(text_of(item, "name"), *value, syntax, substitute, variables);
    } else if (value_of(*item, "name") == nullptr) {
      add_all(item, syntax, substitute, variables);
    }
  }
}

}  // namespace

void Variables::set(std::string_view name, HostText value) {
  environment_.set(name, value.value());
  texts_.set(name, std::move(value));
}

void add_variables(const Node* node, const ExpressionSyntax& syntax, const Substitute& substitute,
                   WrittenVariables& variables) {
  add_all(node, syntax, substitute, variables);
}

void add_variables(const Node* node, const ExpressionSyntax& syntax, const Substitute& substitute,
                   Variables& variables) {
  add_all(node, syntax, substitute, variables);
}

std::optional<std::string> known_value(const Variables& variables, std::string_view name) {
  const HostText* const found = variables.find(name);
  return found == nullptr ? std::nullopt : found->known();
}

HostText expand_variables(const HostText& from, const Variables& known) {
  const std::string& text = from.text();
  if (text.find('$') == std::string::npos) return from;
  const auto is_name = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  const text::SpanMap map = from.script().map;
  HostText out;
  std::size_t done = 0;
  for (std::size_t at = text.find('$'); at != std::string::npos; at = text.find('$', at)) {
    std::size_t begin = at + 1;
    if (begin < text.size() && text[begin] == '$') {
      out.add_part(from, done, at);
      done = at + 1;
      at += 2;
      continue;
    }
    const bool braces = begin < text.size() && text[begin] == '{';
    begin += braces ? 1 : 0;
    std::size_t end = begin;
    while (end < text.size() && is_name(text[end])) ++end;
    const std::string name = text.substr(begin, end - begin);
    if (braces) end = std::min(text.find('}', end), text.size() - 1) + 1;
    if (name.empty()) {
      ++at;
      continue;
    }
    out.add_part(from, done, at);
    const Span place = map.span(static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end));
    const std::optional<std::string> value = known_value(known, name);
    if (value && value->find('$') == std::string::npos) {
      out.add_whole(*value, place);
    } else {
      out.add_foreign(name, place);
    }
    done = at = end;
  }
  out.add_part(from, done, text.size());
  return out;
}

}  // namespace composelint::hosts
