#include <algorithm>

#include "analyzer/shell/characters.h"
#include "analyzer/shell/grammar.h"
#include "analyzer/shell/reader.h"

namespace composelint::shell {
namespace {

// Commands that take assignments as operands.
bool declares(const Word& name) {
  static constexpr std::string_view kDeclarations[] = {"export",  "local",   "readonly",
                                                       "declare", "typeset", "alias"};
  return name.parts.size() == 1 && std::find(std::begin(kDeclarations), std::end(kDeclarations),
                                             name.parts[0].text) != std::end(kDeclarations);
}

}  // namespace

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
    if (list.expect != Expect::kCommand) {
      // No shell takes it here.
      const std::uint32_t begin = at_;
      at_ = line_end(at_);
      lose(begin, at_);
      return true;
    }
    open_compound(list, Open::kParenthesis, "(");
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
  const bool in_case = case_item && close_down_to(list, Open::kCase);
  list.expect = in_case ? Expect::kPattern : Expect::kCommand;
  if (*op == "|" || *op == "|&") {
    read_pipe(list, *op);
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

// Pipelines of simple commands need no grammar, which takes long for long ones.
void Reader::read_pipe(List& list, std::string_view op) {
  Outline& outline = list.outline;
  const bool behind_simple = !outline.tokens.empty() && outline.tokens.back().simple &&
                             outline.text.size() == outline.tokens.back().end;
  list.pipe = Pipe{at_, op == "|&"};
  if (!behind_simple) keep_pipe(list);
}

void Reader::keep_pipe(List& list) {
  const std::optional<Pipe> pipe = std::exchange(list.pipe, std::nullopt);
  if (!pipe) return;
  keep(list, pipe->at, "|");
  // The time the grammar takes for a pipeline grows with the square of its length.
  constexpr std::uint32_t kMaxPipes = 500;
  if (++list.pipes > kMaxPipes) exhausted_ = true;
  if (!pipe->both) return;
  list.outline.both_streams.push_back(static_cast<std::uint32_t>(list.outline.text.size()) - 1);
}

bool Reader::close_parenthesis(List& list) {
  const auto is_parenthesis = [](const Opened& each) { return each.kind == Open::kParenthesis; };
  const bool opened = std::any_of(list.open.begin(), list.open.end(), is_parenthesis);
  if (!opened && list.closes) return false;
  close_compound(list, Open::kParenthesis, ")");
  return true;
}

void Reader::end_line(List& list) {
  // The grammar takes a newline for an end where a shell reads on.
  if (!list.joins) list.pipes = 0;
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

bool Reader::ends_simple_command() const {
  const char c = peek();
  if (at_end() || c == '\n' || c == '#') return true;
  if (c == '<' || c == '>') return false;
  return is_meta(c) && !starts("&>");
}

void Reader::read_simple_command(List& list) {
  const std::uint32_t begin = at_;
  std::uint32_t end = at_;
  Command command;
  SimpleCommand simple;
  list.expect = Expect::kArguments;
  for (; !ends_simple_command() || at_ == begin; skip_blanks()) {
    const std::uint32_t before = at_;
    read_simple_part(list, command, simple);
    if (at_ == before) break;
    end = at_;
    spend(before);
    if (list.expect == Expect::kAfterCompound && !next_is_redirect()) break;
  }
  if (end == begin) return;
  command.span = span(begin, end);
  command.form = std::move(simple);
  add_simple(list, begin, end, std::move(command));
}

// The next redirect, assignment or word.
void Reader::read_simple_part(List& list, Command& command, SimpleCommand& simple) {
  if (starts_redirect()) return read_redirect(command.redirects);
  const bool first = simple.words.empty();
  const std::uint32_t arithmetic = first && starts("((") ? arithmetic_end(at_) : 0;
  if (arithmetic != 0) {
    read_arithmetic_command(simple, arithmetic);
    list.expect = Expect::kAfterCompound;
    return;
  }
  if (first && raw_word() == "[[") {
    if (read_test(simple)) list.expect = Expect::kAfterCompound;
    return;
  }
  if ((first || declares(simple.words[0])) && read_assignment(simple)) return;
  simple.words.push_back(read_word(Mode::kPlain));
}

void Reader::add_simple(List& list, std::uint32_t begin, std::uint32_t end, Command command) {
  if (!list.pipe) {
    Token& token = add_token(list, begin, end);
    token.command = std::move(command);
    token.simple = true;
    return;
  }
  Token& token = list.outline.tokens.back();
  if (list.pipe->both) {
    const Span place = span(list.pipe->at, list.pipe->at + 2);
    last_of(token.command).redirects.push_back(both_streams(place));
  }
  extend_pipeline(token.command, std::move(command));
  list.outline.text.resize(std::max<std::size_t>(end - list.outline.begin, token.end), 'x');
  token.end = static_cast<std::uint32_t>(list.outline.text.size());
  list.pipe.reset();
  list.joins = list.negate = false;
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
  close_all(list);
  keep_pipe(list);
  list.outline.end = at_;
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
