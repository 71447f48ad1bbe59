// What the tests of a script rule out of the values that its variables may have. `*`: not known.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/timeline/calls_in.h"

namespace composelint::timeline {
namespace {

// Each guard stands between E, which is `none` or a word of the call, and the call.
std::string behind(const std::string& guard) {
  return calls_in("E=${1:-none}\n" + guard + "\ndocker compose stop \"$E\"");
}

TEST(Narrow, WordsThatAreRefused) {
  for (const std::string guard : {
           "[[ \"$E\" =~ ^(dev|prod)$ ]] || exit 1",
           "[[ $E =~ ^(dev|prod)$ ]] || { echo 'usage: x dev|prod'; exit 64; }",
           "if [[ ! $E =~ ^[a-m]+$ ]]; then exit 1; fi",
           "if ! [[ $E =~ ^(dev|prod)$ ]]; then exit 1; fi",
           "case \"$E\" in dev|prod) ;; *) echo usage; exit 1 ;; esac",
           "case $E in none) exit 1 ;; esac",
           "[ \"$E\" = prod ] || exit 1",
           "[ \"$E\" = dev ] || [ \"$E\" = prod ] || exit 1",
           "[ \"$E\" != dev ] && [ \"$E\" != prod ] && exit 1",
           "if [ \"$E\" = none ]; then exit 1; fi",
           "if [ \"$E\" = prod ]; then :; else exit 1; fi",
           "if [ \"$E\" = prod ]; then :; elif [ \"$E\" = dev ]; then :; else exit 1; fi",
           "die() { echo \"$1\" >&2; exit 1; }\n[ \"$E\" != none ] || die usage",
           "check() { if [ \"$E\" = none ]; then exit 1; fi; }\ncheck",
           "test \"$E\" = none && exit 1",
           "[[ $E == dev || $E == prod ]] || exit 1",
           "if [[ $E != dev && $E != prod ]]; then exit 1; fi",
       }) {
    EXPECT_EQ(behind(guard), "stop *") << guard;
  }
}

TEST(Narrow, WordsThatMayStay) {
  for (const std::string guard : {
           "[[ \"$E\" =~ ^(none|prod)$ ]] || exit 1",
           "[ \"$E\" = none ] || exit 1",
           "[ \"$E\" = prod ] || echo odd",            // goes on
           "[ \"$E\" = prod ] || [ -f x ] || exit 1",  // the other test may hold
           "[ \"${E%%-*}\" = prod ] || exit 1",        // asks for a part of it
           "[[ $E =~ ^(n|p)(o|r)(n|o)(e|d)$ ]] || exit 1",
           "[[ $E =~ ^(a+)+$ ]] || exit 1",  // not looked at
           "[[ $E =~ $1 ]] || exit 1",
           "[[ $E == none && -f x || $E == prod ]] || exit 1",
           "[[ ( $E == dev || -f x ) ]] || exit 1",
           "(case $E in none) exit 1 ;; esac) || true",  // ends a shell of its own
           "case $E in dev) exit 1 ;; esac",
       }) {
    EXPECT_EQ(behind(guard), "stop none") << guard;
  }
}

TEST(Narrow, ArmsOfTheTest) {
  const std::string start = "E=${1:-none}\n";
  // What is set in an arm stays; what is not ruled out for good is there again.
  EXPECT_EQ(calls_in(start + "if [ \"$E\" = none ]; then E=dev; else exit 1; fi\n"
                             "docker compose stop $E"),
            "stop dev");
  EXPECT_EQ(calls_in(start + "if [ \"$E\" = prod ]; then docker compose start $E; fi\n"
                             "docker compose stop $E"),
            "start *\nstop none");
  EXPECT_EQ(calls_in(start + "[ \"$E\" = none ] && [ -f x ] && exit 1\ndocker compose stop $E"),
            "stop none *");
}

TEST(Narrow, SomeOfSeveral) {
  const std::string several = "if a; then E=web; elif b; then E=db; else E=; fi\n";
  const std::string call = "\ndocker compose stop $E";
  EXPECT_EQ(calls_in(several + "[ -n \"$E\" ] || exit 1\n[ \"$E\" = web ] && exit" + call),
            "stop db");
  EXPECT_EQ(calls_in(several + "case $E in web) exit ;; '') exit 1 ;; esac" + call), "stop db");
}

}  // namespace
}  // namespace composelint::timeline
