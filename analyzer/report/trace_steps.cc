#include "analyzer/report/trace_steps.h"

#include <fmt/format.h>

#include <algorithm>

#include "analyzer/report/display.h"
#include "analyzer/report/step_words.h"

namespace composelint::report {

TracedStep traced(const Step& step) {
  TracedStep out{step.span, step.called_from};
  if (!step.call || step.call->span == step.span) return out;
  out.span = step.call->span;
  const auto caller = std::find(out.called_from.begin(), out.called_from.end(), out.span);
  out.called_from.erase(caller, out.called_from.end());
  return out;
}

std::string uncalled_function(const Timeline& timeline, const Step& step) {
  if (!step.detached || step.conditions.empty()) return "";
  return timeline.branches[step.conditions.front().branch].name;
}

std::string stack_words(const Step& step) {
  if (!step.call) return "";
  const ComposeInvocation& call = *step.call;
  const std::string service = service_of(call);
  const std::string of = service.empty() ? "" : fmt::format("service {} of ", printable(service));
  const Project* project = call.target.project;
  if (project == nullptr) {
    const std::string& why = call.target.why_unknown;
    return of + "an unknown project" + (why.empty() ? "" : ": " + printable(why));
  }
  std::string files;
  for (const SourceFile* file : project->files) {
    files += (files.empty() ? "" : ", ") + printable(file->path());
  }
  std::string out = fmt::format("{}project {} ({})", of, printable(project->name.value), files);
  if (!call.target.others.empty()) {
    out += ", or another by the directory it is started in";
  }
  return out;
}

}  // namespace composelint::report
