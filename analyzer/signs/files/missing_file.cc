#include "analyzer/signs/files/missing_file.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

// `curl -fsS https://…/health`, `curl … > conf/options.conf`: nothing, or one file whose name is
// seen.
bool fetches_one_known_file(const Step& step) {
  if (program_name(step) != "curl" || step.pipeline != 0) return false;
  const auto reads_on = [](std::string_view name) {
    return name.ends_with(".yml") || name.ends_with(".yaml") || name.find("env") != name.npos;
  };
  std::string_view name = step.out.target.text;
  bool known = step.out.target.known();
  for (std::size_t i = 1; i < step.argv.size(); ++i) {
    const std::string_view word = step.argv[i].text;
    const bool letters = word.size() > 1 && word.front() == '-' && word[1] != '-';
    if (word.starts_with("--remote") || word.starts_with("--config") ||
        (letters && word.find_first_of("OJK") != word.npos)) {
      return false;
    }
    const bool writes = word == "--output" || (letters && word.back() == 'o');
    if (word.starts_with("--output") && !writes) return false;
    if (!writes || i + 1 == step.argv.size()) continue;
    name = step.argv[i + 1].text;
    known = step.argv[i + 1].known();
  }
  return known && !reads_on(name);
}

// Brings or makes files that the script does not name: a checkout, a download, a generator.
bool may_bring_files(const Step& step) {
  static constexpr std::array<std::string_view, 34> kBringers = {
      "7z",     "ansible", "ansible-playbook",
      "aws",    "az",      "bundle",
      "cargo",  "curl",    "git",
      "gcloud", "gh",      "glab",
      "go",     "gsutil",  "helm",
      "java",   "make",    "node",
      "npm",    "npx",     "php",
      "pnpm",   "python",  "python3",
      "rclone", "rsync",   "ruby",
      "scp",    "sftp",    "tar",
      "task",   "unzip",   "wget",
      "yarn"};
  if (step.followed || step.call || step.docker || step.argv.empty()) return false;
  if (fetches_one_known_file(step)) return false;
  const Argument& program = step.argv.front();
  if (!program.known()) return true;
  const std::string_view text = program.text;
  const std::string_view name = file_name(text);
  return name.size() != text.size() || text.ends_with(".sh") || name == "bash" || name == "sh" ||
         name == "source" || name == "." ||
         std::find(kBringers.begin(), kBringers.end(), name) != kBringers.end();
}

}  // namespace

bool sees_the_repository(const Timeline& timeline, const Step& step) {
  if (step.place != Place::kHost || !step.directory) return false;
  const std::size_t here = index_of(timeline, step);
  return std::none_of(timeline.steps.begin(),
                      timeline.steps.begin() + static_cast<std::ptrdiff_t>(here), may_bring_files);
}

namespace {

// `[ -f "$1" ]`, `test -e "$file"`: the word stands behind the operator.
bool looks_for(std::string_view test, std::string_view word) {
  static constexpr std::array<std::string_view, 4> kLooks = {"-e ", "-f ", "-r ", "-s "};
  return std::any_of(kLooks.begin(), kLooks.end(), [&](std::string_view look) {
    for (std::size_t at = test.find(look); at != test.npos; at = test.find(look, at + 1)) {
      std::string_view rest = test.substr(at + look.size());
      if (rest.starts_with('"')) rest.remove_prefix(1);
      if (!rest.starts_with(word)) continue;
      rest.remove_prefix(word.size());
      if (rest.empty() || std::string_view("\" \t\n;]&|").find(rest.front()) != rest.npos)
        return true;
    }
    return false;
  });
}

}  // namespace

bool is_looked_for(const Timeline& timeline, const Step& step, const Argument& path) {
  std::string_view word = path.span.text();
  word.remove_prefix(std::min(word.find_first_not_of('"'), word.size()));
  while (word.ends_with('"')) word.remove_suffix(1);
  return !word.empty() &&
         std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
           const Branch& branch = timeline.branches[way.branch];
           if (looks_for(branch.condition.text(), word)) return true;
           // What has not been left stands behind the line that leaves.
           const SourceFile* file = branch.span.file;
           return branch.kind == BranchKind::kLeft && file != nullptr &&
                  looks_for(file->line_text(file->line_of(branch.span.begin)), word);
         });
}

bool is_path_of_repository(const Argument& path) {
  return path.known() && !path.text.starts_with('/') && !path.text.starts_with('~') &&
         path.text.find_first_of("{}<>$%*") == std::string::npos &&
         path.text.find("://") == std::string::npos;
}

}  // namespace composelint
