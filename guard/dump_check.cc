#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <vector>

#include "guard/descriptor.h"
#include "guard/dump_text.h"
#include "guard/output_file.h"

namespace composelint::guard {

namespace {

constexpr std::size_t kBlock = std::size_t{256} << 10U;

DumpVerdict cannot_read() {
  return {Truth::kUnknown, std::string("cannot be read: ") + std::strerror(errno)};
}

// Up to `size` bytes from `offset` on; nothing on an error.
std::optional<std::string> read_at(int file, std::uint64_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t filled = 0;
  while (filled < size) {
    const ssize_t got =
        ::pread(file, bytes.data() + filled, size - filled, static_cast<off_t>(offset + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

// A gzip stream read to its end, of which both ends are kept.
class Unzipped {
 public:
  Unzipped() : out_(kBlock) { ready_ = ::inflateInit2(&stream_, 16 + MAX_WBITS) == Z_OK; }
  Unzipped(const Unzipped&) = delete;
  Unzipped& operator=(const Unzipped&) = delete;
  ~Unzipped() {
    if (ready_) ::inflateEnd(&stream_);
  }

  // False: it is no gzip from here on.
  bool add(std::string& bytes) {
    if (!ready_) return false;
    stream_.next_in = reinterpret_cast<Bytef*>(bytes.data());  // NOLINT: bytes are bytes
    stream_.avail_in = static_cast<uInt>(bytes.size());
    do {
      if (at_end_ && !next_member()) return !broken_;
      stream_.next_out = out_.data();
      stream_.avail_out = static_cast<uInt>(out_.size());
      const int result = ::inflate(&stream_, Z_NO_FLUSH);
      keep(out_.size() - stream_.avail_out);
      at_end_ = result == Z_STREAM_END;
      if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) return false;
    } while (stream_.avail_in > 0 || stream_.avail_out == 0);
    return true;
  }
  [[nodiscard]] bool whole() const { return at_end_; }
  [[nodiscard]] const DumpEnds& ends() const { return ends_; }

 private:
  // Several streams in a row are one, as `cat a.gz b.gz` makes them; zeros behind are padding.
  bool next_member() {
    while (stream_.avail_in > 0 && *stream_.next_in == 0) {
      ++stream_.next_in;
      --stream_.avail_in;
    }
    if (stream_.avail_in == 0) return false;
    broken_ = ::inflateReset(&stream_) != Z_OK;
    return !broken_;
  }

  void keep(std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(out_.data()), size);  // NOLINT
    ends_.size += size;
    ends_.head += bytes.substr(0, kDumpEnd - ends_.head.size());
    if (size >= kDumpEnd) {
      ends_.tail = bytes.substr(size - kDumpEnd);
      return;
    }
    ends_.tail += bytes;
    if (ends_.tail.size() > kDumpEnd) ends_.tail.erase(0, ends_.tail.size() - kDumpEnd);
  }

  z_stream stream_{};
  std::vector<Bytef> out_;
  DumpEnds ends_;
  bool ready_ = false;
  bool at_end_ = false;
  bool broken_ = false;
};

DumpVerdict judge_gzip(int file, std::string_view made_by) {
  Unzipped plain;
  std::uint64_t offset = 0;
  while (true) {
    auto bytes = read_at(file, offset, kBlock);
    if (!bytes) return cannot_read();
    if (bytes->empty()) break;
    offset += bytes->size();
    if (!plain.add(*bytes)) return {Truth::kRefuted, "is damaged: it is no gzip all through"};
  }
  if (!plain.whole()) return {Truth::kRefuted, "is cut off: its gzip stream does not end"};
  if (plain.ends().size == 0) return {Truth::kRefuted, "holds nothing: it is gzip of no bytes"};
  return judge_ends(plain.ends(), made_by);
}

DumpVerdict judge_file(const std::string& path, std::string_view made_by) {
  // A pipe of that name would wait for a writer.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!file.open()) {
    if (errno == ENOENT) return {Truth::kRefuted, "is not there"};
    return cannot_read();
  }
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return cannot_read();
  if (!S_ISREG(status.st_mode)) return {Truth::kUnknown, "is no regular file"};
  DumpEnds ends;
  ends.size = static_cast<std::uint64_t>(status.st_size);
  auto head = read_at(file.get(), 0, kDumpEnd);
  if (!head) return cannot_read();
  if (head->starts_with("\x1f\x8b")) return judge_gzip(file.get(), made_by);
  auto tail =
      read_at(file.get(), ends.size - std::min<std::uint64_t>(ends.size, kDumpEnd), kDumpEnd);
  if (!tail) return cannot_read();
  ends.head = std::move(*head);
  ends.tail = std::move(*tail);
  return judge_ends(ends, made_by);
}

}  // namespace

Answer judge_dump(const std::string& path, const std::string& made_by) {
  DumpVerdict verdict = judge_file(path, made_by);
  Answer answer;
  answer.claim = name_of(Claim::kOutputChecked);
  answer.truth = verdict.truth;
  // What cannot be told is no reason to throw a long dump away.
  answer.severity = verdict.truth == Truth::kUnknown ? Severity::kWarning : Severity::kError;
  answer.note = path + " " + verdict.note;
  answer.remedy = std::move(verdict.remedy);
  answer.origin = "guard";
  return answer;
}

}  // namespace composelint::guard
