#include <algorithm>
#include <utility>

#include "analyzer/shell/characters.h"
#include "analyzer/shell/reader.h"

namespace composelint::shell {
namespace {

// Longer ones are read as text: looking for the end from each of many openings takes too long.
constexpr std::uint32_t kMaxBracket = 256;
constexpr std::uint32_t kMaxBraces = 2048;

}  // namespace

Word Reader::read_word(Mode mode) {
  Word word;
  Literal literal;
  const std::uint32_t begin = at_;
  while (!at_end() && !exhausted_ && !ends_word(mode)) {
    const std::uint32_t before = at_;
    read_piece(mode, word, literal);
    if (at_ == before || !spend(before)) break;
  }
  flush(word, literal);
  word.span = span(begin, at_);
  return word;
}

bool Reader::ends_word(Mode mode) const {
  const char c = peek();
  switch (mode) {
    case Mode::kDouble: return c == '"';
    case Mode::kDocument: return false;
    case Mode::kBraces:
    case Mode::kQuoted: return c == '}';
    case Mode::kRegex:
      if (c == ')' && (at_ + 1 == end_ || is_space(peek(1)))) return true;
      return is_space(c) || (c == '\r' && peek(1) == '\n');
    case Mode::kPlain:
    case Mode::kElement:
    case Mode::kTest: break;
  }
  if ((c == '<' || c == '>') && peek(1) == '(' && mode != Mode::kTest) return false;
  return (is_meta(c) && !is_of_placeholder(text_.substr(0, end_), at_)) ||
         (c == '\r' && peek(1) == '\n');
}

void Reader::read_piece(Mode mode, Word& word, Literal& literal) {
  const bool quoted = mode == Mode::kDouble || mode == Mode::kDocument || mode == Mode::kQuoted;
  if (read_foreign(word, literal, quoted)) return;
  const char c = peek();
  if (c == '\\') return read_backslash(mode, word, literal);
  if (c == '$' && read_dollar(mode, word, literal)) return;
  if (c == '`') return read_backtick(word, literal, quoted);
  const bool documents = mode == Mode::kDocument || mode == Mode::kDouble;
  if (c == '"' && !documents) return read_double(word, literal);
  if (c == '\'' && !quoted) return read_single(word, literal);
  if (mode == Mode::kDocument && strip_tabs_ && c == '\t' && (at_ == 0 || text_[at_ - 1] == '\n')) {
    flush(word, literal);
    while (peek() == '\t') ++at_;
    return;
  }
  if ((c == '<' || c == '>') && peek(1) == '(' &&
      (mode == Mode::kPlain || mode == Mode::kElement)) {
    return read_process(word, literal);
  }
  if (!quoted && mode != Mode::kRegex && read_pattern(mode, word, literal)) return;
  if (c == '(' && mode == Mode::kRegex) {
    // A group may hold blanks; quotes and expansions in it are rare enough to stay text.
    const std::uint32_t close = matching_parenthesis(text_.substr(0, end_), at_);
    return add_text(word, literal, at_, std::max(close, at_ + 1) - at_, false);
  }
  add_text(word, literal, at_, 1, quoted);
}

void Reader::read_backslash(Mode mode, Word& word, Literal& literal) {
  if (skip_continuation()) {
    flush(word, literal);
    return;
  }
  const bool quoted = mode == Mode::kDouble || mode == Mode::kDocument || mode == Mode::kQuoted;
  const char next = peek(1);
  const bool escapes = next == '$' || next == '`' || next == '\\' ||
                       (next == '"' && mode != Mode::kDocument) ||
                       (next == '}' && mode == Mode::kQuoted);
  if (at_ + 1 >= end_ || (quoted && !escapes)) {
    return add_text(word, literal, at_, 1, quoted);
  }
  WordPart& part = add_part(word, literal, WordPartKind::kLiteral, at_);
  part.quoted = true;
  part.text = next;
  const std::uint32_t begin = at_;
  at_ += 2;
  close_part(part, begin);
}

void Reader::read_single(Word& word, Literal& literal) {
  const std::uint32_t begin = at_;
  std::size_t close = text_.substr(0, end_).find('\'', at_ + 1);
  const bool closed = close != std::string_view::npos;
  if (!closed) {
    close = line_end(at_);
    lose(begin, static_cast<std::uint32_t>(close));
  }
  const auto end = static_cast<std::uint32_t>(close);
  flush(word, literal);
  std::uint32_t from = begin;
  ++at_;
  const auto add = [&](std::uint32_t text_begin, std::uint32_t to, std::uint32_t span_end) {
    if (to > text_begin &&
        span(text_begin, to).text() != text_.substr(text_begin, to - text_begin)) {
      return add_written(word, literal, text_begin, to, true);
    }
    WordPart& part = add_part(word, literal, WordPartKind::kLiteral, from);
    part.quoted = part.single = true;
    part.text = text_.substr(text_begin, to - text_begin);
    part.span = span(from, span_end);
  };
  std::uint32_t text_begin = at_;
  for (; at_ < end; ++at_) {
    const ForeignRange* foreign = foreign_at(at_);
    if (foreign == nullptr) continue;
    if (at_ > text_begin) add(text_begin, at_, at_);
    read_foreign(word, literal, true);
    from = text_begin = at_;
    --at_;
  }
  at_ = closed ? end + 1 : end;
  if (text_begin < end || from == begin) add(text_begin, end, at_);
}

// Text in quotes that does not stand in the file as it is: a part for each run that does, and
// one for what is between two of them.
void Reader::add_written(Word& word, Literal& literal, std::uint32_t begin, std::uint32_t end,
                         bool single) {
  const auto as_is = [&](std::uint32_t at) {
    return span(at, at + 1).text() == text_.substr(at, 1);
  };
  while (begin < end) {
    std::uint32_t stop = begin + 1;
    const bool exact = as_is(begin);
    for (; stop < end && as_is(stop) == exact; ++stop) {
      if (exact && span(begin, stop + 1).size() != stop + 1 - begin) break;
    }
    WordPart& part = add_part(word, literal, WordPartKind::kLiteral, begin);
    part.quoted = true;
    part.single = single;
    part.text = text_.substr(begin, stop - begin);
    part.span = span(begin, stop);
    begin = stop;
  }
}

void Reader::read_ansi(Word& word, Literal& literal) {
  const std::uint32_t begin = at_;
  std::uint32_t close = begin + 2;
  while (close < end_ && text_[close] != '\'') close += text_[close] == '\\' ? 2 : 1;
  if (close >= end_) {
    close = line_end(begin);
    lose(begin, close);
  }
  const std::string_view inside = text_.substr(begin + 2, close - begin - 2);
  at_ = std::min(close + 1, end_);
  if (inside.find('\\') == std::string_view::npos) {
    WordPart& part = add_part(word, literal, WordPartKind::kLiteral, begin);
    part.quoted = part.single = true;
    part.text = inside;
    return close_part(part, begin);
  }
  // What is escaped stands apart: the rest is found where it is written.
  for (std::uint32_t from = begin + 2; from < close;) {
    const auto to = static_cast<std::uint32_t>(
        std::min<std::size_t>(text_.substr(0, close).find('\\', from), close));
    if (to > from) add_written(word, literal, from, to, true);
    from = to;
    if (from >= close) break;
    std::string decoded;
    const std::uint32_t size = decode_escape_at(text_.substr(from, close - from), decoded);
    WordPart& part = add_part(word, literal, WordPartKind::kLiteral, from);
    part.quoted = part.single = true;
    part.text = std::move(decoded);
    part.span = span(from, from + size);
    from += size;
  }
}

void Reader::read_double(Word& word, Literal& literal) {
  flush(word, literal);
  const std::uint32_t begin = at_;
  const std::size_t first = word.parts.size();
  const std::size_t comments = comments_.size();
  const std::size_t lost = unparsed_.size();
  ++at_;
  while (!at_end() && !exhausted_ && peek() != '"') {
    const std::uint32_t before = at_;
    read_piece(Mode::kDouble, word, literal);
    if (at_ == before || !spend(before)) break;
  }
  if (at_end() && !exhausted_) {
    // No closing quote: what was read to the end of the file is not to be trusted.
    literal = {};
    word.parts.resize(first);
    comments_.resize(comments);
    unparsed_.resize(lost);
    at_ = line_end(begin);
    lose(begin, at_);
    return add_text(word, literal, begin + 1, at_ - begin - 1, true);
  }
  flush(word, literal);
  ++at_;
  if (word.parts.size() > first + 1) return;
  if (word.parts.size() == first) {
    WordPart& part = add_part(word, literal, WordPartKind::kLiteral, begin);
    part.quoted = true;
  }
  // Where the quotes come from elsewhere, the text between them stands where it stands.
  WordPart& part = word.parts.back();
  const Span whole = span(begin, std::min(at_, end_));
  const bool apart = part.kind == WordPartKind::kLiteral && !part.text.empty() &&
                     part.span.text() == part.text && whole.size() != part.text.size() + 2;
  if (!apart) part.span = whole;
}

bool Reader::read_pattern(Mode mode, Word& word, Literal& literal) {
  const char c = peek();
  const bool words = mode != Mode::kBraces;
  if (c == '{' && words) return read_braces(word, literal);
  if (c == '~' && words) return read_tilde(word, literal);
  std::uint32_t size = 0;
  if (words && peek(1) == '(' && std::string_view("?*+@!").find(c) != std::string_view::npos) {
    const std::uint32_t close = matching_parenthesis(text_.substr(0, end_), at_ + 1);
    if (close > at_ + 1) size = close - at_;
  } else if (c == '*' || c == '?') {
    size = 1;
  } else if (c == '[') {
    size = bracket_size(text_.substr(at_, std::min(end_ - at_, kMaxBracket)));
  }
  if (size == 0) return false;
  const std::uint32_t begin = at_;
  WordPart& part = add_part(word, literal, WordPartKind::kGlob, begin);
  part.text = text_.substr(begin, size);
  at_ += size;
  close_part(part, begin);
  return true;
}

bool Reader::read_braces(Word& word, Literal& literal) {
  const std::uint32_t size = brace_size(text_.substr(at_, std::min(end_ - at_, kMaxBraces)));
  if (size == 0) return false;
  const std::uint32_t begin = at_;
  WordPart& part = add_part(word, literal, WordPartKind::kBrace, begin);
  part.text = text_.substr(begin, size);
  at_ += size;
  close_part(part, begin);
  return true;
}

bool Reader::read_tilde(Word& word, Literal& literal) {
  const bool starts_word = word.parts.empty() && !literal.open;
  const bool behind_mark =
      literal.open && !literal.quoted && (literal.text.back() == '=' || literal.text.back() == ':');
  if (!starts_word && !behind_mark) return false;
  const std::uint32_t begin = at_;
  std::uint32_t end = at_ + 1;
  while (end < end_ && (is_name(text_[end]) || text_[end] == '-' || text_[end] == '+')) ++end;
  if (end < end_ && text_[end] != '/' && text_[end] != ':' && !is_meta(text_[end])) return false;
  WordPart& part = add_part(word, literal, WordPartKind::kTilde, begin);
  part.text = text_.substr(begin, end - begin);
  at_ = end;
  close_part(part, begin);
  return true;
}

bool Reader::read_foreign(Word& word, Literal& literal, bool quoted) {
  const ForeignRange* foreign = foreign_at(at_);
  if (foreign == nullptr) return false;
  const std::uint32_t begin = at_;
  WordPart& part = add_part(word, literal, WordPartKind::kForeign, begin);
  part.text = foreign->text;
  part.quoted = quoted;
  at_ = std::min(foreign->end, end_);
  close_part(part, begin);
  return true;
}

void Reader::add_text(Word& word, Literal& literal, std::uint32_t begin, std::uint32_t size,
                      bool quoted) {
  // Text that a continuation or a tab interrupts does not stand in the file as is.
  if (literal.open && (literal.quoted != quoted || literal.end != begin)) flush(word, literal);
  if (!literal.open) {
    literal.open = true;
    literal.begin = begin;
    literal.quoted = quoted;
    literal.text.clear();
  }
  literal.text.append(text_.substr(begin, size));
  literal.end = begin + size;
  at_ = std::max(at_, literal.end);
}

void Reader::flush(Word& word, Literal& literal) {
  if (!literal.open) return;
  literal.open = false;
  const auto size = static_cast<std::uint32_t>(literal.text.size());
  if (literal.quoted && literal.end - literal.begin == size &&
      span(literal.begin, literal.end).text() != literal.text) {
    return add_written(word, literal, literal.begin, literal.end, false);
  }
  WordPart part;
  part.kind = WordPartKind::kLiteral;
  part.span = span(literal.begin, literal.end);
  part.quoted = literal.quoted;
  part.text = std::move(literal.text);
  literal.text.clear();
  word.parts.push_back(std::move(part));
}

WordPart& Reader::add_part(Word& word, Literal& literal, WordPartKind kind, std::uint32_t begin) {
  flush(word, literal);
  WordPart& part = word.parts.emplace_back();
  part.kind = kind;
  part.span = span(begin, begin);
  return part;
}

void Reader::close_part(WordPart& part, std::uint32_t begin) {
  part.span = span(begin, at_);
}

std::uint32_t Reader::line_end(std::uint32_t at) const {
  const std::size_t found = text_.substr(0, end_).find('\n', at);
  return found == std::string_view::npos ? end_ : static_cast<std::uint32_t>(found);
}

const ForeignRange* Reader::foreign_at(std::uint32_t at) const {
  if (source_.foreign.empty()) return nullptr;
  const auto found = std::lower_bound(
      source_.foreign.begin(), source_.foreign.end(), at,
      [](const ForeignRange& range, std::uint32_t offset) { return range.begin < offset; });
  return found != source_.foreign.end() && found->begin == at && found->end > at ? &*found
                                                                                 : nullptr;
}

bool Reader::skip_continuation() {
  if (peek() != '\\') return false;
  // `\` and CR LF is no continuation for a shell, but that is what its author meant.
  const std::uint32_t size = peek(1) == '\n' ? 2 : peek(1) == '\r' && peek(2) == '\n' ? 3 : 0;
  at_ += size;
  return size != 0;
}

void Reader::skip_blanks() {
  while (!at_end()) {
    const char c = peek();
    if (c != ' ' && c != '\t' && !(c == '\r' && (peek(1) == '\n' || at_ + 1 == end_))) {
      if (!skip_continuation()) return;
      continue;
    }
    ++at_;
  }
}

void Reader::skip_space() {
  while (!at_end()) {
    skip_blanks();
    if (peek() == '#') {
      read_comment();
    } else if (peek() == '\n') {
      ++at_;
    } else {
      return;
    }
  }
}

void Reader::lose(std::uint32_t begin, std::uint32_t end) {
  if (begin < end) unparsed_.push_back(span(begin, end));
}

// Text read again after an unclosed quote costs; what costs too much is given up as a whole.
bool Reader::spend(std::uint32_t begin) {
  work_ += at_ > begin ? at_ - begin : 1;
  if (work_ > 64ULL * text_.size() + 4096) exhausted_ = true;
  return !exhausted_;
}

}  // namespace composelint::shell
