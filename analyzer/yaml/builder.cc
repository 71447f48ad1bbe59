#include "analyzer/yaml/builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "analyzer/yaml/storage.h"
#include "analyzer/yaml/strict.h"

namespace composelint::yaml {

Builder::Builder(const SourceFile& file, std::string_view bytes, const Limits& limits,
                 Stream::Storage& storage, std::vector<std::uint32_t> odd_breaks)
    : file_(file),
      limits_(limits),
      source_(bytes),
      storage_(storage),
      odd_breaks_(std::move(odd_breaks)),
      mark_length_(bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0),
      has_tabs_(bytes.find('\t') != std::string_view::npos) {
  cursor_ = mark_length_;
}

std::size_t Builder::offset(const YAML::Mark& mark) const {
  if (mark.pos < 0) return 0;
  return std::min(static_cast<std::size_t>(mark.pos) + mark_length_, source_.size());
}

std::optional<std::size_t> Builder::open_bracket() const {
  const auto flow =
      std::find_if(open_.rbegin(), open_.rend(), [](const Open& open) { return open.node->flow; });
  if (flow == open_.rend()) return std::nullopt;
  return flow->node->span.begin;
}

Span Builder::span(std::size_t begin, std::size_t end) const {
  return {&file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

void Builder::stop(FailureCode code, std::string message, std::size_t begin,
                   std::size_t end) const {
  throw Stop{{code, std::move(message), span(begin, std::min(end, source_.size()))}};
}

void Builder::OnDocumentStart(const YAML::Mark& mark) {
  const std::size_t at = offset(mark);
  const bool marked =
      source_.at(at) == '-' && source_.at(at + 1) == '-' && source_.at(at + 2) == '-';
  // The library starts a new document wherever the last one cannot go on, even without moving.
  if (!storage_.documents.empty() && !marked) {
    stop(FailureCode::kSyntax, "unexpected text after the end of the document", at,
         source_.line_end(at));
  }
  refuse_tabs(at);
  anchors_.assign(1, nullptr);
  move_to(marked ? at + 3 : at);
}

void Builder::OnDocumentEnd() {
  storage_.documents.push_back(pending_.back());
  pending_.clear();
}

Node* Builder::add(NodeKind kind, YAML::anchor_t anchor) {
  if (++nodes_ > limits_.nodes) {
    stop(FailureCode::kLimit, fmt::format("the file holds more than {} values", limits_.nodes),
         cursor_, cursor_);
  }
  Node* const node = storage_.make_node();
  node->kind = kind;
  if (anchor != 0) {
    if (anchors_.size() <= anchor) anchors_.resize(anchor + 1, nullptr);
    anchors_[anchor] = node;
    node->anchor = std::exchange(anchor_name_, {});
  }
  pending_.push_back(node);
  return node;
}

Builder::Properties Builder::read_properties(std::size_t at, bool tag, bool anchor) const {
  refuse_tabs(at);
  Properties properties{at, at, at};
  while (tag || anchor) {
    const char c = source_.at(properties.value);
    if (c == '!' && tag) {
      tag = false;
    } else if (c == '&' && anchor) {
      anchor = false;
    } else {
      break;
    }
    const std::size_t begin = properties.value;
    properties.end = source_.property_end(begin);
    if (!is_property_end(source_, c, properties.end)) {
      stop(FailureCode::kSyntax, "a blank has to follow the tag or anchor", begin, properties.end);
    }
    properties.value = source_.skip_blank(properties.end);
  }
  return properties;
}

void Builder::set_properties(Node& node, const Properties& properties, std::string_view tag) {
  node.properties = span(properties.begin, properties.end);
  if (!tag.empty()) node.tag = storage_.keep(tag);
}

// `{A:, b: c}`: before a bracket or comma Compose takes the ':' into the key.
void Builder::take_colon_into_key() {
  Node& key = *pending_[pending_.size() - 2];
  const char next = source_.at(cursor_ + 1);
  const bool taken = key.style == ScalarStyle::kPlain && source_.at(cursor_) == ':' &&
                     (next == ',' || next == '}' || next == ']');
  if (!taken) return;
  key.span.end += 1;
  key.text = source_.slice(key.span.begin, key.span.end);
  cursor_ += 1;
}

bool Builder::in_flow() const {
  return !open_.empty() && open_.back().column < 0;
}

void Builder::move_to(std::size_t at) {
  cursor_ = at;
  plain_column_ = -1;
}

void Builder::refuse_tabs(std::size_t end) const {
  if (!has_tabs_ || in_flow()) return;
  const GapStart start{cursor_, cursor_ == mark_length_, plain_column_};
  if (const auto tab = stray_tab(source_, start, end)) {
    stop(FailureCode::kSyntax, "a tab stands in the indentation: use spaces", *tab, *tab + 1);
  }
}

void Builder::finish() {
  refuse_tabs(source_.size());
}

void Builder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const std::size_t at = offset(mark);
  refuse_tabs(at);
  const std::size_t end = source_.property_end(at);
  if (!is_property_end(source_, '*', end)) {
    stop(FailureCode::kSyntax, "a blank has to follow the alias", at, end);
  }
  Node* const node = add(NodeKind::kAlias, 0);
  node->text = source_.slice(at + 1, end);
  node->span = span(at, end);
  node->target = anchor < anchors_.size() ? anchors_[anchor] : nullptr;
  const bool inside = std::any_of(open_.begin(), open_.end(),
                                  [&](const Open& open) { return open.node == node->target; });
  if (inside) {
    stop(FailureCode::kSyntax,
         fmt::format("*{0} stands inside of &{0}: a value cannot contain itself", node->text), at,
         end);
  }
  move_to(end);
}

void Builder::OnAnchor(const YAML::Mark& mark, const std::string& name) {
  if (!is_anchor_name(name)) {
    const std::size_t at = offset(mark);
    stop(FailureCode::kSyntax,
         fmt::format("the anchor name `{}` holds more than letters, digits, '_' and '-'", name), at,
         source_.line_end(at));
  }
  anchor_name_ = storage_.keep(name);
}

void Builder::start_collection(NodeKind kind, const YAML::Mark& mark, const std::string& tag,
                               YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
  if (open_.size() >= limits_.depth) {
    const std::size_t at = offset(mark);
    stop(FailureCode::kLimit, fmt::format("nested deeper than {} levels", limits_.depth), at,
         at + 1);
  }
  Node* const node = add(kind, anchor);
  const bool written = tag != "?";  // the library's word for "none"
  const Properties properties = read_properties(offset(mark), written, anchor != 0);
  if (properties.end > properties.begin) {
    set_properties(*node, properties, written ? std::string_view(tag) : std::string_view());
  }
  const std::size_t at = properties.value;
  const bool bracket = source_.at(at) == '[' || source_.at(at) == '{';
  node->flow = style == YAML::EmitterStyle::Flow && bracket;
  node->span = span(at, at);
  // A pair without braces inside of brackets is in flow, though nothing opens or closes it.
  const bool block = style != YAML::EmitterStyle::Flow;
  open_.push_back({node, pending_.size(), block ? source_.column(at) : -1});
  move_to(node->flow ? at + 1 : at);
}

void Builder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                              YAML::EmitterStyle::value style) {
  start_collection(NodeKind::kSequence, mark, tag, anchor, style);
}

void Builder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) {
  start_collection(NodeKind::kMapping, mark, tag, anchor, style);
}

void Builder::OnSequenceEnd() {
  Node& node = *open_.back().node;
  const std::size_t first = open_.back().first_child;
  const std::size_t count = pending_.size() - first;
  auto* const items = storage_.make_list<const Node*>(count);
  std::copy_n(pending_.begin() + static_cast<std::ptrdiff_t>(first), count, items);
  node.items = {items, count};
  close_collection(']');
}

void Builder::OnMapEnd() {
  Node& node = *open_.back().node;
  const std::size_t first = open_.back().first_child;
  const std::size_t count = (pending_.size() - first) / 2;
  auto* const entries = storage_.make_list<Entry>(count);
  for (std::size_t i = 0; i < count; ++i) {
    entries[i] = {pending_[first + 2 * i], pending_[first + 2 * i + 1]};
  }
  node.entries = {entries, count};
  // `[a:, b]`: a pair without braces, where Compose sees the text `a:`.
  const bool text = in_flow() && !node.flow && count == 1 &&
                    entries[0].value->style == ScalarStyle::kNone &&
                    source_.at(entries[0].key->span.end - 1) == ':' &&
                    entries[0].value->span.begin == entries[0].key->span.end;
  if (text) {
    const Span span = node.span;
    node = *entries[0].key;
    node.span.begin = span.begin;
  }
  close_collection('}');
}

void Builder::close_collection(char bracket) {
  Node& node = *open_.back().node;
  if (node.flow) {
    std::size_t at = source_.skip_blank(cursor_);
    if (source_.at(at) == ',') at = source_.skip_blank(at + 1);
    if (source_.at(at) != bracket) {
      stop(FailureCode::kSyntax, fmt::format("expected '{}' here", bracket), at, at + 1);
    }
    move_to(at + 1);
  }
  node.span.end = std::max(static_cast<std::uint32_t>(cursor_), node.span.begin);
  pending_.resize(open_.back().first_child);
  open_.pop_back();
}

}  // namespace composelint::yaml
