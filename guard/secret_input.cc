#include "guard/secret_input.h"

#include <algorithm>

#include "analyzer/text/path.h"
#include "guard/secret_programs.h"
#include "guard/secret_words.h"

namespace composelint::guard {

bool writes_passwords(const std::vector<std::string_view>& words) {
  const bool tee = !words.empty() && text::name_of(words[0]) == "tee";
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::size_t mark = words[i].rfind('>');
    if (mark == std::string_view::npos) {
      if (tee && holds_secrets(words[i])) return true;
      continue;
    }
    const std::string_view glued = words[i].substr(mark + 1);
    if (holds_secrets(glued.empty() && i + 1 < words.size() ? words[i + 1] : glued)) return true;
  }
  return false;
}

bool takes_by_input(const std::vector<std::string_view>& words) {
  const auto has = [&](std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  const std::string_view program = words.empty() ? "" : text::name_of(words[0]);
  if (program == "passwd" || program == "read" || (program == "tee" && writes_passwords(words)))
    return true;
  return std::any_of(words.begin(), words.end(),
                     [](std::string_view word) {
                       return takes_secret_by_input(text::name_of(word)) || word.ends_with("=-");
                     }) ||
         (has("sudo") && has("-S")) || ((has("secret") || has("vault")) && has("-"));
}

}  // namespace composelint::guard
