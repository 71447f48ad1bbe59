// The commands that a service itself starts: what they do, and whether they end.
#include <composelint/service_role.h>
#include <composelint/service_task.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/calls/task.h"
#include "analyzer/knowledge/vocabulary.h"
#include "analyzer/shell/expand.h"
#include "analyzer/shell/parser.h"
#include "analyzer/signs/data/database_use.h"
#include "analyzer/signs/stacks/waiting.h"
#include "analyzer/text/path.h"

namespace composelint {

namespace {

using knowledge::Recognised;

int weight(Effect effect) {
  static constexpr std::array<Effect, 7> kOrder = {
      Effect::kAdministers, Effect::kExports,  Effect::kDumps,  Effect::kImports,
      Effect::kMigrates,    Effect::kRestores, Effect::kDeletes};
  const auto at = std::find(kOrder.begin(), kOrder.end(), effect);
  return at == kOrder.end() ? 0 : static_cast<int>(at - kOrder.begin()) + 1;
}

// `rm -f tmp/server.pid && migrate` migrates: files weigh less than all but administration.
int rank(Effect effect, std::string_view name) {
  return calls::removes_files(effect, name) ? 2 * weight(Effect::kAdministers) + 1
                                            : 2 * weight(effect);
}

bool is_a_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '.' || c == 's' || c == 'm';
  });
}

// Builtins and small tools that do their work and are done.
bool is_done_at_once(std::string_view program, std::span<const Argument> words) {
  static constexpr std::array<std::string_view, 30> kTools = {
      ":",     "[",      "[[",    "apk",   "apt-get", "cd",    "cp",   "curl",   "date", "echo",
      "exit",  "export", "false", "git",   "ls",      "mkdir", "mv",   "printf", "pwd",  "rm",
      "rmdir", "sed",    "set",   "shift", "test",    "touch", "true", "umask",  "wget", "jq"};
  if (program == "sleep") {
    return words.size() == 2 && words[1].known() && is_a_number(words[1].text);
  }
  return std::find(kTools.begin(), kTools.end(), program) != kTools.end();
}

// `tail -f /dev/null`, `sleep infinity`: what keeps a container up when its work is done.
bool stays_for_good(std::string_view program, std::span<const Argument> words) {
  if (program == "sleep") return !is_done_at_once(program, words);
  return program == "tail" && std::any_of(words.begin(), words.end(), [](const Argument& word) {
           const std::string_view text = word.text;
           if (text.starts_with("--")) return text.starts_with("--follow");
           // `-fn0`: other letters may stand in one word with it.
           return text.starts_with('-') && text.find_first_of("fF") != std::string_view::npos;
         });
}

// Programs with a fact that stay: they copy, or watch, for as long as they are up.
bool stays(std::string_view program) {
  return program == "logstash" || program == "certbot" || program == "rclone" ||
         program.starts_with("odoo");
}

bool ends_by(Effect effect, Role role) {
  return weight(effect) > 0 || role == Role::kWaits || role == Role::kHealth ||
         role == Role::kStatus || effect == Effect::kReads;
}

class Reader {
 public:
  explicit Reader(const Service& service) : one_off_(role_of(service) == ServiceRole::kOneOff) {
    task_.ends = true;
  }

  void read(std::span<const Argument> argv) {
    if (stays_for_good(text::name_of(argv.front().text), argv)) {
      task_.ends = false;
      return;
    }
    const Recognised found = knowledge::recognise(argv);
    if (found.script != nullptr) return read_script(*found.script);
    const std::string_view program = text::name_of(argv.front().text);
    if (!found || found.effect == Effect::kUnknown) {
      task_.ends = task_.ends && is_done_at_once(program, argv);
      return;
    }
    // A name tells what a script is for, not whether it stays.
    const bool by_name = found.fact == nullptr;
    const bool daemon = by_name && (program.find("worker") != std::string_view::npos ||
                                    program.find("daemon") != std::string_view::npos);
    const bool sure =
        !by_name || (one_off_ && (found.effect == Effect::kMigrates ||
                                  found.effect == Effect::kImports || found.role == Role::kWaits));
    task_.ends =
        task_.ends && sure && !daemon && ends_by(found.effect, found.role) && !stays(program);
    task_.waits = task_.waits || by_name || found.role == Role::kWaits ||
                  found.role == Role::kHealth;  // a script may wait first
    if (!daemon) keep(found);
  }

  // Only what the tables say: an image's name is not that of a program.
  bool read_image(std::string_view image, std::span<const Argument> argv) {
    Argument program;
    image = text::name_of(image);
    program.text = image.substr(0, image.find_first_of(":@"));
    const std::array<Argument, 1> prefix = {program};
    const Recognised found = knowledge::recognise(argv, prefix);
    if (found.fact == nullptr || found.fact->program.find('*') != std::string_view::npos) {
      return false;
    }
    task_.ends = ends_by(found.effect, found.role) && !stays(program.text);
    keep(found);
    return weight(found.effect) > 0;
  }

  ServiceTask take() { return std::move(task_); }
  [[nodiscard]] const ServiceTask& task() const { return task_; }

 private:
  void keep(const Recognised& found) {
    if (rank(found.effect, found.name) <= rank(task_.effect, task_.name)) return;
    task_.effect = found.effect;
    task_.name = found.name;
  }

  void read_script(const Argument& text) {
    const auto script = shell::parse_script(shell::script_in(text));
    task_.waits = task_.waits || tries_again(text.text);
    if (!script || !script->unparsed.empty()) {
      task_.ends = false;
      return;
    }
    read_all(script->commands);
  }

  void read_all(const std::vector<Command>& commands) {
    for (const Command& command : commands) read(command);
  }

  void read(const Command& command) {
    if (command.background) task_.ends = false;
    if (const auto* simple = command.as<SimpleCommand>()) {
      if (simple->words.empty()) return;
      const shell::Scope nothing;
      const auto argv = shell::expand(simple->words, nothing).front().arguments;
      if (argv.empty()) return;
      read(argv);
    } else if (const auto* pipeline = command.as<Pipeline>()) {
      read_all(pipeline->commands);
    } else if (const auto* list = command.as<AndOrList>()) {
      read_all(list->commands);
    } else if (const auto* group = command.as<Group>()) {
      read_all(group->body);
    } else if (const auto* clause = command.as<IfClause>()) {
      for (const IfClause::Branch& branch : clause->branches) {
        read_all(branch.condition);
        read_all(branch.body);
      }
    } else if (const auto* loop = command.as<LoopClause>()) {
      read_loop(*loop);
    } else if (const auto* each = command.as<ForClause>()) {
      read_all(each->body);
    } else {
      task_.ends = false;
    }
  }

  // `until pg_isready; do sleep 1; done` ends, `while true` does not; what is asked may be any
  // program.
  void read_loop(const LoopClause& loop) {
    static constexpr std::array<std::string_view, 6> kEndless = {"((",    ":",     "[",
                                                                 "false", "sleep", "true"};
    const auto* asked =
        loop.condition.empty() ? nullptr : loop.condition.front().as<SimpleCommand>();
    bool ends = true;
    if (asked != nullptr && !asked->words.empty()) {
      const shell::Scope nothing;
      const auto argv = shell::expand(asked->words, nothing).front().arguments;
      ends = !argv.empty() &&
             std::find(kEndless.begin(), kEndless.end(), argv.front().text) == kEndless.end();
    }
    task_.waits = true;
    const bool ended = task_.ends;
    read_all(loop.body);
    task_.ends = ended && ends;
  }

  ServiceTask task_;
  bool one_off_;
};

std::vector<Argument> arguments_of(const std::optional<Located<std::vector<std::string>>>& words,
                                   const Span& instead) {
  std::vector<Argument> out;
  if (!words) return out;
  for (const std::string& word : words->value) {
    Argument argument;
    argument.span = words->from.span ? words->from.span : instead;
    argument.text = word;
    out.push_back(std::move(argument));
  }
  return out;
}

}  // namespace

ServiceTask own_task(const Service& service) {
  const std::vector<Argument> entrypoint = arguments_of(service.entrypoint, service.span);
  const std::vector<Argument> command = arguments_of(service.command, service.span);
  std::vector<Argument> all = entrypoint;
  all.insert(all.end(), command.begin(), command.end());
  if (all.empty()) return {};
  const ServiceRole role = role_of(service);
  const bool serves = role == ServiceRole::kDatabase || role == ServiceRole::kCache;
  if (entrypoint.empty() && service.image && service.image->known && !service.build && !serves) {
    Reader image(service);
    if (image.read_image(service.image->value, command)) return image.take();
  }
  // `--data=/srv/mysqldump`: an option for the image's own entrypoint.
  if (all.front().text.starts_with('-')) return {};
  Reader reader(service);
  reader.read(all);
  // An entrypoint that hands on what it is given.
  if (weight(reader.task().effect) == 0 && !entrypoint.empty() && !command.empty()) {
    Reader inner(service);
    inner.read(command);
    if (weight(inner.task().effect) > 0) {
      ServiceTask task = inner.take();
      task.waits = true;  // it does what it does first
      return task;
    }
  }
  ServiceTask task = reader.take();
  for (const Argument& word : all) task.waits = task.waits || tries_again(word.text);
  return task;
}

}  // namespace composelint
