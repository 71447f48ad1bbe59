#include <composelint/document.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/lacking_services.h"
#include "analyzer/signs/reports/written_service.h"
#include "analyzer/signs/reports/written_services.h"

namespace composelint::rules {
namespace {

// Whether an option forbids them; nothing where it is about something else.
std::optional<bool> forbids(const Value& option) {
  std::string_view text = option.text;
  constexpr std::string_view kName = "no-new-privileges";
  if (!text.starts_with(kName)) return std::nullopt;
  text.remove_prefix(kName.size());
  return text.empty() || text.substr(1) == "true";
}

bool lacks(const Service& service, const Project&) {
  if (is_true(service.attribute("privileged"))) return false;
  const Value* options = service.attribute("security_opt");
  if (options == nullptr) return true;
  return std::none_of(options->items.begin(), options->items.end(), [](const Value& option) {
    return !option.known || forbids(option).value_or(false);
  });
}

std::optional<Edit> forbid(const Service& service, const Project& project) {
  constexpr std::string_view kOption = "no-new-privileges:true";
  const yaml::Node* written = written_service(service, project);
  if (written == nullptr) return std::nullopt;
  const yaml::Node* options = written->find("security_opt");
  const Value* resolved = service.attribute("security_opt");
  if (options == nullptr) {
    // What comes from elsewhere would be lost where lists are not joined.
    if (resolved != nullptr) return std::nullopt;
    return append_list(*written, "security_opt", kOption);
  }
  for (const yaml::Node* item : options->items) {
    if (item->text.starts_with("no-new-privileges")) return std::nullopt;
  }
  return append_item(*options, kOption);
}

bool has(const LackingServices& group, std::string_view name) {
  return std::any_of(group.services.begin(), group.services.end(),
                     [&](const Service* service) { return service->name == name; });
}

// What `extends` names; `elsewhere`: a service of another file.
struct Extended {
  std::string_view service;
  bool elsewhere = false;
};

std::optional<Extended> extended(const yaml::Node& service) {
  const yaml::Node* node = service.find("extends");
  if (node == nullptr) return std::nullopt;
  const yaml::Node& what = node->resolved();
  if (what.kind == yaml::NodeKind::kScalar) return Extended{what.text};
  const yaml::Node* name = what.find("service");
  return Extended{name == nullptr ? std::string_view() : name->text, what.find("file") != nullptr};
}

// Lists are joined along `extends`, and Compose refuses a project with the option twice in one: who
// is made from a service that gets it gets nothing of its own.
std::vector<Edit> forbid_all(const LackingServices& group, const Project& project) {
  std::vector<Edit> edits;
  for (const Service& service : project.services) {
    const yaml::Node* written = written_service(service, project);
    const auto from = written == nullptr ? std::nullopt : extended(*written);
    const bool inherits = from && !from->elsewhere && has(group, from->service);
    if (!has(group, service.name)) {
      if (inherits) return {};
      continue;
    }
    if (written == nullptr || (from && from->elsewhere)) return {};
    if (inherits) continue;
    auto edit = forbid(service, project);
    if (!edit) return {};
    edits.push_back(std::move(*edit));
  }
  return edits;
}

void on_project(const Project& project, RuleContext& context) {
  for (const LackingServices& group : lacking_services(project, lacks)) {
    const Service& first = *group.services.front();
    Finding& finding =
        context.report(first.span,
                       "programs in " + group.names() +
                           " may gain rights by setuid bits that they were not started with: " +
                           quoted("no-new-privileges") + " is not set",
                       {first.name});
    Fix fix{"Set no-new-privileges", FixSafety::kUnsafe, forbid_all(group, project)};
    if (!fix.edits.empty()) finding.fixes.push_back(std::move(fix));
  }
}

// The services of a file that have an edit behind their key.
std::set<std::string_view> touched(const WrittenFile& file, const Fix& fix) {
  std::set<std::string_view> names;
  for (const Edit& edit : fix.edits) {
    std::string_view name;
    for_each_written_service(file, [&](const yaml::Node& key, const yaml::Node&) {
      if (edit.span.file == file.file && key.span.begin < edit.span.begin) name = key.text;
    });
    if (!name.empty()) names.insert(name);
  }
  return names;
}

bool is_default(std::string_view name) {
  static constexpr std::array<std::string_view, 4> kNames = {
      "compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

std::pair<std::string_view, std::string_view> split(std::string_view path) {
  const std::size_t slash = path.rfind('/') + 1;  // npos + 1 is 0
  return {path.substr(0, slash), path.substr(slash)};
}

// Another file of the directory, or of a project with this one, has one of the services too: it may
// be laid over this one, which gets the option where it is the one below.
bool may_be_joined(const WorkspaceFacts& facts, const Fix& fix) {
  const SourceFile* file = fix.edits.front().span.file;
  const auto [directory, name] = split(file->path());
  std::set<std::string_view> names;
  for (const Project* project : facts.projects) {
    for (const WrittenFile& each : project->written) {
      if (each.file == file) names.merge(touched(each, fix));
    }
  }
  for (const Project* project : facts.projects) {
    const bool below =
        is_default(name) || (project->files.size() > 1 && project->files.front() == file);
    const bool together = std::any_of(project->written.begin(), project->written.end(),
                                      [&](const auto& each) { return each.file == file; });
    for (const WrittenFile& each : project->written) {
      const bool near = together || split(each.file->path()).first == directory;
      if (each.file == file || !near) continue;
      bool joins = false;
      for_each_written_service(each, [&](const yaml::Node& key, const yaml::Node& service) {
        if (!names.contains(key.text)) return;
        const yaml::Node* options = service.find("security_opt");
        joins |= !below || (options != nullptr &&
                            std::any_of(options->resolved().items.begin(),
                                        options->resolved().items.end(), [](const auto* item) {
                                          return item->text.starts_with("no-new-privileges");
                                        }));
      });
      if (joins) return true;
    }
  }
  return false;
}

void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    if (!finding->fixes.empty() && may_be_joined(facts, finding->fixes.front())) {
      finding->fixes.clear();
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    security_opt:\n"
            "      - no-new-privileges:true\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 2> kTags = {"CIS-Docker-5.26", "OWASP-Docker-4"};

}  // namespace

COMPOSELINT_RULE(new_privileges_allowed) = {
    .slug = "new-privileges-allowed",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "A container may gain rights that it was not started with",
    .rationale =
        "A process that is not root may start a program with the setuid bit (`su`, `sudo`, "
        "`mount`) and be root in the container. With `security_opt: [no-new-privileges:true]` "
        "the kernel ignores those bits. An image that uses `sudo` in its entrypoint stops "
        "working with it; one that starts as root and drops rights itself (`gosu`, `su-exec`) "
        "does not notice. Reported once a file. Compose joins the lists of files and of `extends` "
        "and refuses a project that has the option twice in one (measured with 2.40.3), so that "
        "only the lowest of them gets it.",
    .silent_on =
        "Privileged services: [privileged-service](privileged-service.md) is about those. "
        "Services that are only there for others to be made from. Files for tests.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .cwe = 269,
    .tags = kTags,
    .on_project = on_project,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
