#include "analyzer/shell/expand.h"

#include <gtest/gtest.h>

#include "analyzer/shell/parser.h"

namespace composelint::shell {
namespace {

// Known text, <name> for holes, a trailing ~ where it may be several words.
std::string dump(const Argument& argument) {
  std::string out;
  std::size_t at = 0;
  for (const Hole& hole : argument.holes) {
    out += argument.text.substr(at, hole.at - at) + "<" + hole.name + ">";
    at = hole.at;
  }
  out += argument.text.substr(at);
  if (argument.splits) out += "~";
  return out.empty() ? "''" : out;
}

std::string dump(const std::vector<Expansion>& expansions) {
  std::string out;
  for (const Expansion& expansion : expansions) {
    if (!out.empty()) out += " / ";
    std::string line;
    for (const Argument& argument : expansion.arguments) {
      line += (line.empty() ? "" : "|") + dump(argument);
    }
    out += line;
  }
  return out;
}

// Assignments are carried out; `if …; then …; fi` forks and joins; the last command is expanded.
std::vector<Expansion> run(const std::vector<Command>& commands, Scope& scope,
                           const ExpansionContext& context) {
  std::vector<Expansion> last;
  for (const Command& command : commands) {
    if (const auto* clause = command.as<IfClause>()) {
      Scope otherwise = scope;
      (void)run(clause->branches[0].body, scope, context);
      if (clause->branches.size() > 1) (void)run(clause->branches[1].body, otherwise, context);
      scope.join(otherwise);
    } else if (const auto* simple = command.as<SimpleCommand>()) {
      assign_defaults(simple->words, scope, context);
      for (const Assignment& each : simple->assignments) assign(each, scope, context);
      if (!simple->words.empty()) last = expand(simple->words, scope, context);
    }
  }
  return last;
}

struct Row {
  const char* source;
  const char* expected;
};

void check(const Row& row, Scope scope = {}, const ExpansionContext& context = {}) {
  const SourceFile file("t.sh", row.source);
  const auto script = parse_script(whole_file(file));
  ASSERT_TRUE(script.ok());
  EXPECT_EQ(dump(run(script->commands, scope, context)), row.expected) << row.source;
}

TEST(Expand, SplitsQuotesAndJoins) {
  static constexpr Row kRows[] = {
      {"a 'b c' \"d\"e f\\ g", "a|b c|de|f g"},
      {"DC='docker compose -f a.yml'; $DC ps", "docker|compose|-f|a.yml|ps"},
      {"DC='docker compose'; \"$DC\" ps", "docker compose|ps"},
      {"A='x y' B=z; p${A}q$B", "px|yqz"},
      {"A=' x '; a${A}b", "a|x|b"},
      {"E=; a $E \"$E\" '' b", "a|''|''|b"},
      {"CLI=docker; ${CLI}-compose up", "docker-compose|up"},
      {"a $X \"$X\" p$X \"p$X.q\"", "a|<X>~|<X>|p<X>~|p<X>.q"},
      {"A=$B; a \"$A\"", "a|<B>"},
      {"A=\"x $B\"; a $A", "a|x|<B>~"},
      {"IFS=,; A=b,c; a $A", "a|b|c"},
      {"A=x; A+=' y'; a $A", "a|x|y"},
      {"A+=y; a $A", "a|<A>y~"},
      {"a {b,c}d {1..3} x{,y} {p}", "a|bd|cd|1|2|3|x|xy|{p}"},
      {"a {a,b{1,2}} {01..03} {c..a}", "a|a|b1|b2|01|02|03|c|b|a"},
      {"a *.yml \"*\" x?", "a|*.yml~|*|x?~"},
      {"F='*.yml'; a $F \"$F\"", "a|*.yml~|*.yml"},
      {"a ~/x ~u", "a|<~>/x|<~u>"},
      {"HOME=/h; a ~/x ~", "a|/h/x|/h"},
      {"a <(b)", "a|<<()>"},
  };
  for (const Row& row : kRows) check(row);
}

TEST(Expand, KnowsArraysAndPositionalParameters) {
  static constexpr Row kRows[] = {
      {"A=(docker compose -p 'x y'); \"${A[@]}\" ps", "docker|compose|-p|x y|ps"},
      {"A=(b 'c d'); a ${A[@]} \"${A[*]}\" $A ${A[1]} ${#A[@]}", "a|b|c|d|b c d|b|c|d|2"},
      {"A=(); a \"${A[@]}\" b", "a|b"},
      {"A=(x); A+=(-f y); a \"${A[@]}\" \"${A[@]:1}\" \"p${A[@]}q\"", "a|x|-f|y|-f|y|px|-f|yq"},
      {"A=($X y); a \"${A[@]}\"", "a|<X>~|y"},
      {"A[0]=x; A[1]=y; a \"${A[@]}\" ${A[-1]}", "a|x|y|y"},
      {"A=([b]=c); a \"${A[@]}\"", "a|c"},
      {"a \"${A[@]}\" ${A[@]}", "a|<A>~|<A>~"},
      {"a \"$@\" $1 $# \"$*\"", "a|<@>~|<1>~|<#>~|<*>"},
      {"A=($(b)); a \"${A[@]}\"", "a|<$(b)>~"},
  };
  for (const Row& row : kRows) check(row);
  Scope scope;
  scope.enter_function({{known("b"), known("c d")}, true});
  check({"a \"$@\" $1 $2 $# \"$*\" $3 \"$3\" ${@:2} ${1:-x} ${3:-x}",
         "a|b|c d|b|c|d|2|b c d|''|c|d|b|x"},
        scope);
  scope.shift();
  check({"a \"$@\" $#", "a|c d|1"}, scope);
  scope.set_positional({{known("b")}, false});
  check({"a \"$@\" $1 $2", "a|b|<@>~|b|<2>~"}, scope);
  scope.leave_function();
  check({"a \"$@\"", "a|<@>~"}, scope);
}

TEST(Expand, AppliesOperators) {
  static constexpr Row kRows[] = {
      {"a ${X:-b c} \"${X:-b c}\" ${X-d} ${X:+e}", "a|b|c|b c|d|<X>~"},
      {"X=1; a ${X:-b} ${X:+c d} \"${X:+c d}\" ${X+e}", "a|1|c|d|c d|e"},
      {"X=; a ${X:-b} ${X-c} ${X:+d} ${X:?m} \"${X+e}\"", "a|b|<X>~|e"},
      {"a ${X:-${Y:-z}} ${X:-$Y}", "a|z|<Y>~"},
      {"a ${X:=b}; a $X", "a|b"},
      {"F=a/b.tar.gz; a ${F%.*} ${F%%.*} ${F#*/} ${F##*.} ${F%/*}", "a|a/b.tar|a/b|b.tar.gz|gz|a"},
      {"F=a.b.c; a ${F/./-} ${F//./-} ${F/#a/x} ${F/%c/x} ${F//\\./}",
       "a|a-b.c|a-b-c|x.b.c|a.b.x|abc"},
      {"F=abCd; a ${F^^} ${F,,} ${F^} ${F:1} ${F:1:2} ${#F}", "a|ABCD|abcd|AbCd|bCd|bC|4"},
      {"N=F F=x; a ${!N}", "a|x"},
      {"a ${X%.*} ${!X} ${#X}", "a|<X>~|<X>~|<#X>"},
      {"N=2; a $((N + 1)) $(( $N*(3-1) )) $((Y+1)) $((N<3))", "a|3|4|<$((Y+1))>|<$((N<3))>"},
      {"a $? $$ $!", "a|<?>~|<$>~|<!>~"},
      {"a $(b c) \"$(cd x && y)\" `z`", "a|<$(b)>~|<$(cd)>|<$(z)>~"},
  };
  for (const Row& row : kRows) check(row);
}

TEST(Expand, NamesWhatAnOptionSetsByItsOwnVariable) {
  static constexpr Row kRows[] = {
      {"N=${i#*=}; M=\"$2\"; O=$OPTARG; a \"$N\" $M $O", "a|<N>|<M>~|<O>~"},
      {"N=$i; M=${2:-x}; O=x$2; a \"$N\" \"$M\" \"$O\"", "a|<i>|x|x<2>"},
      {"i=--a=b; N=${i#*=}; a $N", "a|b"},
  };
  for (const Row& row : kRows) check(row);
}

TEST(Expand, KeepsEveryValueOfAVariable) {
  static constexpr Row kRows[] = {
      {"if a; then DC='docker compose'; else DC=docker-compose; fi; $DC up",
       "docker|compose|up / docker-compose|up"},
      {"if a; then F=-T; fi; x $F \"$F\"", "x|-T|-T / x|<F>~|<F>"},
      {"F=; if a; then F=-T; fi; x $F y", "x|-T|y / x|y"},
      {"if a; then D=x; else D=y; fi; E=\"$D z\"; b $E", "b|x|z / b|y|z"},
      {"if a; then D=x; else D=y; fi; if a; then E=1; else E=2; fi; b $D $E",
       "b|x|1 / b|x|2 / b|y|1 / b|y|2"},
      {"A=(c); if a; then A+=(d); fi; \"${A[@]}\"", "c|d / c"},
      {"if a; then A=1; else A=2; fi; if a; then B=1; else B=2; fi; if a; then C=1; else C=2; fi; "
       "if a; then D=1; else D=2; fi; x $A$B$C$D",
       "x|1111 / x|1112 / x|1121 / x|1122 / x|1211 / x|1212 / x|1221 / x|1222 / x|2111 / x|2112 / "
       "x|2121 / x|2122 / x|2211 / x|2212 / x|2221 / x|<A><B><C><D>~"},
  };
  for (const Row& row : kRows) check(row);
}

TEST(Expand, AsksTheContext) {
  ExpansionContext context;
  context.script_name = "/srv/run.sh";
  context.closed = true;
  context.outside = [](std::string_view name) -> std::optional<Value> {
    if (name == "OUT") return Value::scalar(known("from outside"));
    return std::nullopt;
  };
  context.substitute = [](const WordPart& part, const Scope&) -> std::vector<Value> {
    if (part.commands.size() != 1) return {};
    return {Value::scalar(known("docker compose\n\n"))};
  };
  check({"a $0 ${0%/*} $OUT $NONE \"$NONE\"", "a|/srv/run.sh|/srv|from|outside|''"}, {}, context);
  check({"$(detect) up \"$(detect)\" $(b; c)", "docker|compose|up|docker compose|<$(b)>~"}, {},
        context);
}

TEST(Expand, KnowsWhereTextIsWritten) {
  const SourceFile file("t.sh", "F=b.yml\nDC=\"docker compose -f $F\"\n$DC run 'x y'\n");
  const auto script = parse_script(whole_file(file));
  ASSERT_TRUE(script.ok());
  Scope scope;
  const auto all = run(script->commands, scope, {});
  ASSERT_EQ(all.size(), 1U);
  std::vector<std::string> written;
  for (const Argument& argument : all[0].arguments) {
    EXPECT_TRUE(argument.written) << argument.text;
    written.emplace_back(argument.written.text());
  }
  EXPECT_EQ(written,
            (std::vector<std::string>{"docker", "compose", "-f", "b.yml", "run", "'x y'"}));
  EXPECT_EQ(all[0].arguments[0].written.begin, 12U);
  EXPECT_EQ(all[0].arguments[0].span.text(), "$DC");
  EXPECT_EQ(all[0].arguments[3].written.begin, 2U);
  ASSERT_EQ(all[0].chosen.size(), 0U);
}

TEST(Expand, SaysWhichDefaultsItTook) {
  const SourceFile file("t.sh", "a ${X:-b}\n");
  const auto script = parse_script(whole_file(file));
  Scope scope;
  EXPECT_EQ(run(script->commands, scope, {})[0].defaulted, std::vector<std::string>{"X"});
}

}  // namespace
}  // namespace composelint::shell
