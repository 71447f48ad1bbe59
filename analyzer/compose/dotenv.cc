#include "analyzer/compose/dotenv.h"

#include <cstdint>
#include <utility>

#include "analyzer/compose/runes.h"
#include "analyzer/text/utf8.h"

namespace composelint::compose {

namespace {

// The parser follows Compose's statement by statement, since the odd cases (text behind a closing
// quote, a last line without line end) only come out right that way.
class Parser {
 public:
  Parser(const SourceFile& file, const Lookup& outer, const Environment& seen, Unset unset)
      : file_(file), text_(file.bytes()), outer_(outer), variables_(seen), unset_(unset) {}

  Result<DotenvFile> run();

 private:
  struct Key {
    std::string_view name;
    bool inherited = false;  // a bare name
  };

  void skip_to_statement();
  Result<Key> key();
  MaybeFailure value(DotenvEntry& entry);
  MaybeFailure quoted_value(char quote, DotenvEntry& entry);
  MaybeFailure expand(std::string text, DotenvEntry& entry);
  void skip_blanks();
  void keep(DotenvEntry entry);
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  [[nodiscard]] Span span_from(std::size_t begin) const {
    return {&file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
  }
  [[nodiscard]] Failure failure(std::size_t begin, std::string message) const {
    const std::size_t end = std::min(text_.find('\n', begin), text_.size());
    return {FailureCode::kSyntax,
            std::move(message),
            {&file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}};
  }

  const SourceFile& file_;
  std::string_view text_;
  const Lookup& outer_;
  Environment variables_;
  Unset unset_;
  std::size_t at_ = 0;
  DotenvFile result_;
};

void Parser::skip_blanks() {
  while (!at_end()) {
    const Rune rune = rune_at(text_, at_);
    if (!is_blank(rune.code)) return;
    at_ += rune.size;
  }
}

void Parser::skip_to_statement() {
  while (!at_end()) {
    const Rune rune = rune_at(text_, at_);
    if (is_space(rune.code)) {
      at_ += rune.size;
    } else if (rune.code == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else {
      return;
    }
  }
}

Result<Parser::Key> Parser::key() {
  constexpr std::string_view kExport = "export";
  if (rest().starts_with(kExport) && at_ + kExport.size() < text_.size()) {
    const char next = text_[at_ + kExport.size()];
    if (std::string_view(" \t\n\f\r").find(next) != std::string_view::npos) {
      at_ += kExport.size();
      skip_blanks();
    }
  }
  const std::size_t begin = at_;
  for (std::size_t i = begin; i < text_.size();) {
    const Rune rune = rune_at(text_, i);
    if (rune.code == '=' || rune.code == ':' || rune.code == '\n') {
      at_ = i + 1;
      skip_blanks();
      return Key{trim_right(text_.substr(begin, i - begin)), rune.code == '\n'};
    }
    if (!is_blank(rune.code) &&
        std::string_view("_.-[]").find(text_[i]) == std::string_view::npos &&
        !is_letter_or_number(rune.code)) {
      return failure(begin, "unexpected character \"" + std::string(text_.substr(i, rune.size)) +
                                "\" in variable name");
    }
    i += rune.size;
  }
  if (begin >= text_.size()) return failure(begin, "zero length string");
  // A last line without '=' and without line end: all of it is the value of a nameless variable.
  skip_blanks();
  return Key{};
}

MaybeFailure Parser::expand(std::string text, DotenvEntry& entry) {
  const Lookup lookup = [this](std::string_view name) {
    const Variable* found = outer_(name);
    return found != nullptr ? found : variables_.find(name);
  };
  Result<Substituted> done = substitute(text, lookup, unset_);
  if (!done) {
    Failure why = done.failure();
    why.span = entry.span;
    return why;
  }
  entry.value = std::move(done->text);
  entry.used = std::move(done->used);
  entry.known = done->known;
  for (std::string& name : done->unset) result_.unset.push_back(std::move(name));
  return std::nullopt;
}

// What a backslash and the character behind it mean between double quotes.
std::string unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    constexpr std::string_view kNames = "abfnrtv\"\\";
    constexpr std::string_view kMeant = "\a\b\f\n\r\t\v\"\\";
    const char next = text[i + 1];
    if (const std::size_t which = kNames.find(next); which != std::string_view::npos) {
      out += kMeant[which];
      ++i;
    } else if (next == '$') {
      out += "$$";
      ++i;
    } else if (next == '0') {
      std::size_t digits = 0;
      while (digits < 3 && i + 2 + digits < text.size() && is_digit(text[i + 2 + digits])) ++digits;
      const std::string_view written = text.substr(i + 2, digits);
      append_octal_escape(written, out);
      i += 1 + digits;
    } else {
      out += text[i];
    }
  }
  return out;
}

MaybeFailure Parser::quoted_value(char quote, DotenvEntry& entry) {
  const std::size_t begin = at_;
  bool escaped = false;
  std::string chars;
  for (std::size_t i = begin + 1; i < text_.size(); ++i) {
    const char c = text_[i];
    if (c == quote && !escaped) {
      at_ = i + 1;
      entry.span.end = static_cast<std::uint32_t>(at_);
      if (quote == '"') return expand(unescape(chars), entry);
      entry.value = std::move(chars);
      return std::nullopt;
    }
    if (c != quote && !escaped && c == '\\') {
      escaped = true;
      continue;
    }
    if (escaped && c != quote) chars += '\\';
    escaped = false;
    chars += c;
  }
  return failure(begin, "unterminated quoted value");
}

MaybeFailure Parser::value(DotenvEntry& entry) {
  const char first = at_end() ? '\0' : text_[at_];
  if (first == '"' || first == '\'') return quoted_value(first, entry);
  const std::size_t begin = at_;
  const std::size_t end = std::min(text_.find('\n', at_), text_.size());
  std::string_view text = text_.substr(at_, end - at_);
  text = trim_right(text.substr(0, text.find(" #")));
  at_ = std::min(end + 1, text_.size());
  entry.span.end = std::max(entry.span.end, static_cast<std::uint32_t>(begin + text.size()));
  return expand(std::string(text), entry);
}

void Parser::keep(DotenvEntry entry) {
  variables_.set(entry.name, {entry.value, entry.span, {}});
  result_.entries.push_back(std::move(entry));
}

Result<DotenvFile> Parser::run() {
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  for (skip_to_statement(); !at_end(); skip_to_statement()) {
    const std::size_t begin = at_;
    Result<Key> found = key();
    if (!found) return found.failure();
    if (found->name.find(' ') != std::string_view::npos) {
      return failure(begin, "key cannot contain a space");
    }
    DotenvEntry entry{std::string(found->name), {}, span_from(begin), {}, true};
    if (!found->name.empty()) {
      const auto name_at = static_cast<std::size_t>(found->name.data() - text_.data());
      entry.span = {&file_, static_cast<std::uint32_t>(name_at),
                    static_cast<std::uint32_t>(name_at + found->name.size())};
    }
    if (found->inherited) {
      if (const Variable* outer = outer_(found->name)) {
        entry.value = outer->value;
        entry.used.push_back({entry.name, outer->span, true, false});
        keep(std::move(entry));
      }
      continue;
    }
    if (MaybeFailure failed = value(entry)) return *failed;
    keep(std::move(entry));
  }
  return std::move(result_);
}

}  // namespace

Result<DotenvFile> parse_dotenv(const SourceFile& file, const Lookup& outer,
                                const Environment& seen, Unset unset) {
  return Parser(file, outer, seen, unset).run();
}

Result<DotenvFile> parse_raw_env(const SourceFile& file, const Lookup& outer) {
  DotenvFile result;
  const std::string_view text = file.bytes();
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::size_t begin = at;
    std::string_view line = text.substr(begin, end - begin);
    at = end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::string_view trimmed = trim_left(line);
    begin += line.size() - trimmed.size();
    const Span span{&file, static_cast<std::uint32_t>(begin),
                    static_cast<std::uint32_t>(begin + trimmed.size())};
    if (text::first_invalid_utf8(trimmed)) {
      return Failure{FailureCode::kSyntax, "the env file is not valid UTF-8", span};
    }
    if (trimmed.empty() || trimmed.front() == '#') continue;
    const std::size_t equals = trimmed.find('=');
    const std::string_view name = trimmed.substr(0, equals);
    if (name.empty()) return Failure{FailureCode::kSyntax, "no variable name on line", span};
    if (name.find_first_of(" \t") != std::string_view::npos) {
      return Failure{FailureCode::kSyntax,
                     "variable '" + std::string(name) + "' contains whitespaces", span};
    }
    DotenvEntry entry{std::string(name), {}, span, {}, true};
    if (equals != std::string_view::npos) {
      entry.value = trimmed.substr(equals + 1);
    } else if (const Variable* found = outer(name)) {
      entry.value = found->value;
      entry.used.push_back({entry.name, found->span, true, false});
    } else {
      continue;
    }
    result.entries.push_back(std::move(entry));
  }
  return result;
}

}  // namespace composelint::compose
