#include <composelint/lower_case.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/left_to.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/reports/written_out.h"
#include "analyzer/signs/secrets/guessable.h"
#include "analyzer/signs/stacks/anothers_input.h"
#include "analyzer/signs/words/allowed_there.h"

namespace composelint::rules {
namespace {

// The password of SCHEME://USER:PASSWORD@HOST; of "password=…;" where a client reads such pairs.
std::string_view password_in(std::string_view text) {
  for (std::size_t at = text.find("://"); at != text.npos; at = text.find("://", at + 3)) {
    const std::string_view rest = text.substr(at + 3);
    const std::string_view place = rest.substr(0, rest.find_first_of("/ \"',?#\n"));
    const std::size_t host = place.rfind('@');
    const std::size_t colon = place.find(':');
    if (host == place.npos || colon == place.npos || colon > host) continue;
    return place.substr(colon + 1, host - colon - 1);
  }
  const std::string lower = lower_case(text);
  if (lower.find("server=") == lower.npos && lower.find("host=") == lower.npos) return {};
  for (const std::string_view key : {"password=", "pwd="}) {
    const std::size_t at = lower.find(key);
    if (at == lower.npos) continue;
    const std::string_view rest = text.substr(at + key.size());
    return rest.substr(0, rest.find_first_of("; \"'&"));
  }
  return {};
}

struct Place {
  std::string name;
  std::string text;  // the password
  const Value* value = nullptr;
};

// The password, where it is written out and one that somebody keeps.
std::string kept_in(const Value& value, std::string_view text) {
  const std::string_view password = password_in(text);
  const bool kept = password.size() >= 6 && !is_guessable(password);
  return kept && is_written_out(value, password) ? std::string(password) : std::string();
}

std::vector<Place> places_of(const Service& service) {
  std::vector<Place> out;
  const auto add = [&](std::string name, const Value& value, std::string_view text) {
    std::string password = kept_in(value, text);
    if (!password.empty()) out.push_back({std::move(name), std::move(password), &value});
  };
  for (const SetVariable& variable : set_variables(service)) {
    if (variable.value->is_string()) {
      add(quoted(variable.name), *variable.value, variable.value->text);
    }
  }
  for (const std::string_view path : {"command", "entrypoint", "healthcheck.test"}) {
    for (const CommandWord& word : command_words(service, path)) {
      add("the " + std::string(path), *word.value, word.text);
    }
  }
  return out;
}

std::string told(const std::string& name, std::size_t more) {
  return "the address in " + name + (more == 0 ? "" : " and " + std::to_string(more) + " more");
}

Finding& say(const Service& service, const Place& place, RuleContext& context) {
  Finding& finding = context.report(
      place_of(*place.value, service),
      told(place.name, 0) + " of " + quoted(service.name) +
          " has its password written out: whoever reads the file or its history in Git has it, "
          "and logs that print the address show it",
      {service.name, place.name});
  if (is_for_development(service)) finding.severity = Severity::kNote;
  return finding;
}

// The password may stand by itself as well, which `literal-secret` tells.
void leave_to_literal_secret(const Project& project, std::string_view password, Finding& finding) {
  for (const Service& service : project.services) {
    for (const SetVariable& variable : set_variables(service)) {
      const Span place = place_of(*variable.value, service);
      if (plain_text(*variable.value) != password) continue;
      if (!is_allowed_there(place, "literal-secret")) leave_to("literal-secret", place, finding);
    }
  }
}

void on_project(const Project& project, RuleContext& context) {
  if (is_anothers_input(project)) return;
  for_each_new_secret(
      project, places_of, [&](const Service& service, const std::vector<Place>& places) {
        for (const Place& place : places) {
          leave_to_literal_secret(project, place.text, say(service, place, context));
        }
      });
}

// Those of a service are told together.
void on_findings(const WorkspaceFacts&, std::span<Finding* const> findings) {
  std::map<std::pair<const SourceFile*, std::string>, std::vector<Finding*>> services;
  for (Finding* finding : findings) {
    if (finding->severity == Severity::kOff) continue;
    services[{finding->span.file, finding->key.front()}].push_back(finding);
  }
  for (auto& [service, all] : services) {
    const std::size_t more = merge_places(all) - 1;
    Finding& first = *all.front();
    const std::string& name = first.key[1];
    first.message.replace(0, told(name, 0).size(), told(name, more));
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    environment:\n"
              "      DATABASE_URL: postgres://app:k3Vt9qXw2LmZ@db/app\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    environment:\n"
            "      DATABASE_URL: postgres://app:${DB_PASSWORD:?}@db/app\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 1> kTags = {"OWASP-Docker-12"};

}  // namespace

COMPOSELINT_RULE(credential_in_url) = {
    .slug = "credential-in-url",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .summary = "An address in the compose file holds a password",
    .rationale =
        "The password of `postgres://app:…@db/app` is in version control with the file, and it "
        "travels further than one in a variable of its own: clients print the address when they "
        "cannot connect, error trackers and process lists keep it. `${DB_PASSWORD:?}` in its "
        "place takes it from the caller or `.env`. Connection strings of the kind "
        "`Server=…;Password=…` are seen as well.",
    .silent_on =
        "Passwords that are the user's name, a word or a blank: `postgres://postgres:postgres@db` "
        "is how a developer's stack is set up. Addresses without a password, and those whose "
        "password a variable brings. Passwords that a variable of the file, or of another one "
        "read along with it, holds by itself: `literal-secret` tells those, where it is run. "
        "Files for tests.",
    .examples = kExamples,
    .cwe = 798,
    .tags = kTags,
    .on_project = on_project,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
