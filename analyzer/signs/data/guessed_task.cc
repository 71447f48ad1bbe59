#include "analyzer/signs/data/guessed_task.h"

#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/data/data_task.h"

namespace composelint {

bool tries_one_tool_after_another(const Step& step) {
  constexpr std::string_view kOr = "||";
  const std::string words = task_words(step);
  std::string_view rest = words;
  std::size_t tools = 0;
  for (std::size_t at = rest.find(kOr); at != rest.npos; at = rest.find(kOr)) {
    tools += rest.substr(0, at).find("migrat") != rest.npos ? 1U : 0U;
    rest.remove_prefix(at + kOr.size());
  }
  const std::size_t begin = rest.find_first_not_of(" \t\n\\");
  return tools > 1 && begin != rest.npos &&
         (rest.substr(begin).starts_with("true") || rest.substr(begin).starts_with(':'));
}

}  // namespace composelint
