#include "analyzer/signs/reports/refusal_words.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace composelint {

std::string_view meant(std::string_view message) {
  constexpr std::string_view kBefore = "; did you mean `";
  const std::size_t at = message.find(kBefore);
  if (at == std::string_view::npos) return {};
  message.remove_prefix(at + kBefore.size());
  return message.substr(0, message.find('`'));
}

std::string half_service(std::string_view message) {
  if (message.find("has neither an image nor a build context") == message.npos) return {};
  const std::size_t begin = message.find('"') + 1;
  return std::string(message.substr(begin, message.find('"', begin) - begin));
}

std::string unknown_key(std::string_view message) {
  const std::size_t at = message.find("unknown ");
  const std::size_t open = message.find('`', at);
  if (at != 0 || open == message.npos || message.find("did you mean") != message.npos) return {};
  return std::string(message.substr(open, message.find('`', open + 1) + 1 - open));
}

bool is_old_format(std::string_view message) {
  return message.ends_with("; a service belongs into `services`");
}

std::string in_more_places(std::size_t more) {
  return more == 0 ? ""
                   : "; so it is with " + std::to_string(more) + " more place" +
                         (more == 1 ? "" : "s") + " of this file";
}

std::string owner_of_key(std::string_view message) {
  // https://coolify.io/docs/knowledge-base/docker/compose
  for (const std::string_view key : {"`exclude_from_hc`", "`is_directory`"}) {
    if (unknown_key(message) == key) return ", a key of Coolify, which takes it out";
  }
  return {};
}

}  // namespace composelint
