#include "analyzer/evidence/other_data.h"

#include <composelint/path_name.h>
#include <composelint/script_text.h>
#include <composelint/service_role.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/copied_volume.h"
#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/database_client.h"
#include "analyzer/signs/data/database_directory.h"
#include "analyzer/signs/data/database_use.h"
#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/dumps/dump_file.h"
#include "analyzer/signs/dumps/dump_tool.h"
#include "analyzer/signs/dumps/restore_name.h"
#include "analyzer/signs/stacks/mounts.h"
#include "analyzer/signs/stacks/run_mount.h"
#include "analyzer/signs/steps/entered.h"
#include "analyzer/signs/steps/redirected_inside.h"
#include "analyzer/signs/words/fed_text.h"
#include "analyzer/signs/words/mention.h"
#include "analyzer/signs/words/packed_words.h"
#include "analyzer/signs/words/wording.h"
#include "analyzer/text/path.h"

namespace composelint::evidence {

namespace {

// The stacks that the task may be about.
std::vector<const Project*> projects_of(const Timeline& timeline, const Step& task) {
  std::vector<const Project*> projects;
  const auto add = [&](const Project* project) {
    if (project != nullptr) projects.push_back(project);
  };
  if (task.call) {
    projects = task.call->target.others;
    add(task.call->target.project);
    add(task.call->target.likely);
  } else {
    add(works_in(timeline, task).project);
  }
  return projects;
}

// Has databases, and says of each where all of its files are.
bool tells_of_its_data(const Project& project) {
  bool database = false;
  for (const Service& service : project.services) {
    if (role_of(service) != ServiceRole::kDatabase) continue;
    database = true;
    if (service.volumes_from) return false;
    for (const Mount& mount : service.mounts) {
      if (!mount.known) return false;
    }
  }
  return database;
}

template <typename Wanted>
bool has_mount_of_data(const Project& project, Wanted wanted) {
  return std::any_of(project.services.begin(), project.services.end(), [&](const Service& service) {
    return role_of(service) == ServiceRole::kDatabase &&
           std::any_of(service.mounts.begin(), service.mounts.end(), wanted);
  });
}

// The container of `service` has none of what a database mounts.
bool is_apart(const Project& project, const Service& service) {
  if (role_of(service) == ServiceRole::kDatabase || service.volumes_from) return false;
  return std::all_of(service.mounts.begin(), service.mounts.end(), [&](const Mount& mount) {
    return mount.known && !has_mount_of_data(project, [&](const Mount& data) {
             return data.type == mount.type && data.source == mount.source;
           });
  });
}

// `src/`, `./compose.prod.yml`: a path below the directory that the script runs in.
bool is_beside_the_data(const Project& project, const Argument& path, const Step& step) {
  const std::string_view text = path.text;
  const bool below = text.starts_with("./") && text.size() > 2 && text[2] != '*';
  const bool open = !path.known() || text.empty() || text.find_first_of("/~.*") == 0;
  if ((open && !below) || names_dump(text)) return false;
  const std::string plain = plain_path(path.text);
  return !holds_a_database(project, plain) &&
         !holds_a_database(project, text::join_path(step.directory.value_or(""), plain));
}

// `docker run -v uploads:/data … tar`: volumes by their names, and no database has one of these.
bool mounts_other_volumes(const Project& project, const DockerInvocation& run) {
  bool volumes = false;
  if (run.opaque_options || run.has("--volumes-from") || run.has("--mount")) return false;
  if (has_mount_of_data(project, [](const Mount& data) { return data.type == "bind"; })) {
    return false;
  }
  for (const OptionUse& use : run.options) {
    if (use.name != "--volume" || !use.value) continue;
    const auto mount = run_mount(*use.value);
    if (!mount) return false;
    const bool path = mount->source.find_first_of("/~.") != std::string::npos;
    if (path && !lies_below(mount->source, "/var/lib/docker")) continue;
    const bool here =
        mount->source.empty() && use.value->holes.size() == 1 &&
        (use.value->holes.front().name == "PWD" || use.value->holes.front().name == "$(pwd)");
    if (here) continue;
    if (!use.value->known()) return false;
    volumes = true;
    // `shop_data` of the volume `data`
    if (has_mount_of_data(project, [&](const Mount& data) {
          return data.source.empty() || mount->source.find(data.source) != std::string::npos;
        })) {
      return false;
    }
  }
  return volumes;
}

// The container that the copy comes out of, or is made in; null where that is not known.
const Service* packed_in(const Timeline& timeline, const Step& copy, const Project& project) {
  const bool cp =
      (copy.call && copy.call->is("cp")) || (copy.docker && copy.docker->is("container cp"));
  if (cp) {
    const std::vector<Argument>& words = copy.call ? copy.call->operands : copy.docker->operands;
    if (words.empty()) return nullptr;
    const std::size_t colon = words.front().text.find(':');
    const bool known = colon != std::string::npos &&
                       (words.front().holes.empty() || words.front().holes.front().at > colon);
    if (!known) return nullptr;
    const std::string name = words.front().text.substr(0, colon);
    return copy.call ? project.service(name) : named_in(project, name);
  }
  const bool mounts = copy.call && copy.call->has("--volume");
  const Entered entered = works_in(timeline, copy);
  return entered.project == &project && !mounts ? entered.service : nullptr;
}

// The database that the task works on; null where that is not sure.
const Service* database_behind(const Timeline& timeline, const Step& task) {
  const auto [project, user] = works_in(timeline, task);
  if (project == nullptr || user == nullptr) return nullptr;
  if (role_of(*user) == ServiceRole::kDatabase) return user;
  return database_of(*user, *project);
}

bool names_a_host(const Step& step) {
  const std::vector<Argument>& words = step.call     ? step.call->inner
                                       : step.docker ? step.docker->inner
                                                     : step.argv;
  return asks_a_host(words);
}

}  // namespace

bool keeps_other_files(const Timeline& timeline, const Step& copy, const Step& task) {
  if (copy.role != Role::kFileBackup) return false;
  const std::vector<const Project*> projects = projects_of(timeline, task);
  const std::string_view program = program_name(copy);
  const bool copies = program == "cp" || program == "rsync";
  const std::vector<const Argument*> sources = copies ? copied_words(copy) : packed_words(copy);
  return !projects.empty() &&
         std::all_of(projects.begin(), projects.end(), [&](const Project* project) {
           if (!tells_of_its_data(*project)) return false;
           if (copy.launcher == Launcher::kNone) {
             return !sources.empty() &&
                    std::all_of(sources.begin(), sources.end(), [&](const Argument* source) {
                      return is_beside_the_data(*project, *source, copy);
                    });
           }
           if (copy.docker && copy.docker->is("container run")) {
             return runs_a_copier(copy) && mounts_other_volumes(*project, *copy.docker);
           }
           const Service* service = packed_in(timeline, copy, *project);
           return service != nullptr && is_apart(*project, *service);
         });
}

bool dumps_another_database(const Timeline& timeline, const Step& dump, const Step& task) {
  // A dump of one server that is loaded into another: an upgrade, say.
  if (task.effect != Effect::kMigrates) return false;
  if (dump.effect != Effect::kDumps || dump.role == Role::kFileBackup || names_a_host(dump)) {
    return false;
  }
  const auto [project, service] = works_in(timeline, dump);
  const Service* database = database_behind(timeline, task);
  if (service == nullptr || database == nullptr) return false;
  const bool server =
      role_of(*service) == ServiceRole::kDatabase || role_of(*service) == ServiceRole::kCache;
  return server && project == works_in(timeline, task).project && service->name != database->name;
}

bool is_what_it_loads(const Timeline& timeline, const Step& dump, const Step& task) {
  if (dump.effect != Effect::kDumps || dump.role == Role::kFileBackup ||
      dump.launcher != Launcher::kNone || task.launcher == Launcher::kNone) {
    return false;
  }
  static constexpr std::array<std::string_view, 3> kHere = {"localhost", "127.0.0.1", "::1"};
  const bool here = std::any_of(dump.argv.begin(), dump.argv.end(),
                                [](const Argument& word) { return has_one_of(word.text, kHere); });
  if (here || !names_a_host(dump) || names_a_host(task)) return false;
  const auto file = dump_file_of(timeline, dump);
  std::vector<TextWord> words;
  for (const Argument& word : dump.argv) words.push_back(text_word(word));
  const auto own = file ? std::nullopt : dump_file_in(words);
  const std::string path = file ? file->path->text : own ? own->text : std::string();
  const std::string name(file_name(path));
  return !name.empty() &&
         (mentions(task, name) || stages_before(timeline, task).find(name) != std::string::npos);
}

bool goes_with_its_container(const Step& dump) {
  const Service* service = service_of(dump);
  if (service == nullptr || !dump.call->is("run") || !dump.call->has("--rm")) return false;
  const std::optional<InnerFile> file = redirected_inside(dump);
  return file && file->path.known && file->path.text.starts_with('/') &&
         !file->path.text.starts_with("/dev/") &&
         !may_be_mounted(*service, *dump.call, file->path.text);
}

}  // namespace composelint::evidence
