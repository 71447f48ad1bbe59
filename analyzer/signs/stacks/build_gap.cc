#include "analyzer/signs/stacks/build_gap.h"

#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/profile_gap.h"
#include "analyzer/signs/steps/sequence.h"

namespace composelint {

namespace {

// One of its files: what these extend is none.
bool is_made_of(const Project& project, const SourceFile* file) {
  return std::find(project.files.begin(), project.files.end(), file) != project.files.end();
}

// Images come to the machine by it, or go.
bool deals_with_images(const Step& step) {
  if (const auto& call = step.call) {
    return call->is("build") || call->is("pull") || call->has("--build") || call->has("--rmi") ||
           call->has("--pull");
  }
  return step.docker && !step.docker->is("image ls") &&
         (step.docker->verb.starts_with("image ") || step.docker->verb.starts_with("build") ||
          step.docker->verb.find("prune") != std::string::npos);
}

// `./` is `.`, and a Dockerfile of that name needs no word.
std::string without_defaults(const Value* value) {
  std::string text = value == nullptr || !value->is_scalar() ? "" : plain_text(*value);
  if (text.starts_with("./")) text.erase(0, 2);
  if (text.ends_with('/')) text.pop_back();
  return text == "." || text == "Dockerfile" ? "" : text;
}

// The first value by which a file that `narrower` lacks changes how the service is built.
const SourceFile* changed_in(const Value* wide, const Value* narrow, const Project& narrower) {
  if (wide == nullptr) return nullptr;
  for (const Member& member : wide->members) {
    const Value* other = narrow == nullptr ? nullptr : narrow->find(member.key);
    if (const SourceFile* file = changed_in(&member.value, other, narrower)) return file;
  }
  if (!wide->is_scalar() || wide->span.file == nullptr || is_made_of(narrower, wide->span.file)) {
    return nullptr;
  }
  // The words of an unset variable are compared as they are written.
  const std::string_view written = narrow == nullptr || !narrow->span ? "" : narrow->span.text();
  const bool open = (std::string(wide->span.text()) += written).find('$') != std::string::npos;
  const bool same =
      open ? written == wide->span.text() : without_defaults(wide) == without_defaults(narrow);
  return same ? nullptr : wide->span.file;
}

const SourceFile* built_otherwise(const Service& wide, const Service& narrow,
                                  const Project& narrower) {
  static constexpr std::array<std::string_view, 4> kParts = {"build.args", "build.context",
                                                             "build.dockerfile", "build.target"};
  for (const std::string_view part : kParts) {
    const SourceFile* file = changed_in(wide.attribute(part), narrow.attribute(part), narrower);
    if (file != nullptr) return file;
  }
  return nullptr;
}

bool is_built_at_each_up(const Service& service) {
  const std::string policy = text_at(service, "pull_policy");
  return !policy.empty() && policy != "missing" && policy != "if_not_present";
}

// What `build` with these files does not do for a service that `up` starts.
std::optional<BuildGap> gap_of(const Step& build, const Project& narrower, const Service& service,
                               const Project& wider) {
  const Service* own = narrower.service(service.name);
  BuildGap gap{&build, &service, nullptr, {}, false};
  if (own == nullptr) {
    gap.file = service.build ? service.build->file : nullptr;
    if (gap.file == nullptr || is_made_of(narrower, gap.file) || !is_made_of(wider, gap.file))
      return {};
    // What has a name is pulled where it is not there.
    return service.image ? std::nullopt : std::optional(gap);
  }
  if (!own->active && !own->profiles.empty()) {
    if (has_profiles_nearby(narrower)) return {};
    gap.profile = "`" + own->profiles.front().value + "`";
    return gap;
  }
  gap.differs = true;
  if (own->build) gap.file = built_otherwise(service, *own, narrower);
  return gap.file == nullptr ? std::nullopt : std::optional(gap);
}

}  // namespace

std::optional<BuildGap> build_gap(const Timeline& timeline, const Step& up) {
  const ComposeInvocation& call = *up.call;
  const Project* wider = call.target.project;
  if (!call.is("up") || call.opaque_options || wider == nullptr) return {};
  if (call.has("--build") || call.has("--no-build")) return {};
  const std::size_t here = index_of(timeline, up);
  const Step* build = nullptr;
  for (std::size_t i = 0; i < here; ++i) {
    const Step& other = timeline.steps[i];
    if (timeline.reach(i, here) == Reach::kNever || !deals_with_images(other)) continue;
    // Whatever else brings images may bring this one.
    if (build != nullptr || !other.call || !other.call->is("build")) return {};
    build = &other;
  }
  if (build == nullptr || !same_place(*build, up) || !same_stack(*build->call, call) ||
      timeline.reach(index_of(timeline, *build), here) != Reach::kAlways) {
    return {};
  }
  const ComposeInvocation& by = *build->call;
  const Project& narrower = *by.target.project;
  const bool all = std::all_of(narrower.files.begin(), narrower.files.end(),
                               [&](const SourceFile* file) { return is_made_of(*wider, file); });
  if (!by.operands.empty() || by.opaque_options || !all || narrower.directory != wider->directory) {
    return {};
  }
  for (const Service& service : wider->services) {
    const bool named = !call.operands.empty();
    if (!service.build || is_built_at_each_up(service)) continue;
    if (!reaches_service(call, service) || (!named && !service.active)) continue;
    if (auto gap = gap_of(*build, narrower, service, *wider)) return gap;
  }
  return {};
}

}  // namespace composelint
