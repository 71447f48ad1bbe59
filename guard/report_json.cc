#include <composelint/exit_code.h>

#include <nlohmann/json.hpp>

#include "guard/masked_text.h"
#include "guard/report.h"
#include "guard/time_text.h"
#include "guard/told_effect.h"
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

void put_end(ordered_json& out, std::optional<int> code, std::string_view name,
             const std::string& reason, const std::vector<std::string>& messages) {
  out["exit_code"] = code ? ordered_json(*code) : ordered_json(nullptr);
  out["exit"] = name.empty() ? ordered_json(nullptr) : ordered_json(name);
  out["reason"] = reason.empty() ? ordered_json(nullptr) : ordered_json(reason);
  out["messages"] = messages;
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
    if (!told_.backups.empty()) {
      out_["backups"] = ordered_json::array();
      for (const std::string& backup : told_.backups) {
        out_["backups"].push_back(ordered_json::parse(backup, nullptr, false));
      }
    }
    const bool ran = told_.outcome != nullptr && told_.exit_code == told_.outcome->code;
    std::vector<std::string> messages;
    for (const std::string& each : told_.messages) messages.push_back(told_.mask.text(each));
    put_end(out_, told_.exit_code, told_.exit_code ? exit_name(*told_.exit_code, ran) : "",
            told_.mask.text(told_.reason), messages);
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
    const Effect effect = told_effect(told_.command);
    out_["effect"] = to_string(effect);
    out_["effect_name"] = effect == call.effect ? call.effect_name : "";
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

std::string_view exit_name(int code, bool of_task) {
  if (code == 0) return "ok";
  if (of_task) return "task";
  switch (code) {
    case static_cast<int>(ExitCode::kTrouble): return "trouble";
    case static_cast<int>(GuardExit::kBlocked): return "blocked";
    case static_cast<int>(GuardExit::kNotVerified): return "not-verified";
    case static_cast<int>(GuardExit::kLocked): return "locked";
    case static_cast<int>(GuardExit::kNoEngine): return "no-engine";
    case static_cast<int>(GuardExit::kNoJournal): return "no-journal";
    case static_cast<int>(GuardExit::kLost): return "lost";
    default: break;
  }
  constexpr int kBySignal = 128;
  return code > kBySignal ? "interrupted" : "not-started";
}

std::string json_document(const Told& told) {
  return Document(told).write();
}

std::string end_document(const std::vector<std::string>& command, int code,
                         const std::string& reason, const std::vector<std::string>& messages) {
  ordered_json out;
  out["version"] = 1;
  out["command"] = command;
  put_end(out, code, exit_name(code), reason, messages);
  return dumped(out);
}

}  // namespace composelint::guard
