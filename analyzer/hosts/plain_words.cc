#include "analyzer/hosts/plain_words.h"

#include <algorithm>
#include <string>
#include <utility>

#include "analyzer/text/span_map.h"

namespace composelint::hosts {
namespace {

bool is_plain(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter || std::string_view("_-./:=@%+,").find(c) != std::string_view::npos;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

HostText& WordWriter::word() {
  if (fragments_.empty() || fragments_.back().parameter) fragments_.emplace_back();
  return fragments_.back().text;
}

void WordWriter::parameter(std::string_view name, bool alone, Span place) {
  Fragment& fragment = fragments_.emplace_back();
  fragment.parameter = true;
  const std::string written = "${" + std::string(name) + "}";
  fragment.text.add_whole(alone ? written : '"' + written + '"', place);
}

void WordWriter::end_word(Span whole) {
  const Span begin = {whole.file, whole.begin, whole.begin};
  if (!out_.text().empty()) out_.add_whole(" ", begin);
  const std::vector<Fragment> fragments = std::exchange(fragments_, {});
  const bool empty = std::all_of(fragments.begin(), fragments.end(),
                                 [](const Fragment& each) { return each.text.text().empty(); });
  if (empty) return out_.add_whole("''", whole);
  for (const Fragment& fragment : fragments) {
    const std::string& text = fragment.text.text();
    if (fragment.parameter || std::all_of(text.begin(), text.end(), is_plain)) {
      out_.add(fragment.text);
    } else {
      write_quoted(fragment.text);
    }
  }
}

void WordWriter::write_quoted(const HostText& text) {
  const std::string& bytes = text.text();
  const text::SpanMap map = text.script().map;
  const auto place = [&](std::size_t begin, std::size_t end) {
    return map.span(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end));
  };
  out_.add_whole("'", place(0, 0));
  std::size_t copied = 0;
  for (std::size_t at = bytes.find('\''); at != std::string::npos; at = bytes.find('\'', at + 1)) {
    out_.add_part(text, copied, at);
    out_.add_whole("'\\''", place(at, at + 1));
    copied = at + 1;
  }
  out_.add_part(text, copied, bytes.size());
  const Span all = place(0, bytes.size());
  out_.add_whole("'", {all.file, all.end, all.end});
}

void write_word(const HostText& word, Span whole, HostText& out) {
  WordWriter writer(out);
  writer.word().add(word);
  writer.end_word(whole);
}

void write_words(const HostText& line, HostText& out) {
  const std::string& text = line.text();
  const text::SpanMap map = line.script().map;
  WordWriter writer(out);
  for (std::size_t at = 0; at < text.size();) {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    char quote = '\0';
    for (; at < text.size(); ++at) {
      const char c = text[at];
      if (quote == '\0' && is_blank(c)) break;
      if (quote == '\0' ? c == '"' || c == '\'' : c == quote) {
        quote = quote == '\0' ? c : '\0';
        continue;
      }
      // In double quotes `\` means something before a few characters only.
      const bool escapes =
          c == '\\' && at + 1 < text.size() &&
          (quote == '\0' || (quote == '"' && std::string_view("\"\\$`").find(text[at + 1]) !=
                                                 std::string_view::npos));
      if (escapes) ++at;
      writer.word().add_part(line, at, at + 1);
    }
    writer.end_word(map.span(static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)));
  }
}

}  // namespace composelint::hosts
