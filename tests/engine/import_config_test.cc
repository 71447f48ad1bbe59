#include "analyzer/engine/import_config.h"

#include <gtest/gtest.h>

#include <string>

namespace composelint::engine {
namespace {

struct Row {
  std::string file;
  std::string text;
  std::string holds;      // in what is written
  std::string left = {};  // in what is told to be left aside; empty: nothing is
};

TEST(ImportConfig, TakesOverWhatHasACounterpart) {
  const Row rows[] = {
      {".dclintrc", R"({"rules": {"no-version-field": 0}})", "  obsolete-version: off  #"},
      {".dclintrc.yaml", "rules:\n  services-alphabetical-order: 2\n", "  services-order: error  #"},
      {".dclintrc", R"({"rules": {"no-unbound-port-interfaces": 1}})",
       "  port-on-all-interfaces: warning  # no-unbound-port-interfaces\n"
       "  database-published-on-all-interfaces: warning  #"},
      {".dclintrc", R"({"rules": {"service-keys-order": [1, {"x": 2}]}})", "keys-order: warning",
       "the options of service-keys-order have no counterpart"},
      {".dclintrc", R"({"rules": {"no-build-and-image": 2}})", "# Taken over",
       "no-build-and-image has no counterpart: `image`"},
      {".dclintrc", R"({"rules": {"no-versoin-field": 0}})", "# Taken over",
       "is it \"no-version-field\"?"},
      {".dclintrc", R"({"exclude": ["legacy/*"], "$schema": "x"})",
       "overrides:\n  - paths:\n      - \"legacy/*\"\n    rules:\n"},
      {".dclintrc", R"({"quiet": true})", "# Taken over", "\"quiet\" has no counterpart"},
      {".compose-lint.yml", "rules:\n  CL-0002: {enabled: false, reason: \"needs\\nit\"}\n",
       "  privileged-service: off  # CL-0002: needs it\n"},
      {".compose-lint.yml", "rules:\n  CL-0020: {severity: critical}\n",
       "  literal-secret: error  # CL-0020, critical\n"},
      // One of ours for two of theirs: the gravest counts.
      {".compose-lint.yml", "rules:\n  CL-0011: {severity: low}\n  CL-0024: {severity: high}\n",
       "  strong-capability: error  # CL-0024, high\n"},
      {".compose-lint.yml", "rules:\n  CL-0001:\n    exclude_services:\n      proxy: \"SEC-1: ok\"\n",
       "  - services: \"proxy\"  # SEC-1: ok\n    rules: {control-socket-mounted: off}\n"},
      {".compose-lint.yml", "rules:\n  CL-0005: {exclude_services: [web]}\n",
       "  - services: \"web\"\n    rules: {port-on-all-interfaces: off, "
       "database-published-on-all-interfaces: off}\n"},
      {".compose-lint.yml", "profiles: {enabled: true}\n", "# Taken over",
       "\"profiles\" has no counterpart"},
      {".compose-lint.yml", "", "# Taken over from .compose-lint.yml of compose-lint.\n"},
  };
  for (const Row& row : rows) {
    const SourceFile file(row.file, row.text);
    const auto imported = import_config(file);
    ASSERT_TRUE(imported.ok()) << row.text << imported.failure().message;
    EXPECT_NE(imported->text.find(row.holds), std::string::npos) << row.text << imported->text;
    EXPECT_EQ(imported->left_aside.empty(), row.left.empty()) << row.text;
    for (const Notification& each : imported->left_aside) {
      EXPECT_NE(each.message.find(row.left), std::string::npos) << each.message;
      EXPECT_TRUE(each.span);
    }
  }
}

TEST(ImportConfig, RefusesWhatItCannotRead) {
  const Row rows[] = {
      {".dclintrc.cjs", "module.exports = {}", "is a program"},
      {"dclint.config.js", "export default {}", "is a program"},
      {"setup.cfg", "", "no linter known here"},
      {".dclintrc", R"({"rules": {"no-version-field": 3}})", "0, 1 or 2"},
      {".dclintrc", R"({"rules": {"no-version-field": "off"}})", "0, 1 or 2"},
      {".compose-lint.yml", "rules:\n  CL-0001: off\n", "no mapping"},
      {".compose-lint.yml", "rules:\n  CL-0001: {severity: fatal}\n", "\"fatal\" is no severity"},
      {".compose-lint.yml", "[a, b]\n", "a configuration is a mapping"},
      {".dclintrc", "{\"rules\": ", ""},
  };
  for (const Row& row : rows) {
    const SourceFile file(row.file, row.text);
    const auto imported = import_config(file);
    ASSERT_FALSE(imported.ok()) << row.text;
    EXPECT_NE(imported.failure().message.find(row.holds), std::string::npos)
        << imported.failure().message;
  }
}

}  // namespace
}  // namespace composelint::engine
