#include "analyzer/compose/shape_scalars.h"

#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "analyzer/compose/numbers.h"

namespace composelint::compose {

namespace {

Failure unfit(const Value& value, std::string_view wanted) {
  return {FailureCode::kInvalid, "\"" + plain_text(value) + "\" is no " + std::string(wanted),
          value.span};
}

Result<Value> string(const Value& value) {
  if (value.is_string()) return value;
  if (value.kind == ValueKind::kInt) return Value::of(std::to_string(value.integer)).from(value);
  return unfit(value, "string");
}

Result<Value> boolean(const Value& value) {
  if (value.kind == ValueKind::kBool) return value;
  const std::string word = value.is_string() ? lower(value.text) : "";
  if (word == "true" || word == "y" || word == "yes" || word == "on") {
    return Value::of(true).from(value);
  }
  if (word == "false" || word == "n" || word == "no" || word == "off") {
    return Value::of(false).from(value);
  }
  return unfit(value, "boolean");
}

Result<Value> integer(const Value& value) {
  if (value.kind == ValueKind::kInt) return value;
  if (value.kind == ValueKind::kFloat && std::fabs(value.real) < 9.2e18) {
    return Value::of(static_cast<std::int64_t>(value.real)).from(value);
  }
  const std::optional<std::int64_t> parsed =
      value.is_string() ? parse_int(value.text) : std::nullopt;
  if (!parsed) return unfit(value, "integer");
  return Value::of(*parsed).from(value);
}

Result<Value> natural(const Value& value) {
  if (value.is_string()) return unfit(value, "number");
  Result<Value> number = integer(value);
  if (number && number->integer < 0) return unfit(value, "number of that sign");
  return number;
}

Result<Value> single(const Value& value) {
  if (value.kind == ValueKind::kFloat) return Value::of(as_single(value.real)).from(value);
  if (value.kind == ValueKind::kInt) {
    return Value::of(as_single(static_cast<double>(value.integer))).from(value);
  }
  const std::optional<double> parsed = value.is_string() ? parse_float(value.text) : std::nullopt;
  if (!parsed) return unfit(value, "number");
  return Value::of(as_single(*parsed)).from(value);
}

Result<Value> duration(const Value& value) {
  const std::optional<std::int64_t> parsed = parse_duration(plain_text(value));
  if (!parsed) return unfit(value, "duration");
  return Value::of(duration_text(*parsed)).from(value);
}

Result<Value> bytes(const Value& value) {
  std::optional<std::int64_t> size = 0;
  if (value.kind == ValueKind::kInt) size = value.integer;
  if (value.is_string()) size = parse_bytes(value.text);
  if (!size) return unfit(value, "size");
  return Value::of(std::to_string(*size)).from(value);
}

Result<Value> file_mode(const Value& value) {
  std::optional<std::int64_t> mode;
  if (value.kind == ValueKind::kInt) mode = value.integer;
  if (value.is_string()) mode = parse_int(value.text, 8);
  if (!mode) return unfit(value, "file mode");
  std::string digits;
  for (std::uint64_t left = static_cast<std::uint64_t>(std::llabs(*mode)); left > 0; left /= 8) {
    digits.insert(digits.begin(), static_cast<char>('0' + left % 8));
  }
  if (digits.empty()) digits = "0";
  return Value::of("0" + std::string(*mode < 0 ? "-" : "") + digits).from(value);
}

Result<Value> device_count(const Value& value) {
  if (value.kind == ValueKind::kInt) return value;
  if (!value.is_string()) return unfit(value, "device count");
  if (lower(value.text) == "all") return Value::of(std::int64_t{-1}).from(value);
  const std::optional<std::int64_t> count = parse_int(value.text);
  if (!count) return unfit(value, "device count: 'all' or a number");
  return Value::of(*count).from(value);
}

}  // namespace

bool is_scalar_form(Form form) {
  switch (form) {
    case Form::kString:
    case Form::kBool:
    case Form::kInt:
    case Form::kUint:
    case Form::kSingle:
    case Form::kCpus:
    case Form::kDuration:
    case Form::kBytes:
    case Form::kFileMode:
    case Form::kDeviceCount: return true;
    default: return false;
  }
}

Result<Value> shape_scalar(const Value& value, Form form) {
  if (value.is_null() || !value.known) return value;
  switch (form) {
    case Form::kString: return string(value);
    case Form::kBool: return boolean(value);
    case Form::kInt: return integer(value);
    case Form::kUint: return natural(value);
    case Form::kSingle:
    case Form::kCpus: return single(value);
    case Form::kDuration: return duration(value);
    case Form::kBytes: return bytes(value);
    case Form::kFileMode: return file_mode(value);
    case Form::kDeviceCount: return device_count(value);
    default: return unfit(value, "scalar");
  }
}

}  // namespace composelint::compose
