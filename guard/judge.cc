#include "guard/judge.h"

#include <algorithm>
#include <array>
#include <utility>

#include "analyzer/text/path.h"
#include "guard/endpoint.h"
#include "guard/findings.h"
#include "guard/stack_view.h"

namespace composelint::guard {

namespace {

using Attestations = std::span<const std::pair<std::string, std::string>>;

bool changes_schema_or_data(const GuardedCommand& command) {
  const Effect effect = command.call().effect;
  return effect == Effect::kMigrates || effect == Effect::kImports || effect == Effect::kRestores;
}

Answer* find(std::vector<Answer>& answers, std::string_view claim) {
  const auto found = std::find_if(answers.begin(), answers.end(),
                                  [&](const Answer& answer) { return answer.claim == claim; });
  return found == answers.end() ? nullptr : &*found;
}

// One claim is one answer, as grave as the gravest who asks for it.
void add(std::vector<Answer>& answers, Answer answer) {
  Answer* known = find(answers, answer.claim);
  if (known == nullptr) {
    answers.push_back(std::move(answer));
    return;
  }
  if (answer.severity < known->severity) return;
  known->severity = answer.severity;
  if (known->truth != Truth::kSupported && !answer.note.empty()) known->note = answer.note;
}

// What the rules want to be proven before the command runs.
void add_expected(const GuardedCommand& command, const LiveEvidence& witness,
                  const engine::RuleSet& rules, std::vector<Answer>& answers) {
  for (const Rule* rule : rules.looking()) {
    if (rule->applies == nullptr || rule->expects.phase != Phase::kBefore) continue;
    const Severity severity = rule->severity.in(Context::kOps);
    if (severity == Severity::kOff || !rule->applies(*command.step)) continue;
    Answer answer = witness.tell(rule->expects.claim);
    answer.claim = name_of(rule->expects.claim);
    answer.severity = severity;
    if (answer.truth != Truth::kSupported && rule->expects.message != nullptr) {
      const std::string seen = answer.note.empty() ? "" : "; " + answer.note;
      answer.note = rule->expects.message(*command.step) + seen;
    }
    add(answers, std::move(answer));
  }
}

// Findings that a restore point would do away with: what would be one is said with them.
void add_what_findings_lack(const LiveFacts& facts, const LiveEvidence& witness,
                            const engine::RuleSet& rules, const GuardOptions& options,
                            Decision& decision) {
  const auto is_error = [](const Finding& each) { return each.severity == Severity::kError; };
  if (facts.backed_up) return;
  if (std::none_of(decision.findings.begin(), decision.findings.end(), is_error)) return;
  LiveFacts then = facts;
  then.backed_up = true;
  const std::vector<Finding> left =
      findings_about(facts.command, facts.snapshot, LiveEvidence(then), rules, options);
  const auto errors = [&](const std::vector<Finding>& all) {
    return std::count_if(all.begin(), all.end(), is_error);
  };
  if (errors(left) < errors(decision.findings)) {
    Answer answer = witness.tell(Claim::kBackupTaken);
    answer.severity = Severity::kError;
    add(decision.answers, std::move(answer));
  }
}

// What a script is not judged by where its backups are not known, is asked for here: unknown is no
// pass.
void add_lost_data(const GuardedCommand& command, const LiveEvidence& witness, Decision& decision) {
  const Loss& loss = command.loss;
  if (loss.what.empty()) return;
  const bool told =
      std::any_of(decision.findings.begin(), decision.findings.end(), [](const Finding& each) {
        return each.rule == "destructive-task-unguarded" && each.severity == Severity::kError;
      });
  if (told) return;
  Answer answer = witness.tell(Claim::kBackupTaken);
  answer.severity = loss.severity;
  if (answer.truth != Truth::kSupported) {
    answer.note = loss.what + ", and no backup is taken before it; " + answer.note;
    // A person is asked whether it may be missed, backup or not.
    if (answer.severity == Severity::kWarning) answer.truth = Truth::kRefuted;
  }
  add(decision.answers, std::move(answer));
}

bool fits_one(const std::vector<std::string>& globs, std::string_view text) {
  return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) {
    // '/' is nothing special in an endpoint: "ssh://*" is all of them.
    const auto matches = [](const auto& self, std::string_view g, std::string_view t) -> bool {
      if (g.empty()) return t.empty();
      if (g[0] == '*')
        return self(self, g.substr(1), t) || (!t.empty() && self(self, g, t.substr(1)));
      return !t.empty() && (g[0] == '?' || g[0] == t[0]) && self(self, g.substr(1), t.substr(1));
    };
    return matches(matches, std::string_view(glob).substr(0, 200), text.substr(0, 400));
  });
}

// Whether one of them fits it by any of its names: neither links nor another spelling lead past.
template <typename Plain>
bool fits_by_any_name(const std::vector<std::string>& globs, const std::string& text, Plain plain) {
  if (fits_one(globs, text)) return true;
  const std::string other = plain(text);
  if (fits_one(globs, other)) return true;
  std::vector<std::string> plain_globs;
  for (const std::string& glob : globs) plain_globs.push_back(plain_glob(glob));
  return fits_one(plain_globs, text) || fits_one(plain_globs, other);
}

ActedOn place_of(const LiveFacts& facts) {
  const Project* project = facts.command.call().target.project;
  ActedOn place{facts.snapshot.engine, "", std::nullopt};
  if (project == nullptr) return place;
  place.project = project->name.value;
  std::vector<const SourceFile*> files = project->files;
  files.insert(files.end(), project->env_files.begin(), project->env_files.end());
  place.files.emplace();
  for (const SourceFile* file : files) {
    place.files->push_back(text::join_path(facts.command.directory, file->path()));
  }
  return place;
}

void protect(const LiveFacts& facts, const LiveEvidence& witness, Decision& decision) {
  for (const ProtectedEnvironment& environment : facts.policy.environments) {
    if (!fits(environment, place_of(facts))) continue;
    if (decision.environment.empty() || environment.confirm > decision.confirm) {
      decision.environment = environment.name;
    }
    decision.confirm = std::max(decision.confirm, environment.confirm);
    if (!may_change_data(facts.command) || lacks_service(decision.answers)) continue;
    for (const std::string& required : environment.require) {
      Answer answer;
      for (const Claim claim :
           {Claim::kContextInspected, Claim::kBackupTaken, Claim::kReady, Claim::kWritersPaused}) {
        if (name_of(claim) == required) answer = witness.tell(claim);
      }
      answer.claim = required;
      answer.severity = Severity::kError;
      if (answer.truth != Truth::kSupported) {
        const std::string seen = std::move(answer.note);
        answer.note = environment.name + " asks for it";
        for (const std::string* more :
             {&facts.command.doubt, &facts.command.starts_change, &seen}) {
          if (!more->empty()) answer.note += "; " + *more;
        }
      }
      add(decision.answers, std::move(answer));
    }
  }
}

}  // namespace

bool may_change_data(const GuardedCommand& command) {
  if (!command.starts_change.empty()) return true;
  if (command.business == Business::kStack) {
    return command.call().effect == Effect::kDeletes || command.call().effect == Effect::kMigrates;
  }
  switch (command.call().effect) {
    case Effect::kReads:
    case Effect::kExports:
    case Effect::kDumps:
    case Effect::kShell: return !command.doubt.empty();
    default: return true;
  }
}

bool fits(const ProtectedEnvironment& environment, const ActedOn& place) {
  const EngineFacts& engine = place.engine;
  const auto fit = [](const std::vector<std::string>& globs, std::string_view text) {
    return globs.empty() || text.empty() || fits_one(globs, text);
  };
  const bool context =
      fit(environment.contexts, engine.context) ||
      std::any_of(engine.other_contexts.begin(), engine.other_contexts.end(),
                  [&](const std::string& other) { return fits_one(environment.contexts, other); });
  if (!context) return false;
  const bool endpoint = environment.endpoints.empty() || engine.endpoint.empty() ||
                        fits_by_any_name(environment.endpoints, engine.endpoint, plain_endpoint);
  if (!endpoint || !fit(environment.projects, place.project)) return false;
  if (environment.files.empty() || !place.files) return true;
  return std::any_of(place.files->begin(), place.files->end(), [&](const std::string& file) {
    return fits_by_any_name(environment.files, file, plain_path);
  });
}

std::vector<std::string_view> known_claims() {
  return {"backup-taken",    "configuration-valid", "context-inspected",
          "dependencies-up", "engine-reachable",    "engine-supported",
          "image-current",   "logs-baseline",       "no-drift",
          "no-other-task",   "no-recreate",         "nothing-left-open",
          "output-checked",  "project-agrees",      "project-is-live-from-here",
          "ready",           "right-container",     "service-exists",
          "service-healthy", "service-not-paused",  "service-running",
          "variables-set",   "writers-paused"};
}

Decision judge(const LiveFacts& facts, const engine::RuleSet& rules, const GuardOptions& options) {
  const LiveEvidence witness(facts);
  Decision decision;
  decision.answers = ask_the_stack(facts);
  decision.findings = findings_about(facts.command, facts.snapshot, witness, rules, options);
  // What a task would do to a service that is not there, nobody has to ask.
  if (!lacks_service(decision.answers)) {
    add_what_findings_lack(facts, witness, rules, options, decision);
    add_expected(facts.command, witness, rules, decision.answers);
    add_lost_data(facts.command, witness, decision);
    // Whether somebody writes meanwhile is seen here; a script tells it of some tasks only.
    if (facts.command.business == Business::kTask && changes_schema_or_data(facts.command)) {
      add(decision.answers, witness.tell(Claim::kWritersPaused));
    }
  }
  protect(facts, witness, decision);
  if (options.pause_writers) {
    Answer* paused = find(decision.answers, name_of(Claim::kWritersPaused));
    // Where no writer is known there is none to pause, and nothing is promised.
    if (paused != nullptr && paused->truth == Truth::kRefuted) {
      paused->truth = Truth::kSupported;
      paused->note = "guard pauses them for the time of the command";
      paused->origin = "--pause-writers";
    }
  }
  for (Answer& answer : decision.answers) attest(facts, answer);
  // The rule says it with the name that was meant.
  const bool told = std::any_of(decision.findings.begin(), decision.findings.end(),
                                [](const Finding& each) { return each.rule == "unknown-service"; });
  if (told) {
    std::erase_if(decision.answers,
                  [](const Answer& answer) { return answer.claim == "service-exists"; });
  }
  decide(decision);
  return decision;
}

}  // namespace composelint::guard
