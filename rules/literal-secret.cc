#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/reports/sibling_files.h"
#include "analyzer/signs/reports/written_out.h"
#include "analyzer/signs/secrets/guessable.h"
#include "analyzer/signs/secrets/own_key.h"
#include "analyzer/signs/secrets/said_no_secret.h"
#include "analyzer/signs/secrets/secret_variable.h"
#include "analyzer/signs/stacks/anothers_input.h"
#include "analyzer/signs/stacks/backing_stack.h"
#include "analyzer/signs/stacks/named_for.h"
#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/words/allowed_there.h"
#include "analyzer/signs/words/development_words.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

struct Secret {
  std::string name;  // "DB_PASSWORD", "--requirepass"
  std::string text;
  const Value* value = nullptr;
  enum class Where { kEnvironment, kBuild, kCommand } where = Where::kEnvironment;
};

// "service-account.json", "tls.key": where a secret lies, not what it is.
bool is_file_name(std::string_view text) {
  static constexpr std::array<std::string_view, 19> kEndings = {
      ".asc", ".cer", ".conf", ".crt", ".env", ".gpg", ".jks",    ".json", ".jwk", ".jwks",
      ".key", ".kdb", ".p12",  ".pem", ".pfx", ".pub", ".secret", ".txt",  ".yaml"};
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return text.ends_with(ending); });
}

bool is_secret_value(std::string_view text) {
  if (text.size() < 8 || text.find_first_of(" \n") != text.npos) {
    return text.starts_with("-----BEGIN") && text.size() > 200;
  }
  if (text.find("://") != text.npos || text.front() == '/' || text.front() == '.') return false;
  return !is_file_name(text) && !is_guessable(text);
}

// `KAFKA_SSL_KEYSTORE_CREDENTIALS`: Confluent's images read the file of this name below
// /etc/kafka/secrets.
bool names_a_file(std::string_view variable, const Service& service) {
  constexpr std::string_view kEnd = "_CREDENTIALS";
  if (!variable.ends_with(kEnd)) return false;
  if (variable.find("_SSL_") != variable.npos) return true;
  const std::string store(variable.substr(0, variable.size() - kEnd.size()));
  return std::any_of(service.environment.begin(), service.environment.end(),
                     [&](const auto& other) {
                       return other.first == store + "_FILENAME" ||
                              other.first == store + "_LOCATION" || other.first == store + "_FILE";
                     });
}

bool is_mysql(std::string_view program) {
  program = file_name(program);
  return program.starts_with("mysql") || program.starts_with("mariadb");
}

void add_of_command(const Service& service, std::string_view path, std::vector<Secret>& out) {
  const std::vector<CommandWord> words = command_words(service, path);
  std::string_view program;
  const auto add = [&](std::string_view name, std::string_view text, const Value& value) {
    if (!is_secret_value(text) || !is_written_out(value, text)) return;
    out.push_back({std::string(name), std::string(text), &value, Secret::Where::kCommand});
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view text = words[i].text;
    const CommandWord* next = i + 1 < words.size() && !words[i + 1].first ? &words[i + 1] : nullptr;
    if (words[i].first && text.find('=') == text.npos) program = text;
    if (is_mysql(program) && text.starts_with("-p") && text.size() > 2) {
      add("-p", text.substr(2), *words[i].value);
      continue;
    }
    const std::size_t equals = text.find('=');
    const std::string_view name = text.substr(0, equals);
    const bool redis = name == "--requirepass" || name == "--masterauth" ||
                       (name == "-a" && program.ends_with("redis-cli"));
    const bool option = name.starts_with("--") && holds_a_secret(name.substr(2));
    if (!redis && !option && (equals == text.npos || !holds_a_secret(name))) continue;
    if (equals != text.npos) {
      add(name, text.substr(equals + 1), *words[i].value);
    } else if (next != nullptr && !next->text.starts_with('-')) {
      add(name, next->text, *next->value);
    }
  }
}

// `plugins.security.disabled=true` beside it: nobody is asked for the password.
bool guards_nothing(std::string_view variable, const Service& service) {
  struct Switch {
    std::string_view secret, setting, value;
  };
  static constexpr std::array<Switch, 4> kSwitches = {
      {{"OPENSEARCH_INITIAL_ADMIN_PASSWORD", "plugins.security.disabled", "true"},
       {"OPENSEARCH_INITIAL_ADMIN_PASSWORD", "DISABLE_SECURITY_PLUGIN", "true"},
       {"ELASTIC_PASSWORD", "xpack.security.enabled", "false"},
       {"POSTGRES_PASSWORD", "POSTGRES_HOST_AUTH_METHOD", "trust"}}};
  return std::any_of(kSwitches.begin(), kSwitches.end(), [&](const Switch& each) {
    return each.secret == variable && std::any_of(service.environment.begin(),
                                                  service.environment.end(), [&](const auto& set) {
                                                    return set.first == each.setting &&
                                                           set.second.value == each.value;
                                                  });
  });
}

std::vector<Secret> secrets_of(const Service& service) {
  std::vector<Secret> out;
  for (const SetVariable& variable : set_variables(service)) {
    const std::string text = plain_text(*variable.value);
    if (!holds_a_secret(variable.name) || !is_secret_value(text)) continue;
    if (names_a_file(variable.name, service) || guards_nothing(variable.name, service)) continue;
    if (has_name_word(variable.name, {"demo"})) continue;
    if (!is_written_out(*variable.value, text)) continue;
    out.push_back({variable.name, text, variable.value,
                   variable.build ? Secret::Where::kBuild : Secret::Where::kEnvironment});
  }
  for (const std::string_view path : {"command", "entrypoint", "healthcheck.test"}) {
    add_of_command(service, path, out);
  }
  std::erase_if(out,
                [](const Secret& secret) { return is_said_to_be_no_secret(secret.value->span); });
  // In the order of the file, whatever order the files are merged in.
  std::stable_sort(out.begin(), out.end(), [](const Secret& a, const Secret& b) {
    return a.value->span.file == b.value->span.file && a.value->span.begin < b.value->span.begin;
  });
  return out;
}

std::string who_reads(Secret::Where where) {
  if (where == Secret::Where::kBuild) return ", and the image keeps it in its history";
  if (where == Secret::Where::kCommand) return ", and `ps` and `docker inspect` show it";
  return ": whoever reads the file or its history in Git has it";
}

// "the values of `A` and `B` of `app` are written out".
std::string told(const std::vector<std::string>& names, const std::string& service) {
  const bool one = names.size() == 1;
  return (one ? "the value of " : "the values of ") + listed(names) + " of " + quoted(service) +
         (one ? " is" : " are") + " written out";
}

// `admin` is let in by `admin`, and the application has the value as well.
bool stands_beside_a_guess(const Project& project, const Secret& secret) {
  if (secret.where != Secret::Where::kEnvironment) return false;
  return std::any_of(project.services.begin(), project.services.end(), [&](const Service& each) {
    const bool has_it =
        std::any_of(each.environment.begin(), each.environment.end(), [&](const auto& variable) {
          return variable.second.value && *variable.second.value == secret.text;
        });
    return has_it && !is_a_backing_service(each) && has_a_known_password(each);
  });
}

void say(const Service& service, const Project& project, const Secret& secret,
         RuleContext& context) {
  Finding& finding = context.report(place_of(*secret.value, service),
                                    told({secret.name}, service.name) + who_reads(secret.where),
                                    {service.name, secret.name});
  if (is_for_development(service)) finding.severity = Severity::kNote;
  // Whoever tries a stack makes up a word and a number.
  if (is_made_up(secret.text) || stands_beside_a_guess(project, secret))
    finding.confidence = Confidence::kLow;
}

void on_project(const Project& project, RuleContext& context) {
  if (is_anothers_input(project)) return;
  for_each_new_secret(project, secrets_of,
                      [&](const Service& service, const std::vector<Secret>& secrets) {
                        for (const Secret& secret : secrets) say(service, project, secret, context);
                      });
}

// All of a service are told together, where one weighs most.
void tell_once_a_service(std::span<Finding* const> findings) {
  std::map<std::pair<const SourceFile*, std::string>, std::vector<Finding*>> services;
  for (Finding* finding : findings) {
    if (finding->severity == Severity::kOff || !finding->span) continue;
    services[{finding->span.file, finding->key.front()}].push_back(finding);
  }
  for (auto& [service, all] : services) {
    if (all.size() < 2) continue;
    merge_places(all);
    Finding& first = *all.front();
    const std::string before = told({first.key[1]}, service.second);
    std::vector<std::string> names;
    for (const Finding* each : all) {
      const std::string& name = each->key[1];
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    first.message.replace(0, before.size(), told(names, service.second));
  }
}

using Values = std::map<std::pair<const SourceFile*, std::string>, std::set<std::string>>;

// Another service of the file has no value besides: where an override makes the first one a
// developer's, the next one of it would be told.
void tell_values_once(const Values& values, std::span<Finding* const> findings) {
  // By the first of its values: who has all of them has that one.
  std::map<std::pair<const SourceFile*, std::string>, std::vector<std::size_t>> holders;
  const auto values_of = [&](const Finding& finding) -> const std::set<std::string>& {
    return values.at({finding.span.file, finding.key.front()});
  };
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const Finding& each = *findings[i];
    if (each.severity == Severity::kOff || !each.span) continue;
    holders[{each.span.file, *values_of(each).begin()}].push_back(i);
  }
  for (Finding* first : findings) {
    if (first->severity == Severity::kOff || !first->span) continue;
    if (is_allowed_there(first->span, "literal-secret")) continue;
    const std::set<std::string>& known = values_of(*first);
    std::set<std::size_t> others;
    for (const std::string& value : known) {
      const auto held = holders.find({first->span.file, value});
      if (held != holders.end()) others.insert(held->second.begin(), held->second.end());
    }
    for (const std::size_t i : others) {
      Finding* const other = findings[i];
      if (other->severity == Severity::kOff || !(first->span.begin < other->span.begin)) continue;
      const std::set<std::string>& again = values_of(*other);
      if (other->severity <= first->severity &&
          std::includes(known.begin(), known.end(), again.begin(), again.end())) {
        merge_into(*first, *other);
      }
    }
  }
}

// What the finding's place holds, without the name before it and its quotes.
std::string value_of(const Finding& finding) {
  std::string_view text = finding.span.text();
  const auto unquote = [&] {
    const bool quoted_text = text.size() > 1 && text.front() == text.back() &&
                             (text.front() == '"' || text.front() == '\'');
    if (quoted_text) text = text.substr(1, text.size() - 2);
  };
  unquote();
  const std::string before = finding.key[1] + "=";
  if (text.starts_with(before)) {
    text.remove_prefix(before.size());
    unquote();
  }
  return std::string(text);
}

// What is there to show something has nothing to keep, where nothing says that it is in use.
void leave_demos(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    if (finding->context != to_string(Context::kDev) || !finding->span) continue;
    const bool demo =
        std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
          return reads(*project, finding->span.file) && is_named(*project, {"demo"});
        });
    if (demo) finding->severity = Severity::kOff;
  }
}

// Keys that developers have made for their own stack let nobody in anywhere, unless one in use has
// them as well.
void leave_own_keys(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  const auto given_here = [&](const Finding& finding) {
    return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
      return reads(*project, finding.span.file) && is_given_out_by(*project, finding.key[1]);
    });
  };
  for (Finding* finding : findings) {
    if (finding->context != to_string(Context::kDev) || !finding->span) continue;
    if (!is_own_by_its_name(finding->key[1]) && !is_own_among_its_like(facts, *finding) &&
        !given_here(*finding)) {
      continue;
    }
    const bool in_use = std::any_of(findings.begin(), findings.end(), [&](const Finding* other) {
      return other->span && other->context != finding->context &&
             value_of(*other) == value_of(*finding);
    });
    if (!in_use) finding->severity = Severity::kOff;
  }
}

// The same values in `compose.dev.yaml` and `compose.prod.yaml` are one secret, whatever the
// service that has them is called there.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  leave_demos(facts, findings);
  leave_own_keys(facts, findings);
  Values values;
  for (const Finding* finding : findings) {
    if (finding->severity == Severity::kOff || !finding->span) continue;
    values[{finding->span.file, finding->key.front()}].insert(value_of(*finding));
  }
  tell_once_a_service(findings);
  tell_values_once(values, findings);
  std::vector<Told> all;
  for (Finding* finding : findings) {
    if (finding->severity == Severity::kOff || !finding->span) continue;
    all.push_back({finding, "", values.at({finding->span.file, finding->key.front()})});
  }
  tell_with_siblings(std::move(all));
  // They leave a file in one go, all but those that a comment keeps.
  std::vector<Finding*> left;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(left), [](const Finding* each) {
    return each->span && !is_allowed_there(each->span, "literal-secret");
  });
  tell_once_a_file(facts, left);
}

constexpr Example kExamples[] = {
    {
        .unsafe = "services:\n"
                  "  app:\n"
                  "    image: example/app:1.4\n"
                  "    environment:\n"
                  "      DB_PASSWORD: k3Vt9qXw2LmZ\n",
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
    },
    {
        .unsafe = "services:\n"
                  "  cache:\n"
                  "    image: redis:7.4\n"
                  "    command: redis-server --requirepass k3Vt9qXw2LmZ\n",
        .safe = "services:\n"
                "  cache:\n"
                "    image: redis:7.4\n"
                "    command: redis-server --requirepass ${REDIS_PASSWORD:?}\n",
        .is_compose = true,
    },
};

constexpr std::array<std::string_view, 1> kTags = {"OWASP-Docker-12"};

}  // namespace

COMPOSELINT_RULE(literal_secret) = {
    .slug = "literal-secret",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .summary = "A password or key stands in the compose file",
    .rationale =
        "A compose file is in version control, in backups and on every machine that runs the "
        "stack: a value in it is known to all who ever had one of them, and cannot be changed "
        "without a commit. Looked at are the environment, arguments of the build (which the image "
        "keeps), commands and health checks (`--password=…`, `--requirepass`, `mysql -p…`). "
        "`${NAME:?}` takes the value from the caller or `.env`; `secrets` mounts a file, which "
        "most images read through `…_FILE`. A default in `${NAME:-…}` counts as written.",
    .silent_on =
        "What nobody keeps: empty values, blanks (`changeme`, `<password>`), words, words with a "
        "number, the user's own name, all of which are how a developer's stack is set up. Names "
        "that tell about a secret (`TOKEN_URL`, `PASSWORD_MIN_LENGTH`, `…_FILE`, `…_KEY_ID`), "
        "paths, names of files (`tls.key`, Kafka's `…_SSL_KEY_CREDENTIALS`) and addresses. "
        "Variables that `.env`, an env file or the caller sets. Passwords of what is told to ask "
        "for none (`xpack.security.enabled=false`). What a comment beside it calls a test's, a "
        "sandbox's or for local use, keys for tries by their form (`sk_test_…`). Files for tests, "
        "and developers' stacks that are named a demo (`name: shop-demo`). In a developer's stack "
        "what no other party has given by its name: `SECRET_KEY_BASE`, `DB_PASSWORD`, "
        "`COOKIE_SALT`, also behind the word that most variables of the service begin with; "
        "`STRIPE_SECRET_KEY` is told. Words with a number behind them "
        "(`Ticketing2024!`), and what stands beside a password of the same service that anybody "
        "guesses (`admin`), are a note where nothing shows that the stack is left to run.",
    .examples = kExamples,
    .cwe = 798,
    .tags = kTags,
    .on_project = on_project,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
