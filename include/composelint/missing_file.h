// Whether a file that a call names and that is not in the repository would be there when it runs.
#pragma once

#include <composelint/path_name.h>
#include <composelint/sequence.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace composelint {

namespace detail {
// Brings or makes files that the script does not name: a checkout, a download, a generator.
[[nodiscard]] inline bool may_bring_files(const Step& step) {
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
  const Argument& program = step.argv.front();
  if (!program.known()) return true;
  const std::string_view text = program.text;
  const std::string_view name = file_name(text);
  return name.size() != text.size() || text.ends_with(".sh") || name == "bash" || name == "sh" ||
         name == "source" || name == "." ||
         std::find(kBringers.begin(), kBringers.end(), name) != kBringers.end();
}
}  // namespace detail

// The step finds what the repository holds and no more: it runs here, at a known place, and nothing
// before it may have brought files.
[[nodiscard]] inline bool sees_the_repository(const Timeline& timeline, const Step& step) {
  if (step.place != Place::kHost || !step.directory) return false;
  const std::size_t here = index_of(timeline, step);
  return std::none_of(timeline.steps.begin(),
                      timeline.steps.begin() + static_cast<std::ptrdiff_t>(here),
                      detail::may_bring_files);
}

// A plain relative path, no blank of a template.
[[nodiscard]] inline bool is_path_of_repository(const Argument& path) {
  return path.known() && !path.text.starts_with('/') && !path.text.starts_with('~') &&
         path.text.find_first_of("{}<>$%*") == std::string::npos &&
         path.text.find("://") == std::string::npos;
}

}  // namespace composelint
