#include "analyzer/calls/request_look.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

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

// A request may be a look and do something all the same: `/wp-cron.php`, `?action=purge`.
bool address_looks(std::string_view url) {
  constexpr std::string_view kActs =
      "abort*|action|add|admin_action|archive*|backup*|build|cancel*|clean*|clear*|cmd|command|"
      "commit|cron*|deactivat*|delet*|deploy*|disabl*|do|drop*|empty|enabl*|erase*|exec*|expire*|"
      "fix|flush*|forget|generate|halt|hook*|import*|init*|insert*|install*|invalidat*|job|"
      "jobs|kill*|logout|migrat*|optimi*|pause|perform*|promote|prune|publish*|purg*|put|quit|"
      "rebuild*|reboot*|recover*|reindex*|reload*|remov*|renew*|repair*|reset*|restart*|restor*|"
      "resume*|revert*|revoke*|rollback*|rotate*|run|save*|seed*|send*|set|setup|shutdown*|start|"
      "stop*|sync*|task|terminate*|trigger*|trim*|truncat*|undeploy*|uninstall*|unlock*|"
      "update*|upgrad*|vacuum*|webhook*|wipe*|write*|create*";
  // curl guesses these by the name of the host, too.
  constexpr std::string_view kOthers = "ftp.*|dict.*|ldap.*|imap.*|smtp.*|pop3.*|ftps.*";
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) {
    if (!matches_any("http|https", url.substr(0, scheme))) return false;
    url.remove_prefix(scheme + 3);
  } else if (matches_any(kOthers, url)) {
    return false;
  }
  if (url.find('%') != std::string_view::npos) return false;  // a word in other letters
  url.remove_prefix(std::min(url.find_first_of("/?"), url.size()));
  std::string word;
  for (const char c : std::string(url) + "/") {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      continue;
    }
    if (!word.empty() && matches_any(kActs, word)) return false;
    word.clear();
  }
  return true;
}

// A search may be sent a body.
bool is_search(std::string_view url) {
  const std::string_view path = url.substr(0, url.find('?'));
  return path.ends_with("/_search") || path.ends_with("/_count");
}

// `X-HTTP-Method-Override: DELETE`
bool header_looks(std::string_view header) {
  std::string lower(header);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  return lower.find("method") == std::string::npos;
}

class Curl {
 public:
  explicit Curl(Words words) : words_(words) {}

  [[nodiscard]] bool looks() {
    for (; at_ < words_.size(); ++at_) {
      const std::string_view text = words_[at_].text;
      if (!is_option(text)) {
        addresses_.push_back(text);
      } else if (!(text.starts_with("--") ? long_looks(text) : letters_look(text))) {
        return false;
      }
    }
    return std::all_of(addresses_.begin(), addresses_.end(), address_looks) &&
           (!sends_ || std::all_of(addresses_.begin(), addresses_.end(), is_search));
  }

 private:
  // `-fsSo /dev/null`: what a letter takes is the rest of the word, or the next one.
  bool letters_look(std::string_view text) {
    for (std::size_t i = 1; i < text.size(); ++i) {
      const char letter = text[i];
      if (std::string_view("XomHuwAEbdrxD").find(letter) != std::string_view::npos) {
        const std::string_view value = value_of(words_, at_, i + 1);
        if (i + 1 == text.size()) ++at_;
        return value_looks(letter, value);
      }
      if (std::string_view("fsSLkIiv46GgN#q").find(letter) == std::string_view::npos) return false;
    }
    return true;
  }

  bool value_looks(char letter, std::string_view value) {
    switch (letter) {
      case 'X': return matches_any(kMethods, value);
      case 'o': return matches_any(kNowhere, value);
      case 'D': return value == "-";
      case 'H': return header_looks(value);
      case 'w': return value.find("%output") == std::string_view::npos && !value.starts_with('@');
      case 'd': sends_ = true; return true;
      default: return true;
    }
  }

  bool long_looks(std::string_view text) {
    constexpr std::string_view kAlone =
        "--fail|--fail-with-body|--silent|--show-error|--location|--insecure|--head|--include|"
        "--verbose|--compressed|--ipv4|--ipv6|--get|--http1.1|--http2|--no-progress-meter|"
        "--no-buffer|--globoff|--retry-connrefused|--retry-all-errors|--disable|--tlsv1.2|"
        "--tlsv1.3|--progress-bar|--path-as-is|--location-trusted|--version";
    constexpr std::string_view kWithValue =
        "--max-time|--connect-timeout|--retry|--retry-delay|--retry-max-time|--user|--user-agent|"
        "--cacert|--cert|--key|--unix-socket|--resolve|--noproxy|--oauth2-bearer|--cookie|"
        "--referer|--range|--proxy|--max-redirs|--interface|--connect-to|--limit-rate";
    struct Letter {
      std::string_view name;
      char letter;
    };
    static constexpr std::array<Letter, 8> kAsLetters = {{{"--request", 'X'},
                                                          {"--output", 'o'},
                                                          {"--header", 'H'},
                                                          {"--write-out", 'w'},
                                                          {"--dump-header", 'D'},
                                                          {"--data", 'd'},
                                                          {"--data-raw", 'd'},
                                                          {"--json", 'd'}}};
    const std::size_t equals = text.find('=');
    const std::string_view name = text.substr(0, equals);
    if (matches_any(kAlone, name)) return equals == std::string_view::npos;
    const std::string_view value = value_of(words_, at_, name.size());
    if (equals == std::string_view::npos) ++at_;
    if (name == "--url") {
      addresses_.push_back(value);
      return true;
    }
    for (const Letter& each : kAsLetters) {
      if (each.name == name) return value_looks(each.letter, value);
    }
    return matches_any(kWithValue, name);
  }

  Words words_;
  std::size_t at_ = 0;
  bool sends_ = false;
  std::vector<std::string_view> addresses_;
};

// Without -O and --spider it saves what it gets.
bool wget_looks(Words words) {
  constexpr std::string_view kKnown =
      "-q|-nv|-S|-v|-4|-6|-T*|-t*|-Y*|--quiet|--no-verbose|--server-response|--timeout*|--tries*|"
      "--no-check-certificate|--user=*|--password=*|--no-proxy|--version|--user-agent=*|"
      "--content-on-error|--max-redirect=*|--waitretry=*|--retry-connrefused|-nc";
  constexpr std::string_view kDocument = "--output-document";
  constexpr std::string_view kHeader = "--header=";
  bool saves = true;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string_view text = words[at].text;
    if (!is_option(text)) {
      if (!address_looks(text)) return false;
      continue;
    }
    const std::size_t size = text.starts_with(kDocument) ? kDocument.size()
                             : text.starts_with("-O")    ? 2
                             : text.starts_with("-qO")   ? 3
                             : text.starts_with("-nvO")  ? 4
                                                         : 0;
    if (size > 0) {
      if (!matches_any(kNowhere, value_of(words, at, size))) return false;
      if (text.size() == size) ++at;
      saves = false;
    } else if (text == "--spider" || text == "--version") {
      saves = false;
    } else if (text.starts_with(kHeader) || text == "--header") {
      if (!header_looks(value_of(words, at, kHeader.size() - 1))) return false;
      if (text == "--header") ++at;
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
      if (!address_looks(word.text)) return false;
    }
  }
  return operands <= 1;
}

}  // namespace

bool request_only_looks(std::string_view program, std::span<const Argument> words) {
  if (program == "curl") return Curl(words).looks();
  return program == "wget" ? wget_looks(words) : httpie_looks(words);
}

}  // namespace composelint::calls
