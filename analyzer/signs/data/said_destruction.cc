#include "analyzer/signs/data/said_destruction.h"

#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/signs/data/destructive_recipe.h"
#include "analyzer/signs/steps/named_object.h"
#include "analyzer/signs/steps/switched_off.h"

namespace composelint {

bool is_destruction_by_name(const Timeline& timeline, const Step& step) {
  if (timeline.task.empty()) return false;
  if (says_destruction(timeline.task)) return true;
  const Recipe recipe = recipe_of(step);
  if (!says_destruction(recipe)) return false;
  // `restore-db: clean-volumes`, whose own help says that the old data goes.
  return recipe.name == timeline.task ||
         says_destruction(recipe_named(*timeline.file, timeline.task));
}

bool is_destruction_on_the_way(const Timeline& timeline, const Step& step) {
  static constexpr std::array<std::string_view, 10> kServes = {
      "deploy", "install", "prod", "release", "restart",
      "setup",  "start",   "up",   "update",  "upgrade"};
  // A script that calls `make destroy-db` is known by its name.
  const std::string_view caller =
      timeline.task.empty() ? file_name(timeline.file->path()) : std::string_view(timeline.task);
  const bool serves = std::any_of(kServes.begin(), kServes.end(),
                                  [&](std::string_view word) { return has_part(caller, word); });
  const bool called = !timeline.task.empty() || step.span.file != timeline.file;
  return called && !serves && says_destruction(recipe_of(step));
}

bool is_chosen(std::string_view test) {
  static constexpr std::array<std::string_view, 3> kAnew = {"overwrite", "recreate", "replace"};
  const std::string text = lower_case(test);
  const auto has = [&](std::string_view part) { return text.find(part) != std::string::npos; };
  return has("$") && !has("docker") && !has("-n ") && !has("-z ") && !has("! ") &&
         (composelint::says_destruction(test) || has("-v\"") ||
          std::any_of(kAnew.begin(), kAnew.end(), has));
}

bool is_on_by_default(std::string_view text, std::string_view test) {
  static constexpr std::array<std::string_view, 5> kOn = {"true", "1", "yes", "on", "y\n"};
  constexpr std::string_view kLetters =
      "_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  for (std::size_t at = test.find('$'); at != test.npos; at = test.find('$', at + 1)) {
    std::string_view name = test.substr(at + 1);
    if (name.starts_with('{')) name.remove_prefix(1);
    name = name.substr(0, name.find_first_not_of(kLetters));
    const std::string sets = "\n" + std::string(name) + "=";
    const std::size_t set = name.empty() ? text.npos : text.find(sets);
    if (set == text.npos) continue;
    std::string_view value = text.substr(set + sets.size());
    value = value.substr(0, value.find('\n') + 1);
    if (const std::size_t otherwise = value.find(":-"); otherwise != value.npos) {
      value.remove_prefix(otherwise + 2);
    }
    value.remove_prefix(std::min(value.find_first_not_of("\"'"), value.size()));
    if (std::any_of(kOn.begin(), kOn.end(),
                    [&](std::string_view on) { return value.starts_with(on); })) {
      return true;
    }
  }
  return false;
}

bool is_handed_through(Span option, Span call) {
  if (!option || (option.file == call.file && call.begin <= option.begin && option.end <= call.end))
    return false;
  std::uint32_t line = option.file->line_of(option.begin);
  const std::string_view own = option.file->line_text(line);
  const std::size_t at = option.begin - option.file->line_begin(line);
  const std::string_view front = own.substr(0, at);
  if (front.find('=') == std::string_view::npos || own.find("docker") != std::string_view::npos) {
    return false;
  }
  std::string text(front);
  for (int i = 0; i < 2 && line > 1; ++i) {
    const std::string_view above = option.file->line_text(--line);
    if (above.find(";;") != std::string_view::npos || above.ends_with("fi")) break;
    text += '\n';
    text += above;
  }
  const auto has = [&](std::string_view part) { return text.find(part) != std::string::npos; };
  const bool chosen = has(")") || has("if ") || has("&&");
  return chosen && (has_part(text, "v") || composelint::says_destruction(text));
}

bool is_in_destroying_function(const Timeline& timeline, const Step& step) {
  return std::any_of(
             step.called_from.begin(), step.called_from.end(),
             [](const Span& call) {
               return says_destruction(call.text().substr(0, call.text().find_first_of(" \t\n")));
             }) ||
         std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
           const Branch& branch = timeline.branches[way.branch];
           return branch.kind == BranchKind::kUncalled && says_destruction(branch.name);
         });
}

bool is_destruction_by_choice(const Timeline& timeline, const Step& step, Span option) {
  if (is_handed_through(option, step.span)) return true;
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    if (branch.kind == BranchKind::kCase) {
      return way.arm < branch.patterns.size() && branch.patterns[way.arm].file != nullptr &&
             says_destruction(branch.patterns[way.arm].text());
    }
    if (branch.kind != BranchKind::kIf && branch.kind != BranchKind::kAnd) return false;
    if (branch.condition.file == nullptr) return false;
    if (way.arm == 1 && is_switched_off(branch.condition)) return true;
    return way.arm == 0 && is_chosen(branch.condition.text()) &&
           !is_on_by_default(branch.condition.file->bytes(), branch.condition.text());
  });
}

bool is_named_for_destruction(const SourceFile* file) {
  static constexpr std::array<std::string_view, 10> kWords = {
      "delete", "destroy", "drop",     "nuke",      "purge",
      "remove", "reset",   "teardown", "uninstall", "wipe"};
  if (file == nullptr) return false;
  const std::string_view name = file_name(file->path());
  if (names_other_things_than_data(name)) return false;
  const auto has = [&](std::string_view word) { return name.find(word) != name.npos; };
  const bool data = has("db") || has("data") || has("volume");
  return (data && (has("recreate") || has("kill"))) ||
         std::any_of(kWords.begin(), kWords.end(), has);
}

}  // namespace composelint
