#include "analyzer/signs/files/pipeline_file.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace composelint {

bool is_a_workflow(const SourceFile& file) {
  return file.path().find(".github/workflows/") != std::string::npos;
}

bool is_of_a_pipeline(const SourceFile& file) {
  static constexpr std::array<std::string_view, 11> kParts = {
      ".circleci",          ".drone.", ".forgejo/",   ".gitea/",     ".github/",
      ".gitlab-ci",         ".travis", ".woodpecker", "Jenkinsfile", "azure-pipelines",
      "bitbucket-pipelines"};
  return std::any_of(kParts.begin(), kParts.end(), [&](std::string_view part) {
    return file.path().find(part) != std::string::npos;
  });
}

}  // namespace composelint
