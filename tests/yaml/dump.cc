#include "tests/yaml/dump.h"

namespace composelint::yaml {

namespace {

char style_letter(ScalarStyle style) {
  switch (style) {
    case ScalarStyle::kNone: return 'e';
    case ScalarStyle::kPlain: return 'p';
    case ScalarStyle::kSingleQuoted: return 's';
    case ScalarStyle::kDoubleQuoted: return 'd';
    case ScalarStyle::kLiteral: return 'l';
    case ScalarStyle::kFolded: return 'f';
  }
  return '?';
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n')
      out += "\\n";
    else if (c == '\r')
      out += "\\r";
    else if (c == '\t')
      out += "\\t";
    else
      out += c;
  }
  return out;
}

std::string dump_scalar(const Node& node) {
  if (node.style == ScalarStyle::kNone) return "e@" + std::to_string(node.span.begin);
  const std::string_view written = node.span.text();
  std::string out(1, style_letter(node.style));
  out += "<" + escaped(written) + ">";
  const bool quoted =
      node.style == ScalarStyle::kSingleQuoted || node.style == ScalarStyle::kDoubleQuoted;
  const std::string_view bare = quoted ? written.substr(1, written.size() - 2) : written;
  if (bare != node.text) out += "=" + escaped(node.text);
  return out;
}

std::string range(const Node& node) {
  return "@" + std::to_string(node.span.begin) + ".." + std::to_string(node.span.end);
}

std::string dump_collection(const Node& node) {
  const bool map = node.kind == NodeKind::kMapping;
  std::string out = map ? (node.flow ? "{map}" : "map") : (node.flow ? "[seq]" : "seq");
  out += range(node) + "(";
  bool first = true;
  const auto separate = [&] {
    if (!first) out += ", ";
    first = false;
  };
  for (const Entry& entry : node.entries) {
    separate();
    out += dump(*entry.key) + ": " + dump(*entry.value);
  }
  for (const Node* item : node.items) {
    separate();
    out += dump(*item);
  }
  return out + ")";
}

}  // namespace

std::string dump(const Node& node) {
  std::string out;
  if (node.properties) {
    out += "`" + escaped(node.properties.text()) + "` ";
    if (!node.tag.empty()) out += "tag=" + std::string(node.tag) + " ";
    if (!node.anchor.empty()) out += "anchor=" + std::string(node.anchor) + " ";
  }
  switch (node.kind) {
    case NodeKind::kScalar: return out + dump_scalar(node);
    case NodeKind::kAlias: return out + "<" + std::string(node.span.text()) + ">";
    case NodeKind::kSequence:
    case NodeKind::kMapping: return out + dump_collection(node);
  }
  return out;
}

std::string dump(const Result<Stream>& parsed) {
  if (!parsed) {
    const Failure& failure = parsed.failure();
    return failure.message + " <" + escaped(failure.span.text()) + ">";
  }
  std::string out;
  for (const Node* root : parsed->documents()) {
    if (!out.empty()) out += " | ";
    out += dump(*root);
  }
  return out;
}

}  // namespace composelint::yaml
