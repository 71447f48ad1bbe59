#include "analyzer/hosts/make_text.h"

#include <algorithm>

namespace composelint::hosts {
namespace {

bool blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

}  // namespace

Located Located::part(std::size_t begin, std::size_t end) const {
  begin = std::min(begin, text.size());
  end = std::clamp(end, begin, text.size());
  Located out;
  out.file = file;
  out.text = text.substr(begin, end - begin);
  out.at.assign(at.begin() + static_cast<std::ptrdiff_t>(begin),
                at.begin() + static_cast<std::ptrdiff_t>(end));
  return out;
}

Located Located::trimmed() const {
  std::size_t begin = 0;
  std::size_t end = text.size();
  while (begin < end && blank(text[begin])) ++begin;
  while (end > begin && blank(text[end - 1])) --end;
  return part(begin, end);
}

Span Located::span(std::size_t begin, std::size_t end) const {
  if (at.empty()) return {file, 0, 0};
  begin = std::min(begin, at.size() - 1);
  end = std::clamp(end, begin + 1, at.size());
  return {file, at[begin], at[end - 1] + 1};
}

std::vector<Located> Located::words() const {
  std::vector<Located> out;
  std::size_t i = 0;
  while (i < text.size()) {
    while (i < text.size() && (blank(text[i]) || text[i] == '\n')) ++i;
    const std::size_t begin = i;
    while (i < text.size() && !blank(text[i]) && text[i] != '\n') {
      i = text[i] == '$' ? end_of_reference(text, i) : i + 1;
    }
    if (i > begin) out.push_back(part(begin, i));
  }
  return out;
}

std::size_t end_of_reference(std::string_view text, std::size_t dollar) {
  if (dollar + 1 >= text.size()) return text.size();
  const char open = text[dollar + 1];
  if (open != '(' && open != '{') return dollar + 2;
  const char close = open == '(' ? ')' : '}';
  std::size_t depth = 0;
  for (std::size_t i = dollar + 1; i < text.size(); ++i) {
    if (text[i] == open) ++depth;
    if (text[i] == close && --depth == 0) return i + 1;
  }
  return text.size();
}

std::size_t find_outside(std::string_view text, std::string_view wanted, std::size_t from) {
  for (std::size_t i = from; i < text.size();) {
    if (text[i] == '$') {
      i = end_of_reference(text, i);
    } else if (wanted.find(text[i]) != std::string_view::npos) {
      return i;
    } else {
      ++i;
    }
  }
  return std::string_view::npos;
}

std::uint32_t LineReader::line_end(std::uint32_t from) const {
  const std::size_t end = bytes_.find('\n', from);
  return static_cast<std::uint32_t>(end == std::string_view::npos ? bytes_.size() : end);
}

bool LineReader::continues(std::uint32_t begin, std::uint32_t end) const {
  if (end > begin && bytes_[end - 1] == '\r') --end;
  std::uint32_t slashes = 0;
  while (end > begin && bytes_[end - 1] == '\\') {
    --end;
    ++slashes;
  }
  return slashes % 2 == 1;
}

std::uint32_t LineReader::step_over(std::uint32_t end) {
  next_ = std::min(end + 1, static_cast<std::uint32_t>(bytes_.size()));
  return next_;
}

Located LineReader::make_line() {
  Located out;
  out.file = &file_;
  comment_ = {};
  std::uint32_t last = next_;
  for (;;) {
    const std::uint32_t begin = next_;
    const std::uint32_t end = line_end(begin);
    const bool more = continues(begin, end) && end < bytes_.size();
    last = end;
    if (last > begin && bytes_[last - 1] == '\r') --last;
    if (more) --last;
    for (std::uint32_t i = begin; i < last; ++i) out.push(bytes_[i], i);
    step_over(end);
    if (!more) break;
    while (!out.text.empty() && blank(out.text.back())) {
      out.text.pop_back();
      out.at.pop_back();
    }
    out.push(' ', end - 1);
    while (next_ < bytes_.size() && blank(bytes_[next_])) ++next_;
  }
  std::size_t hash = find_outside(out.text, "#");
  while (hash != std::string::npos && hash > 0 && out.text[hash - 1] == '\\') {
    hash = find_outside(out.text, "#", hash + 1);
  }
  if (hash != std::string::npos) {
    comment_ = {&file_, out.at[hash], std::max(last, out.at[hash])};
    out = out.part(0, hash);
  }
  return out;
}

Located LineReader::recipe_line(char prefix) {
  Located out;
  out.file = &file_;
  for (;;) {
    if (next_ < bytes_.size() && bytes_[next_] == prefix) ++next_;
    const std::uint32_t begin = next_;
    const std::uint32_t end = line_end(begin);
    const bool more = continues(begin, end) && end < bytes_.size();
    for (std::uint32_t i = begin; i < end; ++i) {
      if (bytes_[i] != '\r') out.push(bytes_[i], i);
    }
    step_over(end);
    if (!more) return out;
    out.push('\n', end);
  }
}

Located LineReader::raw_line() {
  Located out;
  out.file = &file_;
  const std::uint32_t begin = next_;
  const std::uint32_t end = line_end(begin);
  for (std::uint32_t i = begin; i < end; ++i) {
    if (bytes_[i] != '\r') out.push(bytes_[i], i);
  }
  step_over(end);
  return out;
}

}  // namespace composelint::hosts
