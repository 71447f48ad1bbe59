#include "analyzer/signs/images/image_put_in.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include "analyzer/signs/files/rewritten_file.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

// `sed -i "/image:/s/$/:latest/"`: behind whatever image.
bool ends_each_image(std::string_view script) {
  constexpr std::string_view kSubstitutes = "image:/s";
  const std::size_t at = script.find(kSubstitutes);
  const std::string_view rest =
      at == script.npos ? std::string_view() : script.substr(at + kSubstitutes.size());
  return rest.size() > 2 && rest[1] == '$' && rest[2] == rest[0];
}

// `sed -i "s|image: .*/shop:.*|image: $IMAGE|" compose.yaml`, `yq -i '.services.shop.image = …'`.
bool puts_in_image(const Step& step, std::string_view file, const Service& service,
                   std::string_view image) {
  const std::string_view program = program_name(step);
  if (program != "sed" && program != "yq") return false;
  const auto any = [&](auto&& holds) {
    return std::any_of(step.argv.begin() + 1, step.argv.end(),
                       [&](const Argument& word) { return holds(std::string_view(word.text)); });
  };
  const auto has = [](std::string_view text, std::string_view part) {
    return text.find(part) != text.npos;
  };
  return any([](std::string_view word) {
           return word.starts_with("-i") || word == "--in-place";
         }) &&
         any([&](std::string_view word) { return file_name(word) == file; }) &&
         any([&](std::string_view word) {
           return (has(word, "image:") && has(word, image)) || ends_each_image(word) ||
                  has(word, ".services." + service.name + ".image");
         });
}

// `curl -o compose.yml $URL/compose.beta.yml`, `cp compose.beta.yml compose.yml`.
std::set<std::string_view> names_there(const Timeline& timeline, std::string_view file) {
  std::set<std::string_view> names = {file};
  for (const Step& step : timeline.steps) {
    const Argument* made = file_made_by(step);
    if (made == nullptr || !file_name(made->text).ends_with("ml")) continue;
    const bool of_it = std::any_of(step.argv.begin(), step.argv.end(), [&](const Argument& word) {
      return &word != made && file_name(word.text) == file;
    });
    if (of_it) names.insert(file_name(made->text));
  }
  return names;
}

}  // namespace

bool is_put_in(const WorkspaceFacts& facts, const SourceFile& file, const Service& service) {
  const std::string name = image_name(service.image->value).name;
  const std::string_view last = file_name(name);
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const auto names = names_there(*task.timeline, file_name(file.path()));
    return std::any_of(task.timeline->steps.begin(), task.timeline->steps.end(),
                       [&](const Step& step) {
                         return std::any_of(names.begin(), names.end(), [&](std::string_view each) {
                           return puts_in_image(step, each, service, last);
                         });
                       });
  });
}

}  // namespace composelint
