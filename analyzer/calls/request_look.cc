#include "analyzer/calls/request_look.h"

#include <algorithm>

#include "analyzer/knowledge/vocabulary_match.h"

namespace composelint::calls {

namespace {

using Words = std::span<const Argument>;
using knowledge::matches_any;

constexpr std::string_view kMethods = "GET|HEAD";
constexpr std::string_view kNowhere = "-|/dev/null";

// What stands behind the first `size` characters of a word, or as the next word.
std::string_view value_of(Words words, std::size_t at, std::size_t size) {
  const std::string_view text = words[at].text;
  if (text.size() > size) return text.substr(text[size] == '=' ? size + 1 : size);
  return at + 1 < words.size() ? std::string_view(words[at + 1].text) : std::string_view();
}

bool is_option(std::string_view text) {
  return text.size() > 1 && text.front() == '-';
}

// `-fsSo /dev/null`: `at` moves to the value that a letter takes.
bool curl_letters_look(Words words, std::size_t& at) {
  const std::string_view text = words[at].text;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const char letter = text[i];
    if (letter == 'X' && !matches_any(kMethods, value_of(words, at, i + 1))) return false;
    if (letter == 'o' && !matches_any(kNowhere, value_of(words, at, i + 1))) return false;
    if (std::string_view("XomHuwAEb").find(letter) != std::string_view::npos) {
      if (i + 1 == text.size()) ++at;
      return true;
    }
    if (std::string_view("fsSLkIiv46Gg").find(letter) == std::string_view::npos) return false;
  }
  return true;
}

bool curl_looks(Words words) {
  constexpr std::string_view kLongs =
      "--fail|--fail-with-body|--silent|--show-error|--location|--insecure|--head|--include|"
      "--verbose|--max-time|--connect-timeout|--retry*|--header|--user|--user-agent|--write-out|"
      "--compressed|--ipv4|--ipv6|--get|--cacert|--cert|--key|--unix-socket|--resolve|--http1.1|"
      "--noproxy|--oauth2-bearer|--no-progress-meter";
  constexpr std::string_view kRequest = "--request";
  constexpr std::string_view kOutput = "--output";
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string_view text = words[at].text;
    if (!is_option(text)) continue;
    if (!text.starts_with("--")) {
      if (!curl_letters_look(words, at)) return false;
      continue;
    }
    const std::string_view name = text.substr(0, text.find('='));
    if (name == kRequest) {
      if (!matches_any(kMethods, value_of(words, at, kRequest.size()))) return false;
    } else if (name == kOutput) {
      if (!matches_any(kNowhere, value_of(words, at, kOutput.size()))) return false;
    } else if (!matches_any(kLongs, name)) {
      return false;
    }
  }
  return true;
}

// Without -O and --spider it saves what it gets.
bool wget_looks(Words words) {
  constexpr std::string_view kKnown =
      "-q|-nv|-S|-v|-4|-6|-T*|-t*|-Y*|--quiet|--no-verbose|--server-response|--timeout*|--tries*|"
      "--no-check-certificate|--header*|--user*|--password*|--no-proxy";
  constexpr std::string_view kDocument = "--output-document";
  bool saves = true;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string_view text = words[at].text;
    if (!is_option(text)) continue;
    const std::size_t size = text.starts_with(kDocument) ? kDocument.size()
                             : text.starts_with("-O")    ? 2
                             : text.starts_with("-qO")   ? 3
                                                         : 0;
    if (size > 0) {
      if (!matches_any(kNowhere, value_of(words, at, size))) return false;
      if (text.size() == size) ++at;
      saves = false;
    } else if (text == "--spider") {
      saves = false;
    } else if (!matches_any(kKnown, text)) {
      return false;
    }
  }
  return !saves;
}

// HTTPie: an item makes it a POST.
bool httpie_looks(Words words) {
  constexpr std::string_view kKnown =
      "-h|-b|-v|--headers|--body|--verbose|--check-status|--ignore-stdin|--timeout=*|--follow|-F";
  std::size_t operands = 0;
  bool method = false;
  for (const Argument& word : words) {
    if (is_option(word.text)) {
      if (!matches_any(kKnown, word.text)) return false;
    } else if (operands == 0 && !method && matches_any(kMethods, word.text)) {
      method = true;
    } else {
      ++operands;
    }
  }
  return operands <= 1;
}

}  // namespace

bool request_only_looks(std::string_view program, std::span<const Argument> words) {
  if (program == "curl") return curl_looks(words);
  return program == "wget" ? wget_looks(words) : httpie_looks(words);
}

}  // namespace composelint::calls
