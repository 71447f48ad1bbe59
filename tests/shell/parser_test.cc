#include "analyzer/shell/parser.h"

#include <gtest/gtest.h>

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
      {"! a && ! b", "(list (not [a]) && (not [b]))"},
      {"a & b; c &", "[a] &; [b]; [c] &"},
      {"a && b & c", "(list [a] && [b]) &; [c]"},
      {"{ a; b; } > f 2>&1", "{[a]; [b]} >f 2>&1"},
      {"( a; b )", "(sub [a]; [b])"},
      {"(cd x && y) || z", "(list (sub (list [cd x] && [y])) || [z])"},
      {"if a; then b; elif c; then d; else e; fi", "(if [a] then [b] [c] then [d] else [e])"},
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
      {"select x in a b; do c; done", "(for x in a b do [c])"},
      {"case $x in a|b) c;; (d) ;; *) e; esac", "(case ${x} a|b) [c];; d) ;; <glob *>) [e];;)"},
      {"case x in a) b;& c) d;;& esac", "(case x a) [b];& c) [d];&)"},
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
      {"a \"\" ''", "[a '' '']"},
      {"a $'x\\ty' $\"z\"", "[a 'x\ty' 'z']"},
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
