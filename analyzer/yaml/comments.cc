// A scan over the bytes of YAML for its comments. The parser drops them, and a file that does not
// parse may still carry a comment that allows something.
#include "analyzer/yaml/comments.h"

#include <cstddef>
#include <string_view>
#include <utility>

namespace composelint::yaml {

namespace {

using std::string_view;

class Scanner {
 public:
  explicit Scanner(const SourceFile& file) : file_(file), bytes_(file.bytes()) {}

  std::vector<Comment> run() {
    if (bytes_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (at_ < bytes_.size()) line();
    return std::move(comments_);
  }

 private:
  [[nodiscard]] char byte(std::size_t ahead = 0) const {
    return at_ + ahead < bytes_.size() ? bytes_[at_ + ahead] : '\n';
  }
  [[nodiscard]] bool blank(std::size_t ahead = 0) const {
    return byte(ahead) == ' ' || byte(ahead) == '\t';
  }
  [[nodiscard]] bool line_end(std::size_t ahead = 0) const {
    return byte(ahead) == '\n' || byte(ahead) == '\r';
  }
  // An indicator counts as one only before white space.
  [[nodiscard]] bool indicator(char wanted) const {
    return byte() == wanted && (blank(1) || line_end(1));
  }
  [[nodiscard]] int column() const { return static_cast<int>(at_ - line_begin_); }

  // One line from its start; a quoted scalar may carry the scan over several.
  void line() {
    line_begin_ = at_;
    while (byte() == ' ') ++at_;
    if (line_end()) return next_line();
    // A plain scalar goes on over deeper lines, and quotes mean nothing inside of it.
    node_starts_ = !(plain_ && flow_ == 0 && column() > parent_);
    if (node_starts_) parent_ = column() - 1;
    node_column_ = column();
    if (bytes_.substr(at_, 3) == "---" && column() == 0) {
      at_ += 3;
      parent_ = -1;
    }
    bool block = false;
    while (true) {
      while (blank()) ++at_;
      if (line_end()) break;
      if (byte() == '#' && (column() == 0 || blank_before())) {
        comment();
        break;
      }
      block = token();
    }
    next_line();
    if (block) skip_block();
  }

  void next_line() {
    const std::size_t end = bytes_.find('\n', at_);
    at_ = end == string_view::npos ? bytes_.size() : end + 1;
  }

  [[nodiscard]] bool blank_before() const {
    return bytes_[at_ - 1] == ' ' || bytes_[at_ - 1] == '\t';
  }

  // Says whether the token opens a block scalar.
  bool token() {
    if (!node_starts_) {
      inside_node();
      return false;
    }
    if (byte() == '|' || byte() == '>') {
      while (!blank() && !line_end()) ++at_;
      return flow_ == 0;
    }
    node_start();
    return false;
  }

  void node_start() {
    if (indicator('-') || indicator('?')) {
      parent_ = column();
      ++at_;
      while (blank()) ++at_;
      node_column_ = column();
    } else if (byte() == '&' || byte() == '!') {
      while (!blank() && !line_end()) ++at_;
    } else if (byte() == '"' || byte() == '\'') {
      quoted(byte());
      node_starts_ = plain_ = false;
    } else if (byte() == '[' || byte() == '{') {
      ++flow_;
      ++at_;
    } else {
      plain_ = flow_ == 0;
      node_starts_ = false;
      inside_node();
    }
  }

  // Behind the first byte of a scalar: only a key's colon, or a mark of flow style, ends it.
  void inside_node() {
    if (indicator(':')) {
      if (flow_ == 0) parent_ = node_column_;
      node_starts_ = true;
      plain_ = false;
    } else if (flow_ > 0 && (byte() == ',' || byte() == '[' || byte() == '{')) {
      if (byte() != ',') ++flow_;
      node_starts_ = true;
    } else if (flow_ > 0 && (byte() == ']' || byte() == '}')) {
      --flow_;
      plain_ = false;
    }
    ++at_;
  }

  void quoted(char quote) {
    for (++at_; at_ < bytes_.size(); ++at_) {
      const bool pair = bytes_[at_] == '\'' && at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '\'';
      const bool backslash = bytes_[at_] == '\\' && at_ + 1 < bytes_.size();
      const bool escape = quote == '"' ? backslash : pair;
      if (escape) ++at_;
      if (bytes_[at_] == '\n') line_begin_ = at_ + 1;
      if (!escape && bytes_[at_] == quote) {
        ++at_;
        return;
      }
    }
  }

  void comment() {
    const std::size_t begin = at_;
    while (!line_end()) ++at_;
    plain_ = false;
    const string_view before = bytes_.substr(line_begin_, begin - line_begin_);
    comments_.push_back(
        {{&file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)},
         before.find_first_not_of(" \t") == string_view::npos});
  }

  // The text of a block scalar: blank lines, and all that are indented deeper than its parent.
  void skip_block() {
    plain_ = false;
    while (at_ < bytes_.size()) {
      const std::size_t text = bytes_.find_first_not_of(' ', at_);
      if (text == string_view::npos) return;
      const bool empty = bytes_[text] == '\n' || bytes_[text] == '\r';
      if (!empty && static_cast<int>(text - at_) <= parent_) return;
      next_line();
    }
  }

  const SourceFile& file_;
  string_view bytes_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
  int flow_ = 0;             // open brackets and braces
  int parent_ = -1;          // indentation that the text of a block scalar has to exceed
  int node_column_ = 0;      // where the node begins that a colon would make a key
  bool node_starts_ = true;  // the next token begins a node
  bool plain_ = false;       // in a plain scalar, which may go on in the next line
  std::vector<Comment> comments_;
};

}  // namespace

std::vector<Comment> comments(const SourceFile& file) {
  return Scanner(file).run();
}

}  // namespace composelint::yaml
