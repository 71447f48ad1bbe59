// gitignore's glob. Two places to come back to suffice: a later star can take over whatever an
// earlier one of its kind would have swallowed. So hostile patterns cost a product, no power.
#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

#include "analyzer/text/ignore.h"

namespace composelint::text {

namespace {

using Index = std::size_t;
constexpr Index kNone = std::string_view::npos;

bool in_named_class(std::string_view name, unsigned char byte) {
  const bool lower = byte >= 'a' && byte <= 'z';
  const bool upper = byte >= 'A' && byte <= 'Z';
  const bool digit = byte >= '0' && byte <= '9';
  const bool printed = byte > ' ' && byte < 0x7F;
  if (name == "alpha") return lower || upper;
  if (name == "digit") return digit;
  if (name == "alnum") return lower || upper || digit;
  if (name == "lower") return lower;
  if (name == "upper") return upper;
  if (name == "space") return byte == ' ' || (byte >= '\t' && byte <= '\r');
  if (name == "blank") return byte == ' ' || byte == '\t';
  if (name == "punct") return printed && !(lower || upper || digit);
  if (name == "xdigit")
    return digit || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
  if (name == "graph") return printed;
  if (name == "print") return printed || byte == ' ';
  return name == "cntrl" && (byte < ' ' || byte == 0x7F);
}

// One item of a bracket expression: its lowest and highest byte.
struct Item {
  unsigned char low = 0;
  unsigned char high = 0;
};

// Reads one byte of a bracket, an escaped one too.
std::optional<unsigned char> bracket_byte(std::string_view glob, Index& at) {
  if (at < glob.size() && glob[at] == '\\') ++at;
  if (at >= glob.size()) return std::nullopt;
  return static_cast<unsigned char>(glob[at++]);
}

std::optional<Item> bracket_item(std::string_view glob, Index& at) {
  const auto low = bracket_byte(glob, at);
  if (!low) return std::nullopt;
  if (at + 1 >= glob.size() || glob[at] != '-' || glob[at + 1] == ']') return Item{*low, *low};
  ++at;
  const auto high = bracket_byte(glob, at);
  if (!high) return std::nullopt;
  return Item{*low, *high};
}

// Matches the bracket that starts at glob[at] and moves past it; nothing when it never closes.
std::optional<bool> match_bracket(std::string_view glob, Index& at, unsigned char byte) {
  ++at;
  const bool negated = at < glob.size() && (glob[at] == '!' || glob[at] == '^');
  if (negated) ++at;
  bool found = false;
  for (bool first = true; at < glob.size(); first = false) {
    if (glob[at] == ']' && !first) {
      ++at;
      return found != negated;
    }
    if (glob.substr(at).starts_with("[:")) {
      const Index end = glob.find(":]", at + 2);
      if (end == kNone) return std::nullopt;
      found = in_named_class(glob.substr(at + 2, end - at - 2), byte) || found;
      at = end + 2;
      continue;
    }
    const auto item = bracket_item(glob, at);
    if (!item) return std::nullopt;
    found = (byte >= item->low && byte <= item->high) || found;
  }
  return std::nullopt;
}

class Matcher {
 public:
  Matcher(std::string_view glob, std::string_view path) : glob_(glob), path_(path) {}

  bool run() {
    while (true) {
      if (take_stars()) continue;
      if (at_ == path_.size() && glob_at_ == glob_.size()) return true;
      if (at_ < path_.size() && glob_at_ < glob_.size() && take_one()) continue;
      if (!come_back()) return false;
    }
  }

 private:
  struct Retry {
    Index glob = kNone;
    Index path = 0;
  };

  // Steps over a star and notes where to come back to. False when none stands here.
  bool take_stars() {
    if (glob_at_ >= glob_.size() || glob_[glob_at_] != '*') return false;
    const Index end = std::min(glob_.find_first_not_of('*', glob_at_), glob_.size());
    const bool starts = glob_at_ == 0 || glob_[glob_at_ - 1] == '/';
    const bool crosses = end - glob_at_ >= 2 && starts;
    if (crosses && end == glob_.size()) {  // "/**": everything inside, and there is something
      if (at_ == path_.size()) return false;
      glob_at_ = end;
      at_ = path_.size();
      return true;
    }
    if (crosses && glob_[end] == '/') {
      glob_at_ = end + 1;
      across_ = {glob_at_, at_};
      within_ = {};
      return true;
    }
    glob_at_ = end;
    within_ = {glob_at_, at_};
    return true;
  }

  bool take_one() {
    const char byte = path_[at_];
    Index next = glob_at_;
    bool matches = false;
    if (glob_[next] == '?') {
      matches = byte != '/';
      ++next;
    } else if (glob_[next] == '[') {
      const auto in = match_bracket(glob_, next, static_cast<unsigned char>(byte));
      matches = in.value_or(false) && byte != '/';
    } else {
      if (glob_[next] == '\\' && ++next == glob_.size()) return false;
      matches = glob_[next++] == byte;
    }
    if (!matches) return false;
    glob_at_ = next;
    ++at_;
    return true;
  }

  // Lets the last star take one byte more, else the last `**/` one component more.
  bool come_back() {
    if (within_.glob != kNone && within_.path < path_.size() && path_[within_.path] != '/') {
      at_ = ++within_.path;
      glob_at_ = within_.glob;
      return true;
    }
    if (across_.glob == kNone) return false;
    const Index slash = path_.find('/', across_.path);
    if (slash == kNone) return false;
    at_ = across_.path = slash + 1;
    glob_at_ = across_.glob;
    within_ = {};
    return true;
  }

  std::string_view glob_;
  std::string_view path_;
  Index glob_at_ = 0;
  Index at_ = 0;
  Retry within_;
  Retry across_;
};

}  // namespace

bool glob_matches(std::string_view glob, std::string_view path) {
  return Matcher(glob, path).run();
}

}  // namespace composelint::text
