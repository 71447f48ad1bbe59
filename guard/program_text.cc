#include "guard/program_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>
#include <utility>

namespace composelint::guard {

namespace {

bool is_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool is_space(char c) {
  return std::isspace(static_cast<unsigned char>(c)) != 0;
}

bool is_quote(char c) {
  return c == '"' || c == '\'';
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

// The last name of a path of names: "smtp_password" of "mail.smtp_password".
bool is_secret(std::string_view name) {
  if (name.empty() || name.find(' ') != std::string_view::npos) return false;
  return may_name_a_secret(name.substr(name.find_last_of("/.:") + 1));
}

// What hashes, encrypts and logs in by its arguments, in lower case.
bool takes_secrets(std::string_view name) {
  static constexpr std::array<std::string_view, 20> kCalls = {"auth",
                                                              "bcrypt",
                                                              "create_superuser",
                                                              "create_user",
                                                              "createsuperuser",
                                                              "crypt",
                                                              "crypt_r",
                                                              "hashpw",
                                                              "hmac",
                                                              "make_password",
                                                              "md5",
                                                              "password",
                                                              "pgp_sym_decrypt",
                                                              "pgp_sym_encrypt",
                                                              "sha1",
                                                              "sha224",
                                                              "sha256",
                                                              "sha512",
                                                              "decrypt_iv",
                                                              "encrypt_iv"};
  if (std::find(kCalls.begin(), kCalls.end(), name) != kCalls.end()) return true;
  for (const std::string_view part : {"password", "passwd", "secret"}) {
    if (name.find(part) != std::string_view::npos) return true;
  }
  return name.ends_with("token") || name.ends_with("_pwd");
}

class Program {
 public:
  explicit Program(std::string_view text) : text_(text) {}

  std::vector<TextRange> read() {
    insert();
    for (std::size_t at = 0; at < text_.size();) {
      if (is_quote(text_[at])) {
        const std::size_t end = closing(at);
        if (is_secret(text_.substr(at + 1, end - at - 1))) next_string(end + 1);
        // A text in quotes may be a program of its own.
        ++at;
        continue;
      }
      if (!is_name(text_[at])) {
        ++at;
        continue;
      }
      std::size_t end = at;
      while (end < text_.size() && is_name(text_[end])) ++end;
      name(at, end);
      at = end;
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::size_t past_blanks(std::size_t at) const {
    while (at < text_.size() && is_space(text_[at])) ++at;
    return at;
  }
  // Where the quote that opens at `at` is closed; the end of the text where it is not.
  [[nodiscard]] std::size_t closing(std::size_t at) const {
    const char quote = text_[at];
    for (++at; at < text_.size() && text_[at] != quote; ++at) {
      if (text_[at] == '\\') ++at;
    }
    return std::min(at, text_.size());
  }
  // Masks the string that opens at `at`. Its closing quote.
  std::size_t mask(std::size_t at) {
    const std::size_t end = closing(at);
    if (end > at + 1 && end < text_.size()) out_.emplace_back(at + 1, end);
    return end;
  }

  void name(std::size_t begin, std::size_t end) {
    const std::string_view word = text_.substr(begin, end - begin);
    const std::size_t next = past_blanks(end);
    if (next >= text_.size()) return;
    if (text_[next] == '(') {
      const bool makes = word == "make" && text_.substr(0, begin).ends_with("Hash::");
      if (makes || takes_secrets(lower(word))) arguments(next);
      return;
    }
    if (text_[next] == '=' && may_name_a_secret(word)) value(next + 1);
  }

  // Strings right within the parentheses; those of lists and maps there have names of their own.
  void arguments(std::size_t open) {
    int depth = 0;
    for (std::size_t at = open; at < text_.size(); ++at) {
      const char c = text_[at];
      if (is_quote(c)) {
        at = depth == 1 ? mask(at) : closing(at);
      } else if (c == '(' || c == '{' || c == '[') {
        ++depth;
      } else if (c == ')' || c == '}' || c == ']') {
        if (--depth == 0) return;
      }
    }
  }

  // A call behind `password =`: to the end of its parentheses.
  void value(std::size_t at) {
    if (at < text_.size() && (text_[at] == '=' || text_[at] == '>')) return;
    at = past_blanks(at);
    const std::size_t begin = at;
    while (at < text_.size() && (is_name(text_[at]) || text_[at] == '.' || text_[at] == ':')) ++at;
    if (at > begin && at < text_.size() && text_[at] == '(') arguments(at);
  }

  // `'smtp_password', 'x'`
  void next_string(std::size_t at) {
    at = past_blanks(at);
    if (at >= text_.size() || text_[at] != ',') return;
    at = past_blanks(at + 1);
    if (at < text_.size() && is_quote(text_[at])) mask(at);
  }

  // INSERT INTO users (name, password) VALUES ('a', 'x')
  void insert() {
    const std::string low = lower(text_);
    for (std::size_t at = low.find("insert into"); at != std::string::npos;
         at = low.find("insert into", at + 1)) {
      const std::size_t values = low.find("values", at);
      const std::size_t open = low.find('(', at);
      if (values == std::string::npos || open > values) continue;
      bool secret = false;
      for (std::size_t i = open; i < values;) {
        std::size_t end = i;
        while (end < values && is_name(text_[end])) ++end;
        secret = secret || is_secret(text_.substr(i, end - i));
        i = end + 1;
      }
      if (!secret) continue;
      for (std::size_t i = values; i < text_.size() && text_[i] != ';'; ++i) {
        if (is_quote(text_[i]) && text_[i] == '\'') i = mask(i);
      }
    }
  }

  std::string_view text_;
  std::vector<TextRange> out_;
};

}  // namespace

std::vector<TextRange> program_ranges(std::string_view text) {
  if (text.find_first_of("\"'") == std::string_view::npos) return {};
  return Program(text).read();
}

}  // namespace composelint::guard
