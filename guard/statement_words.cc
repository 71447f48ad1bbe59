#include "guard/statement_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace composelint::guard {

namespace {

bool is_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '"' ||
         c == '`' || static_cast<unsigned char>(c) >= 0x80;
}

// `\g`, `\gexec`, `\G`: a client sends what it has read so far. MySQL goes on right behind it.
std::size_t sign_of_client(std::string_view rest) {
  static constexpr std::array<std::string_view, 7> kSigns = {"crosstabview", "g",  "gdesc", "gexec",
                                                             "gset",         "gx", "watch"};
  if (rest.front() != '\\') return 0;
  std::size_t end = 1;
  while (end < rest.size() && std::isalpha(static_cast<unsigned char>(rest[end])) != 0) ++end;
  const std::string_view name = rest.substr(1, end - 1);
  if (std::find(kSigns.begin(), kSigns.end(), name) != kSigns.end()) return end;
  return name.starts_with('g') || name.starts_with('G') ? 2 : 0;
}

}  // namespace

bool StatementReader::read(Tokens& statement) {
  out_.clear();
  ended_ = false;
  while (at_ < sql_.size() && !ended_) next();
  if (!ended_ && more_) return false;
  if (ended_ || !out_.empty()) done_ = at_;
  statement = out_;
  return ended_ || !out_.empty();
}

void StatementReader::next() {
  const char c = sql_[at_];
  const std::string_view rest = sql_.substr(at_);
  if (rest.starts_with("--") || (c == '#' && strings_ == Strings::kEscaped)) {
    at_ = std::min(sql_.find('\n', at_), sql_.size());
  } else if (rest.starts_with("/*") && !rest.starts_with("/*!")) {
    past("*/", at_ + 2);
  } else if (c == '\'' || quotes_apostrophe()) {
    string();
  } else if (c == '$') {
    dollar();
  } else if (is_name(c)) {
    name();
  } else if (const std::size_t sent = sign_of_client(rest); sent != 0) {
    at_ += sent;
    if (at_ < sql_.size() || !more_) end_of_statement();
  } else {
    ++at_;
    if (c == ';') return end_of_statement();
    if (c == ',' || c == '(' || c == ')' || c == '=') out_.emplace_back(1, c);
  }
}

void StatementReader::past(std::string_view end, std::size_t from) {
  const std::size_t found = sql_.find(end, from);
  at_ = found == std::string_view::npos ? sql_.size() : found + end.size();
}

bool StatementReader::quotes_apostrophe() {
  if (sql_[at_] != '"' || at_ == closing_) return false;
  const std::size_t end = sql_.find('"', at_ + 1);
  if (end == std::string_view::npos) return more_;
  if (sql_.substr(at_, end - at_).find('\'') != std::string_view::npos) return true;
  closing_ = end;
  return false;
}

void StatementReader::string() {
  const char quote = sql_[at_];
  const bool e = at_ > 0 && (sql_[at_ - 1] == 'E' || sql_[at_ - 1] == 'e') &&
                 (at_ == 1 || !is_name(sql_[at_ - 2]));  // E'…'
  for (++at_; at_ < sql_.size() && sql_[at_] != quote; ++at_) {
    if ((e || strings_ == Strings::kEscaped) && sql_[at_] == '\\') ++at_;
  }
  at_ = std::min(at_ + 1, sql_.size());
  out_.emplace_back("''");
}

void StatementReader::dollar() {
  std::size_t end = at_ + 1;
  while (end < sql_.size() && is_name(sql_[end])) ++end;
  const std::string_view tag = sql_.substr(at_, end + 1 - at_);
  if (tag.back() != '$' || tag.size() < 2) {
    ++at_;
  } else if (!out_.empty() && out_.front() == "create") {
    past(tag, end + 1);
  } else {
    at_ = end + 1;
  }
}

void StatementReader::name() {
  std::string word;
  for (; at_ < sql_.size() && is_name(sql_[at_]) && !quotes_apostrophe(); ++at_) {
    if (sql_[at_] == '"' || sql_[at_] == '`') continue;
    word += static_cast<char>(std::tolower(static_cast<unsigned char>(sql_[at_])));
  }
  out_.push_back(std::move(word));
}

void StatementReader::end_of_statement() {
  ended_ = true;
  const bool rows = !out_.empty() && out_.front() == "copy" &&
                    std::find(out_.begin(), out_.end(), "stdin") != out_.end();
  if (!rows) return;
  in_rows_ = more_ && sql_.find(kEndOfRows, at_) == std::string_view::npos;
  past(kEndOfRows, at_);
}

}  // namespace composelint::guard
