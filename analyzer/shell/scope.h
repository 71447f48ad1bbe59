// The variables and positional parameters at one point of a script.
//
// Copies share their content until one of them writes: fork a scope by copying it, at an `if`, a
// loop, a subshell or a call, and join() the copies where the paths meet again.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/shell/value.h"

namespace composelint::shell {

// All values a variable may have here. Different branches leave different ones; behind kMaxValues
// of them the rest is one unknown value.
struct Variable {
  static constexpr std::size_t kMaxValues = 8;

  std::vector<std::shared_ptr<const Value>> values;  // empty: unset on every path seen
  bool maybe_unset = false;                          // some path leaves it without a value
  bool exported = false;
};

// What "$@" stands for.
struct Positional {
  std::vector<Text> arguments;
  bool known = false;  // false: any number of unknown arguments follow those listed
};

class Scope {
 public:
  Scope();

  // Null when nothing in sight sets or unsets it. The innermost local variable wins.
  [[nodiscard]] const Variable* find(std::string_view name) const;
  // Replaces all values; keeps `exported`. Writes to the innermost frame that has a local of this
  // name, else to the global one.
  void set(std::string_view name, Value value);
  // The same where it may be any of several.
  void set(std::string_view name, std::vector<Value> values);
  // NAME+=value for every value the variable may have: appends to the text, or elements to the
  // array.
  void append(std::string_view name, const std::vector<Value>& values);
  // The element of an array at a literal index; an array of unknown content otherwise.
  void set_element(std::string_view name, std::string_view index, const Text& text, Span span);
  void unset(std::string_view name);
  void set_exported(std::string_view name, bool exported = true);
  // Declares a local in the innermost frame: unset until it is set. In the global frame a no-op.
  void declare_local(std::string_view name);
  // Nothing is known any more of this variable: `read x`, a loop variable over unknown words.
  void forget(std::string_view name, Span span = {});

  // Function frames: locals of the callers are seen, as in the shell.
  void enter_function(Positional positional);
  void leave_function();

  [[nodiscard]] const Positional& positional() const;
  void set_positional(Positional positional);
  void shift(std::size_t count = 1);

  // Exported variables by name, for a script that is called: values as here, nothing else.
  [[nodiscard]] Scope exported() const;
  // Those that are exported, as seen from here, sorted by name.
  [[nodiscard]] std::vector<std::pair<std::string, const Variable*>> all_exported() const;
  // The same as text: nothing where the value is not known.
  [[nodiscard]] std::vector<std::pair<std::string, std::optional<std::string>>> exported_values()
      const;
  // One of them; nothing where it is not exported.
  [[nodiscard]] std::optional<std::optional<std::string>> exported_value(
      std::string_view name) const;
  // False may also mean that it would be long to tell.
  [[nodiscard]] bool exports_the_same(const Scope& other) const;

  // A copy of `other`, which neither has changed since.
  [[nodiscard]] bool is_copy_of(const Scope& other) const { return frames_ == other.frames_; }
  // What is global in `other` takes the place of what is here.
  void overlay(const Scope& other);

  // Both paths come together: every value of either; unset on one path is maybe unset. The scopes
  // must have the same depth of function frames.
  void join(const Scope& other);

 private:
  using Variables = std::map<std::string, Variable, std::less<>>;
  // By a hash of the name: ways that part and meet again share what neither has changed.
  static constexpr std::size_t kBuckets = 64;
  struct Frame {
    std::array<std::shared_ptr<Variables>, kBuckets> buckets;
    Positional positional;
  };
  [[nodiscard]] static std::size_t bucket_of(std::string_view name);
  [[nodiscard]] static const Variable* find_in(const Frame& frame, std::string_view name);
  [[nodiscard]] static Variables& writable_bucket(std::shared_ptr<Variables>& bucket);
  static void join_bucket(std::shared_ptr<Variables>& ours, const Variables& theirs);
  [[nodiscard]] static bool same_exports(const Variables* ours, const Variables* theirs);
  [[nodiscard]] bool hides_exports() const;
  Frame& writable(std::size_t index);
  Variable& writable_variable(std::string_view name);
  [[nodiscard]] std::size_t frame_of(std::string_view name) const;

  // Outermost first. Shared between copies: only writable() may hand out a frame to change.
  std::vector<std::shared_ptr<Frame>> frames_;
};

}  // namespace composelint::shell
