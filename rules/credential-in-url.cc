#include <composelint/lower_case.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/written_out.h"
#include "analyzer/signs/secrets/guessable.h"
#include "analyzer/signs/secrets/said_no_secret.h"
#include "analyzer/signs/secrets/secret_variable.h"
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

void say(const Service& service, const std::vector<Place>& places, RuleContext& context) {
  const Place& first = places.front();
  const std::string more =
      places.size() > 1 ? " and " + std::to_string(places.size() - 1) + " more" : "";
  Finding& finding = context.report(
      place_of(*first.value, service),
      "the address in " + first.name + more + " of " + quoted(service.name) +
          " has its password written out: whoever reads the file or its history in Git has it, "
          "and logs that print the address show it",
      {service.name, first.name});
  if (is_for_development(service)) finding.severity = Severity::kNote;
}

// The password stands by itself as well, which `literal-secret` tells.
bool stands_alone(std::string_view password, const Project& project) {
  constexpr std::size_t kSecret = 8;  // letters, as there
  return std::any_of(project.services.begin(), project.services.end(), [&](const Service& each) {
    const std::vector<SetVariable> set = set_variables(each);
    return std::any_of(set.begin(), set.end(), [&](const SetVariable& variable) {
      const std::string text = plain_text(*variable.value);
      const Span place = variable.value->span;
      return text == password && text.size() >= kSecret && holds_a_secret(variable.name) &&
             !is_said_to_be_no_secret(place) && !is_allowed_there(place, "literal-secret");
    });
  });
}

void on_project(const Project& project, RuleContext& context) {
  if (is_anothers_input(project)) return;
  for_each_new_secret(project, places_of,
                      [&](const Service& service, const std::vector<Place>& places) {
                        if (stands_alone(places.front().text, project)) return;
                        say(service, places, context);
                      });
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
        "password a variable brings. Passwords that a variable of the file holds by itself: "
        "`literal-secret` tells those. Files for tests.",
    .examples = kExamples,
    .cwe = 798,
    .tags = kTags,
    .on_project = on_project,
};

}  // namespace composelint::rules
