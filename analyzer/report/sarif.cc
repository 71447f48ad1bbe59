#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "analyzer/report/fingerprint.h"
#include "analyzer/report/json_place.h"
#include "analyzer/report/product.h"
#include "analyzer/report/reports.h"
#include "analyzer/report/sarif_place.h"

namespace composelint::report {

namespace {

using nlohmann::ordered_json;

// One element; braces around one value are a list to g++ and a copy to clang.
ordered_json list_of(ordered_json element) {
  ordered_json list = ordered_json::array();
  list.push_back(std::move(element));
  return list;
}

ordered_json related_of(const std::vector<Related>& related) {
  ordered_json list = ordered_json::array();
  for (const Related& each : related) {
    if (!each.span) continue;
    ordered_json location = {{"id", list.size() + 1}};
    location.update(location_of(each.span));
    location["message"] = {{"text", each.message}};
    list.push_back(std::move(location));
  }
  return list;
}

// Edits grouped by file, as SARIF wants them.
ordered_json fix_of(const Fix& fix) {
  std::map<std::string, ordered_json> by_file;
  for (const Edit& edit : fix.edits) {
    if (!edit.span) continue;
    ordered_json region = region_of(edit.span);
    region.erase("snippet");
    ordered_json replacement = {{"deletedRegion", std::move(region)}};
    if (!edit.replacement.empty()) replacement["insertedContent"] = {{"text", edit.replacement}};
    by_file[edit.span.file->path()].push_back(std::move(replacement));
  }
  ordered_json changes = ordered_json::array();
  for (auto& [path, replacements] : by_file) {
    changes.push_back(
        {{"artifactLocation", artifact_location(path)}, {"replacements", std::move(replacements)}});
  }
  return {{"description", {{"text", fix.title}}}, {"artifactChanges", std::move(changes)}};
}

class Log {
 public:
  explicit Log(Rules rules) : rules_(rules) {
    for (std::size_t i = 0; i < rules.size(); ++i) index_[rules[i]->slug] = i;
  }

  [[nodiscard]] ordered_json result_of(const Finding& finding, const std::string& print) const {
    ordered_json result = {{"ruleId", finding.rule}};
    if (const auto at = index_.find(finding.rule); at != index_.end()) {
      result["ruleIndex"] = at->second;
    }
    result["level"] = to_string(finding.severity);
    result["message"] = {{"text", finding.message}};
    result["locations"] = list_of(location_of(finding.span));
    if (ordered_json related = related_of(finding.related); !related.empty()) {
      result["relatedLocations"] = std::move(related);
    }
    // primaryLocationLineHash is left to the upload, which knows the line.
    result["partialFingerprints"] = {{"composelint/v1", print}};
    for (const Fix& fix : finding.fixes) {
      if (!fix.edits.empty()) result["fixes"].push_back(fix_of(fix));
    }
    result["properties"] = {{"context", finding.context},
                            {"confidence", to_string(finding.confidence)},
                            {"key", finding.key}};
    return result;
  }

  [[nodiscard]] ordered_json driver() const {
    ordered_json driver = {
        {"name", "composelint"}, {"version", version()}, {"semanticVersion", version()}};
    if (!home_page().empty()) driver["informationUri"] = home_page();
    driver["rules"] = ordered_json::array();
    for (const Rule* rule : rules_) driver["rules"].push_back(descriptor_of(*rule));
    return driver;
  }

 private:
  Rules rules_;
  std::map<std::string_view, std::size_t> index_;
};

ordered_json suppressed_result(const Log& log, const SuppressedFinding& suppressed,
                               const std::string& print) {
  ordered_json result = log.result_of(suppressed.finding, print);
  ordered_json suppression = {{"kind", "inSource"}};
  if (!suppressed.reason.empty()) suppression["justification"] = suppressed.reason;
  if (suppressed.comment) suppression["location"] = location_of(suppressed.comment);
  result["suppressions"] = list_of(std::move(suppression));
  return result;
}

ordered_json invocation_of(const Run& run) {
  const auto failed = [](const Notification& each) { return each.severity == Severity::kError; };
  const bool whole = std::none_of(run.notifications.begin(), run.notifications.end(), failed);
  ordered_json invocation = {{"executionSuccessful", whole}};
  for (const Notification& notification : run.notifications) {
    ordered_json object = {{"level", to_string(notification.severity)},
                           {"message", {{"text", notification.message}}}};
    if (notification.span) {
      object["locations"] = list_of(location_of(notification.span));
    } else if (!notification.path.empty()) {
      object["locations"] = list_of(
          {{"physicalLocation", {{"artifactLocation", artifact_location(notification.path)}}}});
    }
    invocation["toolExecutionNotifications"].push_back(std::move(object));
  }
  return invocation;
}

}  // namespace

std::string sarif_report(const Run& run, Rules rules, const Options& options) {
  const Log log(rules);
  const Fingerprints prints = fingerprints(run);
  ordered_json results = ordered_json::array();
  for (std::size_t i = 0; i < run.findings.size(); ++i) {
    results.push_back(log.result_of(run.findings[i], prints.findings[i]));
  }
  for (std::size_t i = 0; options.show_suppressed && i < run.suppressed.size(); ++i) {
    results.push_back(suppressed_result(log, run.suppressed[i], prints.suppressed[i]));
  }
  ordered_json sarif_run;
  sarif_run["tool"] = {{"driver", log.driver()}};
  sarif_run["invocations"] = list_of(invocation_of(run));
  sarif_run["automationDetails"] = {{"id", "composelint/"}};
  sarif_run["originalUriBaseIds"] = {
      {"SRCROOT", {{"description", {{"text", "The directory composelint was started in."}}}}}};
  sarif_run["columnKind"] = "utf16CodeUnits";
  sarif_run["results"] = std::move(results);
  ordered_json log_file;
  log_file["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  log_file["version"] = "2.1.0";
  log_file["runs"] = list_of(std::move(sarif_run));
  return dump(log_file);
}

}  // namespace composelint::report
