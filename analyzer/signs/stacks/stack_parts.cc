#include "analyzer/signs/stacks/stack_parts.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "analyzer/signs/files/glued_files.h"
#include "analyzer/signs/words/development_words.h"
#include "analyzer/signs/words/head_comment.h"
#include "analyzer/signs/words/mentions.h"

namespace composelint {

bool reads(const Project& project, const SourceFile* file) {
  return std::find(project.files.begin(), project.files.end(), file) != project.files.end() ||
         std::any_of(project.written.begin(), project.written.end(),
                     [&](const WrittenFile& each) { return each.file == file; });
}

std::string_view directory_of(const SourceFile& file) {
  const std::string_view path = file.path();
  return path.substr(0, path.size() - file_name(path).size());
}

bool has_default_name(const SourceFile& file) {
  const std::string_view name = file_name(file.path());
  return name.starts_with("compose.y") || name.starts_with("docker-compose.y");
}

bool is_on_one_shelf(const SourceFile& file, const SourceFile& other) {
  const auto shelf = [](std::string_view directory) {
    directory.remove_suffix(1);
    return directory.substr(0, directory.rfind('/') + 1);  // npos + 1 is 0
  };
  const std::string_view left = directory_of(file);
  const std::string_view right = directory_of(other);
  return !left.empty() && !right.empty() && left != right && shelf(left) == shelf(right);
}

bool is_whole(const WorkspaceFacts& facts, const SourceFile* file) {
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    return std::find(project->files.begin(), project->files.end(), file) != project->files.end() &&
           is_in_use(facts, *project);
  });
}

namespace {

// Other compose files lie beside it.
bool has_neighbours(const WorkspaceFacts& facts, const SourceFile& file) {
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    return !project->files.empty() && project->files.front() != &file &&
           directory_of(*project->files.front()) == directory_of(file);
  });
}

}  // namespace

bool is_part(const WorkspaceFacts& facts, const SourceFile& file) {
  const std::string_view path = file.path();
  if (path.find(".devcontainer/") != path.npos || is_glued(facts, file)) return true;
  if (is_whole(facts, &file)) return false;
  return has_neighbours(facts, file) || file_name(path).find("override") != path.npos;
}

bool is_headed_as_a_part(const SourceFile& file) {
  static constexpr std::array<std::string_view, 6> kOfParts = {
      "fragment", "included by", "included from", "included in", "merged into", "to be included"};
  const std::string head = head_comment(file).text;
  return std::any_of(kOfParts.begin(), kOfParts.end(),
                     [&](std::string_view said) { return head.find(said) != head.npos; });
}

}  // namespace composelint
