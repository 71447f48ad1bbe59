// A file that a task's output goes to: written beside its name, looked at, synced and only then
// renamed, so that the old one is there until the new one is whole.
#pragma once

#include <composelint/result.h>

#include <cstdint>
#include <string>

#include "guard/answer.h"

namespace composelint::guard {

class OutputFile {
 public:
  // Makes ".NAME.RUN.part" beside `path`. Fails where `path` is no regular file, or its directory
  // cannot be written.
  [[nodiscard]] static Result<OutputFile> create(const std::string& path,
                                                 const std::string& run_id);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&& other) noexcept;
  ~OutputFile();  // leaves the temporary where it was not kept or dropped: recover finds it

  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] const std::string& temporary() const { return temporary_; }
  // Synced and in its place, with the old one's mode where there was one.
  [[nodiscard]] MaybeFailure keep();
  void drop();

 private:
  OutputFile(std::string path, std::string temporary, int descriptor)
      : path_(std::move(path)), temporary_(std::move(temporary)), descriptor_(descriptor) {}

  std::string path_;
  std::string temporary_;
  int descriptor_ = -1;
};

// Whether the file at `path` holds a whole dump: not empty; of pg_dump, pg_dumpall and mysqldump
// the trailer; archives of pg_dump and tar to the end that their tables tell; gzip, and by their
// programs xz, zstd, bzip2 and lz4, read to its end, and the same inside. Of other kinds it is
// unknown. `made_by` is what was recognised ("pg_dump"); empty: judged by the first bytes. Of a
// plain text of more than `read_whole` bytes a piece in each megabyte is read, which is told.
inline constexpr std::uint64_t kReadWhole = std::uint64_t{1} << 30U;
[[nodiscard]] Answer judge_dump(const std::string& path, const std::string& made_by,
                                std::uint64_t read_whole = kReadWhole);

}  // namespace composelint::guard
