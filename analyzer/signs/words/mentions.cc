#include "analyzer/signs/words/mentions.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>
#include <vector>

#include "analyzer/signs/files/pipeline_file.h"

namespace composelint {

namespace {

bool is_name_byte(char c) {
  return c == '_' || c == '-' || c == '.' || std::isalnum(static_cast<unsigned char>(c)) != 0;
}

}  // namespace

bool only_tells(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t@-"), line.size()));
  if (line.starts_with('#')) return true;
  const bool prints = line.starts_with("echo ") || line.starts_with("printf ");
  return prints && line.find_first_of(">|") == std::string_view::npos;
}

namespace {

// `sed -i s/a/b/ compose.yaml`, `$(grep web compose.yaml)`: of a file that is there.
bool only_reads(std::string_view before) {
  const std::size_t begin = before.find_last_of(";|&(`\n");
  before.remove_prefix(begin == std::string_view::npos ? 0 : begin + 1);
  before.remove_prefix(std::min(before.find_first_not_of(" \t@-"), before.size()));
  for (const std::string_view keyword : {"if ", "elif ", "! "}) {
    if (before.starts_with(keyword)) before.remove_prefix(keyword.size());
  }
  const bool reads = before.starts_with("sed -i") || before.starts_with("grep ") ||
                     before.starts_with("head ") || before.starts_with("tail ");
  return reads && before.find('>') == std::string_view::npos;
}

// `[ -f compose.yaml ]` of another script, which says no more by it.
bool only_tests(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  return (line.starts_with("if [") || line.starts_with("elif [")) && line.ends_with("then");
}

}  // namespace

std::string_view folder_before(std::string_view text, std::size_t at) {
  if (at == 0 || text[at - 1] != '/') return {};
  std::size_t begin = at - 1;
  while (begin > 0 && is_name_byte(text[begin - 1])) --begin;
  return text.substr(begin, at - 1 - begin);
}

std::size_t find_name(std::string_view text, std::string_view name, std::size_t from) {
  for (std::size_t at = text.find(name, from); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const bool begins = at == 0 || !is_name_byte(text[at - 1]);
    const bool ends =
        end == text.size() || !is_name_byte(text[end]) ||
        (text[end] == '.' && (end + 1 == text.size() || !is_name_byte(text[end + 1])));
    if (begins && ends) return at;
  }
  return std::string_view::npos;
}

bool is_in_use(const WorkspaceFacts& facts, const Project& project) {
  if (project.default_files) return true;
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    return std::any_of(
        task.timeline->steps.begin(), task.timeline->steps.end(),
        [&](const Step& step) { return step.call && step.call->target.project == &project; });
  });
}

std::set<const SourceFile*> task_files(const WorkspaceFacts& facts) {
  std::set<const SourceFile*> files;
  for (const TaskView& task : facts.tasks) {
    const SourceFile* last = task.timeline->file;  // a run of steps is of one file
    files.insert(last);
    for (const Step& step : task.timeline->steps) {
      if (step.span.file != last) files.insert(step.span.file);
      last = step.span.file;
    }
  }
  files.erase(nullptr);
  return files;
}

namespace {

// The places where compose is told to read files.
std::vector<Span> places_of_files(const WorkspaceFacts& facts) {
  std::vector<Span> places;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (!step.call) continue;
      for (const OptionUse& use : step.call->global_options) {
        if (!use.value || (use.name != "--file" && use.name != "--env-file")) continue;
        places.push_back(use.value->span);
        places.push_back(use.value->place());
        for (const WrittenRun& run : use.value->runs) places.push_back(run.span);
      }
    }
  }
  return places;
}

// `- deploy.env` below `paths:` of a workflow: by whose change it is started.
bool is_a_trigger(const SourceFile& file, std::uint32_t line) {
  // Below `artifacts:` of others it is what a job makes.
  if (!is_a_workflow(file)) return false;
  const auto indent = [](std::string_view text) { return text.find_first_not_of(" \t"); };
  const std::string_view item = file.line_text(line);
  const std::size_t depth = indent(item);
  if (depth == item.npos || item[depth] != '-') return false;
  while (--line > 0) {
    std::string_view above = file.line_text(line);
    const std::size_t at = indent(above);
    if (at == above.npos || above[at] == '#' || above[at] == '-') continue;
    above.remove_prefix(at);
    return at <= depth && (above.starts_with("paths:") || above.starts_with("paths-ignore:"));
  }
  return false;
}

}  // namespace

bool speaks_of_file(const WorkspaceFacts& facts, std::string_view path, const SourceFile* own) {
  const std::string_view name = file_name(path);
  const std::string_view folder = folder_before(path, path.size() - name.size());
  const std::vector<Span> places = places_of_files(facts);
  for (const SourceFile* file : task_files(facts)) {
    const std::string_view text = file->bytes();
    for (std::size_t at = find_name(text, name); at != std::string_view::npos;
         at = find_name(text, name, at + 1)) {
      const bool read = std::any_of(places.begin(), places.end(), [&](const Span& place) {
        return place.file == file && place.begin <= at && at < place.end;
      });
      const std::uint32_t line = file->line_of(static_cast<std::uint32_t>(at));
      const std::string_view whole = file->line_text(line);
      const std::string_view other = folder_before(text, at);
      const bool elsewhere = !folder.empty() && folder.front() != '.' && !other.empty() &&
                             other.front() != '.' && other != folder;
      const bool looks =
          only_reads(text.substr(0, at)) || (own != nullptr && file != own && only_tests(whole));
      if (read || elsewhere || looks || only_tells(whole)) continue;
      if (!is_a_trigger(*file, line)) return true;
    }
  }
  return false;
}

}  // namespace composelint
