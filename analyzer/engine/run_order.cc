#include "analyzer/engine/run_order.h"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace composelint::engine {

namespace {

std::string_view path_of(const Span& span) {
  return span.file == nullptr ? std::string_view() : std::string_view(span.file->path());
}

}  // namespace

void sort_records(Run& run) {
  const auto place = [](const CallRecord& record) {
    const Span span = record.step->call->span;
    return std::tuple(path_of(span), span.begin, span.end);
  };
  std::stable_sort(run.calls.begin(), run.calls.end(),
                   [&](const CallRecord& a, const CallRecord& b) { return place(a) < place(b); });
  std::stable_sort(run.files.begin(), run.files.end(),
                   [](const FileRecord& a, const FileRecord& b) { return a.path < b.path; });
  std::stable_sort(run.notifications.begin(), run.notifications.end(),
                   [](const Notification& a, const Notification& b) { return a.path < b.path; });
}

void sort_findings(std::vector<Finding>& findings) {
  const auto place = [](const Finding& finding) {
    return std::tuple(path_of(finding.span), finding.span.begin, std::string_view(finding.rule),
                      -static_cast<int>(finding.severity), finding.context != "ops");
  };
  std::stable_sort(findings.begin(), findings.end(),
                   [&](const Finding& a, const Finding& b) { return place(a) < place(b); });
  const auto same = [](const Finding& a, const Finding& b) {
    return a.span == b.span && a.rule == b.rule;
  };
  findings.erase(std::unique(findings.begin(), findings.end(), same), findings.end());
}

}  // namespace composelint::engine
