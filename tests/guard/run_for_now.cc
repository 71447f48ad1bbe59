// Stands in until the real ones are there.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

#include "guard/execution.h"
#include "guard/output_file.h"

namespace composelint::guard {
Result<OutputFile> OutputFile::create(const std::string& path, const std::string& id) {
  const std::string temporary = path + "." + id + ".part";
  const int fd = ::open(temporary.c_str(), O_CREAT | O_WRONLY, 0600);
  return OutputFile(path, temporary, fd);
}
OutputFile::OutputFile(OutputFile&& o) noexcept
    : path_(o.path_), temporary_(o.temporary_), descriptor_(o.descriptor_) {
  o.descriptor_ = -1;
}
OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}
MaybeFailure OutputFile::keep() {
  std::rename(temporary_.c_str(), path_.c_str());
  return std::nullopt;
}
void OutputFile::drop() {
  ::unlink(temporary_.c_str());
}
}  // namespace composelint::guard
