#include "analyzer/engine/same_call.h"

#include <algorithm>
#include <vector>

namespace composelint::engine {

namespace {

bool is_same_words(const std::vector<Argument>& a, const std::vector<Argument>& b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(),
      [](const Argument& x, const Argument& y) { return x.text == y.text && x.holes == y.holes; });
}

bool is_same_options(const std::vector<OptionUse>& a, const std::vector<OptionUse>& b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(), [](const OptionUse& x, const OptionUse& y) {
        return x.name == y.name && x.value.has_value() == y.value.has_value() &&
               (!x.value || (x.value->text == y.value->text && x.value->holes == y.value->holes));
      });
}

}  // namespace

bool is_same_call(const Step& a, const Step& b) {
  const ComposeInvocation& x = *a.call;
  const ComposeInvocation& y = *b.call;
  return x.verb == y.verb && x.program == y.program && x.target.project == y.target.project &&
         x.target.why_unknown == y.target.why_unknown && a.place == b.place &&
         a.place_name == b.place_name && a.directory == b.directory &&
         is_same_options(x.global_options, y.global_options) &&
         is_same_options(x.options, y.options) && is_same_words(x.operands, y.operands) &&
         is_same_words(x.inner, y.inner);
}

}  // namespace composelint::engine
