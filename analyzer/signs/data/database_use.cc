#include "analyzer/signs/data/database_use.h"

#include <composelint/service_role.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/database_client.h"
#include "analyzer/signs/data/database_task.h"
#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/data/host_client.h"
#include "analyzer/signs/data/host_migration.h"
#include "analyzer/signs/data/network_client.h"
#include "analyzer/signs/files/plain_image.h"
#include "analyzer/signs/steps/inner_command.h"

namespace composelint {

bool tries_again(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kWords = {
      "retry", "retries", "wait", "until ", "while ", "sleep ", "isready", "eventually"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

bool tries_again(const Step& step) {
  return tries_again(step.span.text()) ||
         std::any_of(step.argv.begin(), step.argv.end(),
                     [](const Argument& word) { return tries_again(word.text); }) ||
         std::any_of(step.called_from.begin(), step.called_from.end(),
                     [](const Span& call) { return tries_again(call.text()); });
}

namespace {

// A new container runs the image's entrypoint first, and many of those wait for the database: only
// where it is written out here, or the image is known to bring none that does. What the Dockerfile
// of one that is built here says shows when all files are read.
bool entrypoint_may_wait(const ComposeInvocation& call, const Service& user) {
  if (!call.is("run") || call.has("--entrypoint")) return false;
  if (user.entrypoint) {
    const auto& words = user.entrypoint->value;
    return std::any_of(words.begin(), words.end(), [](const std::string& word) {
      return word.find(".sh") != std::string::npos || tries_again(word) ||
             word.find("entrypoint") != std::string::npos;
    });
  }
  return !user.build && !starts_slowly(user) && role_of(user) != ServiceRole::kDatabase &&
         !is_plain_image(image_name(user));
}

}  // namespace

bool is_left_to_somebody(const Step& step, const std::vector<Argument>& inner) {
  const auto shell = shell_script_in(inner);
  const bool fed = step.in.kind != StreamKind::kInherited ||
                   (shell && inner[shell->at].text.find('<') != std::string::npos);
  return step.effect == Effect::kShell && !fed;
}

namespace {

// `mysql -h 127.0.0.1`, `npx prisma migrate deploy`: a tool of the host gets to the service by a
// port that it publishes.
Entered reached_by_port(const Timeline& timeline, const Step& step) {
  auto reached = reached_on_host(timeline, step);
  if (!reached) reached = migrated_on_host(timeline, step);
  return reached ? Entered{reached->project, reached->service} : Entered{};
}

}  // namespace

Entered works_in(const Timeline& timeline, const Step& step, const TakenFor& taken) {
  const auto& call = step.call;
  if (step.launcher == Launcher::kNone) return reached_by_port(timeline, step);
  if (!call) {
    Entered found = reached_by_network(timeline, step, taken);
    if (found.service == nullptr) found = entered_by_docker(timeline, step, taken);
    return found.service != nullptr ? found : only_database_entered(timeline, step, taken);
  }
  const Argument* name = call->service();
  const Project* project = taken(*call);
  if (name == nullptr || project == nullptr) return {};
  return {project, project->service(name->text)};
}

const Service* needed_database(const Timeline& timeline, const Step& step, const TakenFor& taken) {
  const auto [project, user] = works_in(timeline, step, taken);
  if (user == nullptr) return nullptr;
  if (step.launcher == Launcher::kNone) {
    const bool asks = step.role == Role::kHealth || step.role == Role::kWaits;
    return asks || !starts_slowly(*user) || is_left_to_somebody(step, step.argv) ? nullptr : user;
  }
  const bool vague = step.call ? step.call->opaque_options : step.docker->opaque_options;
  const bool detaches = step.call ? step.call->has("--detach") : step.docker->has("--detach");
  if (vague || detaches) return nullptr;
  const std::vector<Argument>& inner = step.call ? step.call->inner : step.docker->inner;
  if (step.role == Role::kHealth || step.role == Role::kWaits) return nullptr;
  if (is_left_to_somebody(step, inner)) return nullptr;
  const bool client = runs_client(inner);
  const bool enters = !step.call || step.call->is("exec");
  if (starts_slowly(*user) && enters) return client ? user : nullptr;
  if (enters && is_server_by_client(*user, *project, inner)) return user;
  if (step.call && entrypoint_may_wait(*step.call, *user)) return nullptr;
  const bool data = step.effect == Effect::kMigrates || step.effect == Effect::kImports ||
                    tests_with_database(inner);
  const bool own = !client && !data && role_of(*user) != ServiceRole::kCache &&
                   (empties_database(step, inner) || sets_up_database(task_words(step)));
  if (own) return database_of(*user, *project);
  if (!client && (!data || step.role == Role::kMakesMigration)) return nullptr;
  const Service* database = database_of(*user, *project);
  return database == nullptr && data && !client ? only_database_beside(*user, *project) : database;
}

}  // namespace composelint
