#include "analyzer/signs/images/old_release.h"

#include <composelint/lower_case.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/service_role.h>
#include <composelint/taken_for.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/first_setup.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/images/image_origin.h"
#include "analyzer/signs/images/loaded_image.h"
#include "analyzer/signs/images/release_elsewhere.h"
#include "analyzer/signs/images/set_by_template.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/run_of_build.h"
#include "analyzer/signs/steps/dependent_steps.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/worked_on.h"
#include "analyzer/signs/words/cron_line.h"
#include "analyzer/signs/words/mentions.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

// `app-$1`: the words that are known are those of its name.
bool may_name(const Argument& word, std::string_view service) {
  if (word.known()) return word.text == service;
  if (word.holes.empty()) return true;
  const std::string_view text = word.text;
  const std::string_view head = text.substr(0, word.holes.front().at);
  const std::string_view tail = text.substr(word.holes.back().at);
  return service.size() >= head.size() + tail.size() && service.starts_with(head) &&
         service.ends_with(tail);
}

bool may_reach(const ComposeInvocation& call, const Service& service) {
  return reaches_service(call, service) ||
         std::any_of(call.services.begin(), call.services.end(), [&](const Argument& word) {
           return !word.known() && may_name(word, service.name);
         });
}

// `pull $1` and `up -d $1`: whatever they are, the words are the same, and no option is among them
// that the one takes and the other does not.
bool names_the_same(const ComposeInvocation& a, const ComposeInvocation& b) {
  const auto same = [](const Argument& left, const Argument& right) {
    return left.span.text() == right.span.text();
  };
  return !a.operands.empty() && std::equal(a.operands.begin(), a.operands.end(), b.operands.begin(),
                                           b.operands.end(), same);
}

bool starts_in_background(const ComposeInvocation& earlier, const Step& up) {
  return starts_in_background(up) || (up.call && up.call->is("up") && up.call->has("--detach") &&
                                      names_the_same(earlier, *up.call));
}

// `build db`, where `db` comes from a registry, builds nothing that `up` could start.
bool builds_some(const ComposeInvocation& build, const ComposeInvocation& up) {
  const Project* project = build.target.project;
  if (project == nullptr || project->partial || names_the_same(build, up)) {
    const auto comes_from_elsewhere = [&](const Argument& word) {
      if (project == nullptr || project->partial) return false;
      return std::none_of(
          project->services.begin(), project->services.end(),
          [&](const Service& each) { return each.build && may_name(word, each.name); });
    };
    return build.services.empty() ||
           !std::all_of(build.services.begin(), build.services.end(), comes_from_elsewhere);
  }
  return std::any_of(project->services.begin(), project->services.end(), [&](const Service& each) {
    return each.build && may_reach(build, each) && may_reach(up, each);
  });
}

// Where nothing is known of the stack, the two calls have to say the same of it.
bool says_the_same_stack(const ComposeInvocation& a, const ComposeInvocation& b) {
  if (a.target.project != nullptr && b.target.project != nullptr) return true;
  const auto same = [](const OptionUse& left, const OptionUse& right) {
    return left.name == right.name && left.value.has_value() == right.value.has_value() &&
           (!left.value || left.value->span.text() == right.value->span.text());
  };
  return std::equal(a.global_options.begin(), a.global_options.end(), b.global_options.begin(),
                    b.global_options.end(), same);
}

// Makes an image anew, as far as the later `up` is known to start it.
bool builds_for(const Step& step, const Step& up) {
  if (step.call) {
    return step.call->is("build") && !step.call->has("--help") &&
           may_share_stack(*up.call, *step.call) && says_the_same_stack(*up.call, *step.call) &&
           builds_some(*step.call, *up.call);
  }
  const bool builds = step.docker && step.docker->verb.ends_with("build");
  const OptionUse* tag = builds ? step.docker->option("--tag") : nullptr;
  const Project* project = up.call->target.project;
  if (tag == nullptr || !tag->value || project == nullptr) return false;
  return std::any_of(
      project->services.begin(), project->services.end(), [&](const Service& service) {
        return !service.build && service.image && is_built_by_that_name(service, *tag->value, step);
      });
}

// Where the repository builds services, its own come from a registry only under a name that they
// are pushed by; Prometheus and PostgreSQL beside them are no release of it.
bool is_of_the_release(const Service& service) {
  if (service.build) return service.image->value.find('/') != std::string::npos;
  const ServiceRole role = role_of(service);
  return role == ServiceRole::kApplication || role == ServiceRole::kWorker;
}

bool is_of_the_repository(const Service& service) {
  const ServiceRole role = role_of(service);
  const bool others =
      role == ServiceRole::kDatabase || role == ServiceRole::kCache || role == ServiceRole::kProxy;
  return service.build || !others;
}

// `registry.example.org/shop:${TAG}`: whoever deploys says which. A default is other people's way.
bool wants_its_tag(const Service& service) {
  return has_its_tag_from_a_variable(service) && !comes_by_default(service.image->from);
}

// `registry.example.org/shop/app:latest`, `${TAG:-latest}` that nothing sets: a name with a house
// in front, in a tag that moves. What others publish so has a role of its own, or no registry's
// name.
bool is_a_moving_release(const Service& service) {
  if (!service.image || !is_of_the_repository(service)) return false;
  const std::string_view name = service.image->value;
  const std::size_t house = name.find('/');
  if (house == name.npos || name.find('@') != name.npos || name.find('$') != name.npos)
    return false;
  const std::string_view registry = name.substr(0, house);
  static constexpr std::array<std::string_view, 8> kPublic = {
      "docker.io",         "gcr.io",         "ghcr.io", "lscr.io",
      "mcr.microsoft.com", "public.ecr.aws", "quay.io", "registry.k8s.io"};
  if (registry.find('.') == registry.npos ||
      std::find(kPublic.begin(), kPublic.end(), registry) != kPublic.end()) {
    return false;
  }
  const std::size_t colon = name.rfind(':');
  return colon == name.npos || colon < house || is_floating_tag(name.substr(colon + 1));
}

// `pull shop`, `registry.example.org/shop:${TAG}`, a pipeline that has just pushed: it is a release
// that comes. A plain `pull` of what others publish brings what there is, today or tomorrow.
bool asks_for_a_release(const Step& step, const Project* project) {
  const std::vector<Argument>& named = step.call->operands;
  if (!named.empty()) {
    // `pull db proxy`: other people's, by their names.
    return std::any_of(named.begin(), named.end(), [&](const Argument& name) {
      const Service* one =
          project != nullptr && name.known() ? project->service(name.text) : nullptr;
      return one == nullptr || is_of_the_repository(*one);
    });
  }
  const std::string_view text = step.span.file->bytes();
  static constexpr std::array<std::string_view, 3> kPushes = {"build-push-action", "docker push",
                                                              "push: true"};
  if (has_one_of(text, kPushes)) return true;
  return project != nullptr &&
         std::any_of(project->services.begin(), project->services.end(), [](const Service& one) {
           return one.image && (one.build || wants_its_tag(one) || is_a_moving_release(one));
         });
}

// `docker compose pull` and `up -d`, of a service whose image is not built here.
bool pulls_for(const Step& step, const Step& up) {
  if (!step.call || !step.call->is("pull") || step.call->has("--help") ||
      step.call->has("--ignore-pull-failures") || !starts_in_background(*step.call, up) ||
      up.call->has("--pull") || !may_share_stack(*up.call, *step.call) ||
      !says_the_same_stack(*up.call, *step.call)) {
    return false;
  }
  const Project* project = step.call->target.project;
  if (!asks_for_a_release(step, TakenFor{.likely = true}(*step.call))) return false;
  if (project == nullptr) return true;
  const auto some = [&](const auto& wanted) {
    return std::any_of(project->services.begin(), project->services.end(),
                       [&](const Service& one) { return wanted(one) && may_reach(*up.call, one); });
  };
  const bool builds = some([](const Service& one) { return one.build.has_value(); });
  // What `up --build` makes is the release: what is pulled beside it is other people's.
  if (up.call->has("--build") && builds) return false;
  return some([&](const Service& one) {
    if (!one.image || !may_reach(*step.call, one)) return false;
    return builds ? is_of_the_release(one) : !one.build;
  });
}

// Brings up what was built, and builds nothing itself.
bool starts_old_image(const Step& earlier, const Step& later) {
  if (pulls_for(earlier, later) || starts_what_was_loaded(earlier, later)) return true;
  const Project* project = earlier.call ? earlier.call->target.project : nullptr;
  if (project != nullptr && builds_no_code(*project)) return false;
  if (program_name(later) == "systemctl") {
    return earlier.call && earlier.call->is("build") && !earlier.call->has("--help") &&
           later.argv.size() > 2 && (later.argv[1].is("restart") || later.argv[1].is("start"));
  }
  if (runs_what_was_built(earlier, later)) return true;
  const bool starts =
      earlier.call ? starts_in_background(*earlier.call, later) : starts_in_background(later);
  return starts && !later.call->has("--build") && builds_for(earlier, later);
}

// `git pull`, `git checkout TAG`; `git fetch` where something is taken from that.
bool brings_source(const Timeline& timeline, const Step& step, const Step& later) {
  if (program_name(step) != "git" || step.argv.size() < 2) return false;
  if (step.place == Place::kContainer) return false;
  if (step.argv[1].is("fetch")) {
    const Step* taken = first_after(timeline, step, [&](const Step& other) {
      return program_name(other) == "git" && other.argv.size() > 2 &&
             (other.argv[1].is("reset") || other.argv[1].is("merge"));
    });
    return taken != nullptr && index_of(timeline, *taken) < index_of(timeline, later);
  }
  return step.argv[1].is("pull") || (step.argv[1].is("checkout") && step.argv.size() == 3 &&
                                     !step.argv[2].text.starts_with('-') && !step.argv[2].is("."));
}

// The script relies on what lies over the image: nothing is built in between.
bool runs_the_checkout(const Timeline& timeline, const Step& source, const Step& task) {
  const bool entered =
      task.call ? task.call->is("exec") : task.docker && task.docker->is("container exec");
  if (!entered || !applies_a_migration(task)) return false;
  for (std::size_t i = index_of(timeline, source) + 1; i < index_of(timeline, task); ++i) {
    const Step& step = timeline.steps[i];
    const bool brings =
        step.call && (step.call->is("build") || step.call->is("pull") || step.call->has("--build"));
    if (brings || (step.docker && step.docker->verb.ends_with("build"))) return false;
  }
  const Service* service = service_of(task);
  return service == nullptr || std::any_of(service->mounts.begin(), service->mounts.end(),
                                           [](const Mount& mount) { return mount.type == "bind"; });
}

std::string line_and(const Step& later, const Step& earlier, std::string_view what) {
  return quoted(what) + " on " + line_of(later, earlier.span);
}

}  // namespace

bool pulls_a_release_for(const Step& pull, const Step& up) {
  const Project* project = TakenFor{.likely = true}(*pull.call);
  if (project == nullptr || !pulls_for(pull, up)) return false;
  return std::any_of(project->services.begin(), project->services.end(), [&](const Service& one) {
    const bool literal =
        one.image && (one.image->from.span.text().find('$') == std::string_view::npos ||
                      is_a_moving_release(one));
    return literal && is_of_the_repository(one) && may_reach(*pull.call, one) &&
           may_reach(*up.call, one);
  });
}

std::string starts_old(const Timeline& timeline, const Step& earlier, const Step& later) {
  if (sends_source(earlier, later) && starts_there(later)) {
    return line_and(later, earlier, start_of(later)) +
           " starts what is there, old or copied by half";
  }
  if (pushes_between(timeline, earlier, later)) {
    return line_and(later, earlier, start_of(later)) +
           (starts_there(later) ? " starts over there what" : " starts what") +
           " an earlier run has pushed";
  }
  if (!same_place(earlier, later) || !brings_source(timeline, earlier, later)) return {};
  if (runs_the_checkout(timeline, earlier, later)) {
    return "the migration " + line_and(later, earlier, task_text(later)) +
           " is that of the old source";
  }
  const bool compose = later.call && later.call->is("build");
  if (!compose && !(later.docker && later.docker->verb.ends_with("build"))) return {};
  const Step* up = first_after(timeline, later, [&](const Step& other) {
    return starts_in_background(other) && same_place(other, later) && builds_for(later, other);
  });
  if (up == nullptr) return {};
  return line_and(later, earlier, compose ? "build" : "docker build") +
         " makes the image of the old source, which " + line_and(*up, earlier, "up -d") + " starts";
}

std::string starts_old_at_once(const Timeline& timeline, const Step& earlier, const Step& later) {
  const bool builds = later.call && later.call->is("up") && later.call->has("--build") &&
                      !later.call->opaque_options;
  if (builds && brings_source(timeline, earlier, later)) {
    return line_and(later, earlier, "up --build") + " builds and starts the old source";
  }
  if (!starts_old_image(earlier, later) || removes_images_before(timeline, earlier)) return {};
  const std::string starts = later.call                 ? "up -d"
                             : starts_in_a_swarm(later) ? start_of(later)
                             : later.docker             ? "docker run"
                                                        : "systemctl " + later.argv[1].text;
  return line_and(later, earlier, starts) + " brings the old image up";
}

namespace {

// `OnCalendar=daily` and `ExecStart=/srv/deploy.sh`: a page shows the timer's unit.
bool is_a_timer_of(const SourceFile& page, std::string_view script) {
  const std::string_view text = page.bytes();
  constexpr std::string_view kStarts = "ExecStart=";
  if (text.find("OnCalendar=") == text.npos) return false;
  for (std::size_t at = text.find(kStarts); at != text.npos; at = text.find(kStarts, at + 1)) {
    if (find_name(text.substr(at, text.find('\n', at) - at), script) != text.npos) return true;
  }
  return false;
}

// "Put `deploy.sh` into root's crontab", "a webhook starts it", in the line that names it.
bool is_said_to_be_started(const SourceFile& page, std::string_view script) {
  const std::string_view text = page.bytes();
  for (std::size_t at = find_name(text, script); at != text.npos;
       at = find_name(text, script, at + 1)) {
    const std::string line =
        lower_case(page.line_text(page.line_of(static_cast<std::uint32_t>(at))));
    for (const std::string_view word : {"cron", "timer", "webhook"}) {
      if (line.find(word) != line.npos) return true;
    }
  }
  return false;
}

// A table of cron, a unit, a pipeline, a hook, another script, or a page's line of cron.
bool is_started_by_others(const WorkspaceFacts& facts, const SourceFile& script) {
  const std::string_view name = file_name(script.path());
  const auto starts = [&](const SourceFile* file) {
    if (file->path().ends_with(".md")) {
      return is_a_timer_of(*file, name) || is_said_to_be_started(*file, name);
    }
    return file != &script && find_name(file->bytes(), name) != std::string_view::npos;
  };
  const std::set<const SourceFile*> files = task_files(facts);
  const std::string said = lower_case(script.path()) + lower_case(script.bytes());
  return std::any_of(files.begin(), files.end(), starts) || cron_line_in_pages(facts, script) ||
         said.find("cron") != std::string::npos || said.find("hook") != std::string::npos;
}

// `cd /srv/shop` in front: it is written to be started from elsewhere, by what no file here tells.
bool starts_from_anywhere(const Timeline& timeline, const Finding& finding) {
  return std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& step) {
    return step.span == finding.span && step.directory && step.directory->starts_with('/');
  });
}

// The containers that are up stay so until `up`, and nothing else is done behind it.
bool leaves_all_up(const Timeline& timeline, const Finding& finding) {
  bool behind = false;
  for (const Step& step : timeline.steps) {
    if (step.span.file != finding.span.file || step.span.begin < finding.span.begin) continue;
    const bool stops = step.call && (step.call->is("down") || step.call->is("stop") ||
                                     step.call->is("kill") || step.call->is("rm"));
    if (stops || (step.docker && !step.docker->verb.ends_with(" ls"))) return false;
    const bool looks = step.place != Place::kRemote &&
                       (step.effect == Effect::kUnknown || step.effect == Effect::kReads);
    if (behind && (!harm_of(step).empty() || !looks)) return false;
    behind = behind || (step.span == finding.related.front().span && starts_in_background(step));
  }
  return behind;
}

}  // namespace

void weigh_old_starts(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    const bool old = finding->key.size() == 2 && finding->key[1] == "up" &&
                     (finding->key[0] == "pull" || finding->key[0] == "build");
    if (!old || finding->related.empty()) continue;
    // There is no old image at the first setup.
    const bool operated = finding->context == to_string(Context::kOps);
    if (!operated || is_first_setup(finding->span.file)) finding->severity = Severity::kOff;
    if (is_started_by_others(facts, *finding->span.file)) continue;
    bool moves = false;
    const auto keeps = [&](const TaskView& task) {
      const Timeline& timeline = *task.timeline;
      if (timeline.file != finding->span.file || !timeline.task.empty()) return false;
      moves |= starts_from_anywhere(timeline, *finding);
      return leaves_all_up(timeline, *finding);
    };
    if (std::any_of(facts.tasks.begin(), facts.tasks.end(), keeps)) {
      // Whoever types it reads that an image did not come; a build's error is longer than a screen.
      const bool read = finding->key[0] == "pull" && !moves;
      finding->severity = read ? Severity::kOff : std::min(finding->severity, Severity::kNote);
    }
  }
}

}  // namespace composelint
