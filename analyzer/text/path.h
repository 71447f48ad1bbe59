// Paths as text: nothing here looks at a disk. '/' separates, as on every machine that runs Compose
// scripts.
#pragma once

#include <string>
#include <string_view>

namespace composelint::text {

[[nodiscard]] bool is_absolute(std::string_view path);
// `path` seen from `base`; an absolute `path` stays itself. The result is normalised.
[[nodiscard]] std::string join_path(std::string_view base, std::string_view path);
// Removes ".", "..", doubled and trailing slashes by text alone, as Go's filepath.Clean does; an
// empty path becomes ".".
[[nodiscard]] std::string normalise(std::string_view path);
// `path` seen from the directory `base`, both absolute: "../c" of "/a/c" from "/a/b".
[[nodiscard]] std::string relative_path(std::string_view base, std::string_view path);
// "a/b" of "a/b/c", "." of "c", "/" of "/c".
[[nodiscard]] std::string directory_of(std::string_view path);
// "c.yml" of "a/b/c.yml".
[[nodiscard]] std::string_view name_of(std::string_view path);
// ".yml" of "c.yml"; empty when the name has no dot or only a leading one.
[[nodiscard]] std::string_view extension_of(std::string_view path);

}  // namespace composelint::text
