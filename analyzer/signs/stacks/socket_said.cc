#include "analyzer/signs/stacks/socket_said.h"

#include <cstddef>
#include <string>

#include "analyzer/signs/words/accepted.h"
#include "analyzer/signs/words/development_words.h"

namespace composelint {

bool says_what_socket_is_for(Span span) {
  return said_beside(span).find("socket for ") != std::string::npos;
}

bool is_socket_known_as_root(Span span) {
  const std::string said = said_beside(span);
  return said.find("root") != said.npos || said.find("security") != said.npos ||
         says_what_socket_is_for(span);
}

bool is_headed_by_the_danger(Span span) {
  const std::string head = head_comment(*span.file).text;
  return head.find("socket") != head.npos && head.find("root") != head.npos;
}

bool is_socket_told_above(const Service& service) {
  const std::string said = said_above(service.span);
  const std::size_t at = said.find("socket");
  if (at == said.npos || said.find("todo") != said.npos) return false;
  const std::string rest = said.substr(at, said.find('#', at) - at);  // of its line
  return rest.find(" for ") != rest.npos || rest.find(" so that ") != rest.npos;
}

}  // namespace composelint
