#include "analyzer/compose/print_json.h"

#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "analyzer/compose/numbers.h"
#include "analyzer/compose/runes.h"
#include "analyzer/compose/shape.h"

namespace composelint::compose {

namespace {

// ASCII that stands in JSON as it is.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 0x80; ++c) {
    plain[c] = std::string_view("\"\\<>&").find(static_cast<char>(c)) == std::string_view::npos;
  }
  return plain;
}();

// The escapes of encoding/json, which keeps its output safe inside of HTML.
void append_quoted(std::string_view text, std::string& out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    while (i < text.size() && kPlain[static_cast<unsigned char>(text[i])]) ++i;
    out.append(text, begin, i - begin);
    if (i == text.size()) break;
    const Rune rune = rune_at(text, i);
    switch (rune.code) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      case 0x2028: out += "\\u2028"; break;
      case 0x2029: out += "\\u2029"; break;
      default:
        if (rune.code < 0x20 || rune.code == '<' || rune.code == '>' || rune.code == '&') {
          out += "\\u00";
          out += kHex[rune.code / 16];
          out += kHex[rune.code % 16];
        } else if (rune.code == 0xFFFD && rune.size == 1) {
          out += "\\ufffd";
        } else {
          out += text.substr(i, rune.size);
        }
    }
    i += rune.size;
  }
  out += '"';
}

class Printer {
 public:
  // Without an indent there is no white space at all.
  Printer(std::string& out, std::size_t indent) : out_(out), indent_(indent) {}

  MaybeFailure value(const Value& value, std::size_t depth);

 private:
  MaybeFailure list(const Value& value, std::size_t depth);
  MaybeFailure map(const Value& value, std::size_t depth);
  void line(std::size_t depth) {
    if (indent_ == 0) return;
    out_ += '\n';
    out_.append(indent_ * depth, ' ');
  }

  std::string& out_;
  std::size_t indent_;
};

MaybeFailure Printer::list(const Value& list, std::size_t depth) {
  out_ += '[';
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    if (i != 0) out_ += ',';
    line(depth + 1);
    if (MaybeFailure failure = value(list.items[i], depth + 1)) return failure;
  }
  if (!list.items.empty()) line(depth);
  out_ += ']';
  return std::nullopt;
}

MaybeFailure Printer::map(const Value& map, std::size_t depth) {
  out_ += '{';
  bool any = false;
  for (const Member& member : map.members) {
    if (member.key == kExtensionsKey && member.value.is_map()) continue;
    if (any) out_ += ',';
    any = true;
    line(depth + 1);
    append_quoted(member.key, out_);
    out_ += indent_ == 0 ? ":" : ": ";
    if (MaybeFailure failure = value(member.value, depth + 1)) return failure;
  }
  if (any) line(depth);
  out_ += '}';
  return std::nullopt;
}

MaybeFailure Printer::value(const Value& value, std::size_t depth) {
  switch (value.kind) {
    case ValueKind::kNull: out_ += "null"; break;
    case ValueKind::kBool: out_ += value.boolean ? "true" : "false"; break;
    case ValueKind::kInt: out_ += std::to_string(value.integer); break;
    case ValueKind::kFloat:
      if (!std::isfinite(value.real)) {
        return Failure{FailureCode::kUnsupported, "JSON has no number for " + plain_text(value),
                       value.span};
      }
      out_ += json_float(value.real);
      break;
    case ValueKind::kString:
    case ValueKind::kTimestamp: append_quoted(value.text, out_); break;
    case ValueKind::kList: return list(value, depth);
    case ValueKind::kMap: return map(value, depth);
  }
  return std::nullopt;
}

}  // namespace

Result<std::string> print_json(const Value& model, bool escape_dollars, std::size_t indent) {
  std::string out;
  if (MaybeFailure failure = Printer(out, indent).value(model, 0)) return *failure;
  if (!escape_dollars) return out;
  std::string escaped;
  escaped.reserve(out.size());
  std::size_t done = 0;
  for (std::size_t at = out.find('$'); at != std::string::npos; at = out.find('$', done)) {
    escaped.append(out, done, at + 1 - done);
    escaped += '$';
    done = at + 1;
  }
  escaped.append(out, done);
  return escaped;
}

Result<std::string> print_compact_json(const Value& model) {
  std::string out;
  if (MaybeFailure failure = Printer(out, 0).value(model, 0)) return *failure;
  return out;
}

}  // namespace composelint::compose
