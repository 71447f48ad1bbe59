#include "analyzer/signs/reports/folded_key.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/text/path.h"

namespace composelint {

namespace {

// Stands in a key between what the finding itself is about and its parts, one word a part.
constexpr std::string_view kAndParts = "&&";

}  // namespace

std::vector<std::string>::const_iterator parts_of(const std::vector<std::string>& key) {
  return std::find(key.begin(), key.end(), kAndParts);
}

namespace {

// "app 5432"; of another file by the way to it from the first one, as a run may start anywhere.
std::string as_a_part(const Finding& finding, const SourceFile* of) {
  std::string part;
  if (finding.span.file != of && finding.span.file != nullptr) {
    const std::string from = of == nullptr ? "/" : text::directory_of("/" + of->path());
    part = text::relative_path(from, "/" + finding.span.file->path()) + ":";
  }
  for (auto word = finding.key.begin(); word != parts_of(finding.key); ++word) {
    part += (part.empty() ? "" : " ") + *word;
  }
  return part;
}

}  // namespace

void take_in(Finding& first, const Finding& repeated) {
  if (parts_of(first.key) == first.key.end()) first.key.emplace_back(kAndParts);
  // One by one into the order: of a thousand places each would sort all.
  const auto add = [&](std::string part) {
    const auto at = std::upper_bound(parts_of(first.key) + 1, first.key.cend(), part);
    first.key.insert(at, std::move(part));
  };
  add(as_a_part(repeated, first.span.file));
  const auto more = parts_of(repeated.key);
  if (more != repeated.key.end()) std::for_each(more + 1, repeated.key.cend(), add);
}

}  // namespace composelint
