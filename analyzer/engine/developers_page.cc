#include "analyzer/engine/developers_page.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

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

}  // namespace

std::string page_for_developers(const std::string& path, Workspace& workspace) {
  const std::string directory = text::directory_of(path);
  const std::string name(text::name_of(path));
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
