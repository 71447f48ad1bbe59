#include "analyzer/signs/stacks/writers.h"

#include <composelint/service_role.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "analyzer/signs/steps/sequence.h"

namespace composelint {

namespace {

// Both run the same code: one image, or one build.
bool shares_code(const Service& a, const Service& b) {
  if (a.build && b.build) return a.build->text() == b.build->text();
  return a.image && b.image && a.image->value == b.image->value;
}

}  // namespace

std::vector<const Service*> workers_beside(const Service& service, const Project& project) {
  std::vector<const Service*> out;
  for (const Service& other : project.services) {
    if (&other != &service && other.active && role_of(other) == ServiceRole::kWorker &&
        shares_code(service, other)) {
      out.push_back(&other);
    }
  }
  return out;
}

bool stops_containers(const Step& step) {
  if (!step.docker || step.docker->opaque_options || step.docker->operands.empty()) return false;
  return (step.docker->is("container stop") || step.docker->is("container pause")) &&
         std::none_of(step.docker->operands.begin(), step.docker->operands.end(),
                      [](const Argument& word) { return word.splits; });
}

bool takes_out(const Step& step) {
  if (step.role == Role::kMaintenanceOn) return true;
  if (step.role == Role::kPausesWorkers) return step.launcher != Launcher::kNone;
  if (stops_containers(step)) return true;
  if (!step.call || step.call->services.empty() || step.call->opaque_options) return false;
  return step.call->is("stop") || step.call->is("pause");
}

namespace {

// `docker start NAME` of one of them, or compose of all.
bool starts_containers(const Step& back, const Step& out) {
  if (back.call) {
    const std::string_view verb = back.call->verb;
    const bool starts = verb == "start" || verb == "up" || verb == "restart" || verb == "unpause";
    return starts && back.call->operands.empty();
  }
  if (!back.docker ||
      !(back.docker->is("container start") || back.docker->is("container restart") ||
        back.docker->is("container unpause"))) {
    return false;
  }
  return std::any_of(
      out.docker->operands.begin(), out.docker->operands.end(), [&](const Argument& a) {
        return std::any_of(
            back.docker->operands.begin(), back.docker->operands.end(),
            [&](const Argument& b) { return a.text == b.text && a.holes == b.holes; });
      });
}

}  // namespace

bool brings_back(const Step& back, const Step& out) {
  if (out.role == Role::kMaintenanceOn) return back.role == Role::kMaintenanceOff;
  if (out.role == Role::kPausesWorkers) {
    return back.role == Role::kResumesWorkers ||
           (back.call && (back.call->is("restart") || back.call->is("up")));
  }
  if (stops_containers(out)) return starts_containers(back, out);
  if (!back.call || !out.call || !may_share_stack(*back.call, *out.call)) return false;
  const std::string_view verb = back.call->verb;
  const bool starts = verb == "start" || verb == "up" || verb == "restart";
  if (!(out.call->is("pause") ? verb == "unpause" || starts : starts)) return false;
  if (back.call->operands.empty() || back.call->services.empty()) return true;
  return std::any_of(out.call->services.begin(), out.call->services.end(), [&](const Argument& a) {
    return !a.known() ||
           std::any_of(back.call->services.begin(), back.call->services.end(),
                       [&](const Argument& b) { return !b.known() || b.text == a.text; });
  });
}

bool comes_from_trap(const Step& step) {
  const auto on_trap_line = [](Span span) {
    if (!span) return false;
    const std::string_view front = span.file->bytes().substr(0, span.begin);
    const std::size_t line = front.rfind('\n');
    const std::string_view text = line == std::string_view::npos ? front : front.substr(line + 1);
    const std::size_t word = text.find_first_not_of(" \t");
    if (word != std::string_view::npos && text.substr(word).starts_with("trap ")) return true;
    return span.text().starts_with("trap ") || text.find("&& trap ") != std::string_view::npos ||
           text.find("; trap ") != std::string_view::npos;
  };
  return on_trap_line(step.span) ||
         std::any_of(step.called_from.begin(), step.called_from.end(), on_trap_line);
}

}  // namespace composelint
