#include "guard/mask_words.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "guard/named_values.h"

namespace composelint::guard {

namespace {

bool is_space(char c) {
  return std::isspace(static_cast<unsigned char>(c)) != 0;
}

// What ends a URL, or the part of it that names the host.
bool ends_authority(char c) {
  return c == '/' || c == '?' || c == '#' || c == '"' || c == '\'' || c == '<' || c == '>' ||
         is_space(c);
}

// Begin and end of the password behind the "://" at `at`; both 0 where there is none.
TextRange password_at(std::string_view text, std::size_t at) {
  const std::size_t begin = at + 3;
  std::size_t end = begin;
  while (end < text.size() && !ends_authority(text[end])) ++end;
  // A password that was not escaped may hold a '/': then the last '@' of the word counts.
  std::size_t word = end;
  while (word < text.size() && !is_space(text[word]) && text[word] != '"' && text[word] != '\'') {
    ++word;
  }
  std::size_t host = text.substr(0, end).rfind('@');
  if (host == std::string_view::npos || host < begin) host = text.substr(0, word).rfind('@');
  if (host == std::string_view::npos || host < begin) return {0, 0};
  const std::size_t colon = text.find(':', begin);
  if (colon < host) return {colon + 1, host};
  // A token in the place of the user.
  const std::string_view before = text.substr(0, at);
  const bool token = before.ends_with("http") || before.ends_with("https") ||
                     before.ends_with("redis") || before.ends_with("rediss") ||
                     before.ends_with("valkey") || before.ends_with("valkeys");
  return token ? TextRange(begin, host) : TextRange(0, 0);
}

void add_urls(std::string_view text, std::vector<TextRange>& out) {
  for (std::size_t at = text.find("://"); at != std::string_view::npos;
       at = text.find("://", at + 3)) {
    const TextRange password = password_at(text, at);
    if (password.second > password.first) out.push_back(password);
  }
}

// `u:p@tcp(db:3306)/app`, as Go's drivers have it.
void add_go_addresses(std::string_view text, std::vector<TextRange>& out) {
  for (const std::string_view net : {"@tcp(", "@unix(", "@udp(", "@tcp4(", "@tcp6("}) {
    for (std::size_t at = text.find(net); at != std::string_view::npos;
         at = text.find(net, at + 1)) {
      std::size_t begin = at;
      while (begin > 0 && !is_space(text[begin - 1]) && text[begin - 1] != '"' &&
             text[begin - 1] != '\'') {
        --begin;
      }
      const std::size_t colon = text.find(':', begin);
      if (colon < at) out.emplace_back(colon + 1, at);
    }
  }
}

// What stands between `mark` and `end` behind a text that announces it.
void add_between(std::string_view text, std::vector<TextRange>& out) {
  struct Row {
    std::string_view front;
    char mark;
    char end;
  };
  static constexpr Row kRows[] = {{"jdbc:oracle:thin:", '/', '@'},
                                  {"api.telegram.org/bot", ':', '/'}};
  for (const auto& [front, mark, end] : kRows) {
    for (std::size_t at = text.find(front); at != std::string_view::npos;
         at = text.find(front, at + 1)) {
      const std::size_t begin = text.find(mark, at + front.size());
      if (begin == std::string_view::npos) break;
      const std::size_t close = text.find(end, begin);
      const std::string_view value = text.substr(begin + 1, close - begin - 1);
      if (close == std::string_view::npos || value.find_first_of(" \n@/\"'") != value.npos)
        continue;
      out.emplace_back(begin + 1, close);
    }
  }
}

// Tokens that are known by how they begin: of forges, clouds and chats, and JSON web tokens.
void add_tokens(std::string_view text, std::vector<TextRange>& out) {
  struct Shape {
    std::string_view front;
    std::size_t shortest;  // behind it
  };
  static constexpr Shape kShapes[] = {
      {"ghp_", 30},
      {"gho_", 30},
      {"ghs_", 30},
      {"ghu_", 30},
      {"github_pat_", 20},
      {"glpat-", 16},
      {"npm_", 36},
      {"pypi-AgE", 30},
      {"xoxb-", 16},
      {"xoxp-", 16},
      {"sk_live_", 16},
      {"rk_live_", 16},
      {"sk-ant-", 16},
      {"sk-proj-", 16},
      {"hvs.", 20},
      {"dop_v1_", 30},
      {"SG.", 40},
      {"eyJ", 40},
      {"AGE-SECRET-KEY-", 20},
      {"hooks.slack.com/services/", 20},
      {"discord.com/api/webhooks/", 20},
  };
  for (const auto& [front, shortest] : kShapes) {
    const bool address = front.ends_with('/');
    for (std::size_t at = text.find(front); at != std::string_view::npos;
         at = text.find(front, at + 1)) {
      std::size_t end = at + front.size();
      while (end < text.size() &&
             (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_' ||
              text[end] == '-' || text[end] == '.' || (address && text[end] == '/'))) {
        ++end;
      }
      if (end - at < front.size() + shortest) continue;
      out.emplace_back(address ? at + front.size() : at, end);
    }
  }
}

std::size_t behind(std::string_view text, std::size_t from, std::string_view front) {
  const std::size_t at = text.find(front, from);
  return at == std::string_view::npos ? at : at + front.size();
}

// What Compose and guard's own reading quote of env files and values that it cannot read.
void add_quoted_lines(std::string_view text, std::vector<TextRange>& out) {
  if (text.starts_with("required variable ")) {
    const std::size_t begin = behind(text, 0, "is missing a value: ");
    if (begin < text.size()) out.emplace_back(begin, text.size());
  }
  for (const std::string_view front : {"in variable name ", "unterminated quoted value ",
                                       "invalid interpolation format", "failed to read "}) {
    for (std::size_t at = text.find(front); at != std::string_view::npos;
         at = text.find(front, at + 1)) {
      std::size_t begin = at + front.size();
      if (front.starts_with("invalid")) begin = text.find('"', begin);
      // The text that a line of it has behind `:?`.
      if (front.starts_with("failed")) begin = behind(text, begin, "is missing a value: ");
      if (begin == std::string_view::npos) break;
      std::size_t end = std::min(text.find('\n', begin), text.size());
      // With hints behind the value.
      for (const std::string_view hint : {". You may need", "; you may need"}) {
        const std::size_t at_hint = text.substr(begin, end - begin).find(hint);
        if (at_hint != std::string_view::npos) end = begin + at_hint;
      }
      if (end > begin) out.emplace_back(begin, end);
    }
  }
}

// What Compose quotes of a compose file that it cannot read: "unknown anchor 'x'".
void add_quoted_yaml(std::string_view text, std::vector<TextRange>& out) {
  struct Row {
    std::string_view front;
    char end;
  };
  static constexpr Row kRows[] = {{"unknown anchor '", '\''},
                                  {"cannot unmarshal !!str `", '`'},
                                  {"cannot unmarshal !!int `", '`'}};
  for (const auto& [front, end] : kRows) {
    for (std::size_t at = text.find(front); at != std::string_view::npos;
         at = text.find(front, at + 1)) {
      const std::size_t begin = at + front.size();
      const std::size_t line = std::min(text.find('\n', begin), text.size());
      // What is quoted may hold the quote itself.
      const std::size_t close = text.substr(0, line).rfind(end);
      if (close > begin && close != std::string_view::npos) out.emplace_back(begin, close);
    }
  }
}

}  // namespace

std::string_view password_in_url(std::string_view text) {
  const std::size_t at = text.find("://");
  if (at == std::string_view::npos) return {};
  const auto [begin, end] = password_at(text, at);
  return begin == 0 ? std::string_view() : text.substr(begin, end - begin);
}

TextRange password_of_address(std::string_view word) {
  const std::size_t host = word.rfind('@');
  const std::size_t colon = word.find(':');
  if (host == std::string_view::npos || colon >= host || colon == 0 || colon + 1 == host) {
    return {0, 0};
  }
  const std::string_view user = word.substr(0, colon);
  const std::string_view rest = word.substr(host + 1);
  const bool plain = std::all_of(user.begin(), user.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.';
  });
  // Images and packages: `app:1@sha256:…`, `npm:x@1.2`.
  if (!plain || rest.empty() || rest.starts_with("sha256:") || user == "npm") return {0, 0};
  if (word.find_first_of(" \t\n") != std::string_view::npos) return {0, 0};
  if (word.substr(colon + 1).starts_with("//")) return {0, 0};  // a URL
  return {colon + 1, host};
}

std::vector<TextRange> merged(std::vector<TextRange> ranges) {
  std::sort(ranges.begin(), ranges.end());
  std::vector<TextRange> out;
  for (const TextRange& range : ranges) {
    if (!out.empty() && range.first <= out.back().second) {
      out.back().second = std::max(out.back().second, range.second);
    } else {
      out.push_back(range);
    }
  }
  return out;
}

std::string without(std::string_view text, const std::vector<TextRange>& ranges) {
  std::string out;
  std::size_t copied = 0;
  for (const auto& [begin, end] : ranges) {
    out += text.substr(copied, begin - copied);
    out += kMasked;
    copied = end;
  }
  return out + std::string(text.substr(copied));
}

std::vector<TextRange> told_ranges(std::string_view text) {
  std::vector<TextRange> out = named_ranges(text);
  add_urls(text, out);
  add_go_addresses(text, out);
  add_between(text, out);
  add_tokens(text, out);
  add_quoted_lines(text, out);
  add_quoted_yaml(text, out);
  return merged(std::move(out));
}

std::string without_told_secrets(std::string_view text) {
  return without(text, told_ranges(text));
}

}  // namespace composelint::guard
