#include "analyzer/text/span_map.h"

#include <gtest/gtest.h>

namespace composelint::text {
namespace {

TEST(SpanMap, MapsATextThatStandsAsItIs) {
  const SourceFile file("x", "0123456789");
  EXPECT_EQ(SpanMap(file, 2).span(1, 3), (Span{&file, 3, 5}));
  EXPECT_EQ(SpanMap().span(1, 3), Span{});
}

TEST(SpanMap, MapsPieceByPiece) {
  const SourceFile file("Makefile", "\ta $$b \\\n\tc\n");
  SpanMap map = SpanMap::pieces(file);
  map.add(2, 1);     // "a "
  map.add(1, 3, 2);  // "$" for "$$"
  map.add(4, 5);     // "b " and the continuation
  map.add(2, 10);    // "c" and the end of the line
  struct Row {
    std::uint32_t begin;
    std::uint32_t end;
    Span expected;
  };
  const Row rows[] = {
      {0, 1, {&file, 1, 2}},  // inside of a piece
      {2, 3, {&file, 3, 5}},  // an atomic piece as a whole
      {2, 4, {&file, 3, 6}},  // over two pieces
      {0, 8, {&file, 1, 11}}, {7, 8, {&file, 10, 11}},
      {2, 2, {&file, 3, 3}},  // empty: where the piece before it ends
      {3, 3, {&file, 5, 5}},  {7, 7, {&file, 9, 9}},
      {0, 0, {&file, 1, 1}},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(map.span(row.begin, row.end), row.expected) << row.begin << "-" << row.end;
  }
}

TEST(SpanMap, NeverCutsAWholePiece) {
  const SourceFile file("x", "abcdef");
  SpanMap map = SpanMap::pieces(file);
  map.add_whole(3, 1, 3);
  map.add(1, 4);
  EXPECT_EQ(map.span(1, 2), (Span{&file, 1, 4}));
  EXPECT_EQ(map.span(3, 4), (Span{&file, 4, 5}));
}

TEST(SpanMap, FindsTheWayBack) {
  using Ranges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
  const SourceFile file("Makefile", "\ta $$b \\\n\tc\n");
  SpanMap map = SpanMap::pieces(file);
  map.add(2, 1);     // "a "
  map.add(1, 3, 2);  // "$" for "$$"
  map.add(4, 5);     // "b " and the continuation
  map.add(2, 10);    // "c" and the end of the line
  map.add(2, 1);     // "a " once more
  EXPECT_EQ(map.ranges(1, 2), (Ranges{{0, 1}, {9, 10}}));
  EXPECT_EQ(map.ranges(2, 2), (Ranges{{1, 1}, {10, 10}}));
  EXPECT_EQ(map.ranges(5, 5), (Ranges{{3, 3}}));  // behind what is written in two bytes
  EXPECT_EQ(map.ranges(1, 6), (Ranges{{0, 4}}));
  EXPECT_EQ(map.ranges(4, 4), Ranges{});  // inside of it
  EXPECT_EQ(map.ranges(4, 6), Ranges{});
  EXPECT_EQ(map.ranges(0, 1), Ranges{});
  EXPECT_EQ(SpanMap(file, 2).ranges(3, 5), (Ranges{{1, 3}}));
  EXPECT_EQ(SpanMap().ranges(3, 5), Ranges{});
}

}  // namespace
}  // namespace composelint::text
