#include "guard/journal.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include "guard/journal_json.h"
#include "tests/guard/scratch_directory.h"

namespace composelint::guard {
namespace {

JournalRun sample(const std::string& id) {
  JournalRun run;
  run.id = id;
  run.project = "shop";
  run.engine = "unix:///var/run/docker.sock";
  run.directory = "/srv/shop";
  run.argv = {"docker", "compose", "run", "--rm", "app", "migrate"};
  run.docker = {"docker"};
  run.user = "anna";
  run.service = "app";
  run.effect = "migrates";
  run.effect_name = "Django migration";
  run.session = "s1";
  run.output = "/srv/shop/db.sql";
  run.output_temporary = "/srv/shop/.db.sql.1.part";
  run.started = 1'800'000'000'123'456'789;
  run.pid = 4711;
  run.boot = "a-b-c";
  run.ticks = 99;
  run.answers = {{"backup-taken", Truth::kSupported, Severity::kError, "db.sql, 5 min old",
                  "take one", "journal", 17}};
  return run;
}

class JournalTest : public testing::Test {
 protected:
  [[nodiscard]] Journal open() const {
    Result<Journal> journal = Journal::open(scratch_ / "state/composelint");
    EXPECT_TRUE(journal.ok()) << journal.failure().message;
    return std::move(*journal);
  }
  [[nodiscard]] std::string path() const { return scratch_ / "state/composelint/journal.jsonl"; }
  [[nodiscard]] static unsigned mode(const std::string& path) {
    struct stat status {};
    EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
    return status.st_mode & 07777U;
  }

  ScratchDirectory scratch_;
};

TEST_F(JournalTest, GivesARunBackAsItWas) {
  Journal journal = open();
  JournalRun run = sample("01");
  ASSERT_FALSE(journal.begin(run));
  {
    const auto reading = journal.read();
    ASSERT_TRUE(reading.ok());
    ASSERT_EQ(reading->runs.size(), 1U);
    const JournalRun& read = reading->runs[0];
    EXPECT_TRUE(read.open());
    EXPECT_EQ(begin_line(read), begin_line(run));
    EXPECT_EQ(read.answers.at(0).severity, Severity::kError);
    EXPECT_EQ(read.answers.at(0).truth, Truth::kSupported);
  }
  run.ended = run.started + 5;
  run.code = 3;
  run.verified = true;
  run.end = "failed";
  run.answers.push_back({"outcome-verified", Truth::kRefuted, Severity::kWarning, "db unhealthy"});
  ASSERT_FALSE(journal.end(run));
  const auto reading = open().read();
  ASSERT_EQ(reading->runs.size(), 1U);
  const JournalRun& read = reading->runs[0];
  EXPECT_FALSE(read.open());
  EXPECT_EQ(read.ended, run.ended);
  EXPECT_EQ(read.code, 3);
  EXPECT_TRUE(read.verified);
  EXPECT_EQ(read.end, "failed");
  EXPECT_EQ(read.answers.size(), 2U);
  EXPECT_EQ(read.project, "shop");
  EXPECT_EQ(reading->torn, 0U);
}

TEST_F(JournalTest, BelongsToOneUser) {
  const Journal journal = open();
  EXPECT_EQ(mode(path()), 0600U);
  EXPECT_EQ(mode(scratch_ / "state"), 0700U);
  EXPECT_EQ(mode(scratch_ / "state/composelint"), 0700U);
}

TEST_F(JournalTest, RefusesWhatOthersCouldHaveWritten) {
  { const Journal journal = open(); }
  ASSERT_EQ(::chmod(path().c_str(), 0666), 0);
  const auto loose = Journal::open(scratch_ / "state/composelint");
  ASSERT_FALSE(loose.ok());
  EXPECT_NE(loose.failure().message.find("chmod 600"), std::string::npos);
  std::filesystem::rename(path(), scratch_ / "elsewhere");
  std::filesystem::create_symlink(scratch_ / "elsewhere", path());
  EXPECT_FALSE(Journal::open(scratch_ / "state/composelint").ok());
  std::filesystem::remove(path());
  std::filesystem::create_directory(path());
  EXPECT_FALSE(Journal::open(scratch_ / "state/composelint").ok());
}

TEST_F(JournalTest, SaysWhyThereIsNone) {
  std::ofstream(scratch_ / "file") << "x";
  const auto journal = Journal::open(scratch_ / "file/composelint");
  ASSERT_FALSE(journal.ok());
  EXPECT_NE(journal.failure().message.find("file"), std::string::npos);
  EXPECT_FALSE(Journal::open("").ok());
}

TEST_F(JournalTest, PausesAndResumes) {
  Journal journal = open();
  ASSERT_FALSE(journal.begin(sample("01")));
  ASSERT_FALSE(journal.paused("01", {"worker", "beat"}));
  EXPECT_EQ(journal.read()->runs[0].paused, (std::vector<std::string>{"worker", "beat"}));
  ASSERT_FALSE(journal.resumed("01"));
  EXPECT_TRUE(journal.read()->runs[0].paused.empty());
}

TEST_F(JournalTest, ATornLineIsPassedOverAndClosedOff) {
  Journal journal = open();
  ASSERT_FALSE(journal.begin(sample("01")));
  const std::string torn = begin_line(sample("02"));
  ScratchDirectory::append(path(), torn.substr(0, torn.size() / 2));
  EXPECT_EQ(journal.read()->torn, 1U);
  ASSERT_FALSE(journal.begin(sample("03")));
  const auto reading = journal.read();
  EXPECT_EQ(reading->torn, 1U);
  ASSERT_EQ(reading->runs.size(), 2U);
  EXPECT_EQ(reading->runs[1].id, "03");
}

TEST_F(JournalTest, ReadsWhateverStandsInIt) {
  Journal journal = open();
  ScratchDirectory::append(path(), std::string("\0\0\0\n", 4));
  ScratchDirectory::append(path(), "[1,2]\n\"text\"\nnull\n{}\n\n\xff\xfe\n");
  ScratchDirectory::append(path(), std::string(20'000, '[') + "\n");
  ScratchDirectory::append(path(), R"({"v":2,"kind":"begin","id":"09","argv":{}})"
                                   "\n");
  ScratchDirectory::append(path(), R"({"v":1,"kind":"end","id":"never","ended":1})"
                                   "\n");
  ScratchDirectory::append(
      path(), R"({"v":1,"kind":"begin","id":"07","argv":7,"pid":"x","new":[{}],"answers":[3,{}]})"
              "\n");
  ScratchDirectory::append(path(), R"({"v":1,"kind":"later","id":"07"})"
                                   "\n");
  ScratchDirectory::append(path(), R"({"v":1,"kind":"end","id":"07","code":1e99})"
                                   "\n");
  const auto reading = journal.read();
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(reading->torn, 7U);
  EXPECT_EQ(reading->newer, 1U);
  ASSERT_EQ(reading->runs.size(), 1U);
  EXPECT_EQ(reading->runs[0].id, "07");
  EXPECT_FALSE(reading->runs[0].open());
  EXPECT_EQ(reading->runs[0].code, -1);
}

TEST_F(JournalTest, BytesThatAreNoTextComeBack) {
  Journal journal = open();
  JournalRun run = sample("01");
  run.output = "/srv/caf\xe9/\n\x1b[31m.sql";
  run.argv = {"docker", "compose", "exec", "db", "\xff\xfe", "ü\"\\"};
  run.service = "\xc3";
  ASSERT_FALSE(journal.begin(run));
  ASSERT_FALSE(journal.paused("01", {"\x80"}));
  const auto reading = journal.read();
  ASSERT_EQ(reading->runs.size(), 1U);
  EXPECT_EQ(reading->runs[0].output, run.output);
  EXPECT_EQ(reading->runs[0].argv, run.argv);
  EXPECT_EQ(reading->runs[0].service, run.service);
  EXPECT_EQ(reading->runs[0].paused, std::vector<std::string>{"\x80"});
  const std::string text = ScratchDirectory::read(path());
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST_F(JournalTest, AnEndIsNeverLongerThanItsRoom) {
  JournalRun run = sample("01");
  run.ended = 1;
  const std::size_t bound = 4096;
  run.answers[0].note = std::string(10'000, 'n') + "ü";
  EXPECT_LE(end_line(run, bound).size(), bound);
  EXPECT_NE(end_line(run, bound).find("backup-taken"), std::string::npos);
  run.answers.assign(1000, run.answers[0]);
  run.end = std::string(9000, '\x01');
  run.output = std::string(9000, '\xff');
  const std::string line = end_line(run, bound);
  EXPECT_LE(line.size(), bound);
  JournalLines lines;
  lines.take(begin_line(sample("01")));
  lines.take(line);
  EXPECT_FALSE(lines.finish().runs.at(0).open());
}

// With a bound on the size of files, as with a full disk: the run is not begun, and an end still
// fits.
TEST_F(JournalTest, WithoutRoomForTheEndARunIsNotBegun) {
  Journal journal = open();
  ASSERT_FALSE(journal.begin(sample("01")));
  struct rlimit before {};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  struct rlimit tight = before;
  tight.rlim_cur = std::filesystem::file_size(path()) + (std::size_t{64} << 10U);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
  const MaybeFailure begun = journal.begin(sample("02"));
  JournalRun ended = sample("01");
  ended.ended = 5;
  ended.answers[0].note = std::string(100'000, 'n');
  const MaybeFailure end = journal.end(ended);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  ASSERT_TRUE(begun);
  EXPECT_EQ(begun->code, FailureCode::kLimit);
  EXPECT_FALSE(end);
  const auto reading = journal.read();
  ASSERT_EQ(reading->runs.size(), 1U);
  EXPECT_FALSE(reading->runs[0].open());
}

TEST_F(JournalTest, KeepsRoomForTheEnd) {
  Journal journal = open();
  ASSERT_FALSE(journal.begin(sample("01")));
  struct stat status {};
  ASSERT_EQ(::stat(path().c_str(), &status), 0);
  EXPECT_EQ(static_cast<std::size_t>(status.st_size), begin_line(sample("01")).size());
  // 0 where the file system counts no blocks.
  if (status.st_blocks != 0) {
    EXPECT_GE(status.st_blocks * 512, status.st_size + (off_t{16} << 10));
  }
}

TEST_F(JournalTest, ARemovedFileIsNoJournal) {
  Journal journal = open();
  std::filesystem::remove(path());
  EXPECT_TRUE(journal.begin(sample("01")));
}

TEST_F(JournalTest, WritersDoNotMixTheirLines) {
  constexpr int kWriters = 4;
  constexpr int kRuns = 25;
  { const Journal journal = open(); }
  std::vector<pid_t> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    const pid_t pid = ::fork();
    ASSERT_GE(pid, 0);
    if (pid == 0) {
      Journal journal = open();
      for (int run = 0; run < kRuns; ++run) {
        JournalRun each = sample(std::to_string(writer) + "-" + std::to_string(run));
        each.argv.emplace_back(5000, 'x');
        if (journal.begin(each)) ::_exit(1);
        each.ended = 1;
        if (journal.end(each)) ::_exit(1);
      }
      ::_exit(0);
    }
    writers.push_back(pid);
  }
  for (const pid_t pid : writers) {
    int status = -1;
    ::waitpid(pid, &status, 0);
    EXPECT_EQ(status, 0);
  }
  const auto reading = open().read();
  EXPECT_EQ(reading->torn, 0U);
  EXPECT_EQ(reading->runs.size(), static_cast<std::size_t>(kWriters * kRuns));
  for (const JournalRun& run : reading->runs) EXPECT_FALSE(run.open()) << run.id;
}

TEST_F(JournalTest, ReadsOfALongOneNoMoreThanItsEnd) {
  const Journal journal = open();
  std::string text;
  for (int each = 0; each < 50'000; ++each) {
    JournalRun run = sample(std::to_string(each));
    text += begin_line(run);
    run.ended = 1;
    text += end_line(run, 4096);
  }
  ScratchDirectory::append(path(), text);
  const auto all = journal.read();
  const auto recent = journal.read_recent();
  EXPECT_EQ(all->runs.size(), 50'000U);
  EXPECT_GT(recent->runs.size(), 100U);
  EXPECT_LT(recent->runs.size(), 10'000U);
  EXPECT_EQ(recent->runs.back().id, "49999");
  EXPECT_EQ(recent->torn, 0U);
}

TEST(RunId, IsSixteenDigitsAndNew) {
  std::set<std::string> ids;
  for (int each = 0; each < 100; ++each) {
    const auto id = new_run_id();
    ASSERT_TRUE(id.ok());
    EXPECT_EQ(id->size(), 16U);
    EXPECT_EQ(id->find_first_not_of("0123456789abcdef"), std::string::npos);
    ids.insert(*id);
  }
  EXPECT_EQ(ids.size(), 100U);
}

}  // namespace
}  // namespace composelint::guard
