#include "analyzer/signs/secrets/said_no_secret.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/signs/words/accepted.h"

namespace composelint {

namespace {

// "These three secrets …" above the lines that the value's is one of; empty where the comment
// speaks of one.
std::string said_of_several(Span place) {
  if (!place) return {};
  const SourceFile& file = *place.file;
  const auto indent = [&](std::uint32_t line) {
    return file.line_text(line).find_first_not_of(' ');
  };
  std::uint32_t line = file.line_of(place.begin);
  while (line > 1 && indent(line - 1) == indent(line) &&
         !is_only_comment(file.line_text(line - 1))) {
    --line;
  }
  const Span first{&file, file.line_begin(line), file.line_begin(line)};
  std::string said = said_above(first);
  static constexpr std::array<std::string_view, 4> kSeveral = {"these", "credentials", "passwords",
                                                               "secrets"};
  const bool several = std::any_of(kSeveral.begin(), kSeveral.end(), [&](std::string_view word) {
    return said.find(word) != said.npos;
  });
  return several ? said : std::string();
}

}  // namespace

bool is_said_to_be_no_secret(Span value) {
  static constexpr std::array<std::string_view, 14> kSays = {
      "an example", "demo only",    "dev only",  "development only", "do not use in prod",
      "dummy",      "example of",   "fake",      "for demo",         "not a real",
      "sandbox",    "some example", "test only", "throwaway"};
  const auto says = [](std::string_view said) {
    return is_said_for_tests(said) || said.find("test cred") != said.npos ||
           std::any_of(kSays.begin(), kSays.end(),
                       [&](std::string_view each) { return said.find(each) != said.npos; });
  };
  // Above it, whoever fills it in is told how; behind it, how it was made.
  if (value && said_above(value).find("generate with") != std::string::npos &&
      value.file->line_text(value.file->line_of(value.begin)).find("generate with") ==
          std::string_view::npos) {
    return true;
  }
  return says(said_above(value)) || says(said_of_several(value));
}

}  // namespace composelint
