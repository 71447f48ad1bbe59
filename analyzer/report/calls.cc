#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "analyzer/report/display.h"
#include "analyzer/report/json_place.h"
#include "analyzer/report/reports.h"

namespace composelint::report {

namespace {

using nlohmann::ordered_json;

std::string_view to_string(ComposeProgram program) {
  switch (program) {
    case ComposeProgram::kPlugin: return "docker compose";
    case ComposeProgram::kStandalone: return "docker-compose";
  }
  return "docker compose";
}

// The words as far as they are known; "$name" stands for the rest.
std::string shown(const Argument& argument) {
  std::string out;
  std::uint32_t copied = 0;
  for (const Hole& hole : argument.holes) {
    out += argument.text.substr(copied, hole.at - copied) + "$" + hole.name;
    copied = hole.at;
  }
  return out + argument.text.substr(copied);
}

ordered_json words_of(const std::vector<Argument>& words) {
  ordered_json list = ordered_json::array();
  for (const Argument& word : words) list.push_back(shown(word));
  return list;
}

ordered_json options_of(const std::vector<OptionUse>& options) {
  ordered_json list = ordered_json::array();
  for (const OptionUse& use : options) {
    ordered_json object = {{"name", use.name}};
    if (use.value) object["value"] = shown(*use.value);
    list.push_back(std::move(object));
  }
  return list;
}

ordered_json optional_of(std::string_view text) {
  return text.empty() ? ordered_json() : ordered_json(text);
}

// What `run` and `exec` act on, also where the word is not wholly known.
std::string service_of(const ComposeInvocation& call) {
  const bool one = call.verb == "run" || call.verb == "exec";
  return one && !call.operands.empty() ? shown(call.operands.front()) : "";
}

ordered_json call_of(const CallRecord& record) {
  const Step& step = *record.step;
  const ComposeInvocation& call = *step.call;
  const Project* project = call.target.project;
  ordered_json files = ordered_json::array();
  if (project != nullptr) {
    for (const SourceFile* file : project->files) files.push_back(file->path());
  }
  ordered_json object;
  put_place(object, call.span);
  object["verb"] = call.verb;
  object["service"] = optional_of(service_of(call));
  object["project"] = project == nullptr ? ordered_json() : ordered_json(project->name.value);
  object["project_files"] = std::move(files);
  object["why_unknown"] = optional_of(call.target.why_unknown);
  object["resolved_by"] = composelint::to_string(call.resolved_by);
  object["program"] = to_string(call.program);
  object["global_options"] = options_of(call.global_options);
  object["options"] = options_of(call.options);
  object["operands"] = words_of(call.operands);
  object["inner"] = words_of(call.inner);
  object["opaque"] = call.opaque_options || call.opaque_global;
  object["effect"] = composelint::to_string(call.effect);
  object["effect_name"] = call.effect_name;
  object["directory"] = step.directory ? ordered_json(*step.directory) : ordered_json();
  object["context"] = composelint::to_string(record.context);
  return object;
}

constexpr std::size_t kColumns = 5;
using Row = std::array<std::string, kColumns>;

Row row_of(const CallRecord& record) {
  const ComposeInvocation& call = *record.step->call;
  const Position at = call.span.file->position(call.span.begin, ColumnUnit::kCodePoint);
  const Project* project = call.target.project;
  const auto or_dash = [](std::string text) { return text.empty() ? std::string("-") : text; };
  return {printable(fmt::format("{}:{}:{}", call.span.file->path(), at.line, at.column)),
          printable(or_dash(call.verb)), printable(or_dash(service_of(call))),
          printable(project != nullptr ? project->name.value : "?"),
          fmt::format("{}{}{}", composelint::to_string(call.effect),
                      call.effect_name.empty() ? "" : ": ", printable(call.effect_name))};
}

}  // namespace

std::string calls_json(const Run& run) {
  ordered_json report = {{"calls", ordered_json::array()}};
  for (const CallRecord& record : run.calls) report["calls"].push_back(call_of(record));
  return dump(report);
}

std::string calls_text(const Run& run) {
  std::vector<Row> rows = {{"PLACE", "VERB", "SERVICE", "PROJECT", "EFFECT"}};
  for (const CallRecord& record : run.calls) rows.push_back(row_of(record));
  std::array<std::size_t, kColumns> widths{};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < kColumns; ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  std::string out;
  for (std::size_t line = 0; line < rows.size(); ++line) {
    for (std::size_t i = 0; i + 1 < kColumns; ++i) {
      out += rows[line][i] + std::string(widths[i] - display_width(rows[line][i]) + 2, ' ');
    }
    out += rows[line].back() + "\n";
    if (line == 0) continue;
    const Target& target = run.calls[line - 1].step->call->target;
    if (target.project != nullptr || target.why_unknown.empty()) continue;
    out += "    project unknown: " + printable(target.why_unknown) + "\n";
  }
  return rows.size() == 1 ? "no compose calls found\n" : out;
}

}  // namespace composelint::report
