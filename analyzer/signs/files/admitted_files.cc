#include "analyzer/signs/files/admitted_files.h"

#include <composelint/path_name.h>
#include <composelint/variable_name.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/mentions.h"

namespace composelint {

namespace {

struct NamedByVariable {
  std::string_view before, name, behind;  // `compose.`, `1`, `.yml`
};

// Of the one `-f`, as it is written.
NamedByVariable file_named_by_variable(const ComposeInvocation& call) {
  const OptionUse* file = nullptr;
  for (const OptionUse& use : call.global_options) {
    if (use.name != "--file") continue;
    if (file != nullptr || !use.value) return {};
    file = &use;
  }
  if (file == nullptr) return {};
  std::string_view text = file->value->span.text();
  while (text.starts_with('"')) text.remove_prefix(1);
  while (text.ends_with('"')) text.remove_suffix(1);
  const std::size_t dollar = text.find('$');
  if (dollar == text.npos || text.find('$', dollar + 1) != text.npos) return {};
  NamedByVariable out{text.substr(0, dollar), {}, {}};
  text.remove_prefix(dollar + 1);
  const bool braces = text.starts_with('{');
  if (braces) text.remove_prefix(1);
  out.name = leading_name(text);
  text.remove_prefix(out.name.size());
  if (braces && !text.starts_with('}')) return {};
  out.behind = text.substr(braces ? 1 : 0);
  return out;
}

// "staging", "live" of `"$1" != staging && "$1" != "live"`; empty where the test is another one.
std::vector<std::string_view> told_apart(std::string_view test, std::string_view name) {
  std::vector<std::string_view> out;
  if (test.find("||") != test.npos || find_name(test, name) == test.npos) return out;
  for (std::size_t at = test.find("!= "); at != test.npos; at = test.find("!= ", at + 1)) {
    std::string_view value = test.substr(at + 3);
    while (value.starts_with('"') || value.starts_with('\'')) value.remove_prefix(1);
    value = value.substr(0, value.find_first_of("\"' ];\n"));
    if (value.empty() || value.find('$') != value.npos) return {};
    out.push_back(value);
  }
  return out;
}

const Project* project_of_file(const WorkspaceFacts& facts, const std::string& path) {
  const Project* found = nullptr;
  for (const Project* project : facts.projects) {
    if (project->files.size() != 1) continue;
    const std::string& own = project->files.front()->path();
    if (own != path && !own.ends_with("/" + path)) continue;
    if (found != nullptr) return nullptr;
    found = project;
  }
  return found;
}

}  // namespace

std::vector<const Project*> admitted_projects(const WorkspaceFacts& facts, const Timeline& timeline,
                                              const Step& step) {
  std::vector<const Project*> out;
  if (!step.call || step.place != Place::kHost) return out;
  const NamedByVariable file = file_named_by_variable(*step.call);
  if (file.name.empty()) return out;
  const std::size_t here = index_of(timeline, step);
  for (const Branch& branch : timeline.branches) {
    if (branch.kind != BranchKind::kIf || branch.leaves.empty() || branch.leads_to(0, here))
      continue;
    const std::vector<std::string_view> values = told_apart(branch.condition.text(), file.name);
    if (values.size() < 2) continue;
    for (const std::string_view value : values) {
      std::string path(file.before);
      path.append(value).append(file.behind);
      const Project* project = project_of_file(facts, path);
      if (project == nullptr) return {};
      out.push_back(project);
    }
    return out;
  }
  return out;
}

}  // namespace composelint
