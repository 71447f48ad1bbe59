#include "analyzer/signs/images/release_elsewhere.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

bool starts_in_background(const Step& step) {
  return step.call && step.call->is("up") && step.call->has("--detach") &&
         !step.call->opaque_options;
}

namespace {

// Whoever brings a stack up over there leaves it, with `-d` or without.
bool brings_up(const Step& step) {
  return step.call && step.call->is("up") && !step.call->opaque_options &&
         !step.call->has("--exit-code-from") && !step.call->has("--abort-on-container-exit");
}

bool deploys_a_stack(const Step& step) {
  return step.argv.size() > 3 && program_name(step) == "docker" && step.argv[1].is("stack") &&
         step.argv[2].is("deploy");
}

// `docker service update --image reg/app:latest shop_app`
bool updates_a_service(const Step& step) {
  if (step.argv.size() < 4 || program_name(step) != "docker") return false;
  if (!step.argv[1].is("service") || !step.argv[2].is("update")) return false;
  // A tag that is made anew each time is not there where its build has failed.
  return std::all_of(step.argv.begin(), step.argv.end() - 1,
                     [](const Argument& word) { return word.known(); });
}

}  // namespace

bool starts_in_a_swarm(const Step& step) {
  return deploys_a_stack(step) || updates_a_service(step);
}

bool starts_there(const Step& step) {
  return step.place == Place::kRemote && (brings_up(step) || starts_in_a_swarm(step));
}

std::string start_of(const Step& step) {
  if (!step.call) return updates_a_service(step) ? "docker service update" : "docker stack deploy";
  return step.call->has("--build") ? "up --build" : step.call->has("--detach") ? "up -d" : "up";
}

namespace {

bool builds(const Step& step) {
  return step.call ? step.call->is("build") && !step.call->has("--help")
                   : step.docker && step.docker->verb.ends_with("build") &&
                         step.docker->option("--tag") != nullptr;
}

}  // namespace

bool pushes_between(const Timeline& timeline, const Step& build, const Step& start) {
  if (!builds(build) || build.place != Place::kHost || !starts_there(start)) return false;
  const Step* push = first_after(timeline, build, [](const Step& other) {
    return (other.call && other.call->is("push")) ||
           (other.docker && other.docker->is("image push"));
  });
  return push != nullptr && same_place(*push, build) &&
         index_of(timeline, *push) < index_of(timeline, start) &&
         push->conditions == build.conditions;
}

}  // namespace composelint
