#include "analyzer/report/unified_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace composelint::report {

namespace {

using Lines = std::vector<std::string_view>;

constexpr std::size_t kContext = 3;
// Beyond so many changed lines the shortest script is not looked for.
constexpr std::size_t kMostSteps = 2000;

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// [a, b) of the old lines become [c, d) of the new ones.
struct Replaced {
  std::size_t a, b, c, d;
};

// Myers, "An O(ND) difference algorithm": the shortest script over lines, by its furthest reaching
// paths.
class Differ {
 public:
  Differ(const Lines& old_lines, const Lines& new_lines) : old_(old_lines), new_(new_lines) {}

  std::vector<Replaced> differences() {
    while (head_ < std::min(old_.size(), new_.size()) && old_[head_] == new_[head_]) ++head_;
    while (tail_ < std::min(old_.size(), new_.size()) - head_ &&
           old_[old_.size() - 1 - tail_] == new_[new_.size() - 1 - tail_]) {
      ++tail_;
    }
    n_ = static_cast<long>(old_.size() - head_ - tail_);
    m_ = static_cast<long>(new_.size() - head_ - tail_);
    if (n_ == 0 && m_ == 0) return {};
    if (n_ == 0 || m_ == 0 || !search()) {
      return {{head_, old_.size() - tail_, head_, new_.size() - tail_}};
    }
    return walk_back();
  }

 private:
  [[nodiscard]] bool equal(long x, long y) const {
    return old_[head_ + static_cast<std::size_t>(x)] == new_[head_ + static_cast<std::size_t>(y)];
  }

  // Furthest x on the diagonal k, from one step less; `down` when it comes by an insertion.
  [[nodiscard]] static bool down(const std::vector<long>& reach, long steps, long k, long middle) {
    const auto at = [&](long diagonal) {
      return reach[static_cast<std::size_t>(diagonal + middle)];
    };
    return k == -steps || (k != steps && at(k - 1) < at(k + 1));
  }

  bool search() {
    middle_ =
        static_cast<long>(std::min<std::size_t>(static_cast<std::size_t>(n_ + m_), kMostSteps)) + 1;
    std::vector<long> reach(static_cast<std::size_t>(2 * middle_ + 1), 0);
    const auto at = [&](long k) -> long& { return reach[static_cast<std::size_t>(k + middle_)]; };
    for (long steps = 0; steps < middle_; ++steps) {
      history_.push_back(reach);
      for (long k = -steps; k <= steps; k += 2) {
        long x = down(reach, steps, k, middle_) ? at(k + 1) : at(k - 1) + 1;
        while (x < n_ && x - k < m_ && equal(x, x - k)) ++x;
        at(k) = x;
        if (x >= n_ && x - k >= m_) return true;
      }
    }
    return false;
  }

  std::vector<Replaced> walk_back() {
    std::vector<Replaced> out;
    long x = n_;
    long y = m_;
    for (auto steps = static_cast<long>(history_.size()) - 1; steps > 0; --steps) {
      const std::vector<long>& reach = history_[static_cast<std::size_t>(steps)];
      const long k = x - y;
      const bool inserted = down(reach, steps, k, middle_);
      const long from = inserted ? k + 1 : k - 1;
      const long old_x = reach[static_cast<std::size_t>(from + middle_)];
      const long old_y = old_x - from;
      add(out,
          {at(old_x), at(old_x) + (inserted ? 0 : 1), at(old_y), at(old_y) + (inserted ? 1 : 0)});
      x = old_x;
      y = old_y;
    }
    std::reverse(out.begin(), out.end());
    return out;
  }

  [[nodiscard]] std::size_t at(long index) const { return head_ + static_cast<std::size_t>(index); }

  // Found from the end on: what touches the last one becomes one with it.
  static void add(std::vector<Replaced>& out, Replaced next) {
    if (!out.empty() && out.back().a == next.b && out.back().c == next.d) {
      out.back().a = next.a;
      out.back().c = next.c;
      return;
    }
    out.push_back(next);
  }

  const Lines& old_;
  const Lines& new_;
  std::size_t head_ = 0;
  std::size_t tail_ = 0;
  long n_ = 0;
  long m_ = 0;
  long middle_ = 0;
  std::vector<std::vector<long>> history_;
};

void put(std::string& out, char mark, std::string_view line) {
  out += mark;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

// "12,3"; an empty range is named by the line before it.
std::string range(std::size_t begin, std::size_t count) {
  if (count == 0) return fmt::format("{},0", begin);
  return count == 1 ? fmt::format("{}", begin + 1) : fmt::format("{},{}", begin + 1, count);
}

// The differences [first, last), near enough to each other to share their context.
void put_hunk(std::string& out, const Lines& old_lines, const Lines& new_lines,
              std::vector<Replaced>::const_iterator first,
              std::vector<Replaced>::const_iterator last) {
  const Replaced& end = *(last - 1);
  const std::size_t lead = std::min(first->a, kContext);
  const std::size_t trail = std::min(old_lines.size() - end.b, kContext);
  out += fmt::format("@@ -{} +{} @@\n", range(first->a - lead, end.b + trail - first->a + lead),
                     range(first->c - lead, end.d + trail - first->c + lead));
  std::size_t line = first->a - lead;
  for (auto each = first; each != last; ++each) {
    for (; line < each->a; ++line) put(out, ' ', old_lines[line]);
    for (; line < each->b; ++line) put(out, '-', old_lines[line]);
    for (std::size_t added = each->c; added < each->d; ++added) put(out, '+', new_lines[added]);
  }
  for (; line < end.b + trail; ++line) put(out, ' ', old_lines[line]);
}

// As git writes names: quoted where they hold what would end them, and with a tab behind blanks.
std::string name(std::string_view side, std::string_view path) {
  const bool plain = std::none_of(path.begin(), path.end(), [](char byte) {
    return static_cast<unsigned char>(byte) < 0x20 || byte == '"' || byte == '\\' || byte == 0x7F;
  });
  if (path.starts_with('/')) path.remove_prefix(1);
  std::string out = std::string(side) + std::string(path);
  if (plain) return path.find(' ') == std::string_view::npos ? out : out + '\t';
  std::string quoted = "\"";
  for (const char byte : out) {
    const auto code = static_cast<unsigned char>(byte);
    if (byte == '"' || byte == '\\') {
      quoted += '\\';
      quoted += byte;
    } else if (code < 0x20 || code == 0x7F) {
      quoted += fmt::format("\\{:03o}", code);
    } else {
      quoted += byte;
    }
  }
  return quoted + '"';
}

}  // namespace

std::string unified_diff(std::string_view path, std::string_view before, std::string_view after) {
  if (before == after) return {};
  const Lines old_lines = lines_of(before);
  const Lines new_lines = lines_of(after);
  const std::vector<Replaced> all = Differ(old_lines, new_lines).differences();
  std::string out = "--- " + name("a/", path) + "\n+++ " + name("b/", path) + "\n";
  for (auto first = all.begin(); first != all.end();) {
    auto last = first + 1;
    while (last != all.end() && last->a - (last - 1)->b <= 2 * kContext) ++last;
    put_hunk(out, old_lines, new_lines, first, last);
    first = last;
  }
  return out;
}

}  // namespace composelint::report
