#include "guard/program_runs.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>

namespace composelint::guard {

namespace {

constexpr std::string_view kBlanks = " \t\n";

std::size_t past_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(kBlanks, at), text.size());
}

// The string that opens at `at`, which is moved behind it.
std::string quoted_at(std::string_view text, std::size_t& at) {
  const char quote = text[at];
  std::string out;
  for (++at; at < text.size() && text[at] != quote; ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    out += text[at];
  }
  ++at;
  return out;
}

bool is_quote(std::string_view text, std::size_t at) {
  return at < text.size() && (text[at] == '"' || text[at] == '\'' || text[at] == '`');
}

// `"dropdb app"`, `["dropdb", "app"]`, `"dropdb", ["app"]`; empty: something else.
std::string argument_at(std::string_view text, std::size_t at) {
  std::string out;
  const bool list = at < text.size() && text[at] == '[';
  if (list) at = past_blanks(text, at + 1);
  while (is_quote(text, at)) {
    const std::string word = quoted_at(text, at);
    out += (out.empty() ? "" : " ") + word;
    at = past_blanks(text, std::min(at, text.size()));
    if (at >= text.size() || text[at] != ',') break;
    at = past_blanks(text, at + 1);
    if (at < text.size() && text[at] == '[') at = past_blanks(text, at + 1);
  }
  return out;
}

}  // namespace

std::vector<std::string> run_by_program(std::string_view text, bool backquotes) {
  static constexpr std::array<std::string_view, 14> kCalls = {
      "Popen",    "call",  "check_call", "check_output", "exec",       "execFileSync", "execSync",
      "passthru", "popen", "proc_open",  "run",          "shell_exec", "spawnSync",    "system"};
  std::vector<std::string> out;
  const auto is_name = [&](std::size_t at) {
    return at < text.size() &&
           (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '_');
  };
  for (std::size_t at = 0; at < text.size();) {
    if (!is_name(at)) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (is_name(end)) ++end;
    const std::string_view name = text.substr(at, end - at);
    at = end;
    if (std::find(kCalls.begin(), kCalls.end(), name) == kCalls.end()) continue;
    // `system "dropdb app"`
    std::size_t next = past_blanks(text, end);
    if (next < text.size() && text[next] == '(') next = past_blanks(text, next + 1);
    std::string run = argument_at(text, next);
    if (!run.empty()) out.push_back(std::move(run));
  }
  for (std::size_t at = text.find('`'); backquotes && at < text.size();) {
    out.push_back(quoted_at(text, at));
    at = at < text.size() ? text.find('`', at) : text.size();
  }
  return out;
}

}  // namespace composelint::guard
