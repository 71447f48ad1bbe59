#include "analyzer/yaml/builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "analyzer/yaml/storage.h"

namespace composelint::yaml {

namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_null_text(std::string_view text) {
  return text == "~" || text == "null" || text == "Null" || text == "NULL";
}

// Compose takes fewer characters in a name than the library does.
bool is_anchor_name(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

// The library's mark for "no tag was written".
bool is_written(const std::string& tag) {
  return !tag.empty() && tag != "?";
}

}  // namespace

Builder::Builder(const SourceFile& file, const Limits& limits, Stream::Storage& storage,
                 std::vector<std::uint32_t> odd_breaks)
    : file_(file),
      limits_(limits),
      source_(file.bytes()),
      storage_(storage),
      odd_breaks_(std::move(odd_breaks)),
      mark_length_(file.bytes().starts_with("\xEF\xBB\xBF") ? 3 : 0) {}

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
  anchors_.assign(1, nullptr);
  cursor_ = marked ? at + 3 : at;
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
    properties.end = source_.property_end(properties.value);
    properties.value = source_.skip_blank(properties.end);
  }
  return properties;
}

void Builder::set_properties(Node& node, const Properties& properties, std::string_view tag) {
  node.properties = span(properties.begin, properties.end);
  if (!tag.empty()) node.tag = storage_.keep(tag);
}

// Whether what stands at `at` is this node's own, or it is empty and the mark is at what follows. A
// value stands in the line of its key or deeper than the collection around; a key is always there.
bool Builder::belongs_to_value(std::size_t at) const {
  if (at < cursor_) return false;
  const bool key =
      !open_.empty() && open_.back().node->kind == NodeKind::kMapping && !awaits_value();
  if (key) return true;
  if (open_.empty() || open_.back().node->flow || source_.same_line(cursor_, at)) return true;
  return source_.column(at) > open_.back().column;
}

bool Builder::awaits_value() const {
  if (open_.empty()) return false;
  // The empty node itself is pending already.
  const Open& open = open_.back();
  return open.node->kind == NodeKind::kMapping && (pending_.size() - open.first_child) % 2 == 0;
}

// Right behind the ':' or '-' that has nothing after it.
std::size_t Builder::empty_place() const {
  if (open_.empty()) return cursor_;
  const Open& open = open_.back();
  const std::size_t at = source_.skip_blank(cursor_);
  if (awaits_value()) return source_.at(at) == ':' ? at + 1 : cursor_;
  if (open.node->kind == NodeKind::kMapping) return cursor_;
  return source_.at(at) == '-' && !open.node->flow ? at + 1 : cursor_;
}

void Builder::set_empty(Node& node, const Properties& properties) {
  node.style = ScalarStyle::kNone;
  const bool bare = properties.begin == properties.end;
  const std::size_t at = bare ? empty_place() : properties.end;
  const bool item = !open_.empty() && open_.back().node->flow && !awaits_value();
  if (bare && item && source_.at(properties.begin) == ',') {
    stop(FailureCode::kSyntax, "nothing stands before this ','", properties.begin,
         properties.begin + 1);
  }
  node.span = span(at, at);
  cursor_ = at;
}

void Builder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  Node* const node = add(NodeKind::kScalar, anchor);
  const Properties properties = read_properties(offset(mark), false, anchor != 0);
  if (properties.end > properties.begin) set_properties(*node, properties, {});
  const std::size_t at = properties.value;
  std::size_t end = at;
  while (source_.at(end) == '~' || is_letter(source_.at(end))) ++end;
  const std::string_view text = source_.slice(at, end);
  if (!is_null_text(text) || !belongs_to_value(at)) {
    set_empty(*node, properties);
    return;
  }
  node->style = ScalarStyle::kPlain;
  node->text = text;
  node->span = span(at, end);
  cursor_ = end;
}

void Builder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const std::size_t at = offset(mark);
  const std::size_t end = source_.property_end(at);
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
  cursor_ = end;
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

void Builder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       const std::string& value) {
  Node* const node = add(NodeKind::kScalar, anchor);
  // The library reports quotes as the tag "!", which may also have been written out.
  const Properties properties = read_properties(offset(mark), is_written(tag), anchor != 0);
  if (properties.end > properties.begin) {
    const std::string_view written = source_.slice(properties.begin, properties.end);
    const bool tagged = written.find('!') != std::string_view::npos;
    set_properties(*node, properties, tagged ? std::string_view(tag) : std::string_view());
  }
  const std::size_t at = properties.value;
  const char first = source_.at(at);
  const bool indicator = first == '"' || first == '\'' || first == '|' || first == '>';
  if (value.empty() && (!indicator || !belongs_to_value(at))) {
    set_empty(*node, properties);
    return;
  }
  set_scalar(*node, at, value);
}

void Builder::set_scalar(Node& node, std::size_t at, const std::string& value) {
  const char first = source_.at(at);
  std::size_t end = at;
  std::string_view inner;
  if (first == '"' || first == '\'') {
    const auto closed = source_.quoted_end(at);
    if (!closed) {
      stop(FailureCode::kSyntax, fmt::format("the quote {} is never closed", first), at, at + 1);
    }
    end = *closed;
    node.style = first == '"' ? ScalarStyle::kDoubleQuoted : ScalarStyle::kSingleQuoted;
    inner = source_.slice(at + 1, end - 1);
    if (first == '"') refuse_slash_escape(at, end);
  } else if (first == '|' || first == '>') {
    int column = -1;
    if (!open_.empty()) column = open_.back().column;
    end = source_.block_end(at, column);
    node.style = first == '|' ? ScalarStyle::kLiteral : ScalarStyle::kFolded;
  } else {
    const auto written = source_.plain_end(at, value);
    if (!written) stop(FailureCode::kUnsupported, "this value cannot be read", at, at + 1);
    end = *written;
    node.style = ScalarStyle::kPlain;
    inner = source_.slice(at, end);
  }
  if (inner.size() != end - at) forgive_odd_breaks(at, end);
  node.text = inner == value ? inner : storage_.keep(value);
  node.span = span(at, end);
  cursor_ = end;
}

// The library knows `\/`, as JSON does; Compose does not.
void Builder::refuse_slash_escape(std::size_t begin, std::size_t end) const {
  const std::string_view text = source_.slice(begin, end);
  for (std::size_t at = text.find('\\'); at != std::string_view::npos;
       at = text.find('\\', at + 2)) {
    if (text[at + 1] != '/') continue;
    stop(FailureCode::kSyntax, "unknown escape in double quotes: write '/' without a backslash",
         begin + at, begin + at + 2);
  }
}

// Between quotes a line separator is a character like others; a lone CR or NEL would be folded.
void Builder::forgive_odd_breaks(std::size_t begin, std::size_t end) {
  std::erase_if(odd_breaks_, [&](std::uint32_t at) {
    return at >= begin && at < end && source_.at(at) == '\xE2';
  });
}

void Builder::start_collection(NodeKind kind, const YAML::Mark& mark, const std::string& tag,
                               YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
  if (open_.size() >= limits_.depth) {
    const std::size_t at = offset(mark);
    stop(FailureCode::kLimit, fmt::format("nested deeper than {} levels", limits_.depth), at,
         at + 1);
  }
  Node* const node = add(kind, anchor);
  const Properties properties = read_properties(offset(mark), is_written(tag), anchor != 0);
  if (properties.end > properties.begin) {
    set_properties(*node, properties, is_written(tag) ? std::string_view(tag) : std::string_view());
  }
  const std::size_t at = properties.value;
  const bool bracket = source_.at(at) == '[' || source_.at(at) == '{';
  node->flow = style == YAML::EmitterStyle::Flow && bracket;
  node->span = span(at, at);
  // A pair without braces inside of brackets is in flow, though nothing opens or closes it.
  const bool block = style != YAML::EmitterStyle::Flow;
  open_.push_back({node, pending_.size(), block ? source_.column(at) : -1});
  cursor_ = node->flow ? at + 1 : at;
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
    cursor_ = at + 1;
  }
  node.span.end = std::max(static_cast<std::uint32_t>(cursor_), node.span.begin);
  pending_.resize(open_.back().first_child);
  open_.pop_back();
}

}  // namespace composelint::yaml
