#include "analyzer/signs/data/data_task.h"

#include <composelint/path_name.h>
#include <composelint/service_role.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/steps/streams.h"

namespace composelint {

const Service* service_of(const Step& step) {
  if (!step.call || step.call->target.project == nullptr) return nullptr;
  const Argument* name = step.call->service();
  return name == nullptr ? nullptr : step.call->target.project->service(name->text);
}

bool only_says(const Step& step) {
  return step.launcher == Launcher::kNone && step.pipeline == 0 && !step.argv.empty() &&
         (step.argv.front().is("echo") || step.argv.front().is("printf")) &&
         step.out.kind == StreamKind::kInherited;
}

std::string task_words(const Step& step) {
  if (only_says(step)) return {};
  const bool inside = step.call && !step.call->inner.empty();
  std::string out;
  for (const Argument& word : inside ? step.call->inner : step.argv) {
    if (!out.empty()) out += ' ';
    for (const char c : word.text) {
      const bool blank = c == '\n' || c == '\t';
      out += blank ? ' ' : (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    }
  }
  return out;
}

bool is_pattern_of_dumps(std::string_view path) {
  static constexpr std::array<std::string_view, 9> kEnds = {".bak", ".bz2", ".dump", ".gz", ".log",
                                                            ".sql", ".tar", ".tgz",  ".zip"};
  return path.find('*') != path.npos &&
         std::any_of(kEnds.begin(), kEnds.end(),
                     [&](std::string_view end) { return path.ends_with(end); });
}

bool acts_in_database(const Step& step) {
  static constexpr std::array<std::string_view, 14> kClients = {
      "psql",         "mysql",       "mariadb",    "mongo",   "mongosh",
      "mongorestore", "mongoimport", "cqlsh",      "sqlite3", "clickhouse-client",
      "redis-cli",    "sqlcmd",      "pg_restore", "influx"};
  const bool inside = step.call && !step.call->inner.empty();
  const auto& words = inside ? step.call->inner : step.argv;
  for (const Argument& word : words) {
    const std::string_view text = word.text;
    const std::string_view name = file_name(text);
    if (word.known() && std::find(kClients.begin(), kClients.end(), name) != kClients.end()) {
      return true;
    }
  }
  if (const Service* service = service_of(step)) {
    const ServiceRole role = role_of(*service);
    return role == ServiceRole::kDatabase || (role == ServiceRole::kCache && !service->build);
  }
  return false;
}

bool says_scratch(std::string_view text) {
  static constexpr std::array<std::string_view, 9> kScratch = {
      "test", "tests", "testing", "testdb", "tmp", "temp", "scratch", "verify", "shadow"};
  if (text.find("restore_check") != std::string_view::npos) return true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" _-./=:;'\"\n", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    // Not the /tmp in which a dump lies.
    const bool folder = at > 0 && text[at - 1] == '/' && end < text.size() && text[end] == '/';
    const bool option = at > 1 && text[at - 1] == '-' && text.substr(0, at).ends_with("--no-");
    if (!folder && !option && std::find(kScratch.begin(), kScratch.end(), word) != kScratch.end())
      return true;
    at = end + 1;
  }
  return false;
}

bool names_scratch(const Step& step) {
  const Argument* service = step.call ? step.call->service() : nullptr;
  return says_scratch(task_words(step) + " " + (service != nullptr ? service->text : ""));
}

bool asks_itself(const Step& step) {
  struct Tool {
    std::string_view program;
    std::string_view answered;
    std::string_view in_short;
  };
  static constexpr std::array<Tool, 8> kTools = {{{"artisan ", "--force", "--force"},
                                                  {"prisma ", "--force", " -f"},
                                                  {"drush ", "--yes", " -y"},
                                                  {"wp ", "--yes", "--yes"},
                                                  {"bench ", "--yes", "--force"},
                                                  {"gitlab-backup", "force=yes", "force=yes"},
                                                  {"gitlab:backup", "force=yes", "force=yes"},
                                                  {"manage.py flush", "--noinput", "--no-input"}}};
  if (is_fed(step)) return false;                         // yes | …
  if (step.effect_name == "Bench restore") return false;  // it asks before a downgrade alone
  const std::string words = task_words(step);
  return std::any_of(kTools.begin(), kTools.end(), [&](const Tool& tool) {
    return words.find(tool.program) != std::string::npos &&
           words.find(tool.answered) == std::string::npos &&
           words.find(tool.in_short) == std::string::npos;
  });
}

}  // namespace composelint
