#include "guard/lost_data.h"

#include <composelint/data_directory.h>
#include <composelint/data_loss.h>
#include <composelint/lower_case.h>
#include <composelint/script_text.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "guard/data_places.h"
#include "guard/database_name.h"
#include "guard/inner_work.h"
#include "guard/kept_data.h"
#include "guard/lost_files.h"
#include "guard/lost_statements.h"

namespace composelint::guard {

namespace {

// A value that stands in one word with its option is read as well.
Statements statements_in_word(std::string_view text, Strings strings) {
  const bool long_option = text.starts_with("--") && !text.starts_with("-- ");
  if (text.starts_with("-c") || text.starts_with("-e")) text.remove_prefix(2);
  if (long_option) text.remove_prefix(std::min(text.find('='), text.size() - 1) + 1);
  return text.find_first_of(" \t\n") == std::string_view::npos ? Statements::kNone
                                                               : statements_in(text, strings);
}

// `printf 'drop table %s' items`
std::string printed(const TextCommand& command) {
  std::string out;
  std::size_t next = 2;
  const std::string format = command.words.size() > 1 ? command.words[1].text : "";
  for (std::size_t at = 0; at < format.size(); ++at) {
    const bool word = format[at] == '%' && at + 1 < format.size() && format[at + 1] == 's';
    if (!word) {
      out += format[at];
      continue;
    }
    if (next < command.words.size()) out += command.words[next++].text;
    ++at;
  }
  return out;
}

// Of a shell text: what stands behind `<<<`, or in a here-document.
Statements fed_within(const std::string& text, Strings strings) {
  const std::size_t at = text.find("<<");
  if (at == std::string::npos) return Statements::kNone;
  const std::size_t begin = std::min(text.find_first_not_of("<- '\"\\", at), text.size());
  return statements_in(std::string_view(text).substr(begin), strings);
}

// The gravest of what its words and its input tell a client.
Statements told_to_client(const ComposeInvocation& call, const std::vector<TextCommand>& commands,
                          Strings strings) {
  Statements gravest = Statements::kNone;
  for (const TextCommand& command : commands) {
    for (const TextWord& word : command.words) {
      gravest = std::max(gravest, statements_in_word(word.text, strings));
    }
    if (program_name(command) == "printf") {
      gravest = std::max(gravest, statements_in_word(printed(command), strings));
    }
  }
  for (const Argument& word : call.inner) {
    gravest = std::max(gravest, fed_within(word.text, strings));
  }
  return gravest;
}

// `-c`, `-qXc`, `-cselect`
bool gives(std::string_view word, char letter) {
  return word.size() > 1 && word[0] == '-' && word[1] != '-' &&
         (word[1] == letter || word.back() == letter);
}

// Files of statements that the clients of the task are given, as the host has them.
std::vector<std::string> files_of_statements(const GuardedCommand& command,
                                             const std::vector<TextCommand>& commands) {
  static constexpr std::array<std::string_view, 3> kClients = {"mariadb", "mysql", "psql"};
  const Places places(command);
  std::vector<std::string> out;
  const auto add = [&](const TextWord& word) {
    if (word.known && word.text.starts_with('/')) out.push_back(places.on_host(word.text));
  };
  for (const TextCommand& one : commands) {
    const std::string_view program = program_name(one);
    if (std::find(kClients.begin(), kClients.end(), program) == kClients.end()) continue;
    bool told = one.piped_in;
    if (one.input) add(*one.input);
    for (std::size_t i = 1; i < one.words.size(); ++i) {
      const TextWord& word = one.words[i];
      const std::string& before = one.words[i - 1].text;
      told = told || gives(word.text, program == "psql" ? 'c' : 'e') ||
             word.text.starts_with(program == "psql" ? "--command" : "--execute");
      if (program != "psql") continue;
      if (word.text.starts_with("--file=")) {
        add({word.text.substr(7), word.known, word.span});
      } else if (before == "--file" || (gives(before, 'f') && before.ends_with('f'))) {
        add(word);
      } else {
        continue;
      }
      told = true;
    }
    const Stream& in = command.step->in;
    if (!told && !one.input && in.kind == StreamKind::kFile) out.push_back(in.target.text);
  }
  return out;
}

// Empty: no table or database goes as a whole.
std::string lost_by_sql(const GuardedCommand& command, const std::vector<TextCommand>& commands) {
  const ComposeInvocation& call = command.call();
  std::vector<std::string> words;
  for (const Argument& word : call.inner) words.push_back(word.text);
  const ClientDatabase client = database_of_client({variables_of(command.service(), {}), words});
  const Strings strings =
      client.client && client.kind == Database::kMysql ? Strings::kEscaped : Strings::kDoubled;
  // What the vocabulary takes for deleting and nobody understands here may be any of it.
  const bool deletes = call.effect == Effect::kDeletes && call.effect_name.starts_with("SQL ");
  if (!deletes && (!client.client || call.effect == Effect::kReads)) return "";
  if (names_what_is_scratch(client.name)) return "";
  for (const std::string& file : files_of_statements(command, commands)) {
    if (statements_in(command.text_of_file(file), strings) == Statements::kLose) {
      return "SQL in " + file;
    }
  }
  const Statements told = told_to_client(call, commands, strings);
  if (told != Statements::kLose && (told == Statements::kBounded || !deletes)) return "";
  return deletes ? call.effect_name : "SQL";
}

// A store of keys has something mounted that outlives its container.
bool keeps_its_keys(const Service& service) {
  return std::any_of(service.mounts.begin(), service.mounts.end(), [](const Mount& mount) {
    return !mount.source.empty() && may_hold_data(mount) && !detail::holds_no_data(mount);
  });
}

// `redis-cli -h cache FLUSHALL`
Loss lost_keys(const GuardedCommand& command, const std::vector<TextCommand>& commands) {
  static constexpr std::array<std::string_view, 3> kClients = {"keydb-cli", "redis-cli",
                                                               "valkey-cli"};
  const Project* project = command.call().target.project;
  const Service* service = command.service();
  bool client = false;
  std::string flush;
  for (const TextCommand& one : commands) {
    const std::string_view program = program_name(one);
    const bool is = std::find(kClients.begin(), kClients.end(), program) != kClients.end();
    client = client || is;
    for (std::size_t i = 1; i < one.words.size(); ++i) {
      const std::string word = lower_case(one.words[i].text);
      if (word == "flushall" || word == "flushdb") flush = word;
      if (!is || one.words[i - 1].text != "-h" || project == nullptr) continue;
      if (const Service* named = project->service(one.words[i].text)) service = named;
    }
  }
  if (!client || flush.empty() || service == nullptr || !keeps_its_keys(*service)) return {};
  return {"it throws away all that " + service->name + " keeps (" + flush + ")",
          Severity::kWarning};
}

}  // namespace

Loss lost_data(const GuardedCommand& command) {
  if (command.step == nullptr || !command.step->call) return {};
  const Step& step = *command.step;
  const ComposeInvocation& call = command.call();
  const bool task = call.is("run") || call.is("exec");
  if (!task && !call.is("cp")) return {};
  const std::vector<TextCommand> commands = commands_in(call);
  const Loss files = lost_files(command, commands);
  if (!files.what.empty() && files.severity == Severity::kError) return files;
  if (!task) return {};
  std::string by = lost_by_sql(command, commands);
  const bool sql = step.effect_name.starts_with("SQL ");
  if (by.empty() && !sql && destroys_data(step)) by = step.effect_name;
  if (!by.empty()) return {"it throws data away (" + by + ")"};
  return files.what.empty() ? lost_keys(command, commands) : files;
}

}  // namespace composelint::guard
