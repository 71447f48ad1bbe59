#include "analyzer/signs/data/renewed_volume.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "analyzer/signs/data/destructive_recipe.h"
#include "analyzer/signs/steps/sequence.h"

namespace composelint {

namespace {

// Not `public` or `media`, where users' files may lie.
bool is_named_for_copies(const Argument& word) {
  static constexpr std::array<std::string_view, 5> kParts = {"asset", "assets", "cache", "code",
                                                             "static"};
  static constexpr std::array<std::string_view, 8> kData = {
      "data", "db", "files", "media", "mysql", "postgres", "redis", "uploads"};
  const auto has = [&](std::string_view part) { return has_part(word.text, part); };
  return std::any_of(kParts.begin(), kParts.end(), has) &&
         std::none_of(kData.begin(), kData.end(), has);
}

bool is_of_the_deploy(const Step& step, const Step& other, std::string_view verb) {
  return other.call && other.call->is(verb) && other.call->operands.empty() &&
         same_place(other, step);
}

}  // namespace

bool is_renewed_from_the_image(const Step& step, const Timeline& timeline) {
  if (!step.docker || !step.docker->is("volume rm")) return false;
  const auto& words = step.docker->operands;
  return !words.empty() && std::all_of(words.begin(), words.end(), is_named_for_copies) &&
         last_before(timeline, step,
                     [&](const Step& other) { return is_of_the_deploy(step, other, "down"); }) &&
         first_after(timeline, step,
                     [&](const Step& other) { return is_of_the_deploy(step, other, "up"); });
}

}  // namespace composelint
