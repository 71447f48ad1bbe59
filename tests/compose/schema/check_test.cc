#include "analyzer/compose/schema/check.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/compose/schema/tree.h"

namespace composelint::compose::schema {
namespace {

// Messages, each with the text its span covers.
std::string verdict(const std::string& text) {
  const SourceFile file("compose.yaml", text);
  const auto parsed = yaml::parse(file);
  if (!parsed.ok()) return parsed.failure().message;
  std::string out;
  for (const Violation& violation : check(value_of(*parsed->documents().front()))) {
    if (!out.empty()) out += " | ";
    out += violation.message + " <" + std::string(violation.span.text()) + ">";
  }
  return out;
}

struct Row {
  std::string input;
  std::string expected;
};

void expect_verdict(const Row& row) {
  EXPECT_EQ(verdict(row.input), row.expected) << row.input;
}

// Rows about one service start behind its name.
std::string service(const std::string& body) {
  return "services: {a: {" + body + "}}\n";
}

TEST(Check, AcceptsWhatComposeAccepts) {
  const std::string rows[] = {
      "services: {a: {image: x}}\nx-any: {b: [1, {c: }]}\nx-date: 2024-01-02\n",
      "services: {}\nvolumes: {v: , w: {external: true}}\nnetworks: {n: , 'a b': {}}\n",
      service("build: ., command: , entrypoint: [a], ports: [80, '80:80', {target: 80}]"),
      service("build: {context: ., args: [A=1], x-b: 1}"),
      service("scale: 1.0, cpu_percent: 100, mem_limit: 1.5, oom_score_adj: -1000"),
      service("environment: {A: 1, B: , C: true, D: 1.5}, labels: [a=b]"),
      service("ulimits: {nofile: 1024, nproc: {soft: 1, hard: 2}, NOFILE: [what]}"),
      service("pull_policy: whenever, container_name: -ab-"),
      service("pull_policy: every_12h, expose: [80, '80']"),
      service("depends_on: {b: {condition: service_healthy, required: false}}"),
      service(
          "image: '${UNKNOWN}', scale: '${UNKNOWN}', ports: '${UNKNOWN}', cgroup: '${UNKNOWN}'"),
      service("dns: ['${UNKNOWN}', '${UNKNOWN}']"),
      service("logging: {driver: json-file, options: {max-size: 1m, max-file: 3}}"),
  };
  for (const std::string& row : rows) EXPECT_EQ(verdict(row), "") << row;
}

TEST(Check, RefusesUnknownKeysAtTheKey) {
  const Row rows[] = {
      {"servcies: {}\n", "unknown top-level key `servcies`; did you mean `services`? <servcies>"},
      {"web: {image: x}\n", "unknown top-level key `web`; a service belongs into `services` <web>"},
      {"web: 1\n", "unknown top-level key `web` <web>"},
      {service("healthcheck: {tset: a}"),
       "unknown key `tset` in services.a.healthcheck; did you mean `test`? <tset>"},
      {service("depends-on: [b]"),
       "unknown key `depends-on` in services.a; did you mean `depends_on`? <depends-on>"},
      {service("replicas: 2"),
       "unknown key `replicas` in services.a; it belongs into `deploy` <replicas>"},
      {service("dockerfile: x"),
       "unknown key `dockerfile` in services.a; it belongs into `build` <dockerfile>"},
      {service("volumes: [{type: bind, foo: 1}]"),
       "unknown key `foo` in services.a.volumes.0 <foo>"},
      {"volumes: {'a b': {}}\n",
       "the name `a b` in volumes must hold only letters, digits, '.', '_' and '-' <'a b'>"},
      {"services: {'${K}': {image: x}}\n",
       "the name `${K}` in services must hold only letters, digits, '.', '_' and '-' <'${K}'>"},
  };
  for (const Row& row : rows) expect_verdict(row);
}

TEST(Check, RefusesKindsAtTheValue) {
  const Row rows[] = {
      {"services:\n", "services is empty: it must be a mapping <services>"},
      {"services: [a]\n", "services must be a mapping, not a list <[a]>"},
      {"services: {a: }\n", "services.a is empty: it must be a mapping <a>"},
      {"version: 3.8\n", "version must be a string, not the number 3.8; put it in quotes <3.8>"},
      {service("image: 5"),
       "services.a.image must be a string, not the number 5; put it in quotes <5>"},
      {service("image: true"),
       "services.a.image must be a string, not true; put it in quotes "
       "<true>"},
      {service("command: 5"),
       "services.a.command must be a string, a list or empty, not the "
       "number 5; put it in quotes <5>"},
      {service("profiles: dev"), "services.a.profiles must be a list, not the string `dev` <dev>"},
      {service("scale: 1.5"),
       "services.a.scale must be a string or a whole number, not the "
       "number 1.5; put it in quotes <1.5>"},
      {service("ports: [true]"),
       "services.a.ports.0 must be a string, a number or a mapping, not "
       "true; put it in quotes <true>"},
      {service("environment: {D: 2024-01-02}"),
       "services.a.environment.D must be a string, a number, true or false or empty, not the date "
       "2024-01-02; put it in quotes <2024-01-02>"},
      {service("environment: {A: [b]}"),
       "services.a.environment.A must be a string, a number, "
       "true or false or empty, not a list <[b]>"},
      {service("networks: "),
       "services.a.networks is empty: it must be a list or a mapping <networks>"},
      {service("depends_on: {b: }"), "services.a.depends_on.b is empty: it must be a mapping <b>"},
      {"networks: {n: {ipam: x}}\n", "networks.n.ipam must be a mapping, not the string `x` <x>"},
  };
  for (const Row& row : rows) expect_verdict(row);
}

TEST(Check, RefusesMissingKeysAtWhatLacksThem) {
  const Row rows[] = {
      {service("depends_on: {b: {restart: true}}"),
       "services.a.depends_on.b lacks `condition` <b>"},
      {service("volumes: [{target: /x}]"), "services.a.volumes.0 lacks `type` <{target: /x}>"},
      {service("ulimits: {nproc: {}}"),
       "services.a.ulimits.nproc lacks `soft` <nproc> | "
       "services.a.ulimits.nproc lacks `hard` <nproc>"},
      {service("provider: {}"), "services.a.provider lacks `type` <provider>"},
  };
  for (const Row& row : rows) expect_verdict(row);
}

TEST(Check, RefusesTextsAndNumbersOutOfRange) {
  const Row rows[] = {
      {service("depends_on: {b: {condition: service_helthy}}"),
       "services.a.depends_on.b.condition must be service_started, service_healthy or "
       "service_completed_successfully, not `service_helthy`; did you mean `service_healthy`? "
       "<service_helthy>"},
      {service("gpus: some"), "services.a.gpus must be all, not `some` <some>"},
      {service("container_name: c"),
       "services.a.container_name must hold a letter or digit "
       "followed by another or by '_', '.' or '-', not `c` <c>"},
      {service("pull_policy: sometimes"),
       "services.a.pull_policy must be always, never, build, missing, if_not_present, daily, "
       "weekly or every_2h, not `sometimes` <sometimes>"},
      {service("cpu_percent: 101"), "services.a.cpu_percent must be at most 100, not 101 <101>"},
      {service("cpu_count: -1"), "services.a.cpu_count must be at least 0, not -1 <-1>"},
      {service("volumes: [{type: tmpfs, tmpfs: {size: -1}}]"),
       "services.a.volumes.0.tmpfs.size must be at least 0, not -1 <-1>"},
  };
  for (const Row& row : rows) expect_verdict(row);
}

TEST(Check, RefusesDoublesInLists) {
  const Row rows[] = {
      {service("depends_on: [b, c, b]"),
       "services.a.depends_on holds the string `b` twice, at 0 and 2 <b>"},
      {service("expose: [80, 81, 80.0]"),
       "services.a.expose holds the number 80.0 twice, at 0 and 2 <80.0>"},
      {service("ports: [{target: 1, mode: host}, {mode: host, target: 1}]"),
       "services.a.ports holds a mapping twice, at 0 and 1 <{mode: host, target: 1}>"},
  };
  for (const Row& row : rows) expect_verdict(row);
}

TEST(Check, ReportsEverythingInTheOrderOfTheFile) {
  EXPECT_EQ(verdict("foo: 1\nservices: {a: {image: 1, bar: 2}}\nname: [x]\n"),
            "unknown top-level key `foo` <foo> | services.a.image must be a string, not the number "
            "1; put it in quotes <1> | unknown key `bar` in services.a <bar> | name must be a "
            "string, not a list <[x]>");
}

TEST(Check, NamesTheFileWhereItIsNoMapping) {
  EXPECT_EQ(verdict("[a]\n"), "the file must be a mapping, not a list <[a]>");
}

}  // namespace
}  // namespace composelint::compose::schema
