#include "analyzer/signs/data/destructive_recipe.h"

#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/signs/steps/named_object.h"

namespace composelint {

bool has_part(std::string_view name, std::string_view part) {
  for (std::size_t at = name.find(part); at != std::string_view::npos;
       at = name.find(part, at + 1)) {
    const auto letter = [&](std::size_t i) {
      return i < name.size() && std::isalnum(static_cast<unsigned char>(name[i])) != 0;
    };
    if ((at == 0 || !letter(at - 1)) && !letter(at + part.size())) return true;
  }
  return false;
}

bool says_destruction(std::string_view name) {
  static constexpr std::array<std::string_view, 16> kWords = {
      "clean", "clear",    "delete", "destroy",   "drop",  "erase",  "nuke", "prune",
      "purge", "teardown", "remove", "uninstall", "reset", "volume", "wipe", "obliterate"};
  static constexpr std::array<std::string_view, 6> kParts = {"rm",     "kill",   "downv",
                                                             "down-v", "down_v", "zap"};
  if (names_other_things_than_data(name)) return false;
  const std::string text = lower_case(name);
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return text.find(word) != std::string::npos; }) ||
         std::any_of(kParts.begin(), kParts.end(),
                     [&](std::string_view part) { return has_part(text, part); });
}

namespace {

// "Stop all services and clean data".
bool tells_of_destruction(std::string_view help) {
  static constexpr std::array<std::string_view, 10> kDoes = {
      "clean", "delet", "destr", "drop", "eras", "nuke", "purge", "remov", "reset", "wip"};
  static constexpr std::array<std::string_view, 5> kWhat = {"volume", "data", "everything",
                                                            "all containers", "destructive"};
  const std::string text = lower_case(help);
  const auto has = [&](std::string_view word) { return text.find(word) != std::string::npos; };
  // "Will wipe your dev db"; "clean up the db image" is about none.
  static constexpr std::array<std::string_view, 3> kEnds = {"wipe", "reset", "drop"};
  if (has(" db") && std::any_of(kEnds.begin(), kEnds.end(), has)) return true;
  return has("destructive") || (std::any_of(kDoes.begin(), kDoes.end(), has) &&
                                std::any_of(kWhat.begin(), kWhat.end(), has));
}

// The task of a Taskfile: its name stands alone on a line under `tasks:`, `desc:` and `summary:`
// are its help.
Recipe recipe_of_taskfile(const SourceFile& file, std::uint32_t line) {
  const auto indent = [&](std::uint32_t at) { return file.line_text(at).find_first_not_of(' '); };
  std::uint32_t head = line;
  std::uint32_t top = line;
  for (std::uint32_t at = line; at-- > 1;) {
    const std::size_t depth = indent(at);
    if (depth == std::string_view::npos || file.line_text(at)[depth] == '#') continue;
    if (depth >= indent(top)) continue;
    head = top;
    top = at;
  }
  std::string_view name = file.line_text(head);
  name.remove_prefix(std::min(indent(head), name.size()));
  if (head == top || file.line_text(top) != "tasks:" || name.find(':') == std::string_view::npos) {
    return {};
  }
  Recipe out;
  name = name.substr(0, name.rfind(':'));
  if (name.size() > 1 && (name.front() == '"' || name.front() == '\'')) {
    name = name.substr(1, name.size() - 2);
  }
  out.name = name;
  for (std::uint32_t at = head + 1; at < line; ++at) {
    const std::string_view text = file.line_text(at);
    const std::string_view key = text.substr(std::min(text.find_first_not_of(' '), text.size()));
    if (key.starts_with("desc:") || key.starts_with("summary:")) out.help.append(key).append("\n");
  }
  return out;
}

// Of a Makefile or justfile: by the line of its name.
Recipe recipe_at(const SourceFile& file, std::uint32_t line) {
  const std::string_view head = file.line_text(line);
  const std::size_t colon = head.find(':');
  if (colon == std::string_view::npos) return {};
  Recipe out;
  out.name = head.substr(0, std::min(colon, head.find(' ')));
  out.help = head.substr(std::min(head.find('#'), head.size()));
  while (line > 1 && (file.line_text(line - 1).starts_with('#') ||
                      file.line_text(line - 1).starts_with(".PHONY"))) {
    out.help.append("\n").append(file.line_text(--line));
  }
  return out;
}

bool has_recipes(const std::string& base) {
  return base.find("makefile") != std::string::npos || base.ends_with(".mk") ||
         base.find("justfile") != std::string::npos || base.ends_with(".just");
}

}  // namespace

Recipe recipe_of(const Step& step) {
  const SourceFile* file = step.span.file;
  if (file == nullptr) return {};
  const std::string_view path = file->path();
  const std::string base = lower_case(file_name(path));
  if (base.starts_with("taskfile."))
    return recipe_of_taskfile(*file, file->line_of(step.span.begin));
  if (!has_recipes(base)) return {};
  std::uint32_t line = file->line_of(step.span.begin);
  const auto is_indented = [&] {
    const std::string_view text = file->line_text(line);
    return text.empty() || std::string_view(" \t#").find(text.front()) != std::string_view::npos;
  };
  while (line > 1 && is_indented()) --line;
  return recipe_at(*file, line);
}

Recipe recipe_named(const SourceFile& file, std::string_view name) {
  if (!has_recipes(lower_case(file_name(file.path())))) return {};
  const std::string_view text = file.bytes();
  const std::string head = "\n" + std::string(name);
  for (std::size_t at = text.find(head); at != text.npos; at = text.find(head, at + 1)) {
    const std::string_view rest = text.substr(at + head.size());
    if (!rest.starts_with(':') && !rest.starts_with(' ')) continue;
    Recipe out = recipe_at(file, file.line_of(static_cast<std::uint32_t>(at + 1)));
    if (out.name == name) return out;
  }
  return {};
}

bool says_destruction(const Recipe& recipe) {
  return !recipe.name.empty() &&
         (composelint::says_destruction(recipe.name) || tells_of_destruction(recipe.help));
}

}  // namespace composelint
