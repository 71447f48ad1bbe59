#include <algorithm>
#include <initializer_list>

#include "analyzer/shell/reader.h"

namespace composelint::shell {

bool Reader::read_reserved(List& list, std::string_view word) {
  if (read_section(list, word)) return true;
  if (word == "if") {
    open_compound(list, Open::kIf, word);
  } else if (word == "while" || word == "until") {
    open_compound(list, Open::kLoop, word);
  } else if (word == "{") {
    open_compound(list, inside(list, Open::kFor) ? Open::kDoBrace : Open::kBrace, word);
  } else if (word == "case") {
    open_compound(list, Open::kCase, word);
    list.expect = Expect::kCaseSubject;
  } else if (word == "for" || word == "select") {
    open_compound(list, Open::kFor, word);
    list.expect = Expect::kForName;
  } else if (word == "function") {
    keep_word(list, word);
    list.expect = Expect::kFunctionName;
  } else if (word == "!") {
    ++at_;
    list.negate = !list.negate;
    list.outline.grouped = true;
  } else if (word == "time" || word == "coproc") {
    skip_prefix(word);
  } else {
    return false;
  }
  return true;
}

// Words that go on with a compound command or end it.
bool Reader::read_section(List& list, std::string_view word) {
  if (word == "then" || word == "elif" || word == "else") {
    go_on(list, word == "then" ? Open::kIf : Open::kThen, word == "elif" ? Open::kIf : Open::kThen,
          word);
  } else if (word == "do") {
    go_on(list, inside(list, Open::kFor) ? Open::kFor : Open::kLoop, Open::kDo, word);
  } else if (word == "fi") {
    close_unfinished(list, {Open::kIf}, Open::kThen, word);
  } else if (word == "done") {
    close_unfinished(list, {Open::kLoop, Open::kFor}, Open::kDo, word);
  } else if (word == "}") {
    close_compound(list, inside(list, Open::kDoBrace) ? Open::kDoBrace : Open::kBrace, word);
  } else if (word == "esac") {
    close_compound(list, Open::kCase, word);
  } else {
    return false;
  }
  return true;
}

void Reader::go_on(List& list, Open from, Open to, std::string_view word) {
  if (!close_down_to(list, from)) return stray(list, word);
  keep_word(list, word);
  list.open.back().kind = to;
  list.expect = Expect::kCommand;
}

void Reader::open_compound(List& list, Open kind, std::string_view word) {
  const std::uint32_t begin = at_;
  const std::uint32_t end = begin + static_cast<std::uint32_t>(word.size());
  if (kind == Open::kDoBrace) {
    separate_at(list, begin);
    keep(list, begin, "do");
    list.open.back().kind = kind;
  } else if (kind == Open::kParenthesis) {
    // The grammar would take "((" for arithmetic.
    keep_pipe(list);
    pad(list, begin);
    keep(list, begin, list.outline.text.ends_with('(') ? " (" : "(");
    list.open.push_back({kind, begin, end});
  } else {
    keep_word(list, word);
    list.open.push_back({kind, begin, end});
  }
  at_ = end;
  list.expect = Expect::kCommand;
}

void Reader::close_compound(List& list, Open kind, std::string_view word) {
  if (!close_down_to(list, kind)) return stray(list, word);
  list.open.pop_back();
  const std::uint32_t end = at_ + static_cast<std::uint32_t>(word.size());
  if (kind == Open::kParenthesis) {
    keep(list, at_, word);
  } else if (kind == Open::kDoBrace) {
    separate_at(list, at_);
    keep(list, at_, "done");
  } else {
    keep_word(list, word);
  }
  at_ = end;
  list.compound_end = static_cast<std::uint32_t>(list.outline.text.size());
  list.expect = Expect::kAfterCompound;
}

// `if a; fi`: what comes next belongs to no `if` any more, though the inner one has no `then`.
void Reader::close_unfinished(List& list, std::initializer_list<Open> unfinished, Open finished,
                              std::string_view word) {
  const auto last = std::find_if(list.open.rbegin(), list.open.rend(), [&](const Opened& each) {
    return each.kind == finished ||
           std::find(unfinished.begin(), unfinished.end(), each.kind) != unfinished.end();
  });
  if (last == list.open.rend() || last->kind == finished) {
    return close_compound(list, finished, word);
  }
  close_down_to(list, last->kind);
  close_last(list);
  stray(list, word);
}

// A script with an `fi` too few is still read around the `if`: what stands open inside of the one
// that is meant is closed. False when there is no such one.
bool Reader::close_down_to(List& list, Open kind) {
  const auto found = std::find_if(list.open.rbegin(), list.open.rend(),
                                  [&](const Opened& each) { return each.kind == kind; });
  if (found == list.open.rend()) return false;
  const auto stay_open = static_cast<std::size_t>(list.open.rend() - found);
  while (list.open.size() > stay_open) close_last(list);
  return true;
}

void Reader::close_all(List& list) {
  while (!list.open.empty()) close_last(list);
}

void Reader::close_last(List& list) {
  const Opened last = list.open.back();
  list.open.pop_back();
  lose(last.begin, last.end);
  keep_pipe(list);
  std::string& text = list.outline.text;
  text += list.joins ? " x\n" : "\n";
  list.joins = false;
  switch (last.kind) {
    case Open::kParenthesis: text += ")"; break;
    case Open::kBrace: text += "}"; break;
    case Open::kCase: text += "esac"; break;
    case Open::kIf: text += "x\nthen x\nfi"; break;
    case Open::kThen: text += "fi"; break;
    case Open::kLoop: text += "x\ndo x\ndone"; break;
    case Open::kFor: text += "do x\ndone"; break;
    case Open::kDo:
    case Open::kDoBrace: text += "done"; break;
  }
  text += '\n';
  list.expect = Expect::kCommand;
}

// A reserved word with nothing it could belong to.
void Reader::stray(List& list, std::string_view word) {
  const std::uint32_t begin = at_;
  at_ += static_cast<std::uint32_t>(word.size());
  lose(begin, at_);
  keep_pipe(list);
  pad(list, at_);
  list.outline.text += '\n';
  list.expect = Expect::kCommand;
}

}  // namespace composelint::shell
