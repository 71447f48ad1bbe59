// Running rules over a folder of fixtures or over a text, as `check` does.
#pragma once

#include <composelint/rule.h>

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/check.h"

namespace composelint::fixture {

// Checks every file below `directory` (absolute) with `rules`; paths in reports are relative to it.
[[nodiscard]] engine::Outcome check_directory(const std::string& directory,
                                              std::span<const Rule* const> rules);
// Checks files that are on no disk, by name.
[[nodiscard]] engine::Outcome check_texts(const std::map<std::string, std::string>& texts,
                                          std::span<const Rule* const> rules,
                                          Context context = Context::kOps);

[[nodiscard]] std::string read(const std::string& path);
// Directories in `directory`, or files when `files` is set, by name and sorted.
[[nodiscard]] std::vector<std::string> entries(const std::string& directory, bool files);
[[nodiscard]] bool exists(const std::string& path);

// The first fix of every finding, put into the text of the one file they are about.
[[nodiscard]] std::string repaired(const Run& run, std::string_view path);

// Compares with the file, or rewrites it when COMPOSELINT_UPDATE_GOLDEN is 1.
void expect_golden(const std::string& path, const std::string& actual);

}  // namespace composelint::fixture
