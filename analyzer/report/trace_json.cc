#include <nlohmann/json.hpp>

#include "analyzer/report/json_place.h"
#include "analyzer/report/reports.h"
#include "analyzer/report/step_words.h"
#include "analyzer/report/trace_steps.h"

namespace composelint::report {

namespace {

using nlohmann::ordered_json;

ordered_json optional_of(std::string_view text) {
  return text.empty() ? ordered_json() : ordered_json(text);
}

ordered_json place_of(const Span& span) {
  ordered_json object = ordered_json::object();
  put_place(object, span);
  return object;
}

ordered_json stream_of(const Stream& stream) {
  ordered_json object = {{"kind", to_string(stream.kind)}};
  if (stream.kind == StreamKind::kFile) object["target"] = shown(stream.target);
  return object;
}

ordered_json call_of(const ComposeInvocation& call) {
  const Project* project = call.target.project;
  ordered_json files = ordered_json::array();
  if (project != nullptr) {
    for (const SourceFile* file : project->files) files.push_back(file->path());
  }
  return {{"verb", call.verb},
          {"service", optional_of(service_of(call))},
          {"project", project == nullptr ? ordered_json() : ordered_json(project->name.value)},
          {"project_files", std::move(files)},
          {"why_unknown", optional_of(call.target.why_unknown)},
          {"resolved_by", composelint::to_string(call.resolved_by)}};
}

ordered_json conditions_of(const Timeline& timeline, const Step& step) {
  ordered_json list = ordered_json::array();
  const std::size_t all = step.conditions.size();
  for (std::size_t i = all > kMostConditions ? all - kMostConditions : 0; i < all; ++i) {
    const Condition& condition = step.conditions[i];
    const Branch& branch = timeline.branches[condition.branch];
    ordered_json object = {{"kind", to_string(branch.kind)},
                           {"branch", condition.branch},
                           {"arm", condition.arm},
                           {"words", condition_words(timeline, condition)}};
    put_place(object, branch.condition ? branch.condition : branch.span);
    list.push_back(std::move(object));
  }
  return list;
}

ordered_json step_of(const Timeline& timeline, std::size_t index) {
  const Step& step = timeline.steps[index];
  const TracedStep place = traced(step);
  ordered_json object = {{"step", index + 1}};
  put_place(object, place.span);
  object["command"] = step.argv.empty() ? std::string(place.span.text()) : shown(step.argv);
  object["effect"] = composelint::to_string(step.effect);
  object["effect_name"] = optional_of(step.effect_name);
  object["call"] = step.call ? call_of(*step.call) : ordered_json();
  object["conditions"] = conditions_of(timeline, step);
  object["conditions_in_all"] = step.conditions.size();
  object["on_failure"] = to_string(step.status);
  object["in"] = stream_of(step.in);
  object["out"] = stream_of(step.out);
  object["err"] = stream_of(step.err);
  object["background"] = step.background;
  object["place"] = to_string(step.place);
  object["place_name"] = optional_of(step.place_name);
  object["directory"] = step.directory ? ordered_json(*step.directory) : ordered_json();
  object["asks"] = step.asks;
  object["followed"] = step.followed;
  object["function"] = optional_of(uncalled_function(timeline, step));
  object["called_from"] = ordered_json::array();
  for (const Span& call : place.called_from) object["called_from"].push_back(place_of(call));
  object["unknown"] = unknown_words(step);
  return object;
}

ordered_json script_of(const ScriptRecord& script) {
  const Timeline& timeline = *script.timeline;
  ordered_json object;
  object["file"] = timeline.file == nullptr ? "" : timeline.file->path();
  object["task"] = optional_of(timeline.task);
  object["context"] = to_string(script.context);
  object["context_cue"] = script.cue;
  object["sections"] = ordered_json::array();
  for (const Section& section : timeline.sections) {
    ordered_json place = {{"name", optional_of(section.name)}, {"first_step", section.first + 1}};
    put_place(place, section.span);
    object["sections"].push_back(std::move(place));
  }
  object["steps"] = ordered_json::array();
  for (std::size_t i = 0; i < timeline.steps.size(); ++i) {
    object["steps"].push_back(step_of(timeline, i));
  }
  object["cut"] = timeline.truncated;
  return object;
}

}  // namespace

std::string trace_json(std::span<const ScriptRecord> scripts) {
  ordered_json report = {{"version", 1}, {"scripts", ordered_json::array()}};
  for (const ScriptRecord& script : scripts) report["scripts"].push_back(script_of(script));
  return dump(report);
}

}  // namespace composelint::report
