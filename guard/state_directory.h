// Directories and files that are this user's alone.
#pragma once

#include <composelint/result.h>

#include <string>
#include <string_view>

namespace composelint::guard {

// Makes `path` and what is missing above it, 0700 each, on the disk when it returns. A directory
// that is there already keeps its mode.
[[nodiscard]] MaybeFailure make_private_directory(const std::string& path);

// Opens or makes a regular file, 0600, for reading and `flags`; never through a symbolic link, and
// never one that others may write. The descriptor is the caller's.
[[nodiscard]] Result<int> open_private_file(const std::string& path, int flags);

// The same of one that is there, to be read alone.
[[nodiscard]] Result<int> open_private_file_to_read(const std::string& path);

// kLimit where there is no room, kUnreadable else: "`what`: No space left on device".
[[nodiscard]] Failure errno_failure(const std::string& what, int error);

// All of `text`, in one call where the kernel takes it in one.
[[nodiscard]] bool write_all(int descriptor, std::string_view text);

void sync_directory_of(const std::string& path);

}  // namespace composelint::guard
