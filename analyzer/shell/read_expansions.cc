#include <algorithm>

#include "analyzer/shell/characters.h"
#include "analyzer/shell/reader.h"

namespace composelint::shell {
namespace {

constexpr std::string_view kSpecial = "@*#?-$!";

bool is_text_operator(std::string_view op) {
  const char last = op.empty() ? '\0' : op.back();
  return last == '-' || last == '=' || last == '+' || last == '?';
}

}  // namespace

bool Reader::read_dollar(Mode mode, Word& word, Literal& literal) {
  const bool quoted = mode == Mode::kDouble || mode == Mode::kDocument || mode == Mode::kQuoted;
  const char next = peek(1);
  if (next == '(') {
    if (peek(2) == '(' && read_arithmetic(word, literal, quoted)) return true;
    read_substitution(word, literal, quoted);
    return true;
  }
  if (next == '{') {
    read_parameter(mode, word, literal);
    return true;
  }
  if (next == '\'' && !quoted) {
    read_ansi(word, literal);
    return true;
  }
  if (next == '"' && !quoted) {
    ++at_;
    read_double(word, literal);
    return true;
  }
  std::uint32_t size = name_size(text_.substr(at_ + 1, end_ - at_ - 1));
  const bool special = is_digit(next) || kSpecial.find(next) != std::string_view::npos;
  if (size == 0 && at_ + 1 < end_ && special) size = 1;
  // A placeholder of the host starts right behind: the dollar sign is text.
  if (size == 0 || foreign_at(at_ + 1) != nullptr) return false;
  const std::uint32_t begin = at_;
  WordPart& part = add_part(word, literal, WordPartKind::kParameter, begin);
  part.quoted = quoted;
  part.parameter.name = text_.substr(at_ + 1, size);
  at_ += 1 + size;
  close_part(part, begin);
  return true;
}

void Reader::read_backtick(Word& word, Literal& literal, bool quoted) {
  const std::uint32_t begin = at_;
  std::uint32_t close = at_ + 1;
  bool escaped = false;
  while (close < end_ && text_[close] != '`') {
    const bool backslash = text_[close] == '\\';
    escaped = escaped || (backslash && close + 1 < end_ && text_[close + 1] != '\n');
    close += backslash ? 2 : 1;
  }
  if (close >= end_) {
    at_ = line_end(begin);
    lose(begin, at_);
    return add_text(word, literal, begin, at_ - begin, quoted);
  }
  WordPart part;
  part.kind = WordPartKind::kCommandSubstitution;
  part.quoted = quoted;
  if (escaped) {
    part.commands = unescaped(begin + 1, close, quoted);
  } else {
    const std::uint32_t end = std::exchange(end_, close);
    part.commands = nested(begin + 1, false);
    end_ = end;
  }
  at_ = close + 1;
  part.span = span(begin, at_);
  flush(word, literal);
  word.parts.push_back(std::move(part));
}

// Inside of backticks a backslash before $, ` and itself is one for the outer shell.
std::vector<Command> Reader::unescaped(std::uint32_t begin, std::uint32_t end, bool quoted) {
  if (source_.map.file() == nullptr || depth_ >= limits_.depth) return {};
  ScriptText inner;
  inner.dialect = source_.dialect;
  inner.map = text::SpanMap::pieces(*source_.map.file());
  for (std::uint32_t i = begin; i < end; ++i) {
    const char next = i + 1 < end ? text_[i + 1] : '\0';
    const bool drop =
        text_[i] == '\\' && (next == '$' || next == '`' || next == '\\' || (quoted && next == '"'));
    const Span place = span(i, i + (drop ? 2 : 1));
    inner.map.add(1, place.begin, place.size());
    if (drop) ++i;
    inner.text += text_[i];
  }
  Reader reader(inner, limits_, grammar_);
  reader.depth_ = depth_ + 1;
  std::vector<Command> commands = reader.read_all();
  work_ += reader.work_;
  exhausted_ = exhausted_ || reader.exhausted_;
  unparsed_.insert(unparsed_.end(), reader.unparsed_.begin(), reader.unparsed_.end());
  return commands;
}

void Reader::read_substitution(Word& word, Literal& literal, bool quoted) {
  const std::uint32_t begin = at_;
  WordPart part;
  part.kind = WordPartKind::kCommandSubstitution;
  part.quoted = quoted;
  part.commands = nested(begin + 2, true);
  part.span = span(begin, at_);
  flush(word, literal);
  word.parts.push_back(std::move(part));
}

void Reader::read_process(Word& word, Literal& literal) {
  const std::uint32_t begin = at_;
  WordPart part;
  part.kind = WordPartKind::kProcessSubstitution;
  part.text = text_.substr(begin, 1);
  part.commands = nested(begin + 2, true);
  part.span = span(begin, at_);
  flush(word, literal);
  word.parts.push_back(std::move(part));
}

// Behind the "))" that closes the "((" at `at`; 0 when the parentheses close one by one, as they do
// around a subshell.
std::uint32_t Reader::arithmetic_end(std::uint32_t at) {
  const std::string_view text = text_.substr(0, end_);
  const std::uint32_t inner = matching_parenthesis(text, at + 1);
  work_ += inner == at + 1 ? end_ - at : inner - at;
  if (inner == at + 1 || inner >= end_ || text[inner] != ')') return 0;
  return inner + 1;
}

bool Reader::read_arithmetic(Word& word, Literal& literal, bool quoted) {
  const std::uint32_t begin = at_;
  const std::uint32_t end = arithmetic_end(at_ + 1);
  if (end == 0) return false;
  WordPart part;
  part.kind = WordPartKind::kArithmetic;
  part.quoted = quoted;
  part.text = text_.substr(begin + 3, end - begin - 5);
  part.commands = commands_within(begin + 3, end - 2);
  at_ = end;
  part.span = span(begin, at_);
  flush(word, literal);
  word.parts.push_back(std::move(part));
  return true;
}

std::vector<Command> Reader::commands_within(std::uint32_t begin, std::uint32_t end) {
  const std::string_view text = text_.substr(begin, end - begin);
  if (text.find("$(") == std::string_view::npos && text.find('`') == std::string_view::npos) {
    return {};
  }
  const std::uint32_t outer = std::exchange(end_, end);
  at_ = begin;
  std::vector<Command> commands;
  Word inner = read_word(Mode::kDouble);
  for (WordPart& part : inner.parts) {
    std::move(part.commands.begin(), part.commands.end(), std::back_inserter(commands));
  }
  end_ = outer;
  return commands;
}

void Reader::read_parameter(Mode mode, Word& word, Literal& literal) {
  const std::uint32_t begin = at_;
  const std::size_t lost = unparsed_.size();
  WordPart part;
  part.kind = WordPartKind::kParameter;
  part.quoted = mode == Mode::kDouble || mode == Mode::kDocument || mode == Mode::kQuoted;
  ParameterExpansion& parameter = part.parameter;
  at_ += 2;
  if (peek() == '#' && peek(1) != '}') {
    parameter.length = true;
    ++at_;
  } else if (peek() == '!' && (is_name(peek(1)) || kSpecial.find(peek(1)) != std::string::npos)) {
    parameter.indirect = true;
    ++at_;
  }
  std::uint32_t size = name_size(text_.substr(at_, end_ - at_));
  while (size == 0 && is_digit(peek(size))) {
    while (is_digit(peek(size))) ++size;
  }
  if (size == 0 && !at_end() && kSpecial.find(peek()) != std::string_view::npos) size = 1;
  parameter.name = text_.substr(at_, size);
  at_ += size;
  if (peek() == '[') {
    const std::uint32_t close = subscript_end(at_);
    parameter.subscript = text_.substr(at_ + 1, close - at_ - 2);
    at_ = close;
  }
  read_parameter_operator(mode, parameter);
  if (at_end()) {
    unparsed_.resize(lost);
    at_ = line_end(begin);
    lose(begin, at_);
    return add_text(word, literal, begin, at_ - begin, part.quoted);
  }
  ++at_;
  part.span = span(begin, at_);
  flush(word, literal);
  word.parts.push_back(std::move(part));
}

// Behind the bracket that closes the one at `at`; behind the one at `at` where none does.
std::uint32_t Reader::subscript_end(std::uint32_t at) const {
  std::uint32_t depth = 0;
  for (std::uint32_t i = at; i < end_ && text_[i] != '\n'; ++i) {
    if (text_[i] == '[') ++depth;
    if (text_[i] == ']' && --depth == 0) return i + 1;
  }
  return at + 2 <= end_ ? at + 2 : end_;
}

void Reader::read_parameter_operator(Mode mode, ParameterExpansion& parameter) {
  static constexpr std::string_view kOperators[] = {":-", ":=", ":?", ":+", "%%", "##", "//", "/#",
                                                    "/%", "^^", ",,", "-",  "=",  "?",  "+",  "%",
                                                    "#",  "/",  "^",  ",",  ":",  "@"};
  if (peek() == '}' || at_end()) return;
  for (const std::string_view op : kOperators) {
    if (!starts(op)) continue;
    parameter.op = op;
    at_ += static_cast<std::uint32_t>(op.size());
    break;
  }
  const bool quoted = mode == Mode::kDouble || mode == Mode::kDocument || mode == Mode::kQuoted;
  const Mode inner = quoted && is_text_operator(parameter.op) ? Mode::kQuoted : Mode::kBraces;
  if (depth_ >= limits_.depth) {
    exhausted_ = true;
    return;
  }
  ++depth_;
  const bool strip = std::exchange(strip_tabs_, false);
  parameter.argument = std::make_shared<const Word>(read_word(inner));
  strip_tabs_ = strip;
  --depth_;
}

}  // namespace composelint::shell
