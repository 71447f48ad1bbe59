#include "analyzer/signs/images/release_elsewhere.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

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

namespace {

// "db.example.org" of `ops@db.example.org:/srv/app`; nothing where it is no place of ssh.
std::string_view host_in(std::string_view text) {
  text = text.substr(0, text.find(':'));
  return text.substr(text.rfind('@') + 1);  // npos + 1 is 0
}

// `scp compose.yaml live:`: what `up` reads itself.
bool is_read_by_up(const Argument& word) {
  const std::string_view name = file_name(word.text);
  return name == ".env" || (name.find("compose") != name.npos && name.find(".y") != name.npos);
}

}  // namespace

bool sends_source(const Step& step, const Step& later) {
  const std::string_view program = program_name(step);
  if ((program != "rsync" && program != "scp") || step.argv.size() < 3) return false;
  if (step.place != Place::kHost || later.place != Place::kRemote) return false;
  // Whoever sees what an attached `up` says sees the copy's error above it.
  if (later.call && !later.call->has("--detach")) return false;
  const Argument& to = step.argv.back();
  const std::size_t colon = to.text.find(':');
  if (colon == std::string::npos || to.text.find('/') < colon) return false;
  const std::string_view sent = host_in(to.text);
  const std::string_view entered = host_in(later.place_name);
  if (!sent.empty() && !entered.empty() && sent != entered) return false;
  if (std::any_of(step.argv.begin() + 1, step.argv.end() - 1, is_read_by_up)) return true;
  std::string_view place = std::string_view(to.text).substr(colon + 1);
  while (place.ends_with('/')) place.remove_suffix(1);
  return place.empty() ||
         (later.directory && (std::string_view(*later.directory).starts_with(place) ||
                              place.starts_with(*later.directory))) ||
         later.span.text().find(place) != std::string_view::npos;
}

std::vector<const Step*> possible_starts(const Timeline& timeline) {
  std::vector<const Step*> out;
  for (const Step& step : timeline.steps) {
    const std::string_view program = program_name(step);
    const bool docker = step.docker || program == "docker";  // `docker stack deploy`
    if (step.call || docker || program == "systemctl") out.push_back(&step);
  }
  return out;
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

// A swarm takes its images from a registry, that of this machine as well.
bool is_updated_here(const Step& build, const Step& start) {
  if (!updates_a_service(start) || !same_place(build, start)) return false;
  const OptionUse* tag = build.docker ? build.docker->option("--tag") : nullptr;
  return tag == nullptr || (tag->value && tag->value->known());
}

}  // namespace

bool pushes_between(const Timeline& timeline, const Step& build, const Step& start) {
  if (!builds(build)) return false;
  const bool there = build.place == Place::kHost && starts_there(start);
  if (!there && !is_updated_here(build, start)) return false;
  const Step* push = first_after(timeline, build, [](const Step& other) {
    return (other.call && other.call->is("push")) ||
           (other.docker && other.docker->is("image push"));
  });
  return push != nullptr && same_place(*push, build) &&
         index_of(timeline, *push) < index_of(timeline, start) &&
         push->conditions == build.conditions;
}

}  // namespace composelint
