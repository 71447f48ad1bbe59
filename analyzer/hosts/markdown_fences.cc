#include "analyzer/hosts/markdown_fences.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string_view>
#include <utility>

namespace composelint::hosts {
namespace {

using std::string_view;

struct Fence {
  char mark = '`';
  std::uint32_t length = 0;
  std::uint32_t quotes = 0;  // `>` markers before it
  std::uint32_t indent = 0;
  string_view info;
};

// The first word of an info string in lower case: "bash" of `{.bash title="x"}`.
std::string language_of(string_view info) {
  std::string first;
  for (int word = 0; word < 2; ++word) {
    while (!info.empty() && string_view(" \t{}.").find(info.front()) != string_view::npos) {
      info.remove_prefix(1);
    }
    first.clear();
    while (!info.empty() && (std::isalnum(static_cast<unsigned char>(info.front())) != 0 ||
                             info.front() == '-' || info.front() == '_' || info.front() == '+')) {
      first += static_cast<char>(std::tolower(static_cast<unsigned char>(info.front())));
      info.remove_prefix(1);
    }
    // MyST: ```{code-block} console
    if (first != "code-block" && first != "sourcecode" && first != "prompt" && first != "code") {
      break;
    }
  }
  return first;
}

FenceKind kind_of(string_view info) {
  static constexpr std::array<string_view, 8> kShells = {"sh",   "bash", "shell", "shellscript",
                                                         "dash", "ash",  "ksh",   "zsh"};
  static constexpr std::array<string_view, 9> kConsoles = {
      "console",      "shell-session", "shellsession", "sh-session", "bash-session",
      "bash_session", "terminal",      "term",         "cli"};
  static constexpr std::array<string_view, 10> kNothing = {
      "",     "text",         "txt",         "plaintext", "plain",
      "none", "no-highlight", "nohighlight", "cron",      "crontab"};
  const std::string language = language_of(info);
  const auto among = [&](const auto& names) {
    return std::find(names.begin(), names.end(), language) != names.end();
  };
  if (among(kShells)) return FenceKind::kShell;
  if (among(kConsoles)) return FenceKind::kConsole;
  return among(kNothing) ? FenceKind::kUnnamed : FenceKind::kOther;
}

// Arrows and the lines of boxes, as they are drawn: → ▼ │ └ ─. In a comment, or printed, they say
// something else.
bool is_drawn(string_view line) {
  const std::size_t first = std::min(line.find_first_not_of(" \t$>"), line.size());
  const string_view words = line.substr(first);
  if (words.starts_with("echo ") || words.starts_with("printf ")) return false;
  line = line.substr(0, line.find('#'));
  for (std::size_t at = line.find('\xE2'); at != string_view::npos && at + 2 < line.size();
       at = line.find('\xE2', at + 1)) {
    const auto second = static_cast<unsigned char>(line[at + 1]);
    const auto third = static_cast<unsigned char>(line[at + 2]);
    const bool arrow = second == 0x86;                  // U+2180–U+21BF
    const bool box = second == 0x94 || second == 0x95;  // U+2500–U+257F
    const bool head = second == 0x96 && (third == 0xB2 || third == 0xBC || third == 0xB6);  // ▲▼▶
    if (arrow || box || head) return true;
  }
  return false;
}

class Reader {
 public:
  explicit Reader(const SourceFile& file) : file_(file) {}

  Markdown read() {
    for (std::uint32_t at = 0; at < file_.size();) {
      const LineSpan line = line_at(file_, at);
      at = line.next;
      if (fence_) {
        take_inside(line);
      } else if (in_comment_) {
        end_comment(line.begin, line);
      } else {
        take_outside(line);
      }
    }
    close_indented();
    close_fence();
    return std::move(out_);
  }

 private:
  [[nodiscard]] char byte(std::uint32_t at, const LineSpan& line) const {
    return at < line.end ? file_.bytes()[at] : '\0';
  }

  // Past at most `count` quote markers; how many there were.
  std::uint32_t skip_quotes(std::uint32_t& at, const LineSpan& line, std::uint32_t count) const {
    std::uint32_t found = 0;
    while (found < count) {
      const std::uint32_t marker = skip_blanks(file_, at, line.end);
      if (byte(marker, line) != '>') break;
      at = marker + 1;
      if (byte(at, line) == ' ') ++at;
      ++found;
    }
    return found;
  }

  // Past `- `, `* `, `1. ` and the blanks around them.
  [[nodiscard]] std::uint32_t skip_item_marker(std::uint32_t at, const LineSpan& line) const {
    std::uint32_t end = at;
    if (const char c = byte(end, line); c == '-' || c == '*' || c == '+') {
      ++end;
    } else {
      while (std::isdigit(static_cast<unsigned char>(byte(end, line))) != 0) ++end;
      if (end == at || (byte(end, line) != '.' && byte(end, line) != ')')) return at;
      ++end;
    }
    return byte(end, line) == ' ' ? skip_blanks(file_, end, line.end) : at;
  }

  std::optional<Fence> fence_on(const LineSpan& line) const {
    Fence fence;
    std::uint32_t at = line.begin;
    fence.quotes = skip_quotes(at, line, 8);
    const std::uint32_t content = at;
    at = skip_blanks(file_, at, line.end);
    const std::uint32_t item = skip_item_marker(at, line);
    fence.indent = item - content;
    at = item;
    fence.mark = byte(at, line);
    if (fence.mark != '`' && fence.mark != '~') return std::nullopt;
    const std::uint32_t begin = at;
    while (byte(at, line) == fence.mark) ++at;
    fence.length = at - begin;
    fence.info = file_.bytes().substr(at, line.end - at);
    if (fence.length < 3) return std::nullopt;
    // `x` in three backticks on one line is no fence.
    if (fence.mark == '`' && fence.info.find('`') != string_view::npos) return std::nullopt;
    return fence;
  }

  // `{{< highlight bash >}}` of Hugo, `{% highlight bash %}` of Jekyll.
  [[nodiscard]] std::optional<Fence> shortcode_on(const LineSpan& line) const {
    const std::uint32_t at = skip_blanks(file_, line.begin, line.end);
    const string_view text = file_.bytes().substr(at, line.end - at);
    for (const string_view open : {"{{< highlight", "{{% highlight", "{% highlight"}) {
      if (!text.starts_with(open)) continue;
      Fence fence;
      fence.mark = '{';
      fence.info = text.substr(open.size());
      return fence;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool ends_shortcode(std::uint32_t at, const LineSpan& line) const {
    const string_view text = file_.bytes().substr(at, line.end - at);
    return (text.starts_with("{{") && text.find("/highlight") < 8) ||
           (text.starts_with("{%") && text.find("endhighlight") < 6);
  }

  void take_outside(const LineSpan& line) {
    auto fence = fence_on(line);
    if (!fence) fence = shortcode_on(line);
    if (fence) {
      close_indented();
      block_.kind = kind_of(fence->info);
      block_.opening = {&file_, line.begin, line.end};
      block_.lines.clear();
      fence_ = fence;
      return;
    }
    if (take_indented(line)) return;
    const std::size_t comment = text_of(file_, line).find("<!--");
    if (comment == string_view::npos) return;
    comment_begin_ = line.begin + static_cast<std::uint32_t>(comment);
    comment_own_line_ = skip_blanks(file_, line.begin, line.end) == comment_begin_;
    in_comment_ = true;
    end_comment(comment_begin_ + 4, line);
  }

  void end_comment(std::uint32_t from, const LineSpan& line) {
    const std::size_t end = file_.bytes().substr(from, line.end - from).find("-->");
    if (end == string_view::npos) return;
    in_comment_ = false;
    const std::uint32_t past = from + static_cast<std::uint32_t>(end) + 3;
    out_.comments.push_back({{&file_, comment_begin_, past}, comment_own_line_});
  }

  void take_inside(const LineSpan& line) {
    std::uint32_t at = line.begin;
    // Where the quote ends, so does what it holds.
    if (skip_quotes(at, line, fence_->quotes) < fence_->quotes) {
      close_fence();
      return take_outside(line);
    }
    std::uint32_t content = at;
    while (content < at + fence_->indent &&
           (byte(content, line) == ' ' || byte(content, line) == '\t')) {
      ++content;
    }
    const std::uint32_t first = skip_blanks(file_, content, line.end);
    if (fence_->mark == '{') {
      if (ends_shortcode(first, line)) return close_fence();
      block_.lines.push_back({content, line.end, line.next});
      return;
    }
    std::uint32_t past = first;
    while (byte(past, line) == fence_->mark) ++past;
    if (past - first >= fence_->length && skip_blanks(file_, past, line.end) == line.end) {
      return close_fence();
    }
    block_.lines.push_back({content, line.end, line.next});
  }

  void close_fence() {
    if (!fence_) return;
    fence_.reset();
    const bool drawing =
        block_.kind == FenceKind::kUnnamed &&
        std::any_of(block_.lines.begin(), block_.lines.end(),
                    [&](const LineSpan& line) { return is_drawn(text_of(file_, line)); });
    if (!block_.lines.empty() && !drawing) {
      out_.blocks.push_back(std::move(block_));
    }
    block_ = {};
  }

  // Tabs reach to the next multiple of four.
  [[nodiscard]] std::uint32_t column_of(std::uint32_t at, const LineSpan& line) const {
    std::uint32_t column = 0;
    for (std::uint32_t i = line.begin; i < at; ++i) {
      column = file_.bytes()[i] == '\t' ? (column / 4 + 1) * 4 : column + 1;
    }
    return column;
  }

  void note_item(std::uint32_t first, const LineSpan& line) {
    const std::uint32_t content = skip_item_marker(first, line);
    if (content == first) return;
    const std::uint32_t marker = column_of(first, line);
    while (!items_.empty() && marker < items_.back()) items_.pop_back();
    items_.push_back(column_of(content, line));
  }

  // Four blanks or a tab behind an empty line.
  bool take_indented(const LineSpan& line) {
    const std::uint32_t first = skip_blanks(file_, line.begin, line.end);
    if (first == line.end) {
      after_blank_ = true;
      if (!indented_.lines.empty()) indented_.lines.push_back(line);
      return true;
    }
    const std::uint32_t column = column_of(first, line);
    // A paragraph of an item begins where the item's text does; four further it is code.
    while (after_blank_ && !items_.empty() && column < items_.back()) items_.pop_back();
    const std::uint32_t base = items_.empty() ? 0 : items_.back();
    if (column < base + 4 || (indented_.lines.empty() && !after_blank_)) {
      close_indented();
      note_item(first, line);
      after_blank_ = false;
      return false;
    }
    if (indented_.lines.empty()) indented_.opening = {&file_, line.begin, line.end};
    // In a list the code is indented further.
    if (indented_.lines.empty()) indent_ = first - line.begin;
    indented_.lines.push_back({std::min(first, line.begin + indent_), line.end, line.next});
    return true;
  }

  void close_indented() {
    if (indented_.lines.empty()) return;
    indented_.kind = FenceKind::kUnnamed;
    out_.blocks.push_back(std::exchange(indented_, {}));
  }

  const SourceFile& file_;
  Markdown out_;
  std::optional<Fence> fence_;
  CodeBlock block_;
  CodeBlock indented_;
  std::uint32_t indent_ = 0;
  std::vector<std::uint32_t> items_;  // columns of the text of lists' items inside each other
  bool after_blank_ = true;
  bool in_comment_ = false;
  std::uint32_t comment_begin_ = 0;
  bool comment_own_line_ = false;
};

}  // namespace

Markdown read_markdown(const SourceFile& file) {
  return Reader(file).read();
}

}  // namespace composelint::hosts
