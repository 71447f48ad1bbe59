#include "analyzer/signs/steps/entered.h"

#include <composelint/contains.h>

#include <string>
#include <string_view>

#include "analyzer/signs/stacks/container_name.h"
#include "analyzer/signs/stacks/listed_service.h"
#include "analyzer/signs/steps/sequence.h"

namespace composelint {

bool is_output_of(const Argument& word, const Step& other) {
  if (contains(word.span, other.span)) return true;
  std::string_view name = word.span.text();
  while (!name.empty() && std::string_view("\"${").find(name.front()) != std::string_view::npos) {
    name.remove_prefix(1);
  }
  while (name.ends_with('"') || name.ends_with('}')) name.remove_suffix(1);
  std::string_view front = other.span.file->bytes().substr(0, other.span.begin);
  if (front.ends_with("$(")) {
    front.remove_suffix(2);
  } else if (front.ends_with('`')) {
    front.remove_suffix(1);
  } else {
    return false;
  }
  if (front.ends_with('"')) front.remove_suffix(1);
  return front.ends_with('=') && front.substr(0, front.size() - 1).ends_with(name);
}

bool is_one_hole(const Argument& word) {
  return !word.known() && word.holes.size() == 1 && word.text.empty();
}

const Step* asks_for_container(const Timeline& timeline, const Step& step, const Argument& word) {
  if (!is_one_hole(word)) return nullptr;
  return last_before(timeline, step, [&](const Step& other) {
    const auto& call = other.call;
    return call && call->is("ps") && call->has("--quiet") && call->services.size() == 1 &&
           is_output_of(word, other);
  });
}

std::string listed_container(const Timeline& timeline, const Step& step, const Argument& word) {
  if (!is_one_hole(word)) return {};
  const Step* list = last_before(timeline, step, [&](const Step& other) {
    return other.docker && other.docker->is("container ls") && is_output_of(word, other);
  });
  if (list == nullptr) return {};
  std::string_view name;
  for (const OptionUse& use : list->docker->options) {
    if (use.name != "--filter" || !use.value || !use.value->known()) continue;
    const std::string_view text = use.value->text;
    if (text.starts_with("name=")) name = text.substr(5);
    if (text.starts_with("ancestor=")) name = text.substr(9);
  }
  for (const Step& other : timeline.steps) {
    const bool sieve = list->pipeline != 0 && other.pipeline == list->pipeline &&
                       other.argv.size() > 1 && other.argv.front().is("grep");
    if (sieve && other.argv.back().known()) name = other.argv.back().text;
  }
  while (name.starts_with('^') || name.starts_with('/')) name.remove_prefix(1);
  while (name.ends_with('$')) name.remove_suffix(1);
  // The dot of a tag, `postgres:15.4`, stands for itself.
  const bool image = name.find(':') != std::string_view::npos;
  return name.find_first_of(image ? "*|\\[( " : "*|\\[(. ") == std::string_view::npos
             ? std::string(name)
             : std::string();
}

bool enters_what_is_not_there(const Timeline& timeline, const Step& step) {
  if (!step.docker || !step.docker->is("container exec") || step.docker->operands.empty()) {
    return false;
  }
  const Step* asked = asks_for_container(timeline, step, step.docker->operands.front());
  if (asked == nullptr || !asked->call->services.front().known()) return false;
  const Project* project = TakenFor{.likely = true}(*asked->call);
  return project != nullptr && !project->partial && !project->services.empty() &&
         project->service(asked->call->services.front().text) == nullptr;
}

const Service* named_in(const Project& project, std::string_view word) {
  for (const Service& service : project.services) {
    const auto& name = service.container_name;
    if (name && name->known && name->value == word) return &service;
  }
  const auto made = generated_name(word, project);
  const bool given = project.name.from.span.file != nullptr;
  return made && (!given || made->project == project.name.value) ? made->service : nullptr;
}

Entered entered_by_docker(const Timeline& timeline, const Step& step, const TakenFor& taken) {
  if (!step.docker || !step.docker->is("container exec") || step.docker->operands.empty()) {
    return {};
  }
  const Argument& word = step.docker->operands.front();
  if (!word.known()) {
    if (const Step* asked = asks_for_container(timeline, step, word)) {
      const Project* project = taken(*asked->call);
      if (project == nullptr) return {};
      return {project, project->service(asked->call->services.front().text)};
    }
  }
  const std::string listed = word.known() ? std::string() : listed_container(timeline, step, word);
  if (!word.known() && listed.empty()) return {};
  for (const Step& other : timeline.steps) {
    const Project* project = other.call ? taken(*other.call) : nullptr;
    if (project == nullptr || !same_place(other, step)) continue;
    if (!listed.empty()) {
      if (const Service* service = named_like(*project, listed)) return {project, service};
      continue;
    }
    if (const Service* service = named_in(*project, word.text)) return {project, service};
  }
  return {};
}

}  // namespace composelint
