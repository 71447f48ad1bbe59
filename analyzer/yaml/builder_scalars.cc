#include <fmt/format.h>

#include "analyzer/text/utf8.h"
#include "analyzer/yaml/builder.h"
#include "analyzer/yaml/storage.h"
#include "analyzer/yaml/strict.h"

namespace composelint::yaml {

namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_null_text(std::string_view text) {
  return text == "~" || text == "null" || text == "Null" || text == "NULL";
}

}  // namespace

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

// The library lets the ':' be left out in block style, too.
void Builder::demand_colon() const {
  const Node& key = *pending_[pending_.size() - 2];
  const std::size_t begin = key.properties ? key.properties.begin : key.span.begin;
  if (source_.at(source_.skip_blank(cursor_)) == ':' || is_explicit_key(source_, begin)) return;
  stop(FailureCode::kSyntax, "expected ':' after this key", begin, key.span.end);
}

void Builder::set_empty(Node& node, const Properties& properties) {
  node.style = ScalarStyle::kNone;
  const bool bare = properties.begin == properties.end;
  const bool flow = in_flow();
  if (awaits_value()) {
    if (flow)
      take_colon_into_key();
    else if (bare)
      demand_colon();
  } else if (bare && flow && source_.at(properties.begin) == ',') {
    stop(FailureCode::kSyntax, "nothing stands before this ','", properties.begin,
         properties.begin + 1);
  }
  const std::size_t at = bare ? empty_place() : properties.end;
  node.span = span(at, at);
  move_to(at);
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
  end_plain(end);
}

void Builder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       const std::string& value) {
  Node* const node = add(NodeKind::kScalar, anchor);
  // The library reports quotes as the tag "!", which may also have been written out.
  const Properties properties = read_properties(offset(mark), tag != "?", anchor != 0);
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

std::size_t Builder::set_quoted(Node& node, std::size_t at, std::string_view& inner) {
  const char quote = source_.at(at);
  const auto end = source_.quoted_end(at);
  if (!end) {
    stop(FailureCode::kSyntax, fmt::format("the quote {} is never closed", quote), at, at + 1);
  }
  const bool looks = quote == '"' && !limits_.slash_escapes;
  const auto escape = looks ? slash_escape(source_, at, *end) : std::nullopt;
  if (escape) {
    stop(FailureCode::kSyntax, "unknown escape in double quotes: write '/' without a backslash",
         *escape, *escape + 2);
  }
  forgive_odd_breaks(at, *end);
  node.style = quote == '"' ? ScalarStyle::kDoubleQuoted : ScalarStyle::kSingleQuoted;
  inner = source_.slice(at + 1, *end - 1);
  return *end;
}

std::size_t Builder::set_block(Node& node, std::size_t at) {
  node.style = source_.at(at) == '|' ? ScalarStyle::kLiteral : ScalarStyle::kFolded;
  return source_.block_end(at, open_.empty() ? -1 : open_.back().column);
}

std::size_t Builder::set_plain(Node& node, std::size_t at, const std::string& value,
                               std::string_view& inner) {
  if (source_.at(at) == ':' && in_flow()) {
    stop(FailureCode::kSyntax, "between brackets text cannot start with ':': put it in quotes", at,
         at + 1);
  }
  const auto end = source_.plain_end(at, value);
  if (!end) stop(FailureCode::kUnsupported, "this value cannot be read", at, at + 1);
  node.style = ScalarStyle::kPlain;
  inner = source_.slice(at, *end);
  return *end;
}

namespace {

// The library writes the escapes \N and \_ as one byte, 0x85 and 0xA0. The file itself is UTF-8, so
// a byte that is none can only be one of them.
std::string with_whole_escapes(const std::string& value) {
  std::string out;
  std::string_view rest = value;
  while (const auto bad = text::first_invalid_utf8(rest)) {
    out.append(rest.substr(0, *bad)).append("\xC2").append(1, rest[*bad]);
    rest.remove_prefix(*bad + 1);
  }
  return out.append(rest);
}

}  // namespace

void Builder::set_scalar(Node& node, std::size_t at, const std::string& read) {
  const bool escapes = source_.at(at) == '"' && text::first_invalid_utf8(read).has_value();
  const std::string whole = escapes ? with_whole_escapes(read) : std::string();
  const std::string& value = escapes ? whole : read;
  std::string_view inner;
  std::size_t end = at;
  switch (source_.at(at)) {
    case '"':
    case '\'': end = set_quoted(node, at, inner); break;
    case '|':
    case '>': end = set_block(node, at); break;
    default: end = set_plain(node, at, value, inner); break;
  }
  node.text = inner == value ? inner : storage_.keep(value);
  node.span = span(at, end);
  move_to(end);
  if (node.style == ScalarStyle::kPlain) end_plain(end);
}

// Further lines of a plain scalar stand deeper than the collection around.
void Builder::end_plain(std::size_t end) {
  cursor_ = end;
  plain_column_ = open_.empty() ? 0 : open_.back().column + 1;
}

// Between quotes a line separator is a character like others; a lone CR or NEL would be folded.
void Builder::forgive_odd_breaks(std::size_t begin, std::size_t end) {
  std::erase_if(odd_breaks_, [&](std::uint32_t at) {
    return at >= begin && at < end && source_.at(at) == '\xE2';
  });
}

}  // namespace composelint::yaml
