#include "analyzer/hosts/yaml_text.h"

#include <gtest/gtest.h>

#include "analyzer/hosts/yaml_nodes.h"

namespace composelint::hosts {
namespace {

// A byte of the text: '.' where the file holds it as is, '#' where it is part of a piece.
std::string picture(const HostText& text) {
  std::string out;
  const shell::ScriptText script = text.script();
  for (std::uint32_t i = 0; i < script.text.size(); ++i) {
    const Span place = script.map.span(i, i + 1);
    out += place.text() == script.text.substr(i, 1) ? '.' : '#';
  }
  return out;
}

class Document {
 public:
  explicit Document(std::string yaml)
      : file_("ci.yml", std::move(yaml)), parsed_(yaml::parse(file_)) {}
  const yaml::Node& value(std::string_view key) const {
    EXPECT_TRUE(parsed_) << parsed_.failure().message;
    return *value_of(*parsed_->documents().front(), key);
  }

 private:
  SourceFile file_;
  Result<yaml::Stream> parsed_;
};

TEST(YamlText, EveryStyleMapsBackToTheFile) {
  struct Row {
    const char* yaml;  // the value of the key "run"
    const char* text;
    const char* picture;
  };
  const Row rows[] = {
      {"run: echo a\n", "echo a", "......"},
      {"run: echo\n  a  b\n\n  c\n", "echo a  b\nc", "....#....#."},
      {"run: 'it''s'\n", "it's", "..#."},
      {"run: 'a\n  b'\n", "a b", ".#."},
      {"run: \"a\\tb \\\"c\\\"\"\n", "a\tb \"c\"", ".#..#.#"},
      {"run: \"\\u00e9\\x41\\U0001F600z\"\n",
       "\xC3\xA9"
       "A\xF0\x9F\x98\x80z",
       "#######."},
      {"run: \"\\Na\\_b\\Lc\"\n",
       "\xC2\x85"
       "a\xC2\xA0"
       "b\xE2\x80\xA8"
       "c",
       "##.##.###."},
      {"run: \"a \\\n    b\\\n  c\"\n", "a bc", "...."},
      {"run: \"a\n\n  b\"\n", "a\nb", ".#."},
      {"run: |\n  a\n    b\n\n  c\n", "a\n  b\n\nc\n", "........."},
      {"run: |-\n  a\n  b\n\n", "a\nb", "..."},
      {"run: |+\n  a\n\n\nx: 1\n", "a\n\n\n", "...."},
      {"run: |2\n    a\n  b\n", "  a\nb\n", "......"},
      {"run: |2- # comment\n   a\n", " a", ".."},
      {"run: |\n\n  a\n", "\na\n", "..."},
      {"run: |\n  a\n  b", "a\nb", "..."},
      {"run: |\r\n  a\r\n  b\r\nx: 1\r\n", "a\nb\n", ".#.#"},
      {"run: >\n  a\n  b\n\n  c\n", "a b\nc\n", ".#.#.."},
      {"run: >-\n  a\n    b\n    c\n  d\n", "a\n  b\n  c\nd", ".#...#...#."},
      {"run: >-\r\n  a \r\n  b\r\n", "a  b", "..#."},
      {"\xEF\xBB\xBFrun: |\n  a\n", "a\n", ".."},
      {"x: &b |\n  a\nrun: *b\n", "a\n", ".."},
      {"run: !x 'a'\n", "a", "."},
      {"run: {a: b}\n", "", ""},
      {"run:\n", "", ""},
      {"run: ''\n", "", ""},
  };
  for (const Row& row : rows) {
    const Document document(row.yaml);
    const HostText text = scalar_text(document.value("run"));
    EXPECT_EQ(text.text(), row.text) << row.yaml;
    EXPECT_EQ(picture(text), row.picture) << row.yaml;
  }
}

TEST(YamlText, PiecesCoverWhatIsWritten) {
  const Document document("run: >-\n  docker compose\n  up 'it''s'\n");
  const HostText text = scalar_text(document.value("run"));
  EXPECT_EQ(text.place(7, 17).text(), "compose\n  up");
  EXPECT_EQ(text.place(14, 15).text(), "\n  ");
  EXPECT_EQ(text.place(15, 17).text(), "up");
}

TEST(YamlText, ExpressionsAreFilledInOrForeign) {
  const ExpressionSyntax circle = {
      "<<", ">>", [](std::string_view name) { return name.starts_with("parameters."); }, "\\<<"};
  struct Row {
    ExpressionSyntax syntax;
    const char* yaml;
    const char* text;
    const char* foreign;  // "name@place" each
  };
  const Row rows[] = {
      {kGithubExpression, "run: up ${{ matrix.db }} -d\n", "up postgres -d", ""},
      {kGithubExpression, "run: up ${{ inputs.x }} -d\n", "up _ -d", "inputs.x@${{ inputs.x }};"},
      {kGithubExpression, "run: \"${{a}}${{\\tb}}\"\n", "__", "a@${{a}};b@${{\\tb}};"},
      {kGithubExpression, "run: a ${{ open\n", "a ${{ open", ""},
      {kJinjaExpression, "run: a {{ b }}c\n", "a _c", "b@{{ b }};"},
      {circle, "run: cat << EOF << parameters.x >>\n", "cat << EOF _",
       "parameters.x@<< parameters.x >>;"},
      {circle, "run: cat \\<< parameters.x >>\n", "cat << parameters.x >>", ""},
  };
  const Substitute substitute = [](std::string_view name) -> std::optional<std::string> {
    if (name == "matrix.db") return "postgres";
    return std::nullopt;
  };
  for (const Row& row : rows) {
    const Document document(row.yaml);
    const HostText filled = fill_in(scalar_text(document.value("run")), row.syntax, substitute);
    EXPECT_EQ(filled.text(), row.text) << row.yaml;
    std::string foreign;
    const shell::ScriptText script = filled.script();
    for (const shell::ForeignRange& range : script.foreign) {
      foreign += range.text + "@";
      foreign += script.map.span(range.begin, range.end).text();
      foreign += ";";
    }
    EXPECT_EQ(foreign, row.foreign) << row.yaml;
  }
}

TEST(YamlText, AValueHasHolesAndPlaces) {
  const Document document("run: db-${{ a }}.yml\n");
  const shell::Value value = fill_in(scalar_text(document.value("run")), kGithubExpression).value();
  ASSERT_EQ(value.elements.size(), 1U);
  const shell::Text& text = value.elements.front();
  ASSERT_EQ(text.size(), 3U);
  EXPECT_EQ(text[0].text, "db-");
  EXPECT_EQ(text[0].written.text(), "db-");
  EXPECT_TRUE(text[1].hole);
  EXPECT_EQ(text[1].text, "a");
  EXPECT_EQ(text[2].written.text(), ".yml");
  EXPECT_EQ(value.span.text(), "db-${{ a }}.yml");
}

TEST(YamlNodes, MergeKeysAndListsAreFollowed) {
  const Document document(
      "base: &base {script: [one], stage: x}\n"
      "more: &more {image: y, stage: z}\n"
      "job:\n  <<: [*base, *more]\n  stage: own\n  run: [a, [b, [c]], d]\n");
  const yaml::Node& job = document.value("job");
  EXPECT_EQ(text_of(&job, "stage"), "own");
  EXPECT_EQ(text_of(&job, "image"), "y");
  std::string keys;
  for (const yaml::Entry& entry : entries_of(job)) keys += std::string(entry.key->text) + " ";
  EXPECT_EQ(keys, "stage run script image ");
  std::string commands;
  for (const yaml::Node* command : commands_of(*value_of(job, "run"))) commands += command->text;
  EXPECT_EQ(commands, "abcd");
}

TEST(YamlNodes, AliasesOfListsOfAliasesAreBounded) {
  std::string yaml = "a0: &a0 [x, x]\n";
  for (int i = 1; i < 15; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    yaml +=
        "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last + ", " + last + "]\n";
  }
  const Document document(yaml + "run: *a14\n");
  EXPECT_LT(commands_of(document.value("run")).size(), 5'000U);
}

}  // namespace
}  // namespace composelint::hosts
