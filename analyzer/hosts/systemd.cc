// Units of systemd: the commands of a service. No shell reads them (systemd.service(5), COMMAND
// LINES), so operators are plain words, and `$VAR` is replaced by systemd itself.
#include <composelint/variable_name.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/hosts/lines.h"
#include "analyzer/hosts/plain_words.h"
#include "analyzer/hosts/readers.h"
#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

using std::string_view;
using Blocks = std::vector<std::shared_ptr<const Block>>;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// The words of a value, which may go on over several lines.
class WordReader {
 public:
  WordReader(const SourceFile& file, std::uint32_t begin, std::uint32_t end)
      : file_(file), bytes_(file.bytes()), at_(begin), end_(end) {}

  // Writes a command's words; true when a `;` ended it and another one follows.
  bool take_command(HostText& out) {
    WordWriter writer(out);
    while (skip_gap()) {
      const std::uint32_t begin = at_;
      if (bytes_[at_] == ';' && (at_ + 1 == end_ || is_blank(bytes_[at_ + 1]))) {
        ++at_;
        return true;
      }
      take_word(writer);
      writer.end_word(range(begin, at_));
    }
    return false;
  }

  // Past blanks, `\` at line ends, and comments between the lines; false at the end.
  bool skip_gap() {
    while (at_ < end_) {
      if (is_blank(bytes_[at_])) {
        const bool feed = bytes_[at_++] == '\n';
        if (feed) skip_comments();
      } else if (bytes_[at_] == '\\' && at_ + 1 < end_ &&
                 (bytes_[at_ + 1] == '\n' || bytes_[at_ + 1] == '\r')) {
        ++at_;
      } else {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] std::uint32_t at() const { return at_; }
  void step() { ++at_; }

  // One NAME=value word without its quotes; what systemd fills in is left as written.
  std::pair<std::string, Span> take_text() {
    std::string text;
    const std::uint32_t begin = at_;
    char quote = '\0';
    for (; at_ < end_; ++at_) {
      if (const std::uint32_t past = template_end(at_); past > at_) {
        text += bytes_.substr(at_, past - at_);
        at_ = past - 1;
        continue;
      }
      const char c = bytes_[at_];
      if (quote == '\0' && is_blank(c)) break;
      if (quote == '\0' ? c == '"' || c == '\'' : c == quote) {
        quote = quote == '\0' ? c : '\0';
      } else {
        text += c;
      }
    }
    return {text, {&file_, begin, at_}};
  }

 private:
  [[nodiscard]] Span range(std::uint32_t begin, std::uint32_t end) const {
    return {&file_, begin, end};
  }

  void skip_comments() {
    while (at_ < end_) {
      const LineSpan line = line_at(file_, at_);
      const std::uint32_t first = skip_blanks(file_, at_, line.end);
      if (first == line.end || (bytes_[first] != '#' && bytes_[first] != ';')) return;
      at_ = std::min(line.next, end_);
    }
  }

  void take_word(WordWriter& out) {
    char quote = '\0';
    const std::uint32_t begin = at_;
    while (at_ < end_) {
      const char c = bytes_[at_];
      if (quote == '\0' && is_blank(c)) break;
      if (quote == '\0' ? c == '"' || c == '\'' : c == quote) {
        quote = quote == '\0' ? c : '\0';
        ++at_;
      } else if (c == '\\') {
        if (!take_escape(out)) break;
      } else if (const std::uint32_t past = template_end(at_); past > at_) {
        out.word().add_foreign(bytes_.substr(at_, past - at_), range(at_, past));
        at_ = past;
      } else if (c == '%') {
        take_specifier(out);
      } else if (c == '$') {
        take_variable(out, quote == '\0' && at_ == begin);
      } else {
        out.word().add_exact(bytes_.substr(at_, 1), file_, at_);
        ++at_;
      }
    }
  }

  // Past `{{ user }}` and `{% if x %}`, blanks and all: a template's, filled in before systemd
  // reads the unit. What docker prints by, `{{.Names}}`, is no such thing.
  [[nodiscard]] std::uint32_t template_end(std::uint32_t at) const {
    const string_view open = bytes_.substr(at, 2);
    if (open != "{{" && open != "{%") return at;
    const std::size_t end = bytes_.find(open == "{{" ? "}}" : "%}", at + 2);
    if (end == string_view::npos || end + 2 > end_) return at;
    const std::size_t name = bytes_.find_first_not_of(" \t-", at + 2);
    return bytes_[name] == '.' ? at : static_cast<std::uint32_t>(end) + 2;
  }

  bool take_escape(WordWriter& out) {
    const char next = at_ + 1 < end_ ? bytes_[at_ + 1] : '\\';
    if (next == '\n' || next == '\r') {  // the line goes on
      out.word().add_whole(" ", range(at_, at_ + 1));
      at_ += next == '\r' ? 3 : 2;
      at_ = std::min(at_, end_);
      return true;
    }
    static constexpr string_view kLetters = "abfnrtvs";
    static constexpr string_view kMeant = "\a\b\f\n\r\t\v ";
    const std::size_t letter = kLetters.find(next);
    const std::uint32_t past = std::min(at_ + 2, end_);
    if (letter != string_view::npos) {
      out.word().add_whole(kMeant.substr(letter, 1), range(at_, past));
    } else if (next == 'x' || next == 'u' || next == 'U' || std::isdigit(next) != 0) {
      out.word().add_foreign("an escape", range(at_, past));
    } else {
      out.word().add_whole(string_view(&next, 1), range(at_, past));
    }
    at_ = past;
    return true;
  }

  void take_specifier(WordWriter& out) {
    const std::uint32_t past = std::min(at_ + 2, end_);
    if (past - at_ == 2 && bytes_[at_ + 1] == '%') {
      out.word().add_whole("%", range(at_, past));
    } else {
      out.word().add_foreign(bytes_.substr(at_, past - at_), range(at_, past));
    }
    at_ = past;
  }

  // `${NAME}` anywhere; `$NAME` as a word of its own, which is then split. `$$` is a dollar.
  void take_variable(WordWriter& out, bool first) {
    const std::uint32_t begin = at_++;
    if (at_ < end_ && bytes_[at_] == '$') {
      ++at_;
      return out.word().add_whole("$", range(begin, at_));
    }
    const bool braced = at_ < end_ && bytes_[at_] == '{';
    const std::uint32_t name = braced ? at_ + 1 : at_;
    std::uint32_t past = name;
    while (past < end_ && is_part_of_a_name(bytes_[past])) ++past;
    const bool closed = !braced || (past < end_ && bytes_[past] == '}');
    const bool alone = first && (past == end_ || is_blank(bytes_[past]));
    if (past == name || !closed || (!braced && !alone))
      return out.word().add_exact("$", file_, begin);
    at_ = braced ? past + 1 : past;
    out.parameter(bytes_.substr(name, past - name), !braced, range(begin, at_));
  }

  const SourceFile& file_;
  string_view bytes_;
  std::uint32_t at_;
  std::uint32_t end_;
};

class Reader {
 public:
  explicit Reader(const SourceFile& file) : file_(file) {}

  HostFile read() {
    host_.kind = HostKind::kSystemd;
    host_.file = &file_;
    for (std::uint32_t at = 0; at < file_.size();) at = take_entry(at);
    for (const Command& command : commands_) add(command);
    add_task("start", start_, {&start_pre_, &start_main_, &start_post_});
    add_task("reload", reload_, {&reload_main_});
    add_task("stop", stop_, {&stop_main_, &stop_post_});
    return std::move(host_);
  }

 private:
  struct Command {
    string_view key;
    Span name;
    std::uint32_t begin;
    std::uint32_t end;
  };

  // One entry with all of its lines; where the next begins.
  std::uint32_t take_entry(std::uint32_t at) {
    LineSpan line = line_at(file_, at);
    const std::uint32_t begin = skip_blanks(file_, at, line.end);
    const string_view text = file_.bytes().substr(begin, line.end - begin);
    if (text.starts_with('#') || text.starts_with(';')) {
      host_.comments.push_back({{&file_, begin, line.end}, true});
      return line.next;
    }
    if (text.starts_with('[')) {
      in_service_ = text.starts_with("[Service]");
      return line.next;
    }
    const std::size_t equals = text.find('=');
    while (text_of(file_, line).ends_with('\\') && line.next < file_.size()) {
      line = line_at(file_, line.next);
      // A comment between the lines ends nothing.
      while (is_comment(line) && line.next < file_.size()) line = line_at(file_, line.next);
    }
    if (!in_service_ || equals == string_view::npos) return line.next;
    string_view key = text.substr(0, equals);
    while (!key.empty() && is_blank(key.back())) key.remove_suffix(1);
    const Span name{&file_, begin, begin + static_cast<std::uint32_t>(key.size())};
    const std::uint32_t value = begin + static_cast<std::uint32_t>(equals) + 1;
    set(key, name, value, line.end);
    return line.next;
  }

  [[nodiscard]] bool is_comment(const LineSpan& line) const {
    const std::uint32_t first = skip_blanks(file_, line.begin, line.end);
    return first < line.end && (file_.bytes()[first] == '#' || file_.bytes()[first] == ';');
  }

  void set(string_view key, const Span& name, std::uint32_t begin, std::uint32_t end) {
    WordReader words(file_, begin, end);
    if (key == "WorkingDirectory") {
      if (!words.skip_gap()) return;
      const std::string text = words.take_text().first;
      const string_view path = string_view(text).substr(text.starts_with('-') ? 1 : 0);
      directory_.reset();
      const bool open = path.find('%') != string_view::npos || path.find("{{") != string_view::npos;
      if (path.starts_with('/') && !open) {
        directory_ = text::normalise(path);
      }
    } else if (key == "Environment") {
      while (words.skip_gap()) set_environment(words.take_text());
    } else if (key.starts_with("Exec") && key != "ExecSearchPath") {
      if (words.skip_gap()) {
        commands_.push_back({key, name, words.at(), end});
      } else {  // an empty value takes back those before
        std::erase_if(commands_, [&](const Command& other) { return other.key == key; });
      }
    }
  }

  void set_environment(const std::pair<std::string, Span>& word) {
    const std::size_t equals = word.first.find('=');
    if (equals == std::string::npos) return;
    const std::string value = word.first.substr(equals + 1);
    const bool open = value.find('%') != std::string::npos || value.find("{{") != std::string::npos;
    const std::string name = word.first.substr(0, equals);
    environment_.set(name,
                     open ? shell::Value::hole(name, word.second)
                          : shell::Value::scalar(shell::known(value, word.second), word.second));
  }

  void add(const Command& command) {
    Blocks* into = blocks_of(command.key);
    if (into == nullptr) return;
    if (into == &start_main_) start_ = command.name;
    if (into == &start_pre_ && !start_) start_ = command.name;
    if (into == &reload_main_) reload_ = command.name;
    if (!stop_ && (into == &stop_main_ || into == &stop_post_)) stop_ = command.name;
    WordReader words(file_, command.begin, command.end);
    for (bool more = true; more;) {
      auto block = std::make_shared<Block>();
      block->name = command.key;
      block->directory = directory_;
      block->environment = environment_;
      if (into == &stop_post_) block->when = When::kAnyway;
      while (words.skip_gap() && words.at() < command.end &&
             string_view("-@:+!|").find(file_.bytes()[words.at()]) != string_view::npos) {
        if (file_.bytes()[words.at()] == '-') block->failure_ignored = true;
        words.step();
      }
      HostText text;
      more = words.take_command(text);
      if (text.text().empty()) continue;
      parse_into(*block, text.script(Dialect::kSh), host_);
      into->push_back(std::move(block));
    }
  }

  Blocks* blocks_of(string_view key) {
    if (key == "ExecStartPre" || key == "ExecCondition") return &start_pre_;
    if (key == "ExecStart") return &start_main_;
    if (key == "ExecStartPost") return &start_post_;
    if (key == "ExecReload") return &reload_main_;
    if (key == "ExecStop") return &stop_main_;
    if (key == "ExecStopPost") return &stop_post_;
    return nullptr;
  }

  void add_task(string_view name, const Span& span, std::initializer_list<const Blocks*> parts) {
    Task task;
    task.name = name;
    task.span = span;
    for (const Blocks* part : parts)
      task.blocks.insert(task.blocks.end(), part->begin(), part->end());
    if (!task.blocks.empty()) host_.tasks.push_back(std::move(task));
  }

  const SourceFile& file_;
  HostFile host_;
  bool in_service_ = false;
  std::optional<std::string> directory_ = "/";  // where systemd starts a service
  Environment environment_;
  std::vector<Command> commands_;
  Blocks start_pre_, start_main_, start_post_, reload_main_, stop_main_, stop_post_;
  Span start_, reload_, stop_;
};

}  // namespace

Match match_systemd(string_view path) {
  const bool drop_in = path.ends_with(".conf") && path.find(".service.d/") != string_view::npos;
  return path.ends_with(".service") || drop_in ? Match::kYes : Match::kNo;
}

HostFile read_systemd(const ReadRequest& request) {
  return Reader(request.file).read();
}

}  // namespace composelint::hosts
