#include "analyzer/shell/scope.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

namespace composelint::shell {
namespace {

// A variable that grows in a loop must not grow for ever.
constexpr std::size_t kMaxPieces = 512;
constexpr std::size_t kMaxBytes = std::size_t{1} << 16U;

bool is_too_large(const Value& value) {
  std::size_t pieces = value.elements.size();
  std::size_t bytes = 0;
  for (const Text& text : value.elements) {
    pieces += text.size();
    for (const Piece& piece : text) bytes += piece.text.size();
  }
  return pieces > kMaxPieces || bytes > kMaxBytes;
}

// The first two words: `docker compose` of one with options.
std::string head_of(const Value& value) {
  if (value.elements.empty()) return {};
  const std::string text = known_text(value.elements.front());
  const std::size_t blank = text.find(' ');
  return text.substr(0, blank == std::string::npos ? blank : text.find(' ', blank + 1));
}

// There are too many values: one that begins like none of those kept takes the place of one that
// begins like another.
void keep_kinds(Variable& variable, const std::shared_ptr<const Value>& value) {
  const std::string head = head_of(*value);
  std::set<std::string> kinds;
  std::optional<std::size_t> spare;
  for (std::size_t i = 0; i < Variable::kMaxValues; ++i) {
    const std::string other = head_of(*variable.values[i]);
    if (other == head) return;
    if (!kinds.insert(other).second) spare = i;
  }
  if (spare) variable.values[*spare] = value;
}

void add_value(Variable& variable, std::string_view name, std::shared_ptr<const Value> value) {
  for (const auto& present : variable.values) {
    if (present == value || *present == *value) return;
  }
  if (variable.values.size() < Variable::kMaxValues) {
    variable.values.push_back(std::move(value));
    return;
  }
  keep_kinds(variable, value);
  const Value rest = Value::hole(name);
  if (variable.values.size() == Variable::kMaxValues) {
    variable.values.push_back(std::make_shared<const Value>(rest));
  }
}

std::shared_ptr<const Value> bounded(std::string_view name, Value value) {
  if (!is_too_large(value)) return std::make_shared<const Value>(std::move(value));
  return std::make_shared<const Value>(Value::hole(name, value.span));
}

Value appended(const Value& old, const Value& more) {
  Value value = old;
  if (old.array || more.array) {
    value.array = true;
    value.elements.insert(value.elements.end(), more.elements.begin(), more.elements.end());
    return value;
  }
  if (value.elements.empty()) value.elements.emplace_back();
  for (const Text& text : more.elements) {
    value.elements[0].insert(value.elements[0].end(), text.begin(), text.end());
  }
  return value;
}

void join_variables(Variable& into, const Variable& other, std::string_view name) {
  // A path on which it is surely unset is one on which it has no value.
  into.maybe_unset =
      into.maybe_unset || other.maybe_unset || (into.values.empty() != other.values.empty());
  into.exported = into.exported || other.exported;
  for (const auto& value : other.values) add_value(into, name, value);
}

Positional joined(const Positional& a, const Positional& b) {
  Positional both;
  both.known = a.known && b.known && a.arguments == b.arguments;
  for (std::size_t i = 0; i < std::min(a.arguments.size(), b.arguments.size()); ++i) {
    if (a.arguments[i] != b.arguments[i]) break;
    both.arguments.push_back(a.arguments[i]);
  }
  return both;
}

}  // namespace

Scope::Scope() {
  frames_.push_back(std::make_shared<Frame>());
}

Scope::Frame& Scope::writable(std::size_t index) {
  std::shared_ptr<Frame>& frame = frames_[index];
  if (frame.use_count() != 1) frame = std::make_shared<Frame>(*frame);
  return *frame;
}

std::size_t Scope::bucket_of(std::string_view name) {
  return std::hash<std::string_view>()(name) % kBuckets;
}

const Variable* Scope::find_in(const Frame& frame, std::string_view name) {
  const auto& bucket = frame.buckets[bucket_of(name)];
  if (bucket == nullptr) return nullptr;
  const auto found = bucket->find(name);
  return found == bucket->end() ? nullptr : &found->second;
}

Scope::Variables& Scope::writable_bucket(std::shared_ptr<Variables>& bucket) {
  if (bucket == nullptr) bucket = std::make_shared<Variables>();
  if (bucket.use_count() != 1) bucket = std::make_shared<Variables>(*bucket);
  return *bucket;
}

std::size_t Scope::frame_of(std::string_view name) const {
  for (std::size_t i = frames_.size(); i-- > 0;) {
    if (find_in(*frames_[i], name) != nullptr) return i;
  }
  return 0;
}

const Variable* Scope::find(std::string_view name) const {
  return find_in(*frames_[frame_of(name)], name);
}

Variable& Scope::writable_variable(std::string_view name) {
  Frame& frame = writable(frame_of(name));
  Variables& variables = writable_bucket(frame.buckets[bucket_of(name)]);
  const auto found = variables.find(name);
  if (found != variables.end()) return found->second;
  return variables.emplace(std::string(name), Variable{}).first->second;
}

void Scope::set(std::string_view name, Value value) {
  Variable& variable = writable_variable(name);
  variable.values.assign(1, bounded(name, std::move(value)));
  variable.maybe_unset = false;
}

void Scope::set(std::string_view name, std::vector<Value> values) {
  Variable& variable = writable_variable(name);
  variable.values.clear();
  variable.maybe_unset = false;
  for (Value& value : values) add_value(variable, name, bounded(name, std::move(value)));
}

void Scope::append(std::string_view name, const std::vector<Value>& values) {
  const bool heard_of = find(name) != nullptr;
  Variable& variable = writable_variable(name);
  const std::vector<std::shared_ptr<const Value>> before = std::exchange(variable.values, {});
  for (const Value& value : values) {
    for (const auto& old : before) {
      add_value(variable, name, bounded(name, appended(*old, value)));
    }
    if (!heard_of && !value.array) {
      // The caller's environment may hold a value already.
      add_value(variable, name, bounded(name, appended(Value::hole(name), value)));
    } else if (before.empty() || variable.maybe_unset) {
      add_value(variable, name, bounded(name, value));
    }
  }
  variable.maybe_unset = false;
}

void Scope::set_element(std::string_view name, std::string_view index, const Text& text,
                        Span span) {
  constexpr std::size_t kMaxGap = 64;
  std::size_t at = 0;
  const auto parsed = std::from_chars(index.data(), index.data() + index.size(), at);
  const bool literal = parsed.ec == std::errc() && parsed.ptr == index.data() + index.size();
  Variable& variable = writable_variable(name);
  if (variable.values.empty()) {
    variable.values.push_back(std::make_shared<const Value>(Value::list({}, span)));
  }
  variable.maybe_unset = false;
  for (std::shared_ptr<const Value>& value : variable.values) {
    Value changed = *value;
    changed.array = true;
    if (literal && at <= changed.elements.size() + kMaxGap) {
      if (at >= changed.elements.size()) changed.elements.resize(at + 1);
      changed.elements[at] = text;
    } else {
      Text rest = unknown(name, span);
      rest[0].splits = true;
      changed.elements.assign(1, rest);
    }
    value = bounded(name, std::move(changed));
  }
}

void Scope::unset(std::string_view name) {
  Variable& variable = writable_variable(name);
  variable = Variable{};
}

void Scope::set_exported(std::string_view name, bool exported) {
  if (find(name) == nullptr) return;
  writable_variable(name).exported = exported;
}

void Scope::declare_local(std::string_view name) {
  if (frames_.size() == 1) return;
  Frame& frame = writable(frames_.size() - 1);
  writable_bucket(frame.buckets[bucket_of(name)]).emplace(std::string(name), Variable{});
}

void Scope::forget(std::string_view name, Span span) {
  set(name, Value::hole(name, span));
}

void Scope::enter_function(Positional positional) {
  auto frame = std::make_shared<Frame>();
  frame->positional = std::move(positional);
  frames_.push_back(std::move(frame));
}

void Scope::leave_function() {
  if (frames_.size() > 1) frames_.pop_back();
}

const Positional& Scope::positional() const {
  return frames_.back()->positional;
}

void Scope::set_positional(Positional positional) {
  writable(frames_.size() - 1).positional = std::move(positional);
}

void Scope::shift(std::size_t count) {
  Positional& positional = writable(frames_.size() - 1).positional;
  const std::size_t gone = std::min(count, positional.arguments.size());
  positional.arguments.erase(positional.arguments.begin(),
                             positional.arguments.begin() + static_cast<std::ptrdiff_t>(gone));
}

void Scope::join_bucket(std::shared_ptr<Variables>& ours, const Variables& theirs) {
  Variables& variables = writable_bucket(ours);
  for (auto& [name, variable] : variables) {
    const auto found = theirs.find(name);
    if (found == theirs.end())
      variable.maybe_unset = true;
    else
      join_variables(variable, found->second, name);
  }
  for (const auto& [name, variable] : theirs) {
    const auto [place, added] = variables.emplace(name, variable);
    if (added) place->second.maybe_unset = true;
  }
}

void Scope::join(const Scope& other) {
  static const Variables kNone;
  const std::size_t depth = std::min(frames_.size(), other.frames_.size());
  for (std::size_t i = 0; i < depth; ++i) {
    if (frames_[i] == other.frames_[i]) continue;
    const Frame& theirs = *other.frames_[i];
    Frame& ours = writable(i);
    for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) {
      const std::shared_ptr<Variables>& more = theirs.buckets[bucket];
      if (ours.buckets[bucket] == more) continue;
      join_bucket(ours.buckets[bucket], more == nullptr ? kNone : *more);
    }
    ours.positional = joined(ours.positional, theirs.positional);
  }
}

}  // namespace composelint::shell
