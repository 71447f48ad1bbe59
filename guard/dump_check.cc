#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

#include "guard/byte_source.h"
#include "guard/command.h"
#include "guard/dump_archive.h"
#include "guard/dump_text.h"
#include "guard/output_file.h"
#include "guard/unpacked.h"

namespace composelint::guard {

namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10U;
constexpr std::string_view kByPieces =
    "; it is too large to be read each time: 64 KB of each megabyte were, and hold no zeros";

class OpenFile {
 public:
  // A pipe without a writer must not hold us up.
  explicit OpenFile(const std::string& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)),
        error_(descriptor_ < 0 ? errno : 0) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] int error() const { return error_; }

 private:
  int descriptor_;
  int error_;
};

// Bytes read, 0 at the end, -1 with errno.
ssize_t read_at(int descriptor, char* to, std::size_t size, off_t from) {
  ssize_t got = 0;
  do {
    got = ::pread(descriptor, to, size, from);
  } while (got < 0 && errno == EINTR);
  return got;
}

// All of [from, from + size), less where the file has become shorter.
bool read_part(int descriptor, off_t from, std::size_t size, std::string& out) {
  out.resize(size);
  std::size_t have = 0;
  while (have < size) {
    const ssize_t got =
        read_at(descriptor, out.data() + have, size - have, from + static_cast<off_t>(have));
    if (got < 0) return false;
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  out.resize(have);
  return true;
}

enum class Gzip { kWhole, kCut, kDamaged, kFollowed, kUnreadable };

class Inflating {
 public:
  Inflating() {
    constexpr int kGzipOnly = 16;
    ready_ = inflateInit2(&stream_, MAX_WBITS + kGzipOnly) == Z_OK;
  }
  Inflating(const Inflating&) = delete;
  Inflating& operator=(const Inflating&) = delete;
  ~Inflating() {
    if (ready_) inflateEnd(&stream_);
  }

  [[nodiscard]] int error() const { return error_; }  // of kUnreadable, an errno

  // The whole stream, all of its members; what was in them goes to `inside`.
  Gzip read(int descriptor, Ends& inside) {
    if (!ready_) return unreadable(ENOMEM);
    std::vector<char> in(kPiece);
    std::vector<char> out(kPiece);
    off_t from = 0;
    bool between = false;  // members
    bool padding = false;
    for (;;) {
      const ssize_t got = read_at(descriptor, in.data(), in.size(), from);
      if (got < 0) return unreadable(errno);
      if (got == 0) return between ? Gzip::kWhole : Gzip::kCut;
      from += got;
      stream_.next_in = reinterpret_cast<Bytef*>(in.data());
      stream_.avail_in = static_cast<uInt>(got);
      while (stream_.avail_in > 0) {
        if (between) {
          // Tapes and block devices fill up with zeros.
          const unsigned char next = *stream_.next_in;
          if (next == 0) {
            padding = true;
            ++stream_.next_in;
            --stream_.avail_in;
            continue;
          }
          constexpr unsigned char kFirst = 0x1f;
          if (padding || next != kFirst) return Gzip::kFollowed;
          if (inflateReset(&stream_) != Z_OK) return unreadable(EINVAL);
          between = false;
        }
        const int result = inflate_piece(out, inside);
        if (result == Z_STREAM_END) {
          between = true;
        } else if (result == Z_MEM_ERROR) {
          return unreadable(ENOMEM);
        } else if (result != Z_OK) {
          return Gzip::kDamaged;
        }
      }
    }
  }

 private:
  Gzip unreadable(int error) {
    error_ = error;
    return Gzip::kUnreadable;
  }

  int inflate_piece(std::vector<char>& out, Ends& inside) {
    for (;;) {
      stream_.next_out = reinterpret_cast<Bytef*>(out.data());
      stream_.avail_out = static_cast<uInt>(out.size());
      const int result = inflate(&stream_, Z_NO_FLUSH);
      const std::size_t made = out.size() - stream_.avail_out;
      inside.take({out.data(), made});
      // It had room and wants more, which is no error.
      if (result == Z_BUF_ERROR) return Z_OK;
      if (result != Z_OK || (stream_.avail_in == 0 && stream_.avail_out > 0)) return result;
    }
  }

  z_stream stream_{};
  bool ready_ = false;
  int error_ = 0;
};

// What a text has shown of itself.
struct Seen {
  std::string_view head;
  std::string_view tail;
  std::uint64_t size = 0;
  bool zeros = false;
  bool by_pieces = false;  // it was not read from its beginning to its end
};

class Judge {
 public:
  Judge(const std::string& path, const std::string& made_by, std::uint64_t read_whole)
      : path_(path), made_by_(made_by), read_whole_(static_cast<off_t>(read_whole)) {}

  [[nodiscard]] Answer judge() const {
    const OpenFile file(path_);
    if (file.error() == ENOENT || file.error() == ENOTDIR) return refuted("there is no " + path_);
    if (file.error() != 0) return unreadable(file.error());
    struct stat status {};
    if (::fstat(file.descriptor(), &status) != 0) return unreadable(errno);
    if (S_ISDIR(status.st_mode)) return directory();
    if (!S_ISREG(status.st_mode)) return unknown(path_ + " is no regular file", "");
    if (status.st_size == 0) return refuted(path_ + " is empty");
    std::string head;
    if (!read_part(file.descriptor(), 0, Ends::kHead, head)) return unreadable(errno);
    if (head.starts_with("\x1f\x8b")) return gzip(file.descriptor());
    if (const FileKind kind = kind_of(head); kind.archive != Archive::kNone) {
      FileSource source(file.descriptor(), status.st_size);
      return archive(kind, source, false);
    }
    if (const FileKind kind = kind_of(head); !kind.unpack.empty()) {
      return unpacked(kind, file.descriptor());
    }
    return plain(file.descriptor(), status.st_size);
  }

 private:
  static Answer answer(Truth truth, std::string note, std::string remedy) {
    Answer out;
    out.claim = name_of(Claim::kOutputChecked);
    out.truth = truth;
    out.note = std::move(note);
    out.remedy = std::move(remedy);
    return out;
  }
  static Answer refuted(std::string note) {
    return answer(Truth::kRefuted, std::move(note), "dump again");
  }
  static Answer unknown(std::string note, std::string remedy) {
    return answer(Truth::kUnknown, std::move(note), std::move(remedy));
  }
  [[nodiscard]] Answer unreadable(int error) const {
    return unknown(fmt::format("{} cannot be read: {}", path_, std::strerror(error)), "");
  }

  // pg_dump -Fd writes one.
  [[nodiscard]] Answer directory() const {
    struct stat status {};
    const bool pg = ::stat((path_ + "/toc.dat").c_str(), &status) == 0;
    return unknown(path_ + " is a directory, which is not looked into",
                   pg ? read_to_the_end(kind_of("PGDMP"), false) : std::string());
  }

  // Its ends, and what lies between: a part that was never written to the disk is a hole, or zeros.
  // Of what is too large to be read each time, one piece in a megabyte is.
  [[nodiscard]] Answer plain(int descriptor, off_t size) const {
    constexpr off_t kStep = off_t{1} << 20U;
    Ends ends;
    const off_t hole = ::lseek(descriptor, 0, SEEK_HOLE);
    if (hole >= 0 && hole < size) ends.take(std::string_view("\0", 1));
    std::vector<char> piece(kPiece);
    const off_t tail = std::max<off_t>(0, size - static_cast<off_t>(Ends::kTail));
    for (off_t from = 0; from < tail && !ends.zeros();) {
      const ssize_t got = read_at(descriptor, piece.data(), piece.size(), from);
      if (got < 0) return unreadable(errno);
      if (got == 0) break;
      ends.take({piece.data(), static_cast<std::size_t>(got)});
      from += size > read_whole_ ? kStep : got;
    }
    std::string head;
    std::string last;
    if (!read_part(descriptor, 0, Ends::kHead, head) ||
        !read_part(descriptor, tail, static_cast<std::size_t>(size - tail), last)) {
      return unreadable(errno);
    }
    ends.take(last);
    return content({head, last, static_cast<std::uint64_t>(size), ends.zeros(), size > read_whole_},
                   false);
  }

  [[nodiscard]] Answer gzip(int descriptor) const {
    Ends inside;
    Inflating stream;
    switch (stream.read(descriptor, inside)) {
      case Gzip::kWhole: break;
      case Gzip::kCut: return refuted(path_ + " is cut off: its gzip stream has no end");
      case Gzip::kDamaged: return refuted(path_ + " is damaged: its gzip stream cannot be read");
      case Gzip::kFollowed: return refuted(path_ + " has other bytes behind its gzip stream");
      case Gzip::kUnreadable: return unreadable(stream.error());
    }
    if (inside.size() == 0) return refuted(path_ + " is a gzip stream of nothing");
    if (const FileKind kind = kind_of(inside.head()); kind.archive != Archive::kNone) {
      GzipSource source(descriptor);
      return archive(kind, source, true);
    }
    return content({inside.head(), inside.tail(), inside.size(), inside.zeros()}, true);
  }

  // The streams of other programs, by these.
  [[nodiscard]] Answer unpacked(const FileKind& packed, int descriptor) const {
    Ends inside;
    {
      Unpacked stream(packed.unpack, descriptor);
      std::vector<char> piece(kPiece);
      ssize_t got = 0;
      while ((got = stream.read(piece.data(), piece.size())) > 0) {
        inside.take({piece.data(), static_cast<std::size_t>(got)});
      }
      if (got < 0) return unreadable(errno);
      const std::string_view program = packed.unpack.substr(0, packed.unpack.find(' '));
      switch (stream.end()) {
        case Unpacked::End::kWhole: break;
        case Unpacked::End::kRefused:
          return refuted(fmt::format("{} is {} that is cut off or damaged", path_, packed.name));
        case Unpacked::End::kNoProgram:
          return unknown(fmt::format("{} is {}, and there is no {} here to read it", path_,
                                     packed.name, program),
                         fmt::format("install {}", program));
        case Unpacked::End::kLost:
          return unknown(
              fmt::format("{} is {}, and {} did not come to its end", path_, packed.name, program),
              read_to_the_end(packed, false));
      }
    }
    if (inside.size() == 0) return refuted(fmt::format("{} is {} of nothing", path_, packed.name));
    if (const FileKind kind = kind_of(inside.head()); kind.archive != Archive::kNone) {
      Unpacked source(packed.unpack, descriptor);
      return archive(kind, source, true);
    }
    return content({inside.head(), inside.tail(), inside.size(), inside.zeros()}, true);
  }

  [[nodiscard]] Answer archive(const FileKind& kind, ByteSource& source, bool packed) const {
    const std::string where = packed ? path_ + ", unpacked," : path_;
    const ArchiveEnd end = kind.archive == Archive::kTar     ? read_tar(source)
                           : kind.archive == Archive::kMongo ? read_mongo_archive(source)
                                                             : read_pg_custom(source);
    const auto said = [&](std::string_view verb) {
      return fmt::format("{} is {} and {}: {}", where, kind.name, verb, end.why);
    };
    switch (end.reading) {
      case Reading::kWhole:
        return answer(Truth::kSupported,
                      fmt::format("{} is {}, whole to its end", where, kind.name), "");
      case Reading::kCut: return refuted(said("was cut off"));
      case Reading::kDamaged: return refuted(said("is damaged"));
      case Reading::kFollowed: return refuted(said("has no clear end"));
      case Reading::kUnreadable: return unreadable(end.error);
      case Reading::kOther: break;
    }
    return unknown(said("cannot be read to its end"), read_to_the_end(kind, packed));
  }

  // Of the file, or of what its gzip stream holds.
  [[nodiscard]] Answer content(const Seen& inside, bool packed) const {
    const std::string_view head = inside.head;
    const std::string where = packed ? path_ + ", unpacked," : path_;
    if (const FileKind kind = kind_of(head); !kind.name.empty()) {
      return unknown(fmt::format("{} is {}, which is not read to its end", where, kind.name),
                     read_to_the_end(kind, packed));
    }
    const DumpFamily named = family_of_name(made_by_);
    const DumpFamily seen = family_of_text(head);
    // The text knows best, but what pg_dumpall has not finished may look like pg_dump's.
    const bool by_name = seen == DumpFamily::kNone || named == DumpFamily::kPgDumpAll;
    const DumpFamily family = by_name ? named : seen;
    if (family == DumpFamily::kNone) {
      return unknown(
          fmt::format("{} has {} bytes, and whether that is all is not known", where, inside.size),
          "");
    }
    const std::string_view program = program_of(family);
    switch (ending_of(family, inside.tail)) {
      case Ending::kWhole:
        if (inside.zeros) {
          return refuted(
              fmt::format("{} has bytes of zero inside, which {} does not write", where, program));
        }
        return answer(Truth::kSupported,
                      fmt::format("{} ends with the trailer of {}{}", where, program,
                                  inside.by_pieces ? kByPieces : ""),
                      "");
      case Ending::kFollowed:
        return unknown(fmt::format("{} has other text behind the trailer of {}", where, program),
                       "");
      case Ending::kMissing: break;
    }
    if (family == DumpFamily::kMySql && seen == DumpFamily::kNone) {
      return unknown(where + " has neither the first nor the last line of mysqldump",
                     "dump without --skip-comments and --compact");
    }
    return refuted(fmt::format("{} lacks the trailer of {}: it was cut off", where, program));
  }

  [[nodiscard]] std::string read_to_the_end(const FileKind& kind, bool packed) const {
    if (packed) {
      if (kind.piped.empty()) return {};
      return fmt::format("`gzip -dc {} | {}` reads it to its end", quoted(path_), kind.piped);
    }
    const std::size_t at = kind.check.find("{}");
    if (at == std::string_view::npos) return {};
    return fmt::format("`{}{}{}` reads it to its end", kind.check.substr(0, at), quoted(path_),
                       kind.check.substr(at + 2));
  }

  const std::string& path_;
  const std::string& made_by_;
  off_t read_whole_;
};

}  // namespace

Answer judge_dump(const std::string& path, const std::string& made_by, std::uint64_t read_whole) {
  return Judge(path, made_by, read_whole).judge();
}

}  // namespace composelint::guard
