// What would be read: `check --list-files`.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "analyzer/report/display.h"
#include "analyzer/report/json_place.h"
#include "analyzer/report/reports.h"

namespace composelint::report {

namespace {

using nlohmann::ordered_json;

// By path, the contexts of its tasks with their cues.
using Contexts = std::map<std::string_view, std::set<std::pair<std::string_view, std::string>>>;

Contexts contexts_of(const Run& run) {
  Contexts out;
  for (const ScriptRecord& script : run.scripts) {
    if (script.timeline->file == nullptr) continue;
    out[script.timeline->file->path()].insert({to_string(script.context), script.cue});
  }
  return out;
}

}  // namespace

std::string files_text(const Run& run) {
  const Contexts contexts = contexts_of(run);
  std::size_t path_width = 0;
  std::size_t kind_width = 0;
  for (const FileRecord& file : run.files) {
    path_width = std::max(path_width, display_width(file.path));
    kind_width = std::max(kind_width, display_width(file.kind));
  }
  const auto padded = [](const std::string& text, std::size_t width) {
    return printable(text) + std::string(width - display_width(text) + 2, ' ');
  };
  std::string out;
  for (const FileRecord& file : run.files) {
    out += padded(file.path, path_width);
    if (file.kind.empty()) {
      out += "left out: " + printable(file.why_not) + "\n";
      continue;
    }
    const auto of = contexts.find(file.path);
    if (of == contexts.end()) {
      out += printable(file.kind) + "\n";
      continue;
    }
    out += padded(file.kind, kind_width);
    std::string all;
    for (const auto& [context, cue] : of->second) {
      all += fmt::format("{}{} ({})", all.empty() ? "" : ", ", context, printable(cue));
    }
    out += all + "\n";
  }
  return out.empty() ? "no scripts or compose files found\n" : out;
}

std::string files_json(const Run& run) {
  const Contexts contexts = contexts_of(run);
  ordered_json list = ordered_json::array();
  for (const FileRecord& file : run.files) {
    ordered_json object = {{"file", file.path}};
    object["kind"] = file.kind.empty() ? ordered_json() : ordered_json(file.kind);
    if (file.kind.empty()) object["why_not"] = file.why_not;
    object["contexts"] = ordered_json::array();
    if (const auto of = contexts.find(file.path); of != contexts.end()) {
      for (const auto& [context, cue] : of->second) {
        object["contexts"].push_back({{"context", context}, {"cue", cue}});
      }
    }
    list.push_back(std::move(object));
  }
  return dump({{"version", 1}, {"files", std::move(list)}});
}

}  // namespace composelint::report
