#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/database_port.h"
#include "analyzer/signs/data/image_data.h"
#include "analyzer/signs/files/own_dockerfile.h"
#include "analyzer/signs/images/any_release.h"
#include "analyzer/signs/images/built_images.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/images/image_origin.h"
#include "analyzer/signs/images/missed_release.h"
#include "analyzer/signs/images/newest_on_purpose.h"
#include "analyzer/signs/images/own_branches.h"
#include "analyzer/signs/images/refused_by_the_newest.h"
#include "analyzer/signs/images/released_image.h"
#include "analyzer/signs/images/set_by_template.h"
#include "analyzer/signs/images/told_to_move.h"
#include "analyzer/signs/images/told_variants.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/lacking_services.h"
#include "analyzer/signs/stacks/developers_stack.h"
#include "analyzer/signs/stacks/made_to_develop.h"
#include "analyzer/signs/stacks/one_shot.h"
#include "analyzer/signs/stacks/relative_target.h"
#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/words/accepted.h"
#include "analyzer/signs/words/development_words.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// `busybox` for one `tar`, `certbot` for one certificate: which release it is has no bearing.
// Neither has that of the command line of WordPress, nor of what copies others' data away.
bool is_a_tool(const ImageName& image) {
  static constexpr std::array<std::string_view, 5> kTools = {"alpine", "busybox", "certbot/certbot",
                                                             "library/alpine", "library/busybox"};
  const std::string_view last = file_name(image.name);
  return std::find(kTools.begin(), kTools.end(), image.name) != kTools.end() || last == "wp-cli" ||
         (has_name_word(last, {"backup", "rsnapshot"}) && !has_name_word(last, {"server"}));
}

// `shop-server`: no image of the library of Docker Hub, so nobody pulls it; somebody builds it by
// hand. A few there have a `-` in their names.
bool is_made_by_hand(const ImageName& image) {
  static constexpr std::array<std::string_view, 13> kLibrary = {
      "api-firewall",   "eclipse-mosquitto", "eclipse-temurin",     "express-gateway",
      "hello-seattle",  "hello-world",       "ibm-semeru-runtimes", "mongo-express",
      "nats-streaming", "open-liberty",      "php-zendserver",      "websphere-liberty",
      "docker-dev"};
  return image.name.find('/') == std::string::npos &&
         image.name.find_first_of("-_") != std::string::npos &&
         std::find(kLibrary.begin(), kLibrary.end(), image.name) == kLibrary.end();
}

// `you/***`, `<registry>/app`: to be filled in. `localhost:5000/app`: whoever runs it put it there.
bool is_placeholder(const ImageName& image) {
  return image.name.starts_with("localhost:") ||
         image.name.find_first_of("*<>{}[] ") != std::string::npos;
}

// Whatever its image is called, what lies there is a server's.
bool mounts_a_databases_data(const Service& service) {
  static constexpr std::array<std::string_view, 5> kPlaces = {
      "/usr/share/elasticsearch/data", "/var/lib/clickhouse", "/var/lib/mysql",
      "/var/lib/postgresql", "/var/lib/postgresql/data"};
  return !service.build &&
         std::any_of(service.mounts.begin(), service.mounts.end(), [&](const Mount& mount) {
           return !mount.read_only &&
                  std::find(kPlaces.begin(), kPlaces.end(), mount.target) != kPlaces.end();
         });
}

// Its data outlives the container, as something is mounted for it or the image has a volume, which
// Compose hands on to the next one; and no two of its releases read the same.
bool keeps_data(const Service& service) {
  static constexpr std::array<std::string_view, 5> kCaches = {"dragonfly", "keydb", "memcached",
                                                              "redis", "valkey"};
  const std::string name = image_name(service.image->value).name;
  const bool outlives = !service.mounts.empty() || image_data(name) != nullptr;
  const bool database = is_database_image(service) && outlives;
  return (database || mounts_a_databases_data(service)) &&
         std::none_of(kCaches.begin(), kCaches.end(), [&](std::string_view cache) {
           return name.find(cache) != std::string::npos;
         });
}

// The comment above it or at its end says of the tag why it is that one, or what comes in its
// place: "take `you/app:beta` to help with tests".
bool is_told_of(Span image) {
  static constexpr std::array<std::string_view, 14> kWords = {
      "auto-update", "automatically", "channel",    "dynami",     "latest",
      "newest",      "overrid",       "pin a ",     "remplac",    "replac",
      "rewrite",     "rewritten",     "updated by", "updated via"};
  const std::string said = said_above(image);
  if (said.find(image_name(image.text()).name + ":") != said.npos && is_explained(image))
    return true;
  return said.find("todo") == said.npos && said.find("fixme") == said.npos &&
         std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return said.find(word) != said.npos; });
}

// `# docker compose pull && docker compose up -d` in the file itself: so it is kept at the newest.
bool is_told_to_be_pulled(const SourceFile& file) {
  const std::string_view text = file.bytes();
  for (const std::string_view call : {"docker compose pull", "docker-compose pull"}) {
    for (std::size_t at = text.find(call); at != text.npos; at = text.find(call, at + 1)) {
      const std::size_t begin = text.rfind('\n', at) + 1;  // npos + 1 is 0
      if (text.substr(begin, at - begin).find('#') != text.npos) return true;
    }
  }
  return false;
}

// `pull_policy: always`, and a comment there says the same: "always the newest".
bool is_told_to_pull(const Service& service) {
  const Value* policy = service.attribute("pull_policy");
  return policy != nullptr && text_at(service, "pull_policy") == "always" &&
         is_told_of(place_of(*policy, service));
}

// `app:${TAG:-latest}`: whoever wants a release has a variable for it.
bool is_left_to_the_owner(const Service& service, const Project& project) {
  if (is_set_by_a_template(service, project) || brings_itself_along(service)) return true;
  return !keeps_data(service) &&
         (comes_by_default(service.image->from) || has_its_tag_from_a_variable(service) ||
          is_told_of(service.image->from.span) || is_told_to_pull(service) ||
          (service.span && is_told_to_be_pulled(*service.span.file)));
}

// Nobody misses the release before; nor that of what runs once and ends.
bool is_as_good_in_any_release(const Service& service) {
  const bool keeps = keeps_data(service) || keeps_files(service);
  const bool ends = service.restart && service.restart->value == "no" && !keeps_data(service);
  // A console that somebody starts by its profile.
  const bool asked_for =
      !service.profiles.empty() && !service.restart && !keeps && !service.publishes_ports;
  return ends || asked_for || is_a_stateless_helper(service);
}

// `api:latest` migrates what `api:1.4.2` uses: another release than the application's changes its
// data.
bool is_of_another_release(const Service& task, const Project& project) {
  const std::string name = image_name(task.image->value).name;
  return std::any_of(project.services.begin(), project.services.end(), [&](const Service& other) {
    if (&other == &task || !other.image) return false;
    const ImageName image = image_name(other.image->value);
    return image.name == name && !is_floating_tag(image.tag);
  });
}

// An init container, which others await: what it fills a volume with is read by their release.
bool is_there_to_begin(const Service& service, const Project& project) {
  return waiting_for_the_end(service, project).service != nullptr && !is_database_image(service);
}

bool floats(const Service& service, const Project& project) {
  if (!is_pulled(service, project) || catches_mail(service)) return false;
  const bool task = is_unattended_task(service, project) && !keeps_data(service);
  if ((task || is_there_to_begin(service, project)) && !is_of_another_release(service, project)) {
    return false;
  }
  if (relative_target(service) != nullptr) return false;  // it does not start
  if (is_as_good_in_any_release(service) || refused_by_the_newest(service) != nullptr) return false;
  if (is_left_to_the_owner(service, project) || is_of_developers_profiles(service)) return false;
  const ImageName image = image_name(service.image->value);
  return image.digest.empty() && !is_a_tool(image) && !is_made_by_hand(image) &&
         !is_placeholder(image) && is_floating_tag(image.tag);
}

std::string told(const Service& service) {
  const ImageName image = image_name(service.image->value);
  const std::string how = image.tag.empty() ? quoted(image.name) + " without a tag"
                                            : quoted(image.name + ":" + image.tag);
  const bool by_default = comes_by_default(service.image->from);
  return quoted(service.name) + " runs " + how +
         (by_default ? " unless a variable says otherwise" : "");
}

Finding tell(const LackingServices& group) {
  const auto find = [&](auto has) {
    return std::find_if(group.services.begin(), group.services.end(),
                        [&](const Service* each) { return has(*each); });
  };
  const auto database = find(keeps_data);
  const bool data = database != group.services.end();
  const auto files = find(keeps_files);
  const bool keeps = files != group.services.end();
  const Service& first = data ? **database : keeps ? **files : *group.services.front();
  std::vector<std::string> others;
  for (const Service* service : group.services) {
    if (service != &first) others.push_back(service->name);
  }
  Finding out;
  out.span = first.image->from.span ? first.image->from.span : first.span;
  out.message =
      told(first) + ": " +
      (data ? "a pull may bring a release that cannot read the data of the one before, and "
              "nothing here says which that was"
            : "what runs is what was pulled last, and nothing here says which release that was") +
      (others.empty() ? "" : "; so it is with " + listed(others));
  out.key = {first.name};
  out.severity = data ? Severity::kError : Severity::kNote;  // at most
  return out;
}

void on_project(const Project& project, RuleContext& context) {
  for (const LackingServices& group : lacking_services(project, floats)) {
    Finding about = tell(group);
    Finding& finding = context.report(about.span, std::move(about.message), std::move(about.key));
    finding.severity = std::min(finding.severity, about.severity);
    // A developer has the newest on purpose.
    finding.confidence = Confidence::kLow;
  }
}

// A vendor's image with a database in it is brought along by the vendor.
bool is_a_database_itself(const Finding& finding) {
  std::string_view image = finding.span.text();
  if (image.starts_with('"') || image.starts_with('\'')) image = image.substr(1, image.size() - 2);
  return image_data(image) != nullptr;
}

// Where everything is kept up to date, or a script is there to pull what is newest for the stack,
// the moving tag is the setting. A database is not asked.
void leave_to_updaters(const WorkspaceFacts& facts, const Updated& scripts,
                       std::span<Finding* const> findings) {
  const bool updated =
      std::any_of(facts.projects.begin(), facts.projects.end(), [](const Project* project) {
        return std::any_of(project->services.begin(), project->services.end(), updates_by_itself);
      });
  for (Finding* finding : findings) {
    const bool note = finding->severity == Severity::kNote;
    const bool pulled = updated || scripts.holds(*finding->span.file);
    if (!pulled && !(note && scripts.is_the_policy())) continue;
    if (note || !is_a_database_itself(*finding)) finding->severity = Severity::kOff;
  }
}

// `you/mongo` of `mongo/Dockerfile`, which says the release: the data stay readable.
void weigh_by_dockerfiles(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    if (finding->severity <= Severity::kNote) continue;
    const std::string name = image_name(finding->span.text()).name;
    const bool fixed = is_of_a_fixed_release(facts, name) ||
                       is_built_beside(facts, finding->key.front(), *finding->span.file);
    if (fixed) finding->severity = Severity::kOff;
  }
}

bool drops_volumes(const Step& step) {
  return step.call->is("down") && step.call->option("--volumes") != nullptr;
}

// `down` before each `up`: a volume without a name is a new one then, and there are no data of a
// release before. With `-v` nothing of the whole stack is kept, whatever a page tells to type.
bool is_thrown_away(const WorkspaceFacts& facts, const Service& service) {
  if (!service.mounts.empty()) return false;
  const bool data = keeps_data(service);
  const auto reads_it = [&](const Step& step) {
    const Project* project = step.call ? step.call->target.project : nullptr;
    return project != nullptr && project->service(service.name) != nullptr &&
           reads(*project, service.span.file);
  };
  bool found = false;
  for (const TaskView& task : facts.tasks) {
    if (!data && (task.context == Context::kDocs || task.context == Context::kCi)) continue;
    bool down = false;
    for (const Step& step : task.timeline->steps) {
      if (!reads_it(step)) continue;
      down |= data ? step.call->is("down") : drops_volumes(step);
      if (!step.call->is("up")) continue;
      if (!down) return false;
      found = true;
    }
  }
  return found;
}

// A stack on which somebody tries a release out.
void leave_tried_ones(std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    const bool tried = has_name_word(file_name(finding->span.file->path()), {"qa"});
    if (tried) finding->severity = Severity::kOff;
  }
}

void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  const Updated updated(facts);
  leave_tried_ones(findings);
  const bool branches = has_release_branches(facts);
  const auto leaves = [&](const Service& service) {
    if (is_thrown_away(facts, service)) return true;
    if (keeps_data(service)) return branches && is_one_of_several_own(facts, service);
    return updated.holds(service) || has_a_way_back(facts, service) ||
           is_told_to_move(facts, service) || is_what_staging_is_for(facts, service);
  };
  ToldImages images;
  tell_of_pulled(facts, findings, floats, tell, leaves, [&](const LackingServices& group) {
    for (const Service* each : group.services) images[group.file].insert(each->image->value);
    return std::any_of(group.services.begin(), group.services.end(),
                       [](const Service* each) { return keeps_data(*each); }) ||
           would_be_missed(facts, group);
  });
  leave_to_updaters(facts, updated, findings);
  weigh_by_dockerfiles(facts, findings);
  tell_of_variants_once(findings, images);
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n  db:\n    image: postgres:latest\n    restart: unless-stopped\n",
    .safe = "services:\n  db:\n    image: postgres:16.4\n    restart: unless-stopped\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 2> kTags = {"CIS-Docker-5.28", "OWASP-Docker-13"};

}  // namespace

COMPOSELINT_RULE(floating_image_tag) = {
    .slug = "floating-image-tag",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "An image has no tag, or one that moves",
    .rationale =
        "`latest`, `stable` and no tag at all are whatever was pulled last on this machine: two "
        "machines run two releases, and after a bad one there is no name for the good one. For a "
        "database the next pull may bring a release that refuses the data (`database files are "
        "incompatible with server`). Reported once a file, a warning where a database is among "
        "them and a note else; and only where something shows that the stack is left to run: a "
        "restart policy of a stack that builds nothing itself, a name or a setting of production, "
        "certificates, a script that deploys it, a README about deployment, the configuration's "
        "`context`. Without a database it is told where somebody would miss the release before: "
        "a service of the file keeps what it writes (a volume, a folder of the host), most images "
        "beside it have a release, or the repository's own pipeline pushes the image and a stack "
        "in use runs it. Of 118 such findings that "
        "people had judged, nine of ten wrong ones were about stacks that show none of it.",
    .silent_on =
        "`busybox`, `alpine` and `certbot`, of which any release will do, what copies data away "
        "(`volume-backup`), a server in front that is alone in it, and helpers that keep "
        "nothing: `nginx`, `httpd`, `memcached`, a `redis` without a volume, tunnels "
        "(cloudflared, tailscale, ngrok), exporters, pages on which "
        "people look into a database; what runs once (`restart: \"no\"`, a migration in the "
        "application's release) or is "
        "started by its profile alone, and keeps nothing; what others wait for until it is done. "
        "Releases, short ones too (`postgres:16`, `nginx:1`): those are fixed by "
        "[image-without-digest](image-without-digest.md) alone. Dated tags (`nightly-20240102`), "
        "digests. Names that no registry of others has (`shop-server`, `you/***`, "
        "`localhost:5000/shop`). Images that are built here, by a service or by `docker build` "
        "in a script that pushes them nowhere. Images that a script writes into the file or tags "
        "there (`sed -i`). Images of which the repository's own pipeline pushes each release "
        "under a name, branches in a file of staging beside releases in one for production, where "
        "a text tells how to roll back, or of which a page says that the "
        "compose files have `latest`; nor where a page has a branch for each "
        "release checked out (databases only in an image of the stack's own owner). Tags from a "
        "variable nobody set, and those that are its default or "
        "what `.env` sets it to (`${TAG:-latest}`, `${TAG}`) unless a database has it and no "
        "`.env.example` sets it to a release. MariaDB with `MARIADB_AUTO_UPGRADE`, servers that "
        "update themselves at each start (`UPDATE_ON_START`) or fetch the release that `VERSION` "
        "says, WordPress as its makers build it, Gitea and Forgejo, which bring their data along. "
        "What "
        "[relative-volume-target](relative-volume-target.md) tells of. Databases that do not "
        "start with the newest release: [anonymous-data-volume](anonymous-data-volume.md) tells. "
        "Lines with a comment that tells of the tag (\"always the newest\", also at a "
        "`pull_policy`), "
        "and files with one on how to pull. Services without data that a script or a crontab is "
        "there to pull "
        "(`update.sh`, `./stack.sh pull`, `[ \"$1\" = update ]`, a call that `update()` puts "
        "together), and all others where that is so in three directories; also by `docker "
        "pull IMAGE`, which a deployment may do as well; databases without a mount of a stack "
        "that goes `down` before each `up`, and others where scripts go `down -v`; what is called "
        "`qa`, and databases that a Dockerfile "
        "here builds on a release, also under the same name of a service in a file beside it. "
        "Pages that show caught mail (mailhog, mailpit). Services that developers' profiles "
        "alone start. Files and stacks for development and tests, and those that nothing shows "
        "to be operated. Services without data, and applications that bring a database in their "
        "own image, beside an updater (watchtower, and diun, which tells of the newest) or such "
        "a script, which pulls the newest on purpose. Of files in one directory that run the "
        "same, and of all that say the same of a database, all but one; of three notes and more, "
        "one tells of all.",
    .examples = kExamples,
    .cwe = 829,
    .tags = kTags,
    .on_project = on_project,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
