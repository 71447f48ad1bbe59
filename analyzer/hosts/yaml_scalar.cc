#include "analyzer/hosts/yaml_scalar.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace composelint::hosts {
namespace {

using std::string_view;
using yaml::Node;
using yaml::ScalarStyle;

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

bool is_break(char c) {
  return c == '\n' || c == '\r';
}

std::size_t utf8_length(unsigned long point) {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}

// Both sides side by side. Whatever the walk does not expect makes the rest one atomic piece.
class Walk {
 public:
  Walk(const Node& node, HostText& out)
      : file_(*node.span.file),
        bytes_(file_.bytes()),
        text_(node.text),
        at_(node.span.begin),
        end_(node.span.end),
        out_(out) {}

  void run(ScalarStyle style) {
    switch (style) {
      case ScalarStyle::kNone: return;
      case ScalarStyle::kPlain: flow('\0'); break;
      case ScalarStyle::kSingleQuoted: flow('\''); break;
      case ScalarStyle::kDoubleQuoted: flow('"'); break;
      case ScalarStyle::kLiteral: block(false); break;
      case ScalarStyle::kFolded: block(true); break;
    }
    if (!text_.empty()) whole(text_.size(), end_);
  }

 private:
  [[nodiscard]] char byte(std::size_t at) const { return at < end_ ? bytes_[at] : '\0'; }

  // The next bytes of the text stand at `begin`; false: they do not.
  bool exact(std::size_t begin, std::size_t size) {
    const string_view piece = bytes_.substr(begin, size);
    if (begin + size > end_ || !text_.starts_with(piece)) return false;
    out_.add_exact(text_.substr(0, size), file_, static_cast<std::uint32_t>(begin));
    text_.remove_prefix(size);
    at_ = begin + size;
    return true;
  }

  // The next bytes of the text come from all between here and `end`.
  void whole(std::size_t size, std::size_t end) {
    size = std::min(size, text_.size());
    end = std::max(at_, std::min(end, end_));
    out_.add_whole(text_.substr(0, size),
                   {&file_, static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)});
    text_.remove_prefix(size);
    at_ = end;
  }

  // Plain or between quotes.
  void flow(char quote) {
    if (quote != '\0') {
      ++at_;
      --end_;
    }
    while (at_ < end_ && !text_.empty()) {
      if (is_blank(byte(at_)) || is_break(byte(at_))) {
        if (!white_space()) return;
      } else if (quote == '\'' && byte(at_) == '\'') {
        whole(1, at_ + 2);
      } else if (quote == '"' && byte(at_) == '\\') {
        escape();
      } else {
        std::size_t stop = at_ + 1;
        while (stop < end_ && !is_blank(bytes_[stop]) && !is_break(bytes_[stop]) &&
               bytes_[stop] != quote && (quote != '"' || bytes_[stop] != '\\')) {
          ++stop;
        }
        if (!exact(at_, stop - at_)) return;
      }
    }
  }

  [[nodiscard]] std::size_t skip_white(std::size_t at, std::size_t& breaks) const {
    for (; is_blank(byte(at)) || is_break(byte(at)); ++at) {
      if (byte(at) == '\n' || (byte(at) == '\r' && byte(at + 1) != '\n')) ++breaks;
    }
    return at;
  }

  // A run with one line end is a space; with more, a line feed for each but the first.
  bool white_space() {
    std::size_t breaks = 0;
    const std::size_t stop = skip_white(at_, breaks);
    if (breaks == 0) return exact(at_, stop - at_);
    whole(breaks == 1 ? 1 : breaks - 1, stop);
    return true;
  }

  void escape() {
    std::size_t digits = 0;
    std::size_t size = 1;
    switch (byte(at_ + 1)) {
      case 'x': digits = 2; break;
      case 'u': digits = 4; break;
      case 'U': digits = 8; break;
      case 'N':
      case '_': size = 2; break;
      case 'L':
      case 'P': size = 3; break;
      case '\r':
      case '\n': {
        std::size_t breaks = 0;
        const std::size_t stop = skip_white(at_ + 1, breaks);
        whole(breaks > 0 ? breaks - 1 : 0, stop);
        return;
      }
      default: break;
    }
    unsigned long point = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const char c = byte(at_ + 2 + i);
      const int digit = c >= '0' && c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
      point = point * 16 + static_cast<unsigned long>(digit & 15);
    }
    if (digits > 0) size = utf8_length(point);
    whole(size, at_ + 2 + digits);
  }

  [[nodiscard]] std::size_t line_end(std::size_t at) const {
    while (at < end_ && !is_break(bytes_[at])) ++at;
    return at;
  }
  // Past the line end at `at`.
  [[nodiscard]] std::size_t next_line(std::size_t at) const {
    if (byte(at) == '\r' && byte(at + 1) == '\n') return at + 2;
    return std::min(at + 1, end_);
  }

  // Spaces of the first line with something in it, less those that are text.
  [[nodiscard]] std::size_t indentation(std::size_t at) const {
    const std::size_t text_begin = std::min(text_.find_first_not_of('\n'), text_.size());
    const std::size_t text_spaces = text_.substr(text_begin).find_first_not_of(' ');
    for (; at < end_; at = next_line(line_end(at))) {
      std::size_t first = at;
      while (byte(first) == ' ') ++first;
      if (first >= end_ || is_break(bytes_[first])) continue;
      const std::size_t spaces = first - at;
      return text_spaces == string_view::npos || text_spaces > spaces ? 0 : spaces - text_spaces;
    }
    return 0;
  }

  void block(bool folded) {
    // Its span leaves the last line end out.
    if (end_ < bytes_.size() && is_break(bytes_[end_])) {
      const bool pair = bytes_.substr(end_).starts_with("\r\n");
      end_ += pair ? 2 : 1;
    }
    std::size_t line = next_line(line_end(at_));
    const std::size_t indent = indentation(line);
    at_ = line;
    bool first = true;
    while (line < end_ && !text_.empty()) {
      const std::size_t stop = line_end(line);
      std::size_t begin = line;
      while (begin < stop && begin - line < indent && bytes_[begin] == ' ') ++begin;
      const bool empty = begin == stop;
      if (folded) {
        if (!empty && !folded_line(begin, stop, first)) return;
        first = first && empty;
      } else {
        if (!exact(begin, stop - begin)) return;
        if (text_.starts_with('\n') && !exact(stop, 1)) whole(1, next_line(stop));
      }
      line = next_line(stop);
    }
  }

  bool folded_line(std::size_t begin, std::size_t stop, bool first) {
    if (text_.starts_with('\n')) {
      whole(text_.find_first_not_of('\n') == string_view::npos ? text_.size()
                                                               : text_.find_first_not_of('\n'),
            begin);
    } else if (!first && text_.starts_with(' ')) {
      whole(1, begin);
    }
    return exact(begin, stop - begin);
  }

  const SourceFile& file_;
  string_view bytes_;
  string_view text_;  // that is not yet mapped
  std::size_t at_;    // in the file: what comes next
  std::size_t end_;
  HostText& out_;
};

}  // namespace

void add_scalar(const Node& node, HostText& out) {
  Walk(node, out).run(node.style);
}

}  // namespace composelint::hosts
