#include "guard/json_text.h"

#include <nlohmann/json.hpp>

#include "analyzer/text/utf8.h"

namespace composelint::guard {

nlohmann::json read_json(std::string_view text) {
  std::string whole;
  while (const auto bad = text::first_invalid_utf8(text)) {
    whole.append(text.substr(0, *bad)).append("\xEF\xBF\xBD");
    text.remove_prefix(*bad + 1);
  }
  whole += text;
  return nlohmann::json::parse(whole, nullptr, false);
}

std::string text_of(const nlohmann::json& object, const char* key) {
  const nlohmann::json& value = member(object, key);
  return value.is_string() ? value.get<std::string>() : std::string();
}

const nlohmann::json& member(const nlohmann::json& object, const char* key) {
  static const nlohmann::json kNull;
  if (!object.is_object()) return kNull;
  const auto found = object.find(key);
  return found == object.end() ? kNull : *found;
}

}  // namespace composelint::guard
