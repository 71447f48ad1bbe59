#include <composelint/script_text.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace composelint {
namespace {

// A word whose text stands in a file of its own.
struct Written {
  explicit Written(std::string text, std::vector<Hole> holes = {}) : file("text", text) {
    const Span whole{&file, 0, file.size()};
    argument.text = std::move(text);
    argument.span = argument.written = whole;
    argument.runs = {{0, file.size(), whole}};
    argument.holes = std::move(holes);
  }

  SourceFile file;
  Argument argument;
};

std::vector<TextCommand> read(const Written& script) {
  return read_script_text(script.argument);
}

TEST(ScriptText, ReadsPipesAndFiles) {
  const auto commands = read(Written("pg_dump -U app | gzip > /b/x.gz; ls < y >> z"));
  ASSERT_EQ(commands.size(), 3U);
  EXPECT_EQ(program_name(commands[0]), "pg_dump");
  EXPECT_TRUE(commands[0].piped_out);
  EXPECT_FALSE(commands[0].piped_in);
  EXPECT_TRUE(commands[1].piped_in);
  ASSERT_TRUE(commands[1].output);
  EXPECT_EQ(commands[1].output->text, "/b/x.gz");
  EXPECT_FALSE(commands[1].appends);
  ASSERT_TRUE(commands[2].input);
  EXPECT_EQ(commands[2].input->text, "y");
  EXPECT_TRUE(commands[2].appends);
}

TEST(ScriptText, LooksIntoCompoundCommands) {
  const auto commands = read(Written(
      "if test -d /b; then ( pg_dump app ) > /b/x; fi; for i in 1 2; do gosu postgres psql; "
      "done; PGPASSWORD=x exec sudo -u postgres /usr/bin/pg_dumpall"));
  ASSERT_EQ(commands.size(), 4U);
  EXPECT_EQ(program_name(commands[1]), "pg_dump");
  ASSERT_TRUE(commands[1].output);
  EXPECT_EQ(commands[1].output->text, "/b/x");
  EXPECT_EQ(program_name(commands[2]), "psql");
  EXPECT_EQ(program_name(commands[3]), "pg_dumpall");
}

TEST(ScriptText, KnowsHowFarAWordIsKnown) {
  const auto commands = read(Written("pg_dump > /b/x-$(date +%F).sql"));
  ASSERT_EQ(commands.size(), 1U);
  ASSERT_TRUE(commands[0].output);
  EXPECT_FALSE(commands[0].output->known);
  EXPECT_EQ(commands[0].output->text, "/b/x-");
  const auto filled = read(Written("pg_dump > /b/.sql", {{13, "NAME"}}));
  ASSERT_EQ(filled.size(), 1U);
  ASSERT_TRUE(filled[0].output);
  EXPECT_FALSE(filled[0].output->known);
  EXPECT_EQ(filled[0].output->text, "/b/");
}

TEST(ScriptText, KnowsTheVariablesThatTheTextSetsItself) {
  const struct {
    const char* text;
    const char* word;  // the second one of the last command, as far as it is known
    bool known;
  } rows[] = {
      {"D=/srv/data; rm $D/base", "/srv/data/base", true},
      {"export D=/srv/data && rm \"${D}/base\"", "/srv/data/base", true},
      {"A=/srv B=$A/data; rm $B", "/srv/data", true},
      {"D=/srv/$(date); rm $D/base", "/srv/", false},
      {"D=/srv; D=/tmp; rm $D", "/tmp", true},
      {"if true; then D=/srv; rm $D; fi", "/srv", true},
      {"{ D=/srv; }; rm $D", "/srv", true},
      // It may hold another value, or none.
      {"test -n \"$D\" || D=/srv; rm $D", "", false},
      {"test -n \"$1\" && D=/srv; rm $D", "", false},
      {"D=/srv; if true; then D=/tmp; fi; rm $D", "", false},
      {"D=/srv; for D in a b; do rm $D; done", "", false},
      {"for D in /srv/data; do rm $D/x; done", "/srv/data/x", true},
      {"for D in /srv/data/*; do rm \"$D\"; done", "/srv/data/", false},
      {"for D in /srv; do ls; done; rm $D", "", false},
      {"D=/srv; read D; rm $D", "", false},
      {"D=/srv; . ./env; rm $D", "", false},
      {"( D=/srv ); rm $D", "", false},
      {"echo x | { D=/srv; }; rm $D", "", false},
      {"D=/srv ls; rm $D", "", false},
      // What another shell did to it is undone.
      {"D=/srv; (D=/tmp; D=/var); rm $D", "/srv", true},
      {"D=/srv; D=/tmp | cat; rm $D", "/srv", true},
      {"D=/srv; (if true; then D=/tmp; fi; unset D); rm $D", "/srv", true},
      {"D=/srv; echo x | { . ./env; }; rm $D", "/srv", true},
      {"D=/srv; if true; then (D=/tmp); fi; rm $D", "/srv", true},
      {"if true; then (D=/tmp); D=/srv; fi; rm $D", "", false},
      {"D=/srv; rm ${D#/}", "", false},
  };
  for (const auto& row : rows) {
    const auto commands = read(Written(row.text));
    ASSERT_FALSE(commands.empty()) << row.text;
    ASSERT_EQ(commands.back().words.size(), 2U) << row.text;
    EXPECT_EQ(commands.back().words[1].text, row.word) << row.text;
    EXPECT_EQ(commands.back().words[1].known, row.known) << row.text;
  }
}

TEST(ScriptText, MakesSeveralWordsOfAVariable) {
  const struct {
    const char* text;
    std::vector<std::string> words;
    bool known;  // the last of them
  } rows[] = {
      {"D='/srv /tmp'; rm $D", {"rm", "/srv", "/tmp"}, true},
      {"D=' /srv  /tmp '; rm $D", {"rm", "/srv", "/tmp"}, true},
      {"R='rm -rf'; $R /srv", {"rm", "-rf", "/srv"}, true},
      {"R=\"rm -rf $X\"; $R", {"rm", "-rf", ""}, false},
      {"R=\"rm /srv/$X\"; $R", {"rm", "/srv/"}, false},
      {"R='rm /srv/*'; $R", {"rm", "/srv/"}, false},
      {"D='/srv /tmp'; rm \"$D\"", {"rm", "/srv /tmp"}, true},
  };
  for (const auto& row : rows) {
    const auto commands = read(Written(row.text));
    ASSERT_EQ(commands.size(), 1U) << row.text;
    std::vector<std::string> words;
    for (const TextWord& word : commands[0].words) words.push_back(word.text);
    EXPECT_EQ(words, row.words) << row.text;
    EXPECT_EQ(commands[0].words.back().known, row.known) << row.text;
  }
}

TEST(ScriptText, ReadsFunctionsWhereTheyAreCalled) {
  const auto commands = read(Written(
      "wipe() { rm \"$@\"; ls $2; }; one() { wipe $1 /b; }; never() { dd; }; one /a; echo $1"));
  ASSERT_EQ(commands.size(), 3U);
  EXPECT_EQ(program_name(commands[0]), "rm");
  ASSERT_EQ(commands[0].words.size(), 3U);
  EXPECT_EQ(commands[0].words[1].text, "/a");
  EXPECT_EQ(commands[0].words[2].text, "/b");
  EXPECT_EQ(commands[1].words[1].text, "/b");
  EXPECT_FALSE(commands[2].words[1].known);
  EXPECT_LT(read(Written("f() { f; f; ls; }; f")).size(), 1'000U);
}

TEST(ScriptText, LetsNoVariableGrowWithoutEnd) {
  std::string text = "A=xxxxxxxxxxxxxxxx";
  for (int each = 0; each < 40; ++each) text += "; A=$A$A";
  const auto commands = read(Written(text + "; rm $A"));
  ASSERT_FALSE(commands.empty());
  EXPECT_FALSE(commands.back().words[1].known);
  EXPECT_LT(commands.back().words[1].text.size(), 20'000U);
}

TEST(ScriptText, IsEmptyWhereTheTextCannotBeRead) {
  EXPECT_TRUE(read(Written("if true; then (")).empty());
  EXPECT_TRUE(read(Written("")).empty());
}

}  // namespace
}  // namespace composelint
