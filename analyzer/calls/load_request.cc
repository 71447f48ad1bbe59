#include "analyzer/calls/load_request.h"

#include <string_view>
#include <vector>

namespace composelint::calls {

namespace {

bool from_here(const Argument& path) {
  if (path.holes.size() != 1 || path.holes.front().at != 0) return false;
  const std::string& name = path.holes.front().name;
  return (name == "PWD" || name == "pwd") && path.text.starts_with('/');
}

// The values of a repeatable option; `unknown` names the first that is not known.
std::vector<std::string> values_of(const ComposeInvocation& call, std::string_view option,
                                   std::string& unknown) {
  std::vector<std::string> out;
  for (const OptionUse& use : call.global_options) {
    if (use.name != option || !use.value) continue;
    if (from_here(*use.value)) {  // `-f "$PWD/x.yml"` is `-f x.yml`
      out.push_back(use.value->text.substr(1));
      continue;
    }
    if (!use.value->known() && unknown.empty()) {
      const std::string name = use.value->holes.empty() ? "?" : use.value->holes.front().name;
      unknown = std::string(option) + " depends on " + name + ", which is not known here";
    }
    out.push_back(use.value->text);
  }
  return out;
}

}  // namespace

AskedProject asked_project(const ComposeInvocation& call) {
  AskedProject asked;
  compose::LoadRequest& request = asked.request;
  request.files = values_of(call, "--file", asked.unknown);
  request.profiles = values_of(call, "--profile", asked.unknown);
  request.env_files = values_of(call, "--env-file", asked.unknown);
  if (const OptionUse* use = call.global_option("--project-directory"); use && use->value) {
    request.project_directory = use->value->text;
    if (!use->value->known()) asked.unknown = "--project-directory is not known here";
  }
  if (const OptionUse* use = call.global_option("--project-name"); use && use->value) {
    if (use->value->known()) request.project_name = use->value->text;
  }
  for (const std::string& file : request.files) {
    if (file == "-") asked.unknown = "its compose file comes from standard input";
  }
  return asked;
}

}  // namespace composelint::calls
