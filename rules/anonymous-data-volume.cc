#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/data_directory.h"
#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/data/kept_store.h"
#include "analyzer/signs/images/refused_by_the_newest.h"
#include "analyzer/signs/reports/project_trouble.h"
#include "analyzer/signs/reports/sibling_files.h"
#include "analyzer/signs/stacks/mounts.h"
#include "analyzer/signs/stacks/named_for.h"
#include "analyzer/signs/stacks/relative_target.h"
#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/words/accepted.h"
#include "analyzer/signs/words/mentions.h"

namespace composelint::rules {
namespace {

// A word of the text that says that nothing here is meant to last.
bool names_short_life(std::string_view text) {
  static constexpr std::array<std::string_view, 22> kWords = {
      "bench",       "benchmark", "benchmarks", "ci",       "demo",   "docs",
      "e2e",         "example",   "examples",   "fixtures", "github", "gitlab",
      "integration", "jenkins",   "sample",     "samples",  "smoke",  "spec",
      "test",        "testing",   "tests",      "travis"};
  std::string word;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) != 0) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(text[at])));
      continue;
    }
    if (std::find(kWords.begin(), kWords.end(), word) != kWords.end()) return true;
    word.clear();
  }
  return false;
}

bool is_short_lived(const Service& service, const Project& project) {
  const auto about = [](const SourceFile* file) { return names_short_life(file->path()); };
  return is_named(project, {"demo"}) || names_short_life(service.name) ||
         std::any_of(project.files.begin(), project.files.end(), about) ||
         std::any_of(
             service.profiles.begin(), service.profiles.end(),
             [](const Located<std::string>& profile) { return names_short_life(profile.value); });
}

// Whoever has a service started again after each reboot, or names the file so, wants it to last.
bool is_meant_to_last(const Service& service, const Project& project) {
  if (service.restart && service.restart->known &&
      (service.restart->value == "always" || service.restart->value == "unless-stopped")) {
    return true;
  }
  return std::any_of(project.files.begin(), project.files.end(), [](const SourceFile* file) {
    return file->path().find("prod") != std::string::npos ||
           file->path().find("deploy") != std::string::npos;
  });
}

// A developer's file: the data is made again from seeds.
bool is_a_developers(const Project& project) {
  return std::any_of(project.files.begin(), project.files.end(), [](const SourceFile* file) {
    const std::string& path = file->path();
    return path.find("dev") != std::string::npos || path.find("local") != std::string::npos;
  });
}

// The base of a pair: every call that reads it adds another file, which mounts the data.
bool is_read_with_others_only(const WorkspaceFacts& facts, const Project& project) {
  if (project.files.size() != 1) return false;
  bool with_others = false;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (!step.call || step.call->target.project == nullptr) continue;
      const std::vector<const SourceFile*>& files = step.call->target.project->files;
      const bool read = std::find(files.begin(), files.end(), project.files.front()) != files.end();
      // Others look at what runs, or take it down.
      const ComposeInvocation& call = *step.call;
      const bool creates = call.is("up") || call.is("create") || call.is("run");
      if (read && files.size() == 1 && creates) return false;
      with_others = with_others || (read && files.size() > 1);
    }
  }
  return with_others;
}

// A file beside it that cannot stand alone has the mount: `compose.prod.yaml` without an image.
bool an_overlay_mounts(const WorkspaceFacts& facts, const Project& project, const Service& service,
                       const DataDirectory& data) {
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* other) {
    if (other->directory != project.directory || other->files == project.files) return false;
    const Service* same = other->service(service.name);
    if (same == nullptr || same->image || same->build) return false;
    return std::any_of(same->mounts.begin(), same->mounts.end(), [&](const Mount& mount) {
      return !mount.source.empty() && lies_below(mount.target, data.root);
    });
  });
}

// Calls create containers of these files, and none of them this service's: it waits for a profile
// that nobody asks for, or is left out.
bool is_never_started(const WorkspaceFacts& facts, const Project& project, const Service& service) {
  bool called = false;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      const Project* other = step.call ? step.call->target.project : nullptr;
      if (other == nullptr || other->files != project.files) continue;
      const ComposeInvocation& call = *step.call;
      if (!call.is("up") && !call.is("create") && !call.is("run") && !call.is("start")) continue;
      const std::vector<const Service*> started = started_by(call);
      const bool open = std::any_of(call.services.begin(), call.services.end(),
                                    [](const Argument& each) { return !each.known(); });
      if (open || std::any_of(started.begin(), started.end(),
                              [&](const Service* each) { return each->name == service.name; })) {
        return false;
      }
      called = true;
    }
  }
  return called;
}

void lower_for_developers(const Project& project, Finding& finding, const RuleContext& context) {
  if (!is_a_developers(project)) return;
  finding.severity = std::min(finding.severity, context.severity_in(Context::kDev));
  finding.context = to_string(Context::kDev);
}

bool is_a_dump(const Mount& mount) {
  static constexpr std::array<std::string_view, 5> kDumps = {".bak", ".dump", ".sql", ".sql.bz2",
                                                             ".sql.gz"};
  return mount.type == "bind" && !mount.target.starts_with("/docker-entrypoint-initdb.d") &&
         std::any_of(kDumps.begin(), kDumps.end(),
                     [&](std::string_view end) { return mount.target.ends_with(end); });
}

// A comment of the file tells of it, or a line of a script or a page reads it there.
bool is_poured_in(const Mount& mount, const WorkspaceFacts& facts) {
  const std::string_view name = file_name(mount.source);
  const auto has_line = [](const SourceFile& file, std::string_view word, bool comment) {
    for (std::uint32_t line = 1; line <= file.line_count(); ++line) {
      const std::string_view text = file.line_text(line);
      const bool mounts = text.find(":" + std::string(word)) != text.npos;
      if (!mounts && is_only_comment(text) == comment && text.find(word) != text.npos) return true;
    }
    return false;
  };
  if (mount.span && has_line(*mount.span.file, name, true)) return true;
  const std::set<const SourceFile*> files = task_files(facts);
  return std::any_of(files.begin(), files.end(),
                     [&](const SourceFile* file) { return has_line(*file, mount.target, false); });
}

// `./run/shop.sql:/tmp/shop.sql`: each new one is filled from that by whoever starts it. What the
// image runs by itself may be the schema alone; a file that nobody reads fills nothing, and what
// is started again after each reboot has newer data than the dump.
bool is_filled_from_a_dump(const Service& service, const WorkspaceFacts& facts) {
  if (service.restart && service.restart->value != "no") return false;
  return std::any_of(service.mounts.begin(), service.mounts.end(), [&](const Mount& mount) {
    return is_a_dump(mount) && is_poured_in(mount, facts);
  });
}

// What a new one begins with.
std::string beginning_of(const Service& service) {
  constexpr std::string_view kScripts = "/docker-entrypoint-initdb.d";
  const bool made =
      std::any_of(service.mounts.begin(), service.mounts.end(),
                  [&](const Mount& mount) { return mount.target.starts_with(kScripts); });
  return made ? "what " + quoted(kScripts) + " makes anew, and no more" : "an empty database";
}

// `data:/var/lib/postresql/data`: whoever mounts that wants the data there.
void report_beside(const Service& service, const Project& project, const DataDirectory& data,
                   RuleContext& context) {
  const Mount& mount = *data.beside;
  Finding& finding = context.report(
      mount.span ? mount.span : service.span,
      quoted(service.name) + " has its data at " + quoted(data.path) + ", and writes nothing to " +
          quoted(mount.target) +
          ", where this mount is: the data is on an anonymous volume, and after `down` or `rm` the "
          "next `up` starts with an empty database",
      {service.name, mount.target});
  lower_for_developers(project, finding, context);
}

void look_at(const Service& service, const Project& project, const WorkspaceFacts& facts,
             RuleContext& context) {
  if (relative_target(service) != nullptr) return;  // no container is made at all
  if (const Mount* mount = refused_by_the_newest(service)) {
    context.report(mount->span ? mount->span : service.span,
                   quoted(service.name) + " runs the newest PostgreSQL, and that does not start: " +
                       "from 18 on the image refuses a mount at " + quoted(mount->target) +
                       ", and has its data below " + quoted("/var/lib/postgresql"),
                   {service.name, mount->target});
    return;
  }
  std::optional<DataDirectory> data = unkept_data_of(service);
  if (data && data->old != nullptr) {
    context.report(data->old->span ? data->old->span : service.span,
                   quoted(service.name) + " does not start: from PostgreSQL 18 on the image " +
                       "refuses a mount at " + quoted(data->old->target) + ", and has its volume " +
                       "and its data at " + quoted(data->path),
                   {service.name, data->old->target});
    return;
  }
  if (data && data->beside != nullptr) {
    if (!an_overlay_mounts(facts, project, service, *data)) {
      report_beside(service, project, *data, context);
    }
    return;
  }
  if (is_short_lived(service, project) || !is_meant_to_last(service, project)) return;
  if (is_never_started(facts, project, service) || is_filled_from_a_dump(service, facts)) return;
  const bool in_memory = !data;
  if (in_memory) data = unkept_store_of(service);
  if (!data || an_overlay_mounts(facts, project, service, *data)) return;
  const Mount* mount = data->mount != nullptr ? data->mount : data->above;
  const Span place = mount != nullptr ? mount->span : service.image->from.span;
  const std::string hidden =
      data->above == nullptr
          ? ""
          : ", as the image has a volume of its own below " + quoted(data->above->target);
  Finding& finding = context.report(
      place ? place : service.span,
      "the data of " + quoted(service.name) + " (" + quoted(data->path) +
          ") is on an anonymous volume" + hidden +
          ": after `down` or `rm` the next `up` starts with " + beginning_of(service),
      {service.name, data->path});
  if (in_memory && service.command->from.span) {
    finding.related.push_back({service.command->from.span, "told to write it down"});
  }
  lower_for_developers(project, finding, context);
}

// A file that Compose refuses may mount the data: none of its own is known then.
bool is_refused(const Project& project) {
  return std::any_of(project.problems.begin(), project.problems.end(),
                     [](const ProjectProblem& problem) {
                       const Trouble trouble = trouble_of(problem);
                       return trouble == Trouble::kRefused || trouble == Trouble::kKeyTwice;
                     });
}

// `extends` of other files leads to it, and nothing else: its services are judged there, with the
// mounts that they get.
bool is_only_extended(const WorkspaceFacts& facts, const Project& project) {
  if (project.files.size() != 1) return false;
  const SourceFile* file = project.files.front();
  if (has_default_name(*file) || is_whole(facts, file)) return false;
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* other) {
    const auto is_it = [&](const WrittenFile& each) { return each.file == file; };
    return std::find(other->files.begin(), other->files.end(), file) == other->files.end() &&
           std::any_of(other->written.begin(), other->written.end(), is_it);
  });
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const Project* project : facts.projects) {
    if (is_refused(*project) || is_only_extended(facts, *project) ||
        is_read_with_others_only(facts, *project))
      continue;
    for (const Service& service : project->services) look_at(service, *project, facts, context);
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  db:\n"
              "    image: postgres:16\n"
              "    restart: unless-stopped\n",
    .safe = "services:\n"
            "  db:\n"
            "    image: postgres:16\n"
            "    restart: unless-stopped\n"
            "    volumes:\n"
            "      - data:/var/lib/postgresql/data\n"
            "volumes:\n"
            "  data:\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(anonymous_data_volume) = {
    .slug = "anonymous-data-volume",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .summary = "A database keeps its data on an anonymous volume",
    .rationale =
        "The images of databases declare their data directory a volume. Without a mount there it "
        "has no name: `up` moves it over to a new container, but after `down; up` or `rm -fs; up` "
        "the service gets a new, empty one, and the old one waits for the next `prune` (measured "
        "with Compose 2.40.3). A named volume, or a directory of the host, is found again. A mount "
        "above the directory does not hold it where the image has its volume further in: "
        "`/data` of MongoDB, `/var/lib/postgresql` of PostgreSQL up to 17. From 18 on PostgreSQL "
        "has its volume at `/var/lib/postgresql` and its data in a folder of the release below: "
        "with a mount at `/var/lib/postgresql/data`, empty or not, the container ends at once, "
        "whatever the file is for; `postgres:latest` and no tag at all are such a release today. "
        "So it is with a mount at a path that only looks like it: "
        "`/var/lib/postgres/data`, `/var/lib/mongodb`. Redis and its like are meant where they are "
        "told to write down what they hold: `--appendonly yes`, `--save 60 1`.",
    .silent_on =
        "What [relative-volume-target](relative-volume-target.md) tells of. Services that nothing "
        "says are meant to last: reported are those with `restart: always` or `unless-stopped`, "
        "and files called prod or deploy. Images whose directory is not known or that are built "
        "here, servers with another data directory, `tmpfs`. Mounts that hang on a variable. "
        "Files that every call here reads together with another one, or beside which one without "
        "the image has the mount. Services of files that only `extends` leads to, which are "
        "judged where they are extended. Services that no call here starts, where calls start "
        "others of the file. Projects that Compose refuses. Databases into which a dump is "
        "mounted (`./run/shop.sql:/tmp/shop.sql`), where a comment or a script tells that it "
        "fills each new one, and nothing starts them again. Files, services and profiles of "
        "tests, examples and demos; a file for development gets a note. The same line in files of "
        "one directory, and in files that something writes, is told once.",
    .examples = kExamples,
    .on_workspace = on_workspace,
    .on_findings = tell_same_line_once,
};

}  // namespace composelint::rules
