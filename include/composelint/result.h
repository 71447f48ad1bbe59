// A value, or the reason there is none. The only error type across rooms; exceptions of libraries
// are caught in the room that calls them.
#pragma once

#include <composelint/source.h>

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace composelint {

enum class FailureCode {
  kNotFound,     // no such file or directory
  kUnreadable,   // there, but not to be read: permission, a directory, too large, binary
  kSyntax,       // the bytes are not what the format allows
  kUnsupported,  // well formed, and outside of what this tool understands
  kLimit,        // a bound on time, memory, depth or expansion was reached
  kInvalid,      // parsed, and refused: schema, references, interpolation, merge
  kUsage,        // the call itself is wrong
};

// `message` is a sentence for the user that names the offending piece; `span` is where it stands,
// if it stands in a file.
struct Failure {
  FailureCode code = FailureCode::kInvalid;
  std::string message;
  Span span;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}            // NOLINT(google-explicit-constructor)
  Result(Failure failure) : state_(std::move(failure)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] T& value() {
    assert(ok());
    return *std::get_if<T>(&state_);
  }
  [[nodiscard]] const T& value() const {
    assert(ok());
    return *std::get_if<T>(&state_);
  }
  [[nodiscard]] const Failure& failure() const {
    assert(!ok());
    return *std::get_if<Failure>(&state_);
  }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  std::variant<T, Failure> state_;
};

// For calls that give nothing back but may fail: nullopt is success.
using MaybeFailure = std::optional<Failure>;

}  // namespace composelint
