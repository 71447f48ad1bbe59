// Whether a dump is whole, by what stands at its end.
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "guard/descriptor.h"
#include "guard/output_file.h"

namespace composelint::guard {

namespace {

constexpr std::size_t kTail = 4096;  // bytes in which a trailer is looked for
constexpr std::size_t kPiece = std::size_t{1} << 16;

struct Trailer {
  std::string_view made_by;
  std::string_view head;  // in the first bytes, where nobody says what made it
  std::string_view text;
};

constexpr std::array<Trailer, 4> kTrailers = {{
    {"pg_dumpall", "-- PostgreSQL database cluster dump",
     "-- PostgreSQL database cluster dump complete"},
    {"pg_dump", "-- PostgreSQL database dump", "-- PostgreSQL database dump complete"},
    {"mysqldump", "-- MySQL dump", "-- Dump completed"},
    {"mysqldump", "-- MariaDB dump", "-- Dump completed"},
}};

struct Magic {
  std::string_view bytes;
  std::string_view name;
};

constexpr std::array<Magic, 4> kUnreadKinds = {{
    {"\x28\xB5\x2F\xFD", "zstd"},
    {"\xFD"
     "7zXZ",
     "xz"},
    {"BZh", "bzip2"},
    {"PK\x03\x04", "zip"},
}};

// The first and the last bytes of a text of any length.
class Ends {
 public:
  void add(std::string_view bytes) {
    size_ += bytes.size();
    if (head_.size() < kTail) head_.append(bytes.substr(0, kTail - head_.size()));
    if (bytes.size() >= kTail) tail_.clear();
    tail_.append(bytes.substr(bytes.size() - std::min(bytes.size(), kTail)));
    if (tail_.size() > kTail) tail_.erase(0, tail_.size() - kTail);
  }
  [[nodiscard]] std::string_view head() const { return head_; }
  [[nodiscard]] std::string_view tail() const { return tail_; }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  std::string head_;
  std::string tail_;
  std::size_t size_ = 0;
};

Answer answered(Truth truth, std::string note, std::string remedy = "") {
  Answer answer;
  answer.claim = "dump-whole";
  answer.truth = truth;
  answer.note = std::move(note);
  answer.remedy = std::move(remedy);
  answer.origin = "the file";
  return answer;
}

const Trailer* trailer_of(std::string_view made_by, std::string_view head) {
  for (const Trailer& each : kTrailers) {
    if (head.find(each.head) != std::string_view::npos) return &each;
  }
  for (const Trailer& each : kTrailers) {
    if (made_by == each.made_by) return &each;
  }
  return nullptr;
}

Answer judge_text(const Ends& ends, const std::string& made_by, std::string_view within) {
  if (ends.size() == 0) return answered(Truth::kRefuted, "it is empty" + std::string(within));
  if (ends.head().starts_with("PGDMP")) {
    return answered(
        Truth::kUnknown,
        "it is in pg_dump's custom format, whose end its table of contents does not show",
        "`pg_restore -f /dev/null` reads it to the end");
  }
  const Trailer* trailer = trailer_of(made_by, ends.head());
  if (trailer == nullptr) {
    return answered(Truth::kUnknown,
                    "nothing in it tells whether it is whole" + std::string(within));
  }
  // Since the minor releases of 2025 pg_dump writes a line behind it.
  if (ends.tail().find(trailer->text) != std::string_view::npos) {
    return answered(Truth::kSupported, "it ends with \"" + std::string(trailer->text) + "\"");
  }
  return answered(Truth::kRefuted,
                  "it does not end with \"" + std::string(trailer->text) + "\": it was cut off");
}

// All members of a gzip file in bounded memory; false: it is cut off or damaged.
class Unzipped {
 public:
  Unzipped() { ready_ = inflateInit2(&stream_, 15 + 16) == Z_OK; }
  Unzipped(const Unzipped&) = delete;
  Unzipped& operator=(const Unzipped&) = delete;
  ~Unzipped() {
    if (ready_) inflateEnd(&stream_);
  }

  bool add(std::string_view bytes, Ends& ends) {
    if (!ready_) return false;
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    while (stream_.avail_in > 0) {
      if (ended_) {
        // Another member, or zeroes that fill the last block of a tape.
        if (*stream_.next_in == 0) return true;
        if (inflateReset(&stream_) != Z_OK) return false;
        ended_ = false;
      }
      if (!inflate_some(ends)) return false;
    }
    return true;
  }
  [[nodiscard]] bool whole() const { return ended_; }

 private:
  bool inflate_some(Ends& ends) {
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(out_.data());
      stream_.avail_out = static_cast<uInt>(out_.size());
      const int result = inflate(&stream_, Z_NO_FLUSH);
      ends.add({out_.data(), out_.size() - stream_.avail_out});
      if (result == Z_STREAM_END) {
        ended_ = true;
        return true;
      }
      if (result == Z_BUF_ERROR) return true;  // it wants more
      if (result != Z_OK) return false;
    } while (stream_.avail_out == 0 || stream_.avail_in > 0);
    return true;
  }

  z_stream stream_{};
  std::array<char, kPiece> out_{};
  bool ready_ = false;
  bool ended_ = false;
};

// Hands the file over piece by piece until `take` has enough; false: it cannot be read.
template <typename Take>
bool read_all(int descriptor, Take take) {
  std::array<char, kPiece> piece{};
  while (true) {
    const ssize_t got = ::read(descriptor, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got == 0;
    if (!take(std::string_view(piece.data(), static_cast<std::size_t>(got)))) return true;
  }
}

Answer judge_gzip(int descriptor, const std::string& made_by) {
  Ends inside;
  Unzipped unzipped;
  bool sound = true;
  if (!read_all(descriptor, [&](std::string_view bytes) {
        sound = unzipped.add(bytes, inside);
        return sound;
      })) {
    return answered(Truth::kUnknown, std::string("it cannot be read: ") + strerror(errno));
  }
  if (!sound) return answered(Truth::kRefuted, "its gzip data is damaged");
  if (!unzipped.whole()) return answered(Truth::kRefuted, "its gzip data is cut off");
  return judge_text(inside, made_by, " inside");
}

}  // namespace

Answer judge_dump(const std::string& path, const std::string& made_by) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.open()) {
    return answered(errno == ENOENT ? Truth::kRefuted : Truth::kUnknown,
                    std::string("it cannot be read: ") + strerror(errno));
  }
  std::array<char, 8> start{};
  const ssize_t got = ::pread(file.get(), start.data(), start.size(), 0);
  if (got < 0)
    return answered(Truth::kUnknown, std::string("it cannot be read: ") + strerror(errno));
  const std::string_view magic(start.data(), static_cast<std::size_t>(got));
  if (magic.starts_with("\x1F\x8B")) return judge_gzip(file.get(), made_by);
  for (const Magic& each : kUnreadKinds) {
    if (magic.starts_with(each.bytes)) {
      return answered(Truth::kUnknown,
                      "it is " + std::string(each.name) + ", which is not read here");
    }
  }
  Ends ends;
  if (!read_all(file.get(), [&](std::string_view bytes) {
        ends.add(bytes);
        return true;
      })) {
    return answered(Truth::kUnknown, std::string("it cannot be read: ") + strerror(errno));
  }
  return judge_text(ends, made_by, "");
}

}  // namespace composelint::guard
