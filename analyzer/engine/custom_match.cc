#include "analyzer/engine/custom_match.h"

#include <composelint/evidence.h>

#include <algorithm>
#include <cstddef>

#include "analyzer/engine/custom_facts.h"
#include "analyzer/engine/wildcard.h"
#include "analyzer/knowledge/option_words.h"
#include "analyzer/knowledge/vocabulary_match.h"

namespace composelint::engine {

namespace {

using Words = std::span<const Argument>;

const ComposeInvocation* call_of(const CustomSubject& subject) {
  return subject.step->call ? &*subject.step->call : nullptr;
}

bool is_one_of(const CustomTest& test, std::string_view word) {
  return std::find(test.words.begin(), test.words.end(), word) != test.words.end();
}

Truth flag(const CustomTest& test, bool value) {
  return truth_of(is_one_of(test, value ? "true" : "false"));
}

// The command that the step is about: the one inside the container, where there is one.
Words task_of(const Step& step) {
  if (step.call) return step.call->inner;
  if (step.docker && !step.docker->inner.empty()) return step.docker->inner;
  return step.argv;
}

Truth verb(const CustomTest& test, const CustomSubject& subject) {
  const ComposeInvocation* call = call_of(subject);
  if (call == nullptr) return Truth::kRefuted;
  return call->verb.empty() ? Truth::kUnknown : truth_of(is_one_of(test, call->verb));
}

Truth docker(const CustomTest& test, const CustomSubject& subject) {
  return truth_of(subject.step->docker && is_one_of(test, subject.step->docker->verb));
}

Truth program(const CustomTest& test, const CustomSubject& subject) {
  const Words task = task_of(*subject.step);
  if (task.empty()) return Truth::kRefuted;
  if (!task.front().known()) return Truth::kUnknown;
  return truth_of(any_wildcard_matches(test.words, knowledge::base_name(task.front())));
}

Truth words(const CustomTest& test, const CustomSubject& subject) {
  const Words task = task_of(*subject.step);
  if (task.empty()) return Truth::kRefuted;
  const Words behind = task.subspan(1);
  const std::string_view program = knowledge::base_name(task.front());
  for (const std::string& pattern : test.words) {
    if (knowledge::matches(pattern, behind, program)) return Truth::kSupported;
  }
  const bool known =
      std::all_of(behind.begin(), behind.end(), [](const Argument& word) { return word.known(); });
  return known ? Truth::kRefuted : Truth::kUnknown;
}

// What stands behind the program, without the command that it runs itself.
Words own_words(const Step& step) {
  const Words all(step.argv);
  const std::size_t inner = step.docker ? step.docker->inner.size() : 0;
  if (all.size() <= inner + 1) return {};
  return all.subspan(1, all.size() - inner - 1);
}

Truth has_option(const std::string& name, const Step& step) {
  if (!step.call) {
    const Words words = own_words(step);
    const bool there = knowledge::matches(name, words) || (step.docker && step.docker->has(name));
    if (there) return Truth::kSupported;
    return knowledge::matches("!" + name, words) ? Truth::kRefuted : Truth::kUnknown;
  }
  const std::string option = canonical_option(step.call->verb, name);
  if (step.call->has(option) || step.call->global_option(option) != nullptr) {
    return Truth::kSupported;
  }
  const bool open = step.call->opaque_options || step.call->opaque_global;
  return open ? Truth::kUnknown : Truth::kRefuted;
}

Truth with(const CustomTest& test, const CustomSubject& subject) {
  Truth all = Truth::kSupported;
  for (const std::string& name : test.words) all = std::min(all, has_option(name, *subject.step));
  return all;
}

Truth without(const CustomTest& test, const CustomSubject& subject) {
  Truth all = Truth::kSupported;
  for (const std::string& name : test.words) {
    all = std::min(all, opposite(has_option(name, *subject.step)));
  }
  return all;
}

Truth effect(const CustomTest& test, const CustomSubject& subject) {
  if (subject.step->effect == Effect::kUnknown) return Truth::kUnknown;
  return truth_of(is_one_of(test, to_string(subject.step->effect)));
}

Truth role(const CustomTest& test, const CustomSubject& subject) {
  if (subject.step->effect == Effect::kUnknown) return Truth::kUnknown;
  return truth_of(is_one_of(test, role_word(subject.step->role)));
}

Truth in_context(const CustomTest& test, const CustomSubject& subject) {
  return truth_of(is_one_of(test, to_string(subject.context)));
}

Truth task(const CustomTest& test, const CustomSubject& subject) {
  return truth_of(any_wildcard_matches(test.words, subject.timeline->task));
}

Truth place(const CustomTest& test, const CustomSubject& subject) {
  return truth_of(is_one_of(test, place_word(subject.step->place)));
}

Truth in(const CustomTest& test, const CustomSubject& subject) {
  return truth_of(is_one_of(test, stream_word(subject.step->in.kind)));
}

Truth out(const CustomTest& test, const CustomSubject& subject) {
  return truth_of(is_one_of(test, stream_word(subject.step->out.kind)));
}

Truth err(const CustomTest& test, const CustomSubject& subject) {
  return truth_of(is_one_of(test, stream_word(subject.step->err.kind)));
}

Truth status(const CustomTest& test, const CustomSubject& subject) {
  return truth_of(is_one_of(test, status_word(subject.step->status)));
}

Truth pipefail(const CustomTest& test, const CustomSubject& subject) {
  return flag(test, subject.step->pipefail);
}

Truth errexit(const CustomTest& test, const CustomSubject& subject) {
  return flag(test, subject.step->errexit);
}

Truth background(const CustomTest& test, const CustomSubject& subject) {
  return flag(test, subject.step->background);
}

// Of all services that the call acts on one is enough.
Truth service_in(const CustomTest& test, const CustomSubject& subject, const Project* project) {
  Truth best = Truth::kRefuted;
  for (const NamedService& one : services_of(*subject.step->call, project)) {
    CustomSubject about = subject;
    about.project = project;
    about.service = one.service;
    Service unseen;
    unseen.name = one.name;
    if (one.service == nullptr) about.service = &unseen;
    if (one.service == nullptr) about.project = nullptr;
    best = std::max(best, one.name.empty() ? Truth::kUnknown : all_hold(test.inner, about));
  }
  return best;
}

// Of a compose file the service itself; of a call what holds in each project that it may mean.
Truth service(const CustomTest& test, const CustomSubject& subject) {
  if (subject.step == nullptr) return all_hold(test.inner, subject);
  if (call_of(subject) == nullptr) return Truth::kRefuted;
  const Target& target = subject.step->call->target;
  const Truth first = service_in(test, subject, target.project);
  for (const Project* other : target.others) {
    if (service_in(test, subject, other) != first) return Truth::kUnknown;
  }
  return first;
}

Truth lacks(const CustomTest& test, const CustomSubject& subject, Phase phase) {
  if (subject.evidence == nullptr) return Truth::kUnknown;
  Truth all = Truth::kSupported;
  for (const std::string& word : test.words) {
    const auto claim = claim_named(word);
    if (!claim) return Truth::kUnknown;
    const Question question{*claim, phase, *subject.step};
    all = std::min(all, opposite(subject.evidence->answer(question).truth));
  }
  return all;
}

Truth without_before(const CustomTest& test, const CustomSubject& subject) {
  return lacks(test, subject, Phase::kBefore);
}

Truth without_after(const CustomTest& test, const CustomSubject& subject) {
  return lacks(test, subject, Phase::kAfter);
}

constexpr CustomKeyRow kRows[] = {
    {"verb", verb},
    {"docker", docker},
    {"program", program},
    {"words", words},
    {"with", with},
    {"without", without},
    {"effect", effect},
    {"role", role},
    {"context", in_context},
    {"task", task},
    {"place", place},
    {"stdin", in},
    {"stdout", out},
    {"stderr", err},
    {"status", status},
    {"pipefail", pipefail},
    {"errexit", errexit},
    {"background", background},
    {"service", service},
    {"without-before", without_before},
    {"without-after", without_after},
};

}  // namespace

std::span<const CustomKeyRow> custom_step_rows() {
  return kRows;
}

Truth truth_of(bool holds) {
  return holds ? Truth::kSupported : Truth::kRefuted;
}

Truth opposite(Truth truth) {
  if (truth == Truth::kUnknown) return truth;
  return truth == Truth::kSupported ? Truth::kRefuted : Truth::kSupported;
}

Truth all_hold(const CustomTests& tests, const CustomSubject& subject) {
  Truth all = Truth::kSupported;
  for (const CustomTest& test : tests) {
    all = std::min(all, test.row->holds(test, subject));
    if (all == Truth::kRefuted) break;
  }
  return all;
}

bool fires(const CustomRule& rule, const CustomSubject& subject) {
  const auto holds = [&](const CustomTests& tests) {
    return all_hold(tests, subject) == Truth::kSupported;
  };
  const auto does_not = [&](const CustomTests& tests) {
    return all_hold(tests, subject) == Truth::kRefuted;
  };
  return std::any_of(rule.when.begin(), rule.when.end(), holds) &&
         std::all_of(rule.unless.begin(), rule.unless.end(), does_not);
}

Evidence evidence_for(const CustomRule& rule, const CustomSubject& subject) {
  for (const CustomTests& tests : rule.when) {
    for (const CustomTest& test : tests) {
      const bool before = test.row->holds == without_before;
      if (!before && test.row->holds != without_after) continue;
      const auto claim = claim_named(test.words.empty() ? "" : test.words.front());
      if (!claim || subject.evidence == nullptr) continue;
      return subject.evidence->answer(
          {*claim, before ? Phase::kBefore : Phase::kAfter, *subject.step});
    }
  }
  return {};
}

}  // namespace composelint::engine
