#include "analyzer/signs/images/released_image.h"

#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include "analyzer/signs/files/pipeline_file.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/words/mentions.h"

namespace composelint {

namespace {

// `tags: shop:${{ github.sha }}`, `docker push "$IMAGE:$CI_COMMIT_SHA"`; not a message that has it.
bool tags_by_release(std::string_view line, std::string_view image) {
  static constexpr std::array<std::string_view, 5> kOfRelease = {
      "github.sha", "GITHUB_SHA", "CI_COMMIT_SHA", "CI_COMMIT_SHORT_SHA", "github.ref_name"};
  static constexpr std::array<std::string_view, 5> kTags = {"tag", ":$", "-t ", "docker build",
                                                            "docker push"};
  const std::string low = lower_case(line);
  const auto in_line = [&](std::string_view word) { return line.find(word) != line.npos; };
  const auto in_low = [&](std::string_view word) { return low.find(word) != low.npos; };
  return std::any_of(kOfRelease.begin(), kOfRelease.end(), in_line) && !only_tells(line) &&
         (find_name(line, image) != line.npos || std::any_of(kTags.begin(), kTags.end(), in_low));
}

// Its pipeline pushes the image under a tag of its commit or release, whatever `latest` is.
bool pushes_each_release(const SourceFile& file, std::string_view image) {
  std::string_view text = file.bytes();
  if (!is_of_a_pipeline(file) || find_name(text, image) == text.npos) return false;
  if (text.find("type=sha") != text.npos || text.find("type=semver") != text.npos) return true;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (tags_by_release(line, image)) return true;
  }
  return false;
}

// "There is no rollback", "errors roll back the transaction": no release comes back by that.
bool is_a_way_back(std::string_view before, std::string_view sentence) {
  static constexpr std::array<std::string_view, 6> kNone = {"no ",    "not ",    "n't ",
                                                            "never ", "cannot ", "without "};
  return !before.ends_with("errors ") && sentence.find("transaction") == sentence.npos &&
         std::none_of(kNone.begin(), kNone.end(),
                      [&](std::string_view word) { return before.find(word) != before.npos; });
}

// "Rollback", and the image in the same text.
bool tells_the_way_back(const SourceFile& file, std::string_view image) {
  const std::string text = lower_case(file.bytes());
  if (find_name(text, lower_case(file_name(image))) == text.npos) return false;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::string_view sentence = rest.substr(0, rest.find_first_of(".;!?\n"));
    rest.remove_prefix(std::min(sentence.size() + 1, rest.size()));
    const std::size_t at = std::min(sentence.find("rollback"), sentence.find("roll back"));
    if (at != sentence.npos && is_a_way_back(sentence.substr(0, at), sentence)) return true;
  }
  return false;
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
