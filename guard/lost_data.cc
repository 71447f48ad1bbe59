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
#include "guard/told_statements.h"

namespace composelint::guard {

namespace {

// Whole tables or databases.
Loss lost_by_sql(const GuardedCommand& command, const std::vector<TextCommand>& commands) {
  const ComposeInvocation& call = command.call();
  const auto thrown_away = [](std::string_view by) {
    return Loss{"it throws data away (" + std::string(by) + ")"};
  };
  std::vector<std::string> words;
  for (const Argument& word : call.inner) words.push_back(word.text);
  const ClientDatabase client = database_of_client({variables_of(command.service(), {}), words});
  const bool asks = client.client || std::any_of(commands.begin(), commands.end(), is_inner_client);
  const Strings strings =
      client.client && client.kind == Database::kMysql ? Strings::kEscaped : Strings::kDoubled;
  // What the vocabulary takes for deleting and nobody understands here may be any of it.
  const bool deletes = call.effect == Effect::kDeletes && call.effect_name.starts_with("SQL ");
  if (names_what_is_scratch(client.name)) return {};
  if (program_loses(commands)) return thrown_away("SQL");
  if (!deletes && (!asks || call.effect == Effect::kReads)) return {};
  const ToldFiles files = told_by_files(command, commands, strings);
  if (!files.losing.empty()) return thrown_away("SQL in " + files.losing);
  const Statements told = told_in_words(call, commands, strings);
  if (told == Statements::kLose || (deletes && told != Statements::kBounded)) {
    return thrown_away(deletes ? std::string_view(call.effect_name) : "SQL");
  }
  if (files.unread.empty()) return {};
  return {"it may throw data away (" + files.unread + " cannot be read to its end)",
          Severity::kWarning};
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
  Loss by_sql = lost_by_sql(command, commands);
  const bool sql = step.effect_name.starts_with("SQL ");
  if (by_sql.what.empty() && !sql && destroys_data(step)) {
    return {"it throws data away (" + step.effect_name + ")"};
  }
  if (!by_sql.what.empty()) return by_sql;
  return files.what.empty() ? lost_keys(command, commands) : files;
}

}  // namespace composelint::guard
