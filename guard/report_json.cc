#include <nlohmann/json.hpp>

#include "guard/masked_text.h"
#include "guard/report.h"
#include "guard/time_text.h"
#include "guard/words.h"

namespace composelint::guard {

namespace {

using nlohmann::ordered_json;

std::string_view name_of(Truth truth) {
  switch (truth) {
    case Truth::kRefuted: return "refuted";
    case Truth::kUnknown: return "unknown";
    case Truth::kSupported: return "supported";
  }
  return "unknown";
}

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kRun: return "run";
    case Verdict::kAsk: return "ask";
    case Verdict::kBlock: return "block";
  }
  return "block";
}

std::string_view name_of(Confirm confirm) {
  switch (confirm) {
    case Confirm::kNone: return "none";
    case Confirm::kQuestion: return "question";
    case Confirm::kTypeName: return "type-name";
  }
  return "none";
}

std::string_view name_of(TaskEnd end) {
  switch (end) {
    case TaskEnd::kEnded: return "ended";
    case TaskEnd::kNeverStarted: return "never-started";
    case TaskEnd::kStillRunning: return "still-running";
    case TaskEnd::kUnknown: return "unknown";
  }
  return "unknown";
}

std::string_view name_of(EndKind kind) {
  switch (kind) {
    case EndKind::kExited: return "exited";
    case EndKind::kSignalled: return "signalled";
    case EndKind::kNotStarted: return "not-started";
    case EndKind::kTimedOut: return "timed-out";
  }
  return "exited";
}

ordered_json moment(std::int64_t time) {
  return time == 0 ? ordered_json(nullptr) : ordered_json(time_text(time));
}

// A hash is no secret and nothing to read.
std::string dumped(const ordered_json& json) {
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

ordered_json json_of(const std::vector<Answer>& answers, const Mask& mask) {
  ordered_json out = ordered_json::array();
  for (const Answer& answer : answers) {
    ordered_json each;
    each["claim"] = answer.claim;
    each["truth"] = name_of(answer.truth);
    each["severity"] = to_string(answer.severity);
    each["note"] = mask.text(answer.note);
    if (!answer.remedy.empty()) each["remedy"] = mask.text(answer.remedy);
    each["origin"] = mask.text(answer.origin);
    each["time"] = moment(answer.time);
    out.push_back(std::move(each));
  }
  return out;
}

class Document {
 public:
  explicit Document(const Told& told) : told_(told), line_(told.command, told.mask) {}

  std::string write() {
    out_["version"] = 1;
    const std::vector<std::string> command = told_.mask.argv(told_.command.argv);
    out_["command"] = told_.given.empty() ? command : told_.mask.argv(told_.given);
    if (!told_.given.empty()) out_["runs"] = command;
    out_["directory"] = told_.mask.text(told_.command.directory);
    add_engine();
    add_project();
    add_decision();
    out_["evidence"] = json_of(told_.decision.answers, told_.mask);
    add_outcome();
    out_["verification"] = told_.verification == nullptr ? ordered_json(nullptr)
                                                         : json_of(*told_.verification, told_.mask);
    out_["exit_code"] = told_.exit_code ? ordered_json(*told_.exit_code) : ordered_json(nullptr);
    return dumped(out_);
  }

 private:
  void add_engine() {
    const EngineFacts& engine = told_.snapshot.engine;
    ordered_json& out = out_["engine"];
    out["reachable"] = engine.reachable;
    if (!engine.failure.empty()) out["failure"] = told_.mask.text(engine.failure);
    out["context"] = told_.mask.text(engine.context);
    out["endpoint"] = told_.mask.text(engine.endpoint);
    out["server_version"] = engine.server_version;
    out["compose_version"] = engine.compose_version;
  }

  void add_project() {
    const ComposeInvocation& call = told_.command.call();
    const Project* project = call.target.project;
    ordered_json& out = out_["project"];
    out["name"] = project == nullptr ? ordered_json(nullptr) : ordered_json(project->name.value);
    if (project != nullptr) {
      out["directory"] = told_.mask.text(project->directory);
      out["files"] = ordered_json::array();
      for (const SourceFile* file : project->files) {
        out["files"].push_back(told_.mask.text(file->path()));
      }
    }
    if (!told_.command.project_failure.empty()) {
      out["failure"] = told_.mask.text(told_.command.project_failure);
    }
    out_["verb"] = call.verb;
    const Argument* service = call.service();
    out_["service"] =
        service == nullptr ? ordered_json(nullptr) : ordered_json(told_.mask.text(service->text));
    out_["effect"] = to_string(call.effect);
    out_["effect_name"] = call.effect_name;
  }

  void add_decision() {
    const Decision& decision = told_.decision;
    ordered_json& out = out_["decision"];
    out["verdict"] = name_of(decision.verdict);
    out["reasons"] = ordered_json::array();
    for (const std::string& reason : decision.reasons) {
      out["reasons"].push_back(told_.mask.text(reason));
    }
    out["confirm"] = name_of(decision.confirm);
    out["environment"] =
        decision.environment.empty() ? ordered_json(nullptr) : ordered_json(decision.environment);
    out["findings"] = ordered_json::array();
    for (const Finding& finding : decision.findings) add(finding, out["findings"]);
  }

  void add(const Finding& finding, ordered_json& into) {
    ordered_json out;
    out["rule"] = finding.rule;
    out["severity"] = to_string(finding.severity);
    out["message"] = told_.mask.text(finding.message);
    const Span masked = line_.at(finding.span);
    const Span shown = masked ? masked : finding.span;
    if (shown) {
      const Position at = shown.file->position(shown.begin, ColumnUnit::kCodePoint);
      out["file"] = told_.mask.text(shown.file->path());
      out["line"] = at.line;
      out["column"] = at.column;
    }
    out["fixes"] = ordered_json::array();
    for (const Fix& fix : finding.fixes) {
      ordered_json one;
      one["title"] = told_.mask.text(fix.title);
      one["safe"] = fix.safety == FixSafety::kSafe;
      out["fixes"].push_back(std::move(one));
    }
    into.push_back(std::move(out));
  }

  void add_outcome() {
    ordered_json& out = out_["outcome"];
    if (told_.outcome == nullptr) return;
    const TaskOutcome& outcome = *told_.outcome;
    out["end"] = name_of(outcome.end);
    out["code"] = outcome.code;
    out["client"]["end"] = name_of(outcome.client.kind);
    out["client"]["code"] = outcome.client.code;
    out["container"] =
        outcome.container.empty() ? ordered_json(nullptr) : ordered_json(outcome.container);
    out["stopped"] = outcome.stopped;
    out["began"] = moment(outcome.began);
    out["ended"] = moment(outcome.ended);
    out["notes"] = ordered_json::array();
    for (const std::string& note : outcome.notes) out["notes"].push_back(told_.mask.text(note));
  }

  const Told& told_;
  MaskedText line_;
  ordered_json out_;
};

}  // namespace

std::string json_document(const Told& told) {
  return Document(told).write();
}

std::string history_json(const std::vector<JournalRun>& runs, std::size_t torn) {
  const Mask nothing;
  ordered_json out;
  out["version"] = 1;
  out["torn"] = torn;
  out["runs"] = ordered_json::array();
  for (const JournalRun& run : runs) {
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
    each["end"] = run.end.empty() ? ordered_json(nullptr) : ordered_json(run.end);
    each["code"] = run.open() ? ordered_json(nullptr) : ordered_json(run.code);
    each["verified"] = run.verified;
    each["output"] = run.output.empty() ? ordered_json(nullptr) : ordered_json(run.output);
    each["evidence"] = json_of(run.answers, nothing);
    out["runs"].push_back(std::move(each));
  }
  return dumped(out);
}

}  // namespace composelint::guard
