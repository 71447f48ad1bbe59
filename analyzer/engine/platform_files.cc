#include "analyzer/engine/platform_files.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "analyzer/signs/stacks/backing_stack.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

std::string bytes_of(const std::string& path, Workspace& workspace) {
  if (workspace.sources.files().kind(path) != FileKind::kRegular) return "";
  const Result<const SourceFile*> file = workspace.sources.open(path);
  return file ? std::string((*file)->bytes()) : "";
}

// `text` begins a line of `bytes`.
bool has_line(std::string_view bytes, std::string_view text) {
  for (std::size_t at = bytes.find(text); at != bytes.npos; at = bytes.find(text, at + 1)) {
    if (at == 0 || bytes[at - 1] == '\n') return true;
  }
  return false;
}

struct Platform {
  std::string_view file;
  std::string_view line;  // begins one of its lines; empty: the file alone tells
};

// Nothing but blanks and the `-` of a step stand in front of it: it is in no comment.
bool begins_a_line(std::string_view bytes, std::size_t at) {
  const std::string_view before = bytes.substr(0, at);
  const std::size_t last = before.find_last_not_of(" \t-");
  return last == before.npos || before[last] == '\n';
}

}  // namespace

std::string platform_in(const std::string& directory, Workspace& workspace) {
  static constexpr std::array<Platform, 19> kFiles = {{
      {".env.example", "RAILWAY_"},       // Railway
      {"Chart.yaml", ""},                 // Helm
      {"Dockerrun.aws.json", ""},         // Elastic Beanstalk
      {"Procfile", "release:"},           // Heroku and its like
      {"Procfile", "web:"},               //
      {"app.yaml", "runtime:"},           // App Engine
      {"apprunner.yaml", ""},             // AWS
      {"captain-definition", ""},         // CapRover
      {"config/deploy.yml", "servers:"},  // Kamal
      {"config/deploy.yml", "service:"},  // Kamal, where each destination has its servers
      {"fly.toml", ""},                   // Fly.io
      {"helmfile.yaml", ""},              //
      {"heroku.yml", ""},                 //
      {"railway.json", ""},               //
      {"railway.toml", ""},               //
      {"render.yaml", "services:"},       //
      {"serverless.yml", "provider:"},    //
      {"skaffold.yaml", ""},              //
      {"template.yaml", "Transform:"},    // AWS SAM
  }};
  for (const Platform& each : kFiles) {
    const std::string path = text::join_path(directory, each.file);
    const bool there = each.line.empty()
                           ? workspace.sources.files().kind(path) == FileKind::kRegular
                           : has_line(bytes_of(path, workspace), each.line);
    if (there) return "the repository is deployed by " + std::string(each.file);
  }
  return "";
}

namespace {

// `/srv/db:/var/lib/postgresql/data`: a directory of the one server that has it.
bool keeps_data_on_a_server(const Service& service) {
  static constexpr std::array<std::string_view, 6> kThere = {"/data", "/mnt/",     "/opt/",
                                                             "/srv/", "/var/lib/", "/volume"};
  return std::any_of(service.mounts.begin(), service.mounts.end(), [](const Mount& mount) {
    std::string_view written = mount.span ? mount.span.text() : std::string_view();
    written.remove_prefix(std::min(written.find_first_not_of("'\""), written.size()));
    return std::any_of(kThere.begin(), kThere.end(),
                       [&](std::string_view there) { return written.starts_with(there); });
  });
}

}  // namespace

std::string platform_of_what_is_below(const std::string& directory, const Project& project,
                                      Workspace& workspace) {
  if (!std::all_of(project.services.begin(), project.services.end(), is_a_backing_service)) {
    return "";
  }
  // What is below has its platform, and this its own server.
  const auto& services = project.services;
  if (std::any_of(services.begin(), services.end(), keeps_data_on_a_server)) return "";
  const auto entries = workspace.sources.files().list(directory);
  if (!entries) return "";
  for (const DirectoryEntry& entry : *entries) {
    if (entry.kind != FileKind::kDirectory || entry.name.starts_with('.')) continue;
    std::string why = platform_in(text::join_path(directory, entry.name), workspace);
    if (!why.empty()) return why;
  }
  return "";
}

std::string platform_of_workflows(const std::string& root, Workspace& workspace) {
  static constexpr std::array<std::string_view, 15> kActions = {
      "akhileshns/heroku-deploy",
      "aws-actions/amazon-ecs-deploy-task-definition",
      "aws-actions/aws-elasticbeanstalk-deploy",
      "azure/aks-set-context",
      "azure/container-apps-deploy-action",
      "azure/functions-action",
      "azure/k8s-deploy",
      "azure/webapps-deploy",
      "digitalocean/app_action",
      "einaregilsson/beanstalk-deploy",
      "google-github-actions/deploy-appengine",
      "google-github-actions/deploy-cloudrun",
      "google-github-actions/get-gke-credentials",
      "superfly/flyctl-actions",
      "johnbeynon/render-deploy-action"};
  const std::string directory = text::join_path(root, ".github/workflows");
  if (workspace.sources.files().kind(directory) != FileKind::kDirectory) return "";
  const auto entries = workspace.sources.files().list(directory);
  if (!entries) return "";
  for (const DirectoryEntry& entry : *entries) {
    const std::string bytes = bytes_of(text::join_path(directory, entry.name), workspace);
    for (std::size_t at = bytes.find("uses:"); at != bytes.npos; at = bytes.find("uses:", at + 1)) {
      if (!begins_a_line(bytes, at)) continue;
      std::string_view used = std::string_view(bytes).substr(at + 5);
      used = used.substr(0, used.find_first_of("@\n"));
      used.remove_prefix(std::min(used.find_first_not_of(" '\""), used.size()));
      const std::string action = lower_case(used);
      const auto known = std::find_if(kActions.begin(), kActions.end(), [&](std::string_view each) {
        return action == each || action.starts_with(std::string(each) + "/");
      });
      if (known != kActions.end()) return entry.name + " deploys by " + std::string(*known);
    }
  }
  return "";
}

}  // namespace composelint::engine
