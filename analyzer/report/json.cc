#include <nlohmann/json.hpp>

#include "analyzer/report/fingerprint.h"
#include "analyzer/report/json_place.h"
#include "analyzer/report/reports.h"
#include "analyzer/report/stats.h"

namespace composelint::report {

namespace {

using nlohmann::ordered_json;

ordered_json fix_of(const Fix& fix) {
  ordered_json edits = ordered_json::array();
  for (const Edit& edit : fix.edits) {
    ordered_json object;
    put_place(object, edit.span);
    // Tools that apply an edit want bytes, whatever they think a column is.
    object["begin"] = edit.span.begin;
    object["end"] = edit.span.end;
    object["replacement"] = edit.replacement;
    edits.push_back(std::move(object));
  }
  return {{"title", fix.title}, {"safety", to_string(fix.safety)}, {"edits", std::move(edits)}};
}

// What made it the context that it is; null where nothing is known of it.
ordered_json cue_of(const Finding& finding, const Run& run) {
  const auto known =
      run.context_cues.find({finding.span.file, finding.span.begin, finding.context});
  return known == run.context_cues.end() ? ordered_json() : ordered_json(known->second);
}

ordered_json finding_of(const Finding& finding, const Run& run, const std::string& fingerprint) {
  ordered_json object = {{"rule", finding.rule}, {"level", to_string(finding.severity)}};
  put_place(object, finding.span);
  object["message"] = finding.message;
  object["context"] = finding.context;
  object["context_cue"] = cue_of(finding, run);
  object["confidence"] = to_string(finding.confidence);
  object["key"] = finding.key;
  object["fingerprint"] = fingerprint;
  object["related"] = ordered_json::array();
  for (const Related& related : finding.related) {
    ordered_json place;
    put_place(place, related.span);
    place["message"] = related.message;
    object["related"].push_back(std::move(place));
  }
  object["fixes"] = ordered_json::array();
  for (const Fix& fix : finding.fixes) object["fixes"].push_back(fix_of(fix));
  return object;
}

ordered_json notification_of(const Notification& notification) {
  ordered_json object = {{"level", to_string(notification.severity)}};
  if (!notification.path.empty()) object["file"] = notification.path;
  put_place(object, notification.span);
  object["message"] = notification.message;
  return object;
}

ordered_json suppressed_of(const SuppressedFinding& suppressed, const Run& run,
                           const std::string& fingerprint) {
  ordered_json object = finding_of(suppressed.finding, run, fingerprint);
  ordered_json comment;
  put_place(comment, suppressed.comment);
  comment["reason"] = suppressed.reason;
  object["suppression"] = std::move(comment);
  return object;
}

}  // namespace

std::string json_report(const Run& run, const Options& options) {
  const Fingerprints prints = fingerprints(run);
  ordered_json report = {{"version", 1}, {"findings", ordered_json::array()}};
  for (std::size_t i = 0; i < run.findings.size(); ++i) {
    report["findings"].push_back(finding_of(run.findings[i], run, prints.findings[i]));
  }
  report["notifications"] = ordered_json::array();
  for (const Notification& notification : run.notifications) {
    report["notifications"].push_back(notification_of(notification));
  }
  if (options.show_suppressed) {
    report["suppressed"] = ordered_json::array();
    for (std::size_t i = 0; i < run.suppressed.size(); ++i) {
      report["suppressed"].push_back(
          suppressed_of(run.suppressed[i], run, prints.suppressed[i]));
    }
  }
  report["stats"] = {{"files", run.stats.files},
                     {"scripts", run.stats.scripts},
                     {"compose_files", run.stats.compose_files},
                     {"invocations", run.stats.invocations}};
  if (run.baselined > 0) report["stats"]["baselined"] = run.baselined;
  if (options.stats) report["stats"].update(stats_json(run));
  return dump(report);
}

}  // namespace composelint::report
