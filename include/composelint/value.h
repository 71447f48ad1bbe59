// A compose project as data: null, booleans, numbers, strings, lists and maps, each remembering
// where it was written and how it came here. Loading takes and gives nothing else, and rules read
// the attributes of the compose specification from it that Service has no member for.
//
// Values are plain values: copying copies the subtree. Spans point into the run's source files;
// trails live as long as the project they belong to.
#pragma once

#include <composelint/compose.h>
#include <composelint/source.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

// kTimestamp: an unquoted date. Compose's schema knows no such type: it fits nowhere.
enum class ValueKind : std::uint8_t {
  kNull,
  kBool,
  kInt,
  kFloat,
  kString,
  kTimestamp,
  kList,
  kMap
};

// How a value came to be where it is: a chain towards older steps, shared between values. A null
// pointer is the plain case, written at the value's own span.
struct Trail {
  OriginStep step;
  const Trail* before = nullptr;
};

struct Member;

struct Value {
  ValueKind kind = ValueKind::kNull;
  // False: a string with holes. A variable nobody knows was to be put in; `text` keeps the
  // expression as written. Such a value has no type yet and passes every check on type or form.
  bool known = true;
  bool boolean = false;
  bool by_name = false;  // a map whose keys are names the user chose: their order has no meaning
  std::int64_t integer = 0;
  double real = 0;
  std::string text;             // strings; of numbers and dates: as written
  std::vector<Value> items;     // lists
  std::vector<Member> members;  // maps: in order of first appearance, keys are unique
  Span span;                    // of the value as written; nowhere for defaults and the environment
  const Trail* trail = nullptr;

  [[nodiscard]] bool is_null() const { return kind == ValueKind::kNull; }
  [[nodiscard]] bool is_string() const { return kind == ValueKind::kString; }
  [[nodiscard]] bool is_list() const { return kind == ValueKind::kList; }
  [[nodiscard]] bool is_map() const { return kind == ValueKind::kMap; }
  [[nodiscard]] bool is_scalar() const { return !is_list() && !is_map(); }

  // The value of a key; null when there is none or this is no map.
  [[nodiscard]] const Value* find(std::string_view key) const;
  [[nodiscard]] Value* find(std::string_view key);
  [[nodiscard]] const Member* member(std::string_view key) const;
  // The text of a string member; empty when there is none or it is no string.
  [[nodiscard]] std::string_view text_of(std::string_view key) const;
  // Sets a key, in place where it exists and at the end where not. Turns null into a map.
  Value& set(std::string_view key, Value value, Span key_span = {});
  bool erase(std::string_view key);

  static Value null();
  static Value of(bool value);
  static Value of(std::int64_t value);
  static Value of(double value);
  static Value of(std::string value);
  static Value list();
  static Value map();
  // The same with the place and trail of `source`: for what is computed from something written.
  Value from(const Value& source) &&;
};

struct Member {
  std::string key;
  Span span;  // of the key as written; nowhere for keys that no file holds
  Value value;
};

// A value in the words Go's `%v` uses: what Compose writes when it makes a string of one.
[[nodiscard]] std::string plain_text(const Value& value);

// The place of a value and the steps that led it there, oldest first.
[[nodiscard]] Provenance provenance_of(const Value& value);

}  // namespace composelint
