#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

#include "analyzer/report/display.h"
#include "analyzer/report/json_place.h"
#include "analyzer/report/reports.h"
#include "analyzer/report/step_words.h"

namespace composelint::report {

namespace {

using nlohmann::ordered_json;

std::string_view name_of(ComposeProgram program) {
  switch (program) {
    case ComposeProgram::kPlugin: return "docker compose";
    case ComposeProgram::kStandalone: return "docker-compose";
  }
  return "docker compose";
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
  object["program"] = name_of(call.program);
  object["global_options"] = options_of(call.global_options);
  object["options"] = options_of(call.options);
  object["operands"] = words_of(call.operands);
  object["inner"] = words_of(call.inner);
  object["opaque"] = call.opaque_options || call.opaque_global;
  object["effect"] = composelint::to_string(call.effect);
  object["effect_name"] = call.effect_name;
  object["directory"] = step.directory ? ordered_json(*step.directory) : ordered_json();
  object["place"] = to_string(step.place);
  object["place_name"] = optional_of(step.place_name);
  object["task"] = optional_of(record.task);
  object["context"] = composelint::to_string(record.context);
  object["context_cue"] = record.cue;
  return object;
}

enum Column : std::size_t {
  kPlace,
  kTask,
  kVerb,
  kService,
  kProject,
  kEffect,
  kResolved,
  kContext,
  kWhere,
  kColumns
};
using Row = std::array<std::string, kColumns>;

constexpr std::string_view kNoCue = "ops: no cue of development or tests";

// Columns that are left out where every line has the usual there.
constexpr std::pair<Column, std::string_view> kUsual[] = {
    {kTask, "-"}, {kResolved, "literal"}, {kContext, kNoCue}, {kWhere, "host"}};

std::string where_of(const Step& step) {
  std::string out(to_string(step.place));
  if (!step.place_name.empty()) out += " " + step.place_name;
  return out;
}

Row row_of(const CallRecord& record) {
  const Step& step = *record.step;
  const ComposeInvocation& call = *step.call;
  const Position at = call.span.file->position(call.span.begin, ColumnUnit::kCodePoint);
  const Project* project = call.target.project;
  const auto or_dash = [](const std::string& text) {
    return text.empty() ? std::string("-") : printable(text);
  };
  Row row;
  row[kPlace] = printable(fmt::format("{}:{}:{}", call.span.file->path(), at.line, at.column));
  row[kTask] = or_dash(record.task);
  row[kVerb] = or_dash(call.verb);
  row[kService] = or_dash(service_of(call));
  row[kProject] = printable(project != nullptr ? project->name.value : "?");
  row[kEffect] = fmt::format("{}{}{}", composelint::to_string(call.effect),
                             call.effect_name.empty() ? "" : ": ", printable(call.effect_name));
  row[kResolved] = composelint::to_string(call.resolved_by);
  row[kContext] =
      fmt::format("{}: {}", composelint::to_string(record.context), printable(record.cue));
  row[kWhere] = printable(where_of(step));
  return row;
}

std::vector<std::size_t> columns_of(const std::vector<Row>& rows) {
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < kColumns; ++i) {
    const auto usual = std::find_if(std::begin(kUsual), std::end(kUsual),
                                    [&](const auto& each) { return each.first == i; });
    const bool needed = usual == std::end(kUsual) ||
                        std::any_of(rows.begin() + 1, rows.end(),
                                    [&](const Row& row) { return row[i] != usual->second; });
    if (needed) columns.push_back(i);
  }
  return columns;
}

}  // namespace

std::string calls_json(const Run& run) {
  ordered_json report = {{"calls", ordered_json::array()}};
  for (const CallRecord& record : run.calls) report["calls"].push_back(call_of(record));
  return dump(report);
}

std::string calls_text(const Run& run) {
  std::vector<Row> rows = {
      {"PLACE", "TASK", "VERB", "SERVICE", "PROJECT", "EFFECT", "RESOLVED", "CONTEXT", "WHERE"}};
  for (const CallRecord& record : run.calls) rows.push_back(row_of(record));
  const std::vector<std::size_t> columns = columns_of(rows);
  std::array<std::size_t, kColumns> widths{};
  for (const Row& row : rows) {
    for (const std::size_t i : columns) widths[i] = std::max(widths[i], display_width(row[i]));
  }
  std::string out;
  for (std::size_t line = 0; line < rows.size(); ++line) {
    for (const std::size_t i : columns) {
      const std::string& cell = rows[line][i];
      out += cell;
      if (i != columns.back()) out += std::string(widths[i] - display_width(cell) + 2, ' ');
    }
    out += "\n";
    if (line == 0) continue;
    const Target& target = run.calls[line - 1].step->call->target;
    if (target.project != nullptr || target.why_unknown.empty()) continue;
    out += "    project unknown: " + printable(target.why_unknown) + "\n";
  }
  return rows.size() == 1 ? "no compose calls found\n" : out;
}

}  // namespace composelint::report
