#include <algorithm>

#include "analyzer/shell/characters.h"
#include "analyzer/shell/reader.h"

namespace composelint::shell {

bool Reader::read_function(List& list) {
  std::uint32_t name_end = at_;
  while (name_end < end_ && !is_meta(text_[name_end])) {
    const char c = text_[name_end];
    if (c == '$' || c == '\'' || c == '"' || c == '`' || c == '\\' || c == '=') return false;
    ++name_end;
  }
  std::uint32_t open = name_end;
  while (open < end_ && is_blank(text_[open])) ++open;
  if (name_end == at_ || open >= end_ || text_[open] != '(') return false;
  std::uint32_t close = open + 1;
  while (close < end_ && is_blank(text_[close])) ++close;
  if (close >= end_ || text_[close] != ')') return false;
  add_token(list, at_, name_end).name = text_.substr(at_, name_end - at_);
  keep(list, open, "(");
  keep(list, close, ")");
  at_ = close + 1;
  list.expect = Expect::kCommand;
  list.joins = true;  // the body may start in the next line
  return true;
}

void Reader::read_function_name(List& list) {
  const std::string_view name = raw_word();
  const std::uint32_t begin = at_;
  at_ += static_cast<std::uint32_t>(name.size());
  list.expect = Expect::kCommand;
  if (name.empty()) return;
  add_token(list, begin, at_).name = name;
  list.outline.grouped = true;
  list.joins = true;
  skip_blanks();
  if (peek() != '(') return;
  std::uint32_t close = at_ + 1;
  while (close < end_ && is_blank(text_[close])) ++close;
  if (close >= end_ || text_[close] != ')') return;
  keep(list, at_, "(");
  keep(list, close, ")");
  at_ = close + 1;
  list.joins = true;
}

void Reader::read_for_name(List& list) {
  const std::uint32_t begin = at_;
  const std::uint32_t arithmetic = starts("((") ? arithmetic_end(at_) : 0;
  if (arithmetic != 0) {
    at_ = arithmetic;
    Word header;
    header.span = span(begin, at_);
    Token& token = add_token(list, begin, at_);
    token.words.push_back(std::move(header));
    list.expect = Expect::kAfterCompound;
    return;
  }
  const std::string_view name = raw_word();
  list.expect = Expect::kForIn;
  if (name.empty()) return;
  at_ += static_cast<std::uint32_t>(name.size());
  Token& token = add_token(list, begin, at_);
  token.name = name;
  token.over_arguments = true;
}

void Reader::read_for_in(List& list) {
  const std::string_view word = raw_word();
  if (word != "in") {
    // `for x do`: the grammar wants an end before it
    list.expect = Expect::kAfterCompound;
    read_command_word(list);
    return;
  }
  const std::uint32_t in = at_;
  at_ += 2;
  std::vector<Word> words;
  skip_blanks();
  const std::uint32_t begin = at_;
  std::uint32_t end = at_;
  while (!ends_simple_command()) {
    words.push_back(read_word(Mode::kPlain));
    if (at_ == end) break;
    end = at_;
    spend(begin);
    skip_blanks();
  }
  Token& loop = list.outline.tokens.back();
  loop.over_arguments = false;
  list.expect = Expect::kAfterCompound;
  if (words.empty()) return;
  keep(list, in, "in");
  add_token(list, begin, end).words = std::move(words);
}

void Reader::read_case_subject(List& list) {
  const std::uint32_t begin = at_;
  Word subject = read_word(Mode::kPlain);
  list.expect = Expect::kCaseIn;
  if (at_ == begin) return;
  add_token(list, begin, at_).words.push_back(std::move(subject));
}

void Reader::read_case_in(List& list) {
  if (raw_word() == "in") {
    keep_word(list, "in");
    list.expect = Expect::kPattern;
    return;
  }
  const std::uint32_t end = line_end(at_);
  lose(at_, end);
  at_ = end;
  list.open.pop_back();
  list.expect = Expect::kCommand;
}

void Reader::read_patterns(List& list) {
  if (raw_word() == "esac") return close_compound(list, Open::kCase, "esac");
  std::uint32_t begin = at_;
  if (peek() == '(') {
    ++at_;
    skip_blanks();
    begin = at_;
  }
  std::uint32_t end = at_;
  std::vector<Word> patterns;
  while (!at_end() && peek() != ')' && peek() != '\n') {
    const std::uint32_t before = at_;
    patterns.push_back(read_word(Mode::kPlain));
    end = at_;
    skip_blanks();
    if (peek() == '|') ++at_;
    skip_space();
    if (at_ == before || !spend(before)) break;
  }
  list.expect = Expect::kCommand;
  if (peek() != ')' || patterns.empty()) {
    const std::uint32_t line = std::max(line_end(begin), at_);
    lose(begin, line);
    at_ = line;
    list.expect = Expect::kPattern;
    return;
  }
  add_token(list, begin, std::max(end, begin + 1)).words = std::move(patterns);
  // Without the blank the grammar takes what follows for a part of the pattern.
  keep(list, at_, ") ");
  ++at_;
}

// `time` and `coproc` do not change what runs.
void Reader::skip_prefix(std::string_view word) {
  at_ += static_cast<std::uint32_t>(word.size());
  skip_blanks();
  if (word == "time") {
    while (raw_word() == "-p" || raw_word() == "--") {
      at_ += 2;
      skip_blanks();
    }
    return;
  }
  const std::uint32_t name = name_size(text_.substr(at_, end_ - at_));
  std::uint32_t behind = at_ + name;
  while (behind < end_ && is_blank(text_[behind])) ++behind;
  const bool compound = behind < end_ && (text_[behind] == '{' || text_[behind] == '(');
  if (name != 0 && behind > at_ + name && compound) at_ = behind;
}

void Reader::pad(List& list, std::uint32_t to) {
  const std::size_t size = to - list.outline.begin;
  if (list.outline.text.size() < size) list.outline.text.resize(size, ' ');
}

void Reader::keep(List& list, std::uint32_t begin, std::string_view text) {
  keep_pipe(list);
  pad(list, begin);
  if (is_name(text[0])) set_apart(list);
  const auto offset = static_cast<std::uint32_t>(list.outline.text.size());
  if (std::exchange(list.negate, false)) list.outline.negated.push_back(offset);
  list.outline.text.append(text);
  list.joins = false;
  if (text != ";") list.outline.grouped = true;
}

void Reader::separate_at(List& list, std::uint32_t begin) {
  keep_pipe(list);
  pad(list, begin);
  if (list.expect == Expect::kAfterCompound) separate(list);
}

void Reader::keep_word(List& list, std::string_view word) {
  separate_at(list, at_);
  keep(list, at_, word);
  at_ += static_cast<std::uint32_t>(word.size());
}

// A shell knows a reserved word behind a compound command; the grammar wants an end before it.
void Reader::separate(List& list) {
  std::string& text = list.outline.text;
  const std::size_t size = text.size();
  if (size == 0) return;
  if (text[size - 1] == ' ' || (size > 1 && text[size - 1] == 'x' && text[size - 2] == 'x')) {
    text[size - 1] = ';';
  }
}

// Two words that only their syntax separates must not become one.
void Reader::set_apart(List& list) {
  std::string& text = list.outline.text;
  if (!text.empty() && is_name(text.back())) text += ' ';
}

Token& Reader::add_token(List& list, std::uint32_t begin, std::uint32_t end) {
  keep_pipe(list);
  Outline& outline = list.outline;
  pad(list, begin);
  set_apart(list);
  const std::size_t at = outline.text.size();
  outline.text.resize(std::max<std::size_t>(end - outline.begin, at + 1), 'x');
  Token& token = outline.tokens.emplace_back();
  token.begin = static_cast<std::uint32_t>(at);
  if (std::exchange(list.negate, false)) outline.negated.push_back(token.begin);
  token.end = static_cast<std::uint32_t>(outline.text.size());
  list.joins = false;
  return token;
}

}  // namespace composelint::shell
