#include "analyzer/signs/reports/project_trouble.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace composelint {

Trouble trouble_of(const ProjectProblem& problem) {
  const std::string_view text = problem.message;
  const auto has = [&](std::string_view part) { return text.find(part) != text.npos; };
  if (!problem.refused) {
    return problem.code == FailureCode::kNotFound ? Trouble::kMissingSource : Trouble::kNone;
  }
  if (problem.code == FailureCode::kNotFound) {
    return text.starts_with("env file ") ? Trouble::kEnvFile : Trouble::kIncluded;
  }
  // What was not read, and what this tool does not see and Compose may.
  if (problem.code != FailureCode::kInvalid) return Trouble::kNone;
  if (text.starts_with("dependency cycle detected")) return Trouble::kCycle;
  if (text.starts_with("mapping key \"") && text.ends_with("already defined")) {
    return Trouble::kKeyTwice;
  }
  if (has(" refers to undefined ") || has(" depends on undefined service ") ||
      has(" not found for network_mode ") || has(" declares unknown or non-buildable service ")) {
    return Trouble::kUndefined;
  }
  if (has("can't set container_name and ")) return Trouble::kReplicas;
  if (has("required variable ") && has(" is missing a value")) return Trouble::kRequired;
  if (has(".container_name must ") && !has(" must be ")) return Trouble::kContainerName;
  const bool project_name =
      text.starts_with("invalid project name") || text == "project name must not be empty";
  return project_name ? Trouble::kProjectName : Trouble::kRefused;
}

std::string required_variable(const ProjectProblem& problem) {
  constexpr std::string_view kBefore = "required variable ";
  const std::size_t at = problem.message.find(kBefore);
  if (at == std::string::npos) return {};
  const std::string rest = problem.message.substr(at + kBefore.size());
  return rest.substr(0, rest.find(' '));
}

Span place_of(const ProjectProblem& problem, const Project& project) {
  if (problem.span || project.files.empty()) return problem.span;
  const SourceFile* file = project.files.back();
  return {file, 0, static_cast<std::uint32_t>(file->line_text(1).size())};
}

std::string short_message(std::string_view message) {
  constexpr std::size_t kMost = 240;
  const std::size_t open = message.find('"');
  const std::size_t close = message.rfind('"');
  const bool quotes = open != message.npos && close > open + 60;
  if (quotes && (message.size() > kMost || message.find('\n') != message.npos)) {
    return std::string(message.substr(0, open + 1)) + "…" + std::string(message.substr(close));
  }
  return std::string(message.substr(0, message.find('\n')));
}

}  // namespace composelint
