#include "analyzer/yaml/scalar.h"

#include "analyzer/yaml/document.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace composelint::yaml {
namespace {

std::string show(const Scalar& scalar) {
  switch (scalar.kind) {
    case ScalarKind::kNull: return "null";
    case ScalarKind::kBool: return scalar.boolean ? "true" : "false";
    case ScalarKind::kInt: return "int " + std::to_string(scalar.integer);
    case ScalarKind::kUint: return "uint " + std::to_string(scalar.unsigned_integer);
    case ScalarKind::kFloat: {
      char text[64];
      (void)std::snprintf(text, sizeof text, "%.17g", scalar.floating);
      return std::string("float ") + text;
    }
    case ScalarKind::kString: return "string";
    case ScalarKind::kTimestamp: return "timestamp";
    case ScalarKind::kMerge: return "merge";
    case ScalarKind::kBinary: return "binary";
    case ScalarKind::kInvalid: return "invalid";
  }
  return "?";
}

struct Row {
  const char* text;
  const char* expected;
};

TEST(ResolvePlain, ReadsWords) {
  const Row rows[] = {
      {"", "null"},          {"~", "null"},           {"null", "null"},       {"NULL", "null"},
      {"nULL", "string"},    {"true", "true"},        {"True", "true"},       {"FALSE", "false"},
      {"tRUE", "string"},    {"yes", "string"},       {"no", "string"},       {"on", "string"},
      {"off", "string"},     {"y", "string"},         {"N", "string"},        {"<<", "merge"},
      {".inf", "float inf"}, {"-.INF", "float -inf"}, {"+.Inf", "float inf"}, {".iNF", "string"},
      {"inf", "string"},     {"nan", "string"},       {"=", "string"},
  };
  for (const Row& row : rows) EXPECT_EQ(show(resolve_plain(row.text)), row.expected) << row.text;
  EXPECT_TRUE(std::isnan(resolve_plain(".nan").floating));
}

TEST(ResolvePlain, ReadsIntegersOfEveryBase) {
  const Row rows[] = {
      {"0", "int 0"},
      {"12", "int 12"},
      {"-12", "int -12"},
      {"+12", "int 12"},
      {"1_000", "int 1000"},
      {"1__0_", "int 10"},
      {"010", "int 8"},
      {"0755", "int 493"},
      {"0o755", "int 493"},
      {"-0o17", "int -15"},
      {"0x1f", "int 31"},
      {"0X1F", "int 31"},
      {"-0x1F", "int -31"},
      {"0b101", "int 5"},
      {"-0b11", "int -3"},
      {"0b-11", "int -3"},
      {"0b12", "string"},
      {"0x", "string"},
      {"0xg", "string"},
      {"--1", "string"},
      {"+", "string"},
      {"-", "string"},
      {"_1", "string"},
      {"1,000", "string"},
      {"9223372036854775807", "int 9223372036854775807"},
      {"-9223372036854775808", "int -9223372036854775808"},
      {"9223372036854775808", "uint 9223372036854775808"},
      {"18446744073709551615", "uint 18446744073709551615"},
      {"18446744073709551616", "float 1.8446744073709552e+19"},
      {"-9223372036854775809", "float -9.2233720368547758e+18"},
      {"0xFFFFFFFFFFFFFFFFF", "string"},
      {"22:22", "string"},
      {"12:30:45", "string"},
  };
  for (const Row& row : rows) EXPECT_EQ(show(resolve_plain(row.text)), row.expected) << row.text;
}

TEST(ResolvePlain, ReadsFloats) {
  const Row rows[] = {
      {"1.5", "float 1.5"},
      {"1.", "float 1"},
      {".5", "float 0.5"},
      {"-.5", "float -0.5"},
      {"+1.5", "float 1.5"},
      {"1e3", "float 1000"},
      {"1.5E-1", "float 0.14999999999999999"},
      {"08", "float 8"},
      {"1_0.5", "float 10.5"},
      {".5_0", "float 0.5"},
      {"._5", "string"},
      {"1e", "string"},
      {".", "string"},
      {"..5", "string"},
      {"1.2.3", "string"},
      {"1e999", "string"},
      {"1e-999", "float 0"},
      {"0x1p4", "string"},
      {"1.10", "float 1.1000000000000001"},
  };
  for (const Row& row : rows) EXPECT_EQ(show(resolve_plain(row.text)), row.expected) << row.text;
}

TEST(ResolvePlain, ReadsDates) {
  const Row rows[] = {
      {"2024-01-02", "timestamp"},
      {"2024-1-2", "timestamp"},
      {"2024-02-29", "timestamp"},
      {"2023-02-29", "string"},
      {"2024-13-01", "string"},
      {"2024-00-01", "string"},
      {"2024-01-32", "string"},
      {"2024-01-02T03:04:05Z", "timestamp"},
      {"2024-01-02t3:4:5.25+02:00", "timestamp"},
      {"2024-01-02T03:04:05", "string"},
      {"2024-01-02 03:04:05", "timestamp"},
      {"2024-01-02   3:4:5.123456789012", "timestamp"},
      {"2024-01-02 03:04:05 +2", "string"},
      {"2024-01-02 24:00:00", "string"},
      {"2024-01-02 03:04", "string"},
      {"2024-01-02x", "string"},
      {"24-01-02", "string"},
      {"20240-01-02", "string"},
      {"2024-01", "string"},
      {"2024-001-02", "string"},
      {"2024-01-02T03:04:05+0200", "string"},
  };
  for (const Row& row : rows) EXPECT_EQ(show(resolve_plain(row.text)), row.expected) << row.text;
}

TEST(Resolve, HonoursStyleAndTags) {
  const Row rows[] = {
      {"5", "int 5"},
      {"'5'", "string"},
      {"\"\"", "string"},
      {"|\n  5", "string"},
      {"! 5", "int 5"},
      {"! '5'", "string"},
      {"!!str 5", "string"},
      {"!!str ''", "string"},
      {"!!int '5'", "int 5"},
      {"!!int x", "invalid"},
      {"!!int 1.5", "invalid"},
      {"!!float 5", "float 5"},
      {"!!float x", "invalid"},
      {"!!bool yes", "invalid"},
      {"!!bool 'true'", "true"},
      {"!!null ''", "null"},
      {"!!null x", "invalid"},
      {"!!binary aGk=", "binary"},
      {"!!timestamp '2024-01-02'", "timestamp"},
      {"!!timestamp 5", "invalid"},
      {"!!int 2024-01-02", "invalid"},
      {"!custom 5", "string"},
      {"!override 1.10", "string"},
      {"!reset null", "string"},
      {"<<", "merge"},
      {"'<<'", "string"},
      {"!!merge '<<'", "merge"},
  };
  for (const Row& row : rows) {
    const SourceFile file("x.yaml", row.text);
    const auto parsed = parse(file);
    ASSERT_TRUE(parsed.ok()) << row.text;
    EXPECT_EQ(show(resolve(*parsed->documents().front())), row.expected) << row.text;
  }
}

TEST(DoubleQuoted, EscapesBecomeWholeCharacters) {
  const SourceFile file("x.yml", "a: \"x\\Ny\\_z \xC3\x85 \\L\"\n");
  const auto stream = parse(file);
  ASSERT_TRUE(stream.ok());
  EXPECT_EQ(stream->documents().at(0)->find("a")->text,
            "x\xC2\x85y\xC2\xA0z \xC3\x85 \xE2\x80\xA8");
}

}  // namespace
}  // namespace composelint::yaml
