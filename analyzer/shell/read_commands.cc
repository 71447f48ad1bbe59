#include <algorithm>

#include "analyzer/shell/characters.h"
#include "analyzer/shell/grammar.h"
#include "analyzer/shell/reader.h"

namespace composelint::shell {

Reader::Reader(const ScriptText& source, const ParseLimits& limits, Grammar& grammar)
    : source_(source),
      limits_(limits),
      grammar_(grammar),
      text_(source.text),
      end_(static_cast<std::uint32_t>(source.text.size())) {}

std::vector<Command> Reader::read_all() {
  if (starts("\xEF\xBB\xBF")) at_ += 3;
  List list;
  list.outline.begin = at_;
  read_list(list);
  read_documents();
  return finish(list);
}

void Reader::read_list(List& list) {
  while (!exhausted_) {
    const std::uint32_t before = at_;
    if (!read_token(list)) return;
    if (at_ == before) {
      // Nothing here can be read: leave one byte out and try again.
      lose(at_, at_ + 1);
      ++at_;
    }
    spend(before);
  }
}

bool Reader::read_token(List& list) {
  skip_blanks();
  if (at_end()) return false;
  const char c = peek();
  if (c == '\n') {
    end_line(list);
    return true;
  }
  if (c == '#') {
    read_comment();
    return true;
  }
  switch (list.expect) {
    case Expect::kPattern: read_patterns(list); return true;
    case Expect::kCaseSubject: read_case_subject(list); return true;
    case Expect::kCaseIn: read_case_in(list); return true;
    case Expect::kForName: read_for_name(list); return true;
    case Expect::kFunctionName: read_function_name(list); return true;
    case Expect::kForIn:
      if (c == ';') break;
      read_for_in(list);
      return true;
    case Expect::kCommand:
    case Expect::kArguments:
    case Expect::kAfterCompound: break;
  }
  const bool process = (c == '<' || c == '>' || starts("&>"));
  if (is_meta(c) && !process) return read_operator(list);
  read_command_word(list);
  return true;
}

bool Reader::read_operator(List& list) {
  const char c = peek();
  if (c == ')') return close_parenthesis(list);
  if (c == '(') {
    if (starts("((") && list.expect == Expect::kCommand && arithmetic_end(at_) != 0) {
      read_simple_command(list);
      return true;
    }
    // The grammar would take "((" for arithmetic.
    keep(list, at_, list.outline.text.ends_with('(') ? " (" : "(");
    ++at_;
    list.open.push_back(Open::kParenthesis);
    list.expect = Expect::kCommand;
    return true;
  }
  read_separator(list);
  return true;
}

void Reader::read_separator(List& list) {
  static constexpr std::string_view kOperators[] = {";;&", ";;", ";&", ";", "&&",
                                                    "&",   "||", "|&", "|"};
  const std::string_view* op = std::begin(kOperators);
  while (!starts(*op)) ++op;
  const bool case_item = op->size() > 1 && (*op)[0] == ';';
  const bool in_case = !list.open.empty() && list.open.back() == Open::kCase;
  list.expect = case_item && in_case ? Expect::kPattern : Expect::kCommand;
  if (*op == "|&") {
    keep(list, at_, "| ");
    list.outline.both_streams.push_back(static_cast<std::uint32_t>(list.outline.text.size()) - 2);
  } else if (case_item) {
    keep(list, at_, ";;");
    const auto offset = static_cast<std::uint32_t>(list.outline.text.size()) - 2;
    if (*op != ";;") list.outline.falls_through.push_back(offset);
  } else {
    keep(list, at_, *op);
  }
  list.joins = *op == "&&" || *op == "||" || *op == "|" || *op == "|&";
  if (*op == ";") list.outline.grouped = list.outline.grouped || list.outline.tokens.empty();
  at_ += static_cast<std::uint32_t>(op->size());
}

bool Reader::close_parenthesis(List& list) {
  if (!list.open.empty() && list.open.back() == Open::kParenthesis) {
    list.open.pop_back();
    close_compound(list, ")");
    return true;
  }
  if (list.closes) return false;
  lose(at_, at_ + 1);
  ++at_;
  return true;
}

void Reader::end_line(List& list) {
  // The grammar takes a newline for an end where a shell reads on.
  const bool reads_on = list.joins || list.expect == Expect::kForIn;
  if (!reads_on) {
    pad(list, at_);
    list.outline.text += '\n';
  }
  ++at_;
  read_documents();
  if (list.expect == Expect::kArguments || list.expect == Expect::kAfterCompound) {
    list.expect = Expect::kCommand;
  }
}

void Reader::read_command_word(List& list) {
  const bool reserved_here =
      list.expect == Expect::kCommand || list.expect == Expect::kAfterCompound;
  const std::string_view word = raw_word();
  if (reserved_here && read_reserved(list, word)) return;
  if (list.expect == Expect::kAfterCompound && starts_redirect()) {
    read_compound_redirects(list);
    return;
  }
  if (reserved_here && read_function(list)) return;
  read_simple_command(list);
}

bool Reader::read_reserved(List& list, std::string_view word) {
  static constexpr std::string_view kOpening[] = {"if",    "then",  "elif", "else",
                                                  "while", "until", "do",   "{"};
  static constexpr std::string_view kClosing[] = {"fi", "done", "}", "esac"};
  const auto is_one_of = [&](const auto& words) {
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
  };
  if (is_one_of(kOpening)) {
    keep_word(list, word);
    list.expect = Expect::kCommand;
  } else if (is_one_of(kClosing)) {
    if (word == "esac" && (list.open.empty() || list.open.back() != Open::kCase)) return false;
    close_compound(list, word);
  } else if (word == "!") {
    ++at_;
    list.negate = !list.negate;
    list.outline.grouped = true;
  } else if (word == "time" || word == "coproc") {
    skip_prefix(word);
  } else if (word == "case") {
    keep_word(list, word);
    list.open.push_back(Open::kCase);
    list.expect = Expect::kCaseSubject;
  } else if (word == "for" || word == "select") {
    keep_word(list, word);
    list.expect = Expect::kForName;
  } else if (word == "function") {
    keep_word(list, word);
    list.expect = Expect::kFunctionName;
  } else {
    return false;
  }
  return true;
}

bool Reader::ends_simple_command() const {
  const char c = peek();
  if (at_end() || c == '\n' || c == '#') return true;
  if (c == '<' || c == '>') return false;
  return is_meta(c) && !starts("&>");
}

void Reader::read_simple_command(List& list) {
  static constexpr std::string_view kDeclarations[] = {"export",  "local",   "readonly",
                                                       "declare", "typeset", "alias"};
  const std::uint32_t begin = at_;
  std::uint32_t end = at_;
  Command command;
  SimpleCommand simple;
  bool declares = false;
  list.expect = Expect::kArguments;
  for (; !ends_simple_command() || at_ == begin; skip_blanks()) {
    const std::uint32_t before = at_;
    const std::uint32_t arithmetic = starts("((") && at_ == begin ? arithmetic_end(at_) : 0;
    if (starts_redirect()) {
      read_redirect(command.redirects);
    } else if (arithmetic != 0) {
      read_arithmetic_command(simple, arithmetic);
      list.expect = Expect::kAfterCompound;
    } else if (simple.words.empty() && raw_word() == "[[") {
      read_test(simple);
      list.expect = Expect::kAfterCompound;
    } else if ((!simple.words.empty() && !declares) || !read_assignment(simple)) {
      simple.words.push_back(read_word(Mode::kPlain));
      const std::string& name =
          simple.words[0].parts.empty() ? std::string() : simple.words[0].parts[0].text;
      declares = simple.words[0].parts.size() == 1 &&
                 std::find(std::begin(kDeclarations), std::end(kDeclarations), name) !=
                     std::end(kDeclarations);
    }
    if (at_ == before) break;
    end = at_;
    spend(before);
    if (list.expect == Expect::kAfterCompound && !next_is_redirect()) break;
  }
  if (end == begin) return;
  command.span = span(begin, end);
  command.form = std::move(simple);
  Token& token = add_token(list, begin, end);
  token.command = std::move(command);
  token.simple = true;
}

bool Reader::next_is_redirect() {
  skip_blanks();
  return starts_redirect();
}

void Reader::read_compound_redirects(List& list) {
  CompoundRedirects found;
  found.end = list.compound_end;
  while (next_is_redirect()) {
    const std::uint32_t before = at_;
    read_redirect(found.redirects);
    if (at_ == before) break;
  }
  found.text_end = at_;
  list.outline.redirects.push_back(std::move(found));
}

std::vector<Command> Reader::nested(std::uint32_t begin, bool closes) {
  if (depth_ >= limits_.depth) {
    exhausted_ = true;
    return {};
  }
  ++depth_;
  const std::size_t comments = comments_.size();
  const std::size_t lost = unparsed_.size();
  std::vector<PendingDocument> outer = std::exchange(documents_, {});
  at_ = begin;
  List list;
  list.closes = closes;
  list.outline.begin = begin;
  read_list(list);
  const bool closed = !closes || (!at_end() && peek() == ')');
  std::vector<Command> commands;
  if (closed) {
    if (!closes) read_documents();
    commands = finish(list);
    if (closes) ++at_;
  } else if (!exhausted_) {
    comments_.resize(comments);
    unparsed_.resize(lost);
    documents_.clear();
    at_ = line_end(begin);
    lose(begin, at_);
  }
  outer.insert(outer.end(), documents_.begin(), documents_.end());
  documents_ = std::move(outer);
  --depth_;
  return commands;
}

std::vector<Command> Reader::finish(List& list) {
  if (exhausted_) return {};
  if (!list.outline.grouped) {
    std::vector<Command> commands;
    commands.reserve(list.outline.tokens.size());
    for (Token& token : list.outline.tokens) commands.push_back(std::move(token.command));
    return commands;
  }
  GrammarResult result = grammar_.group(list.outline, source_.map);
  exhausted_ = exhausted_ || result.exhausted;
  unparsed_.insert(unparsed_.end(), result.unparsed.begin(), result.unparsed.end());
  return std::move(result.commands);
}

}  // namespace composelint::shell
