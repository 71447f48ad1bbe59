#include "analyzer/engine/source_graph.h"

#include <algorithm>

#include "analyzer/text/path.h"

namespace composelint::engine {

void SourceGraph::cover(const ScriptFacts& facts) {
  for (const SourceFile* file : facts.timeline.sourced) {
    if (file != facts.file) sourced_.insert(file);
  }
}

// Of files that source each other the first one stands for itself.
void SourceGraph::close() {
  std::set<const SourceFile*> by_any;
  for (const ScriptFacts* facts : scripts_) {
    for (const SourceFile* file : facts->timeline.sourced) {
      if (file != facts->file) by_any.insert(file);
    }
  }
  for (const ScriptFacts* facts : scripts_) {
    if (!by_any.contains(facts->file)) cover(*facts);
  }
  for (const ScriptFacts* facts : scripts_) {
    if (by_any.contains(facts->file) && !sourced_.contains(facts->file)) cover(*facts);
  }
  for (const ScriptFacts* facts : scripts_) {
    for (const Step& step : facts->timeline.steps) {
      const SourceFile* file = step.span.file;
      if (file != facts->file && sourced_.contains(file)) {
        std::uint32_t& end = steps_[{file, step.span.begin}];
        end = std::max(end, step.span.end);
      }
      if (!step.call) continue;
      const SourceFile* place = step.call->span.file;
      if (place != facts->file) calls_[place].push_back({facts, &step});
    }
  }
}

bool SourceGraph::seen_by_others(Span span) const {
  if (!sourced_.contains(span.file)) return false;
  // A finding stands inside of the step it is about, perhaps behind a step inside of that one.
  constexpr int kInside = 8;
  auto step = steps_.upper_bound({span.file, span.begin});
  for (int i = 0; i < kInside && step != steps_.begin(); ++i) {
    --step;
    if (step->first.first != span.file) return false;
    if (span.begin < step->second) return true;
  }
  return false;
}

const std::vector<SourceGraph::Seen>& SourceGraph::calls_in(const SourceFile* file) const {
  static const std::vector<Seen> kNone;
  const auto found = calls_.find(file);
  return found == calls_.end() ? kNone : found->second;
}

void ScriptIndex::add(const std::string& path) {
  by_name_[std::string(text::name_of(path))].push_back(path);
}

std::string ScriptIndex::find(const std::string& suffix, std::string_view root) const {
  const auto named = by_name_.find(text::name_of(suffix));
  if (named == by_name_.end()) return {};
  std::string only;
  for (const std::string& path : named->second) {
    if (!path.starts_with(root) || !path.ends_with("/" + suffix)) continue;
    if (!only.empty()) return {};
    only = path;
  }
  return only;
}

std::function<std::string(const std::string&)> ScriptIndex::finder(hosts::HostKind kind,
                                                                   std::string root) const {
  const bool installed = kind == hosts::HostKind::kCrontab || kind == hosts::HostKind::kSystemd;
  return [this, installed, root = std::move(root)](const std::string& path) {
    if (!text::is_absolute(path)) return find(path, root);
    if (!installed) return std::string();
    for (const char* system : {"/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/"}) {
      if (path.starts_with(system)) return std::string();
    }
    std::string found;
    for (std::size_t at = 0; at != std::string::npos && found.empty(); at = path.find('/', at)) {
      found = find(path.substr(++at), root);
    }
    return found;
  };
}

}  // namespace composelint::engine
