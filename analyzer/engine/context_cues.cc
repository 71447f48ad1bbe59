#include "analyzer/engine/context_cues.h"

#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "analyzer/engine/context_words.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

bool overlap(const Span& a, const Span& b) {
  return a.file == b.file && a.begin <= b.end && b.begin <= a.end;
}

class Teller {
 public:
  Teller(Workspace& workspace, const std::string& working_directory, Run& run)
      : workspace_(workspace), working_directory_(working_directory), run_(run) {
    for (const ScriptRecord& script : run.scripts) {
      const SourceFile* last = nullptr;
      add(script.timeline->file, script);
      for (const Step& step : script.timeline->steps) {
        if (step.span.file != last) add(last = step.span.file, script);
      }
    }
  }

  void tell(const Finding& finding) {
    if (!finding.span || finding.context.empty()) return;
    std::string& cue = run_.context_cues[{finding.span.file, finding.span.begin, finding.context}];
    if (cue.empty()) cue = cue_of(finding);
  }

 private:
  void add(const SourceFile* file, const ScriptRecord& script) {
    auto& all = scripts_[{file, std::string(to_string(script.context))}];
    if (all.empty() || all.back() != &script) all.push_back(&script);
  }

  std::string cue_of(const Finding& finding) {
    const auto found = scripts_.find({finding.span.file, finding.context});
    if (found != scripts_.end()) {
      for (const ScriptRecord* script : found->second) {
        for (const Step& step : script->timeline->steps) {
          if (overlap(step.span, finding.span)) return script->cue;
        }
      }
      return found->second.front()->cue;
    }
    const std::string path = text::join_path(working_directory_, finding.span.file->path());
    const auto cue = cue_in_path(text::relative_path(workspace_.root_of(path), path));
    if (cue && to_string(cue->context) == finding.context) return cue->cue;
    const auto told = workspace_.told_of_stack(path);
    if (told && to_string(told->context) == finding.context) return told->cue;
    return cue_of_step(finding).value_or(finding.context == "ops"
                                             ? "no cue of development or tests"
                                             : "nothing in use is touched there");
  }

  // A call that is for other files than the rest of its task.
  std::optional<std::string> cue_of_step(const Finding& finding) const {
    for (const ScriptRecord& script : run_.scripts) {
      for (const Step& step : script.timeline->steps) {
        if (!step.call || !overlap(step.span, finding.span)) continue;
        const auto cue = cue_of_files(*step.call);
        if (cue && to_string(cue->context) == finding.context) return cue->cue;
      }
    }
    return std::nullopt;
  }

  Workspace& workspace_;
  const std::string& working_directory_;
  Run& run_;
  std::map<std::pair<const SourceFile*, std::string>, std::vector<const ScriptRecord*>> scripts_;
};

}  // namespace

void tell_context_cues(Workspace& workspace, const std::string& working_directory, Run& run) {
  Teller teller(workspace, working_directory, run);
  for (const Finding& finding : run.findings) teller.tell(finding);
  for (const SuppressedFinding& each : run.suppressed) teller.tell(each.finding);
}

}  // namespace composelint::engine
