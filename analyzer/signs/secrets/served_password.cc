#include "analyzer/signs/secrets/served_password.h"

#include <composelint/contains.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string_view>

namespace composelint {

namespace {

bool is_of_a_name(char c) {
  return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
}

// `PGPASSWORD=$$PW pg_isready`: the container's shell keeps it from the arguments.
bool is_put_in_front(std::string_view before) {
  const std::size_t blank = before.find_last_of(" \t\"'[");
  const std::string_view word = before.substr(blank == before.npos ? 0 : blank + 1);
  return word.ends_with('=') && !word.starts_with('-');
}

// `[ -n "$$PW" ]`, `echo $$PW`: the shell's own words make no process.
bool is_handed_to_the_shell(std::string_view before) {
  static constexpr std::array<std::string_view, 6> kOwn = {"[",      "[[",     "echo",
                                                           "export", "printf", "test"};
  static constexpr std::array<std::string_view, 5> kLeads = {"!", "if", "then", "until", "while"};
  constexpr std::string_view kBlanks = " \t\"'\\";
  before = before.substr(before.find_last_of(";|&(\n") + 1);  // npos + 1 is 0
  const auto is_one_of = [](const auto& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  while (!before.empty()) {
    before.remove_prefix(std::min(before.find_first_not_of(kBlanks), before.size()));
    const std::string_view word = before.substr(0, before.find_first_of(kBlanks));
    if (!is_one_of(kLeads, word)) return is_one_of(kOwn, word);
    before.remove_prefix(word.size());
  }
  return false;
}

// `${NAME}`, `$NAME`, and `$$NAME` for the container's shell.
bool holds_value_of(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if (end < text.size() && is_of_a_name(text[end])) continue;
    std::string_view before = text.substr(0, at);
    if (before.ends_with('{')) before.remove_suffix(1);
    if (!before.ends_with('$')) continue;
    before.remove_suffix(1);
    if (!before.ends_with('$')) return true;  // Compose itself puts it in
    before.remove_suffix(1);
    if (!is_put_in_front(before) && !is_handed_to_the_shell(before)) return true;
  }
  return false;
}

bool is_written_with(const Value* value, std::string_view name) {
  if (value == nullptr) return false;
  if (value->is_string()) {
    const std::string_view text = value->span ? value->span.text() : value->text;
    return holds_value_of(text, name);
  }
  return std::any_of(value->items.begin(), value->items.end(),
                     [&](const Value& item) { return is_written_with(&item, name); });
}

bool serves_with(const Service& service, std::string_view name) {
  static constexpr std::array<std::string_view, 3> kLines = {"command", "entrypoint",
                                                             "healthcheck.test"};
  return service.model != nullptr &&
         std::any_of(kLines.begin(), kLines.end(), [&](std::string_view line) {
           return is_written_with(service.attribute(line), name);
         });
}

// The engine shows what a container was started with.
bool is_handed_over(const Step& step, std::string_view name) {
  return step.docker && step.docker->is("container run") &&
         std::any_of(step.docker->options.begin(), step.docker->options.end(),
                     [&](const OptionUse& use) {
                       return use.name == "--env" && use.value &&
                              holds_value_of(use.value->span.text(), name);
                     });
}

// The stack that the finding's call works on; null where that is open.
const Project* project_of(const WorkspaceFacts& facts, const Finding& finding) {
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (step.span.file != finding.span.file || !contains(step.span, finding.span)) continue;
      return step.call ? step.call->target.project : nullptr;
    }
  }
  return nullptr;
}

}  // namespace

bool is_served_with(const WorkspaceFacts& facts, const Finding& finding,
                    std::string_view variable) {
  if (variable.empty()) return false;
  const Project* own = project_of(facts, finding);
  const bool served =
      std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
        if (own != nullptr && project->name.value != own->name.value) return false;
        return std::any_of(project->services.begin(), project->services.end(),
                           [&](const Service& service) { return serves_with(service, variable); });
      });
  return served || std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
           const auto& steps = task.timeline->steps;
           return task.timeline->file == finding.span.file &&
                  std::any_of(steps.begin(), steps.end(),
                              [&](const Step& step) { return is_handed_over(step, variable); });
         });
}

}  // namespace composelint
