#include "analyzer/shell/parser.h"

#include <gtest/gtest.h>

#include "analyzer/shell/expand.h"
#include "dump.h"

namespace composelint::shell {
namespace {

struct Row {
  const char* source;
  const char* expected;
};

void check(const Row& row) {
  const SourceFile file("t.sh", row.source);
  const auto script = parse_script(whole_file(file));
  ASSERT_TRUE(script.ok()) << row.source;
  EXPECT_EQ(dump(script->commands), row.expected) << row.source;
  EXPECT_TRUE(script->unparsed.empty()) << row.source;
}

TEST(Parser, ReadsEveryKindOfCommand) {
  static constexpr Row kRows[] = {
      {"docker compose up -d", "[docker compose up -d]"},
      {"A=1 B= docker ps", "[A=1 B= docker ps]"},
      {"export A=b C", "[A=b export C]"},
      {"local -r x=$1 y", "[x=${1} local -r y]"},
      {"dc=(docker compose -p \"$x\")", "[dc=(docker compose -p '${x}')]"},
      {"dc+=(-f a.yml\n # why\n -f b.yml\n)", "[dc+=(-f a.yml -f b.yml)]"},
      {"x+=y z[1]=2", "[x+=y z[1]=2]"},
      {"a | b |& c", "(pipe [a]; [b] 2>&1; [c])"},
      {"! a | b", "(not [a]; [b])"},
      {"a | ! b", "(pipe [a]; [b])"},
      {"! { a; }", "(not {[a]})"},
      {"a && b || c", "(list [a] && [b] || [c])"},
      {"a &&\n# no\n b |\n c", "(list [a] && (pipe [b]; [c]))"},
      {"a && b | c && d", "(list [a] && (pipe [b]; [c]) && [d])"},
      {"! a | b && { c; } | d | e |& f",
       "(list (not [a]; [b]) && (pipe {[c]}; [d]; [e] 2>&1; [f]))"},
      {"a |& { b; } | c", "(pipe [a] 2>&1; {[b]}; [c])"},
      {"a | b |& (c) || d | e", "(list (pipe [a]; [b] 2>&1; (sub [c])) || (pipe [d]; [e]))"},
      {"! a && ! b", "(list (not [a]) && (not [b]))"},
      {"a & b; c &", "[a] &; [b]; [c] &"},
      {"a && b & c", "(list [a] && [b]) &; [c]"},
      {"{ a; b; } > f 2>&1", "{[a]; [b]} >f 2>&1"},
      {"( a; b )", "(sub [a]; [b])"},
      {"(cd x && y) || z", "(list (sub (list [cd x] && [y])) || [z])"},
      {"if a; then b; elif c; then d; else e; fi", "(if [a] then [b] [c] then [d] else [e])"},
      {"if a; then\\\n  b; else\\\n c\\\n; fi", "(if [a] then [b] else [c])"},
      {"while a; do\\\r\n b; done", "(while [a] do [b])"},
      {"f() {\\\n a\n}", "(function f [a])"},
      {"the\\\nn b\\\nc", "[then bc]"},
      {"if (a) then b; fi", "(if (sub [a]) then [b])"},
      {"if [[ -f x ]] then b; fi", "(if [[[ -f x ]]] then [b])"},
      {"if ! a; b; then c\nfi >x", "(if (not [a]); [b] then [c]) >x"},
      {"while read -r l; do a; done < f", "(while [read -r l] do [a]) <f"},
      {"a | while read l; do b; done > f | c", "(pipe [a]; (while [read l] do [b]) >f; [c])"},
      {"a && while b; do c; done >f", "(list [a] && (while [b] do [c]) >f)"},
      {"until a; do sleep 1; done &", "(until [a] do [sleep 1]) &"},
      {"for x in a $b; do c; done", "(for x in a ${b} do [c])"},
      {"for x do a; done", "(for x do [a])"},
      {"for x; do a; done", "(for x do [a])"},
      {"for x\ndo a; done", "(for x do [a])"},
      {"for x in\ndo a; done", "(for x in  do [a])"},
      {"for x in a \\\n b\ndo\n c\ndone", "(for x in a b do [c])"},
      {"for ((i=0;i<3;i++)); do a; done", "(for  in  do [a])"},
      {"for ((;;)) do a; done", "(for  in  do [a])"},
      {"for x in a; { b; }", "(for x in a do [b])"},
      {"for ((;;)) { b; } >f", "(for  in  do [b]) >f"},
      {"while { a; }; do { b; }; done", "(while {[a]} do {[b]})"},
      {"select x in a b; do c; done", "(for x in a b do [c])"},
      {"case $x in a|b) c;; (d) ;; *) e; esac", "(case ${x} a|b) [c];; d) ;; <glob *>) [e];;)"},
      {"case x in a) b;& c) d;;& esac", "(case x a) [b];& c) [d];&)"},
      {"case x in a)b;;c)d;; esac;e|f", "(case x a) [b];; c) [d];;); (pipe [e]; [f])"},
      {"case x in esac", "(case x)"},
      {"case \"$1\"\nin\n  -h | --help )\n a\n ;;\nesac | b",
       "(pipe (case '${1}' -h|--help) [a];;); [b])"},
      {"case $l in *\"C (c) \"*\"U.\") a;; esac",
       "(case ${l} <glob *>'C (c) '<glob *>'U.') [a];;)"},
      {"f() { a; }", "(function f [a])"},
      {"f ()\n{\n a\n}", "(function f [a])"},
      {"function f { a; } >x", "(function f {[a]} >x)"},
      {"function a-b::c() ( d )", "(function a-b::c (sub) [d])"},
      {"f() { if a; then b; fi }", "(function f (if [a] then [b]))"},
      {"{ a && (exit 1) }", "{(list [a] && (sub [exit 1]))}"},
      {"time a | b", "(pipe [a]; [b])"},
      {"time -p { a; }", "{[a]}"},
      {"coproc X { a; }", "{[a]}"},
      {"(( x > 1 )) && a", "(list [(( $(( x > 1 )) ))] && [a])"},
      {"if ((x<1)); then a; fi", "(if [(( $((x<1)) ))] then [a])"},
      {"if((x))then a; fi", "(if [(( $((x)) ))] then [a])"},
      {"((a); b)", "(sub (sub [a]); [b])"},
      {"[ \\( a = b \\) -o c ]", "[[ '(' a = b ')' -o c ]]"},
      {"echo if then }", "[echo if then }]"},
      {"a # b\n#c\nd#e", "[a]; [d#e]"},
      {"a \\\n  b", "[a b]"},
      {"a;b\r\nc\r\nif d\r\nthen e\r\nfi\r\n", "[a]; [b]; [c]; (if [d] then [e])"},
      {"", ""},
      {"# only\n", ""},
  };
  for (const Row& row : kRows) check(row);
}

// The commands around what cannot be read are there, in their structure.
TEST(Parser, LosesOnlyTheRegionInError) {
  struct Broken {
    const char* source;
    const char* expected;
    std::vector<std::string> lost;
  };
  const Broken rows[] = {
      {"if a; then\n b | c\n", "(if [a] then (pipe [b]; [c]))", {"if"}},
      {"if a; then b; fi; fi\nc | d\n", "(if [a] then [b]); (pipe [c]; [d])", {"fi"}},
      {"done\na | b\n", "(pipe [a]; [b])", {"done"}},
      {"x; )\na | b\n", "[x]; (pipe [a]; [b])", {")"}},
      {"f() {\n a | b\n", "(function f (pipe [a]; [b]))", {"{"}},
      {"while a; do (b; done\nc | d\n", "(while [a] do (sub [b])); (pipe [c]; [d])", {"("}},
      {"case x in a) if b; then c;; d) e;; esac; f | g",
       "(case x a) (if [b] then [c]);; d) [e];;); (pipe [f]; [g])",
       {"if"}},
      {"a \"b\nc | d\n", "[a 'b']; (pipe [c]; [d])", {"\"b"}},
      {"a 'b\nc | d\n", "[a 'b']; (pipe [c]; [d])", {"'b"}},
      {"a $(b\nc | d\n", "[a $()]; (pipe [c]; [d])", {"b"}},
      {"a `b\nc | d\n", "[a `b]; (pipe [c]; [d])", {"`b"}},
      {"a ${b\nc | d\n", "[a ${b]; (pipe [c]; [d])", {"${b"}},
      {"[[ a\nb | c\n", "[[[ a]; (pipe [b]; [c])", {"[["}},
      {"a=(b\n", "[a=(b)]", {"(b\n"}},
      {"foo(bar) baz\nb | c\n", "[foo]; (pipe [b]; [c])", {"(bar) baz"}},
      {"x=$(if a; then b); c | d", "[x=$((if [a] then [b]))]; (pipe [c]; [d])", {"if"}},
  };
  for (const Broken& row : rows) {
    const SourceFile file("t.sh", row.source);
    const auto script = parse_script(whole_file(file));
    ASSERT_TRUE(script.ok()) << row.source;
    EXPECT_EQ(dump(script->commands), row.expected) << row.source;
    std::vector<std::string> lost;
    for (const Span& span : script->unparsed) lost.emplace_back(span.text());
    EXPECT_EQ(lost, row.lost) << row.source;
  }
}

TEST(Parser, RefusesBinaryAndBoundlessInput) {
  const SourceFile binary("t.sh", std::string("a\0b", 3));
  const auto refused = parse_script(whole_file(binary));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.failure().code, FailureCode::kUnreadable);
  EXPECT_EQ(refused.failure().span.begin, 1U);
  std::string substitutions;
  for (int i = 0; i < 1000; ++i) substitutions += "$(";
  std::string subshells(5000, '(');
  std::string large(5U << 20U, 'a');
  std::string pipes;
  for (int i = 0; i < 100'000; ++i) pipes += "{ a; } | ";
  for (const std::string& text : {substitutions, subshells, large}) {
    const SourceFile file("t.sh", text);
    const auto script = parse_script(whole_file(file));
    ASSERT_FALSE(script.ok());
    EXPECT_EQ(script.failure().code, FailureCode::kLimit);
  }
  ParseLimits limits;
  limits.parse_steps = 10'000;
  std::string lists;
  for (int i = 0; i < 5'000; ++i) lists += "{ a; } && ";
  for (const std::string& text : {pipes, lists}) {
    const SourceFile file("t.sh", text);
    EXPECT_FALSE(parse_script(whole_file(file), limits).ok());
  }
}

TEST(Parser, KeepsPlacesThroughAMap) {
  // a recipe: tabs removed, `$$` read as `$`
  const SourceFile file("Makefile", "up:\n\tcd $$DIR && \\\n\tdocker compose up\n");
  ScriptText source;
  source.map = text::SpanMap::pieces(file);
  source.text = "cd ";
  source.map.add(3, 5);
  source.text += "$";
  source.map.add(1, 8, 2);
  source.text += "DIR && \\\n";
  source.map.add(9, 10);
  source.text += "docker compose up\n";
  source.map.add(18, 20);
  const auto script = parse_script(source);
  ASSERT_TRUE(script.ok());
  ASSERT_EQ(script->commands.size(), 1U);
  const auto* list = script->commands[0].as<AndOrList>();
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->commands[0].span.text(), "cd $$DIR");
  EXPECT_EQ(list->commands[1].span.text(), "docker compose up");
  const auto* first = list->commands[0].as<SimpleCommand>();
  EXPECT_EQ(first->words[1].span.text(), "$$DIR");
  EXPECT_EQ(list->commands[1].as<SimpleCommand>()->words[1].span.text(), "compose");
  EXPECT_EQ(script->commands[0].span.text(), "cd $$DIR && \\\n\tdocker compose up");
}

TEST(Parser, KeepsHolesOfTheHost) {
  const SourceFile file("w.yml", "docker run app:${{ tag }} '${{ tag }} x' ${{ more }}");
  ScriptText source;
  source.text = std::string(file.bytes());
  source.map = text::SpanMap(file, 0);
  for (std::size_t at = source.text.find("${{"); at != std::string::npos;
       at = source.text.find("${{", at)) {
    const std::size_t end = source.text.find("}}", at) + 2;
    const std::string name = source.text.substr(at + 4, end - at - 7);
    source.text.replace(at, end - at, end - at, 'X');
    source.foreign.push_back(
        {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end), name});
  }
  const auto script = parse_script(source);
  ASSERT_TRUE(script.ok());
  EXPECT_EQ(dump(script->commands),
            "[docker run app:<foreign tag> '<foreign tag>'' x' <foreign more>]");
  const auto* command = script->commands[0].as<SimpleCommand>();
  EXPECT_EQ(command->words[2].parts[1].span.text(), "${{ tag }}");
}

TEST(Parser, ReadsScriptsInsideOfScripts) {
  const SourceFile file("t.sh",
                        "bash -c 'cd x && docker compose up'\n"
                        "ssh h <<A\ndocker compose ps $x\nA\n");
  const auto script = parse_script(whole_file(file));
  ASSERT_TRUE(script.ok());
  const auto* outer = script->commands[0].as<SimpleCommand>();
  const auto all = expand(outer->words, {});
  const auto inner = parse_script(script_in(all[0].arguments[2]));
  ASSERT_TRUE(inner.ok());
  EXPECT_EQ(dump(inner->commands), "(list [cd x] && [docker compose up])");
  EXPECT_EQ(inner->commands[0].as<AndOrList>()->commands[1].span, (Span{&file, 17, 34}));
  const auto document = parse_script(script_in(*script->commands[1].redirects[0].here));
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(dump(document->commands), "[docker compose ps <foreign x>]");
  EXPECT_EQ(document->commands[0].span.text(), "docker compose ps $x");
}

TEST(Parser, KnowsTheDialectAndTheComments) {
  const SourceFile file("t.sh", "#!/bin/sh -e\n# own\na # behind\n");
  const auto script = parse_script(whole_file(file));
  ASSERT_TRUE(script.ok());
  EXPECT_EQ(script->dialect, Dialect::kSh);
  EXPECT_EQ(script->shebang, "/bin/sh -e");
  ASSERT_EQ(script->comments.size(), 3U);
  EXPECT_TRUE(script->comments[1].own_line);
  EXPECT_FALSE(script->comments[2].own_line);
  EXPECT_EQ(script->comments[2].span.text(), "# behind");
  const SourceFile env("t", "#!/usr/bin/env bash\n");
  EXPECT_EQ(parse_script(whole_file(env))->dialect, Dialect::kBash);
}

TEST(Parser, ReadsRedirectsAndHereDocuments) {
  static constexpr Row kRows[] = {
      {"a >f 2>>g <h", "[a] >f 2>>g <h"},
      {">f a b", "[a b] >f"},
      {"> f", "[] >f"},
      {"a >&2 2>&- &>x &>>y >|z", "[a] >&2 2>&- &>x &>>y >|z"},
      {"exec 3<> f", "[exec] 3<>f"},
      {"exec 3<>\"/dev/tcp/h/1\"", "[exec] 3<>'/dev/tcp/h/1'"},
      {"exec {fd}>f", "[exec] >f"},
      {"a <<<\"$x\"", "[a] <<<'${x}'"},
      {"a > f b", "[a b] >f"},
      {"cat <<EOF\na $b\nEOF\nc", "[cat] <<EOF:'a ''${b}''\n'; [c]"},
      {"cat <<'EOF' | psql\na $b\nEOF\nc", "(pipe [cat] <<EOF:'a $b\n'; [psql]); [c]"},
      {"cat <<-EOF\n\ta\n\tEOF\nc", "[cat] <<-EOF:'a\n'; [c]"},
      {"cat <<A <<B\n1\nA\n2\nB\nc", "[cat] <<A:'1\n' <<B:'2\n'; [c]"},
      {"ssh h <<A && b\nx\nA\nc", "(list [ssh h] <<A:'x\n' && [b]); [c]"},
      {"if a; then\ncat <<A > f\n)\nA\nfi", "(if [a] then [cat] <<A:')\n' >f)"},
      {"x=$(cat <<A\n)\nA\n)", "[x=$([cat] <<A:')\n')]"},
      {"cat <<A\n`b` \\$c $(d)\nA\n", "[cat] <<A:'$([b])'' ''$''c ''$([d])''\n'"},
      {"cat <<A", "[cat] <<A:"},
      {"cat < <(a | b)", "[cat] <<((pipe [a]; [b]))"},
      {"a > >(b) 2>&1", "[a] >>([b]) 2>&1"},
  };
  for (const Row& row : kRows) check(row);
}

TEST(Parser, ReadsWords) {
  static constexpr Row kRows[] = {
      {"a 'b c' \"d $e f\" g\\ h", "[a 'b c' 'd ''${e}'' f' g' 'h]"},
      {"a $'\\x41\\101\\u00e9\\'\\q'", "[a 'A''A''\u00e9'''''\\q']"},
      {"a [[:alpha:]] [!a] []] [ [a b]", "[a <glob [[:alpha:]]> <glob [!a]> <glob []]> [ [a b]]"},
      {"a \"\" ''", "[a '' '']"},
      {"a $'x\\ty' $\"z\"", "[a 'x''\t''y' 'z']"},
      {"a ${b} ${b:-c d} \"${b:-'c'}\"", "[a ${b} ${b:-c d} '${b:-''c''}']"},
      {"a ${#b} ${!b} ${b[@]} ${#b[@]} ${b%%.*} ${b##*/} ${b//x/y} ${b:1:2} ${b^^} ${b@Q}",
       "[a ${#b} ${!b} ${b[@]} ${#b[@]} ${b%%.<glob *>} ${b##<glob *>/} ${b//x/y} ${b:1:2} "
       "${b^^} ${b@Q}]"},
      {"a $@ $1 $# $? $$ $! $- $* $10", "[a ${@} ${1} ${#} ${?} ${$} ${!} ${-} ${*} ${1}0]"},
      {"a $(b $(c)) `d` \"$(e)\"", "[a $([b $([c])]) $([d]) '$([e])']"},
      {"a `b \\`c\\` \\$d`", "[a $([b $([c]) ${d}])]"},
      {"x=``", "[x=$()]"},
      {"a $(case x in y) b;; esac)", "[a $((case x y) [b];;))]"},
      {"a $((1+2)) $(( $(b) + 1 ))", "[a $((1+2)) $(( $(b) + 1  [b]))]"},
      {"a $((b || c) | d)", "[a $((pipe (sub (list [b] || [c])); [d]))]"},
      {"a *.yml [ab]? {x,y}z ~/b ~c x~",
       "[a <glob *>.yml <glob [ab]><glob ?> <brace {x,y}>z "
       "<tilde ~>/b <tilde ~c> x~]"},
      {"A=~/x", "[A=<tilde ~>/x]"},
      {"rm !(a|b)", "[rm <glob !(a|b)>]"},
      {"sed s/\\.md$//", "[sed s/'.'md$//]"},
      {"A=(\"${A[@]:0:$i+1}\")", "[A=('${A[@]:0:${i}+1}')]"},
      {"a \"x${s:+  ($s)}\"", "[a 'x''${s:+'  (''${s}'')'}']"},
      {"a {} {b} find -exec {} \\;", "[a {} {b} find -exec {} ';']"},
      {"a <(b) x", "[a <([b]) x]"},
      {"a \"b\\\nc\"", "[a 'b''c']"},
      {"a \"$\" $ a$", "[a '$' $ a$]"},
  };
  for (const Row& row : kRows) check(row);
}

TEST(Parser, ReadsTests) {
  static constexpr Row kRows[] = {
      {"[[ \"$f\" = '/a' && \"$(c)\" -gt 5 ]] && d",
       "(list [[[ '${f}' = '/a' && '$([c])' -gt 5 ]]] && [d])"},
      {"[[ \"$f\" = *\"a.yml\"* && b ]]", "[[[ '${f}' = <glob *>'a.yml'<glob *> && b ]]]"},
      {"[[ $f == *.@(xz|gz) ]]", "[[[ ${f} == <glob *>.<glob @(xz|gz)> ]]]"},
      {"[[ ! (\"$t\" =~ ^(a|b)$) && x ]]", "[[[ ! ( '${t}' =~ ^(a|b)$ ) && x ]]]"},
      {"[[ \"$B\" == *[\"$u\"]* ]]", "[[[ '${B}' == <glob *>['${u}']<glob *> ]]]"},
      {"[[ $r = *\"\\\"n\\\": 0\"* ]]", "[[[ ${r} = <glob *>'\"''n''\"'': 0'<glob *> ]]]"},
      {"[[ a ||\n b ]] || c", "(list [[[ a || b ]]] || [c])"},
      {"[[ $x =~ ^[0-9]+(\\ |x)$ ]]", "[[[ ${x} =~ ^[0-9]+(\\ |x)$ ]]]"},
  };
  for (const Row& row : kRows) check(row);
}

}  // namespace
}  // namespace composelint::shell
