#include "analyzer/engine/directives.h"

#include <algorithm>
#include <array>

namespace composelint::engine {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::string quoted(std::string_view word) {
  return '"' + std::string(word) + '"';
}

// The text between the marks: `# …`, `; …`, `<!-- … -->`.
std::string_view inner_text(std::string_view comment) {
  if (comment.starts_with("<!--")) {
    comment.remove_prefix(4);
    if (comment.ends_with("-->")) comment.remove_suffix(3);
  } else {
    comment.remove_prefix(std::min(comment.find_first_not_of("#;"), comment.size()));
  }
  return trim(comment);
}

std::vector<std::string_view> split_slugs(std::string_view list) {
  std::vector<std::string_view> slugs;
  while (true) {
    const std::size_t comma = list.find(',');
    if (const auto slug = trim(list.substr(0, comma)); !slug.empty()) slugs.push_back(slug);
    if (comma == std::string_view::npos) return slugs;
    list.remove_prefix(comma + 1);
  }
}

std::optional<int> number(std::string_view digits) {
  int value = 0;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + (digit - '0');
  }
  return value;
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day || *month < 1 || *month > 12) return false;
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (*year % 4 == 0 && *year % 100 != 0) || *year % 400 == 0;
  const int days = kDays[static_cast<std::size_t>(*month) - 1] + (*month == 2 && leap ? 1 : 0);
  return *day >= 1 && *day <= days;
}

// Takes " until DATE" off the end of the names.
void read_until(std::string_view& names, Directive& directive) {
  constexpr std::string_view kUntil = " until ";
  const std::size_t at = names.find(kUntil);
  if (at == std::string_view::npos) return;
  const std::string_view date = trim(names.substr(at + kUntil.size()));
  names = names.substr(0, at);
  if (is_date(date)) {
    directive.until = date;
  } else {
    directive.trouble = quoted(date) + " is no date like 2026-12-31";
  }
}

std::optional<Scope> scope_of(std::string_view verb) {
  if (verb == "allow") return Scope::kCommand;
  if (verb == "allow-block") return Scope::kBlock;
  if (verb == "allow-file") return Scope::kFile;
  return std::nullopt;
}

Span line_removal(const Comment& comment) {
  const SourceFile& file = *comment.span.file;
  const std::uint32_t line = file.line_of(comment.span.begin);
  // Without it the line before would go on with the line behind.
  if (line > 1 && trim(file.line_text(line - 1)).ends_with('\\')) return {};
  const std::string_view bytes = file.bytes();
  std::uint32_t begin = comment.span.begin;
  while (begin > 0 && bytes[begin - 1] != '\n') --begin;
  std::uint32_t end = comment.span.end;
  while (end < bytes.size() && bytes[end] != '\n') ++end;
  // Something else stands behind: <!-- … --> text.
  if (!trim(bytes.substr(comment.span.end, end - comment.span.end)).empty()) return {};
  if (end < bytes.size()) ++end;
  return {&file, begin, end};
}

}  // namespace

bool is_html(const Comment& comment) {
  return comment.span.text().starts_with("<!--");
}

std::optional<Directive> read_directive(std::string_view comment) {
  comment = inner_text(comment);
  constexpr std::string_view kMark = "composelint:";
  if (!comment.starts_with(kMark)) return std::nullopt;
  comment = trim(comment.substr(kMark.size()));
  Directive directive;
  const std::string_view verb = comment.substr(0, comment.find_first_of(kBlanks));
  std::string_view rest = comment.substr(verb.size());
  const std::size_t dashes = rest.find(" --");
  std::string_view names = rest.substr(0, dashes);
  if (dashes != std::string_view::npos) directive.reason = trim(rest.substr(dashes + 3));
  const auto scope = scope_of(verb);
  if (!scope) {
    directive.trouble =
        quoted(verb) + " is no directive; known are \"allow\", \"allow-block\" and \"allow-file\"";
    return directive;
  }
  directive.scope = *scope;
  read_until(names, directive);
  directive.slugs = split_slugs(names);
  if (directive.trouble.empty() && directive.slugs.empty()) {
    directive.trouble = quoted(verb) + " names no rule";
  }
  return directive;
}

Span removal_of(const Comment& comment, const std::vector<std::string_view>& slugs,
                std::size_t index) {
  const SourceFile& file = *comment.span.file;
  const auto offset = [&](const char* at) {
    return static_cast<std::uint32_t>(at - file.bytes().data());
  };
  if (slugs.size() > 1) {
    const std::string_view slug = slugs[index];
    const bool last = index + 1 == slugs.size();
    const char* const begin =
        last ? slugs[index - 1].data() + slugs[index - 1].size() : slug.data();
    const char* const end = last ? slug.data() + slug.size() : slugs[index + 1].data();
    return {&file, offset(begin), offset(end)};
  }
  if (comment.own_line) return line_removal(comment);
  std::uint32_t begin = comment.span.begin;
  while (begin > 0 &&
         kBlanks.substr(0, 2).find(file.bytes()[begin - 1]) != std::string_view::npos) {
    --begin;
  }
  return {&file, begin, comment.span.end};
}

}  // namespace composelint::engine
