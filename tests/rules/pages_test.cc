// The pages of the rules and the README's table are made from the declarations; a stale one fails.
#include <gtest/gtest.h>

#include "analyzer/knowledge/peer_rules.h"
#include "analyzer/report/config_schema.h"
#include "analyzer/report/reports.h"
#include "tests/rules/fixture.h"

namespace composelint {
namespace {

const std::string kRoot = std::string(COMPOSELINT_SOURCE_DIR) + "/";

TEST(Pages, OfEveryRuleAreFresh) {
  for (const Rule* rule : all_rules()) {
    fixture::expect_golden(kRoot + "docs/rules/" + std::string(rule->slug) + ".md",
                           report::rule_page(*rule));
  }
}

TEST(Pages, OfNoRuleThatIsGoneAreLeft) {
  for (const std::string& page : fixture::entries(kRoot + "docs/rules", true)) {
    EXPECT_NE(find_rule(page.substr(0, page.rfind('.'))), nullptr) << page;
  }
}

TEST(Pages, TheTableOfTheReadmeIsFresh) {
  const std::string readme = fixture::read(kRoot + "README.md");
  const auto renewed = report::with_rules_table(readme, all_rules(), "docs/rules/");
  ASSERT_TRUE(renewed.ok());
  fixture::expect_golden(kRoot + "README.md", *renewed);
}

TEST(Pages, TheSchemaOfTheConfigurationIsFresh) {
  fixture::expect_golden(kRoot + "docs/composelint.schema.json",
                         report::config_schema(all_rules()));
}

TEST(Pages, TheTablesOfOtherLintersAreFresh) {
  const std::string path = kRoot + "docs/migrating.md";
  const auto renewed = report::with_migration_tables(fixture::read(path));
  ASSERT_TRUE(renewed.ok());
  fixture::expect_golden(path, *renewed);
}

TEST(Pages, TheTablesOfOtherLintersNameRulesThatAreThere) {
  for (const knowledge::PeerRule& peer : knowledge::peer_rules()) {
    for (const std::string_view slug : peer.slugs) {
      EXPECT_NE(find_rule(slug), nullptr) << peer.name << ": " << slug;
    }
    EXPECT_TRUE(!peer.slugs.empty() || !peer.why.empty()) << peer.name;
  }
  for (const knowledge::FlaggedThing& thing : knowledge::flagged_things()) {
    for (const std::string_view slug : thing.slugs) {
      EXPECT_NE(find_rule(slug), nullptr) << thing.what << ": " << slug;
    }
    EXPECT_TRUE(!thing.slugs.empty() || !thing.why.empty()) << thing.what;
  }
}

TEST(Pages, TheTableOfTheConfigurationIsFresh) {
  const std::string path = kRoot + "docs/configuration.md";
  const auto renewed = report::with_config_keys(fixture::read(path));
  ASSERT_TRUE(renewed.ok());
  fixture::expect_golden(path, *renewed);
}

}  // namespace
}  // namespace composelint
