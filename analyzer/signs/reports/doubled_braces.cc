#include "analyzer/signs/reports/doubled_braces.h"

#include <composelint/quoted.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/reports/repeated.h"

namespace composelint {

namespace {

// "NAME" of `${{ NAME }}`; empty where something else stands there.
std::string_view name_in_braces(std::string_view message) {
  constexpr std::string_view kOpens = "${{";
  if (message.find("invalid interpolation format") == message.npos) return {};
  const std::size_t at = message.find(kOpens);
  const std::size_t end = at == message.npos ? at : message.find("}}", at);
  if (end == message.npos) return {};
  std::string_view name = message.substr(at + kOpens.size(), end - at - kOpens.size());
  while (name.starts_with(' ')) name.remove_prefix(1);
  while (name.ends_with(' ')) name.remove_suffix(1);
  return name.find_first_of(" .}{$") == name.npos ? name : std::string_view();
}

}  // namespace

void tell_doubled_braces_once(std::span<Finding* const> findings) {
  std::vector<Finding*> all;
  for (Finding* finding : findings) {
    const bool told = finding->severity != Severity::kOff;
    if (told && !name_in_braces(finding->message).empty()) all.push_back(finding);
  }
  if (all.empty()) return;
  Finding& first = *all.front();
  const std::string name(name_in_braces(first.message));
  first.message = "Compose refuses the project: a variable has one pair of braces, " +
                  quoted("${" + name + "}") + ", and no spaces within";
  for (Finding* other : std::span(all).subspan(1)) merge_into(first, *other);
  const std::size_t more = all.size() - 1;
  if (more == 0) return;
  first.message +=
      "; so it is with " + std::to_string(more) + " more " + (more == 1 ? "value" : "values");
}

}  // namespace composelint
