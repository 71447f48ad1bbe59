#include "analyzer/signs/stacks/socket_said.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/words/accepted.h"
#include "analyzer/signs/words/development_words.h"
#include "analyzer/signs/words/head_comment.h"

namespace composelint {

namespace {

bool names_the_socket(std::string_view said) {
  return said.find("socket") != said.npos || said.find("docker.sock") != said.npos;
}

// It tells what is to be done about it, what was, or that nobody knows.
bool wants_it_gone(std::string_view said) {
  static constexpr std::array<std::string_view, 10> kWords = {
      "?", "drop ", "fixme", "get rid", "hack", "no longer", "remov", "todo", "was:", "xxx"};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return said.find(word) != said.npos; });
}

}  // namespace

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
  return names_the_socket(head) && head.find("root") != head.npos;
}

bool is_socket_told_above(const Service& service) {
  const std::string said = said_above(service.span);
  const std::size_t at = said.find("socket");
  if (at == said.npos || said.find("todo") != said.npos) return false;
  const std::string rest = said.substr(at, said.find('#', at) - at);  // of its line
  return rest.find(" for ") != rest.npos || rest.find(" so that ") != rest.npos;
}

bool is_socket_told_within(const Service& service, Span mount) {
  const Span& own = service.span;
  if (own.file == nullptr || own.file != mount.file || mount.begin <= own.end) return false;
  std::string_view rest = own.file->bytes().substr(own.end, mount.begin - own.end);
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (!is_only_comment(line)) continue;
    std::string said(line);
    for (char& c : said) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const bool named =
        said.find("docker.sock") != said.npos || said.find("docker socket") != said.npos;
    // `# - /var/run/docker.sock:…` was commented out.
    const bool switched_off = said.find(".sock:") != said.npos || said.find("# -") != said.npos ||
                              said.find("#-") != said.npos;
    if (named && !switched_off && !wants_it_gone(said)) return true;
  }
  return false;
}

}  // namespace composelint
