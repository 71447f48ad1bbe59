#include "analyzer/signs/reports/written_out.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/words/accepted.h"

namespace composelint {

bool is_written_out(const Value& value, std::string_view part) {
  for (const Trail* trail = value.trail; trail != nullptr; trail = trail->before) {
    if (trail->step.kind == OriginKind::kEnvFile) return false;
  }
  return value.known && !part.empty() && value.span.text().find(part) != std::string_view::npos;
}

bool is_for_development(const Service& service) {
  static constexpr std::array<std::string_view, 6> kWords = {"dev",   "develop", "development",
                                                             "local", "test",    "testing"};
  return std::any_of(
      service.environment.begin(), service.environment.end(), [](const auto& variable) {
        const bool tells = variable.first.ends_with("_ENV") || variable.first.ends_with("_MODE") ||
                           variable.first.ends_with("ENVIRONMENT") || variable.first == "ENV";
        return tells && variable.second.value &&
               std::find(kWords.begin(), kWords.end(), *variable.second.value) != kWords.end();
      });
}

std::vector<SetVariable> set_variables(const Service& service) {
  std::vector<SetVariable> out;
  for (const bool build : {false, true}) {
    const Value* set = service.attribute(build ? "build.args" : "environment");
    if (set == nullptr) continue;
    for (const Member& member : set->members) {
      const bool plain = member.value.is_scalar() && !member.value.is_null() && member.value.known;
      if (plain) out.push_back({member.key, &member.value, build});
    }
  }
  return out;
}

std::vector<CommandWord> command_words(const Service& service, std::string_view path) {
  std::vector<CommandWord> out;
  const Value* words = service.attribute(path);
  if (words == nullptr) return out;
  const auto split = [&](const Value& value) {
    std::string word;
    bool first = true;
    char quote = 0;
    for (const char c : value.text + "\n") {
      const bool blank = c == ' ' || c == '\t' || c == '\n';
      if (quote != 0 ? c == quote : (c == '"' || c == '\'')) {
        quote = quote != 0 ? '\0' : c;
      } else if (quote == 0 && (blank || c == ';' || c == '|' || c == '&' || c == '(')) {
        if (!word.empty()) out.push_back({word, &value, first});
        first = first ? word.empty() : !blank;
        word.clear();
      } else {
        word += c;
      }
    }
  };
  if (words->is_string()) split(*words);
  for (std::size_t i = 0; i < words->items.size(); ++i) {
    const Value& item = words->items[i];
    if (!item.is_string()) continue;
    const bool script = i > 0 && (words->items[i - 1].text == "CMD-SHELL" ||
                                  words->items[i - 1].text.ends_with("c"));
    if (script && item.text.find(' ') != std::string::npos) {
      split(item);
    } else {
      out.push_back({item.text, &item, i == 0 || words->items[i - 1].text == "CMD"});
    }
  }
  return out;
}

bool allows_something_there(const Value& value) {
  return said_above(value.span).find("composelint: allow ") != std::string::npos;
}

}  // namespace composelint
