#include "guard/lost_data.h"

#include <composelint/lower_case.h>
#include <composelint/script_text.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/calls/task.h"
#include "analyzer/signs/data/data_loss.h"
#include "guard/database_name.h"
#include "guard/inner_work.h"
#include "guard/lost_files.h"
#include "guard/lost_statements.h"
#include "guard/lost_stores.h"
#include "guard/sqlite_file.h"
#include "guard/told_statements.h"

namespace composelint::guard {

namespace {

std::vector<ClientDatabase> clients_of(const GuardedCommand& command) {
  std::vector<std::string> words;
  for (const Argument& word : command.call().inner) words.push_back(word.text);
  return databases_of_clients({variables_of(command.service(), {}), words});
}

Loss not_read(const std::string& what) {
  return {"it may throw data away (" + what + " cannot be read to its end)", Severity::kWarning};
}

// `attach '/data/app.db'`, `.open /data/app.db`, `\c app`, `use app`, `drop database app`: the
// statements are not only about the database that the client is given.
bool turns_elsewhere(std::string_view text) {
  static constexpr std::array<std::string_view, 6> kTurns = {"attach",    ".open",    "\\c",
                                                             "\\connect", "database", "use"};
  const std::string low = lower_case(text);
  const auto in_name = [&](std::size_t at) {
    return at < low.size() && (std::isalnum(static_cast<unsigned char>(low[at])) != 0 ||
                               low[at] == '_' || low[at] == '-');
  };
  return std::any_of(kTurns.begin(), kTurns.end(), [&](std::string_view turn) {
    for (std::size_t at = low.find(turn); at != std::string::npos; at = low.find(turn, at + 1)) {
      if ((at == 0 || !in_name(at - 1)) && !in_name(at + turn.size())) return true;
    }
    return false;
  });
}

// All databases that are asked are such that nobody keeps.
bool asks_scratch(const std::vector<ClientDatabase>& clients,
                  const std::vector<TextCommand>& commands) {
  std::size_t files = 0;
  std::size_t asking = 0;
  for (const TextCommand& command : commands) {
    for (const TextWord& word : command.words) {
      if (turns_elsewhere(word.text)) return false;
    }
    if (!is_client_of_sql(command) || is_of_document(command)) continue;
    ++asking;
    if (!is_client_of_sqlite(program_name(command))) continue;
    if (!is_scratch_file(file_of_client(command))) return false;
    ++files;
  }
  const bool named = std::all_of(clients.begin(), clients.end(), [](const ClientDatabase& client) {
    return names_what_is_scratch(client.name);
  });
  return named && (files > 0 || !clients.empty()) && files + clients.size() >= asking;
}

// Whole tables or databases.
Loss lost_by_sql(const GuardedCommand& command, const std::vector<TextCommand>& commands) {
  const ComposeInvocation& call = command.call();
  const auto thrown_away = [](std::string_view by) {
    return Loss{"it throws data away (" + std::string(by) + ")"};
  };
  const std::vector<ClientDatabase> clients = clients_of(command);
  const bool asks =
      !clients.empty() || std::any_of(commands.begin(), commands.end(), is_client_of_sql);
  const Strings strings = !clients.empty() && clients.front().kind == Database::kMysql
                              ? Strings::kEscaped
                              : Strings::kDoubled;
  // What the vocabulary takes for deleting and nobody understands here may be any of it.
  const bool deletes = call.effect == Effect::kDeletes && call.effect_name.starts_with("SQL ");
  if (asks_scratch(clients, commands)) return {};
  if (std::any_of(commands.begin(), commands.end(), sqlite_is_replaced)) {
    return thrown_away(".restore of SQLite");
  }
  if (program_loses(commands)) return thrown_away("what the program says");
  if (asks && writes_losing_statements(commands)) return thrown_away("SQL that it writes itself");
  const bool only_looks = call.effect == Effect::kReads && commands.size() == 1;
  if (!deletes && (!asks || only_looks)) return {};
  const ToldFiles files = told_by_files(command, commands, strings);
  if (!files.losing.empty()) return thrown_away("SQL in " + files.losing);
  const Statements told = told_in_words(call, commands, strings);
  if (told == Statements::kLose || (deletes && told != Statements::kBounded)) {
    return thrown_away(deletes ? std::string_view(call.effect_name) : "SQL");
  }
  return files.unread.empty() ? Loss{} : not_read(files.unread);
}

// A database whose data no volume with a name holds: `down` leaves it where nobody finds it again,
// with `-v` it is gone.
Loss lost_with_containers(const GuardedCommand& command) {
  const bool gone = command.call().has("--volumes");
  return {command.starts_change, gone ? Severity::kError : Severity::kWarning};
}

// The step is this command and nothing else.
bool is_whole_step(const TextCommand& command, const ComposeInvocation& call) {
  return std::equal(
      command.words.begin(), command.words.end(), call.inner.begin(), call.inner.end(),
      [](const TextWord& word, const Argument& inner) { return word.text == inner.text; });
}

// A command of an inner text, which the walk has not come to: `echo 'dropdb app' | sh`.
Loss destroyed_within(const GuardedCommand& command, const std::vector<TextCommand>& commands) {
  constexpr std::size_t kMost = 256;
  std::set<std::string> judged;
  for (const TextCommand& each : commands) {
    if (commands.size() == 1 && is_whole_step(each, command.call())) break;
    std::string words;
    for (const TextWord& word : each.words) words += word.text + (word.known ? '\n' : '\0');
    if (!judged.insert(std::move(words)).second) continue;
    if (judged.size() > kMost) return not_read("the text that it runs");
    Step part = *command.step;
    part.call->inner = arguments_of(each);
    calls::judge(*part.call);
    part.effect = part.call->effect;
    part.role = part.call->role;
    part.effect_name = part.call->effect_name;
    if (!part.effect_name.starts_with("SQL ") && destroys_data(part)) {
      return {"it throws data away (" + std::string(part.effect_name) + ")"};
    }
  }
  return {};
}

}  // namespace

Loss lost_data(const GuardedCommand& command) {
  if (command.step == nullptr || !command.step->call) return {};
  const Step& step = *command.step;
  const ComposeInvocation& call = command.call();
  const bool task = call.is("run") || call.is("exec");
  if (call.is("down") || call.is("rm")) return lost_with_containers(command);
  if (!task && !call.is("cp")) return {};
  bool cut = false;
  std::vector<TextCommand> commands = commands_in(call, &cut);
  const Loss files = lost_files(command, commands);
  if (!files.what.empty() && files.severity == Severity::kError) return files;
  if (!task) return {};
  std::vector<TextCommand> told = told_to_clients(commands);
  std::move(told.begin(), told.end(), std::back_inserter(commands));
  Loss by_sql = lost_by_sql(command, commands);
  const bool sql = step.effect_name.starts_with("SQL ");
  if (by_sql.what.empty() && !sql && destroys_data(step)) {
    return {"it throws data away (" + step.effect_name + ")"};
  }
  if (!by_sql.what.empty()) return by_sql;
  Loss within = destroyed_within(command, commands);
  if (!within.what.empty()) return within;
  if (!files.what.empty()) return files;
  Loss stores = lost_stores(command, commands);
  return stores.what.empty() && cut ? not_read("the text that it runs") : stores;
}

Loss lost_by_unread(const GuardedCommand& command) {
  const Stream& in = command.step->in;
  const std::vector<TextCommand> commands = commands_in(command.call());
  // A client's file of statements has been read as a file.
  const bool by_file = in.kind == StreamKind::kFile && !in.target.text.empty() &&
                       std::any_of(commands.begin(), commands.end(), is_client_of_sql);
  if (by_file || asks_scratch(clients_of(command), commands)) return {};
  return not_read("what it is fed");
}

}  // namespace composelint::guard
