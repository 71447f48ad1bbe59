#include "analyzer/report/wrap.h"

#include <algorithm>

#include "analyzer/report/display.h"

namespace composelint::report {

namespace {

class Filler {
 public:
  Filler(std::size_t indent, std::size_t columns) : indent_(indent), columns_(columns) {}

  void take(std::string_view line) {
    if (line.starts_with("```")) {
      end_paragraph();
      fenced_ = !fenced_;
      return;
    }
    if (fenced_ || (line.starts_with("    ") && paragraph_.empty())) {
      put_blank();
      const std::size_t lead = line.empty() ? 0 : indent_ + (fenced_ ? 4 : 0);
      out_ += std::string(lead, ' ') + std::string(line) + "\n";
      return;
    }
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin == std::string_view::npos) {
      end_paragraph();
      blank_ = !out_.empty();
      return;
    }
    line.remove_prefix(begin);
    if (line.starts_with("- ") || line.starts_with("* ")) {
      end_paragraph();
      hang_ = 2;
    }
    if (!paragraph_.empty()) paragraph_ += ' ';
    paragraph_ += line;
  }

  std::string finish() {
    end_paragraph();
    return std::move(out_);
  }

 private:
  void put_blank() {
    if (blank_) out_ += '\n';
    blank_ = false;
  }

  void end_paragraph() {
    if (!paragraph_.empty()) put_blank();
    std::string_view rest = paragraph_;
    std::size_t lead = indent_;
    while (!rest.empty()) {
      const std::size_t end = break_at(rest, columns_ - lead);
      out_ += std::string(lead, ' ') + std::string(rest.substr(0, end)) + "\n";
      rest.remove_prefix(std::min(end + 1, rest.size()));
      lead = indent_ + hang_;
    }
    paragraph_.clear();
    hang_ = 0;
  }

  // Where the line ends that `text` begins: its last blank within `room`, else its first one.
  static std::size_t break_at(std::string_view text, std::size_t room) {
    std::size_t best = std::string_view::npos;
    for (std::size_t at = text.find(' '); at != std::string_view::npos;
         at = text.find(' ', at + 1)) {
      if (best != std::string_view::npos && display_width(text.substr(0, at)) > room) return best;
      best = at;
    }
    if (best == std::string_view::npos || display_width(text) <= room) return text.size();
    return best;
  }

  std::size_t indent_;
  std::size_t columns_;
  std::size_t hang_ = 0;
  bool fenced_ = false;
  bool blank_ = false;  // a blank line is due before the next paragraph
  std::string paragraph_;
  std::string out_;
};

}  // namespace

std::string wrap(std::string_view markdown, std::size_t indent, std::size_t columns) {
  Filler filler(indent, columns);
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    filler.take(markdown.substr(0, end));
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
  }
  return filler.finish();
}

}  // namespace composelint::report
