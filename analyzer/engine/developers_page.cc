#include "analyzer/engine/developers_page.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/context_words.h"
#include "analyzer/engine/deployed_otherwise.h"
#include "analyzer/signs/stacks/backing_stack.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

// A dot in the name of a file ends none.
std::size_t end_of_clause(std::string_view text) {
  std::size_t at = text.find_first_of(".;\n");
  while (at < text.size() && text[at] == '.' && at + 1 < text.size() && text[at + 1] != ' ' &&
         text[at + 1] != '\n') {
    at = text.find_first_of(".;\n", at + 1);
  }
  return at;
}

// "The docker-compose.yml is suitable for development": in one clause, and not of production.
bool says_so(std::string_view line, const std::string& name) {
  static constexpr std::array<std::string_view, 6> kSays = {
      "development purposes", "for developers",    "for development",
      "local development",    "local environment", "development environment"};
  const std::size_t at = line.find(name);
  const bool whole = at != line.npos && (at == 0 || line[at - 1] != '.');
  return whole && !names_production(line) &&
         std::any_of(kSays.begin(), kSays.end(),
                     [&](std::string_view said) { return line.find(said) != line.npos; });
}

// "Local single-node deployment for development, not production clustering" in the head of a page:
// what its calls start is that.
bool is_headed_for_a_developer(const SourceFile& page) {
  static constexpr std::array<std::string_view, 5> kSays = {
      "development environment", "for developers", "for development", "local development",
      "local environment"};
  static constexpr std::array<std::string_view, 3> kNot = {"not production", "not for production",
                                                           "not meant for production"};
  constexpr std::size_t kHead = 12;  // lines
  std::string head;
  std::size_t lines = 0;
  bool code = false;
  for (std::string_view rest = page.bytes(); !rest.empty() && lines < kHead && !code; ++lines) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    code = line.starts_with("```");
    const bool apart = line.empty() || line.starts_with('#') || line.starts_with("- ");
    if (!code) head += lower_case(line) + (apart ? "\n" : " ");
  }
  if (names_production(head.substr(0, head.find('\n')))) return false;
  for (std::string_view rest = head; !rest.empty();) {
    const std::string_view clause = rest.substr(0, end_of_clause(rest));
    rest.remove_prefix(std::min(clause.size() + 1, rest.size()));
    const auto holds = [&](std::string_view said) { return clause.find(said) != clause.npos; };
    if (std::none_of(kSays.begin(), kSays.end(), holds)) continue;
    if (!names_production(clause) || std::any_of(kNot.begin(), kNot.end(), holds)) return true;
  }
  return false;
}

bool starts(const Step& step, const SourceFile& file) {
  const Project* project = step.call ? step.call->target.project : nullptr;
  return project != nullptr && step.call->is("up") &&
         std::any_of(project->written.begin(), project->written.end(),
                     [&](const WrittenFile& each) { return each.file == &file; });
}

// Of the pages that start it, not what a README says of all: each of them, and there is one.
std::string started_by_developers_pages(const SourceFile& file, const Workspace& workspace) {
  std::string found;
  for (const auto& script : workspace.scripts) {
    const SourceFile* page = script->file;
    const std::vector<Step>& steps = script->timeline.steps;
    if (script->context.context != Context::kDocs || !page->path().ends_with(".md") ||
        std::none_of(steps.begin(), steps.end(),
                     [&](const Step& step) { return starts(step, file); })) {
      continue;
    }
    const std::string name(text::name_of(page->path()));
    if (name.starts_with("README") || !is_headed_for_a_developer(*page)) return "";
    found = name;
  }
  return found;
}

}  // namespace

std::string page_for_developers(const std::string& path, Workspace& workspace) {
  const std::string directory = text::directory_of(path);
  const std::string name(text::name_of(path));
  if (const Result<const SourceFile*> own = workspace.sources.open(path)) {
    std::string page = started_by_developers_pages(**own, workspace);
    if (!page.empty()) return page;
  }
  for (const std::string_view page :
       {"CONTRIBUTING.md", "DEVELOPER.md", "DEVELOPERS.md", "DEVELOPMENT.md", "HACKING.md"}) {
    const std::string at = text::join_path(directory, page);
    if (workspace.sources.files().kind(at) != FileKind::kRegular) continue;
    const Result<const SourceFile*> file = workspace.sources.open(at);
    if (!file) continue;
    const std::string text = lower_case((*file)->bytes());
    for (std::string_view rest = text; !rest.empty();) {
      const std::string_view clause = rest.substr(0, end_of_clause(rest));
      rest.remove_prefix(std::min(clause.size() + 1, rest.size()));
      if (says_so(clause, name)) return std::string(page);
    }
  }
  return "";
}

std::optional<ContextCue> told_by_readme(const Project& project, const ReadmeWords& words) {
  const bool here =
      std::any_of(project.services.begin(), project.services.end(), is_advertised_here);
  if (here && words.local) {
    return ContextCue{Context::kDev, "the README has a chapter about a local environment"};
  }
  if (words.hosts) {
    return ContextCue{Context::kDev, "the README puts a name of 127.0.0.1 into /etc/hosts"};
  }
  if (words.settings && mounts_sources(project)) {
    return ContextCue{Context::kDev, "the README copies settings of a developer"};
  }
  return std::nullopt;
}

}  // namespace composelint::engine
