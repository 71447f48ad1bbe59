#include <composelint/path_name.h>
#include <composelint/provenance.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/secrets/guessable.h"
#include "analyzer/signs/secrets/secret_variable.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool comes_from_file(const Provenance& from) {
  if (!from.steps) return false;
  return std::any_of(from.steps->begin(), from.steps->end(),
                     [](const OriginStep& step) { return step.kind == OriginKind::kEnvFile; });
}

bool is_example(const EnvFile& file) {
  const std::string_view path = file.path;
  const std::string_view name = file_name(path);
  return name.find("example") != name.npos || name.find("sample") != name.npos ||
         name.find("template") != name.npos || name.find("dist") != name.npos;
}

struct Source {
  const EnvFile* file = nullptr;
  std::vector<std::string> names;
  std::vector<std::string> services;
};

Source source_of(const Service& service) {
  Source out;
  const SourceFile* from = nullptr;
  for (const auto& [name, value] : service.environment) {
    const bool secret = holds_a_secret(name) && value.value && value.known &&
                        value.value->size() >= 6 && comes_from_file(value.from);
    if (!secret || is_guessable(*value.value)) continue;
    if (value.value->find("://") != std::string::npos || value.value->front() == '/') continue;
    if (from == nullptr) from = value.from.span.file;
    if (from == value.from.span.file) out.names.push_back(name);
  }
  if (from == nullptr) return out;
  std::string_view path = from->path();
  path = file_name(path);
  for (const EnvFile& file : service.env_files) {
    if (out.file == nullptr || file.path.ends_with(path)) out.file = &file;
  }
  return out;
}

void on_project(const Project& project, RuleContext& context) {
  std::vector<Source> sources;
  for (const Service& service : project.services) {
    if (service.env_files.empty() || is_template(service, project)) continue;
    Source own = source_of(service);
    if (own.names.empty() || own.file == nullptr || is_example(*own.file)) continue;
    const auto known = std::find_if(sources.begin(), sources.end(), [&](const Source& other) {
      return other.file->path == own.file->path;
    });
    Source& source = known == sources.end() ? sources.emplace_back(std::move(own)) : *known;
    source.services.push_back(service.name);
  }
  for (const Source& source : sources) {
    context.report(source.file->span,
                   "the file brings " + listed(source.names) + " into the environment of " +
                       listed(source.services) +
                       ", where every process of the container and `docker inspect` show it",
                   {source.services.front(), source.names.front()});
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    env_file: app.env\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    environment:\n"
            "      DB_PASSWORD_FILE: /run/secrets/db_password\n"
            "    secrets: [db_password]\n"
            "secrets:\n"
            "  db_password:\n"
            "    environment: DB_PASSWORD\n",
    .is_compose = true,
    .beside = "app.env\nDB_PASSWORD=k3Vt9qXw2LmZ\n",
}};

constexpr std::array<std::string_view, 1> kTags = {"OWASP-Docker-12"};

}  // namespace

COMPOSELINT_RULE(env_file_with_secrets) = {
    .slug = "env-file-with-secrets",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "An env file brings secrets into the environment of a service",
    .rationale =
        "`env_file` keeps a value out of the compose file, and no more: it is in the environment "
        "of the container, which each of its programs inherits, which `docker inspect` and error "
        "pages show, and the file itself lies in the clear. `secrets` mounts one value as a file "
        "that only the service reads; most images take `…_FILE`.",
    .silent_on =
        "Env files that are not there, or whose secrets are blanks. Values that the service does "
        "not get (`.env` beside the compose file, which is read for `${…}` alone). Services that "
        "are only there for others to be made from. Files for tests.",
    .examples = kExamples,
    .cwe = 526,
    .tags = kTags,
    .on_project = on_project,
};

}  // namespace composelint::rules
