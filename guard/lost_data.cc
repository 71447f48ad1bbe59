#include "guard/lost_data.h"

#include <composelint/script_text.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/data_loss.h"
#include "guard/database_name.h"
#include "guard/inner_work.h"
#include "guard/lost_files.h"
#include "guard/lost_statements.h"
#include "guard/lost_stores.h"
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

// Whole tables or databases.
Loss lost_by_sql(const GuardedCommand& command, const std::vector<TextCommand>& commands) {
  const ComposeInvocation& call = command.call();
  const auto thrown_away = [](std::string_view by) {
    return Loss{"it throws data away (" + std::string(by) + ")"};
  };
  const ClientDatabase client = client_of(command);
  const bool asks = client.client || std::any_of(commands.begin(), commands.end(), is_inner_client);
  const Strings strings =
      client.client && client.kind == Database::kMysql ? Strings::kEscaped : Strings::kDoubled;
  // What the vocabulary takes for deleting and nobody understands here may be any of it.
  const bool deletes = call.effect == Effect::kDeletes && call.effect_name.starts_with("SQL ");
  if (names_what_is_scratch(client.name)) return {};
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
  Loss by_sql = lost_by_sql(command, commands);
  const bool sql = step.effect_name.starts_with("SQL ");
  if (by_sql.what.empty() && !sql && destroys_data(step)) {
    return {"it throws data away (" + step.effect_name + ")"};
  }
  if (!by_sql.what.empty()) return by_sql;
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
