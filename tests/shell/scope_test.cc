#include "analyzer/shell/scope.h"

#include <gtest/gtest.h>

namespace composelint::shell {
namespace {

std::string values(const Scope& scope, const char* name) {
  const Variable* variable = scope.find(name);
  if (variable == nullptr) return "unheard of";
  std::string out;
  for (const auto& value : variable->values) {
    if (!out.empty()) out += "|";
    for (const Text& text : value->elements) {
      for (const Piece& piece : text) out += piece.hole ? "<" + piece.text + ">" : piece.text;
      if (value->array) out += ",";
    }
  }
  return out + (variable->maybe_unset ? "?" : "");
}

Value text(const char* content) {
  return Value::scalar(known(content));
}

TEST(Scope, CopiesDoNotSeeEachOther) {
  Scope scope;
  scope.set("A", text("1"));
  Scope copy = scope;
  copy.set("A", text("2"));
  copy.set("B", text("3"));
  EXPECT_EQ(values(scope, "A"), "1");
  EXPECT_EQ(values(copy, "A"), "2");
  EXPECT_EQ(values(scope, "B"), "unheard of");
}

TEST(Scope, JoinKeepsTheValuesOfBothPaths) {
  Scope scope;
  scope.set("A", text("1"));
  scope.set("C", text("c"));
  Scope other = scope;
  other.set("A", text("2"));
  other.set("B", text("3"));
  other.unset("C");
  scope.join(other);
  EXPECT_EQ(values(scope, "A"), "1|2");
  EXPECT_EQ(values(scope, "B"), "3?");
  EXPECT_EQ(values(scope, "C"), "c?");
}

TEST(Scope, JoinIsBounded) {
  Scope scope;
  scope.set("A", text("0"));
  for (const char* each : {"1", "2", "3", "4", "5", "6", "7", "8", "9"}) {
    Scope other = scope;
    other.set("A", text(each));
    scope.join(other);
  }
  EXPECT_EQ(values(scope, "A"), "0|1|2|3|4|5|6|7|<A>");
}

TEST(Scope, JoinKeepsOneOfEachKind) {
  Scope scope;
  scope.set("A", text("podman compose 0"));
  for (const char* each : {"1", "2", "3", "4", "5", "6", "7"}) {
    Scope other = scope;
    other.set("A", text((std::string("podman compose ") + each).c_str()));
    scope.join(other);
  }
  Scope other = scope;
  other.set("A", text("docker compose x"));
  scope.join(other);
  EXPECT_NE(values(scope, "A").find("|docker compose x|<A>"), std::string::npos);
}

TEST(Scope, LocalsEndWithTheirFunction) {
  Scope scope;
  scope.set("A", text("outer"));
  scope.enter_function({});
  EXPECT_EQ(values(scope, "A"), "outer");
  scope.declare_local("A");
  EXPECT_EQ(values(scope, "A"), "");
  scope.set("A", text("inner"));
  scope.set("B", text("global"));
  scope.leave_function();
  EXPECT_EQ(values(scope, "A"), "outer");
  EXPECT_EQ(values(scope, "B"), "global");
}

TEST(Scope, HandsOnWhatIsExported) {
  Scope scope;
  scope.set("A", text("1"));
  scope.set("B", text("2"));
  scope.set_exported("A");
  scope.set("A", text("3"));
  const Scope child = scope.exported();
  EXPECT_EQ(values(child, "A"), "3");
  EXPECT_EQ(values(child, "B"), "unheard of");
}

TEST(Scope, AppendsToEveryValue) {
  Scope scope;
  scope.set("A", text("1"));
  scope.append("A", {text("a"), text("b")});
  EXPECT_EQ(values(scope, "A"), "1a|1b");
  scope.set("L", Value::list({known("x")}));
  scope.append("L", {Value::list({known("y")})});
  EXPECT_EQ(values(scope, "L"), "x,y,");
  scope.set_element("L", "1", known("z"), {});
  EXPECT_EQ(values(scope, "L"), "x,z,");
  scope.set_element("L", "$i", known("z"), {});
  EXPECT_EQ(values(scope, "L"), "<L>,");
}

TEST(Scope, StopsWhatGrowsInALoop) {
  Scope scope;
  scope.set("A", text("0123456789"));
  for (int i = 0; i < 40; ++i) {
    const Value doubled = *scope.find("A")->values[0];
    scope.append("A", {doubled});
  }
  std::size_t bytes = 0;
  for (const Text& each : scope.find("A")->values[0]->elements) bytes += known_text(each).size();
  EXPECT_LE(bytes, 65536U);
  EXPECT_FALSE(is_known(scope.find("A")->values[0]->elements[0]));
}

}  // namespace
}  // namespace composelint::shell
