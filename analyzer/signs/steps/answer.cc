#include "analyzer/signs/steps/answer.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/steps/vain_test.h"

namespace composelint {

std::size_t mention_of(std::string_view text, std::string_view name, std::size_t from) {
  // By the dollar: it is rarer than the letters of a name.
  for (std::size_t at = text.find('$', from < 2 ? 0 : from - 2); at != std::string_view::npos;
       at = text.find('$', at + 1)) {
    const std::size_t begin = at + (text.substr(at + 1).starts_with('{') ? 2 : 1);
    if (begin < from || !text.substr(begin).starts_with(name)) continue;
    const std::size_t end = begin + name.size();
    const char next = end < text.size() ? text[end] : ' ';
    if (next != '_' && std::isalnum(static_cast<unsigned char>(next)) == 0) return begin;
  }
  return std::string_view::npos;
}

namespace {

// `[ "$x" = y ]`, `case $x in`, `echo "$x" | grep -q y`; `low=${x,,}`, of which others may be made.
bool may_decide(std::string_view line) {
  static constexpr std::array<std::string_view, 9> kTests = {
      "[", "test ", "case ", "if ", "grep", "((", "while ", "until ", "select "};
  if (std::any_of(kTests.begin(), kTests.end(), [&](std::string_view test) {
        return line.find(test) != std::string_view::npos;
      })) {
    return true;
  }
  const std::size_t equals = line.find('=');
  return equals != std::string_view::npos && line.find('$') > equals;
}

}  // namespace

std::string announcement(const Timeline& timeline, const Step& question) {
  std::string out(question.span.text());
  auto at = static_cast<std::size_t>(&question - timeline.steps.data());
  for (int most = 4; most > 0 && at > 0; --most) {
    const Step& other = timeline.steps[--at];
    const bool prints =
        !other.argv.empty() && (other.argv.front().is("echo") || other.argv.front().is("printf") ||
                                other.argv.front().is("cat"));
    if (!prints || other.span.file != question.span.file) break;
    out.append(" ").append(other.span.text());
  }
  return lower_case(out);
}

std::vector<std::string_view> variables_read(const Step& step) {
  std::vector<std::string_view> names;
  for (std::size_t i = 1; i < step.argv.size(); ++i) {
    const std::string_view text = step.argv[i].text;
    if (!text.starts_with('-')) {
      names.push_back(text);
    } else if (text.find_last_of("tnNidp") == text.size() - 1) {
      ++i;  // its value is the next word
    }
  }
  if (names.empty()) names.emplace_back("REPLY");
  return names;
}

Answer answer_to(const Timeline& timeline, const Step& question) {
  if (question.argv.empty() || !question.argv.front().is("read")) return Answer::kDecides;
  // Long scripts ask much: no file is looked through twice.
  std::vector<const SourceFile*> files = timeline.sourced;
  for (const SourceFile* file : {timeline.file, question.span.file}) {
    if (std::find(files.begin(), files.end(), file) == files.end()) files.push_back(file);
  }
  Answer answer = Answer::kPause;
  bool vain = false;
  for (const std::string_view name : variables_read(question)) {
    for (const SourceFile* file : files) {
      if (file == nullptr) continue;
      const std::string_view text = file->bytes();
      // A function's answer is looked at where it was called.
      const bool behind = file == question.span.file && question.called_from.empty();
      std::size_t at = behind ? question.span.end : 0;
      while ((at = mention_of(text, name, at)) != std::string_view::npos) {
        const bool fails_never = is_tested_for_text(text, at);
        if (!fails_never && may_decide(line_around(text, at))) return Answer::kDecides;
        vain |= fails_never;
        answer = Answer::kValue;
        ++at;
      }
      // `export NAME`, by its rarest letter.
      if (answer == Answer::kPause && text.find("xport " + std::string(name)) != text.npos) {
        answer = Answer::kValue;
      }
    }
  }
  return vain ? Answer::kNothing : answer;
}

}  // namespace composelint
