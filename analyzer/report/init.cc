// A configuration to begin with, out of what a run has found.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "analyzer/report/display.h"
#include "analyzer/report/reports.h"
#include "analyzer/text/path.h"

namespace composelint::report {

namespace {

constexpr std::size_t kMostLines = 12;  // of one list: the file is a beginning, no inventory

// As a double-quoted scalar where a plain one might be something else.
std::string scalar(std::string_view text) {
  const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), [](const char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' || byte == '-' || byte == '.' || byte == '/';
  });
  if (plain && text.front() != '-' && text.front() != '.') return std::string(text);
  std::string out = "\"";
  for (const char byte : printable(text)) {
    if (byte == '"' || byte == '\\') out += '\\';
    out += byte;
  }
  return out + "\"";
}

// One list of commented lines, cut where it gets long.
std::string lines(const std::vector<std::string>& all) {
  std::string out;
  for (std::size_t i = 0; i < all.size() && i < kMostLines; ++i) out += "# " + all[i] + "\n";
  if (all.size() > kMostLines) out += fmt::format("#   # and {} more\n", all.size() - kMostLines);
  return out;
}

std::string rules_part(const Run& run) {
  std::map<std::string_view, std::size_t> counts;
  for (const Finding& finding : run.findings) ++counts[finding.rule];
  std::string out =
      "# How grave each rule is: off, note, warning, error; or {ops: error, dev: off}; `on` is as "
      "it\n"
      "# comes. `composelint rules` lists them all.\n";
  if (counts.empty()) return out + "# rules:\n#   run-without-rm: error\n";
  std::vector<std::string> all;
  for (const auto& [rule, count] : counts) {
    all.push_back(fmt::format("  {}: on  # {} finding{}", rule, count, count == 1 ? "" : "s"));
  }
  return out + "# rules:\n" + lines(all);
}

// The directories of scripts, each with the context that most of its scripts are judged in.
std::string context_part(const Run& run) {
  std::map<std::string, std::map<Context, std::set<std::string_view>>> found;
  for (const ScriptRecord& script : run.scripts) {
    if (script.timeline->file == nullptr) continue;
    const std::string& path = script.timeline->file->path();
    found[text::directory_of(path)][script.context].insert(path);
  }
  std::vector<std::string> all;
  for (const auto& [directory, contexts] : found) {
    const auto most = std::max_element(
        contexts.begin(), contexts.end(),
        [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
    const std::string glob = directory == "." ? "./*" : directory + "/*";
    all.push_back(fmt::format("  - {{paths: {}, is: {}}}", scalar(glob), to_string(most->first)));
  }
  std::string out =
      "# Where scripts belong: ops, dev, ci or docs. These are judged so by their place, name and\n"
      "# commands (`composelint check --list-files` says why); an entry here decides instead.\n";
  if (all.empty()) all = {"  - {paths: \"tools/*\", is: dev}"};
  return out + "# context:\n" + lines(all);
}

std::string projects_part(const Run& run) {
  std::map<std::string, std::string> bound;
  std::set<std::string> unbound;
  for (const CallRecord& record : run.calls) {
    const Target& target = record.step->call->target;
    if (target.project == nullptr) {
      if (record.step->call->span) unbound.insert(record.step->call->span.file->path());
      continue;
    }
    std::string& files = bound[target.project->name.value];
    if (!files.empty()) continue;
    for (const SourceFile* file : target.project->files) {
      files += (files.empty() ? "" : ", ") + file->path();
    }
  }
  std::string out;
  if (!bound.empty()) out += "# Projects that scripts act on:\n";
  std::vector<std::string> all;
  for (const auto& [name, files] : bound) {
    all.push_back(fmt::format("  {}: {}", printable(name), printable(files)));
  }
  out += lines(all);
  out += "# Which project calls act on whose text does not tell it.\n# projects:\n";
  all.clear();
  for (const std::string& path : unbound) {
    all.push_back(fmt::format("  - {{scripts: {}, files: [compose.yaml]}}", scalar(path)));
  }
  if (all.empty()) all = {"  - {scripts: \"ops/*.sh\", files: [compose.yaml, prod.yaml]}"};
  return out + lines(all);
}

}  // namespace

std::string starting_config(const Run& run) {
  return "# Configuration of composelint. Nothing is set yet: take the comment signs off what you\n"
         "# want. Globs and files are relative to this file.\n\n"
         "# Rules besides those of `default`: strict, style, or [strict, style].\n"
         "# preset: strict\n\n"
         "# End with 1 from this level on: note, warning, error, never.\n"
         "# fail-on: warning\n\n" +
         rules_part(run) +
         "\n# The same for findings in some files.\n"
         "# overrides:\n#   - {paths: \"legacy/*\", rules: {run-without-rm: off}}\n\n" +
         context_part(run) +
         "\n# What programs of your own do to data.\n"
         "# vocabulary:\n#   - {program: shopctl, words: db upgrade, effect: migrates, name: shop "
         "schema}\n\n" +
         projects_part(run);
}

}  // namespace composelint::report
