#include "analyzer/hosts/dockerfile_lines.h"

#include <composelint/variable_name.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "analyzer/hosts/lines.h"

namespace composelint::hosts {
namespace {

using std::string_view;

class Reader {
 public:
  explicit Reader(const SourceFile& file) : file_(file) {}

  Dockerfile read() {
    read_directives();
    for (std::uint32_t at = 0; at < file_.size();) {
      const LineSpan line = line_at(file_, at);
      const std::uint32_t begin = skip_blanks(file_, line.begin, line.end);
      if (is_comment(line)) {
        out_.comments.push_back({{&file_, begin, line.end}, true});
        at = line.next;
      } else if (begin == line.end) {
        at = line.next;
      } else {
        at = take_instruction(line, begin);
      }
    }
    return std::move(out_);
  }

 private:
  // `# escape=` counts only at the very top.
  void read_directives() {
    for (std::uint32_t at = 0; at < file_.size();) {
      const LineSpan line = line_at(file_, at);
      const string_view text = text_of(file_, line);
      if (!text.starts_with('#') || text.find('=') == string_view::npos) return;
      if (text.find("escape=`") != string_view::npos) escape_ = '`';
      at = line.next;
    }
  }

  [[nodiscard]] bool is_comment(const LineSpan& line) const {
    const std::uint32_t begin = skip_blanks(file_, line.begin, line.end);
    return begin < line.end && file_.bytes()[begin] == '#';
  }

  std::uint32_t take_instruction(LineSpan line, std::uint32_t begin) {
    Instruction& instruction = out_.instructions.emplace_back();
    std::uint32_t at = begin;
    while (at < line.end && std::isalpha(static_cast<unsigned char>(file_.bytes()[at])) != 0) {
      instruction.name += static_cast<char>(std::toupper(file_.bytes()[at++]));
    }
    instruction.name_span = {&file_, begin, at};
    at = skip_blanks(file_, at, line.end);
    while (true) {
      std::uint32_t end = line.end;
      while (end > at && (file_.bytes()[end - 1] == ' ' || file_.bytes()[end - 1] == '\t')) --end;
      const bool goes_on = end > at && file_.bytes()[end - 1] == escape_;
      add(instruction.text, at, goes_on ? end - 1 : line.end);
      if (!goes_on || line.next >= file_.size()) break;
      line = next_part(line.next);
      at = line.begin;
    }
    std::uint32_t next = line.next;
    const bool may_have = instruction.name == "RUN" || instruction.name == "COPY" ||
                          instruction.name == "ADD" || instruction.name == "ONBUILD";
    if (may_have) next = take_documents(instruction, next);
    return next;
  }

  void add(HostText& text, std::uint32_t begin, std::uint32_t end) {
    if (begin < end) text.add_exact(file_.bytes().substr(begin, end - begin), file_, begin);
  }

  // Comments and empty lines between the lines of an instruction are left out.
  LineSpan next_part(std::uint32_t at) {
    LineSpan line = line_at(file_, at);
    while (line.next < file_.size() &&
           (is_comment(line) || skip_blanks(file_, line.begin, line.end) == line.end)) {
      if (is_comment(line)) {
        const std::uint32_t begin = skip_blanks(file_, line.begin, line.end);
        out_.comments.push_back({{&file_, begin, line.end}, true});
      }
      line = line_at(file_, line.next);
    }
    if (is_comment(line)) line.begin = line.end;
    return line;
  }

  std::uint32_t take_documents(Instruction& instruction, std::uint32_t at) {
    const string_view text = instruction.text.text();
    for (std::size_t mark = text.find("<<"); mark != string_view::npos;) {
      std::size_t name = mark + 2;
      const std::size_t next = text.find("<<", name);
      const bool tabs = name < text.size() && text[name] == '-';
      if (tabs) ++name;
      HereText document;
      document.quoted = name < text.size() && (text[name] == '"' || text[name] == '\'');
      if (document.quoted) ++name;
      document.name = leading_name(text.substr(name));
      const bool here_string = mark > 0 && text[mark - 1] == '<';
      mark = next;
      if (document.name.empty() || here_string) continue;
      const std::uint32_t past = take_body(document, tabs, at);
      if (past == at) continue;
      at = past;
      instruction.documents.push_back(std::move(document));
    }
    return at;
  }

  // Where nothing ends the text, it is none.
  std::uint32_t take_body(HereText& document, bool tabs, std::uint32_t begin) {
    for (std::uint32_t at = begin; at < file_.size();) {
      const LineSpan line = line_at(file_, at);
      std::uint32_t first = line.begin;
      while (tabs && first < line.end && file_.bytes()[first] == '\t') ++first;
      if (file_.bytes().substr(first, line.end - first) == document.name) {
        add(document.last, first, line.end);
        return line.next;
      }
      add(document.body, first, line.end);
      document.body.add_whole("\n", {&file_, line.end, line.next});
      at = line.next;
    }
    document.body = {};
    return begin;
  }

  const SourceFile& file_;
  Dockerfile out_;
  char escape_ = '\\';
};

}  // namespace

Dockerfile read_dockerfile_lines(const SourceFile& file) {
  return Reader(file).read();
}

}  // namespace composelint::hosts
