// Values that stand in a compose file itself, and the texts of a service that may hold one.
#pragma once

#include <composelint/attributes.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

// `part` of the value stands there as it is: no variable and no env file brings it. The default of
// a variable counts as written.
[[nodiscard]] inline bool is_written_out(const Value& value, std::string_view part) {
  for (const Trail* trail = value.trail; trail != nullptr; trail = trail->before) {
    if (trail->step.kind == OriginKind::kEnvFile) return false;
  }
  return value.known && !part.empty() && value.span.text().find(part) != std::string_view::npos;
}

// The service says so itself: NODE_ENV=development, APP_ENV=local.
[[nodiscard]] inline bool is_for_development(const Service& service) {
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

// NAME and value of what is set for a container or for its build.
struct SetVariable {
  std::string name;
  const Value* value = nullptr;
  bool build = false;
};

[[nodiscard]] inline std::vector<SetVariable> set_variables(const Service& service) {
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

// One word of a command or a health check, as its shell would see it.
struct CommandWord {
  std::string text;
  const Value* value = nullptr;  // what it is written in
  bool first = false;            // of a command
};

[[nodiscard]] inline std::vector<CommandWord> command_words(const Service& service,
                                                            std::string_view path) {
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

// What `find` gives for each service that may be started and no service before it has; `say` is
// called for services of which something is left. A value that several are given is one secret, and
// a developer's is asked last.
template <typename Find, typename Say>
void for_each_new_secret(const Project& project, Find find, Say say) {
  std::set<std::string> seen;
  for (const bool developers : {false, true}) {
    for (const Service& service : project.services) {
      if (service.model == nullptr || is_template(service, project)) continue;
      if (is_for_development(service) != developers) continue;
      auto secrets = find(service);
      std::erase_if(secrets, [&](const auto& secret) { return seen.count(secret.text) != 0; });
      for (const auto& secret : secrets) seen.insert(secret.text);
      if (!secrets.empty()) say(service, secrets);
    }
  }
}

}  // namespace composelint
