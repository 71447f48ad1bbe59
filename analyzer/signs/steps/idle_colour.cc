#include "analyzer/signs/steps/idle_colour.h"

#include <composelint/lower_case.h>
#include <composelint/variable_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/mentions.h"

namespace composelint {

bool is_the_idle_colour(const Timeline& timeline, const Step& step) {
  static constexpr std::array<std::string_view, 6> kNames = {"target", "idle", "inactive",
                                                             "new",    "next", "standby"};
  const auto service_word = [](const Step& of) {
    return of.call && !of.call->services.empty() ? of.call->services.front().span.text()
                                                 : std::string_view();
  };
  const std::string_view word = service_word(step);
  const std::size_t dollar = word.find('$');
  if (dollar == word.npos || !has_one_of(lower_case(word), kNames)) return false;
  // `-f "compose.${TARGET}.yml" up -d` starts that colour's file, `web-${TARGET}` and all.
  const std::string_view colour =
      leading_name(word.substr(dollar + (word.substr(dollar).starts_with("${") ? 2 : 1)));
  const auto is_chosen_by_file = [&](const ComposeInvocation& up) {
    return !colour.empty() &&
           std::any_of(up.global_options.begin(), up.global_options.end(), [&](const auto& use) {
             const bool file = use.name == "--file" || use.name == "-f";
             return file && use.value && find_name(use.value->span.text(), colour) != word.npos;
           });
  };
  const Step* started = last_before(timeline, step, [&](const Step& other) {
    // Of a word with several values each is a service of the call.
    const auto names_it = [&](const Argument& service) { return service.span.text() == word; };
    if (!other.call || !other.call->is("up")) return false;
    if (other.call->services.empty()) return is_chosen_by_file(*other.call);
    return std::all_of(other.call->services.begin(), other.call->services.end(), names_it);
  });
  return started != nullptr && first_after(timeline, step, [](const Step& other) {
                                 const std::string words = task_words(other);
                                 return words.find("reload") != words.npos ||
                                        words.find("upstream") != words.npos ||
                                        other.out.target.text.find("upstream") != std::string::npos;
                               }) != nullptr;
}

}  // namespace composelint
