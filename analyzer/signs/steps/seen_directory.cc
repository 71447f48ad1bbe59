#include "analyzer/signs/steps/seen_directory.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace composelint {

namespace {

bool is_searched(std::string_view list) {
  return list.find("$(") != list.npos || list.find('`') != list.npos || list.find('*') != list.npos;
}

// `/srv/*/`, `$(find /srv …)`, or the like that was given to `$dirs`; empty: names.
std::string_view search_of(std::string_view list, std::string_view before) {
  if (is_searched(list)) return list;
  list.remove_prefix(std::min(list.find_first_not_of("\""), list.size()));
  if (!list.starts_with('$')) return {};
  list.remove_prefix(std::min(list.find_first_not_of("${"), list.size()));
  const std::string name(list.substr(0, list.find_first_of("\"[}; \t\n")));
  const std::size_t set = before.rfind(name + "=");
  if (name.empty() || set == before.npos) return {};
  const std::string_view value = before.substr(set + name.size() + 1);
  const std::string_view line = value.substr(0, value.find('\n'));
  return is_searched(line) ? line : std::string_view();
}

bool is_absolute(std::string_view search) {
  static constexpr std::array<std::string_view, 3> kOptions = {"--absolute", "$PWD", "$(pwd)"};
  const bool said = std::any_of(kOptions.begin(), kOptions.end(), [&](std::string_view option) {
    return search.find(option) != search.npos;
  });
  const std::size_t first = search.find_first_not_of("\"'");
  if (said || first == search.npos) return said;
  // `"$BASE"/*/` is as absolute as that is.
  const bool begins = search[first] == '/' || search[first] == '~' ||
                      (search[first] == '$' && search.substr(first, 2) != "$(");
  return begins || search.find(" /") != search.npos || search.find(" ~") != search.npos ||
         search.find(" $") != search.npos || search.find(" \"$") != search.npos;
}

// `(cd "$dir" …)`, `cd ..`, `popd`, a second `cd "$HERE"`.
bool comes_back(std::string_view loop) {
  static constexpr std::array<std::string_view, 5> kBack = {"(cd ", "( cd ", "cd ..", "cd -",
                                                            "popd"};
  if (std::any_of(kBack.begin(), kBack.end(),
                  [&](std::string_view sign) { return loop.find(sign) != loop.npos; })) {
    return true;
  }
  const std::size_t first = loop.find("cd ");
  return first != loop.npos && loop.find("cd ", first + 1) != loop.npos;
}

}  // namespace

bool has_just_been_seen(const Timeline& timeline, const Word& where) {
  if (where.parts.size() != 1) return false;
  const WordPart& part = where.parts.front();
  if (part.kind != WordPartKind::kParameter || !part.parameter.op.empty()) return false;
  const std::string head = "for " + part.parameter.name + " in ";
  return std::any_of(timeline.branches.begin(), timeline.branches.end(), [&](const Branch& loop) {
    if (loop.kind != BranchKind::kFor || loop.span.file != where.span.file ||
        loop.span.begin >= where.span.begin || where.span.end > loop.span.end) {
      return false;
    }
    const std::string_view text = loop.span.text();
    if (!text.starts_with(head)) return false;
    const std::size_t end = std::min(text.find_first_of("\n;"), text.size());
    const std::string_view before = loop.span.file->bytes().substr(0, loop.span.begin);
    const std::string_view search = search_of(text.substr(head.size(), end - head.size()), before);
    return !search.empty() && (is_absolute(search) || comes_back(text));
  });
}

}  // namespace composelint
