#include "analyzer/hosts/plain_words.h"

#include <gtest/gtest.h>

#include "analyzer/hosts/json_words.h"

namespace composelint::hosts {
namespace {

HostText text_of_file(const SourceFile& file) {
  HostText text;
  text.add_exact(file.bytes(), file, 0);
  return text;
}

// Each word with the bytes it stands for, where they are others.
std::string words(const shell::ScriptText& text) {
  const Result<Script> script = shell::parse_script(text);
  if (!script || script->commands.size() != 1) return "not one command";
  const auto* simple = script->commands.front().as<SimpleCommand>();
  if (simple == nullptr) return "no simple command";
  std::string out;
  for (const Word& word : simple->words) {
    const std::string known = word.literal() ? word.literal_text() : "?";
    out += (out.empty() ? "" : "|") + known;
    if (word.span.text() != known) out += "{" + std::string(word.span.text()) + "}";
  }
  return out;
}

TEST(PlainWords, AreWhatShlexMakesOfALine) {
  struct Row {
    const char* line;
    const char* words;
  };
  const Row rows[] = {
      {"docker compose up", "docker|compose|up"},
      {"  a\t b \n c ", "a|b|c"},
      {"a && b; c | d > e & $f `g` $(h)", "a|&&|b;|c|||d|>|e|&|$f|`g`|$(h)"},
      {"sh -c 'a && b'", "sh|-c|a && b"},
      {R"(a "b \" c" 'd\' e\ f)", R"(a|b " c{b \" c}|d\|e f{e\ f})"},
      {"a '' b", "a|{''}|b"},
      {"it\\'s", "it's{it\\'s}"},
      {"# no comment", "#|no|comment"},
      {"a{b,c} ~ *", "a{b,c}|~|*"},
  };
  for (const Row& row : rows) {
    const SourceFile file("x", row.line);
    HostText out;
    write_words(text_of_file(file), out);
    EXPECT_EQ(words(out.script()), row.words) << row.line;
  }
}

TEST(JsonWords, AreTheExecForm) {
  struct Row {
    const char* text;
    const char* words;
  };
  const Row rows[] = {
      {R"(["docker", "compose"])", "docker|compose"},
      {R"( [ "a b" ,"c\"d\n" ] )", "a b|c\"d\n{c\\\"d\\n}"},
      {R"(["a" "b"])", "no array"},
      {R"(["a")", "no array"},
      {R"(["a"] b)", "no array"},
      {"[a]", "no array"},
      {R"(["a\)", "no array"},
      {"docker compose", "no array"},
  };
  for (const Row& row : rows) {
    const SourceFile file("x", row.text);
    const auto list = read_json_words(text_of_file(file));
    HostText out;
    if (list) {
      for (const HostText& word : *list) {
        write_word(word, word.place(0, word.text().size()), out);
      }
    }
    EXPECT_EQ(list ? words(out.script()) : "no array", row.words) << row.text;
  }
}

}  // namespace
}  // namespace composelint::hosts
