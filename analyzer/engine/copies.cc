#include "analyzer/engine/copies.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace composelint::engine {

namespace {

constexpr std::size_t kMostRelated = 5;

bool holds(Span outer, Span inner) {
  return outer.file == inner.file && outer.begin <= inner.begin && inner.end <= outer.end;
}

// The other copy is mended by the same fix: they are to stay the same.
void take_fixes(std::vector<Fix>& fixes, std::vector<Fix>& others) {
  if (fixes.size() != others.size()) return;
  for (std::size_t i = 0; i < fixes.size(); ++i) {
    fixes[i].safety = std::max(fixes[i].safety, others[i].safety);
    std::vector<Edit>& edits = others[i].edits;
    fixes[i].edits.insert(fixes[i].edits.end(), std::make_move_iterator(edits.begin()),
                          std::make_move_iterator(edits.end()));
  }
}

// What the call itself is like, whatever comes of it; or what is no better where it fails each
// time: that nobody hears of it, that a profile is none.
bool is_of_the_line(std::string_view rule) {
  return rule == "missing-errexit" || rule == "unknown-profile" || rule == "unknown-service" ||
         rule == "compose-v1" || rule == "invalid-compose-cli" ||
         rule == "secret-on-command-line" || rule == "compose-file-missing";
}

void drop_refused(Run& run) {
  std::vector<Span> refused;
  for (const Finding& finding : run.findings) {
    if (finding.rule != "unknown-service" || finding.severity != Severity::kError) continue;
    for (const CallRecord& call : run.calls) {
      const Span span = call.step->call->span;
      if (holds(span, finding.span)) refused.push_back(span);
    }
  }
  std::erase_if(run.findings, [&](const Finding& finding) {
    return !is_of_the_line(finding.rule) &&
           std::any_of(refused.begin(), refused.end(),
                       [&](const Span& call) { return holds(call, finding.span); });
  });
}

void fold_copies(Run& run) {
  std::set<std::string_view> compose_files;
  for (const FileRecord& file : run.files) {
    if (!file.has_scripts) compose_files.insert(file.path);
  }
  using Place = std::tuple<std::string_view, std::uint32_t, std::uint32_t, std::string_view,
                           std::string_view, std::string_view, Severity>;
  std::map<Place, std::size_t> first;
  std::vector<bool> folded(run.findings.size(), false);
  for (std::size_t i = 0; i < run.findings.size(); ++i) {
    Finding& finding = run.findings[i];
    const SourceFile* file = finding.span.file;
    if (file == nullptr || compose_files.contains(file->path())) continue;
    const Place place{file->bytes(),   finding.span.begin, finding.span.end, finding.rule,
                      finding.message, finding.context,    finding.severity};
    const auto [known, fresh] = first.try_emplace(place, i);
    if (fresh) continue;
    Finding& told = run.findings[known->second];
    if (told.related.size() < kMostRelated) {
      told.related.push_back({finding.span, "this file is a copy, and it is the same here"});
    }
    take_fixes(told.fixes, finding.fixes);
    folded[i] = true;
  }
  std::size_t at = 0;
  std::erase_if(run.findings, [&](const Finding&) { return folded[at++]; });
}

}  // namespace

void tell_once(Run& run) {
  drop_refused(run);
  fold_copies(run);
}

}  // namespace composelint::engine
