#include "analyzer/report/stats.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "analyzer/report/display.h"
#include "analyzer/report/reports.h"

namespace composelint::report {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t kReasons = 12;  // the rest is summed up

class Counter {
 public:
  void add(std::string name) { ++counts_[std::move(name)]; }

  [[nodiscard]] Counts finish() const {
    Counts out(counts_.begin(), counts_.end());
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    return out;
  }

 private:
  std::map<std::string, std::size_t> counts_;
};

std::string in_one_line(const Counts& counts) {
  std::string out;
  for (const auto& [name, count] : counts) {
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", printable(name), count);
  }
  return out;
}

std::string listed(const Counts& counts) {
  std::string out;
  for (std::size_t i = 0; i < counts.size() && i < kReasons; ++i) {
    out += fmt::format("  {:>6}  {}\n", counts[i].second, printable(counts[i].first));
  }
  std::size_t rest = 0;
  for (std::size_t i = kReasons; i < counts.size(); ++i) rest += counts[i].second;
  if (rest > 0)
    out += fmt::format("  {:>6}  for {} other reasons\n", rest, counts.size() - kReasons);
  return out;
}

ordered_json object_of(const Counts& counts) {
  ordered_json object = ordered_json::object();
  for (const auto& [name, count] : counts) object[name] = count;
  return object;
}

std::string line(std::string_view name, std::size_t total, const Counts& parts) {
  const std::string all = in_one_line(parts);
  return fmt::format("{:<10}{}{}\n", name, total, all.empty() ? "" : " (" + all + ")");
}

}  // namespace

Statistics statistics(const Run& run) {
  Statistics out;
  Counter kinds, contexts, cues, resolved, unbound;
  for (const FileRecord& file : run.files) {
    if (file.kind.empty()) continue;
    kinds.add(file.kind);
    out.unparsed += file.unparsed;
  }
  for (const ScriptRecord& script : run.scripts) {
    ++out.tasks;
    out.steps += script.timeline->steps.size();
    if (script.timeline->truncated) ++out.cut;
    contexts.add(std::string(to_string(script.context)));
    cues.add(fmt::format("{}: {}", to_string(script.context), script.cue));
  }
  for (const CallRecord& record : run.calls) {
    const ComposeInvocation& call = *record.step->call;
    resolved.add(std::string(composelint::to_string(call.resolved_by)));
    if (call.opaque_options || call.opaque_global) ++out.opaque;
    if (call.verb.empty()) ++out.no_verb;
    if (call.target.project != nullptr) {
      ++out.bound;
    } else {
      const std::string& why = call.target.why_unknown;
      unbound.add(why.empty() ? "not told" : why);
    }
  }
  out.kinds = kinds.finish();
  out.contexts = contexts.finish();
  out.cues = cues.finish();
  out.resolved = resolved.finish();
  out.unbound = unbound.finish();
  return out;
}

ordered_json stats_json(const Run& run) {
  const Statistics all = statistics(run);
  return {{"kinds", object_of(all.kinds)},
          {"tasks", all.tasks},
          {"steps", all.steps},
          {"contexts", object_of(all.contexts)},
          {"context_cues", object_of(all.cues)},
          {"calls",
           {{"all", run.calls.size()},
            {"resolved_by", object_of(all.resolved)},
            {"bound", all.bound},
            {"why_unknown", object_of(all.unbound)},
            {"opaque", all.opaque},
            {"without_verb", all.no_verb}}},
          {"unparsed", all.unparsed},
          {"cut", all.cut}};
}

std::string stats_text(const Run& run) {
  const Statistics all = statistics(run);
  std::string out = line("files", run.stats.files, all.kinds);
  out += line("tasks", all.tasks, all.contexts);
  out += listed(all.cues);
  out += fmt::format("{:<10}{}\n", "steps", all.steps);
  out += line("calls", run.calls.size(), all.resolved);
  out += fmt::format("{:<10}{} of {} calls\n", "project", all.bound, run.calls.size());
  out += listed(all.unbound);
  const auto trouble = [&](std::size_t count, std::string_view what) {
    if (count > 0) out += fmt::format("{:<10}{} {}\n", "unknown", count, what);
  };
  trouble(all.no_verb, "calls without a known verb");
  trouble(all.opaque, "calls with a word that may be an option");
  trouble(all.unparsed, "parts of files that are no shell");
  trouble(all.cut, "tasks cut at a bound");
  return out;
}

}  // namespace composelint::report
