#include <algorithm>

#include "analyzer/shell/characters.h"
#include "analyzer/shell/reader.h"

namespace composelint::shell {

// The unquoted characters at the place, up to the next operator or blank.
// `then\` and a blank in the next line: the word ends here. `the\`, newline, `n` does not.
bool Reader::continues_apart(std::uint32_t at) const {
  bool continued = false;
  while (at < end_ && text_[at] == '\\') {
    const std::string_view rest = text_.substr(at + 1, end_ - at - 1);
    const std::uint32_t line_break = rest.starts_with("\r\n") ? 2 : rest.starts_with('\n') ? 1 : 0;
    if (line_break == 0) return false;
    at += 1 + line_break;
    continued = true;
  }
  return continued && (at >= end_ || is_meta(text_[at]));
}

std::string_view Reader::raw_word() const {
  std::uint32_t end = at_;
  while (end < end_ && !is_meta(text_[end]) && text_[end] != '\r' && !continues_apart(end)) ++end;
  return text_.substr(at_, end - at_);
}

Word Reader::literal_word(std::uint32_t begin, std::uint32_t size) {
  Word word;
  Literal literal;
  add_text(word, literal, begin, size, false);
  flush(word, literal);
  word.span = span(begin, begin + size);
  return word;
}

bool Reader::read_assignment(SimpleCommand& command) {
  const std::uint32_t begin = at_;
  const std::uint32_t name = name_size(text_.substr(at_, end_ - at_));
  if (name == 0) return false;
  std::uint32_t equals = at_ + name;
  std::uint32_t subscript = 0;
  if (equals < end_ && text_[equals] == '[') {
    subscript = equals;
    equals = subscript_end(equals);
  }
  const bool append = equals < end_ && text_[equals] == '+';
  if (append) ++equals;
  if (equals >= end_ || text_[equals] != '=') return false;
  Assignment assignment;
  assignment.name = text_.substr(begin, name);
  assignment.append = append;
  if (subscript != 0) {
    const std::uint32_t close = append ? equals - 1 : equals;
    assignment.subscript = text_.substr(subscript + 1, close - subscript - 2);
  }
  at_ = equals + 1;
  if (peek() == '(') {
    assignment.array = true;
    read_elements(assignment);
  } else {
    assignment.value = read_word(Mode::kPlain);
  }
  assignment.span = span(begin, at_);
  command.assignments.push_back(std::move(assignment));
  return true;
}

void Reader::read_elements(Assignment& assignment) {
  const std::uint32_t begin = at_;
  ++at_;
  for (skip_space(); !at_end() && peek() != ')'; skip_space()) {
    const std::uint32_t before = at_;
    Word element = read_word(Mode::kElement);
    if (at_ == before || !spend(before)) break;
    assignment.elements.push_back(std::move(element));
  }
  if (peek() == ')') {
    ++at_;
    return;
  }
  at_ = std::max(at_, line_end(begin));
  lose(begin, at_);
}

bool Reader::read_test(SimpleCommand& command) {
  static constexpr std::string_view kOperators[] = {"&&", "||", "(", ")", "<", ">", "=~"};
  const std::uint32_t begin = at_;
  command.words.push_back(literal_word(at_, 2));
  Mode mode = Mode::kTest;
  for (skip_space(); !at_end(); skip_space()) {
    const std::uint32_t before = at_;
    const std::string_view word = raw_word();
    if (word == "]]") {
      command.words.push_back(literal_word(at_, 2));
      return true;
    }
    const auto* const op = std::find_if(std::begin(kOperators), std::end(kOperators),
                                        [&](std::string_view text) { return starts(text); });
    if (op != std::end(kOperators) && mode != Mode::kRegex) {
      command.words.push_back(literal_word(at_, static_cast<std::uint32_t>(op->size())));
    } else {
      command.words.push_back(read_word(mode));
    }
    mode = word == "=~" ? Mode::kRegex : Mode::kTest;
    if (at_ == before || !spend(before)) break;
  }
  command.words.resize(1);
  at_ = begin + 2;
  lose(begin, at_);
  return false;
}

void Reader::read_arithmetic_command(SimpleCommand& command, std::uint32_t end) {
  const std::uint32_t begin = at_;
  command.words.push_back(literal_word(begin, 2));
  WordPart part;
  part.kind = WordPartKind::kArithmetic;
  part.span = span(begin + 2, end - 2);
  part.text = text_.substr(begin + 2, end - begin - 4);
  part.commands = commands_within(begin + 2, end - 2);
  Word& word = command.words.emplace_back();
  word.span = part.span;
  word.parts.push_back(std::move(part));
  command.words.push_back(literal_word(end - 2, 2));
  at_ = end;
}

bool Reader::starts_redirect() const {
  std::uint32_t at = at_;
  if (starts("&>")) return true;
  while (at < end_ && is_digit(text_[at])) ++at;
  if (at == at_ && peek() == '{') {
    const std::uint32_t name = name_size(text_.substr(at_ + 1, end_ - at_ - 1));
    if (name == 0 || at_ + 1 + name >= end_ || text_[at_ + 1 + name] != '}') return false;
    at += name + 2;
  }
  if (at >= end_ || (text_[at] != '<' && text_[at] != '>')) return false;
  return at > at_ || at + 1 >= end_ || text_[at + 1] != '(';
}

void Reader::read_redirect(std::vector<IoRedirect>& redirects) {
  static constexpr std::string_view kOperators[] = {"&>>", "&>", "<<<", "<<-", "<<", "<>",
                                                    "<&",  "<",  ">>",  ">|",  ">&", ">"};
  const std::uint32_t begin = at_;
  IoRedirect redirect;
  if (is_digit(peek())) {
    redirect.fd = 0;
    for (; is_digit(peek()); ++at_) {
      redirect.fd = std::min(redirect.fd * 10 + (peek() - '0'), 9999);
    }
  } else if (peek() == '{') {
    while (peek() != '}') ++at_;
    ++at_;
  }
  const std::string_view* op = std::begin(kOperators);
  while (!starts(*op)) ++op;
  redirect.op = *op;
  at_ += static_cast<std::uint32_t>(op->size());
  skip_blanks();
  const std::uint32_t target = at_;
  if (redirect.op == "<<" || redirect.op == "<<-") {
    read_document_start(redirect);
  } else {
    redirect.target = read_word(Mode::kPlain);
  }
  if (at_ == target) lose(begin, at_);
  redirect.span = span(begin, at_);
  redirects.push_back(std::move(redirect));
}

void Reader::read_document_start(IoRedirect& redirect) {
  auto document = std::make_shared<HereDocument>();
  while (!at_end() && !is_meta(peek()) && peek() != '\r') {
    const char c = peek();
    ++at_;
    if (c == '\\') {
      document->quoted = true;
      if (!at_end()) document->delimiter += text_[at_++];
    } else if (c == '\'' || c == '"') {
      document->quoted = true;
      while (!at_end() && peek() != c && peek() != '\n') document->delimiter += text_[at_++];
      if (peek() == c) ++at_;
    } else {
      document->delimiter += c;
    }
  }
  redirect.here = document;
  documents_.push_back({std::move(document), redirect.op == "<<-"});
}

}  // namespace composelint::shell
