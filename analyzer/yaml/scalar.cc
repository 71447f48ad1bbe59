#include "analyzer/yaml/scalar.h"

#include <limits>

#include "analyzer/yaml/number.h"
#include "analyzer/yaml/timestamp.h"

namespace composelint::yaml {

namespace {

constexpr std::string_view kOwnTags = "tag:yaml.org,2002:";

Scalar make(ScalarKind kind, std::string_view text) {
  Scalar scalar;
  scalar.kind = kind;
  scalar.text = text;
  return scalar;
}

Scalar make_bool(bool truth, std::string_view text) {
  Scalar scalar = make(ScalarKind::kBool, text);
  scalar.boolean = truth;
  return scalar;
}

Scalar make_float(double number, std::string_view text) {
  Scalar scalar = make(ScalarKind::kFloat, text);
  scalar.floating = number;
  return scalar;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (text == word) return true;
  }
  return false;
}

// Spellings that are looked up, not parsed.
std::optional<Scalar> resolve_word(std::string_view text) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (is_one_of(text, {"", "~", "null", "Null", "NULL"})) return make(ScalarKind::kNull, text);
  if (is_one_of(text, {"true", "True", "TRUE"})) return make_bool(true, text);
  if (is_one_of(text, {"false", "False", "FALSE"})) return make_bool(false, text);
  if (is_one_of(text, {".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"})) {
    return make_float(kInfinity, text);
  }
  if (is_one_of(text, {"-.inf", "-.Inf", "-.INF"})) return make_float(-kInfinity, text);
  if (is_one_of(text, {".nan", ".NaN", ".NAN"})) {
    return make_float(std::numeric_limits<double>::quiet_NaN(), text);
  }
  return std::nullopt;
}

std::optional<Scalar> resolve_number(std::string_view text) {
  Scalar scalar = make(ScalarKind::kInt, text);
  if (const auto integer = parse_integer(text)) {
    if (integer->fits_int64) {
      scalar.integer = integer->signed_value;
    } else {
      scalar.kind = ScalarKind::kUint;
      scalar.unsigned_integer = integer->unsigned_value;
    }
    return scalar;
  }
  if (const auto number = parse_float(text)) return make_float(*number, text);
  return std::nullopt;
}

// `dates` is off where a tag of another kind was written: then a date is no candidate.
Scalar resolve_text(std::string_view text, bool dates) {
  if (auto word = resolve_word(text)) return *word;
  const char first = text.front();
  const bool digit = first >= '0' && first <= '9';
  if (digit && dates && is_timestamp(text)) return make(ScalarKind::kTimestamp, text);
  if (digit || first == '+' || first == '-' || first == '.') {
    if (auto number = resolve_number(text)) return *number;
  }
  return make(ScalarKind::kString, text);
}

Scalar convert(Scalar scalar, std::string_view tag) {
  const auto demand = [&](bool fits) {
    if (!fits) scalar.kind = ScalarKind::kInvalid;
    return scalar;
  };
  if (tag == "null") return demand(scalar.kind == ScalarKind::kNull);
  if (tag == "bool") return demand(scalar.kind == ScalarKind::kBool);
  if (tag == "timestamp") return demand(scalar.kind == ScalarKind::kTimestamp);
  if (tag == "int") {
    return demand(scalar.kind == ScalarKind::kInt || scalar.kind == ScalarKind::kUint);
  }
  if (scalar.kind == ScalarKind::kInt) {
    return make_float(static_cast<double>(scalar.integer), scalar.text);
  }
  return demand(scalar.kind == ScalarKind::kFloat);
}

}  // namespace

Scalar resolve_plain(std::string_view text) {
  if (text == "<<") return make(ScalarKind::kMerge, text);
  return resolve_text(text, true);
}

Scalar resolve(const Node& node) {
  const std::string_view text = node.text;
  const bool plain = node.style == ScalarStyle::kPlain || node.style == ScalarStyle::kNone;
  if (node.tag.empty() || node.tag == "!") {
    return plain ? resolve_plain(text) : make(ScalarKind::kString, text);
  }
  if (!node.tag.starts_with(kOwnTags)) return make(ScalarKind::kString, text);
  const std::string_view tag = node.tag.substr(kOwnTags.size());
  if (tag == "merge") return make(text == "<<" ? ScalarKind::kMerge : ScalarKind::kString, text);
  if (tag == "binary") return make(ScalarKind::kBinary, text);
  if (!is_one_of(tag, {"null", "bool", "int", "float", "timestamp"})) {
    return make(ScalarKind::kString, text);
  }
  return convert(resolve_text(text, tag == "timestamp"), tag);
}

}  // namespace composelint::yaml
