// What a script writes runs at another time, and often on another machine: it is no step of the
// script, and proves nothing for it. So each text is a task of its own.
#include "analyzer/hosts/written_files.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/hosts/host.h"
#include "analyzer/hosts/plain_words.h"
#include "analyzer/hosts/schedule.h"
#include "analyzer/hosts/yaml_text.h"
#include "analyzer/shell/expand.h"
#include "analyzer/text/path.h"

namespace composelint::hosts {
namespace {

using std::string_view;

constexpr std::size_t kMaxWritten = 64;
constexpr std::size_t kMaxBytes = std::size_t{64} << 10;
constexpr int kMaxDepth = 40;

// The text of a shell's word as a host's text, place by place.
HostText host_text(const shell::ScriptText& from) {
  HostText out;
  auto foreign = from.foreign.begin();
  for (std::uint32_t at = 0; at < from.text.size();) {
    if (foreign != from.foreign.end() && foreign->begin == at) {
      out.add_foreign(foreign->text, from.map.span(at, foreign->end));
      at = foreign->end;
      ++foreign;
      continue;
    }
    const string_view byte = string_view(from.text).substr(at, 1);
    const Span place = from.map.span(at, at + 1);
    if (place && place.text() == byte) {
      out.add_exact(byte, *place.file, place.begin);
    } else {
      out.add_whole(byte, place);
    }
    ++at;
  }
  return out;
}

// `sudo tee`: the program behind what changes the user.
string_view program_of(const SimpleCommand& simple, std::size_t& at) {
  for (at = 0; at < simple.words.size(); ++at) {
    if (!simple.words[at].literal()) return {};
    const string_view word =
        text::name_of(simple.words[at].parts.empty() ? string_view()
                                                     : string_view(simple.words[at].parts[0].text));
    if (word != "sudo" && word != "command" && !word.starts_with('-')) return word;
  }
  return {};
}

bool is_shell(string_view first_line) {
  static constexpr std::array<string_view, 6> kShells = {"sh", "bash", "dash", "ash", "ksh", "zsh"};
  while (!first_line.empty()) {
    const std::size_t begin = first_line.find_first_not_of(" \t!#");
    if (begin == string_view::npos) return false;
    first_line.remove_prefix(begin);
    const string_view word = first_line.substr(0, first_line.find_first_of(" \t\r"));
    const string_view name = text::name_of(word);
    if (std::find(kShells.begin(), kShells.end(), name) != kShells.end()) return true;
    if (name != "env" && !name.starts_with('-')) return false;
    first_line.remove_prefix(word.size());
  }
  return false;
}

// The words of a command behind `ExecStart=` and the marks systemd knows there.
std::size_t past_exec(string_view line) {
  static constexpr std::array<string_view, 6> kKeys = {
      "ExecStart=", "ExecStartPre=", "ExecStartPost=", "ExecStop=", "ExecStopPost=", "ExecReload="};
  for (const string_view key : kKeys) {
    if (line.starts_with(key)) {
      return std::min(line.find_first_not_of("-@+!: ", key.size()), line.size());
    }
  }
  return 0;
}

// `docker compose`, or `docker exec` into a container of the stack that this script is about.
bool drives_a_stack(string_view text) {
  return text.find("compose") != string_view::npos ||
         text.find("docker exec ") != string_view::npos;
}

class Finder {
 public:
  explicit Finder(HostFile& host) : host_(host) {}

  void walk(const std::vector<Command>& commands, bool to_crontab, int depth) {
    if (depth > kMaxDepth) return;
    for (const Command& command : commands) walk(command, to_crontab, depth);
  }

 private:
  void walk(const Command& command, bool to_crontab, int depth) {
    if (const auto* simple = command.as<SimpleCommand>()) {
      take(command, *simple, to_crontab);
    } else if (const auto* pipeline = command.as<Pipeline>()) {
      const bool table = !pipeline->commands.empty() && is_crontab(pipeline->commands.back());
      // `cat <<EOF | ssh host`: the text goes to a program, not into a file.
      for (const Command& stage : pipeline->commands) {
        piped_ = &stage != &pipeline->commands.back() && !table &&
                 !writes_file(pipeline->commands.back());
        walk(stage, to_crontab || table, depth + 1);
      }
      piped_ = false;
    } else if (const auto* list = command.as<AndOrList>()) {
      walk(list->commands, to_crontab, depth + 1);
    } else if (const auto* group = command.as<Group>()) {
      walk(group->body, to_crontab, depth + 1);
    } else if (const auto* loop = command.as<LoopClause>()) {
      walk(loop->condition, to_crontab, depth + 1);
      walk(loop->body, to_crontab, depth + 1);
    } else if (const auto* each = command.as<ForClause>()) {
      walk(each->body, to_crontab, depth + 1);
    } else if (const auto* function = command.as<FunctionDefinition>()) {
      if (function->body) walk(*function->body, to_crontab, depth + 1);
    } else if (const auto* choice = command.as<IfClause>()) {
      for (const IfClause::Branch& branch : choice->branches) {
        walk(branch.condition, to_crontab, depth + 1);
        walk(branch.body, to_crontab, depth + 1);
      }
    } else if (const auto* cases = command.as<CaseClause>()) {
      for (const CaseClause::Item& item : cases->items) walk(item.body, to_crontab, depth + 1);
    }
  }

  static bool is_crontab(const Command& command) {
    const auto* simple = command.as<SimpleCommand>();
    std::size_t at = 0;
    return simple != nullptr && program_of(*simple, at) == "crontab";
  }

  static bool writes_file(const Command& command) {
    const auto* simple = command.as<SimpleCommand>();
    std::size_t at = 0;
    return simple != nullptr && program_of(*simple, at) == "tee";
  }

  void take(const Command& command, const SimpleCommand& simple, bool to_crontab) {
    for (const Assignment& assignment : simple.assignments) take_value(assignment.value, command);
    std::size_t at = 0;
    const string_view program = program_of(simple, at);
    std::string target;
    bool to_file = false;
    for (const IoRedirect& redirect : command.redirects) {
      if (redirect.op != ">" && redirect.op != ">>" && redirect.op != ">|") continue;
      if (redirect.fd > 1) continue;
      const std::string name = redirect.target.literal_text();
      if (!name.starts_with("/dev/")) target = name;
      to_file = to_file || !name.starts_with("/dev/");
    }
    if (program == "tee" && at + 1 < simple.words.size()) {
      target = simple.words.back().literal_text();
    }
    if (program == "cat" || program == "tee" || program == "crontab") {
      for (const IoRedirect& redirect : command.redirects) {
        if (redirect.here == nullptr || (piped_ && !to_file)) continue;
        add(shell::script_in(*redirect.here), target, to_crontab || program == "crontab", command);
      }
    }
    if ((program == "echo" || program == "printf") && (to_file || to_crontab)) {
      for (std::size_t i = at + 1; i < simple.words.size(); ++i) {
        add(text_of(simple.words[i]), target, true, command);
      }
    }
  }

  // JOB="0 3 * * * …", INSTALL='#!/bin/bash …': kept to be written somewhere.
  void take_value(const Word& value, const Command& command) {
    if (value.parts.empty() || value.parts.front().kind != WordPartKind::kLiteral) return;
    const string_view first = value.parts.front().text;
    if (!first.starts_with("#!") && schedule_of(first).empty()) return;
    add(text_of(value), "", true, command);
  }

  static shell::ScriptText text_of(const Word& word) {
    return shell::script_in(shell::expand_argument(word, shell::Scope()).front());
  }

  void add(const shell::ScriptText& written, const std::string& target, bool table,
           const Command& command) {
    if (written.text.size() > kMaxBytes || !drives_a_stack(written.text)) return;
    const HostText text = host_text(written);
    if (text.file() == nullptr) return;
    const string_view bytes = text.text();
    const string_view first = bytes.substr(0, bytes.find('\n'));
    if (first.starts_with("#!") ? is_shell(first) : target.ends_with(".sh")) {
      add_task(target, text, Dialect::kBash, false, command);
    } else if (!first.starts_with("#!")) {
      add_lines(text, target, table || target.find("cron") != std::string::npos, command);
    }
  }

  void add_lines(const HostText& text, const std::string& target, bool table,
                 const Command& command) {
    const bool system = target.find("/cron.d/") != std::string::npos;
    const string_view bytes = text.text();
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
      const string_view line = bytes.substr(at, end - at);
      const string_view schedule = table ? schedule_of(line) : string_view();
      const std::size_t exec = past_exec(line);
      HostText words;
      if (!schedule.empty()) {
        words.add_part(text, at + command_begin(line, schedule, system), end);
        add_task(target.empty() ? std::string(schedule) : target, words, Dialect::kSh, false,
                 command);
      } else if (exec > 0) {
        HostText value;
        value.add_part(text, at + exec, end);
        write_words(value, words);
        add_task(target, words, Dialect::kSh, true, command);
      }
      at = end + 1;
    }
  }

  void add_task(const std::string& target, const HostText& text, Dialect dialect, bool listed,
                const Command& command) {
    if (!drives_a_stack(text.text()) || host_.tasks.size() > kMaxWritten) return;
    auto block = std::make_shared<Block>();
    block->name = target;
    block->directory.reset();
    block->listed = listed;
    parse_into(*block, text.script(dialect), host_);
    Task task;
    task.name = target.empty() ? "a script that is written here" : target;
    task.span = command.span;
    task.blocks.push_back(std::move(block));
    host_.tasks.push_back(std::move(task));
  }

  HostFile& host_;
  bool piped_ = false;
};

}  // namespace

void add_written_files(const Script& script, HostFile& host) {
  if (script.file == nullptr || !drives_a_stack(script.file->bytes())) return;
  Finder(host).walk(script.commands, false, 0);
}

}  // namespace composelint::hosts
