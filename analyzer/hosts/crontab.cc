// Tables of cron: five fields or a nickname, in system tables a user, then a command for the shell.
#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/hosts/lines.h"
#include "analyzer/hosts/readers.h"
#include "analyzer/hosts/schedule.h"
#include "analyzer/hosts/text_builder.h"
#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

using std::string_view;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

struct Setting {
  string_view name;
  string_view value;
  std::uint32_t value_at = 0;  // in the line
};

// NAME = "value"
std::optional<Setting> setting_of(string_view line) {
  const std::size_t equals = line.find('=');
  if (equals == string_view::npos) return std::nullopt;
  string_view name = line.substr(0, equals);
  while (name.ends_with(' ') || name.ends_with('\t')) name.remove_suffix(1);
  const bool word =
      !name.empty() && !is_digit(name.front()) && std::all_of(name.begin(), name.end(), [](char c) {
        return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
      });
  if (!word) return std::nullopt;
  Setting setting{name, line.substr(equals + 1), static_cast<std::uint32_t>(equals + 1)};
  const auto shorten = [&](std::size_t front) {
    setting.value.remove_prefix(front);
    setting.value_at += static_cast<std::uint32_t>(front);
  };
  shorten(std::min(setting.value.find_first_not_of(" \t"), setting.value.size()));
  while (setting.value.ends_with(' ') || setting.value.ends_with('\t')) {
    setting.value.remove_suffix(1);
  }
  if (setting.value.size() > 1 && setting.value.front() == setting.value.back() &&
      (setting.value.front() == '"' || setting.value.front() == '\'')) {
    shorten(1);
    setting.value.remove_suffix(1);
  }
  return setting;
}

bool is_system_table(string_view path) {
  return path.find("/cron.d/") != string_view::npos || path.ends_with("/etc/crontab");
}

class Reader {
 public:
  explicit Reader(const ReadRequest& request)
      : file_(request.file), system_(is_system_table(request.path)) {}

  HostFile read() {
    host_.kind = HostKind::kCrontab;
    host_.file = &file_;
    for (std::uint32_t at = 0; at < file_.size();) {
      const LineSpan line = line_at(file_, at);
      at = line.next;
      take(skip_blanks(file_, line.begin, line.end), line.end);
    }
    return std::move(host_);
  }

 private:
  void take(std::uint32_t begin, std::uint32_t end) {
    const string_view line = file_.bytes().substr(begin, end - begin);
    if (line.empty()) return;
    if (line.front() == '#') {
      host_.comments.push_back({{&file_, begin, end}, true});
      return;
    }
    if (const auto setting = setting_of(line)) {
      set(*setting, {&file_, begin, end});
      return;
    }
    const string_view schedule = schedule_of(line);
    if (schedule.empty()) return;
    const std::size_t command = command_begin(line, schedule, system_);
    add(schedule, begin, begin + static_cast<std::uint32_t>(command), end);
  }

  void set(const Setting& setting, const Span& line) {
    if (setting.name == "SHELL") {
      dialect_ = setting.value.ends_with("bash") ? Dialect::kBash : Dialect::kSh;
    }
    const std::uint32_t at = line.begin + setting.value_at;
    const Span written{&file_, at, at + static_cast<std::uint32_t>(setting.value.size())};
    environment_.set(setting.name,
                     shell::Value::scalar(shell::known(setting.value, written), line));
  }

  // An unescaped `%` ends the command; the rest is its input.
  void add(string_view schedule, std::uint32_t line, std::uint32_t begin, std::uint32_t end) {
    TextBuilder text(file_);
    std::uint32_t copied = begin;
    for (std::uint32_t at = begin; at < end; ++at) {
      if (file_.bytes()[at] != '%') continue;
      const bool escaped = at > begin && file_.bytes()[at - 1] == '\\';
      text.copy(copied, escaped ? at - 1 : at);
      copied = escaped ? at : end;
      if (!escaped) break;
    }
    text.copy(copied, end);
    auto block = std::make_shared<Block>();
    block->environment = environment_;
    block->directory.reset();
    block->why_no_directory = "cron starts it in a home directory";
    parse_into(*block, text.script(dialect_), host_);
    Task task;
    task.name = schedule;
    task.span = {&file_, line, line + static_cast<std::uint32_t>(schedule.size())};
    task.blocks.push_back(std::move(block));
    host_.tasks.push_back(std::move(task));
  }

  const SourceFile& file_;
  bool system_;
  HostFile host_;
  Environment environment_;
  Dialect dialect_ = Dialect::kSh;
};

}  // namespace

Match match_crontab(string_view path) {
  const string_view name = text::name_of(path);
  const string_view extension = text::extension_of(path);
  const bool named = name.find("crontab") != string_view::npos || extension == ".cron" ||
                     name.ends_with("cronjobs") || name.ends_with("cron.txt");
  return named || path.find("/cron.d/") != string_view::npos ||
                 path.find("/crontabs/") != string_view::npos
             ? Match::kPerhaps
             : Match::kNo;
}

// Scripts lie in these places as well, and so do programs that handle tables.
bool recognise_crontab(string_view head) {
  if (head.starts_with("#!") || head.find('\0') != string_view::npos) return false;
  while (!head.empty()) {
    string_view line = head.substr(0, head.find('\n'));
    head.remove_prefix(std::min(line.size() + 1, head.size()));
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (line.empty() || line == "\r" || line.front() == '#' || setting_of(line)) continue;
    return !schedule_of(line).empty();
  }
  return false;
}

HostFile read_crontab(const ReadRequest& request) {
  return Reader(request).read();
}

}  // namespace composelint::hosts
