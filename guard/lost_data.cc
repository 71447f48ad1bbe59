#include "guard/lost_data.h"

#include <composelint/script_text.h>

#include <algorithm>
#include <string>
#include <string_view>
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

ClientDatabase client_of(const GuardedCommand& command) {
  std::vector<std::string> words;
  for (const Argument& word : command.call().inner) words.push_back(word.text);
  return database_of_client({variables_of(command.service(), {}), words});
}

Loss not_read(const std::string& what) {
  return {"it may throw data away (" + what + " cannot be read to its end)", Severity::kWarning};
}

// All databases that are asked are files that nobody keeps.
bool asks_scratch_files(const std::vector<TextCommand>& commands) {
  bool any = false;
  for (const TextCommand& command : commands) {
    if (!is_client_of_sql(command)) continue;
    any = is_client_of_sqlite(program_name(command)) && is_scratch_file(file_of_client(command));
    if (!any) return false;
  }
  return any;
}

// Whole tables or databases.
Loss lost_by_sql(const GuardedCommand& command, const std::vector<TextCommand>& commands) {
  const ComposeInvocation& call = command.call();
  const auto thrown_away = [](std::string_view by) {
    return Loss{"it throws data away (" + std::string(by) + ")"};
  };
  const ClientDatabase client = client_of(command);
  const bool asks =
      client.client || std::any_of(commands.begin(), commands.end(), is_client_of_sql);
  const Strings strings =
      client.client && client.kind == Database::kMysql ? Strings::kEscaped : Strings::kDoubled;
  // What the vocabulary takes for deleting and nobody understands here may be any of it.
  const bool deletes = call.effect == Effect::kDeletes && call.effect_name.starts_with("SQL ");
  if (names_what_is_scratch(client.name) || asks_scratch_files(commands)) return {};
  if (program_loses(commands)) return thrown_away("what the program says");
  if (asks && writes_losing_statements(commands)) return thrown_away("SQL that it writes itself");
  if (!deletes && (!asks || call.effect == Effect::kReads)) return {};
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

// A command of an inner text, which the walk has not come to: `echo 'dropdb app' | sh`.
std::string destroyed_within(const GuardedCommand& command,
                             const std::vector<TextCommand>& commands) {
  constexpr std::size_t kMost = 256;
  for (std::size_t i = 0; commands.size() > 1 && i < std::min(commands.size(), kMost); ++i) {
    Step part = *command.step;
    part.call->inner = arguments_of(commands[i]);
    calls::judge(*part.call);
    part.effect = part.call->effect;
    part.role = part.call->role;
    part.effect_name = part.call->effect_name;
    if (!part.effect_name.starts_with("SQL ") && destroys_data(part))
      return std::string(part.effect_name);
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
  const std::vector<TextCommand> commands = commands_in(call);
  const Loss files = lost_files(command, commands);
  if (!files.what.empty() && files.severity == Severity::kError) return files;
  if (!task) return {};
  Loss by_sql = lost_by_sql(command, commands);
  const bool sql = step.effect_name.starts_with("SQL ");
  if (by_sql.what.empty() && !sql && destroys_data(step)) {
    return {"it throws data away (" + step.effect_name + ")"};
  }
  if (!by_sql.what.empty()) return by_sql;
  const std::string within = destroyed_within(command, commands);
  if (!within.empty()) return {"it throws data away (" + within + ")"};
  return files.what.empty() ? lost_stores(command, commands) : files;
}

Loss lost_by_unread(const GuardedCommand& command) {
  const Stream& in = command.step->in;
  const std::vector<TextCommand> commands = commands_in(command.call());
  // A client's file of statements has been read as a file.
  const bool by_file = in.kind == StreamKind::kFile && !in.target.text.empty() &&
                       std::any_of(commands.begin(), commands.end(), is_client_of_sql);
  if (by_file || names_what_is_scratch(client_of(command).name)) return {};
  return not_read("what it is fed");
}

}  // namespace composelint::guard
