#include "guard/read_ahead.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <string>

#include "guard/descriptor.h"
#include "tests/guard/scratch_directory.h"

namespace composelint::guard {
namespace {

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    from = Descriptor(ends[0]);
    to = Descriptor(ends[1]);
  }
  void write(const std::string& text) const {
    EXPECT_EQ(::write(to.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  [[nodiscard]] std::string read() const {
    std::array<char, 65536> piece{};
    const ssize_t got = ::read(from.get(), piece.data(), piece.size());
    return got > 0 ? std::string(piece.data(), static_cast<std::size_t>(got)) : "";
  }
  Descriptor from;
  Descriptor to;
};

TEST(ReadAhead, LeavesAPipeAsItIs) {
  Pipe pipe;
  pipe.write("drop table ");
  pipe.write("items;\n");
  pipe.to.close();
  for (int i = 0; i < 2; ++i) {
    const FedText fed = read_ahead(pipe.from.get());
    EXPECT_EQ(fed.text, "drop table items;\n");
    EXPECT_TRUE(fed.whole);
  }
  EXPECT_EQ(pipe.read(), "drop table items;\n");
}

TEST(ReadAhead, DoesNotWaitForAWriterThatIsNotDone) {
  const Pipe pipe;
  EXPECT_EQ(read_ahead(pipe.from.get()).text, "");
  pipe.write("select 1;\n");
  const FedText fed = read_ahead(pipe.from.get());
  EXPECT_EQ(fed.text, "select 1;\n");
  EXPECT_FALSE(fed.whole);
  pipe.write("select 2;\n");
  EXPECT_EQ(pipe.read(), "select 1;\nselect 2;\n");
}

TEST(ReadAhead, SeesTheHeadOfWhatFillsThePipe) {
  const Pipe pipe;
  pipe.write(std::string(65536, 'x'));
  const FedText fed = read_ahead(pipe.from.get());
  EXPECT_EQ(fed.text.size(), 65536U);
  EXPECT_FALSE(fed.whole);
}

TEST(ReadAhead, LeavesAFileWhereItIs) {
  const ScratchDirectory directory;
  ScratchDirectory::append(directory / "x", "one\ntwo\n");
  const Descriptor file(::open((directory / "x").c_str(), O_RDONLY));
  EXPECT_EQ(::lseek(file.get(), 4, SEEK_SET), 4);
  const FedText fed = read_ahead(file.get());
  EXPECT_EQ(fed.text, "two\n");
  EXPECT_TRUE(fed.whole);
  EXPECT_EQ(::lseek(file.get(), 0, SEEK_CUR), 4);
}

}  // namespace
}  // namespace composelint::guard
