#include "analyzer/text/nearest.h"

#include <gtest/gtest.h>

namespace composelint::text {
namespace {

TEST(Nearest, NamesTheWordThatWasMeant) {
  const std::string_view words[] = {"check", "explain", "rules", "calls", "run-without-rm"};
  struct Row {
    std::string_view written;
    std::optional<std::string_view> meant;
  };
  const Row rows[] = {
      {"chekc", "check"},
      {"rule", "rules"},
      {"call", "calls"},
      {"explian", "explain"},
      {"run-withot-rm", "run-without-rm"},
      {"run_without_rm", "run-without-rm"},
      {"zz", std::nullopt},
      {"deploy", std::nullopt},
      {"", std::nullopt},
  };
  for (const Row& row : rows) EXPECT_EQ(nearest(row.written, words), row.meant) << row.written;
}

TEST(Nearest, LeavesHostileLengthsAlone) {
  const std::string_view words[] = {"check"};
  EXPECT_EQ(nearest(std::string(100000, 'c'), words), std::nullopt);
}

}  // namespace
}  // namespace composelint::text
