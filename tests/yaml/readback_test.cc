#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "analyzer/yaml/document.h"

namespace composelint::yaml {
namespace {

// Every scalar's span, cut out and parsed alone, has to give the same text in the same style: a
// span one byte too short or too long would not.
class ReadBack {
 public:
  void file(const SourceFile& source) {
    const auto parsed = parse(source);
    if (!parsed.ok()) return;
    for (const Node* root : parsed->documents()) node(*root, false);
  }
  [[nodiscard]] std::size_t scalars() const { return scalars_; }

 private:
  void node(const Node& value, bool flow) {
    if (value.kind == NodeKind::kScalar && value.style != ScalarStyle::kNone) scalar(value, flow);
    for (const Node* item : value.items) node(*item, flow || value.flow);
    for (const Entry& entry : value.entries) {
      node(*entry.key, flow || value.flow);
      node(*entry.value, flow || value.flow);
    }
  }

  void scalar(const Node& value, bool flow) {
    const std::string cut(value.span.text());
    // An indentation indicator counts from the collection around, which is not there.
    const bool block = value.style == ScalarStyle::kLiteral || value.style == ScalarStyle::kFolded;
    if (block && cut.substr(0, cut.find('\n')).find_first_of("123456789") != std::string::npos) {
      return;
    }
    ++scalars_;
    const bool ends_line = !cut.empty() && cut.back() == '\n';
    const SourceFile alone("alone", flow ? "[" + cut + "]" : ends_line ? cut : cut + "\n");
    const auto parsed = parse(alone);
    ASSERT_TRUE(parsed.ok()) << cut << ": " << parsed.failure().message;
    ASSERT_EQ(parsed->documents().size(), 1U) << cut;
    const Node* read = parsed->documents().front();
    if (flow) {
      ASSERT_EQ(read->items.size(), 1U) << cut;
      read = read->items.front();
    }
    EXPECT_EQ(read->text, value.text) << cut;
    EXPECT_EQ(read->style, value.style) << cut;
  }

  std::size_t scalars_ = 0;
};

TEST(Spans, ReadBackAlone) {
  const char* const inputs[] = {
      "a: b c # d\n'e f': \"g\\th\" # i\n\"j\": ''\n",
      "services:\n  web:\n    image: nginx:1.25 \n    command: [sh, -c, 'echo \"a\"', \"b\" ]\n",
      "a: one\n  two\n\n  three\nb: 'one\n  two'\nc: \"one \\\n  two\"\n",
      "a: |\n  one\n   two\n\n  three\nb: >-\n  one\n  two\nc: |+\n  one\n\nd: x\n",
      "- a: |\n    one\n  b: two\n- - x\n  - 'y'\n-\n  z\n",
      "{a: b, 'c': [d, \"e\", f g], h: {i: j k\n  l}}\n",
      "a:\r\n  b: c\r\n  d: |\r\n    one\r\n    two\r\ne: 'f\r\n  g'\r\n",
      "\uFEFFä: 'ö'\nü: ß ẞ\n",
      "a: &x b\nc: !t 'd'\ne: !t &y |\n  f\n",
      "a: http://x:1/?y#z\nb: -1\nc: a-b:c\nd: x: \n",
      "a: 'it''s'\nb: \"\\\"\"\nc: \"\\\\\"\nd: 'x\\'\n",
  };
  ReadBack check;
  for (const char* input : inputs) check.file(SourceFile("inline", input));
  EXPECT_GT(check.scalars(), 60U);
}

// All YAML the repository holds.
TEST(Spans, OfFilesReadBackAlone) {
  ReadBack check;
  for (const char* folder : {"/tests", "/fixtures", "/.github"}) {
    const std::filesystem::path root = COMPOSELINT_SOURCE_DIR + std::string(folder);
    if (!std::filesystem::is_directory(root)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      const std::string extension = entry.path().extension().string();
      if (!entry.is_regular_file() || (extension != ".yml" && extension != ".yaml")) continue;
      std::ifstream stream(entry.path(), std::ios::binary);
      check.file(SourceFile(entry.path().string(),
                            std::string(std::istreambuf_iterator<char>(stream), {})));
    }
  }
  EXPECT_GT(check.scalars(), 0U);
}

}  // namespace
}  // namespace composelint::yaml
