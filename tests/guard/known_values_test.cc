#include "guard/known_values.h"

#include <gtest/gtest.h>

namespace composelint::guard {
namespace {

std::string masked(const std::string& text) {
  return without_known(text, {"canary with/blanks&more", "canary-secret", "sun"});
}

TEST(KnownValues, AreTakenOutAsTheyAre) {
  EXPECT_EQ(masked("a canary-secret, canary-secret"), "a ***, ***");
  EXPECT_EQ(masked("sun and sunday"), "*** and sunday");
  EXPECT_EQ(masked("canary secret"), "canary secret");
}

TEST(KnownValues, AreTakenOutOfAddresses) {
  EXPECT_EQ(masked("?key=canary%20with%2Fblanks%26more&x=1"), "?key=***&x=1");
  EXPECT_EQ(masked("?key=canary%20with/blanks%26more"), "?key=***");  // "/" may stay
  EXPECT_EQ(masked("?key=canary%20with%2fblanks%26more"), "?key=***");
  EXPECT_EQ(masked("?key=canary+with%2Fblanks%26more"), "?key=***");  // of a form
  EXPECT_EQ(masked("?key=canary%2Dsecret%"), "?key=***%");
  EXPECT_EQ(masked("100%; 50%2"), "100%; 50%2");
  EXPECT_EQ(masked("%73%75%6e."), "***.");
  EXPECT_EQ(masked("%73%75%6eday"), "%73%75%6eday");
}

TEST(KnownValues, AreTakenOutOfBase64) {
  EXPECT_EQ(masked("auth Y2FuYXJ5LXNlY3JldA== sent"), "auth *** sent");
  EXPECT_EQ(masked("Y2FuYXJ5LXNlY3JldAo="), "***");  // with its line's end
  // anna:canary-secret, ana:canary-secret, an:canary-secret: at each place of three bytes.
  EXPECT_EQ(masked("Authorization: Basic YW5uYTpjYW5hcnktc2VjcmV0"), "Authorization: Basic ***");
  EXPECT_EQ(masked("x=YW5hOmNhbmFyeS1zZWNyZXQ="), "x=***");
  EXPECT_EQ(masked("\"YW46Y2FuYXJ5LXNlY3JldA==\""), "\"***\"");
  // As part of a longer word: its letters are counted from any of them on.
  EXPECT_EQ(masked("dir/Y2FuYXJ5LXNlY3JldA"), "***");
  // "-_" for "+/".
  EXPECT_EQ(without_known("__9_fn5-Pj4-", {"~~~>>>"}), "***");
  EXPECT_EQ(without_known("//9/fn5+Pj4+", {"~~~>>>"}), "***");
  EXPECT_EQ(masked("c3Vu"), "***");
  EXPECT_EQ(masked("c3VuZGF5"), "c3VuZGF5");  // sunday
  EXPECT_EQ(masked("Y2FuYXJ5IHNlY3JldA=="), "Y2FuYXJ5IHNlY3JldA==");
  EXPECT_EQ(masked("/usr/local/bin/docker compose exec a b=c"),
            "/usr/local/bin/docker compose exec a b=c");
}

}  // namespace
}  // namespace composelint::guard
