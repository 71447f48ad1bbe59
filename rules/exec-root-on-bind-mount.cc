#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/stacks/mounts.h"
#include "analyzer/signs/steps/sequence.h"

namespace composelint::rules {
namespace {

bool is_root(const OptionUse* user) {
  if (user == nullptr || !user->value || !user->value->known()) return false;
  const std::string_view name = user->value->text;
  const std::string_view uid = name.substr(0, name.find(':'));
  return uid == "root" || uid == "0";
}

// Programs that leave new files where their last words say, or where they are started.
bool writes_files(std::string_view program) {
  static constexpr std::array<std::string_view, 12> kPrograms = {
      "bundle", "composer", "cp",  "git",   "mkdir", "mv",
      "npm",    "pnpm",     "tar", "touch", "unzip", "yarn"};
  return std::find(kPrograms.begin(), kPrograms.end(), program) != kPrograms.end();
}

bool works_in_place(std::string_view program) {
  static constexpr std::array<std::string_view, 6> kPrograms = {"bundle", "composer", "git",
                                                                "npm",    "pnpm",     "yarn"};
  return std::find(kPrograms.begin(), kPrograms.end(), program) != kPrograms.end();
}

const Mount* written_mount(const Service& service, std::string_view path) {
  for (const Mount& mount : service.mounts) {
    if (mount.known && mount.type == "bind" && !mount.read_only && lies_below(path, mount.target)) {
      return &mount;
    }
  }
  return nullptr;
}

// `exec -u root app chown www-data /srv/flag` behind it, on the same path or above.
bool is_given_away_behind(const Step& step, std::string_view path, const Timeline& timeline) {
  return first_after(timeline, step, [&](const Step& other) {
           if (!other.call || !may_share_stack(*other.call, *step.call)) return false;
           const std::vector<Argument>& words = other.call->inner;
           return !words.empty() && file_name(words.front().text) == "chown" &&
                  std::any_of(words.begin() + 1, words.end(), [&](const Argument& word) {
                    return word.text.starts_with('/') && lies_below(path, word.text);
                  });
         }) != nullptr;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!(call.is("exec") || call.is("run")) || call.inner.empty() || call.opaque_options) return;
  const Service* service = service_of(step);
  const OptionUse* user = call.option("--user");
  if (service == nullptr || !is_root(user) || !call.inner.front().known()) return;
  const std::string_view whole = call.inner.front().text;
  const std::string_view program = file_name(whole);
  if (!writes_files(program)) return;
  std::string_view path;
  if (works_in_place(program)) {
    const OptionUse* directory = call.option("--workdir");
    if (directory != nullptr && directory->value && directory->value->known()) {
      path = directory->value->text;
    }
  } else if (call.inner.size() > 1 && call.inner.back().known()) {
    path = call.inner.back().text;
  }
  if (!path.starts_with('/')) return;
  const Mount* mount = written_mount(*service, path);
  if (mount == nullptr) return;
  const Timeline* timeline = context.timeline();
  if (timeline != nullptr && is_given_away_behind(step, path, *timeline)) return;
  Finding& finding = context.report(
      user->span,
      quoted(program) + " leaves files of root in " + quoted(path) +
          ", which is a directory of "
          "this machine: neither the service's own user nor yours may change them afterwards",
      {call.verb, service->name, std::string(path)});
  finding.related.push_back({mount->span, "mounted from the host here"});
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -u root app mkdir -p /srv/uploads/new\n",
    .safe = "docker compose exec app mkdir -p /srv/uploads/new\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n    volumes:\n      - "
               "./uploads:/srv/uploads\n",
}};

}  // namespace

COMPOSELINT_RULE(exec_root_on_bind_mount) = {
    .slug = "exec-root-on-bind-mount",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "root writes into a directory of the host",
    .rationale =
        "A bind mount is the host's own directory: what root writes into it in the container is "
        "root's on the host. The service, which has another user (else `-u root` would not be "
        "needed), then fails on these files days later, with a permission error far from here.",
    .silent_on =
        "`chown` and `chmod`, which put that right, and what a later `chown` gives away. Named "
        "volumes, read-only mounts. Commands "
        "inside of `sh -c`, and paths that are not known.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules
