#include "analyzer/signs/images/image_origin.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/reports/attributes.h"

namespace composelint {

bool is_built_here(const Service& service, const Project& project) {
  if (service.build || !service.image) return true;
  const ImageName own = image_name(service.image->value);
  return std::any_of(project.services.begin(), project.services.end(), [&](const Service& other) {
    if (!other.build || !other.image) return false;
    return image_name(other.image->value).name == own.name;
  });
}

bool is_pulled(const Service& service, const Project& project) {
  if (!service.image || !service.image->known || service.image->value.empty()) return false;
  const std::string policy = text_at(service, "pull_policy");
  return !is_built_here(service, project) && policy != "never" && policy != "build";
}

bool is_floating_tag(std::string_view tag) {
  // The last rows name what an image is built on, and that alone is the latest on it.
  static constexpr std::array<std::string_view, 30> kWords = {
      "latest",   "stable",  "edge",     "nightly", "master",   "main",     "develop",  "dev",
      "canary",   "rolling", "unstable", "head",    "next",     "beta",     "snapshot", "lts",
      "mainline", "alpine",  "slim",     "trixie",  "bookworm", "bullseye", "buster",   "noble",
      "jammy",    "focal",   "ubi",      "debian",  "apache",   "fpm"};
  if (tag.empty()) return true;
  for (std::size_t at = 0; at <= tag.size();) {
    const std::size_t end = std::min(tag.find_first_of("-_.", at), tag.size());
    std::string word(tag.substr(at, end - at));
    for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    // A release of such a line does not move: "1.4-beta", "nightly-20240102".
    if (!word.empty() && word.find_first_of("0123456789") != std::string::npos) return false;
    at = end + 1;
  }
  for (std::size_t at = 0; at <= tag.size();) {
    const std::size_t end = std::min(tag.find_first_of("-_.", at), tag.size());
    const std::string_view word = tag.substr(at, end - at);
    if (std::find(kWords.begin(), kWords.end(), word) != kWords.end()) return true;
    at = end + 1;
  }
  return false;
}

bool comes_by_default(const Provenance& from) {
  if (!from.steps) return false;
  return std::any_of(from.steps->begin(), from.steps->end(), [](const OriginStep& step) {
    return step.kind == OriginKind::kVariable && step.detail.ends_with("(default)");
  });
}

}  // namespace composelint
