// What a script does to this machine alone, told by files that it names.

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/compose/select_files.h"
#include "analyzer/engine/context_words.h"
#include "analyzer/engine/left_to_run.h"
#include "analyzer/engine/set_aside.h"
#include "analyzer/engine/workspace.h"
#include "analyzer/signs/data/host_migration.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/backing_stack.h"
#include "analyzer/signs/stacks/developers_stack.h"
#include "analyzer/signs/stacks/operated_stack.h"
#include "analyzer/signs/words/wording.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

class Around {
 public:
  Around(const ContextQuestion& question, const std::string& path, Workspace& workspace)
      : steps_(question.timeline.steps),
        directory_(text::directory_of(path)),
        root_(workspace.root_of(path)),
        workspace_(workspace) {}

  // `cp .env.example .env`, and what it copies has APP_ENV=local. Not where values are put in
  // later.
  std::optional<ContextCue> copied_settings() {
    std::optional<ContextCue> found;
    for (const Step& step : steps_) {
      const std::vector<Argument>& argv = step.argv;
      if (step.place != Place::kHost || argv.empty()) continue;
      const bool copies = argv.size() == 3 && argv[0].is("cp") &&
                          text::name_of(argv[2].text) == ".env" &&
                          text::name_of(argv[1].text).starts_with(".env");
      if (!copies && changes_settings(step)) return std::nullopt;
      if (!copies || found) continue;
      const std::string_view set = local_setting(read(argv[1].text));
      if (set.empty()) continue;
      found = ContextCue{Context::kDev, "it copies " + std::string(text::name_of(argv[1].text)) +
                                            ", which has " + std::string(set)};
    }
    return found;
  }

  // Every migration of it goes to a database of this machine that is there for nothing else: the
  // stack has no application and shows no operation.
  std::optional<ContextCue> local_migration() {
    bool found = false;
    for (const Step& step : steps_) {
      if (!applies_a_migration(step)) continue;
      if (step.place == Place::kRemote || step.call || !goes_to_this_machine(step)) {
        return std::nullopt;
      }
      found = true;
    }
    if (!found) return std::nullopt;
    return ContextCue{Context::kDev, "it migrates a database of this machine"};
  }

 private:
  static bool changes_settings(const Step& step) {
    return text::name_of(step.out.target.text) == ".env" ||
           (step.argv.size() > 2 && !step.argv[0].is("cp") &&
            text::name_of(step.argv.back().text) == ".env");
  }

  static std::string_view local_setting(std::string_view bytes) {
    static constexpr std::array<std::string_view, 7> kSet = {
        "APP_ENV=local",        "APP_ENV=dev",           "APP_ENV=development",  "APP_DEBUG=true",
        "NODE_ENV=development", "RAILS_ENV=development", "FLASK_ENV=development"};
    if (bytes.find("_ENV=prod") != bytes.npos) return "";
    while (!bytes.empty()) {
      std::string_view line = bytes.substr(0, bytes.find('\n'));
      bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (std::find(kSet.begin(), kSet.end(), line) != kSet.end()) return line;
    }
    return "";
  }

  std::string_view read(const std::string& name) {
    for (const std::string& directory : {directory_, root_}) {
      const std::string path = text::join_path(directory, name);
      if (workspace_.sources.files().kind(path) != FileKind::kRegular) continue;
      const Result<const SourceFile*> file = workspace_.sources.open(path);
      if (file) return (*file)->bytes();
    }
    return "";
  }

  // The text of the command, and that of a `flyway.conf` which it mounts.
  bool goes_to_this_machine(const Step& step) {
    const std::string_view text = step.span.text();
    const std::size_t end = text.find("flyway.conf:");
    if (end == text.npos) return names_this_machine(text);
    const std::size_t begin = text.find_last_of(" \t\n\"'=", end) + 1;  // npos + 1 is 0
    return names_this_machine(
        read(std::string(text.substr(begin, end + sizeof("flyway.conf") - 1 - begin))));
  }

  bool names_this_machine(std::string_view text) {
    bool found = false;
    for (std::size_t at = text.find("://"); at != text.npos; at = text.find("://", at + 1)) {
      const auto address = address_of(text.substr(at));
      if (!address || !is_of_this_stack(address->host)) return false;
      found = true;
    }
    return found;
  }

  bool is_of_this_stack(const std::string& host) {
    const Project* project = workspace_.binder(root_).project_in(root_);
    if (project == nullptr || project->services.empty()) return false;
    const bool here = host == "localhost" || host == "127.0.0.1";
    bool known = false;
    for (const Service& service : project->services) {
      if (!is_a_backing_service(service)) return false;
      known |= here || service.name == host || text_at(service, "container_name") == host;
    }
    return known && (is_developers_stack(*project) || shown_to_be_operated(*project).empty());
  }

  const std::vector<Step>& steps_;
  const std::string directory_;
  const std::string root_;
  Workspace& workspace_;
};

}  // namespace

namespace {

// `docker exec shop-db mysqldump`: the nearest stack above is what it is for. Null where the script
// calls Compose, which names its own.
const Project* stack_around(const ContextQuestion& question, const std::string& path,
                            Workspace& workspace) {
  const std::vector<Step>& steps = question.timeline.steps;
  const auto enters = [](const Step& step) {
    return step.docker && step.docker->is("container exec") && step.place == Place::kHost;
  };
  const auto calls = [](const Step& step) { return step.call.has_value(); };
  if (std::any_of(steps.begin(), steps.end(), calls) ||
      std::none_of(steps.begin(), steps.end(), enters)) {
    return nullptr;
  }
  const std::string root = workspace.root_of(path);
  for (std::string at = text::directory_of(path);; at = text::directory_of(at)) {
    if (compose::has_default_file(workspace.sources.files(), at)) {
      return workspace.binder(root).project_in(at);
    }
    if (at.size() <= root.size()) return nullptr;
  }
}

}  // namespace

ContextCue context_around(const ContextQuestion& asked, const std::string& path,
                          Workspace& workspace) {
  ContextQuestion question = asked;
  question.around = stack_around(asked, path, workspace);
  const bool is_read =
      question.kind == hosts::HostKind::kShell || question.kind == hosts::HostKind::kMarkdown;
  if (is_read && question.timeline.file != nullptr) {
    if (auto found = archived_aside(path, workspace)) return *found;
    if (auto found = set_aside(path, question.timeline.file->bytes(), workspace)) return *found;
  }
  ContextCue cue = context_of(question);
  if (!cue.by_default || question.kind != hosts::HostKind::kShell) return cue;
  Around around(question, path, workspace);
  if (auto found = around.copied_settings()) return *found;
  if (auto found = around.local_migration()) return *found;
  // `backup.sh`: its name has said it.
  if (cue.cue != context_without_cue(question.kind).cue) return cue;
  return nothing_left_to_run(question, workspace).value_or(cue);
}

}  // namespace composelint::engine
