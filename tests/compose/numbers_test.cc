#include "analyzer/compose/numbers.h"

#include <gtest/gtest.h>

namespace composelint::compose {
namespace {

TEST(Numbers, PrintAsGoDoes) {
  const struct {
    double value;
    const char* go;
    const char* json;
  } rows[] = {
      {1, "1", "1"},
      {1.5, "1.5", "1.5"},
      {100000000, "1e+08", "100000000"},
      {123456, "123456", "123456"},
      {1234567, "1.234567e+06", "1234567"},
      {0.0001, "0.0001", "0.0001"},
      {0.00001, "1e-05", "0.00001"},
      {1e-7, "1e-07", "1e-7"},
      {1e21, "1e+21", "1e+21"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(go_float(row.value), row.go);
    EXPECT_EQ(json_float(row.value), row.json);
  }
  EXPECT_EQ(as_single(0.1F), 0.1);
}

TEST(Numbers, ReadDurationsAndSizes) {
  const struct {
    const char* text;
    const char* expected;
  } durations[] = {{"90s", "1m30s"},           {"1d", "24h0m0s"},   {"1h", "1h0m0s"},
                   {"1.5s", "1.5s"},           {"300ms", "300ms"},  {"0", "0s"},
                   {"1w", "168h0m0s"},         {"1us", "1\u00B5s"}, {"-1m30s", "-1m30s"},
                   {"1h2m3s4ms", "1h2m3.004s"}};
  for (const auto& row : durations) {
    const std::optional<std::int64_t> parsed = parse_duration(row.text);
    ASSERT_TRUE(parsed) << row.text;
    EXPECT_EQ(duration_text(*parsed), row.expected);
  }
  for (const char* text : {"", "10", "s", "1x", "1.s.", "99999999999h"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
  const struct {
    const char* text;
    std::int64_t expected;
  } sizes[] = {{"64m", 67108864}, {"1.5 GiB", 1610612736}, {"10", 10}, {"1kb", 1024}, {"2B", 2}};
  for (const auto& row : sizes) EXPECT_EQ(parse_bytes(row.text), row.expected) << row.text;
  for (const char* text : {"", "m", "-1", "1x", "1kbb"}) EXPECT_FALSE(parse_bytes(text)) << text;
}

TEST(Numbers, DecodesBase64) {
  EXPECT_EQ(decode_base64("aGVsbG8="), "hello");
  EXPECT_EQ(decode_base64("aGVs\nbG8h"), "hello!");
  EXPECT_FALSE(decode_base64("a"));
  EXPECT_FALSE(decode_base64("a=bc"));
}

}  // namespace
}  // namespace composelint::compose
