#include <algorithm>

#include "analyzer/shell/characters.h"
#include "analyzer/shell/reader.h"

namespace composelint::shell {

// The bodies of the here-documents of the line that ended, one behind the other.
void Reader::read_documents() {
  for (PendingDocument& pending : std::exchange(documents_, {})) {
    const std::uint32_t begin = at_;
    std::uint32_t body_end = end_;
    while (at_ < end_) {
      const std::uint32_t end = line_end(at_);
      std::string_view line = text_.substr(at_, end - at_);
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (pending.strip_tabs) {
        line.remove_prefix(std::min(line.find_first_not_of('\t'), line.size()));
      }
      const std::uint32_t line_begin = at_;
      at_ = std::min(end + 1, end_);
      if (line == pending.document->delimiter) {
        body_end = line_begin;
        break;
      }
    }
    const std::uint32_t behind = at_;
    strip_tabs_ = pending.strip_tabs;
    read_body(*pending.document, begin, std::min(body_end, end_));
    strip_tabs_ = false;
    at_ = behind;
  }
}

void Reader::read_body(HereDocument& document, std::uint32_t begin, std::uint32_t end) {
  if (document.quoted) {
    document.body = quoted_body(begin, end);
    return;
  }
  const std::uint32_t outer = std::exchange(end_, end);
  const std::vector<PendingDocument> waiting = std::exchange(documents_, {});
  at_ = begin;
  document.body = read_word(Mode::kDocument);
  end_ = outer;
  documents_ = waiting;
}

Word Reader::quoted_body(std::uint32_t begin, std::uint32_t end) {
  Word body;
  Literal literal;
  body.span = span(begin, end);
  for (at_ = begin; at_ < end;) {
    if (read_foreign(body, literal, true)) continue;
    if (strip_tabs_ && text_[at_] == '\t' && (at_ == begin || text_[at_ - 1] == '\n')) {
      flush(body, literal);
      while (at_ < end && text_[at_] == '\t') ++at_;
      continue;
    }
    add_text(body, literal, at_, 1, true);
  }
  flush(body, literal);
  for (WordPart& part : body.parts) part.single = part.kind == WordPartKind::kLiteral;
  return body;
}

void Reader::read_comment() {
  const std::uint32_t begin = at_;
  std::uint32_t end = line_end(at_);
  at_ = end;
  if (end > begin && text_[end - 1] == '\r') --end;
  std::uint32_t before = begin;
  while (before > 0 && is_blank(text_[before - 1])) --before;
  comments_.push_back({span(begin, end), before == 0 || text_[before - 1] == '\n'});
}

}  // namespace composelint::shell
