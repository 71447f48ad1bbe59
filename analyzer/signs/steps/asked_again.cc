#include "analyzer/signs/steps/asked_again.h"

#include <algorithm>
#include <vector>

namespace composelint {

bool says_the_same(const Step& left, const Step& right) {
  const auto same = [](const Argument& one, const Argument& other) {
    return one.text == other.text &&
           std::equal(
               one.holes.begin(), one.holes.end(), other.holes.begin(), other.holes.end(),
               [](const Hole& a, const Hole& b) { return a.at == b.at && a.name == b.name; });
  };
  return std::equal(left.argv.begin(), left.argv.end(), right.argv.begin(), right.argv.end(), same);
}

bool asks_whether_it_runs(const Step& question, const Step& next) {
  if (!question.call || !next.call || !question.call->is("exec") || !next.call->is("exec")) {
    return false;
  }
  const std::vector<Argument>& words = question.call->inner;
  const Argument* asked = question.call->service();
  const Argument* used = next.call->service();
  const bool nothing_else =
      !words.empty() && (words.front().is("echo") || words.front().is("true"));
  return nothing_else && asked != nullptr && used != nullptr && asked->known() &&
         asked->text == used->text;
}

}  // namespace composelint
