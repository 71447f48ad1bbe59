#include "analyzer/signs/stacks/swept.h"

#include <composelint/quoted.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "analyzer/signs/stacks/listed_containers.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

std::optional<Loss> lost_by_prune(const DockerInvocation& call, bool podman) {
  const bool all = call.has("--all");
  if (call.is("volume prune") && podman) {
    return Loss{
        "deletes every volume of this machine that no container uses, named ones too, whatever "
        "stack they are of",
        true};
  }
  if (call.is("volume prune")) {
    return Loss{
        all ? "deletes every volume of this machine that no container uses, external ones and "
              "those of stacks that are down as well"
            : "deletes the volumes of this machine that no container uses, whatever stack they are "
              "of; engines before 23 take the named ones with them",
        true};
  }
  if (call.is("system prune")) {
    if (call.has("--volumes")) {
      return Loss{
          "deletes the stopped containers, networks, images and unused volumes of every stack on "
          "this machine",
          true};
    }
    // Containers that have stopped, and networks, are there again with the next `up`.
    if (!all) return std::nullopt;
    return Loss{
        "deletes the stopped containers and unused networks of every stack on this machine, and "
        "every image that no container uses, the one to go back to as well",
        false};
  }
  if (call.is("image prune") && all) {
    return Loss{
        "deletes every image of this machine that no container uses, the one to go back to as well",
        false};
  }
  return std::nullopt;
}

namespace {

// `docker start $RUNNING` behind a backup, or the machine goes down or the engine comes up anew.
bool starts_them_again(const Timeline& timeline, const Step& step) {
  static constexpr std::array<std::string_view, 4> kMachine = {"halt", "poweroff", "reboot",
                                                               "shutdown"};
  return first_after(timeline, step, [](const Step& other) {
           const std::string_view program = program_name(other);
           const bool engine = program == "systemctl" || program == "service";
           return (other.docker && (other.docker->is("container start") ||
                                    other.docker->is("container restart"))) ||
                  std::find(kMachine.begin(), kMachine.end(), program) != kMachine.end() ||
                  (engine &&
                   std::any_of(other.argv.begin(), other.argv.end(), [](const Argument& word) {
                     return word.text.starts_with("docker");
                   }));
         }) != nullptr;
}

// `docker stop $(docker ps -aq)`: then `rm` needs no force to take those that ran.
bool stops_all_before(const Timeline& timeline, const Step& step) {
  return last_before(timeline, step, [&](const Step& other) {
           return other.docker &&
                  (other.docker->is("container stop") || other.docker->is("container kill")) &&
                  listed_for(timeline, other) == Listed::kAll;
         }) != nullptr;
}

}  // namespace

std::optional<Loss> lost_by_list(const Timeline& timeline, const Step& step) {
  const DockerInvocation& call = *step.docker;
  const std::optional<Listed> listed = listed_for(timeline, step);
  if (!listed) return std::nullopt;
  if (call.is("container rm")) {
    const bool running =
        *listed == Listed::kAll && (call.has("--force") || stops_all_before(timeline, step));
    if (!running && call.has("--volumes")) {
      return Loss{
          "deletes the stopped containers of every stack on this machine, and with them the data "
          "of their volumes without a name",
          false};
    }
    if (!running) return std::nullopt;
    return Loss{"deletes every container of this machine, running ones and those of other stacks",
                true};
  }
  if (call.is("volume rm")) {
    return Loss{
        "deletes every volume of this machine that no container uses, those of other stacks as "
        "well",
        true};
  }
  if (call.is("container stop") || call.is("container kill")) {
    if (*listed != Listed::kAll || starts_them_again(timeline, step)) return std::nullopt;
    return Loss{
        "stops every container of this machine, those of other stacks as well: `restart: "
        "unless-stopped` does not start them again",
        false};
  }
  if (call.is("image rm"))
    return Loss{"deletes every image of this machine that is not in use", false};
  return std::nullopt;
}

std::optional<Loss> lost_by_age(const DockerInvocation& call) {
  if (!call.has("--all") || (!call.is("image prune") && !call.is("system prune"))) {
    return std::nullopt;
  }
  const bool by_age =
      std::all_of(call.options.begin(), call.options.end(), [](const OptionUse& use) {
        return use.name != "--filter" || (use.value && use.value->text.starts_with("until="));
      });
  if (!by_age) return std::nullopt;
  return Loss{
      "deletes every older image of this machine that no container uses, the one that is put aside "
      "to go back to as well",
      false};
}

std::optional<Loss> lost_before_start(const Timeline& timeline, const Step& step) {
  const DockerInvocation& call = *step.docker;
  const bool removes = call.is("system prune") || call.is("container prune") ||
                       (call.is("container rm") && listed_for(timeline, step));
  if (!removes || call.has("--filter")) return std::nullopt;
  static constexpr std::array<std::string_view, 7> kDrives = {"create", "down", "restart", "run",
                                                              "start",  "stop", "up"};
  const auto drives = [](const Step& other) {
    const std::string_view verb = other.call ? std::string_view(other.call->verb) : "";
    return std::find(kDrives.begin(), kDrives.end(), verb) != kDrives.end() ||
           (other.docker &&
            (other.docker->is("container stop") || other.docker->is("container start") ||
             other.docker->is("container run")));
  };
  const auto does = [](const Step* other, std::string_view verb) {
    if (other == nullptr) return false;
    return other->call ? other->call->is(verb)
                       : other->docker->verb == "container " + std::string(verb);
  };
  const Step* before = last_before(timeline, step, drives);
  const Step* after = first_after(timeline, step, drives);
  if (!does(before, "stop") || !does(after, "start")) return std::nullopt;
  return Loss{"deletes the stopped containers, those that " + quoted("start") + " on " +
                  line_of(after->span, step.span) + " is for as well: it finds none",
              false};
}

}  // namespace composelint
