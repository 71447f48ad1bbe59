#include "analyzer/signs/images/released_image.h"

#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/words/mentions.h"

namespace composelint {

namespace {

// Its pipeline pushes the image under a tag of its commit or release, whatever `latest` is.
bool pushes_each_release(const SourceFile& file, std::string_view image) {
  static constexpr std::array<std::string_view, 7> kTags = {
      "type=sha",      "type=semver",         "github.sha",     "GITHUB_SHA",
      "CI_COMMIT_SHA", "CI_COMMIT_SHORT_SHA", "github.ref_name"};
  const std::string_view text = file.bytes();
  const std::string_view path = file.path();
  if (path.find(".github/") == path.npos && path.find(".gitlab-ci") == path.npos) return false;
  return find_name(text, image) != text.npos &&
         std::any_of(kTags.begin(), kTags.end(),
                     [&](std::string_view tag) { return text.find(tag) != text.npos; });
}

// "Rollback", and the image in the same text.
bool tells_the_way_back(const SourceFile& file, std::string_view image) {
  const std::string text = lower_case(file.bytes());
  const bool back = text.find("rollback") != text.npos || text.find("roll back") != text.npos;
  return back && find_name(text, lower_case(file_name(image))) != text.npos;
}

}  // namespace

bool has_a_way_back(const WorkspaceFacts& facts, const Service& service) {
  const std::string name = image_name(service.image->value).name;
  const std::set<const SourceFile*> files = task_files(facts);
  return std::any_of(files.begin(), files.end(),
                     [&](auto* file) { return pushes_each_release(*file, name); }) &&
         std::any_of(files.begin(), files.end(),
                     [&](auto* file) { return tells_the_way_back(*file, name); });
}

}  // namespace composelint
