#include <composelint/lower_case.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/database_port.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/reports/sibling_files.h"
#include "analyzer/signs/stacks/internal_network.h"
#include "analyzer/signs/stacks/loopback.h"
#include "analyzer/signs/stacks/published_port.h"
#include "analyzer/signs/stacks/stack_deploy.h"
#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/words/accepted.h"
#include "analyzer/signs/words/development_words.h"
#include "analyzer/signs/words/head_comment.h"

namespace composelint::rules {
namespace {

// Whoever reaches it is let in.
bool asks_no_password(const Service& service) {
  bool trusts = false;
  bool may_be_empty = false;
  bool has_one = false;
  for (const auto& [name, value] : service.environment) {
    const std::string text = value.value.value_or("");
    if (name == "POSTGRES_HOST_AUTH_METHOD") {
      trusts |= text == "trust";
    } else if (name.find("ALLOW_EMPTY_") != std::string::npos) {
      may_be_empty |= text == "yes" || text == "true" || text == "1";
    } else {
      // MYSQL_PASSWORD is another user's.
      const bool of_root = name != "MYSQL_PASSWORD" && name != "MARIADB_PASSWORD";
      has_one |= of_root && name.find("PASSWORD") != std::string::npos && !text.empty();
    }
  }
  return trusts || (may_be_empty && !has_one);
}

// "To be removed in production", "insecure": the owner says it beside the line.
bool is_warned_of(Span span) {
  static constexpr std::array<std::string_view, 6> kWords = {
      "do not expose", "don't expose", "firewall", "insecure", "not recommended", "security"};
  const std::string said = said_beside(span);
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view word) { return said.find(word) != said.npos; });
}

// `network.host: 127.0.0.1`, `CASSANDRA_LISTEN_ADDRESS: ${VPN}`, `REDIS_EXTRA_FLAGS: --bind …`.
bool is_told_an_address(const Service& service) {
  const auto has_part = [](const std::string& text, std::initializer_list<std::string_view> parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](std::string_view part) { return text.find(part) != text.npos; });
  };
  return std::any_of(service.environment.begin(), service.environment.end(), [&](const auto& each) {
    const std::string text = lower_case(each.second.value.value_or(""));
    return has_part(lower_case(each.first), {"addr", "bind", "listen"}) ||
           has_part(text, {"127.0.0.1", "::1", "bind", "listen", "localhost"});
  });
}

// In the network of the host it answers there, and neither an option nor a file of settings says on
// which address.
bool answers_in_the_hosts_network(const Service& service) {
  const auto may_bind = [](const Mount& mount) {
    return mount.target.find("/conf") != std::string::npos ||
           mount.target.find("/etc/") != std::string::npos ||
           file_name(mount.target).find('.') != std::string_view::npos;
  };
  return text_at(service, "network_mode") == "host" && is_database_image(service) &&
         !service.command && !service.entrypoint && service.attribute("configs") == nullptr &&
         !is_told_an_address(service) &&
         std::none_of(service.mounts.begin(), service.mounts.end(), may_bind);
}

void report_in_the_hosts_network(const Service& service, RuleContext& context) {
  const Value* mode = service.attribute("network_mode");
  const bool lets_in = asks_no_password(service);
  Finding& finding = context.report(
      mode->span ? mode->span : service.span,
      quoted(service.name) + (lets_in ? " asks for no password and" : "") +
          " answers on every address of the host: it is in the host's network, and nothing binds "
          "it to one",
      {service.name, "host"});
  finding.confidence = Confidence::kLow;
  // A firewall keeps others out there.
  if (!lets_in) finding.severity = std::min(finding.severity, Severity::kNote);
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  if (is_template(service, project) || service.replicas == 0) return;
  if (answers_in_the_hosts_network(service)) return report_in_the_hosts_network(service, context);
  const auto open = [&](const PublishedPort& port) { return is_open_database(port, service); };
  const std::vector<PublishedPort> ports = published_ports(service);
  const auto found = std::find_if(ports.begin(), ports.end(), open);
  if (found == ports.end()) return;
  const std::string number =
      found->first == 0 ? "a port of the engine's choice" : "port " + std::to_string(found->first);
  const bool lets_in = asks_no_password(service);
  Finding& finding = context.report(
      found->span,
      quoted(service.name) + (lets_in ? " asks for no password and" : "") + " answers on " +
          number +
          " of every address of the host: nothing binds it to one, and the engine's own rules let "
          "it through where ufw or firewalld would not",
      {service.name, std::to_string(found->target)});
  // A developer's machine is behind a router and holds made-up data.
  finding.confidence = Confidence::kLow;
  if (is_said_for_tests(said_beside(service.span)) ||
      has_name_word(said_above(found->span), {"debug", "debugging"})) {
    finding.severity = Severity::kOff;
  }
  if (lets_in) finding.key.emplace_back("no password");
  if (is_warned_of(found->span)) finding.severity = std::min(finding.severity, Severity::kNote);
  if (auto fix = bind_to_loopback(service, open)) finding.fixes.push_back(std::move(*fix));
}

// `docker stack deploy` takes no address: "ignoring IP-address … service will listen on '0.0.0.0'".
void advise_for_swarm(Finding& finding) {
  constexpr std::string_view kWhere = " of every address of the host";
  const std::size_t at = finding.message.find(kWhere);
  if (at == std::string::npos) return;
  finding.message = finding.message.substr(0, at) +
                    " of every address of every node: Swarm binds a published port to none, and "
                    "services of its networks reach it without; with `mode: host` it is open on "
                    "the node of the task alone";
  finding.fixes.clear();
}

bool is_open(const Service& service) {
  if (answers_in_the_hosts_network(service)) return true;
  const std::vector<PublishedPort> ports = published_ports(service);
  return std::any_of(ports.begin(), ports.end(),
                     [&](const PublishedPort& port) { return is_open_database(port, service); });
}

// `docker compose up -d` of who deploys it: what is laid over it elsewhere is not read.
bool is_started_open(const WorkspaceFacts& facts, const Finding& finding) {
  const auto starts = [&](const Step& step) {
    if (!step.call || !step.call->is("up")) return false;
    const Project* project = step.call->target.project;
    if (project == nullptr || !reads(*project, finding.span.file)) return false;
    const Service* service = project->service(finding.key.front());
    return service != nullptr && is_open(*service);
  };
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const auto& steps = task.timeline->steps;
    return task.context == Context::kOps && std::any_of(steps.begin(), steps.end(), starts);
  });
}

// A file that heads itself as the one for production and is laid over this one takes the port back:
// `ports: !override ["127.0.0.1:5432:5432"]`.
bool is_closed_for_production(const WorkspaceFacts& facts, const Finding& finding) {
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    if (project->files.size() < 2 || project->files.back() == finding.span.file) return false;
    const SourceFile& last = *project->files.back();
    const bool produces = has_name_word(file_name(last.path()), {"prod", "production"}) ||
                          (has_name_word(head_comment(last).text, {"production"}) &&
                           !is_headed_for_development(last));
    const Service* service = project->service(finding.key.front());
    return produces && service != nullptr && reads(*project, finding.span.file) &&
           !is_open(*service);
  });
}

using Places = std::map<Together, std::set<std::string>>;

// `compose.arm.yml` and `compose.staging.yml` publish what `compose.yml` beside them does.
void tell_of_siblings_once(std::span<Finding* const> findings, const Places& places) {
  std::vector<Told> all;
  for (Finding* finding : findings) {
    if (finding->severity == Severity::kOff) continue;
    all.push_back(
        {finding, std::string(directory_of(*finding->span.file)), places.at(together(*finding))});
  }
  tell_with_siblings(std::move(all));
}

// Swarm publishes through a network of its own.
bool is_published_nowhere(const WorkspaceFacts& facts, const Finding& finding) {
  bool found = false;
  for (const Project* project : facts.projects) {
    const Service* service = project->service(finding.key.front());
    if (service == nullptr || !reads(*project, finding.span.file)) continue;
    if (!is_in_internal_networks_alone(*service, *project)) return false;
    found = true;
  }
  return found && !is_deployed_to_swarm(facts, *finding.span.file);
}

void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    if (is_published_nowhere(facts, *finding)) finding->severity = Severity::kOff;
    const bool closed =
        is_closed_for_production(facts, *finding) && !is_started_open(facts, *finding);
    if (closed) finding->severity = Severity::kOff;
    if (is_deployed_to_swarm(facts, *finding->span.file)) advise_for_swarm(*finding);
  }
  std::vector<Finding*> told;
  std::copy_if(findings.begin(), findings.end(), std::back_inserter(told),
               [](const Finding* finding) { return finding->severity != Severity::kOff; });
  std::sort(told.begin(), told.end(),
            [](const Finding* a, const Finding* b) { return a->span.begin < b->span.begin; });
  Places places;
  for (const Finding* finding : told) {
    places[together(*finding)].insert(finding->key[0] + ' ' + finding->key[1]);
  }
  tell_once_a_file(facts, told);
  tell_of_siblings_once(told, places);
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  db:\n"
              "    image: postgres:16.4\n"
              "    restart: unless-stopped\n"
              "    ports:\n"
              "      - \"5432:5432\"\n",
    .safe = "services:\n"
            "  db:\n"
            "    image: postgres:16.4\n"
            "    restart: unless-stopped\n"
            "    ports:\n"
            "      - \"127.0.0.1:5432:5432\"\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 2> kTags = {"CIS-Docker-5.14", "OWASP-Docker-5a"};

}  // namespace

COMPOSELINT_RULE(database_published_on_all_interfaces) = {
    .slug = "database-published-on-all-interfaces",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "A database can be reached from every network the host is in",
    .rationale =
        "A published port without an address listens on all of them, and Docker writes its own "
        "rules in front of those of ufw and firewalld: the port is open although the firewall "
        "says it is not. Scanners try the ports of databases all day, and most images start with a "
        "weak password or none. Services of the same project need no published port; a client on "
        "the host needs `127.0.0.1`. `0.0.0.0` and `[::]` are every address, too; so is the host's "
        "own "
        "network without an option, a variable or a file of settings that binds it, a note unless "
        "it asks for "
        "no password. What a developer "
        "starts for an afternoon is behind a router and holds made-up data: it is reported where "
        "something shows that the stack is left to run, by a restart policy of images that are "
        "pulled, a name or a setting of production, certificates, a script that deploys it, a "
        "README about deployment or the configuration's `context`.",
    .silent_on =
        "Ports bound to an address, by a variable's default, `.env` or a later file as well, also "
        "one for production that is laid over this one, unless a script that deploys starts this "
        "one without it. Services all of whose networks are `internal: true`: the engine "
        "publishes nothing of them (measured with 20.10). Ports that hang on a variable nobody "
        "set. Services that a comment above them calls one for local tests, ports with one that "
        "says they are there to debug. More than one of a file are told together, and so are "
        "files of one directory that publish the same. Other services: those are "
        "[port-on-all-interfaces](port-on-all-interfaces.md). Files for tests; files and stacks "
        "of developers and those that nothing shows to be operated, also where the database asks "
        "for no password (`POSTGRES_HOST_AUTH_METHOD: trust`). Those count as developers' whose "
        "repository is deployed in another way (Kamal, Fly.io, charts, a script that deploys by "
        "`kubectl`, a step for a cloud in a "
        "pipeline, another compose file for production). A restart policy shows nothing where the "
        "stack builds an application here, nor where the file has databases and brokers alone "
        "under a password that it gives away, nor that of a page beside them (adminer).",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .cwe = 1327,
    .tags = kTags,
    .on_service = on_service,
    .on_findings = on_findings,
};

}  // namespace composelint::rules
