// What a rule found, and what the tool itself could not do. The two never mix: a finding is about
// the user's project, a notification about this run.
#pragma once

#include <composelint/fix.h>
#include <composelint/result.h>
#include <composelint/source.h>

#include <string>
#include <string_view>
#include <vector>

namespace composelint {

// SARIF levels; kOff never reaches a report.
enum class Severity { kOff, kNote, kWarning, kError };

[[nodiscard]] constexpr std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::kOff: return "off";
    case Severity::kNote: return "note";
    case Severity::kWarning: return "warning";
    case Severity::kError: return "error";
  }
  return "off";
}

// How sure the analysis is of its facts, not of the advice.
enum class Confidence { kLow, kMedium, kHigh };

// Another place that explains the finding: the service's declaration, the backup that comes late.
struct Related {
  Span span;
  std::string message;
};

struct Finding {
  std::string rule;  // the slug
  Severity severity = Severity::kWarning;
  Confidence confidence = Confidence::kHigh;
  Span span;
  std::string message;  // what will happen, one sentence; names the concrete things
  // Identity from data, never from wording or line: subject of the finding, most general first
  // (project, service, verb, inner program). Fingerprints and baselines are made of it.
  std::vector<std::string> key;
  std::string context;  // "ops", "dev", "ci", "docs": why the severity is what it is
  std::vector<Related> related;
  std::vector<Fix> fixes;
};

// Trouble of the run itself: a file that could not be read, a region that could not be parsed.
struct Notification {
  Severity severity = Severity::kWarning;  // kError makes the run end with exit code 2
  std::string path;                        // the file it is about, also where no SourceFile exists
  Span span;                               // where in it, if known
  std::string message;
};

}  // namespace composelint
