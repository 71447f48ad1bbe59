#include "analyzer/evidence/plain_files.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "analyzer/text/path.h"

namespace composelint::evidence {

namespace {

// logs, nginx/conf.d, public/: what a database holds is in none of these.
bool is_beside_the_data(std::string_view path) {
  static constexpr std::array<std::string_view, 17> kFolders = {
      "assets",      "certs",  "conf",   "conf.d", "etc",          "html",
      "letsencrypt", "log",    "logs",   "nginx",  "node_modules", "public",
      "ssl",         "static", "themes", "vendor", ".env"};
  while (path.ends_with('/') || path.ends_with('*')) path.remove_suffix(1);
  const std::string_view name = text::name_of(path);
  return std::find(kFolders.begin(), kFolders.end(), name) != kFolders.end() ||
         name.ends_with(".log") || name.ends_with(".conf") || name.starts_with(".env");
}

}  // namespace

bool is_work_on_plain_files(const Step& step) {
  static constexpr std::array<std::string_view, 18> kTools = {
      "basename", "cat", "chmod", "chown",  "date", "dirname",  "echo",  "find",  "grep",
      "head",     "ls",  "mkdir", "printf", "rm",   "realpath", "sleep", "touch", "tail"};
  static constexpr std::array<std::string_view, 4> kCopies = {"cp", "install", "ln", "mv"};
  static constexpr std::array<std::string_view, 7> kSettings = {
      "compose", ".yml", ".yaml", ".env", ".conf", ".toml", "Dockerfile"};
  if (step.docker && step.docker->verb.starts_with("image ")) return true;
  if (step.call || step.docker || step.argv.empty() || !step.argv.front().known()) return false;
  const std::string_view program = text::name_of(step.argv.front().text);
  const auto among = [&](std::span<const std::string_view> names) {
    return std::find(names.begin(), names.end(), program) != names.end();
  };
  if (among(kTools)) return true;
  if (!among(kCopies) || step.argv.size() < 3) return false;
  return std::all_of(step.argv.begin() + 1, step.argv.end() - 1, [&](const Argument& word) {
    const std::string_view name = text::name_of(word.text);
    return name.starts_with('-') ||
           std::any_of(kSettings.begin(), kSettings.end(),
                       [&](std::string_view part) { return name.find(part) != name.npos; });
  });
}

bool keeps_none_of_the_data(const Step& step) {
  if (step.role != Role::kFileBackup || step.argv.empty() || !step.argv.front().known()) {
    return false;
  }
  const std::string_view program = text::name_of(step.argv.front().text);
  std::vector<const Argument*> sources;
  if (step.docker && step.docker->is("container cp")) {
    if (!step.docker->operands.empty()) sources.push_back(&step.docker->operands.front());
  } else if (program == "tar" || program == "zip") {
    bool archive = false;
    for (std::size_t i = 1; i < step.argv.size(); ++i) {
      const Argument& word = step.argv[i];
      const bool mode = i == 1 && program == "tar" && word.text.find('f') != std::string::npos;
      if (mode && (word.text.starts_with('c') || word.text.starts_with('-'))) {
        ++i;
        archive = true;
      } else if (word.text.starts_with('-')) {
        return false;  // -C, -T, --exclude: what is packed is another matter
      } else if (program == "zip" && !archive) {
        archive = true;
      } else {
        sources.push_back(&word);
      }
    }
  }
  return !sources.empty() && std::all_of(sources.begin(), sources.end(), [](const Argument* word) {
    return !word->splits && (word->holes.empty() || word->holes.back().at < word->text.size()) &&
           is_beside_the_data(word->text);
  });
}

}  // namespace composelint::evidence
