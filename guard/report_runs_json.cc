// What the journal and the locks tell, as JSON.
#include <nlohmann/json.hpp>

#include "guard/report.h"
#include "guard/time_text.h"

namespace composelint::guard {

namespace {

using nlohmann::ordered_json;

ordered_json moment(std::int64_t time) {
  return time == 0 ? ordered_json(nullptr) : ordered_json(time_text(time));
}

ordered_json text(const std::string& text) {
  return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

ordered_json json_of(const std::vector<Answer>& answers) {
  ordered_json out = ordered_json::array();
  for (const Answer& answer : answers) {
    ordered_json each;
    each["claim"] = answer.claim;
    each["truth"] = answer.truth == Truth::kSupported ? "supported"
                    : answer.truth == Truth::kRefuted ? "refuted"
                                                      : "unknown";
    each["severity"] = to_string(answer.severity);
    each["note"] = answer.note;
    if (!answer.remedy.empty()) each["remedy"] = answer.remedy;
    each["origin"] = answer.origin;
    each["time"] = moment(answer.time);
    out.push_back(std::move(each));
  }
  return out;
}

ordered_json json_of(const JournalRun& run) {
  ordered_json each;
  each["id"] = run.id;
  each["project"] = run.project;
  each["engine"] = run.engine;
  each["directory"] = run.directory;
  each["command"] = run.argv;
  each["user"] = run.user;
  each["service"] = run.service;
  each["effect"] = run.effect;
  each["effect_name"] = run.effect_name;
  each["started"] = moment(run.started);
  each["ended"] = moment(run.ended);
  each["end"] = text(run.end);
  each["code"] = run.open() ? ordered_json(nullptr) : ordered_json(run.code);
  each["verified"] = run.verified;
  each["output"] = text(run.output);
  each["evidence"] = json_of(run.answers);
  return each;
}

ordered_json json_of(const Leftover& left) {
  ordered_json out = json_of(left.run);
  out["alive"] = left.alive;
  out["script_alone"] = left.script_alone;
  out["task_runs"] = left.running;
  out["containers"] = left.containers;
  out["paused"] = left.paused;
  out["unfinished_output"] = text(left.temporary);
  out["failure"] = text(left.failure);
  return out;
}

// A document of `what`, which is `all`.
std::string document(const char* what, ordered_json all, std::optional<std::size_t> torn,
                     int code) {
  ordered_json out;
  out["version"] = 1;
  if (torn) out["torn"] = *torn;
  out[what] = std::move(all);
  out["exit_code"] = code;
  out["exit"] = exit_name(code);
  out["reason"] = nullptr;
  return out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string history_json(const std::vector<JournalRun>& runs, std::size_t torn) {
  ordered_json all = ordered_json::array();
  for (const JournalRun& run : runs) all.push_back(json_of(run));
  return document("runs", std::move(all), torn, 0);
}

std::string status_json(const std::vector<Leftover>& leftovers, std::size_t torn) {
  ordered_json all = ordered_json::array();
  for (const Leftover& left : leftovers) all.push_back(json_of(left));
  return document("runs", std::move(all), torn, 0);
}

std::string recovered_json(const std::vector<Recovered>& recovered, int code) {
  ordered_json all = ordered_json::array();
  for (const Recovered& one : recovered) {
    ordered_json each = json_of(one.left);
    each["done"] = one.done;
    each["not_done"] = text(one.failure);
    all.push_back(std::move(each));
  }
  return document("runs", std::move(all), std::nullopt, code);
}

std::string locks_json(const std::vector<Held>& locks) {
  ordered_json all = ordered_json::array();
  for (const Held& held : locks) {
    ordered_json each;
    each["project"] = held.project;
    each["engine"] = held.engine;
    each["user"] = held.holder.user;
    each["host"] = held.holder.host;
    each["process"] = held.holder.pid;
    each["since"] = moment(held.holder.since);
    each["command"] = held.holder.command;
    all.push_back(std::move(each));
  }
  return document("locks", std::move(all), std::nullopt, 0);
}

}  // namespace composelint::guard
