#include "guard/lost_statements.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace composelint::guard {
namespace {

TEST(LostStatements, AreReadWithoutStringsAndComments) {
  EXPECT_EQ(statements_in("select 'x; drop table a'"), Statements::kBounded);
  EXPECT_EQ(statements_in("select 1 -- drop table a"), Statements::kBounded);
  EXPECT_EQ(statements_in("select truncate(1.5, 0)"), Statements::kBounded);
  EXPECT_EQ(statements_in("drop temporary table a"), Statements::kBounded);
  EXPECT_EQ(statements_in("drop table \"Items\""), Statements::kLose);
  EXPECT_EQ(statements_in("do $$ begin drop table items; end $$"), Statements::kLose);
  EXPECT_EQ(statements_in("create function f() as $x$ begin delete from a; end $x$"),
            Statements::kNone);
  EXPECT_EQ(statements_in("truncate table only items_test"), Statements::kBounded);
  EXPECT_EQ(statements_in("insert into a values ('drop table a')"), Statements::kBounded);
  EXPECT_EQ(statements_in("select 1; do $$ begin execute 'drop table a'; end $$"),
            Statements::kNone);
  EXPECT_EQ(statements_in("drop database"), Statements::kLose);
}

TEST(LostStatements, AreSeenBehindAnApostropheThatIsText) {
  EXPECT_EQ(statements_in("insert into t values (\"don't\"); drop table a;", Strings::kEscaped),
            Statements::kLose);
  EXPECT_EQ(statements_in("select 1; # don't\ndrop table a;", Strings::kEscaped),
            Statements::kLose);
  EXPECT_EQ(statements_in("select t.\"don't\" from t; drop table a;"), Statements::kLose);
  EXPECT_EQ(statements_in("select E'don\\'t'; drop table a; select ''"), Statements::kLose);
  EXPECT_EQ(statements_in("select type'\\'; drop table a;"), Statements::kLose);
  EXPECT_EQ(statements_in("select \"a\", 'x; drop table a' from \"b\""), Statements::kBounded);
  EXPECT_EQ(statements_in("select E'\\'; drop table a; '"), Statements::kBounded);
}

TEST(LostStatements, AreBoundedByAConditionThatLeavesRowsOut) {
  for (const char* all :
       {"where true", "where 1=1", "where (1 = 1)", "where id = 3 or 1=1", "where id = id",
        "where true and 1=1", "returning (select 1 where id = 3)", "where true returning id"}) {
    EXPECT_EQ(statements_in("delete from a " + std::string(all)), Statements::kLose) << all;
  }
  EXPECT_EQ(statements_in("with d as (delete from a returning *) select * from d where id = 3"),
            Statements::kLose);
  for (const char* some :
       {"where id = 3", "where 1=1 and id = 3", "where id in (1, 2)", "where a between 1 and 2",
        "using b where a.id = b.id", "where not ok"}) {
    EXPECT_EQ(statements_in("delete from a " + std::string(some)), Statements::kBounded) << some;
  }
}

TEST(LostStatements, OfAMergeGoAsFarAsItsConditions) {
  for (const char* all :
       {"on true when matched then delete", "on 1 = 1 when matched then update set a = 1",
        "on i.id = s.id when not matched by source then delete",
        "on i.id = s.id when matched then update set a = 1 when not matched by source then delete",
        "on true when matched and true then delete"}) {
    EXPECT_EQ(statements_in("merge into items i using s " + std::string(all)), Statements::kLose)
        << all;
    EXPECT_EQ(statements_in("merge into only items_test i using s " + std::string(all)),
              Statements::kBounded)
        << all;
  }
  for (const char* some :
       {"on i.id = s.id when matched then delete", "on true when matched and s.gone then delete",
        "on i.id = s.id when matched then update set a = s.a",
        "on true when not matched then insert values (1)",
        "on i.id = s.id when not matched by source and i.old then delete"}) {
    EXPECT_EQ(statements_in("merge into items i using s " + std::string(some)),
              Statements::kBounded)
        << some;
  }
}

TEST(LostStatements, AreNotDoneByAPlan) {
  for (const char* plan :
       {"explain update items set price = 2", "explain (costs off) delete from items",
        "explain format=json update items set price = 2", "describe delete from items",
        "begin; explain delete from items; rollback", "explain delete from items\\G select 1;",
        "explain delete from items \\gx\n\\echo done"}) {
    EXPECT_NE(statements_in(plan), Statements::kLose) << plan;
  }
  for (const char* done :
       {"explain analyze update items set price = 2", "explain analyse update items set price = 2",
        "explain (analyze, verbose) delete from items", "explain delete from a; delete from b",
        "analyze format=json update items set price = 2", "prepare p as update items set price = 2",
        // A client sends it without a semicolon.
        "explain select 1\\G drop table users;", "explain select 1 \\g\ndrop table users;",
        "explain select 1\\Gdrop table users", "explain select 1 \\gdesc\ndrop table users;",
        "desc users \\gx\ndelete from users;", "explain select 1 \\watch 1\ndrop table users;"}) {
    EXPECT_EQ(statements_in(done), Statements::kLose) << done;
  }
}

TEST(LostStatements, AreColumnsByEitherSpelling) {
  for (const char* lost :
       {"alter table items drop price", "alter table items drop if exists price",
        "alter table items add a int, drop \"price\"", "alter table only items drop price cascade",
        "alter table items drop partition p0"}) {
    EXPECT_EQ(statements_in(lost), Statements::kLose) << lost;
  }
  for (const char* kept :
       {"alter table items drop constraint c", "alter table items alter price drop not null",
        "alter table items alter column price drop default", "alter table items drop primary key",
        "alter table items drop index i", "alter table tmp_items drop price"}) {
    EXPECT_NE(statements_in(kept), Statements::kLose) << kept;
  }
}

TEST(LostStatements, AreTheSameInPieces) {
  const std::vector<std::string> texts = {
      "select 1;\nCOPY notes (a) FROM stdin;\ndelete from items\n\\.\ndrop table items;\n",
      "COPY notes (a) FROM stdin;\ndelete from items;\nx\n\\.\nselect 1;\n",
      "COPY notes (a) FROM stdin;\n\\.\ndrop table items",
      "insert into n values ('; drop table items; ');\n",
      "/* drop table items; */ select 1; -- drop table items;\nselect 2;",
      "drop table if exists a; create temp table a (b int);",
      "do $$ begin drop table items; end $$;",
      "explain select 1 \\gdesc\ndrop table items;",
      "select \"don't\" from \"a\"; drop table items;",
      "create function f() as $x$ begin delete from a; end $x$;"};
  for (const std::string& text : texts) {
    for (const std::size_t size : {std::size_t{1}, std::size_t{7}, text.size()}) {
      StatementPieces pieces(Strings::kDoubled);
      for (std::size_t at = 0; at < text.size(); at += size) pieces.add(text.substr(at, size));
      EXPECT_EQ(pieces.finish(), statements_in(text)) << text << size;
    }
  }
}

// A megabyte without an end of a statement is read in a moment.
TEST(LostStatements, MayBeLong) {
  const auto many = [](const std::string& first, const std::string& part) {
    std::string text = first;
    while (text.size() < (std::size_t{1} << 20U)) text += part;
    return statements_in(text);
  };
  EXPECT_EQ(many("insert into t values (1)", ", (2, 'drop table t')"), Statements::kBounded);
  EXPECT_EQ(many("delete from t where id = 1", " or id = 2"), Statements::kBounded);
  EXPECT_EQ(many("", "delete from tmp using ("), Statements::kLose);
  EXPECT_EQ(many("delete from t where id in (1)", " delete from tmp where id = 1"),
            Statements::kLose);
  EXPECT_EQ(many("", "drop table tmp, tmp "), Statements::kLose);
  EXPECT_EQ(many("", "(update tmp "), Statements::kLose);
}

TEST(LostStatements, KnowWhatIsThereForTests) {
  for (const char* name : {"tmp", "items_test", "app_test_2", "tmp_import", "test.items", "test"}) {
    EXPECT_TRUE(names_what_is_scratch(name)) << name;
  }
  for (const char* name : {"test_results", "temp_readings", "verify_codes", "items", "latest"}) {
    EXPECT_FALSE(names_what_is_scratch(name)) << name;
  }
}

}  // namespace
}  // namespace composelint::guard
