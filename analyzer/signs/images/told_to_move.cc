#include "analyzer/signs/images/told_to_move.h"

#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/words/mentions.h"

namespace composelint {

namespace {

// Not "replace `latest` in the compose file" nor "the compose file must not say `latest`".
bool tells_the_tag(std::string_view sentence, std::string_view tag) {
  static constexpr std::array<std::string_view, 8> kAgainst = {
      "avoid", "chang", "instead", "n't ", "never ", "not ", "pin", "replac"};
  const std::string quoted_tag = "`" + std::string(tag) + "`";
  return sentence.find(quoted_tag) != sentence.npos &&
         sentence.find("compose file") != sentence.npos &&
         std::none_of(kAgainst.begin(), kAgainst.end(),
                      [&](std::string_view word) { return sentence.find(word) != sentence.npos; });
}

bool tells_the_tag_of(const SourceFile& page, std::string_view image, std::string_view tag) {
  if (!page.path().ends_with(".md") || find_name(page.bytes(), image) == std::string_view::npos) {
    return false;
  }
  std::string text = lower_case(page.bytes());
  // A sentence goes over lines, not over paragraphs.
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (text[at] == '\n' && text[at + 1] != '\n') text[at] = ' ';
  }
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::string_view sentence = rest.substr(0, rest.find_first_of(".;!?\n"));
    rest.remove_prefix(std::min(sentence.size() + 1, rest.size()));
    if (tells_the_tag(sentence, tag)) return true;
  }
  return false;
}

// "git checkout 24.0" before it is run, and "docker compose pull" for what comes later: a branch
// for each release has its tags, and this one is not what is run.
bool tells_of_release_branches(const SourceFile& page) {
  if (!page.path().ends_with(".md")) return false;
  const std::string_view text = page.bytes();
  const bool pulls = text.find("docker compose pull") != text.npos ||
                     text.find("docker-compose pull") != text.npos;
  constexpr std::string_view kCheckout = "git checkout ";
  for (std::size_t at = pulls ? text.find(kCheckout) : text.npos; at != text.npos;
       at = text.find(kCheckout, at + 1)) {
    const std::string_view branch = text.substr(at + kCheckout.size());
    const std::size_t digits = branch.find_first_not_of("0123456789");
    const bool release = digits != 0 && digits + 1 < branch.size() && branch[digits] == '.' &&
                         branch[digits + 1] >= '0' && branch[digits + 1] <= '9';
    if (release && lower_case(text).find("branch") != std::string::npos) return true;
  }
  return false;
}

}  // namespace

bool has_release_branches(const WorkspaceFacts& facts) {
  const std::set<const SourceFile*> files = task_files(facts);
  return std::any_of(files.begin(), files.end(),
                     [](const SourceFile* file) { return tells_of_release_branches(*file); });
}

bool is_told_to_move(const WorkspaceFacts& facts, const Service& service) {
  const ImageName image = image_name(service.image->value);
  const std::string_view tag = image.tag.empty() ? std::string_view("latest") : image.tag;
  const std::set<const SourceFile*> files = task_files(facts);
  const auto tells = [&](const SourceFile* file) {
    return tells_the_tag_of(*file, image.name, tag);
  };
  return std::any_of(files.begin(), files.end(), tells) || has_release_branches(facts);
}

}  // namespace composelint
