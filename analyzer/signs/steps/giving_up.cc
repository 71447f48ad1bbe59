#include "analyzer/signs/steps/giving_up.h"

#include <composelint/variable_name.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

namespace {

// Words of shell text that stand where a command begins.
std::vector<std::string_view> commands_of(std::string_view text) {
  std::vector<std::string_view> out;
  bool at_start = true;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (std::string_view(";&|({\n!").find(c) != std::string_view::npos) {
      at_start = true;
      ++i;
    } else if (c == '"' || c == '\'') {
      const std::size_t end = text.find(c, i + 1);
      i = end == std::string_view::npos ? text.size() : end + 1;
      at_start = false;
    } else if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      ++i;
    } else {
      std::size_t end = text.find_first_of(" \t\n;&|(){}\"'", i + 1);
      if (end == std::string_view::npos) end = text.size();
      const std::string_view word = text.substr(i, end - i);
      if (at_start) out.push_back(word);
      at_start = word == "do" || word == "then" || word == "else" || word == "if" ||
                 word == "elif" || word == "while" || word == "until";
      i = end;
    }
  }
  return out;
}

bool gives_up_aloud(std::string_view command) {
  static constexpr std::array<std::string_view, 9> kEnds = {
      "exit", "return", "die", "fail", "abort", "fatal", "false", "kill", "err"};
  return std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view word) {
    return command.find(word) != std::string_view::npos;
  });
}

}  // namespace

bool gives_up(const Branch& loop) {
  const std::string_view text = loop.span.text();
  const auto commands = commands_of(text);
  if (std::any_of(commands.begin(), commands.end(), gives_up_aloud)) return false;
  const auto runs = [&](std::string_view name) {
    return std::find(commands.begin(), commands.end(), name) != commands.end();
  };
  static constexpr std::array<std::string_view, 4> kCompares = {" -lt ", " -le ", " -gt ", " -ge "};
  const auto compares = [&](std::string_view where) {
    return std::any_of(kCompares.begin(), kCompares.end(), [&](std::string_view compare) {
      return where.find(compare) != std::string_view::npos;
    });
  };
  if (!runs("sleep")) return false;
  if (!runs("break")) {
    // `until ask || [ $n -ge 30 ]`, `while ! ask && [ $n -lt 30 ]`
    const std::string_view test = loop.condition.text();
    const bool either = test.find("||") != test.npos || test.find("&&") != test.npos;
    return loop.kind == BranchKind::kWhile && either && compares(test);
  }
  if (loop.kind == BranchKind::kFor) {
    const std::string_view list = loop.condition.text();
    return text.starts_with("for ((") || list.find("seq ") != std::string_view::npos ||
           list.find("..") != std::string_view::npos || list.starts_with("1 2 3");
  }
  return compares(text);
}

namespace {

// "20" of `seq 1 20`, `{1..20}`.
std::string_view last_number(std::string_view text) {
  const std::size_t end = text.find_last_of("0123456789");
  if (end == std::string_view::npos) return {};
  const std::size_t begin = text.find_last_not_of("0123456789", end);
  return text.substr(begin + 1, end - begin);
}

bool says_a_warning(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const bool says = lower.find("echo ") != lower.npos || lower.find("printf ") != lower.npos ||
                    lower.find("log") != lower.npos;
  return (says && lower.find("warn") != lower.npos) || lower.find("\u26a0") != lower.npos;
}

}  // namespace

bool warns_on_its_last_try(const Branch& loop) {
  const std::string last(last_number(loop.condition.text()));
  if (loop.kind != BranchKind::kFor || last.empty()) return false;
  const std::string_view text = loop.span.text();
  for (const std::string_view compare : {" -eq ", " = ", " == ", " -ge "}) {
    const std::size_t at = text.find(std::string(compare) + last);
    if (at == text.npos) continue;
    const std::size_t end = text.find("\n", std::min(text.find(" fi", at), text.find("\tfi", at)));
    if (says_a_warning(text.substr(at, end == text.npos ? end : end - at))) return true;
  }
  return false;
}

std::vector<std::string_view> names_set_in(const Branch& loop) {
  const std::string_view text = loop.span.text();
  std::vector<std::string_view> names;
  if (loop.kind == BranchKind::kFor && text.starts_with("for ") && !text.starts_with("for ((")) {
    names.push_back(text.substr(4, text.find(' ', 4) - 4));
  }
  for (std::size_t at = text.find('='); at != std::string_view::npos; at = text.find('=', at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && is_part_of_a_name(text[begin - 1])) --begin;
    if (begin < at) names.push_back(text.substr(begin, at - begin));
  }
  return names;
}

bool mentions_one_of(std::string_view text, const std::vector<std::string_view>& names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return text.find("$" + std::string(name)) != std::string_view::npos ||
           text.find("{" + std::string(name)) != std::string_view::npos;
  });
}

}  // namespace composelint
