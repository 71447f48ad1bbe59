#include "analyzer/hosts/json_object.h"

#include <algorithm>
#include <utility>

namespace composelint::hosts {
namespace {

class Reader {
 public:
  explicit Reader(const SourceFile& file) : file_(file), bytes_(file.bytes()) {}

  std::vector<JsonEntry> members_of(std::string_view name) {
    if (!take('{')) return {};
    while (!at('}') && at_ < bytes_.size()) {
      const HostText key = string().first;
      if (!take(':')) return {};
      if (key.text() == name && at('{')) return members();
      skip_value();
      if (!take(',')) break;
    }
    return {};
  }

 private:
  [[nodiscard]] bool at(char c) {
    while (at_ < bytes_.size() &&
           std::string_view(" \t\r\n").find(bytes_[at_]) != std::string_view::npos) {
      ++at_;
    }
    return at_ < bytes_.size() && bytes_[at_] == c;
  }

  bool take(char c) {
    const bool there = at(c);
    if (there) ++at_;
    return there;
  }

  std::vector<JsonEntry> members() {
    std::vector<JsonEntry> out;
    take('{');
    while (at('"')) {
      auto [key, span] = string();
      if (!take(':')) break;
      if (at('"')) {
        out.push_back({std::move(key), span, string().first});
      } else {
        skip_value();
      }
      if (!take(',')) break;
    }
    return out;
  }

  std::pair<HostText, Span> string() {
    HostText text;
    if (!at('"')) return {text, {}};
    const std::uint32_t begin = at_++;
    while (at_ < bytes_.size() && bytes_[at_] != '"') {
      if (bytes_[at_] == '\\') {
        escape(text);
      } else {
        text.add_exact(bytes_.substr(at_, 1), file_, at_);
        ++at_;
      }
    }
    if (at_ < bytes_.size()) ++at_;
    return {text, {&file_, begin, at_}};
  }

  void escape(HostText& text) {
    static constexpr std::string_view kLetters = "bfnrt";
    static constexpr std::string_view kMeant = "\b\f\n\r\t";
    const char c = at_ + 1 < bytes_.size() ? bytes_[at_ + 1] : '\\';
    const auto size = static_cast<std::uint32_t>(bytes_.size());
    const Span place{&file_, at_, std::min(at_ + (c == 'u' ? 6U : 2U), size)};
    at_ = place.end;
    const std::size_t letter = kLetters.find(c);
    if (letter != std::string_view::npos) {
      text.add_whole(kMeant.substr(letter, 1), place);
    } else if (c == 'u') {
      text.add_foreign("an escape", place);
    } else {
      text.add_whole(std::string_view(&c, 1), place);
    }
  }

  // Whatever stands here, brackets and strings heeded.
  void skip_value() {
    std::size_t depth = 0;
    while (at_ < bytes_.size()) {
      if (at('"')) {
        (void)string();
        continue;
      }
      if (at_ >= bytes_.size()) return;
      const char c = bytes_[at_];
      if (depth == 0 && (c == ',' || c == '}' || c == ']')) return;
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      ++at_;
    }
  }

  const SourceFile& file_;
  std::string_view bytes_;
  std::uint32_t at_ = 0;
};

}  // namespace

std::vector<JsonEntry> strings_of(const SourceFile& file, std::string_view name) {
  return Reader(file).members_of(name);
}

}  // namespace composelint::hosts
