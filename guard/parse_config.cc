#include <algorithm>
#include <nlohmann/json.hpp>

#include "analyzer/report/display.h"
#include "guard/json_text.h"
#include "guard/lines.h"
#include "guard/parse.h"

namespace composelint::guard {

namespace {

using nlohmann::json;

// Text in Go's double quotes from the front of `text`.
std::string unquoted(std::string_view text) {
  std::string out;
  for (std::size_t i = 1; i < text.size() && text[i] != '"'; ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    out += text[i];
  }
  return out;
}

// The message of `time="…" level=warning msg="…"`; nothing where the line is none.
std::optional<std::string> warning_of(std::string_view line) {
  const std::size_t level = line.find("level=warning msg=");
  if (level != std::string_view::npos) {
    const std::string_view text = line.substr(level + 18);
    return text.starts_with('"') ? unquoted(text) : std::string(text);
  }
  for (const std::string_view front : {"WARN[", "WARNING: "}) {
    if (!line.starts_with(front)) continue;
    const std::size_t end = front == "WARN[" ? line.find(']') : front.size() - 1;
    return std::string(trimmed(line.substr(std::min(end + 1, line.size()))));
  }
  return std::nullopt;
}

// "X" of: The "X" variable is not set. Defaulting to a blank string.
std::optional<std::string> unset_of(std::string_view message) {
  const std::size_t behind = message.find(" variable is not set");
  if (!message.starts_with("The ") || behind == std::string_view::npos) return std::nullopt;
  std::string_view name = message.substr(4, behind - 4);
  if (name.size() >= 2 && name.starts_with('"')) name = name.substr(1, name.size() - 2);
  return std::string(name);
}

std::string single_dollars(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '$' && i + 1 < text.size() && text[i + 1] == '$') ++i;
  }
  return out;
}

void add_once(std::vector<std::string>& list, std::string text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
}

}  // namespace

void parse_config_words(std::string_view err, ConfigFacts& config) {
  while (!err.empty()) {
    const auto warning = warning_of(take_line(err));
    if (!warning) continue;
    if (auto name = unset_of(*warning)) {
      add_once(config.unset, std::move(*name));
    } else {
      add_once(config.warnings, report::printable(*warning));
    }
  }
}

std::string last_words(std::string_view err) {
  constexpr std::size_t kMost = 300;
  std::string last;
  while (!err.empty()) {
    const std::string_view line = trimmed(take_line(err));
    // Behind it is the value itself, which nobody needs to see; before it, where it stands.
    if (line == "You may need to escape any $ with another $." && !last.empty()) break;
    if (!line.empty() && !warning_of(line)) last = report::printable(line.substr(0, kMost));
  }
  return last;
}

const ClientProject::Service* ClientProject::service(std::string_view wanted) const {
  const auto found = std::find_if(services.begin(), services.end(),
                                  [&](const Service& one) { return one.name == wanted; });
  return found == services.end() ? nullptr : &*found;
}

std::optional<ClientProject> parse_client_project(std::string_view text) {
  const json config = read_json(text);
  if (!config.is_object()) return std::nullopt;
  ClientProject project;
  project.name = text_of(config, "name");
  if (project.name.empty()) return std::nullopt;
  if (const json& services = member(config, "services"); services.is_object()) {
    for (const auto& [name, service] : services.items()) {
      project.services.push_back({name, single_dollars(text_of(service, "image"))});
    }
  }
  if (const json& volumes = member(config, "volumes"); volumes.is_object()) {
    for (const auto& [key, volume] : volumes.items()) {
      project.volumes.emplace_back(key, single_dollars(text_of(volume, "name")));
    }
  }
  return project;
}

}  // namespace composelint::guard
