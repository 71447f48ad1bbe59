#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/written_out.h"

namespace composelint::rules {
namespace {

// The release is that of the image's tag: 8 is the last one of that series.
struct Removed {
  std::string_view option;
  int major;
  int minor;  // the first release without it
};

constexpr int kLast = 99;

// Read, not measured. 8.4: "Removed in version 8.4.0" in
// https://dev.mysql.com/doc/mysqld-version-reference/en/optvar-changes-8-4.html; 8.0: the query
// cache and `--log-warnings` in
// https://docs.percona.com/percona-server/latest/upgrade-changes-removed.html and
// https://dev.mysql.com/worklog/task/?id=9676, the two of InnoDB in WL#7704 (8.0.0). The words of
// the server are from logs of 8.0.19, 8.0.38 and 8.4.0: MY-000067, then MY-010119 Aborting
// (https://github.com/leokhoa/laragon/issues/769,
// https://github.com/geerlingguy/ansible-role-mysql/issues/486).
constexpr std::array<Removed, 7> kRemoved = {{{"default-authentication-plugin", 8, 4},
                                              {"innodb-file-format", 8, 0},
                                              {"innodb-large-prefix", 8, 0},
                                              {"log-warnings", 8, 0},
                                              {"query-cache-limit", 8, 0},
                                              {"query-cache-size", 8, 0},
                                              {"query-cache-type", 8, 0}}};

// "8.4" of "8.4.3-oracle"; the last release where it names none. Nothing where it is no release.
std::optional<std::pair<int, int>> release_of(std::string_view tag) {
  if (tag.empty() || tag == "latest" || tag == "lts" || tag == "innovation" || tag == "oracle") {
    return std::pair(kLast, 0);
  }
  const auto number = [&](int without) {
    int value = without;
    for (std::size_t i = 0; i < 3 && !tag.empty() && tag[0] >= '0' && tag[0] <= '9'; ++i) {
      value = (i == 0 ? 0 : value * 10) + (tag[0] - '0');
      tag.remove_prefix(1);
    }
    return value;
  };
  const int major = number(-1);
  if (major < 0) return std::nullopt;
  if (tag.starts_with('.')) {
    tag.remove_prefix(1);
    const int minor = number(-1);
    if (minor < 0) return std::nullopt;
    return std::pair(major, minor);
  }
  return std::pair(major, kLast);
}

// `--query_cache_size=0` is `--query-cache-size=0`.
std::string option_in(std::string_view word) {
  if (!word.starts_with("--")) return {};
  word.remove_prefix(2);
  if (word.starts_with("loose")) return {};
  std::string name(word.substr(0, word.find('=')));
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

void on_service(const Service& service, const Project&, RuleContext& context) {
  if (!service.image || !service.image->known || service.build) return;
  const ImageName image = image_name(service.image->value);
  if (image.name != "mysql" && image.name != "library/mysql") return;
  const auto release = release_of(image.tag);
  if (!release || (image.tag.empty() && !image.digest.empty())) return;
  for (const CommandWord& word : command_words(service, "command")) {
    const std::string name = option_in(word.text);
    const auto row = std::find_if(kRemoved.begin(), kRemoved.end(),
                                  [&](const Removed& each) { return each.option == name; });
    if (row == kRemoved.end() || *release < std::pair(row->major, row->minor)) continue;
    context.report(place_of(*word.value, service),
                   quoted(service.name) + " does not start: MySQL " + std::to_string(row->major) +
                       "." + std::to_string(row->minor) +
                       " and later end with \"unknown variable\" at " + quoted("--" + name) +
                       ", and " + quoted(service.image->value) + " is such a release",
                   {service.name, name});
    return;
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  db:\n"
              "    image: mysql:8\n"
              "    command: --default-authentication-plugin=mysql_native_password\n",
    .safe = "services:\n"
            "  db:\n"
            "    image: mysql:8.0\n"
            "    command: --default-authentication-plugin=mysql_native_password\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(removed_server_option) = {
    .slug = "removed-server-option",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "A database server is given an option that its release does not know",
    .rationale =
        "MySQL refuses to start with an option that it does not know: `[ERROR] [MY-000067] unknown "
        "variable 'default-authentication-plugin=…'`, `Aborting`, and with `restart: always` so on "
        "without end. `--default-authentication-plugin` is gone from 8.4 on, `--query-cache-…`, "
        "`--innodb-large-prefix`, `--innodb-file-format` and `--log-warnings` from 8.0 on. "
        "`mysql:8` and `mysql:latest` are 8.4 and later since the spring of 2024: files that ran "
        "before end at the next pull. `mysql:8.0` knows the first one; in 8.4 "
        "`--mysql-native-password=ON` brings the old plugin back.",
    .silent_on =
        "Options with `loose-` before them, images of others (MariaDB, Percona) and those that are "
        "built here, tags that name no release, options in a mounted `my.cnf`.",
    .examples = kExamples,
    .on_service = on_service,
};

}  // namespace composelint::rules
