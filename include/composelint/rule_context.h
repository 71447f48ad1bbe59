// What a rule sees of the run besides the thing it looks at, and where it reports.
#pragma once

#include <composelint/evidence.h>
#include <composelint/finding.h>
#include <composelint/rule.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace composelint {

// Handed to each hook of a rule for one file; read-only facts and `report`.
class RuleContext {
 public:
  RuleContext(const Rule& rule, Context context, const Timeline* timeline,
              const EvidenceSource* evidence, std::vector<Finding>& findings)
      : rule_(rule),
        context_(context),
        timeline_(timeline),
        evidence_(evidence),
        findings_(findings) {}

  [[nodiscard]] Context context() const { return context_; }
  // The script's timeline; null while looking at a compose file.
  [[nodiscard]] const Timeline* timeline() const { return timeline_; }
  [[nodiscard]] Severity severity_in(Context context) const { return rule_.severity.in(context); }
  // How grave it is at one step of a file's tasks; they need not weigh the same.
  [[nodiscard]] Severity severity_at(const Step& step) const {
    return rule_.severity.in(context_of_ ? context_of_(step) : context_);
  }
  // Said by the engine where a rule looks at a whole file.
  void tell_steps_apart(std::function<Context(const Step&)> context_of) {
    context_of_ = std::move(context_of);
  }
  [[nodiscard]] Evidence ask(const Question& question) const {
    return evidence_ == nullptr ? Evidence{} : evidence_->answer(question);
  }

  // Adds a finding with the rule's severity in this context and gives it back for related places,
  // fixes and key parts. The reference holds until the next report. `key` names the subject by data
  // (service, verb, volume), so that the finding keeps its identity when lines move.
  Finding& report(Span span, std::string message, std::vector<std::string> key) {
    Finding finding;
    finding.rule = rule_.slug;
    finding.severity = rule_.severity.in(context_);
    finding.span = span;
    finding.message = std::move(message);
    finding.key = std::move(key);
    finding.context = to_string(context_);
    findings_.push_back(std::move(finding));
    return findings_.back();
  }

 private:
  const Rule& rule_;
  Context context_;
  const Timeline* timeline_;
  const EvidenceSource* evidence_;
  std::vector<Finding>& findings_;
  std::function<Context(const Step&)> context_of_;
};

}  // namespace composelint
