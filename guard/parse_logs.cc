#include <algorithm>
#include <array>

#include "analyzer/report/display.h"
#include "guard/lines.h"
#include "guard/parse.h"

namespace composelint::guard {

namespace {

constexpr std::size_t kKeptErrors = 20;
constexpr std::size_t kKeptKinds = 500;
constexpr std::size_t kLongestLine = 400;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return lower(c) >= 'a' && lower(c) <= 'z';
}

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

// `word` stands in `text` and no letter or digit touches it. `rest` may follow: "errors".
bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const char before = at == 0 ? ' ' : text[at - 1];
    const std::size_t end = at + word.size();
    const char behind = end < text.size() ? text[end] : ' ';
    const auto touches = [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '-'; };
    if (!touches(before) && !touches(behind)) return true;
  }
  return false;
}

// What a line says of itself: its level. Empty: it says nothing.
std::string_view level_of(std::string_view text) {
  static constexpr std::array<std::string_view, 10> kFronts = {
      "level=",           "level=\"",          "\"level\":\"", "\"level\": \"", "\"severity\":\"",
      "\"severity\": \"", "\"levelname\": \"", "severity=",    "lvl=",          "\"lvl\":\""};
  for (const std::string_view front : kFronts) {
    const std::size_t at = text.find(front);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = text.substr(at + front.size());
    std::size_t end = 0;
    while (end < rest.size() && is_letter(rest[end])) ++end;
    if (end > 0) return rest.substr(0, end);
  }
  return {};
}

bool is_grave(std::string_view level) {
  static constexpr std::array<std::string_view, 8> kGrave = {
      "error", "err", "fatal", "panic", "critical", "crit", "alert", "emergency"};
  return std::find(kGrave.begin(), kGrave.end(), level) != kGrave.end();
}

// `"GET / HTTP/1.1" 502 13`
bool answers_500(std::string_view text) {
  const std::size_t at = text.find(" http/");
  if (at == std::string_view::npos) return false;
  const std::size_t quote = text.find("\" 5", at);
  return quote != std::string_view::npos && quote + 5 < text.size() && is_digit(text[quote + 3]) &&
         is_digit(text[quote + 4]) && text[quote + 5] == ' ';
}

struct Prefixed {
  std::string_view container;
  std::string_view time;
  std::string_view text;
};

// "app-1  | 2026-11-28T12:06:02.123456789Z text". Service names hold no blank and no '|'.
std::optional<Prefixed> split(std::string_view line) {
  const std::size_t bar = line.find(" | ");
  const std::size_t end = bar == std::string_view::npos ? line.size() : bar;
  if (bar == std::string_view::npos && !line.ends_with(" |")) return std::nullopt;
  Prefixed out;
  out.container = trimmed(line.substr(0, bar == std::string_view::npos ? end - 2 : end));
  if (out.container.empty() || out.container.find(' ') != std::string_view::npos) {
    return std::nullopt;
  }
  out.text = bar == std::string_view::npos ? std::string_view() : line.substr(bar + 3);
  const std::size_t blank = std::min(out.text.find(' '), out.text.size());
  const std::string_view first = out.text.substr(0, blank);
  if (first.size() >= 20 && first[10] == 'T' && first.ends_with('Z') && is_digit(first[0])) {
    out.time = first;
    out.text.remove_prefix(std::min(blank + 1, out.text.size()));
  }
  return out;
}

std::string service_called(std::string_view shown, const std::vector<Container>& containers,
                           std::string_view project) {
  const std::string with_project = std::string(project) + "-" + std::string(shown);
  for (const Container& one : containers) {
    if (one.name == shown || one.name == with_project) return one.service;
  }
  return std::string(shown);
}

void count(const Prefixed& line, LogFacts& facts) {
  ++facts.lines;
  if (line.time > facts.newest) facts.newest = std::string(line.time);
  if (!looks_like_error(line.text)) return;
  ++facts.error_count;
  LogLine error{std::string(line.time), report::printable(line.text.substr(0, kLongestLine)),
                kind_of_line(line.text)};
  if (facts.kinds.size() < kKeptKinds) facts.kinds.insert(error.kind);
  if (facts.errors.size() == kKeptErrors) facts.errors.erase(facts.errors.begin());
  facts.errors.push_back(std::move(error));
}

}  // namespace

bool looks_like_error(std::string_view line) {
  static constexpr std::array<std::string_view, 12> kWords = {
      "error",  "fatal",  "panic",    "exception", "traceback",          "critical",
      "errors", "failed", "segfault", "oomkilled", "segmentation fault", "out of memory"};
  // Who says that there was none.
  static constexpr std::array<std::string_view, 12> kHarmless = {
      "0 error",   "0 errors", "no error",    "no errors",  "without error",  "without errors",
      "errors: 0", "errors=0", "error: null", "error=null", "\"error\":null", "0 failed"};
  const std::string text = lowered(line);
  if (const std::string_view level = level_of(text); !level.empty()) return is_grave(level);
  for (const std::string_view harmless : kHarmless) {
    if (has_word(text, harmless)) return false;
  }
  for (const std::string_view mild :
       {"[info]", "[debug]", " info:", " debug:", " log:", "[notice]"}) {
    if (text.find(mild) != std::string::npos) return false;
  }
  if (answers_500(text)) return true;
  if (std::any_of(kWords.begin(), kWords.end(),
                  [&](std::string_view word) { return has_word(text, word); })) {
    return true;
  }
  // "ValueError: …", "java.lang.IllegalStateException: …", "ActiveRecord::StatementInvalid" not.
  return text.find("error: ") != std::string::npos || text.find("exception: ") != std::string::npos;
}

std::string kind_of_line(std::string_view line) {
  constexpr std::size_t kMost = 200;
  std::string out;
  for (std::size_t i = 0; i < line.size() && out.size() < kMost;) {
    std::size_t end = i;
    bool digit = false;
    while (end < line.size() && (is_digit(line[end]) || is_letter(line[end]))) {
      digit = digit || is_digit(line[end]);
      ++end;
    }
    if (end == i) {
      out += line[i++];
    } else {
      // A word with a digit in it is an id, a time, an address.
      out += digit ? "#" : lowered(line.substr(i, end - i));
      i = end;
    }
  }
  return out;
}

std::map<std::string, LogFacts> parse_logs(std::string_view out,
                                           const std::vector<Container>& containers,
                                           std::string_view project) {
  std::map<std::string, LogFacts> logs;
  while (!out.empty()) {
    const auto line = split(take_line(out));
    if (line) count(*line, logs[service_called(line->container, containers, project)]);
  }
  return logs;
}

}  // namespace composelint::guard
