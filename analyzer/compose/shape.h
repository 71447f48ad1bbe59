// The typed model: every attribute as the type Compose holds it in, in the order it prints it.
#pragma once

#include <composelint/result.h>

#include <span>
#include <string_view>

#include "analyzer/compose/load.h"
#include "analyzer/compose/value.h"

namespace composelint::compose {

enum class Form {
  kString,
  kBool,
  kInt,
  kUint,
  kSingle,   // a float of single precision
  kCpus,     // the same, out of a string too
  kStrings,  // a list of strings
  kStringOrList,
  kStringsOrNumbers,
  kMapping,      // values as strings, nothing is ""
  kEnvironment,  // values as strings, nothing stays null
  kLabels,
  kOptions,       // as kMapping, but never a list
  kMultiOptions,  // a list of strings for each key
  kStringMap,
  kHosts,  // "host=ip", sorted
  kCommand,
  kHealthTest,
  kDuration,
  kBytes,
  kFileMode,  // octal, in a string
  kDeviceCount,
  kUlimits,
  kSsh,
  kStruct,        // only when given
  kInlineStruct,  // always there
  kStructList,
  kStructMap,
  kEnvFiles,
};

enum FieldFlag : unsigned {
  kOmitEmpty = 0,
  kKeepZero = 1,    // given but zero is not the same as left out
  kAlways = 2,      // printed also when left out
  kNullInJson = 4,  // left out: null in JSON, nothing in YAML
};

struct Shape;

struct Field {
  std::string_view key;
  Form form = Form::kString;
  const Shape* shape = nullptr;
  unsigned flags = kOmitEmpty;
  std::string_view printed = {};  // the key in JSON where it is another
};

struct Shape {
  std::span<const Field> fields;
  bool extensible = true;  // keeps keys that start with "x-"
};

extern const Shape kServiceShape;
extern const Shape kNetworkShape;
extern const Shape kVolumeShape;
extern const Shape kSecretShape;
extern const Shape kConfigShape;
extern const Shape kModelShape;

// Where extensions of a map wait while it is read: see set_extensions_apart().
inline constexpr std::string_view kExtensionsKey = "#extensions";

// Moves the "x-" keys of every map to one key of it, except where keys are names of resources. That
// befalls labels and the like too: Compose does so.
void set_extensions_apart(Value& model);

// Sets an attribute of a shaped value at its place in the order of printing.
void set_field(Value& structure, const Shape& shape, std::string_view key, Value value);
// The shape of a structure that is an attribute of `shape`.
[[nodiscard]] const Shape& shape_of_field(const Shape& shape, std::string_view key);

// `value` as its shape. Fails with kInvalid on what does not fit; when linting, such a value is
// noted and left out.
[[nodiscard]] Result<Value> shape_struct(const Value& value, const Shape& shape, Load& load);
[[nodiscard]] Result<Value> shape_map(const Value& value, const Shape& of_each, Load& load);

}  // namespace composelint::compose
