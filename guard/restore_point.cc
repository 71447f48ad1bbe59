#include "guard/restore_point.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/calls/task.h"
#include "analyzer/signs/data/data_directory.h"
#include "analyzer/signs/data/databases.h"
#include "analyzer/text/path.h"
#include "guard/database_name.h"
#include "guard/kept_data.h"
#include "guard/partial_dump.h"
#include "guard/time_text.h"

namespace composelint::guard {

namespace {

// The call of a run as its words tell it.
struct Split {
  std::vector<std::string> options;  // between the verb and the service
  std::vector<std::string> task;
};

Split split(const std::vector<std::string>& argv, const std::string& verb,
            const std::string& service) {
  Split out;
  const auto at = std::find(argv.begin(), argv.end(), verb);
  if (verb.empty() || at == argv.end()) return out;
  const auto named = std::find(at + 1, argv.end(), service);
  if (named == argv.end()) return out;
  out.options.assign(at + 1, named);
  out.task.assign(named + 1, argv.end());
  return out;
}

// What packs files, whatever is in them.
bool is_archive(std::string_view effect_name) {
  static constexpr std::array<std::string_view, 8> kArchives = {
      "tar",         "archive",        "restic backup",     "borg create",
      "file backup", "kopia snapshot", "rsync to a backup", "copy to a backup"};
  return std::find(kArchives.begin(), kArchives.end(), effect_name) != kArchives.end();
}

bool lies_in(std::string_view path, std::string_view directory) {
  return path == directory || directory == "/" ||
         (path.starts_with(directory) && path[directory.size()] == '/');
}

// Where images keep what they keep, also when nothing is mounted there.
bool is_data_directory(std::string_view path) {
  const std::vector<std::string_view> all = data_directories();
  return std::any_of(all.begin(), all.end(), [&](std::string_view place) {
    return lies_in(place, path) || path == std::string(place) + "/data" ||
           (lies_in(path, place) && text::name_of(path) == "data");
  });
}

// The paths that the archiving command names; relative ones from `-C` or the working directory.
std::vector<std::string> packed(const Split& call, bool copies) {
  std::string base;
  for (std::size_t i = 0; i + 1 < call.options.size(); ++i) {
    if (call.options[i] == "-w" || call.options[i] == "--workdir") base = call.options[i + 1];
  }
  std::vector<std::string> out;
  for (const std::vector<std::string>& command : commands_of(call.task)) {
    std::vector<std::string> here;
    std::string from = base;
    for (std::size_t i = 0; i < command.size(); ++i) {
      const std::string& word = command[i];
      if ((word == "-C" || word == "--directory") && i + 1 < command.size()) {
        from = command[++i];
      } else if (word.starts_with("--directory=")) {
        from = word.substr(12);
      } else if (word.starts_with("-C/")) {
        from = word.substr(2);
      } else if (i > 0 && command[i - 1] == "cd") {
        base = word;  // of the commands behind it
      } else if (word.starts_with('-') || word.find(' ') != std::string::npos) {
        continue;
      } else if (word.starts_with('/')) {
        here.push_back(without_slash(word));
      } else if (!from.empty() && i > 0) {
        here.push_back(without_slash(word == "." ? from : from + "/" + word));
      }
    }
    if (copies && !here.empty()) here.pop_back();
    out.insert(out.end(), here.begin(), here.end());
  }
  return out;
}

// What the service has mounted, and `-v SOURCE:TARGET` of the call.
std::vector<Mount> mounts_of(const Service* service, const std::vector<std::string>& options) {
  std::vector<Mount> out;
  if (service != nullptr) out = service->mounts;
  for (std::size_t i = 0; i + 1 < options.size(); ++i) {
    if (options[i] != "-v" && options[i] != "--volume") continue;
    const std::string& both = options[i + 1];
    const std::size_t colon = both.find(':');
    if (colon == std::string::npos) continue;
    Mount mount;
    mount.source = both.substr(0, colon);
    mount.target = both.substr(colon + 1, both.find(':', colon + 1) - colon - 1);
    out.push_back(std::move(mount));
  }
  out.erase(std::remove_if(out.begin(), out.end(),
                           [](const Mount& mount) { return !may_hold_data(mount); }),
            out.end());
  return out;
}

bool archive_holds_data(const StackView& view, const JournalRun& dump, const Split& call) {
  const std::string& emptied = view.facts.command.loss.source;
  const Service* holder = view.project->service(dump.service);
  const Service* changed = view.project->service(view.service);
  const Service* database = changed == nullptr ? nullptr : database_of(*changed, *view.project);
  const bool elsewhere = database != nullptr && database->name != dump.service;
  const bool copies = dump.effect_name.find(" to a backup") != std::string::npos;
  const std::vector<Mount> mounts = mounts_of(holder, call.options);
  for (const std::string& path : packed(call, copies)) {
    if (!elsewhere && emptied.empty() && is_data_directory(path)) return true;
    for (const Mount& mount : mounts) {
      const std::string target = without_slash(mount.target);
      const bool inner = lies_in(path, target) &&
                         (text::name_of(path) == "data" || text::name_of(path) == "pgdata");
      if (!lies_in(target, path) && !inner) continue;
      if (!emptied.empty()) {
        if (mount.source == emptied) return true;
        continue;
      }
      if (!elsewhere) return true;
      // What another service has is the database's where it mounts the same.
      if (std::any_of(database->mounts.begin(), database->mounts.end(), [&](const Mount& one) {
            return !one.source.empty() && one.source == mount.source;
          })) {
        return true;
      }
    }
  }
  return false;
}

// What a client is told to change beside the database that it is connected to: another one, or what
// all of them have in common. Empty: nothing that is seen.
std::string changed_beside(const std::vector<std::string>& task, const std::string& dumped) {
  static constexpr std::array<std::string_view, 12> kOfAll = {
      "drop role",    "drop user",   "alter role",      "alter user",
      "drop owned",   "revoke ",     "drop tablespace", "alter system",
      "reset master", "reset slave", "set global ",     "purge binary"};
  static constexpr std::array<std::string_view, 7> kAnother = {"\\connect ",
                                                               "\\c ",
                                                               "drop database ",
                                                               "drop schema ",
                                                               "alter database ",
                                                               "use ",
                                                               "create or replace database "};
  for (const std::string& word : task) {
    std::string low = word;
    std::transform(low.begin(), low.end(), low.begin(), [](unsigned char c) {
      return c == '\n' || c == '\t' ? ' ' : static_cast<char>(std::tolower(c));
    });
    if (low.find(' ') == std::string::npos) continue;
    for (const std::string_view each : kOfAll) {
      if (low.find(each) != std::string::npos) return "what all databases have in common";
    }
    for (const std::string_view each : kAnother) {
      for (std::size_t at = low.find(each); at != std::string::npos; at = low.find(each, at + 1)) {
        if (at > 0 && std::isalnum(static_cast<unsigned char>(low[at - 1])) != 0) continue;
        std::string_view rest = std::string_view(low).substr(at + each.size());
        if (rest.starts_with("if exists ")) rest.remove_prefix(10);
        while (!rest.empty() && std::string_view(" \"`'").find(rest.front()) != rest.npos) {
          rest.remove_prefix(1);
        }
        const std::string_view name = rest.substr(0, rest.find_first_of(" ;\"`'"));
        std::string wanted = dumped;
        std::transform(wanted.begin(), wanted.end(), wanted.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        // `drop schema public` is of this one, and of MySQL another name for a database.
        const bool schema = each.starts_with("drop schema");
        if (!name.empty() && name != wanted && !schema) return "the database " + std::string(name);
      }
    }
  }
  return {};
}

}  // namespace

std::string deleted_beside(const StackView& view, std::span<const std::string> dumped) {
  if (view.project == nullptr) return {};
  std::string of;
  for (const std::string& name : dumped) of += (of.empty() ? "" : ", ") + name;
  const auto kept = [&](const std::string& source) {
    return std::any_of(dumped.begin(), dumped.end(), [&](const std::string& name) {
      const Service* service = view.project->service(name);
      return service != nullptr &&
             std::any_of(service->mounts.begin(), service->mounts.end(),
                         [&](const Mount& one) { return one.source == source; });
    });
  };
  const std::string& emptied = view.facts.command.loss.source;
  if (!emptied.empty() && !kept(emptied)) {
    return "it is of " + of + ", while the command deletes what is in " + emptied;
  }
  if (!view.call.is("down") || !view.call.has("--volumes")) return {};
  for (const Service& service : view.project->services) {
    for (const Mount& mount : service.mounts) {
      if (mount.type != "volume" || mount.source.empty() || !may_hold_data(mount)) continue;
      if (kept(mount.source)) continue;
      return "it is of " + of + ", while the command deletes the volume " + mount.source + " of " +
             service.name;
    }
  }
  return {};
}

std::string made_since(const StackView& view, const std::string& service, std::int64_t time) {
  if (view.project == nullptr) return {};
  const bool all = service.empty() && view.service.empty();
  const Service* one = view.project->service(service.empty() ? view.service : service);
  const Service* database = one == nullptr ? nullptr : database_of(*one, *view.project);
  if (service.empty() && database != nullptr) one = database;
  // Two machines may differ by a little.
  constexpr std::int64_t kSkew = 60'000'000'000;
  const bool local = view.snapshot.engine.endpoint.starts_with("unix://");
  const auto is_younger = [&](const Mount& mount, const Volume& volume) {
    const auto made = view.snapshot.volumes.find(volume.name);
    return volume.key == mount.source && made != view.snapshot.volumes.end() &&
           made->second > time + (local ? 0 : kSkew);
  };
  for (const Service& each : view.project->services) {
    if (!all && &each != one) continue;
    for (const Mount& mount : each.mounts) {
      if (mount.type != "volume" || !may_hold_data(mount) || holds_no_data(mount)) continue;
      for (const Volume& volume : view.project->volumes) {
        // `down -v` leaves it alone.
        if (view.call.is("down") && volume.external) continue;
        if (!is_younger(mount, volume)) continue;
        return "it is older than the volume " + volume.name + " of " + each.name +
               ", which was made at " + time_text(view.snapshot.volumes.at(volume.name));
      }
    }
  }
  return {};
}

std::string no_restore_point(const StackView& view, const JournalRun& dump) {
  if (view.project == nullptr) return {};
  const Split call = split(dump.argv, dump.verb, dump.service);
  if (call.task.empty()) return {};
  // What an archive holds its own words tell.
  const bool archive = is_archive(dump.effect_name);
  if (!archive || view.facts.command.loss.source.empty()) {
    std::string more = deleted_beside(view, std::span(&dump.service, 1));
    if (!more.empty()) return more;
  }
  if (archive) {
    return archive_holds_data(view, dump, call)
               ? std::string()
               : "it holds no data directory or volume that the command changes";
  }
  const auto commands = commands_of(call.task);
  if (const std::string part = left_out_by(commands); !part.empty()) {
    return "it is a part only: " + part;
  }
  const TaskWords dumped{variables_of(view.project->service(dump.service), call.options),
                         call.task};
  const ClientDatabase of_dump = database_of_client(dumped);
  const bool of_database = of_dump.client || dump.effect_name.starts_with("pg_dump");
  if (of_database && (view.call.is("exec") || view.call.is("run")) &&
      calls::removes_files(view.call.effect, view.call.effect_name)) {
    return "it is of a database, while the command deletes files";
  }
  if (!of_dump.client) return {};
  const std::vector<std::string> several = databases_named(commands);
  if (of_dump.name.empty() && several.empty()) return {};

  const Split task = split(view.facts.command.argv, view.call.verb, view.service);
  const TaskWords changing{variables_of(view.project->service(view.service), task.options),
                           task.task};
  if (several.empty()) {
    const std::string more = changed_beside(task.task, of_dump.name);
    if (!more.empty()) {
      return "it is of the database " + of_dump.name + ", while the command changes " + more;
    }
  }
  ClientDatabase of_task = database_of_client(changing);
  if (of_task.name.empty() || of_task.kind != of_dump.kind) {
    of_task.name = database_of_variables(changing, of_dump.kind);
  }
  if (of_task.name.empty() || of_task.name == of_dump.name) return {};
  if (!several.empty()) {
    if (std::find(several.begin(), several.end(), of_task.name) != several.end()) return {};
    return "it is of the database " + several.front() + ", while the command changes " +
           of_task.name;
  }
  return "it is of the database " + of_dump.name + ", while the command changes " + of_task.name;
}

}  // namespace composelint::guard
