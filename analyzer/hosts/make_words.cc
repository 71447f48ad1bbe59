// Functions of make on known text.
#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "analyzer/hosts/make_expand.h"
#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

using Words = std::vector<std::string>;

Words split(std::string_view text) {
  Words out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find_first_not_of(" \t\n", at);
    if (begin == std::string_view::npos) break;
    at = std::min(text.find_first_of(" \t\n", begin), text.size());
    out.emplace_back(text.substr(begin, at - begin));
  }
  return out;
}

std::string together(const Words& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

// What `%` stands for in `word`; nothing when the pattern does not match.
std::optional<std::string> stem_of(std::string_view pattern, std::string_view word) {
  const std::size_t percent = pattern.find('%');
  if (percent == std::string_view::npos) {
    return pattern == word ? std::optional<std::string>("") : std::nullopt;
  }
  const std::string_view head = pattern.substr(0, percent);
  const std::string_view tail = pattern.substr(percent + 1);
  if (word.size() < head.size() + tail.size()) return std::nullopt;
  if (!word.starts_with(head) || !word.ends_with(tail)) return std::nullopt;
  return std::string(word.substr(head.size(), word.size() - head.size() - tail.size()));
}

std::string replace_all(const std::string& text, const std::string& from, const std::string& to) {
  if (from.empty()) return text;
  std::string out;
  std::size_t at = 0;
  for (std::size_t hit = text.find(from); hit != std::string::npos; hit = text.find(from, at)) {
    out += text.substr(at, hit - at) + to;
    at = hit + from.size();
  }
  return out + text.substr(at);
}

bool matches_any(const Words& patterns, const std::string& word) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    return stem_of(pattern, word).has_value();
  });
}

template <typename Change>
std::string each(const std::string& list, Change change) {
  Words out = split(list);
  for (std::string& word : out) word = change(word);
  return together(out);
}

// dir and notdir keep and take the last slash.
std::string dir(const std::string& word) {
  const std::size_t slash = word.rfind('/');
  return slash == std::string::npos ? "./" : word.substr(0, slash + 1);
}

std::string notdir(const std::string& word) {
  const std::size_t slash = word.rfind('/');
  return slash == std::string::npos ? word : word.substr(slash + 1);
}

std::size_t dot_of(const std::string& word) {
  const std::size_t dot = word.rfind('.');
  const std::size_t slash = word.rfind('/');
  return slash != std::string::npos && dot != std::string::npos && dot < slash ? std::string::npos
                                                                               : dot;
}

std::optional<std::string> of_two(const std::string& name, const std::string& first,
                                  const std::string& second) {
  if (name == "findstring") return second.find(first) == std::string::npos ? "" : first;
  if (name == "filter" || name == "filter-out") {
    const Words patterns = split(first);
    Words out = split(second);
    if (patterns.size() > 64) return std::nullopt;
    std::erase_if(out, [&](const std::string& word) {
      return matches_any(patterns, word) != (name == "filter");
    });
    return together(out);
  }
  if (name == "word") {
    const long index = std::strtol(first.c_str(), nullptr, 10);
    const Words words = split(second);
    if (index < 1 || static_cast<std::size_t>(index) > words.size()) return "";
    return words[static_cast<std::size_t>(index) - 1];
  }
  return std::nullopt;
}

std::optional<std::string> of_three(const std::string& name, const std::string& first,
                                    const std::string& second, const std::string& third) {
  if (name == "subst") return replace_all(third, first, second);
  if (name == "patsubst") {
    return each(third, [&](const std::string& word) {
      const auto stem = stem_of(first, word);
      if (!stem) return word;
      const std::size_t percent = second.find('%');
      if (percent == std::string::npos) return second;
      return second.substr(0, percent) + *stem + second.substr(percent + 1);
    });
  }
  if (name == "wordlist") {
    const long from = std::strtol(first.c_str(), nullptr, 10);
    const long to = std::strtol(second.c_str(), nullptr, 10);
    Words out;
    long index = 0;
    for (std::string& word : split(third)) {
      ++index;
      if (index >= from && index <= to) out.push_back(std::move(word));
    }
    return together(out);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> apply_make_function(const std::string& name,
                                               const std::vector<std::string>& arguments,
                                               const std::string& directory) {
  if (arguments.size() == 3) return of_three(name, arguments[0], arguments[1], arguments[2]);
  if (arguments.size() == 2) return of_two(name, arguments[0], arguments[1]);
  if (arguments.size() != 1) return std::nullopt;
  const std::string& list = arguments.front();
  Words words = split(list);
  if (name == "strip") return together(words);
  if (name == "words") return std::to_string(words.size());
  if (name == "firstword") return words.empty() ? "" : words.front();
  if (name == "lastword") return words.empty() ? "" : words.back();
  if (name == "dir") return each(list, dir);
  if (name == "notdir") return each(list, notdir);
  if (name == "suffix" || name == "basename") {
    return each(list, [&](const std::string& word) {
      const std::size_t dot = dot_of(word);
      if (name == "suffix") return dot == std::string::npos ? std::string() : word.substr(dot);
      return word.substr(0, dot);
    });
  }
  if (name == "abspath" || name == "realpath") {
    return each(list, [&](const std::string& word) { return text::join_path(directory, word); });
  }
  if (name == "sort") {
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return together(words);
  }
  return std::nullopt;
}

std::string pattern_stem(std::string_view pattern, std::string_view word) {
  const std::size_t percent = pattern.find('%');
  if (percent == std::string_view::npos) return {};
  const std::size_t tail = pattern.size() - percent - 1;
  if (word.size() < percent + tail) return {};
  return std::string(word.substr(percent, word.size() - percent - tail));
}

std::string with_stem(std::string_view pattern, std::string_view stem) {
  const std::size_t percent = pattern.find('%');
  if (percent == std::string_view::npos) return std::string(pattern);
  return std::string(pattern.substr(0, percent)) + std::string(stem) +
         std::string(pattern.substr(percent + 1));
}

}  // namespace composelint::hosts
